"""Cases, procedures, custodians and identities, the audit log, staff and their tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")

SQLITE_KEEPS = """CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"""
POSTGRES_KEEPS = """CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$"""
POSTGRES_TRIGGER = """CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"""


def upgrade() -> None:
    _make_tables()
    _widen_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_KEEPS)
        op.execute(POSTGRES_TRIGGER)
    else:
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE_KEEPS.format(what=what))


def _make_tables() -> None:
    op.create_table(
        "attempt",
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_attempt")),
    )
    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"])
    op.create_table(
        "custodian",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary()),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("retired_at", Moment),
        sa.CheckConstraint("kind IN ('custodian', 'recovery')", name=op.f("ck_custodian_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custodian")),
    )
    op.create_table(
        "procedure_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("law", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_procedure_version_name_version")),
    )
    op.create_table(
        "staff",
        sa.Column("id", Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "token",
        sa.Column("id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("token_hmac", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("revoked_at", Moment),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_token_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_hmac", name=op.f("uq_token_token_hmac")),
    )
    op.create_index(op.f("ix_token_staff_id"), "token", ["staff_id"])
    op.create_table(
        "case_file",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("secrecy", sa.String(length=12), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("office", Code, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("entered_at", Moment, nullable=False),
        sa.Column("closed_at", Moment),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("known_on", sa.Date()),
        sa.Column("happened_on", sa.Date()),
        sa.Column("assigned", sa.String(length=32), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.Column("report", sa.String(length=24)),
        sa.Column("parent", sa.String(length=24)),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("code_hmac", sa.String(length=64)),
        sa.Column("reply_index", sa.String(length=64)),
        sa.Column("reply_sealed", sa.LargeBinary()),
        sa.Column("data_key", sa.LargeBinary()),
        sa.Column("content_sealed", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["parent"], ["case_file.number"], name=op.f("fk_case_file_parent")),
        sa.ForeignKeyConstraint(
            ["procedure", "version"],
            ["procedure_version.name", "procedure_version.version"],
            name=op.f("fk_case_file_procedure_version"),
        ),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_case_file_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_file")),
        sa.UniqueConstraint("code_hmac", name=op.f("uq_case_file_code_hmac")),
    )
    order = ["due_at", "opened_at", "number"]
    op.create_index(op.f("ix_case_file_due_at_opened_at_number"), "case_file", order)
    op.create_index(op.f("ix_case_file_office_due_at_opened_at_number"), "case_file", ["office", *order])
    op.create_index(op.f("ix_case_file_closed_at"), "case_file", ["closed_at"])
    op.create_index(op.f("ix_case_file_reply_index"), "case_file", ["reply_index"])
    op.create_index(op.f("ix_case_file_report"), "case_file", ["report"])
    op.create_table(
        "case_clock",
        sa.Column("case_number", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"], ["case_file.number"], name=op.f("fk_case_clock_case_number")
        ),
        sa.PrimaryKeyConstraint("case_number", "name", name=op.f("pk_case_clock")),
    )
    op.create_index(op.f("ix_case_clock_due_at"), "case_clock", ["due_at"])
    op.create_table(
        "case_exclusion",
        sa.Column("case_number", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"], ["case_file.number"], name=op.f("fk_case_exclusion_case_number")
        ),
        sa.PrimaryKeyConstraint("case_number", "actor", name=op.f("pk_case_exclusion")),
    )
    op.create_table(
        "case_note",
        sa.Column("case_number", sa.String(length=24), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["case_number"], ["case_file.number"], name=op.f("fk_case_note_case_number")),
        sa.PrimaryKeyConstraint("case_number", "serial", name=op.f("pk_case_note")),
    )
    op.create_table(
        "identity",
        sa.Column("case_number", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["case_file.number"], name=op.f("fk_identity_case_number")),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_identity")),
    )
    op.create_table(
        "identity_key",
        sa.Column("case_number", sa.String(length=24), nullable=False),
        sa.Column("custodian_id", Id, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"], ["identity.case_number"], name=op.f("fk_identity_key_case_number")
        ),
        sa.ForeignKeyConstraint(
            ["custodian_id"], ["custodian.id"], name=op.f("fk_identity_key_custodian_id")
        ),
        sa.PrimaryKeyConstraint("case_number", "custodian_id", name=op.f("pk_identity_key")),
    )


def _widen_tables() -> None:
    op.add_column("address", sa.Column("forget_at", Moment))
    op.create_index(
        "ix_address_forget",
        "address",
        ["forget_at"],
        postgresql_where=sa.text("forget_at IS NOT NULL"),
        sqlite_where=sa.text("forget_at IS NOT NULL"),
    )
    op.add_column("outbox", sa.Column("secret", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_outbox_secret",
        "outbox",
        ["id"],
        postgresql_where=sa.text("secret"),
        sqlite_where=sa.text("secret"),
    )
    op.create_index(op.f("ix_inbox_address_id"), "inbox", ["address_id"])
    # SQLite cannot change a column in place: the table is made anew, with all that stands on it.
    with op.batch_alter_table("media") as media:
        media.add_column(sa.Column("case_number", sa.String(24)))
        media.alter_column("address_id", existing_type=Id, nullable=True)
        media.create_foreign_key(op.f("fk_media_case_number"), "case_file", ["case_number"], ["number"])
        media.create_index(op.f("ix_media_case_number"), ["case_number"])
        media.create_index(op.f("ix_media_address_id"), ["address_id"])
