"""Pictures by what is to be seen in them, and which of them are the same one."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from storage.tables.types import UTCDateTime, metadata

picture = Table(
    "picture",
    metadata,
    Column("media_id", String(40), ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("bits", LargeBinary, nullable=False),
    Column("doubts", LargeBinary, nullable=False),
    Column("compared_at", UTCDateTime),
)
"""The imprint of a picture (`storage/likeness.py`). `compared_at` is empty until it was compared with those
of other posts, which waits for the report that it belongs to."""

Index(
    "ix_picture_waiting",
    picture.c.media_id,
    postgresql_where=picture.c.compared_at.is_(None),
    sqlite_where=picture.c.compared_at.is_(None),
)

picture_mark = Table(
    "picture_mark",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("media_id", String(40), ForeignKey("picture.media_id", ondelete="CASCADE"), primary_key=True),
    Index(None, "media_id"),
)
"""What a picture is found by: eight rows each."""

likeness = Table(
    "likeness",
    metadata,
    Column("media_id", String(40), ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", String(40), ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("difference", Integer, nullable=False),
    Column("found_at", UTCDateTime, nullable=False),
    Index(None, "other_id"),
    Index(None, "found_at"),
)
"""The same picture in the reports of two posts, the lesser id first; `difference` is in thousandths."""
