"""The newest digest of a week, for the desk; lists of cases that are walked in an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WALKED = [
    *("due_at", "opened_at", "number", "office", "procedure", "version", "state"),
    *("assigned", "practice", "closed_at", "serial", "entered_at", "area"),
]
Code = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")


def upgrade() -> None:
    op.drop_index(op.f("ix_case_file_due_at_opened_at_number"), "case_file")
    op.create_index("ix_case_file_walk", "case_file", WALKED)
    op.create_index(op.f("ix_case_exclusion_actor"), "case_exclusion", ["actor"])
    op.drop_index(op.f("ix_report_post_id"), "report")
    op.create_index(op.f("ix_report_post_id_filed_at"), "report", ["post_id", "filed_at"])
    op.create_table(
        "digest_latest",
        sa.Column("area", Code, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("made_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("area", "week", name=op.f("pk_digest_latest")),
    )
