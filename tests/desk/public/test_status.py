"""A citizen looks up a code by a plain form: with the limits of the API, and with the same answers."""

from html import unescape

from starlette.testclient import TestClient

from core.cases.status import status_words
from core.speech.texts import texts
from tests.desk.api.office import Answer, Office, code_of

ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


def ask(visit: TestClient, code: str, lang: str = "", **headers: str) -> Answer:
    return visit.post(f"/status{lang}", data={"code": code}, headers=headers)


def test_it_says_what_the_chat_says_and_never_the_code(office: Office, visit: TestClient) -> None:
    number = office.opens(code=code_of(1))
    case = office.case(number)
    with office.store.reading() as book:
        procedure = book.procedures.get(case.procedure, case.version)
    assert procedure
    for lang, language in (("", "id"), ("?lang=en", "en")):
        answer = ask(visit, code_of(1).lower().replace("-", " "), lang)
        assert answer.status_code == 200
        for line in status_words(case, procedure, language, office.now).splitlines():
            assert line in unescape(answer.text)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert not [word for word in (number, code_of(1), code_of(1)[:4]) if word in answer.text]


def test_wrong_and_too_many_get_the_same_answer_as_by_api(office: Office, visit: TestClient) -> None:
    office.opens(code=code_of(1))
    wrong = [ask(visit, code_of(n)) for n in range(2, 7)]
    assert {(one.status_code, one.text) for one in wrong} == {(404, wrong[0].text)}
    assert texts("id").say("public.status.no_code") in unescape(wrong[0].text)
    assert ask(visit, code_of(1)).text == wrong[0].text, "also the right one, after five wrong"
    assert texts("id").say("public.status.no_code") == texts("id").say("api.no_code")
    office.visit._transport.client = ("testclient", 4000)  # type: ignore[attr-defined]
    assert office.visit.post("/status", json={"code": code_of(1)}).status_code == 404, "counted together"


def test_a_slip_of_the_keyboard_is_told(office: Office, visit: TestClient) -> None:
    mistyped = code_of(1)[:-1] + ("A" if code_of(1)[-1] != "A" else "B")
    answer = ask(visit, mistyped)
    assert texts("id").say("public.status.mistyped") in unescape(answer.text)
    assert mistyped not in answer.text
    came = [ask(visit, mistyped) for _ in range(60)]
    assert [one.status_code for one in came] == [404] * 59 + [429]
    assert int(came[-1].headers["Retry-After"]) > 0


def test_a_code_in_an_address_is_not_read(office: Office, visit: TestClient) -> None:
    office.opens(code=code_of(1))
    assert visit.get(f"/status?code={code_of(1)}").text == visit.get("/status").text
    assert '<form class="ask" method="post"' in visit.get("/status").text


def test_neither_another_site_nor_a_flood_gets_in(office: Office, visit: TestClient) -> None:
    office.opens(code=code_of(1))
    assert ask(visit, code_of(1), **ELSEWHERE).status_code == 403
    assert visit.post("/status", content=b"code=" + b"A" * 100_000).status_code == 404
    assert visit.post("/status", content=b"\xff\xfe=&&&==%zz").status_code == 404
    assert ask(visit, code_of(1)).status_code == 200
