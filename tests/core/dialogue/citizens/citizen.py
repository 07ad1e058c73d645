"""A citizen with the pretend phone, and the bundled tip with a few villages."""

from functools import cache
from pathlib import Path

import lapordesk
from core.forms.form import Form, Option
from core.forms.xlsform import compile_form
from core.model.messages import Channel
from tests.core.dialogue.officers.drawer import Drawer
from tests.core.dialogue.phone import Phone

BUNDLED = Path(lapordesk.__file__).parent / "bundled"
STORY = "pak di kampung sy ada yg bagi2 sembako sama uang 100rb td malam"
LONGEST, MOST_LINES = 350, 8
"""Of a message to somebody who reads slowly on a cheap telephone."""
VILLAGES = (
    Option("64.02.08.2001", {"": "Loa Janan Ulu"}, {"kecamatan": "Loa Janan", "kabupaten": "Kukar"}),
    Option("64.72.06.1003", {"": "Loa Janan Ilir"}, {"kecamatan": "Loa Janan Ilir"}),
    Option("64.72.05.1004", {"": "Sidodadi"}, {"kecamatan": "Samarinda Ulu", "kabupaten": "Samarinda"}),
    *(Option(f"64.01.01.20{n:02}", {"": f"Contoh {chr(65 + n)}"}) for n in range(12)),
)


@cache
def tip() -> Form:
    compiled = compile_form((BUNDLED / "aduan.md").read_bytes(), "md", {"desa.csv": VILLAGES})
    assert compiled.form is not None, compiled.problems
    return compiled.form


class Citizen(Phone):
    """Somebody nobody knows; every message to them is short enough."""

    def __init__(
        self,
        channel: Channel = Channel.WHATSAPP,
        drawer: Drawer | None = None,
        *,
        peer: str = "+628000000077",
        can_seal: bool = False,
        forms: tuple[Form, ...] = (),
    ) -> None:
        super().__init__(
            forms or (tip(),),
            person=None,
            channel=channel,
            drawer=drawer or Drawer(),
            peer=peer,
            can_seal=can_seal,
        )

    def begin(self, story: str = STORY, secrecy: str = "Rahasia") -> None:
        """A story out of the blue, consent, and how to be known; the story is told then."""
        self.send(story)
        self.tap("Setuju")
        self.tap(secrecy)
        self.tap("Selesai")

    def hand_in(self, story: str = STORY, secrecy: str = "Rahasia", **answers: str) -> str:
        """A whole tip; gives the code."""
        self.begin(story, secrecy)
        while self.session.filling is not None and self.session.stage == "question":
            self.send(answers.get(self.session.subject.rpartition("/")[2], "lewati"))
        self.tap("Kirim")
        return self.code

    def bring(self, **more: str) -> str:
        """A whole tip, and the last four sent back."""
        code = self.hand_in(**more)
        self.send(code[-4:])
        return code

    @property
    def code(self) -> str:
        return list(self.drawer.codes)[-1]

    def _check(self) -> None:
        super()._check()
        if self.session.stage != "summary":
            assert len(self.reply.text) <= LONGEST, (len(self.reply.text), self.reply.text)
            assert self.reply.text.count("\n") < MOST_LINES
