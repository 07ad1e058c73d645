"""One report: its answers in the words of the form, what was changed, who found it in order, asking back."""

from core.model.records import Flag
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.reports.filed import PICTURE, SEEN, TPS, VILLAGE, Filed


def test_answers_stand_in_the_words_of_the_form(umi: Officer, filed: Filed) -> None:
    odd = Flag("suara/sah", "Lebih dari pemilih <b>terdaftar</b>")
    number = filed.file(
        TPS,
        odd,
        lancar="tidak",
        suara__sah="1900",
        suara__catatan="<i>ricuh</i>",
        **{"kejadian[2]/apa": "ya tidak"},
    )
    page = umi.get(f"/reports/{number}").text
    for words in ("Did it go well?", "<dd>No</dd>", "1,900", "Event 2", "Yes, No", "Ani Contoh", "1 odd"):
        assert words in page, words
    assert "Lebih dari pemilih &lt;b&gt;" in page
    assert "&lt;i&gt;ricuh" in page


def test_a_correction_shows_what_it_changed_and_is_verified_anew(
    desk_office: DeskOffice, umi: Officer, filed: Filed
) -> None:
    number = filed.file(suara__sah="212")
    assert umi.post(f"/reports/{number}/verify", serial="1").headers["Location"].endswith("?done=verify")
    assert "Umi Contoh" in umi.get(f"/reports/{number}").text
    filed.correct(number, suara__sah="221")
    page = umi.get(f"/reports/{number}").text
    assert "<del>212</del>" in page
    assert "<ins>221</ins>" in page
    assert "I have verified it" in page
    assert umi.post(f"/reports/{number}/verify", serial="1").status_code == 409
    assert umi.post(f"/reports/{number}/verify", serial="2").status_code == 303
    assert umi.post(f"/reports/{number}/verify", serial="2").status_code == 303
    assert desk_office.audit(number) == ["report.verified", "report.verified"]
    with desk_office.store.reading() as book:
        assert [(one.serial, one.actor) for one in book.verifications.of(number)] == [
            (1, umi.key),
            (2, umi.key),
        ]
    assert number not in umi.get("/reports?unverified=1").text


def test_pictures_come_as_cleaned_copies(umi: Officer, filed: Filed) -> None:
    number, other = filed.file(foto=PICTURE), filed.file()
    filed.pictured(number)
    page = umi.get(f"/reports/{number}").text
    assert f"/desk/reports/{number}/media/{PICTURE}" in page
    assert "Picture of the board" in page
    answer = umi.get(f"/reports/{number}/media/{PICTURE}")
    assert (answer.content, answer.headers["Content-Type"]) == (SEEN, "image/jpeg")
    assert umi.get(f"/reports/{other}/media/{PICTURE}").status_code == 404


def test_formulir_a_is_noted_in_the_log(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    number = filed.file(lancar="ya")
    answer = umi.get(f"/reports/{number}/formulir-a.pdf")
    assert answer.content.startswith(b"%PDF")
    assert desk_office.audit(number) == ["paper.formulir-a"]


def test_nihil_withdrawn_and_practice_say_so(umi: Officer, filed: Filed) -> None:
    nothing, gone, apart = filed.nihil(), filed.file(), filed.file(practice=True)
    filed.withdraw(gone, "salah TPS")
    assert "There was nothing to report." in umi.get(f"/reports/{nothing}").text
    page = umi.get(f"/reports/{gone}").text
    assert "salah TPS" in page
    assert "I have verified it" not in page
    assert ">Practice<" in umi.get(f"/reports/{apart}").text


def test_a_question_goes_to_where_they_last_wrote_from(
    desk_office: DeskOffice, umi: Officer, filed: Filed
) -> None:
    number = filed.file(VILLAGE, lancar="tidak")
    assert umi.post(f"/reports/{number}/ask", text="Jam berapa?").headers["Location"].endswith("?done=ask")
    page = umi.get(f"/reports/{number}").text
    assert "Jam berapa?" in page
    assert "Waiting for an answer" in page
    with desk_office.store.reading() as book:
        (said,) = book.outbox.conversation(filed.posts[VILLAGE][2])
        assert "Jam berapa?" in said.reply.text
        assert number in said.reply.text
        assert [choice.key for choice in said.reply.choices] == [f"j:{number}"]
    assert umi.post(f"/reports/{number}/ask", text="  ").status_code == 409
    assert umi.post(f"/reports/{number}/ask", text="x" * 4001).status_code == 409


def test_whoever_has_no_chat_cannot_be_asked(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    number = filed.file()
    with desk_office.store.begin() as book:
        book.addresses.link(filed.posts[TPS][2], None)
    answer = umi.post(f"/reports/{number}/ask", text="Jam berapa?")
    assert (answer.status_code, "no chat with us" in answer.text, ">Jam berapa?<" in answer.text) == (
        409,
        True,
        True,
    )
    with desk_office.store.reading() as book:
        assert book.inquiries.of_report(number) == []
