"""Published elections, opened periods, expected reports, campaign events."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")


def upgrade() -> None:
    _make_elections()
    _make_events()
    _make_expectations()
    op.create_index(op.f("ix_post_role_zone"), "post", ["role", "zone"])


def _make_elections() -> None:
    op.create_table(
        "election_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_election_version_name_version")),
    )
    op.create_table(
        "opening",
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("period", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("election", "duty", "zone", "period", name=op.f("pk_opening")),
    )


def _make_events() -> None:
    op.create_table(
        "campaign_event",
        sa.Column("id", Id, nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("cancelled_at", Moment),
        sa.ForeignKeyConstraint(["area"], ["area.code"], name=op.f("fk_campaign_event_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_event")),
        sa.UniqueConstraint("number", "area", "day", name=op.f("uq_campaign_event_number_area_day")),
    )
    op.create_index(op.f("ix_campaign_event_starts_at"), "campaign_event", ["starts_at"])


def _make_expectations() -> None:
    op.create_table(
        "expectation",
        sa.Column("id", Id, nullable=False),
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("period", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("report", sa.String(length=24)),
        sa.Column("told_at", Moment),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("reminded_at", Moment),
        sa.Column("event_id", Id),
        sa.CheckConstraint("state IN ('open', 'filed', 'nihil', 'void')", name=op.f("ck_expectation_state")),
        sa.CheckConstraint(
            "(told_at IS NOT NULL) = (state IN ('filed', 'nihil'))", name=op.f("ck_expectation_told")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expectation")),
    )
    op.create_index(op.f("ix_expectation_area_due_at"), "expectation", ["area", "due_at"])
    of_post = ["post_id", "duty", "election"]
    _partial("uq_expectation_period", [of_post[0], "period", *of_post[1:]], "event_id IS NULL", unique=True)
    _partial("uq_expectation_event", ["event_id", *of_post], "event_id IS NOT NULL", unique=True)
    _partial("ix_expectation_report", ["report"], "report IS NOT NULL", unique=False)


def _partial(name: str, columns: list[str], where: str, *, unique: bool) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        "expectation",
        columns,
        unique=unique,
        postgresql_where=condition,
        sqlite_where=condition,
    )
