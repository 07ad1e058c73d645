"""A pretend phone of somebody who owes reports, or who looks after those who do."""

from dataclasses import dataclass, field, replace

from core.dialogue.known import Known, wanted
from core.dialogue.typed import as_choice
from core.elections.election import Election
from core.elections.owed import Owed
from core.elections.silent import Silent
from core.model.effects import Effect
from core.model.messages import Incoming
from tests.core.dialogue.phone import Phone
from tests.core.elections.samples import election


@dataclass
class OwingPhone(Phone):
    owed: tuple[Owed, ...] = ()
    silent: Silent | None = None
    elections: tuple[Election, ...] = field(default_factory=lambda: (election(),))
    looked: list[str] = field(default_factory=list)
    """What was read, turn by turn."""

    def _known(self, incoming: Incoming) -> Known:
        known = super()._known(incoming)
        asked = wanted(as_choice(self.session, incoming), self.session)
        self.looked.append(" ".join(filter(None, ("owed" if asked.owed else "", asked.silent))))
        owed = self.owed if asked.owed else ()
        silent = self.silent if asked.silent else None
        return replace(known, owed=owed, silent=silent, elections=self.elections)

    def done(self, kind: type[Effect]) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]
