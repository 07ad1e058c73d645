"""Which processes live, and what is heard of a place's name."""

import sqlalchemy as sa
from alembic import op

from storage.spelling import sound

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
AREA = sa.table("area", *(sa.column(name, sa.Text()) for name in ("code", "level", "plain", "sound")))
PAGE = 5000


def upgrade() -> None:
    op.create_table(
        "process",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_process")),
    )
    op.add_column("area", sa.Column("sound", Plain, nullable=False, server_default=""))
    _listen()
    op.create_index(op.f("ix_area_sound"), "area", ["sound"])


def _listen() -> None:
    """How a name is heard is the program's to say: where it hears otherwise one day, it writes all anew."""
    here = op.get_bind()
    named = here.execute(sa.select(AREA.c.code, AREA.c.plain).where(AREA.c.level != "tps")).all()
    heard = [{"one": code, "heard": sound(name)} for code, name in named]
    change = sa.update(AREA).where(AREA.c.code == sa.bindparam("one")).values(sound=sa.bindparam("heard"))
    for start in range(0, len(heard), PAGE):
        here.execute(change, heard[start : start + PAGE])
