"""Evidence that a message carried: expected with the turn, fetched after it, kept or refused for good.

expected ──claim──▶ expected (fetching, due again when the lease ends) ──▶ kept | refused | failed
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Integer, bindparam, func, insert, select, update

from core.model.messages import Address, Attachment
from storage.addresses import ADDRESS, open_address
from storage.keys import Keys, SealBroken
from storage.tables import AnyRow, address, media, person

SHORTEST, LONGEST = 8, 40
"""How long our ids of media are."""

State = Literal["expected", "kept", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Fetch:
    """An attachment to fetch, leased to whoever claimed it. `attempts` counts this one."""

    id: str
    address: Address
    attachment: Attachment
    attempts: int
    address_id: int
    language: str
    """Of the one who sent it; empty when they never chose one."""


@dataclass(frozen=True, slots=True)
class Media:
    """What is known of one attachment. `path` and `view_path` are places in the folder of evidence."""

    id: str
    kind: str
    state: State
    name: str
    content_type: str
    size: int | None
    sha256: str
    path: str
    view_path: str
    data_key: bytes
    """Wrapped; empty until the bytes are kept."""
    reason: str
    report: str
    """The number of the report that it belongs to, empty while there is none."""
    case: str = ""
    """That of the case."""
    expected_at: datetime | None = None
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece of evidence in a case."""

    id: str
    case: str
    sha256: str


