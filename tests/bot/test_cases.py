import re
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, event

from bot import turn
from bot.cases import InHand, Looking
from core.cases.tracking import code_in, make
from core.dialogue.known import Wanted
from core.dialogue.session import Session, to_json
from core.forms.filling import Filling
from core.model.cases import NoteKind, Secrecy
from core.model.messages import Address, Channel, Reply
from core.model.people import Role
from storage.attempts import TRIES
from storage.book import Book
from storage.store import Store
from tests.bot.chatting import NOON, Town
from tests.storage.case_samples import follow, noted, opened
from tests.storage.kaltim import NOW, settle
from tests.storage.samples import CHAT
from tests.storage.test_custodians import two_and_recovery

CODE = make("7Q2MK9TD4XW1B6R")
PLAIN = code_in(CODE)
NUMBER = "K-7K2-M9Q"
OFFICER_CHAT = Address(Channel.TELEGRAM, "1001", "20")
CASES = re.compile(r"\b(case_file|case_note|case_clock|case_exclusion|procedure_version|attempt|custodian)\b")


def look(book: Book, asked: Wanted, session: Session | None = None, person: int | None = None) -> InHand:
    met = book.addresses.meet(OFFICER_CHAT if person else CHAT, NOW)
    who = book.people.get(person) if person else None
    rules = book.procedures.rulebook()
    return Looking(book, rules, met, who, session or Session(), NOW).gather(asked)


def bring(book: Book, **changes: object) -> None:
    settle(book)
    follow(book)
    here = book.addresses.meet(CHAT, NOW).id
    book.cases.open(opened(code=PLAIN, **changes), here, NOW)


def officer(book: Book, role: Role = Role.KABKOTA, area: str = "64.72") -> int:
    person = book.people.save("Petugas Contoh", "+628000000020", NOW)
    book.people.assign(person, role, area, NOW)
    return person


def test_a_right_code_finds_its_case_and_a_wrong_one_nothing(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        found = look(book, Wanted(code=PLAIN))
        assert (found.case and found.case.number, found.guess) == (NUMBER, "")
        wrong = look(book, Wanted(code="0" * 16))
        assert (wrong.case, wrong.guess) == (None, "wrong")


def test_after_too_many_even_the_right_code_is_not_looked_at(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        here = book.addresses.meet(CHAT, NOW).id
        for _ in range(TRIES):
            book.attempts.note(here, NOW)
        waiting = look(book, Wanted(code=PLAIN))
        assert (waiting.case, waiting.guess) == (None, "wait")
        person = officer(book)
        assert look(book, Wanted(code=PLAIN), person=person).case is not None, "elsewhere it is heard at once"


def test_a_citizen_goes_on_with_the_case_they_follow_and_names_no_other(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        assert look(book, Wanted(case=NUMBER), Session(following=NUMBER)).case is not None
        assert look(book, Wanted(case=NUMBER)).case is None
        assert look(book, Wanted(case=NUMBER), Session(following="K-000-000")).case is None


@pytest.mark.parametrize(
    ("role", "area", "sees"),
    [
        (Role.KABKOTA, "64.72", True),
        (Role.PROVINSI, "64", True),
        (Role.KABKOTA, "64.02", False),
        (Role.PTPS, "64.72.03.1005", False),
        (Role.PANWASCAM, "64.72.03", False),
    ],
)
def test_an_officer_sees_what_their_seat_covers(store: Store, role: Role, area: str, sees: bool) -> None:
    with store.begin() as book:
        bring(book)
        person = officer(book, role, area)
        known = look(book, Wanted(case=NUMBER, cases=True), person=person)
        assert (known.case is not None, len(known.cases)) == (sees, int(sees))


def test_a_supervisor_follows_a_case_of_their_own_by_its_code_as_any_citizen(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        person = officer(book, Role.PTPS, "64.72.03.1005")
        assert look(book, Wanted(code=PLAIN), person=person).case is not None
        assert look(book, Wanted(case=NUMBER), Session(following=NUMBER), person).case is not None
        assert look(book, Wanted(case=NUMBER), person=person).case is None


def test_who_is_excluded_sees_nothing_of_it(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        person = officer(book)
        bring(book, excluded=frozenset({f"person:{person}"}))
        known = look(book, Wanted(case=NUMBER, cases=True), Session(following=NUMBER), person)
        assert (known.case, known.cases) == (None, ())


def test_the_case_of_a_report_is_for_whom_the_report_is(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        person = officer(book)
        assert look(book, Wanted(of_report="P-7K2-M9Q"), person=person).case is None


def test_a_citizen_is_asked_again_what_waits_for_them(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        asked = noted(opened(code=PLAIN).case, NoteKind.ASKED, "Jam berapa?", awaits=True)
        assert look(book, Wanted()).question is None
        book.cases.note(asked)
        waiting = look(book, Wanted(cases=True))
        assert waiting.question is not None
        assert [one.number for one in waiting.cases] == [NUMBER]
        assert waiting.opened_today == 1
        assert not waiting.can_seal
        two_and_recovery(book)
        assert look(book, Wanted()).can_seal


def test_somebody_known_who_tells_as_a_citizen_is_counted_too(store: Store) -> None:
    with store.begin() as book:
        bring(book)
        person = officer(book, Role.PTPS, "64.72.03.1005")
        two_and_recovery(book)
        assert not look(book, Wanted(), person=person).can_seal
        filling = Filling("f", "aduan", "1", None, NOW, secrecy=Secrecy.NAMED.value)
        assert look(book, Wanted(), Session(filling=filling), person).can_seal


async def test_a_supervisors_report_asks_nothing_about_cases(
    tmp_path_factory: pytest.TempPathFactory, store: Store
) -> None:
    town = Town(store, tmp_path_factory.mktemp("town"))
    asked: list[str] = []

    def listen(_: Connection, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    siti = town.siti()
    await siti.says("halo")
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        await siti.says("lapor", "1", "07:20", "1", "selesai", "40")
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert len(asked) > 20
    assert [statement for statement in asked if CASES.search(statement)] == []


async def test_in_the_web_chat_the_code_goes_when_it_was_sent_back(
    tmp_path_factory: pytest.TempPathFactory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(store, tmp_path_factory.mktemp("town"))
    guest = town.phone(Channel.WEBCHAT, "tamu")
    await guest.says("halo")
    with store.begin() as book:
        met = book.addresses.meet(guest.address, NOON)
        book.outbox.put(met.id, Reply(CODE), NOON, secret=True)
        while errands := book.outbox.claim(NOON.replace(year=2025), 45, 9, "me"):
            for errand in errands:
                book.outbox.sent(errand.id, "", 1, NOON)
        book.sessions.keep(f"address:{met.id}", to_json(Session(confirm="6R0A")), NOON)
    assert CODE in [reply.text for reply in guest.heard]
    plain = turn.respond
    monkeypatch.setattr(turn, "respond", lambda *given: _confirmed(plain(*given)))
    await guest.says("6R0A")
    assert CODE not in [reply.text for reply in guest.heard]


def _confirmed(step: object) -> object:
    """Whatever the dialogue says: the four letters were sent back."""
    session = replace(step.session, confirm="")  # type: ignore[attr-defined]
    return replace(step, session=session)  # type: ignore[type-var]
