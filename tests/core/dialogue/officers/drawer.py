"""A little store of cases for the pretend phone: by number, by code, and by who brought them."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path

import lapordesk
from core.cases.procedure import Procedure, Rulebook
from core.cases.procedures import parse_procedure
from core.cases.tracking import ALPHABET, code_in, make
from core.dialogue.known import Known, Wanted
from core.model.cases import Case, Secrecy
from core.model.effects import Alerted, Effect, Forgot, Guessed, Noted, Opened, Told

BUNDLED = Path(lapordesk.__file__).parent / "bundled" / "procedures" / "pilkada"
MOST_WRONG = 5
PLACES = {"64.02": ("Kutai Kartanegara", "Kalimantan Timur"), "64": ("Kalimantan Timur",)}


@cache
def procedures() -> dict[str, Procedure]:
    """The bundled ones of the Pilkada."""
    read = (parse_procedure(file.read_text()) for file in sorted(BUNDLED.glob("*.toml")))
    return {procedure.name: procedure for procedure in read}


RULES = Rulebook(lambda name: procedures().get(name), lambda name, version: procedures().get(name))


@dataclass
class Drawer:
    """What storage would remember."""

    cases: dict[str, Case] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """The number of each code."""
    owners: dict[str, str] = field(default_factory=dict)
    """Who can be reached about which case: nobody about an anonymous one."""
    brought: Counter[str] = field(default_factory=Counter)
    """How many cases came from each telephone today."""
    identities: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    alerted: list[Alerted] = field(default_factory=list)
    forgotten: int = 0
    rules: Rulebook = RULES

    def __post_init__(self) -> None:
        self._serial = count(1)

    def fresh(self) -> tuple[str, str]:
        """A number and a code for a case that may be opened."""
        serial = next(self._serial)
        letters = "7Q2MK9TD4XW1" + "".join(ALPHABET[serial // 32**n % 32] for n in (2, 1, 0))
        return f"K-{serial:03}-AAA", make(letters)

    def look(self, known: Known, asked: Wanted, peer: str) -> Known:
        """What storage would tell a turn."""
        own = tuple(self.cases[number] for number, owner in self.owners.items() if owner == peer)
        known = replace(
            known,
            rules=self.rules,
            cases=own if asked.cases else (),
            question=next((case for case in own if case.awaits), None),
            opened_today=self.brought[peer],
            names=lambda code: PLACES.get(code, ()),
        )
        if not asked.code:
            return replace(known, case=self.cases.get(asked.case))
        if self.wrong[peer] >= MOST_WRONG:
            return replace(known, guess="wait")
        number = self.codes.get(asked.code, "")
        return replace(known, case=self.cases.get(number), guess="" if number else "wrong")

    def keep(self, effects: tuple[Effect, ...], peer: str) -> None:
        for effect in effects:
            match effect:
                case Opened(case, _, code, identity):
                    self.cases[case.number] = case
                    if code:
                        self.codes[code_in(code)] = case.number
                        self.brought[peer] += 1
                    if identity:
                        self.identities[case.number] = dict(identity)
                    if effect.is_theirs and case.secrecy is not Secrecy.ANONYMOUS:
                        self.owners[case.number] = peer
                case Noted(case, note):
                    assert note.serial == self.cases[case.number].serial + 1
                    self.cases[case.number] = case
                case Told():
                    self.told.append(effect)
                case Alerted():
                    self.alerted.append(effect)
                case Guessed(right):
                    self.wrong[peer] += not right
                case Forgot():
                    self.forgotten += 1
                case _:
                    pass

    @property
    def case(self) -> Case:
        """The latest one."""
        return list(self.cases.values())[-1]
