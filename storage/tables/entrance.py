"""How the staff come in at the web desk: their password, their second step, their links and their visits."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table, Text

from storage.tables.types import Code, Id, UTCDateTime, metadata

account = Table(
    "account",
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    Column("password_hash", LargeBinary, nullable=False),
    Column("totp_sealed", LargeBinary),
    Column("last_step", BigInteger, nullable=False),
    Column("set_at", UTCDateTime, nullable=False),
)
"""`totp_sealed` is empty for the demo's account alone; no code of a step up to `last_step` opens again."""

account_code = Table(
    "account_code",
    metadata,
    Column("code_hmac", String(64), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("used_at", UTCDateTime),
    Index(None, "staff_id"),
)
"""Recovery codes: each opens once in place of the second step."""

account_link = Table(
    "account_link",
    metadata,
    Column("link_hash", String(64), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("totp_sealed", LargeBinary, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
    Index(None, "staff_id"),
)
"""By which an account is set up, once."""

visit = Table(
    "visit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("area", Code, nullable=False),
    Column("browser", Text, nullable=False),
    Column("begun_at", UTCDateTime, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime),
    Index(None, "staff_id"),
)
"""Signed in with one browser, as that role in that area: when these change, it opens nothing any more."""

staff_chat = Table(
    "staff_chat",
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("linked_at", UTCDateTime, nullable=False),
    Index(None, "person_id"),
)
"""Whose chat a one-time link to the desk may be sent to."""

entrance_link = Table(
    "entrance_link",
    metadata,
    Column("link_hash", String(64), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
    Index(None, "staff_id"),
)
"""Stands in for a password, once and for ten minutes; the second step is asked for all the same."""
