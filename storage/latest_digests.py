"""The digest of a week as it stood when it was counted last: what the desk shows at once, with its minute.

Whole, with all cases: what is kept from whoever looks is taken out when it is shown.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, false, or_, select

from core.digests.digest import Digest
from storage.digests import packed, unpacked
from storage.keys import Keys
from storage.tables import digest_latest, staff
from storage.upsert import insert_into

OLDEST = timedelta(weeks=8)
"""Of the weeks before, what nobody looks at goes."""


class LatestDigests:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def find(self, area: str, monday: date, since: datetime | None = None) -> Digest | None:
        """The one counted last, if that was later than a moment."""
        known = {"of": area, "in": monday}
        query = _FIND if since is None else _FIND.where(digest_latest.c.made_for > since)
        row = self.connection.execute(query, known).first()
        return unpacked(self.keys.open(row.content_sealed, *_where(area, monday))) if row else None

    def keep(self, digest: Digest) -> None:
        """In place of an older one; a younger one stays."""
        sealed = self.keys.seal(packed(digest), *_where(digest.area, digest.first))
        row = {
            "area": digest.area,
            "week": digest.first,
            "made_for": digest.made_for,
            "content_sealed": sealed,
        }
        keeping = insert_into(self.connection, digest_latest)
        newer = {name: keeping.excluded[name] for name in ("made_for", "content_sealed")}
        younger = keeping.excluded.made_for > digest_latest.c.made_for
        self.connection.execute(
            keeping.on_conflict_do_update(index_elements=["area", "week"], set_=newer, where=younger), row
        )
        self.connection.execute(_DROP, {"of": digest.area, "before": digest.first - OLDEST})

    def behind(self, weeks: Iterable[tuple[str, date]], since: datetime) -> list[tuple[str, date]]:
        """Those of these areas and Mondays that were not counted since then, as they are given."""
        wanted = list(weeks)
        one_of = or_(
            false(), *(and_(digest_latest.c.area == area, digest_latest.c.week == on) for area, on in wanted)
        )
        query = select(digest_latest.c.area, digest_latest.c.week).where(
            one_of, digest_latest.c.made_for >= since
        )
        young = {(row.area, row.week) for row in self.connection.execute(query)} if wanted else set()
        return [one for one in wanted if one not in young]

    def watched(self) -> list[str]:
        """The areas of those who work at the desk; empty for the whole country."""
        return list(self.connection.execute(_WATCHED).scalars())


def _where(area: str, monday: date) -> tuple[str, ...]:
    return "digest_latest", "content", area, monday.isoformat()


_FIND = select(digest_latest.c.content_sealed).where(
    digest_latest.c.area == bindparam("of"), digest_latest.c.week == bindparam("in")
)
_WATCHED = select(staff.c.area).where(staff.c.ended_at.is_(None)).distinct()
_DROP = delete(digest_latest).where(
    digest_latest.c.area == bindparam("of"), digest_latest.c.week < bindparam("before")
)
