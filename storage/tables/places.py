"""Where things happen, and who reports from there: areas, people, posts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from storage.tables.types import Code, Id, Plain, UTCDateTime, metadata

area = Table(
    "area",
    metadata,
    Column("code", Code, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(12), nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Code, nullable=False),
    Column("plain", Plain, nullable=False),
    Column("sound", Plain, nullable=False, server_default=""),
    Index(None, "parent"),
    Index(None, "level", "plain"),
    Index(None, "sound"),
)
"""`plain` is the name as `storage/spelling.py` flattens it, for the search by name; `sound` what is heard of
it, for the search in spite of a slip (empty for a polling station: it has a number).
"""

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone_index", String(64), unique=True),
    Column("phone_sealed", LargeBinary),
    Column("language", String(8), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("updated_at", UTCDateTime, nullable=False),
)

post = Table(
    "post",
    metadata,
    Column("id", Id, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("area", Code, ForeignKey("area.code"), nullable=False),
    Column("seat", Integer, nullable=False),
    Column("zone", String(40), nullable=False),
    UniqueConstraint("area", "role", "seat"),
    Index(None, "role", "zone"),
)
"""A kecamatan has three seats of one role."""

holding = Table(
    "holding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("post.id"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("until", UTCDateTime),
    Index(None, "person_id"),
    Index(None, "post_id"),
)
"""Who held a post when; `until` is empty while they hold it."""

Index(
    "uq_holding_post_id_now",
    holding.c.post_id,
    unique=True,
    postgresql_where=holding.c.until.is_(None),
    sqlite_where=holding.c.until.is_(None),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("code_hmac", String(64), nullable=False, unique=True),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
    Index(None, "person_id"),
)
