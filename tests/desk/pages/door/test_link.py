"""A link from the bot: it stands in for the password alone, once, soon, and only for those who linked."""

import re

import pytest

from core.model.messages import Address, Channel
from core.model.people import Role
from desk.pages.room import LINKS_OF_ACCOUNT
from storage.entrances import LINK_MINUTES
from storage.passwords import stretch
from tests.desk.pages.desk_office import PASSWORD, SAME, Answer, DeskOffice, Officer

CODE = "K7Q2M9TD"
LINK = re.compile(r"https://lapor\.example\.org/desk(/enter/[\w-]+)")
CHAT = Address(Channel.TELEGRAM, "bot", "800000020")


def chat_of(office: DeskOffice, to: Address = CHAT) -> tuple[int, int]:
    """Umi is on the roster too, writes from there, and types `web`; gives the address and the person."""
    with office.store.begin() as book:
        person = book.people.save("Umi Contoh", "+628000000020", office.now)
        met = book.addresses.meet(to, office.now)
        book.addresses.link(met.id, person)
        book.invitations.make(person, CODE, office.now, 10)
    return met.id, person


@pytest.fixture
def chat(desk_office: DeskOffice, umi: Officer) -> int:
    address, _ = chat_of(desk_office)
    assert umi.post("/account/chat", code="k7q2-m9td").headers["Location"] == "/desk/account?done=chat"
    return address


def ask(office: DeskOffice, email: str) -> Answer:
    return office.open_browser().post("/desk/sign-in/link", data={"email": email}, headers=SAME)


def links(office: DeskOffice, address: int) -> list[str]:
    """Those that were put into the chat, the newest last."""
    with office.store.reading() as book:
        said = [one.reply.text for one in book.outbox.conversation(address)]
    return [found[1] for text in said if (found := LINK.search(text))]


def enter(office: DeskOffice, path: str, code: str) -> Answer:
    return office.open_browser().post(f"/desk{path}", data={"code": code}, headers=SAME)


def test_the_link_and_the_code_of_the_app_let_in_once(
    desk_office: DeskOffice, umi: Officer, chat: int
) -> None:
    assert ask(desk_office, umi.email.upper()).status_code == 200
    [path] = links(desk_office, chat)
    browser = desk_office.open_browser()
    assert "Code from the app" in browser.get(f"/desk{path}").text
    assert browser.get(f"/desk{path}").status_code == 200  # a preview of the chat's used nothing up
    code = umi.now_code
    for wrong in ("", "000000", PASSWORD):
        refused = browser.post(f"/desk{path}", data={"code": wrong}, headers=SAME)
        assert (refused.status_code, "desk" in browser.cookies) == (403, False)
    answer = browser.post(f"/desk{path}", data={"code": code}, headers=SAME)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert browser.get("/desk/cases").status_code == 200
    desk_office.later(seconds=30)
    assert enter(desk_office, path, umi.now_code).status_code == 404
    acts = desk_office.audit(umi.key)
    assert acts[-5:] == ["visit.linked", *["visit.refused"] * 3, "visit.begun"]


def test_the_answer_is_the_same_whether_there_is_such_an_account(
    desk_office: DeskOffice, umi: Officer, chat: int
) -> None:
    other = desk_office.officer(Role.PROVINSI, "64")
    answers = [ask(desk_office, email) for email in (umi.email, other.email, "siapa@contoh.example", "")]
    assert len({(one.status_code, one.text) for one in answers}) == 1
    assert len(links(desk_office, chat)) == 1


def test_links_are_rare_and_only_the_newest_opens(desk_office: DeskOffice, umi: Officer, chat: int) -> None:
    for _ in range(LINKS_OF_ACCOUNT + 2):
        assert ask(desk_office, umi.email).status_code == 200
        desk_office.later(seconds=1)
    assert desk_office.audit(umi.key).count("visit.linked") == LINKS_OF_ACCOUNT
    [newest] = links(desk_office, chat)  # what waited unsent was taken back
    desk_office.later(minutes=LINK_MINUTES)
    assert enter(desk_office, newest, umi.now_code).status_code == 404


def test_a_link_dies_with_what_it_hangs_on(desk_office: DeskOffice, umi: Officer, chat: int) -> None:
    ask(desk_office, umi.email)
    [path] = links(desk_office, chat)
    assert umi.post("/account/chat/end").status_code == 303
    assert enter(desk_office, path, umi.now_code).status_code == 404
    ask(desk_office, umi.email)
    assert links(desk_office, chat) == [path]
    with desk_office.store.begin() as book:
        book.entrances.link_chat(umi.member.id, chat_of_person(desk_office), desk_office.now)
        shown = book.entrances.make(umi.member.id, desk_office.now)
        book.staff.end(umi.member.id, desk_office.now)
        assert book.entrances.person_of(umi.member.id) is None
        assert book.entrances.whose(shown, desk_office.now) is None


def chat_of_person(office: DeskOffice) -> int:
    with office.store.reading() as book:
        found = book.people.by_phone("+628000000020")
    assert found
    return found.id


def test_a_chat_is_linked_by_its_own_code_alone(desk_office: DeskOffice, umi: Officer) -> None:
    chat_of(desk_office)
    for wrong in ("AAAABBBB", "", "%' OR 1"):
        answer = umi.post("/account/chat", code=wrong)
        assert (answer.status_code, "does not fit" in answer.text) == (409, True)
    assert umi.post("/account/chat", code=CODE).status_code == 303
    assert "Umi Contoh" in umi.get("/account").text
    other = desk_office.officer(Role.PROVINSI, "64").enter()
    assert other.post("/account/chat", code=CODE).status_code == 409


def test_whoever_has_no_second_step_gets_none(desk_office: DeskOffice, umi: Officer, chat: int) -> None:
    with desk_office.store.begin() as book:
        book.accounts.begin_plainly(umi.member.id, stretch(PASSWORD), desk_office.now)
    ask(desk_office, umi.email)
    assert links(desk_office, chat) == []


def test_a_web_chat_gets_no_link(desk_office: DeskOffice, umi: Officer) -> None:
    address, _ = chat_of(desk_office, Address(Channel.WEBCHAT, "web", "contoh"))
    assert umi.post("/account/chat", code=CODE).status_code == 303
    ask(desk_office, umi.email)
    assert links(desk_office, address) == []
