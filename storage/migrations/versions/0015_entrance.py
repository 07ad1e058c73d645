"""A link to the desk sent by the bot, and the audit log leafed through from its end."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_chats()
    _make_links()
    op.drop_index(op.f("ix_audit_subject"), "audit")
    for column in ("subject", "actor", "act"):
        op.create_index(op.f(f"ix_audit_{column}_id"), "audit", [column, "id"])


def _make_chats() -> None:
    op.create_table(
        "staff_chat",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("linked_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_chat_staff_id_staff")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_chat_person_id_person")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_chat")),
    )
    op.create_index(op.f("ix_staff_chat_person_id"), "staff_chat", ["person_id"])


def _make_links() -> None:
    op.create_table(
        "entrance_link",
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_entrance_link_staff_id_staff")),
        sa.PrimaryKeyConstraint("link_hash", name=op.f("pk_entrance_link")),
    )
    op.create_index(op.f("ix_entrance_link_staff_id"), "entrance_link", ["staff_id"])
