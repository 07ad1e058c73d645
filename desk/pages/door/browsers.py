"""What a browser calls itself, made short enough to be recognised in a list of visits: Firefox, Android."""

import re

NAMES = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    found = (_named(agent, NAMES), _named(agent, SYSTEMS))
    return ", ".join(filter(None, found)) or "?"


def _named(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if re.search(rf"\b{mark}\b", agent)), "")
