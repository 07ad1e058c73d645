"""Are the letters there that pictures and pages are set in? For whoever looks after a machine."""

from PIL import ImageFont

from scheduler.render.drawing.letters import WEIGHTS, content
from scheduler.render.paper import fonts

OF_PAGES = frozenset({"Libertinus Serif", "DejaVu Sans Mono"})
"""typst's own: those that our templates name."""
SAMPLE = "Ag 85 %"


def fault() -> str:
    """What is wrong with them, as the library says it; empty when all can be drawn with.

    A Pillow from elsewhere may be built without FreeType, or FreeType without brotli, which reads WOFF2.
    """
    try:
        for weight in WEIGHTS:
            ImageFont.truetype(content(weight), 20).getmask(SAMPLE)
        missing = OF_PAGES.difference(fonts().families())
    except (OSError, ImportError) as trouble:
        return f"{type(trouble).__name__}: {trouble}"
    return f"typst: {', '.join(sorted(missing))}" if missing else ""
