"""Other systems that are told what happens here, and what each of them is told."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

hook = Table(
    "hook",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("area", Code, nullable=False),
    Column("kinds", String(160), nullable=False),
    Column("address_sealed", LargeBinary, nullable=False),
    Column("secret_sealed", LargeBinary, nullable=False),
    Column("old_secret_sealed", LargeBinary),
    Column("old_until", UTCDateTime),
    Column("made_at", UTCDateTime, nullable=False),
    Column("stopped_at", UTCDateTime),
    Column("failing_since", UTCDateTime),
    CheckConstraint("(old_until IS NULL) = (old_secret_sealed IS NULL)", name="old"),
    Index(None, "staff_id"),
    Index(None, "area"),
)
"""`staff_id`: what they may see, it is told, in `area` and below. Its address is sealed, for it may bear a
password of theirs. `failing_since`: nothing has arrived since then."""

IS_HEARD = hook.c.stopped_at.is_(None)
ANYBODY_LISTENS = select(hook.c.id).where(IS_HEARD).exists().label("anybody_listens")
"""Asked with the row of what happens: where nobody does, it costs no statement more."""

Index("ix_hook_heard", hook.c.id, postgresql_where=IS_HEARD, sqlite_where=IS_HEARD)

hook_delivery = Table(
    "hook_delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hook_id", Id, ForeignKey("hook.id"), nullable=False),
    Column("event", String(40), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("subject", String(24), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due_at", UTCDateTime),
    Column("holder", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("answer", String(200), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("tried_at", UTCDateTime),
    UniqueConstraint("hook_id", "event"),
    CheckConstraint("state IN ('waiting', 'leased', 'sent', 'failed', 'dropped')", name="state"),
    CheckConstraint("(due_at IS NULL) = (state NOT IN ('waiting', 'leased'))", name="due"),
    Index(None, "hook_id", "id"),
    Index(None, "made_at"),
)
"""`event` is the same on every try and for every receiver: by it they know what they have had. `due_at` is
when the row may be taken, for a leased row the end of its lease."""

IS_TO_TELL = hook_delivery.c.due_at.is_not(None)

Index(
    "ix_hook_delivery_due",
    hook_delivery.c.hook_id,
    hook_delivery.c.due_at,
    hook_delivery.c.id,
    postgresql_where=IS_TO_TELL,
    sqlite_where=IS_TO_TELL,
)
Index(
    "ix_hook_delivery_failed",
    hook_delivery.c.id,
    postgresql_where=hook_delivery.c.state == "failed",
    sqlite_where=hook_delivery.c.state == "failed",
)
