"""`lapordesk papers` and `cases bundle`: what is printed and signed, and the evidence of a case in one ZIP.

Who brought a case is on a paper only when a custodian opens it, with a reason that stays written.
"""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from core.cases.papers import printed
from core.model.cases import Actor
from desk.acting import look_up
from desk.api.dossier import CaseDossier, gather_case, gather_report
from desk.api.evidence import sealed_under
from desk.papers import Bundled, Identity, bundle
from lapordesk.commands.cases import Email, refusals_told
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.staff import known, note_acting
from lapordesk.vaults import evidence_of
from storage.book import Book
from storage.evidence import Evidence
from storage.exports.whole import written_whole
from storage.identities import Withheld
from storage.keys import Keys

Law = Literal["pilkada", "pemilu"]


def laporan(
    number: str,
    *,
    to: Path,
    email: Email,
    receiver: str = "",
    custodian: int | None = None,
    reason: str = "",
    console: Given,
) -> None:
    _print(console, "laporan", number, to, email, receiver, custodian, reason)


def tanda_terima(
    number: str,
    *,
    to: Path,
    email: Email,
    receiver: str = "",
    custodian: int | None = None,
    reason: str = "",
    console: Given,
) -> None:
    _print(console, "tanda-terima", number, to, email, receiver, custodian, reason)


def formulir_a(
    report: str, *, to: Path, email: Email, number: str = "", law: Law | None = None, console: Given
) -> None:
    _require(to, ".pdf")
    with console.store() as store, refusals_told(console), store.begin() as book:
        actor = known(book, email).actor
        note_acting(book, actor, report.upper(), console.now)
        dossier = gather_report(book, report.upper(), actor, "paper.formulir-a", console.now)
    dossier = replace(dossier, number=number, law=law or dossier.law)
    _write(console, to, dossier.draw(_evidence(console)))


def bundle_case(number: str, *, to: Path, email: Email, console: Given) -> int:
    """Ends with 1 when an original is damaged: the others are in the bundle all the same."""
    _require(to, ".zip")
    with console.store() as store, refusals_told(console), store.begin() as book:
        member = known(book, email)
        note_acting(book, member.actor, number.upper(), console.now)
        dossier = gather_case(book, number.upper(), member, "bundle.packed", console.now)
        _note(book, dossier, "bundle", member.actor)
    told = Bundled()
    pieces = bundle(
        dossier.case,
        dossier.procedure,
        dossier.evidence,
        dossier.draw_all(),
        _evidence(console),
        dossier.now,
        language=console.texts.language,
        told=told,
    )
    with written_whole(to) as path, path.open("wb") as file:
        file.writelines(pieces)
    count = console.number(told.files)
    console.say("commands.papers.packed", count=count, file=to, manifest=told.manifest)
    if told.damaged:
        raise CommandFailed("commands.papers.damaged", names=", ".join(told.damaged))
    return 0


def _print(
    console: Console,
    paper: str,
    number: str,
    to: Path,
    email: str,
    receiver: str,
    custodian: int | None,
    reason: str,
) -> None:
    _require(to, ".pdf")
    passphrase = console.secret("commands.papers.passphrase") if custodian is not None else ""
    identity: Identity | Withheld = None
    with console.store() as store, refusals_told(console):
        with store.begin() as book:
            member = known(book, email)
            hand = look_up(book, number.upper(), member.actor, console.now)
            note_acting(book, member.actor, hand.case.number, console.now)
            if custodian is not None:
                where = sealed_under(book, hand.case) or hand.case.number
                identity = book.identities.open(
                    where, custodian, passphrase, reason, member.actor, console.now
                )
        # The attempt is in the log by now, whatever came of it.
        if isinstance(identity, Withheld):
            why = console.texts.say(f"api.shut.{identity.why}")
            raise CommandFailed("commands.papers.shut", reason=why)
        with store.begin() as book:
            dossier = gather_case(book, hand.case.number, member, f"paper.{paper}", console.now)
            _note(book, dossier, paper, member.actor)
    dossier = replace(dossier, identity=identity, receiver=receiver or dossier.receiver)
    _write(console, to, dossier.draw(paper))


def _note(book: Book, dossier: CaseDossier, paper: str, actor: Actor) -> None:
    book.cases.note(printed(dossier.case, paper, actor, dossier.now))


def _require(to: Path, ending: str) -> None:
    if to.suffix.lower() != ending:
        raise CommandFailed("commands.papers.kind", file=to.name, ending=ending)


def _write(console: Console, to: Path, content: bytes) -> None:
    with written_whole(to) as path:
        path.write_bytes(content)
    console.say("commands.papers.written", file=to)


def _evidence(console: Console) -> Evidence:
    return evidence_of(console.settings, Keys.load(console.settings.key_file))
