"""Reports at the desk: found by their marks, verified, asked about, counted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")

WHEN = ("filed_at", "number", "area")
SPARSE = {
    "changed": ("standing != 'filed'", ("standing", *WHEN)),
    "nihil": ("nihil IS {true}", WHEN),
    "flagged": ("flags > 0", WHEN),
    "practice": ("practice IS {true}", WHEN),
    "unverified": ("verified < serial", WHEN),
    "uncounted": ("counted < serial AND practice IS {false}", ("filed_at", "number")),
}


def upgrade() -> None:
    _mark_reports()
    _make_verifications()
    _make_inquiries()
    op.create_table(
        "answer_tally",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("area", Code, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sums_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("form", "area", "day", name=op.f("pk_answer_tally")),
    )


def _mark_reports() -> None:
    op.add_column("report", sa.Column("nihil", sa.Boolean(), nullable=False, server_default=sa.false()))
    for number in ("flags", "verified", "counted"):
        op.add_column("report", sa.Column(number, sa.Integer(), nullable=False, server_default="0"))
    op.drop_index(op.f("ix_report_area"), "report")
    op.create_index(op.f("ix_report_area_filed_at_number"), "report", ["area", "filed_at", "number"])
    op.create_index(op.f("ix_report_filed_at_number_area"), "report", ["filed_at", "number", "area"])
    is_postgres = op.get_bind().dialect.name == "postgresql"
    spelled = {"true": "true", "false": "false"} if is_postgres else {"true": "1", "false": "0"}
    for name, (condition, columns) in SPARSE.items():
        where = sa.text(condition.format(**spelled))
        op.create_index(
            f"ix_report_{name}", "report", list(columns), postgresql_where=where, sqlite_where=where
        )


def _make_verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["report", "serial"],
            ["revision.report", "revision.serial"],
            name=op.f("fk_verification_report_serial"),
        ),
        sa.PrimaryKeyConstraint("report", "serial", name=op.f("pk_verification")),
    )


def _make_inquiries() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", Id, nullable=False),
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary()),
        sa.Column("answered_at", Moment),
        sa.Column("channel", sa.String(length=12)),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer_sealed IS NULL)", name=op.f("ck_inquiry_answered")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inquiry_person_id")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_inquiry_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_index(op.f("ix_inquiry_person_id"), "inquiry", ["person_id"])
    op.create_index(op.f("ix_inquiry_report"), "inquiry", ["report"])
