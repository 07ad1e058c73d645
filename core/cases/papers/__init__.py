"""The papers of a case and of a report: what stands on each, before anybody draws it."""

from core.cases.papers.exhibits import Exhibit, fingerprint
from core.cases.papers.form_a import FormulirA, Supervisor, formulir_a, supervisor_of
from core.cases.papers.laporan import FormulirLaporan, formulir_laporan
from core.cases.papers.printed import printed
from core.cases.papers.receipt import TandaTerima, tanda_terima
from core.cases.papers.timeline import Timeline, timeline

__all__ = [
    "Exhibit",
    "FormulirA",
    "FormulirLaporan",
    "Supervisor",
    "TandaTerima",
    "Timeline",
    "fingerprint",
    "formulir_a",
    "formulir_laporan",
    "printed",
    "supervisor_of",
    "tanda_terima",
    "timeline",
]
