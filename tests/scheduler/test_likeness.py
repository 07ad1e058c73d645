"""A picture that two posts sent is found, whichever came first, and shown with both reports."""

import csv
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from core.model.messages import Attachment
from core.model.records import Standing
from scheduler.likeness import Comparing
from storage.book import Book
from storage.evidence import Evidence
from storage.exports import export_reports
from storage.likeness import imprint
from storage.store import Store
from storage.tables import picture_mark
from storage.vaults import Folder
from tests.storage.case_samples import follow, opened
from tests.storage.kaltim import NOW, VILLAGE, appoint
from tests.storage.plans import planned, scanned
from tests.storage.samples import CHAT, FORM, corrected, filed, publish
from tests.storage.test_likeness import photo, view


@cache
def copy_of(which: int) -> bytes:
    """The viewing copy of one picture; 1 and -1 are the same, sent with another quality and size."""
    shot = photo(abs(which)).resize((700, 933))
    return view(shot.resize((525, 700), Image.Resampling.LANCZOS) if which < 0 else shot, 60)


class Office:
    """Posts that report with pictures."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.evidence = Evidence(Folder(folder), store.keys)
        self.holders: dict[int, tuple[int, int]] = {}
        with store.begin() as book:
            publish(book)

    def report(self, tps: int, *pictures: int, practice: bool = False) -> str:
        """A report of that TPS, filed before its pictures are here; gives its number."""
        number, ids = f"P-{secrets.token_hex(3)}", [secrets.token_hex(8) for _ in pictures]
        with self.store.begin() as book:
            person, post = self._holder(book, tps)
            address = book.addresses.meet(CHAT, NOW).id
            for media_id in ids:
                book.media.expect(Attachment("image", "ref", media=media_id), address, NOW)
            book.reports.file(filed(number, person, post, practice=practice, catatan=" ".join(ids)))
            book.media.belong(ids, number, address)
            for media_id, which in zip(ids, pictures, strict=True):
                self._keep(book, media_id, copy_of(which))
        return number

    def _keep(self, book: Book, media_id: str, view: bytes) -> None:
        sealed = self.evidence.put(media_id, view, 10**7)
        book.media.keep(
            media_id,
            content_type="image/jpeg",
            size=sealed.size,
            sha256=sealed.sha256,
            path=sealed.path,
            view_path=sealed.path,
            data_key=sealed.data_key,
            now=NOW,
        )
        known = imprint(view)
        assert known
        book.pictures.add(media_id, known)

    def _holder(self, book: Book, tps: int) -> tuple[int, int]:
        if tps not in self.holders:
            person = appoint(book, f"Contoh {tps}", f"+62800{tps:07}", tps)
            holder = book.people.get(person)
            assert holder
            self.holders[tps] = person, holder.posts[0].id
        return self.holders[tps]

    async def compare(self) -> str:
        return await Comparing(self.evidence).go(self.store, NOW, NOW)

    def alike(self, *numbers: str) -> dict[str, list[str]]:
        with self.store.reading() as book:
            return book.pictures.alike(set(numbers))


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path / "media")


async def test_the_same_picture_at_two_posts_is_seen_at_both(office: Office, tmp_path: Path) -> None:
    one, other, third = office.report(1, 1, 2), office.report(2, -1), office.report(3, 3)
    assert await office.compare() == "4 compared, 1 alike, 0 of cases"
    assert office.alike(one, other, third) == {one: [other], other: [one]}
    assert office.alike(other) == {other: [one]}
    later = office.report(4, -2)
    assert await office.compare() == "1 compared, 1 alike, 0 of cases"
    assert office.alike(one) == {one: sorted([other, later])}
    assert await office.compare() == "0 compared, 0 alike, 0 of cases"
    with office.store.reading() as book:
        if book.connection.dialect.name == "postgresql":
            book.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        export_reports(book, tmp_path / "reports.csv", form=FORM.name)
        found = book.pictures.within(VILLAGE, NOW)
        assert book.pictures.within("64.99", NOW) == book.pictures.within(VILLAGE, NOW + timedelta(1)) == []
        assert book.pictures.common(VILLAGE, NOW, 5) == book.pictures.common("", NOW, 5) == found
        assert book.pictures.common(VILLAGE, NOW, 1) == found[:1]
        assert book.pictures.common(f"{VILLAGE}.001", NOW, 5) == [], "of a pair that has one foot outside"
        with planned(book.connection) as plans:
            assert book.pictures.common(VILLAGE, NOW + timedelta(1), 5) == []
    assert scanned(plans) == set()
    assert [{one.report, one.other} for one in found].count({one, other}) == 1
    with (tmp_path / "reports.csv").open(newline="", encoding="utf-8-sig") as file:
        told = {row["number"]: row["same_picture"] for row in csv.DictReader(file)}
    assert told == {one: "; ".join(sorted([other, later])), other: one, third: "", later: one}


async def test_what_is_no_second_post_is_not_compared(office: Office) -> None:
    one = office.report(1, 1)
    numbers = [one, office.report(1, -1), office.report(2, 1, practice=True)]
    withdrawn = office.report(3, -1)
    with office.store.begin() as book:
        kept = book.reports.get(withdrawn)
        assert kept
        gone = replace(corrected(kept, "salah TPS"), standing=Standing.WITHDRAWN)
        book.reports.revise(withdrawn, gone)
    assert await office.compare() == "4 compared, 0 alike, 0 of cases"
    assert office.alike(*numbers, withdrawn) == {}


async def test_what_waits_for_its_report_is_compared_once_it_is_there(office: Office) -> None:
    office.report(1, 1)
    with office.store.begin() as book:
        address = book.addresses.meet(CHAT, NOW).id
        book.media.expect(Attachment("image", "ref", media="a" * 16), address, NOW)
        office._keep(book, "a" * 16, copy_of(-1))
    assert (await office.compare()).startswith("1 compared, 0 alike")
    with office.store.begin() as book:
        person, post = office._holder(book, 2)
        book.reports.file(filed("P-2", person, post))
        book.media.belong(["a" * 16], "P-2", address)
    assert (await office.compare()).startswith("1 compared, 1 alike")


async def test_what_belongs_to_a_case_is_known_by_nothing(office: Office) -> None:
    with office.store.begin() as book:
        follow(book)
        address = book.addresses.meet(CHAT, NOW).id
        book.cases.open(opened("K-1"), address, NOW)
        book.media.expect(Attachment("image", "ref", media="a" * 16), address, NOW)
        office._keep(book, "a" * 16, copy_of(1))
        book.media.belong_to_case(["a" * 16], "K-1", address)
    assert await office.compare() == "0 compared, 0 alike, 1 of cases"
    with office.store.reading() as book:
        assert book.connection.execute(select(picture_mark)).all() == []


async def test_a_store_that_is_away_makes_nothing_compared(office: Office) -> None:
    office.report(1, 1)
    office.report(2, -1)
    office.folder.rename(office.folder.with_name("unmounted"))
    assert "store away" in await office.compare()
    office.folder.with_name("unmounted").rename(office.folder)
    assert await office.compare() == "2 compared, 1 alike, 0 of cases"
