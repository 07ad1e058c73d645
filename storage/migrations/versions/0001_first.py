"""The first shape: areas, people, conversations, inbox, outbox, forms, reports, media."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")
Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TIDY = """autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000"""
QUEUES = ("outbox", "session", "media")
"""Their rows change all the time: PostgreSQL tidies up after some thousand changes, not after a fifth."""


def upgrade() -> None:
    _make_tables()
    if op.get_bind().dialect.name == "postgresql":
        for queue in QUEUES:
            op.execute(f"ALTER TABLE {queue} SET ({TIDY})")


def _make_tables() -> None:
    op.create_table(
        "area",
        sa.Column("code", Code, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", Code, nullable=False),
        sa.Column("plain", Plain, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_level_plain"), "area", ["level", "plain"])
    op.create_index(op.f("ix_area_parent"), "area", ["parent"])
    op.create_table(
        "form_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("compiled", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_form_version_name_version")),
    )
    op.create_table(
        "person",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64)),
        sa.Column("phone_sealed", sa.LargeBinary()),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_person_phone_index")),
    )
    op.create_table(
        "session",
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary()),
        sa.Column("updated_at", Moment),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_session")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "tick",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("scheduled_for", Moment, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("job", "scheduled_for", name=op.f("pk_tick")),
    )
    op.create_table(
        "address",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("peer_index", sa.String(length=64), nullable=False),
        sa.Column("peer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", Id),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("last_in_at", Moment),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint(
            "channel", "account", "peer_index", name=op.f("uq_address_channel_account_peer_index")
        ),
    )
    op.create_index(op.f("ix_address_person_id"), "address", ["person_id"])
    op.create_table(
        "invitation",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("code_hmac", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hmac", name=op.f("uq_invitation_code_hmac")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])
    op.create_table(
        "post",
        sa.Column("id", Id, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["area.code"], name=op.f("fk_post_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("area", "role", "seat", name=op.f("uq_post_area_role_seat")),
    )
    op.create_table(
        "holding",
        sa.Column("id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_holding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    op.create_index(op.f("ix_holding_person_id"), "holding", ["person_id"])
    op.create_index(op.f("ix_holding_post_id"), "holding", ["post_id"])
    op.create_index(
        "uq_holding_post_id_now",
        "holding",
        ["post_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
        sqlite_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=160), nullable=False),
        sa.Column("address_id", Id),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary()),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('done', 'failed')", name=op.f("ck_inbox_state")),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_inbox_address_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "channel", "account", "provider_id", name=op.f("uq_inbox_channel_account_provider_id")
        ),
    )
    op.create_index(
        "ix_inbox_failed",
        "inbox",
        ["id"],
        postgresql_where=sa.text("state = 'failed'"),
        sqlite_where=sa.text("state = 'failed'"),
    )
    op.create_table(
        "report",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("post_id", Id),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("area", Code),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("filed_at", Moment, nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form", "version"],
            ["form_version.name", "form_version.version"],
            name=op.f("fk_report_form_version"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_report_post_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_area"), "report", ["area"])
    op.create_index(op.f("ix_report_form_filed_at_number"), "report", ["form", "filed_at", "number"])
    op.create_index(op.f("ix_report_person_id_filed_at"), "report", ["person_id", "filed_at"])
    op.create_index(op.f("ix_report_post_id"), "report", ["post_id"])
    op.create_table(
        "media",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("ref_sealed", sa.LargeBinary()),
        sa.Column("name_sealed", sa.LargeBinary()),
        sa.Column("content_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("path", sa.Text()),
        sa.Column("view_path", sa.Text()),
        sa.Column("data_key", sa.LargeBinary()),
        sa.Column("due_at", Moment),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("report", sa.String(length=24)),
        sa.Column("expected_at", Moment, nullable=False),
        sa.Column("kept_at", Moment),
        sa.CheckConstraint("(due_at IS NOT NULL) = (state = 'expected')", name=op.f("ck_media_due")),
        sa.CheckConstraint("state IN ('expected', 'kept', 'refused', 'failed')", name=op.f("ck_media_state")),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_media_address_id")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_media_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(
        "ix_media_due",
        "media",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_media_report"), "media", ["report"])
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("inbox_id", Id),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parts_done", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(length=160)),
        sa.Column("receipt", sa.String(length=12), nullable=False),
        sa.Column("receipt_at", Moment),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment),
        sa.CheckConstraint(
            "(due_at IS NULL) = (state NOT IN ('waiting', 'leased'))", name=op.f("ck_outbox_due")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'leased', 'sent', 'parked', 'dropped')", name=op.f("ck_outbox_state")
        ),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_outbox_address_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_outbox_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_address_id_id"), "outbox", ["address_id", "id"])
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["priority", "due_at", "id"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_parked",
        "outbox",
        ["id"],
        postgresql_where=sa.text("state = 'parked'"),
        sqlite_where=sa.text("state = 'parked'"),
    )
    op.create_index(
        "ix_outbox_queue",
        "outbox",
        ["address_id", "priority", "id"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_receipt",
        "outbox",
        ["provider_id"],
        postgresql_where=sa.text("provider_id IS NOT NULL"),
        sqlite_where=sa.text("provider_id IS NOT NULL"),
    )
    op.create_table(
        "revision",
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("flags_sealed", sa.LargeBinary()),
        sa.Column("reason_sealed", sa.LargeBinary()),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("filed_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("inbox_id", Id),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_revision_inbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_revision_person_id")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_revision_report")),
        sa.PrimaryKeyConstraint("report", "serial", name=op.f("pk_revision")),
    )
