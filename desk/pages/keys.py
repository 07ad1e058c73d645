"""The key of a draft in an address: drawn by chance, and of use to whoever brought it alone."""

from typing import Annotated

from fastapi import Depends

from desk.pages.visitor import TheVisitor
from desk.refused import unknown

KEY_LENGTH = 12
LONGEST = 24


def draft_key(key: str, _: TheVisitor) -> str:
    """Anything else is as unknown as a draft that is not there."""
    if not (key.isascii() and key.isalnum() and len(key) <= LONGEST):
        raise unknown()
    return key


Key = Annotated[str, Depends(draft_key)]
