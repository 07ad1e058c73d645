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

`@ telegram` takes that phone in hand, `@ telegram kabkota 64.02` somebody else's: `warga`, whom no roster
knows, or a role of the sample roster, with an area. `~ 2 hari` lets time go by, and the clock does its work.
`>` is typed; `> [Kirim]` is tapped; 📷, 📍 and ☎ stand for a picture, a pin and the shared contact; \n is a
new line. {kode} and {akhir} are the tracking code given and its last four. Below `=` stand the stored
reports and cases. With `buttons: yes` below the person, WhatsApp has its templates; with `custodians: yes`
identities can be sealed; with `election: yes` reports are owed, and the desk has its topics. It is 07.20 WITA
on voting day, unless `begins: 2024-11-25 16.30` says otherwise.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from core.model.cases import Case, Note
from core.model.records import Report
from tests.conversations.stage import STEP, VOTING_DAY, Phone, Stage, somebody

MEDIA_ID = 16
BUTTONS = "buttons: yes"
CUSTODIANS = "custodians: yes"
ELECTION = "election: yes"
CODE = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$", re.MULTILINE)
BEGINS = "begins: "
UNITS = {"menit": "minutes", "jam": "hours", "hari": "days"}


@dataclass(frozen=True, slots=True)
class Script:
    """What a transcript says is to be done."""

    title: str
    person: str
    lines: tuple[str, ...]
    buttons: bool = False
    """WhatsApp shows what can be tapped."""
    custodians: bool = False
    """Identities can be sealed."""
    election: bool = False
    """Reports are owed, and the desk has its topics."""
    begins: str = ""
    """When, by the clocks of Samarinda."""

    @property
    def moment(self) -> datetime:
        return datetime.strptime(f"{self.begins}+0800", "%Y-%m-%d %H.%M%z") if self.begins else VOTING_DAY

    @classmethod
    def read(cls, path: Path) -> "Script":
        written = path.read_text(encoding="utf-8").splitlines()
        title = next(line for line in written if line.startswith("# "))
        person = next(line.partition(":")[2].strip() for line in written if line.startswith("person:"))
        lines = tuple(line for line in written if line.startswith(("> ", "@ ", "~ ")))
        marks = (mark in written for mark in (BUTTONS, CUSTODIANS, ELECTION))
        begins = next((line.removeprefix(BEGINS) for line in written if line.startswith(BEGINS)), "")
        return cls(title, person, lines, *marks, begins)

    @property
    def head(self) -> list[str]:
        marks = [BUTTONS] * self.buttons + [CUSTODIANS] * self.custodians + [ELECTION] * self.election
        marks += [f"{BEGINS}{self.begins}"] if self.begins else []
        return [self.title, f"person: {self.person}", *marks, ""]


async def play(script: Script, stage: Stage) -> str:
    """The transcript as it goes now."""
    phones: dict[str, Phone] = {}
    phone: Phone | None = None
    code = ""
    written = script.head
    for line in script.lines:
        written.append(line)
        said = line[2:]
        if line.startswith("@ "):
            channel, _, who = said.partition(" ")
            phone = phones.setdefault(said, stage.phone(channel, somebody(who or script.person)))
            written += await _arrived(phone)
            continue
        if line.startswith("~ "):
            await stage.pass_by(_time(said))
            written += await _arrived(phone) if phone else []
            continue
        assert phone is not None, "a transcript begins with @ and a channel"
        stage.clock.pass_by(STEP)
        await phone.send(said.replace("\\n", "\n").replace("{kode}", code).replace("{akhir}", code[-4:]))
        stage.clock.pass_by(STEP)
        answers = [await phone.received()]
        await stage.settled()
        while await phone.has_more():
            answers.append(await phone.received())
        found = [given[0] for answer in answers if (given := CODE.search(answer))]
        code = found[-1] if found else code
        written += [shown for answer in answers for shown in _heard(answer)]
    return "\n".join([*written, "", *_filed(stage.reports()), *_opened(stage.cases())]) + "\n"


async def _arrived(phone: Phone) -> list[str]:
    """What came without having been asked for."""
    lines: list[str] = []
    while await phone.has_more():
        lines += _heard(await phone.received())
    return lines


def _time(said: str) -> timedelta:
    number, _, unit = said.partition(" ")
    return timedelta(**{UNITS[unit]: int(number)})


def _opened(cases: list[Case]) -> list[str]:
    lines: list[str] = []
    for case in cases:
        lines.append(f"= {case.number} {case.procedure} {case.state}, {case.secrecy.value}, {case.office}")
        told = {"title": case.title, "where": case.where, "area": case.area, "accused": case.accused}
        told |= {"known": str(case.known_on or ""), "story": case.story.replace("\n", "\\n")}
        told |= {"missing": " ".join(case.missing), "doubts": " ".join(sorted(case.doubts))}
        lines += [f"  {what} = {words}" for what, words in told.items() if words]
        lines += [f"  clock {clock.name} until {clock.due_on}" for clock in case.clocks]
        lines += [f"  {note.serial} {note.kind.value} by {note.actor}{_media(note)}" for note in case.notes]
    return lines


def _media(note: Note) -> str:
    return f" ({len(note.media)} media)" if note.media else ""


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
