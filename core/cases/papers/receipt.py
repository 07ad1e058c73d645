"""Tanda bukti penyampaian laporan: what was handed in, by whom, when, and who took it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.cases.papers.dates import day_words, time_words
from core.cases.papers.exhibits import Exhibit, fingerprint
from core.cases.papers.facts import Facts
from core.cases.papers.laporan import Pelapor, code_of, is_sealed, pelapor_of, received
from core.cases.procedure import Procedure
from core.forms.plan import Plan
from core.model.cases import Case


@dataclass(frozen=True, slots=True)
class HandedIn:
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TandaTerima:
    case: str
    code: str
    law: str
    official: str
    pelapor: Pelapor
    sealed: bool
    hari: str
    pukul: str
    di: str
    bukti: tuple[HandedIn, ...]
    fingerprint: str
    """One SHA-256 of the whole list; empty when nothing came with it."""
    penerima: str
    practice: bool


def tanda_terima(
    case: Case,
    procedure: Procedure,
    plan: Plan | None = None,
    identity: Mapping[str, str] | None = None,
    exhibits: tuple[Exhibit, ...] = (),
    *,
    office: str = "",
    receiver: str = "",
    sealed: bool | None = None,
) -> TandaTerima:
    at, where = received(Facts(case.answers, plan, case.office), case, office)
    return TandaTerima(
        case=case.number,
        code=code_of("tanda-terima", procedure),
        law=procedure.law,
        official=case.official,
        pelapor=pelapor_of(case, plan, identity),
        sealed=is_sealed(case, identity, sealed),
        hari=day_words(at.date()),
        pukul=time_words(at),
        di=where,
        bukti=tuple(HandedIn(one.described, one.sha256) for one in exhibits),
        fingerprint=fingerprint(exhibits),
        penerima=receiver,
        practice=case.practice,
    )
