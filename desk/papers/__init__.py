"""Papers to print and have signed, and the evidence bundle.

of_complaint("laporan", case, procedure, plan, identity, evidence, now, office="…")   b"%PDF…"
"""

from desk.papers.bundle import Bundled, bundle
from desk.papers.drawing import Identity
from desk.papers.drawing import draw_formulir_a as formulir_a
from desk.papers.drawing import draw_of_complaint as of_complaint
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
    "of_complaint",
    "pictures_of",
    "timeline",
]
