"""The papers as PDFs, each from what is known: a case or a report, its form, its evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from core.cases.papers import (
    Exhibit,
    FormulirLaporan,
    Supervisor,
    TandaTerima,
    formulir_a,
    formulir_laporan,
    tanda_terima,
    timeline,
)
from core.cases.papers.dates import local, short_day_words, time_words
from core.cases.procedure import Procedure
from core.forms.plan import Plan
from core.model.cases import Case
from core.model.records import Report
from core.speech.texts import texts
from desk.papers.printing import Picture, print_paper
from storage.media import Media

Identity = Mapping[str, str] | None
"""What a custodian opened for this paper; None prints dotted lines to be filled by hand."""
CONTENTS: Mapping[str, Callable[..., FormulirLaporan | TandaTerima]] = {
    "laporan": formulir_laporan,
    "tanda-terima": tanda_terima,
}


def draw_of_complaint(
    paper: str,
    case: Case,
    procedure: Procedure,
    plan: Plan | None,
    identity: Identity,
    evidence: Sequence[Media],
    now: datetime,
    *,
    office: str = "",
    receiver: str = "",
    sealed: bool | None = None,
) -> bytes:
    """One of CONTENTS: the Formulir Laporan, or the tanda bukti penyampaian that is given for it."""
    exhibits = exhibits_of(evidence)
    content = CONTENTS[paper](
        case, procedure, plan, identity, exhibits, office=office, receiver=receiver, sealed=sealed
    )
    return print_paper(paper, content, paper_words(case.number, case.office, now), last_act(case))


def draw_formulir_a(
    report: Report,
    plan: Plan | None,
    supervisor: Supervisor,
    evidence: Sequence[Media],
    now: datetime,
    *,
    area: str = "",
    law: str = "pilkada",
    number: str = "",
    pictures: tuple[Picture, ...] = (),
) -> bytes:
    """Formulir A, with the pictures given."""
    exhibits = exhibits_of(evidence)
    content = formulir_a(report, plan, supervisor, exhibits, area=area, law=law, number=number)
    words = paper_words(report.number, area, now)
    return print_paper("formulir-a", content, words, report.latest.filed_at, pictures)


def draw_timeline(case: Case, procedure: Procedure, now: datetime, language: str = "id") -> bytes:
    """The history of a case that came with all of its notes."""
    say = texts(language).say
    words = {
        **paper_words(case.number, case.office, now, language),
        **case_words(language),
        "title": say("papers.timeline.title"),
        "when": say("papers.timeline.when"),
        "who": say("papers.timeline.who"),
        "what": say("papers.timeline.what"),
    }
    return print_paper("riwayat", timeline(case, procedure, language), words, last_act(case))


def exhibits_of(evidence: Iterable[Media]) -> tuple[Exhibit, ...]:
    """The evidence under names of ours, in the order given: the same on every paper and in the bundle."""
    return tuple(
        Exhibit(number, one.id, one.kind, one.content_type, one.size or 0, one.sha256, one.state)
        for number, one in enumerate(evidence, 1)
    )


def paper_words(subject: str, area: str, now: datetime, language: str = "id") -> dict[str, str]:
    """The sentences around a form: its foot, and what is said instead of an identity."""
    say = texts(language).say
    there = local(now, area)
    return {
        "sealed": say("papers.sealed"),
        "nameless": say("papers.nameless"),
        "practice": say("papers.practice"),
        "printed": say(
            "papers.printed", subject=subject, time=f"{short_day_words(there.date())}, {time_words(there)}"
        ),
        "page": say("papers.page", page="{page}", pages="{pages}"),
    }


def case_words(language: str) -> dict[str, str]:
    say = texts(language).say
    return {
        name: say(f"papers.field.{name}") for name in ("case", "official", "procedure", "state", "opened")
    }


def last_act(case: Case) -> datetime:
    """When the case became what it is: that a paper is printed again changes nothing of it."""
    return max((note.at for note in case.notes), default=case.entered_at)
