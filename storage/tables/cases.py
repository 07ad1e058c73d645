"""Cases and the procedures they follow, identities apart from them, the audit log."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

procedure_version = Table(
    "procedure_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("law", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("published_at", UTCDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)
"""Rows are only ever added; the last of a name is the one in force."""

case_file = Table(
    "case_file",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("procedure", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("state", String(40), nullable=False),
    Column("secrecy", String(12), nullable=False),
    Column("area", Code, nullable=False),
    Column("office", Code, nullable=False),
    Column("opened_at", UTCDateTime, nullable=False),
    Column("entered_at", UTCDateTime, nullable=False),
    Column("closed_at", UTCDateTime),
    Column("due_at", UTCDateTime, nullable=False),
    Column("known_on", Date),
    Column("happened_on", Date),
    Column("assigned", String(32), nullable=False),
    Column("official", Text, nullable=False),
    Column("result", String(64), nullable=False),
    Column("report", String(24), ForeignKey("report.number")),
    Column("parent", String(24), ForeignKey("case_file.number")),
    Column("practice", Boolean, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("awaits", Boolean, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("code_hmac", String(64), unique=True),
    Column("reply_index", String(64)),
    Column("reply_sealed", LargeBinary),
    Column("data_key", LargeBinary),
    Column("content_sealed", LargeBinary),
    ForeignKeyConstraint(["procedure", "version"], ["procedure_version.name", "procedure_version.version"]),
    Index(
        "ix_case_file_walk",
        *("due_at", "opened_at", "number", "office", "procedure", "version", "state"),
        *("assigned", "practice", "closed_at", "serial", "entered_at", "area"),
    ),
    Index(None, "office", "due_at", "opened_at", "number"),
    Index(None, "closed_at"),
    Index(None, "reply_index"),
    Index(None, "report"),
)
"""`data_key` is wrapped and opens `content_sealed` and the notes: forgetting it is their deletion.
The index `walk` is the order of the list, with all that lists are narrowed by and digests count.
`due_at` is that of its first clock, and far away while none runs.
`reply_sealed` is the address that news go to, under a key of its own; `reply_index` finds it again."""

case_exclusion = Table(
    "case_exclusion",
    metadata,
    Column("case_number", String(24), ForeignKey("case_file.number"), primary_key=True),
    Column("actor", String(32), primary_key=True),
    Index(None, "actor"),
)

case_clock = Table(
    "case_clock",
    metadata,
    Column("case_number", String(24), ForeignKey("case_file.number"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("started_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("warned", Boolean, nullable=False),
    Column("escalated", Boolean, nullable=False),
    Index(None, "due_at"),
)
"""The clocks that run now."""

case_note = Table(
    "case_note",
    metadata,
    Column("case_number", String(24), ForeignKey("case_file.number"), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("content_sealed", LargeBinary),
)

case_word = Table(
    "case_word",
    metadata,
    Column("word", BigInteger, primary_key=True, autoincrement=False),
    Column("case_number", String(24), ForeignKey("case_file.number"), primary_key=True),
    Index(None, "case_number"),
    sqlite_with_rowid=False,
)
"""What a case is searched by: each stem of its words under a key; equal words are equal rows, no more."""

custodian = Table(
    "custodian",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("private_sealed", LargeBinary),
    Column("made_at", UTCDateTime, nullable=False),
    Column("retired_at", UTCDateTime),
    CheckConstraint("kind IN ('custodian', 'recovery')", name="kind"),
)
"""`private_sealed` opens with the custodian's passphrase alone; the recovery key's is in no row."""

identity = Table(
    "identity",
    metadata,
    Column("case_number", String(24), ForeignKey("case_file.number"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_at", UTCDateTime, nullable=False),
)

identity_key = Table(
    "identity_key",
    metadata,
    Column("case_number", String(24), ForeignKey("identity.case_number"), primary_key=True),
    Column("custodian_id", Id, ForeignKey("custodian.id"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
"""The key of an identity, once for each who may open it."""

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index(None, "subject", "id"),
    Index(None, "actor", "id"),
    Index(None, "act", "id"),
)
"""Rows are only ever added, each with the hash of the one before: a trigger refuses all else."""