class MediaShelf:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def expect(self, attachment: Attachment, address_id: int, now: datetime) -> None:
        """Note that these bytes are to be fetched; `attachment.media` is the id we gave it."""
        self.connection.execute(
            _EXPECT,
            {
                "id": attachment.media,
                "address_id": address_id,
                "kind": attachment.kind,
                "ref_sealed": self.keys.seal(attachment.ref, "media", "ref", attachment.media),
                "name_sealed": self.keys.seal(attachment.name, "media", "name", attachment.media),
                "content_type": attachment.content_type[:120],
                "size": attachment.size,
                "due_at": now,
                "expected_at": now,
            },
        )

    def claim(self, now: datetime, lease_seconds: float, limit: int) -> list[Fetch]:
        """Lease what is due, the oldest first; a lease that ran out is due again."""
        lease = {"now": now, "until": now + timedelta(seconds=lease_seconds), "most": limit}
        claimed = self.connection.execute(_CLAIM, lease).scalars().all()
        if not claimed:
            return []
        return self._fetches(claimed)

    def keep(
        self,
        media_id: str,
        *,
        content_type: str,
        size: int,
        sha256: str,
        path: str,
        data_key: bytes,
        now: datetime,
        view_path: str = "",
    ) -> bool:
        """The bytes lie sealed at `path`; what they were fetched by is forgotten. False: settled before."""
        kept = {"content": content_type, "bytes": size, "hash": sha256, "at": path, "view": view_path}
        done = self.connection.execute(_KEEP, kept | {"one": media_id, "wrapped": data_key, "now": now})
        return done.rowcount > 0

    def again(self, media_id: str, due: datetime, reason: str, *, is_free: bool = False) -> None:
        """`is_free`: that it was tried does not count."""
        self.connection.execute(_AGAIN, {"one": media_id, "due": due, "why": reason, "free": int(is_free)})

    def remark(self, media_id: str, reason: str) -> None:
        """What is to be said of something that is kept."""
        self.connection.execute(_REMARK, {"one": media_id, "why": reason})

    def refuse(self, media_id: str, reason: str) -> None:
        """The bytes are not such as we keep: too large, of another type, a bomb."""
        self.connection.execute(_SETTLE, {"one": media_id, "now_state": "refused", "why": reason})

    def fail(self, media_id: str, reason: str) -> None:
        """The bytes could not be had."""
        self.connection.execute(_SETTLE, {"one": media_id, "now_state": "failed", "why": reason})

    def belong(
        self, words: Iterable[str], number: str, address_id: int | None, person_id: int | None = None
    ) -> None:
        """Those of the words that are media ids are evidence of that report.

        Only what came from that address, or from another of that person's, and belongs to no report yet.
        """
        likely = _likely(words)
        if likely:
            whose = {"address": address_id, "person": person_id}
            self.connection.execute(_BELONG, {"several": likely, "number": number} | whose)

    def belong_to_case(
        self, words: Iterable[str], number: str, address_id: int | None, person_id: int | None = None
    ) -> list[Kept]:
        """The same for a case; gives those of its media that are kept already."""
        likely = _likely(words)
        if not likely:
            return []
        whose = {"address": address_id, "person": person_id}
        self.connection.execute(_BELONG_TO_CASE, {"several": likely, "number": number} | whose)
        rows = self.connection.execute(_KEPT, {"several": likely, "number": number})
        return [Kept(row.id, number, row.sha256) for row in rows]

    def evidence(self, media_id: str) -> Kept | None:
        """What the audit log says of it; None while it is not kept, or is of no case."""
        row = self.connection.execute(_EVIDENCE, {"one": media_id}).first()
        return Kept(row.id, row.case_number, row.sha256) if row else None

    def get(self, media_id: str) -> Media | None:
        row = self.connection.execute(_GET, {"one": media_id}).first()
        return self._media(row) if row else None

    def several(self, media_ids: Iterable[str]) -> dict[str, Media]:
        """Those that exist, by id."""
        if not (ids := list(media_ids)):
            return {}
        return {row.id: self._media(row) for row in self.connection.execute(_SEVERAL, {"several": ids})}

    def uploaded(self, media_ids: Iterable[str], address_id: int) -> dict[str, Attachment]:
        """Those that are kept and came from that address, by id: no others may be attached there."""
        if not (ids := list(media_ids)):
            return {}
        rows = self.connection.execute(_UPLOADED, {"several": ids, "address": address_id})
        return {
            row.id: Attachment(row.kind, "", self._name(row), row.content_type, row.size, row.id)
            for row in rows
        }

    def of_report(self, number: str) -> list[Media]:
        return [self._media(row) for row in self.connection.execute(_OF_REPORT, {"number": number})]

    def of_case(self, number: str) -> list[Media]:
        return [self._media(row) for row in self.connection.execute(_OF_CASE, {"number": number})]

    def counts_of_cases(self, numbers: Collection[str]) -> dict[str, int]:
        """How many pieces each of these cases has; one without any is not among them."""
        rows = self.connection.execute(_COUNTS, {"numbers": list(numbers)})
        return {row.case_number: row.many for row in rows}

    def known(self, shelf: str) -> set[str]:
        """The paths that begin so and that a row tells of."""
        rows = self.connection.execute(_KNOWN, {"shelf": f"{shelf}%"}).all()
        return {path for row in rows for path in row if path}

    def backlog(self) -> tuple[int, datetime | None]:
        """How many are still to be fetched, and since when the oldest of them is expected."""
        return tuple(self.connection.execute(_BACKLOG).one())

    def _fetches(self, claimed: Sequence[str]) -> list[Fetch]:
        """What was claimed; a row that does not open is settled, or it would stop all others for ever."""
        fetches = []
        for row in self.connection.execute(_FETCHES, {"claimed": claimed}).all():
            try:
                fetches.append(self._fetch(row))
            except SealBroken:
                self.fail(row.id, "unreadable")
        return fetches

    def _fetch(self, row: AnyRow) -> Fetch:
        ref = self.keys.open(row.ref_sealed, "media", "ref", row.id)
        attachment = Attachment(row.kind, ref, self._name(row), row.content_type, row.size, row.id)
        language = row.language or row.first_language
        to = open_address(self.keys, row)
        return Fetch(row.id, to, attachment, row.attempts, row.address_id, language)

    def _media(self, row: AnyRow) -> Media:
        return Media(
            row.id,
            row.kind,
            row.state,
            self._name(row),
            row.content_type,
            row.size,
            row.sha256 or "",
            row.path or "",
            row.view_path or "",
            row.data_key or b"",
            row.reason,
            row.report or "",
            row.case_number or "",
            row.expected_at,
            row.kept_at,
        )

    def _name(self, row: AnyRow) -> str:
        return self.keys.open(row.name_sealed, "media", "name", row.id) if row.name_sealed else ""


def _likely(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if SHORTEST <= len(word) <= LONGEST and word.isascii())


