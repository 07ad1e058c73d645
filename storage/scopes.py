"""Inside an area, as a condition on a column of codes; an index on that column serves it."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, or_, true


def inside(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """The area itself and all in it; "/" follows "." in both engines' byte order. Empty: everywhere."""
    return and_(column >= code, column < f"{code}/") if code else true()


def inside_any(column: ColumnElement[str], codes: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(inside(column, code) for code in sorted(codes)))
