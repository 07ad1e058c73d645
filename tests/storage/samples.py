"""Messages, forms and reports as the tests of storage need them."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.forms.form import Form, Group, Kind, Question, Repeat
from core.forms.written import to_json
from core.model.messages import Address, Channel, Incoming, Reply
from core.model.records import Answers, Flag, Report, Revision, Standing
from storage.book import Book
from tests.storage.kaltim import NOW

CHAT = Address(Channel.TELEGRAM, "1001", "4471")
OTHER_CHAT = Address(Channel.TELEGRAM, "1001", "4472")
HELLO = Reply("Halo")

FORM = Form(
    "ptps-pungut",
    "1",
    {"id": "Laporan pemungutan"},
    (
        Question(("jam_buka",), Kind.TIME, {"id": "Jam berapa TPS dibuka?"}),
        Group(
            ("suara",),
            {"id": "Suara"},
            (
                Question(("suara", "sah"), Kind.INTEGER, {"id": "Sah"}),
                Question(("suara", "tidak_sah"), Kind.INTEGER, {"id": "Tidak sah"}),
            ),
        ),
        Repeat(
            ("kejadian",),
            {"id": "Kejadian"},
            (
                Question(("kejadian", "apa"), Kind.TEXT, {"id": "Apa?"}),
                Question(("kejadian", "bukti"), Kind.IMAGE, {"id": "Bukti"}),
            ),
        ),
        Question(("catatan",), Kind.TEXT, {"id": "Catatan"}),
    ),
    {},
)


def message(number: int | str = 1, address: Address = CHAT, text: str = "halo") -> Incoming:
    return Incoming(f"m{number}", address, NOW, text=text)


def publish(book: Book, form: Form = FORM) -> None:
    book.forms.publish(to_json(form), form.name, form.version, form.title["id"], b"| survey |", NOW)


def filed(
    number: str,
    person: int,
    post: int | None = None,
    at: datetime = NOW,
    *,
    practice: bool = False,
    **values: str,
) -> Report:
    """A report of FORM; `suara__sah="221"` is the answer in the place "suara/sah"."""
    answers = Answers({name.replace("__", "/"): value for name, value in values.items()})
    first = Revision(1, Standing.FILED, answers, (), person, Channel.TELEGRAM, at, at - timedelta(seconds=3))
    return Report(
        number, FORM.name, FORM.version, post, person, practice, at - timedelta(minutes=9), (first,)
    )


def corrected(report: Report, reason: str, **values: str) -> Revision:
    latest = report.latest
    answers = Answers({name.replace("__", "/"): value for name, value in values.items()})
    flags = (Flag("suara/sah", "lebih dari pemilih"),)
    later = latest.filed_at + timedelta(hours=1)
    changed = replace(latest, serial=latest.serial + 1, standing=Standing.CORRECTED, answers=answers)
    return replace(changed, reason=reason, flags=flags, filed_at=later)
