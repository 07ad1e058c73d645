"""Every function of ODK XForms that expressions may call, by name."""

from core.forms.expressions.functions import calendar, choices, codes, logic, numbers, places, repeats, texts
from core.forms.expressions.functions.signature import Function

FUNCTIONS: dict[str, Function] = {
    **texts.FUNCTIONS,
    **numbers.FUNCTIONS,
    **logic.FUNCTIONS,
    **calendar.FUNCTIONS,
    **choices.FUNCTIONS,
    **repeats.FUNCTIONS,
    **places.FUNCTIONS,
    **codes.FUNCTIONS,
}

UNSUPPORTED = frozenset(
    {"id", "instance", "intersects", "jr:itext", "lang", "last", "local-name", "name"}
    | {"namespace-uri", "property", "extract-signed"}
)
"""Known to ODK or XPath, but of documents and devices that a chat does not have."""

MEANT = {
    "and": "… and …",
    "average": "sum(…) div count(…)",
    "avg": "sum(…) div count(…)",
    "ceil": "ceiling",
    "day": "format-date",
    "hour": "format-date-time",
    "iff": "if",
    "iif": "if",
    "isblank": "string-length",
    "jumlah": "sum",
    "len": "string-length",
    "length": "string-length",
    "lower": "lower-case",
    "matches": "regex",
    "mid": "substr",
    "month": "format-date",
    "or": "… or …",
    "trim": "normalize-space",
    "upper": "upper-case",
    "year": "format-date",
}
"""What authors call who come from spreadsheets."""
