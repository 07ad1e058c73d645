r"""Transcripts: what was said and what was answered, as a coordinator can read it; played and compared.

    # Laporan pemungutan lewat Telegram
    person: ptps

    @ telegram
    > /start
    < Selamat datang ...
      [Bagikan nomor saya]
    ...
    = P-... pungut 1 filed
      jam_buka = 07:20:00.000+08:00

`@` takes another phone in hand. `>` is typed; `> [Kirim]` is tapped; 📷, 📍 and ☎ stand for a picture, a pin
and the shared contact; \n is a new line. Below `=` stand the stored reports. With `buttons: yes` below the
person, WhatsApp has its templates.
"""

from dataclasses import dataclass
from pathlib import Path

from core.model.records import Report
from tests.conversations.stage import STEP, Phone, Stage, sample

MEDIA_ID = 16
BUTTONS = "buttons: yes"


@dataclass(frozen=True, slots=True)
class Script:
    """What a transcript says is to be done."""

    title: str
    person: str
    lines: tuple[str, ...]
    buttons: bool = False
    """WhatsApp shows what can be tapped."""

    @classmethod
    def read(cls, path: Path) -> "Script":
        written = path.read_text(encoding="utf-8").splitlines()
        title = next(line for line in written if line.startswith("# "))
        person = next(line.partition(":")[2].strip() for line in written if line.startswith("person:"))
        lines = tuple(line for line in written if line.startswith(("> ", "@ ")))
        return cls(title, person, lines, BUTTONS in written)

    @property
    def head(self) -> list[str]:
        return [self.title, f"person: {self.person}", *([BUTTONS] if self.buttons else []), ""]


async def play(script: Script, stage: Stage) -> str:
    """The transcript as it goes now."""
    person = sample(script.person)
    phones: dict[str, Phone] = {}
    phone: Phone | None = None
    written = script.head
    for line in script.lines:
        written.append(line)
        said = line[2:]
        if line.startswith("@ "):
            phone = phones.setdefault(said, stage.phone(said, person))
            continue
        assert phone is not None, "a transcript begins with @ and a channel"
        stage.clock.pass_by(STEP)
        await phone.send(said.replace("\\n", "\n"))
        stage.clock.pass_by(STEP)
        written += _heard(await phone.received())
    return "\n".join([*written, "", *_filed(stage.reports())]) + "\n"


def _heard(message: str) -> list[str]:
    first, *rest = message.split("\n")
    return [f"< {first}", *(line if line.startswith("  ") else f"  {line}" for line in rest)]


def _filed(reports: list[Report]) -> list[str]:
    lines: list[str] = []
    for report in reports:
        latest = report.latest
        practice = " (latihan)" if report.practice else ""
        lines.append(
            f"= {report.number} {report.form} {latest.standing.value}{practice}, {latest.channel.value}"
        )
        lines += [f"  {place} = {_plain(value)}" for place, value in latest.answers.values.items()]
        lines += [f"  ! {flag.place or report.form}: {flag.reason}" for flag in latest.flags]
        lines += [f"  ({latest.reason})"] if latest.reason else []
    return lines


def _plain(value: str) -> str:
    """A value as it is stored; ids of media are new in every run, so only their number is written."""
    words = value.split()
    if words and all(len(word) == MEDIA_ID and all(c in "0123456789abcdef" for c in word) for word in words):
        return f"({len(words)} media)"
    return value.replace("\n", "\\n")