_THIS = media.c.id == bindparam("one")
_OPEN = media.c.due_at.is_not(None)
_EXPECT = insert(media).values(state="expected", attempts=0, reason="")
_due = (
    select(media.c.id)
    .where(media.c.due_at <= bindparam("now"))
    .order_by(media.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(media)
    .where(media.c.id.in_(select(_due.c.id)))
    .values(due_at=bindparam("until"), attempts=media.c.attempts + 1)
    .returning(media.c.id)
)
_FETCHES = (
    select(
        media.c.id,
        media.c.kind,
        media.c.ref_sealed,
        media.c.name_sealed,
        media.c.content_type,
        media.c.size,
        media.c.attempts,
        media.c.address_id,
        address.c.language.label("first_language"),
        person.c.language,
        *ADDRESS,
    )
    .join_from(media, address)
    .outerjoin(person, person.c.id == address.c.person_id)
    .where(media.c.id.in_(bindparam("claimed", expanding=True)))
    .order_by(media.c.expected_at, media.c.id)
)
_KEEP = (
    update(media)
    .where(_THIS, _OPEN)
    .values(
        state="kept",
        due_at=None,
        ref_sealed=None,
        content_type=bindparam("content"),
        size=bindparam("bytes"),
        sha256=bindparam("hash"),
        path=bindparam("at"),
        view_path=bindparam("view"),
        data_key=bindparam("wrapped"),
        kept_at=bindparam("now"),
    )
)
_AGAIN = (
    update(media)
    .where(_THIS, _OPEN)
    .values(
        due_at=bindparam("due"),
        reason=bindparam("why"),
        attempts=media.c.attempts - bindparam("free", type_=Integer),
    )
)
_REMARK = update(media).where(_THIS, media.c.state == "kept").values(reason=bindparam("why"))
_SETTLE = (
    update(media)
    .where(_THIS, _OPEN)
    .values(state=bindparam("now_state"), due_at=None, ref_sealed=None, reason=bindparam("why"))
)
_THEIRS = (
    media.c.id.in_(bindparam("several", expanding=True)),
    media.c.address_id.in_(
        select(address.c.id).where(
            (address.c.id == bindparam("address")) | (address.c.person_id == bindparam("person"))
        )
    ),
)
_BELONG = update(media).where(*_THEIRS, media.c.report.is_(None)).values(report=bindparam("number"))
_BELONG_TO_CASE = (
    update(media).where(*_THEIRS, media.c.case_number.is_(None)).values(case_number=bindparam("number"))
)
_KEPT = select(media.c.id, media.c.sha256).where(
    media.c.id.in_(bindparam("several", expanding=True)),
    media.c.case_number == bindparam("number"),
    media.c.state == "kept",
)
_EVIDENCE = select(media.c.id, media.c.case_number, media.c.sha256).where(
    _THIS, media.c.case_number.is_not(None), media.c.state == "kept"
)
_MEDIA = select(
    media.c.id,
    media.c.kind,
    media.c.state,
    media.c.name_sealed,
    media.c.content_type,
    media.c.size,
    media.c.sha256,
    media.c.path,
    media.c.view_path,
    media.c.data_key,
    media.c.reason,
    media.c.report,
    media.c.case_number,
    media.c.expected_at,
    media.c.kept_at,
)
_GET = _MEDIA.where(_THIS)
_SEVERAL = _MEDIA.where(media.c.id.in_(bindparam("several", expanding=True)))
_UPLOADED = _MEDIA.where(
    media.c.id.in_(bindparam("several", expanding=True)),
    media.c.address_id == bindparam("address"),
    media.c.state == "kept",
)
_OF_REPORT = _MEDIA.where(media.c.report == bindparam("number")).order_by(media.c.expected_at, media.c.id)
_COUNTS = (
    select(media.c.case_number, func.count().label("many"))
    .where(media.c.case_number.in_(bindparam("numbers", expanding=True)))
    .group_by(media.c.case_number)
)
_OF_CASE = _MEDIA.where(media.c.case_number == bindparam("number")).order_by(media.c.expected_at, media.c.id)
_KNOWN = select(media.c.path, media.c.view_path).where(
    media.c.path.like(bindparam("shelf")) | media.c.view_path.like(bindparam("shelf"))
)
_BACKLOG = select(func.count(), func.min(media.c.expected_at)).where(_OPEN)
