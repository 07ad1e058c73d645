"""Papers to print and have signed, and the evidence bundle.

formulir_laporan(case, procedure, plan, identity, evidence, now, office="Bawaslu Kota Samarinda")   b"%PDF…"
"""

from desk.papers.bundle import Bundled, bundle
from desk.papers.drawing import Identity
from desk.papers.drawing import draw_formulir_a as formulir_a
from desk.papers.drawing import draw_laporan as formulir_laporan
from desk.papers.drawing import draw_tanda_terima as tanda_terima
from desk.papers.drawing import draw_timeline as timeline
from desk.papers.guide import draw_guide
from desk.papers.pictures import pictures_of
from desk.papers.printing import NotPrinted, Picture

__all__ = [
    "Bundled",
    "Identity",
    "NotPrinted",
    "Picture",
    "bundle",
    "draw_guide",
    "formulir_a",
    "formulir_laporan",
    "pictures_of",
    "tanda_terima",
    "timeline",
]
