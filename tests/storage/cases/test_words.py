"""Cases are found by their words in any form, within sight; what is erased is found no more."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from core.model.cases import CITIZEN, Case, NoteKind
from storage.book import Book
from storage.cases import Search
from storage.cases.words import Words
from storage.record import Origin, record
from storage.store import Store
from storage.tables import case_word
from tests.storage.case_samples import FAR_OFFICER, OFFICER, PROVINCE, follow, noted, opened
from tests.storage.kaltim import NOW

STORY = "Kepala desa dilaporkan membagi-bagikan sembako kepada pemilih di TPS 012"


def add(book: Book, number: str = "K-7K2-M9Q", **changes: object) -> Case:
    told = opened(number, "", is_theirs=False, **changes)
    book.cases.open(told, None, NOW)
    return told.case


def found(book: Book, words: str, **narrowed: object) -> list[str]:
    return [one.number for one in book.cases.find(Search(PROVINCE, text=words, **narrowed))]  # type: ignore[arg-type]


def rows(book: Book) -> int:
    return int(book.connection.execute(select(func.count()).select_from(case_word)).scalar_one())


def test_any_form_of_all_the_words_finds_it(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        add(book, story=STORY)
        add(book, "K-AAA-AAA", story="Baliho dirusak")
        for words in (
            "laporan",
            "pembagian SEMBAKO",
            "tps 12",
            "yang dibagikan di tps",
            "k-7k2-m9q",
            "memilih",
        ):
            assert found(book, words) == ["K-7K2-M9Q"], words
        for words in ("sembako baliho", "semb", "di yang", "?", "perahu"):
            assert found(book, words) == [], words
        assert found(book, "merusak") == ["K-AAA-AAA"]


def test_what_is_noted_later_is_found_too(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        first = noted(add(book), text="Saksi menyerahkan kuitansi", official="009/LP/PB/Kab/14.09/X/2024")
        book.cases.note(first)
        assert found(book, "penyerahan kuitansi") == ["K-7K2-M9Q"]
        assert found(book, "009/LP/PB/Kab/14.09/X/2024") == ["K-7K2-M9Q"]
        before = rows(book)
        book.cases.note(noted(first.case, text="Kuitansi"))
        assert rows(book) == before, "a word is kept once"


def test_nobody_finds_what_they_may_not_see(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        add(book, story=STORY)
        add(book, "K-AAA-AAA", story=STORY, excluded=frozenset({OFFICER.key}))
        add(book, "K-BBB-BBB", story=STORY, practice=True)
        by = {one: [case.number for case in book.cases.find(Search(one, text="sembako"))]
              for one in (OFFICER, FAR_OFFICER)}  # fmt: skip
        assert by == {OFFICER: ["K-7K2-M9Q"], FAR_OFFICER: []}


def test_many_and_few_give_the_same_pages(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        numbers = [f"K-{n:02}" for n in range(9)]
        for number in numbers:
            add(book, number, story=STORY)
        words = Words(book.connection, book.keys)
        sembako = book.keys.word("sembako")
        assert words.having([sembako]) == numbers
        add(book, "K-99", story="Sembako siang.")
        both = [sembako, book.keys.word("siang")]
        assert [words.having(both), words.having(both[::-1])] == [["K-99"], ["K-99"]]
        numbers.append("K-99")
        whole = found(book, "sembako", limit=100)
        first = found(book, "sembako", limit=4)
        assert first + found(book, "sembako", limit=100, after=first[-1]) == whole
        assert sorted(whole) == numbers


def test_common_words_are_met_along_the_list(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.cases.words.FEW", 1)
    with store.begin() as book:
        follow(book)
        for n in range(5):
            add(book, f"K-{n:02}", story=STORY if n % 2 else "Baliho")
        assert found(book, "sembako") == ["K-01", "K-03"]
        assert found(book, "sembako", limit=1, after="K-01") == ["K-03"]


def test_what_is_erased_leaves_no_word(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        case = add(book, story=STORY)
        kept = add(book, "K-AAA-AAA", story=STORY)
        done = noted(case, NoteKind.MOVED, closed_at=NOW, state="selesai", clocks=())
        record(book, [done], Origin.silent(NOW))
        book.retention.erase(case.number, "diminta", CITIZEN, NOW)
        assert found(book, "sembako", open_only=False) == [kept.number]
        left = select(case_word.c.case_number).distinct()
        assert book.connection.execute(left).scalars().all() == [kept.number]
        book.cases.note(noted(done.case, text="sembako lagi"))
        assert book.cases.search_anew() == [kept.number]
        assert book.connection.execute(left).scalars().all() == [kept.number], "not even by a later note"


def test_the_words_are_made_anew_page_by_page(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        case = add(book, story=STORY)
        book.cases.note(noted(case, text="kuitansi"))
        add(book, "K-AAA-AAA")
        before = rows(book)
        book.connection.execute(case_word.delete())
        assert found(book, "sembako") == []
        assert book.cases.search_anew(limit=1) == ["K-7K2-M9Q"]
        assert book.cases.search_anew("K-7K2-M9Q", limit=1) == ["K-AAA-AAA"]
        assert book.cases.search_anew("K-AAA-AAA") == []
        assert rows(book) == before
        assert found(book, "sembako kuitansi") == ["K-7K2-M9Q"]


def test_without_the_key_the_rows_tell_no_word(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        add(book, story=STORY)
        kept = set(book.connection.execute(select(case_word.c.word)).scalars())
    assert store.keys.word("sembako") in kept
    assert type(store.keys).make().word("sembako") not in kept


def test_a_word_is_looked_up_in_an_index(store: Store, engine: str) -> None:
    query = "SELECT case_number FROM case_word WHERE word = 5 LIMIT 1001"
    both = "SELECT 1 FROM case_word WHERE word = 5 AND case_number = 'K'"
    with store.begin() as book:
        follow(book)
        add(book, story=STORY)
        for asked in (query, both):
            if engine == "sqlite":
                plan = str(book.connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
                assert "SEARCH case_word USING PRIMARY KEY (word=?" in plan
            else:
                book.connection.execute(text("SET LOCAL enable_seqscan = off"))
                plan = str(book.connection.execute(text(f"EXPLAIN {asked}")).all())
                assert "Index" in plan
                assert "Seq Scan" not in plan


def test_it_stays_in_the_order_of_the_list(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        for n in (3, 1, 2):
            add(book, f"K-0{n}", opened_at=NOW - timedelta(days=n), clocks=())
        assert found(book, "amplop") == ["K-03", "K-02", "K-01"]
