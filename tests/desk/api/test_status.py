"""Whoever has the tracking code hears how it stands; everybody else hears the same nothing."""

from datetime import timedelta

from core.cases.status import status_words
from tests.desk.api.office import Answer, Office, code_of


def ask(office: Office, code: str, sender: str = "198.51.100.1") -> Answer:
    office.visit._transport.client = (sender, 4000)  # type: ignore[attr-defined]
    return office.visit.post("/status", json={"code": code})


def told(answer: Answer) -> tuple[int, str]:
    return answer.status_code, answer.text


def test_it_says_what_the_chat_says(office: Office) -> None:
    number = office.opens(code=code_of(1))
    answer = ask(office, code_of(1).lower().replace("-", " "))
    case = office.case(number)
    with office.store.reading() as book:
        procedure = book.procedures.get(case.procedure, case.version)
    assert procedure
    assert answer.json() == {"status": status_words(case, procedure, "en", office.now), "awaits": False}
    assert number not in answer.text


def test_it_tells_that_a_question_waits(office: Office) -> None:
    number = office.opens(code=code_of(1))
    office.post(f"/cases/{number}/questions", text="Jam berapa kejadiannya?")
    answer = ask(office, code_of(1)).json()
    assert answer["awaits"] is True
    assert "Jam berapa" not in answer["status"]


def test_wrong_and_too_many_get_the_same_answer(office: Office) -> None:
    office.opens(code=code_of(1))
    wrong = [told(ask(office, code_of(n))) for n in range(2, 7)]
    assert set(wrong) == {wrong[0]}
    assert wrong[0][0] == 404
    assert told(ask(office, code_of(1))) == wrong[0], "also the right one, after five wrong"
    assert ask(office, code_of(1), "198.51.100.2").status_code == 200, "from elsewhere it opens"
    office.now += timedelta(minutes=16)
    assert ask(office, code_of(1)).status_code == 200


def test_a_slip_of_the_keyboard_is_told_and_not_counted(office: Office) -> None:
    office.opens(code=code_of(1))
    mistyped = code_of(1)[:-1] + ("A" if code_of(1)[-1] != "A" else "B")
    for _ in range(8):
        assert ask(office, mistyped).json()["code"] == "mistyped"
    assert ask(office, code_of(1)).status_code == 200


def test_nonsense_is_a_wrong_code(office: Office) -> None:
    for nonsense in ("apa kabar", "K-7K2-M9Q", "\x00", "🙏" * 100):
        assert ask(office, nonsense).json()["code"] == "no_code"


def test_nobody_may_ask_all_the_time(office: Office) -> None:
    mistyped = code_of(1)[:-1] + ("A" if code_of(1)[-1] != "A" else "B")
    came = [ask(office, mistyped).status_code for _ in range(61)]
    assert came == [404] * 60 + [429]
