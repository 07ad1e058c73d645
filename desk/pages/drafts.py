"""What a member has brought to the desk and not published yet: only they get it back."""

from pathlib import PurePath

from desk.pages.room import Room
from desk.pages.visitor import Visitor
from desk.refused import unknown
from storage.drafts import DraftKind, Whole


async def whole_draft(room: Room, visitor: Visitor, kind: DraftKind, key: str) -> Whole:
    """`Refused` as unknown for one that is not there, that ran out, or that is another's."""
    now, whose = room.house.clock(), visitor.member.id
    whole = await room.house.read(lambda book: book.drafts.get(key, kind, whose, now))
    if whole is None:
        raise unknown()
    return whole


def ending_of(whole: Whole) -> str:
    """What kind of file it came as: xlsx, md, csv."""
    return PurePath(whole.draft.name).suffix.removeprefix(".").casefold()
