"""What is said of a week from its page: sent, sent again, a note, a topic; only by its own coordinator."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.digests.digest import Confirmation
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer
from tests.storage.duties import wita
from tests.storage.known_week import MONDAY

NEXT = "2024-11-25"


def say(who: Officer, act: str, week: str = str(MONDAY), **fields: str) -> Answer:
    return who.post(f"/monday/{who.area}/{week}/{act}", **fields)


def sent(office: DeskOffice, area: str, week: str = str(MONDAY)) -> Confirmation | None:
    with office.store.begin() as book:
        found = book.weeks.confirmations(area, MONDAY.fromisoformat(week), office.now)
    return found.get(area)


def test_a_week_is_sent_and_the_page_says_so(desk_office: DeskOffice, samarinda: Officer) -> None:
    desk_office.now = wita(30, 9)
    samarinda.enter()
    assert say(samarinda, "send", NEXT).status_code == 409
    desk_office.now = wita(1, 9, month=12)
    samarinda.enter()
    page = samarinda.get(f"/monday/64.72/{NEXT}").text
    assert "Send to the province" in page
    answer = say(samarinda, "send", NEXT, nihil="yes")
    assert answer.headers["Location"] == f"/desk/monday/64.72/{NEXT}?done=week_send"
    done = sent(desk_office, "64.72", NEXT)
    assert done
    assert (done.is_nihil, done.by) == (True, "Umi Contoh")
    assert "Sent as nihil 1 Dec 2024" in samarinda.get(f"/monday/64.72/{NEXT}").text


def test_twice_it_is_a_correction_and_has_to_be_asked_for(
    desk_office: DeskOffice, samarinda: Officer
) -> None:
    before = sent(desk_office, "64.72")
    answer = say(samarinda, "send")
    assert answer.status_code == 409
    assert "This week was sent just now" in answer.text
    assert sent(desk_office, "64.72") == before
    assert say(samarinda, "send", again="yes").status_code == 303
    after = sent(desk_office, "64.72")
    assert after
    assert before
    assert after.at > before.at
    with desk_office.store.begin() as book:
        first = book.weeks.first_sent("64.72", MONDAY)
    assert first == before


def test_a_note_is_kept_and_what_was_typed_is_never_lost(desk_office: DeskOffice, samarinda: Officer) -> None:
    assert say(samarinda, "note", NEXT, text="Air pasang di Palaran.").status_code == 303
    assert "Air pasang di Palaran." in samarinda.get(f"/monday/64.72/{NEXT}").text
    long = say(samarinda, "note", text="<b>" + "x" * 600)
    assert long.status_code == 409
    assert "&lt;b&gt;xxx" in long.text
    assert "At most 500 letters" in long.text


def test_a_topic_is_marked_with_its_reason(desk_office: DeskOffice, samarinda: Officer) -> None:
    answer = say(samarinda, "topic", topic="logistik", mark="masalah", text="Bilik kurang 12.")
    assert answer.status_code == 303
    page = samarinda.get("/monday").text
    assert "Bilik kurang 12." in page
    with desk_office.store.begin() as book:
        [topic] = [
            one for one in book.digests.topics("64.72", MONDAY, desk_office.now) if one.name == "logistik"
        ]
    assert (topic.mark, topic.note) == ("masalah", "Bilik kurang 12.")
    for wrong in ({"topic": "logistik", "mark": "belum"}, {"topic": "tidak-ada", "mark": "aman"}, {}):
        assert say(samarinda, "topic", **wrong).status_code == 409


@pytest.mark.parametrize("act", ["send", "note", "topic"])
def test_nobody_speaks_for_another_area(
    desk_office: DeskOffice, samarinda: Officer, province: Officer, act: str
) -> None:
    fields = {"text": "Catatan.", "topic": "logistik", "mark": "aman", "again": "yes"}
    before = sent(desk_office, "64.02")
    for who in (samarinda, province):
        answer = who.post(f"/monday/64.02/{MONDAY}/{act}", **fields)
        nothing = who.post(f"/monday/99.99/{MONDAY}/{act}", **fields)
        assert (answer.status_code, answer.text) == (404, nothing.text.replace("99.99", "64.02"))
    assert sent(desk_office, "64.02") == before
    assert "Send to the" not in province.get(f"/monday/64.02/{MONDAY}").text


def test_a_week_long_gone_cannot_be_changed(samarinda: Officer) -> None:
    for act in ("send", "note", "topic"):
        answer = say(samarinda, act, "2024-09-02", text="Catatan.", topic="logistik", mark="aman")
        assert answer.status_code == 409
        assert "cannot be changed any more" in answer.text


def test_two_that_send_at_the_same_moment(desk_office: DeskOffice, samarinda: Officer) -> None:
    """The slower one reads that it was sent; on SQLite there is no slower one."""
    desk_office.now = wita(1, 9, month=12)
    samarinda.enter()
    colleague = desk_office.officer(samarinda.role, samarinda.area, "lain@contoh.example").enter()
    marks = {who: who.mark() for who in (samarinda, colleague)}

    def send(who: Officer) -> int:
        path = f"/desk/monday/64.72/{NEXT}/send"
        return who.browser.post(path, data={"csrf": marks[who]}, headers=SAME).status_code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(send, marks)) == [303, 409]
