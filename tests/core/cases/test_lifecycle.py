from dataclasses import replace
from datetime import timedelta

import pytest

from core.cases.acts import Act, Acted, Given, Opening, Refusal
from core.cases.lifecycle import (
    alert_of_opening,
    answer,
    ask,
    assign,
    exclude,
    hold,
    join,
    may_see,
    move,
    moves_for,
    note,
    open_case,
    rate,
    run_out,
    want_erasure,
    want_formal,
)  # fmt: skip
from core.cases.procedure import NO_RULES
from core.model.cases import CITIZEN, CLOCK, Case, NoteKind, Secrecy
from core.model.effects import Alerted, Effect, Noted, Opened, Told
from core.model.people import Role
from core.speech.texts import LANGUAGES, texts
from tests.core.cases.samples import (
    COLLEAGUE,
    FIELD,
    NEIGHBOUR,
    NOBODY,
    NOW,
    OFFICER,
    PROVINCE,
    VILLAGE,
    a_case,
    procedure,
    rules,
)  # fmt: skip

TIP = procedure()
CASE = a_case(TIP)
SEARCHED = a_case(TIP, "penelusuran")
STOPPED = a_case(TIP, "dihentikan")


def done(act: Act | None) -> Case:
    assert isinstance(act, Acted), act
    assert isinstance(act.effects[0], Noted)
    assert act.effects[0].case == act.case
    return act.case


def refused(act: Act | None) -> str:
    assert isinstance(act, Refusal), act
    assert all("{" not in act.say(texts(language)) for language in LANGUAGES)
    return act.key.removeprefix("cases.refused.")


def effects(act: Act | None, kind: type[Effect]) -> list[Effect]:
    assert isinstance(act, Acted)
    return [effect for effect in act.effects if isinstance(effect, kind)]


def alert(act: Act | None) -> Alerted:
    (found,) = effects(act, Alerted)
    assert isinstance(found, Alerted)
    return found


def told(act: Act | None) -> str:
    (found,) = effects(act, Told)
    assert isinstance(found, Told)
    return found.replies["id"].text


def test_a_case_begins_with_its_office_clocks_and_first_note() -> None:
    opening = Opening("K-7K2-M9Q", Secrecy.ANONYMOUS, VILLAGE, "64", story="Bagi sembako", parent="K-1")
    case, first = open_case(opening, TIP, CITIZEN, NOW, ("m1",))
    assert (case.state, case.office, case.serial, case.story) == ("diterima", "64.72", 1, "Bagi sembako")
    assert (first.kind, first.actor, first.media) == (NoteKind.OPENED, "citizen", ("m1",))
    assert first.details == {"parent": "K-1"}
    assert [clock.name for clock in case.clocks] == ["batas-lapor", "pemeriksaan"]
    unknown, _ = open_case(replace(opening, area=""), TIP, CITIZEN, NOW)
    assert unknown.office == "64"
    assert alert_of_opening(case, TIP).roles == {Role.KABKOTA}
    assert alert_of_opening(unknown, TIP).roles == {Role.PROVINSI}
    assert "Informasi awal" in alert_of_opening(case, TIP).replies["id"].text
    assert "sembako" not in alert_of_opening(case, TIP).replies["id"].text


def test_where_nobody_told_when_it_became_known_the_term_begins_today() -> None:
    opening = Opening("K-7K2-M9Q", Secrecy.ANONYMOUS, VILLAGE, "64")
    case, _ = open_case(opening, TIP, CITIZEN, NOW)
    assert case.clocks[0].started_on == NOW.date()


@pytest.mark.parametrize(
    ("actor", "sees"),
    [(OFFICER, True), (COLLEAGUE, True), (PROVINCE, True), (CITIZEN, True), (CLOCK, True),
     (NEIGHBOUR, False), (FIELD, False), (NOBODY, False)],
)  # fmt: skip
def test_who_sees_it(actor: object, sees: bool) -> None:
    assert may_see(actor, CASE, TIP) is sees  # type: ignore[arg-type]


def test_whoever_is_excluded_sees_it_no_longer_and_loses_it() -> None:
    given = done(assign(CASE, TIP, PROVINCE, OFFICER, NOW))
    act = exclude(given, TIP, COLLEAGUE, OFFICER.key, "Saudara terlapor", NOW)
    kept = done(act)
    assert kept.assigned == "" and kept.excluded == {OFFICER.key}
    assert alert(act).roles == {Role.PROVINSI}
    assert not may_see(OFFICER, kept, TIP)
    assert moves_for(kept, TIP, OFFICER, NOW) == ()
    assert refused(note(kept, TIP, OFFICER, "Halo", NOW)) == "unknown"
    assert refused(assign(kept, TIP, COLLEAGUE, OFFICER, NOW)) == "assign"
    assert refused(exclude(kept, TIP, COLLEAGUE, OFFICER.key, "Lagi", NOW)) == "excluded"
    assert refused(exclude(CASE, TIP, OFFICER, "siapa saja", "Alasan", NOW)) == "whom"
    assert refused(exclude(CASE, TIP, OFFICER, "person:7", " x ", NOW)) == "reason"


def test_it_is_assigned_to_one_who_may_see_it() -> None:
    act = assign(CASE, TIP, PROVINCE, OFFICER, NOW)
    assert done(act).assigned == "person:20"
    assert (alert(act).to, alert(act).roles) == ("person:20", frozenset()), "true for nobody else"
    assert effects(assign(CASE, TIP, OFFICER, OFFICER, NOW), Alerted) == []
    assert refused(assign(done(act), TIP, PROVINCE, OFFICER, NOW)) == "assigned"
    assert refused(assign(CASE, TIP, OFFICER, NEIGHBOUR, NOW)) == "assign"
    assert refused(assign(CASE, TIP, OFFICER, CITIZEN, NOW)) == "assign"
    assert refused(assign(STOPPED, TIP, OFFICER, OFFICER, NOW)) == "ended"
    assert refused(assign(CASE, TIP, NEIGHBOUR, NEIGHBOUR, NOW)) == "unknown"


def test_a_question_waits_for_its_answer() -> None:
    act = ask(CASE, TIP, OFFICER, " Jam berapa? ", NOW)
    asked = done(act)
    assert asked.awaits and asked.notes[-1].text == "Jam berapa?"
    (news,) = effects(act, Told)
    assert isinstance(news, Told)
    assert [choice.key for choice in news.replies["id"].choices] == ["t:jawab"]
    assert "K-7K2" not in news.replies["id"].text
    act = answer(asked, "Jam 9 malam", ("m2",), NOW)
    assert not done(act).awaits
    assert done(act).notes[-1].media == ("m2",)
    assert alert(act).roles == {Role.KABKOTA}
    given = done(assign(asked, TIP, OFFICER, OFFICER, NOW))
    told = alert(answer(given, "Jam 9", (), NOW))
    assert (told.to, told.roles, told.area) == (OFFICER.key, {Role.KABKOTA}, given.office)
    assert refused(answer(asked, "  ", (), NOW)) == "empty"
    assert refused(ask(CASE, TIP, OFFICER, " ", NOW)) == "empty"
    assert refused(ask(CASE, TIP, OFFICER, "a" * 4001, NOW)) == "too_long"
    assert refused(ask(STOPPED, TIP, OFFICER, "Halo?", NOW)) == "ended"
    official = replace(CASE, secrecy=Secrecy.OFFICIAL)
    assert refused(ask(official, TIP, OFFICER, "Halo?", NOW)) == "nobody_to_ask"


def test_more_told_after_the_end_is_kept_too() -> None:
    act = answer(STOPPED, "Ada foto baru", ("m3",), NOW)
    assert done(act).notes[-1].text == "Ada foto baru"
    assert alert(act).area == "64.72"


def test_notes_are_for_those_who_work_it() -> None:
    assert done(note(CASE, TIP, OFFICER, " Sudah ditelepon ", NOW)).notes[-1].text == "Sudah ditelepon"
    for actor in (CITIZEN, CLOCK, NEIGHBOUR):
        assert refused(note(CASE, TIP, actor, "Halo", NOW)) == "unknown"


def test_another_case_is_joined_and_never_merged() -> None:
    joined = done(join(CASE, TIP, OFFICER, "K-AAA-111", NOW))
    assert joined.notes[-1].details == {"case": "K-AAA-111"}
    assert replace(joined, notes=CASE.notes, serial=CASE.serial) == CASE
    assert refused(join(joined, TIP, OFFICER, "K-AAA-111", NOW)) == "joined"
    assert refused(join(CASE, TIP, OFFICER, CASE.number, NOW)) == "other"
    assert refused(join(CASE, TIP, OFFICER, "<script>", NOW)) == "other"


def test_it_is_held_with_a_reason_also_when_closed() -> None:
    held = done(hold(STOPPED, TIP, OFFICER, True, "Perkara di MK", NOW))
    assert held.held
    assert refused(hold(held, TIP, OFFICER, True, "Perkara di MK", NOW)) == "held"
    assert not done(hold(held, TIP, OFFICER, False, "Perkara selesai", NOW)).held
    assert refused(hold(CASE, TIP, OFFICER, False, "Tidak perlu", NOW)) == "not_held"
    assert refused(hold(CASE, TIP, OFFICER, True, "", NOW)) == "reason"


def test_it_is_rated_once_and_only_when_closed() -> None:
    rated = done(rate(STOPPED, 3, NOW))
    assert rated.notes[-1].details == {"score": "3"}
    assert refused(rate(rated, 1, NOW)) == "rated"
    assert refused(rate(STOPPED, 4, NOW)) == "rate"
    assert refused(rate(CASE, 3, NOW)) == "rate"


def test_wishes_of_the_one_who_brought_it() -> None:
    formal = done(want_formal(CASE, TIP, NOW))
    assert formal.state == CASE.state
    assert refused(want_formal(formal, TIP, NOW)) == "formal_known"
    assert refused(want_formal(STOPPED, TIP, NOW)) == "formal"
    assert refused(want_formal(a_case(procedure("laporan")), procedure("laporan"), NOW)) == "formal"
    erasure = want_erasure(CASE, NOW)
    assert alert(erasure).roles == {Role.KABKOTA}
    assert refused(want_erasure(done(erasure), NOW)) == "erasure_known"


def test_closing_asks_how_it_was_and_tells_of_the_right_to_contest() -> None:
    act = move(SEARCHED, TIP, rules(), "hentikan", Given("Bukti kurang"), OFFICER, NOW)
    closed = done(act)
    (news,) = effects(act, Told)
    assert isinstance(news, Told)
    assert [choice.key for choice in news.replies["id"].choices] == ["t:3", "t:2", "t:1", "t:keberatan"]
    assert "sampai Rabu 4 Desember 2024" in told(act)
    assert "Bukti kurang" not in told(act) and "K-7K2" not in told(act)
    contested = move(closed, TIP, NO_RULES, "keberatan", Given("Ada saksi"), CITIZEN, NOW)
    assert done(contested).closed_at is None
    assert done(contested).notes[-1].kind is NoteKind.CONTESTED
    assert done(contested).notes[-1].text == "Ada saksi"
    late = NOW + timedelta(days=7, hours=14, minutes=59)
    done(move(closed, TIP, NO_RULES, "keberatan", Given(), CITIZEN, late))
    assert (
        refused(move(closed, TIP, NO_RULES, "keberatan", Given(), CITIZEN, late + timedelta(minutes=1)))
        == "too_late"
    )
    final = move(done(contested), TIP, NO_RULES, "tetap-ditutup", Given("Tetap"), PROVINCE, NOW)
    (news,) = effects(final, Told)
    assert isinstance(news, Told)
    assert [choice.key for choice in news.replies["id"].choices] == ["t:3", "t:2", "t:1"]


def test_a_tip_grows_into_a_finding_that_carries_all_but_the_code() -> None:
    working = done(exclude(SEARCHED, TIP, OFFICER, "person:77", "Saudara terlapor", NOW))
    working = replace(working, office="64.74")
    officer = replace(OFFICER, seats=((Role.KABKOTA, "64.74"),))
    act = move(working, TIP, rules(), "jadikan-temuan", Given("Terbukti", case="K-NEW-001"), officer, NOW)
    (opened,) = effects(act, Opened)
    assert isinstance(opened, Opened)
    born = opened.case
    assert (born.number, born.parent, born.procedure, born.serial) == ("K-NEW-001", CASE.number, "temuan", 1)
    assert (born.story, born.accused, born.secrecy, born.office) == (
        CASE.story, CASE.accused, CASE.secrecy, "64.74"
    )  # fmt: skip
    assert born.excluded == {"person:77"}
    assert born.known_on == NOW.date()
    assert not opened.code and not opened.is_theirs and opened.note.details == {"parent": CASE.number}
    assert done(act).notes[-1].details["case"] == "K-NEW-001"
    assert "temuan" in told(act)
    assert (
        refused(move(working, TIP, rules(), "jadikan-temuan", Given("Terbukti"), officer, NOW))
        == "nothing_to_open"
    )
    assert refused(
        move(working, TIP, NO_RULES, "jadikan-temuan", Given("Terbukti", case="K-2"), officer, NOW)
    ) == ("nothing_to_open")


def test_an_objection_leads_from_each_end_to_a_review_of_its_own() -> None:
    complaint = procedure("laporan")
    for end, review in (("tidak-diregistrasi", "ditinjau"), ("bukan-pelanggaran", "ditinjau-putusan")):
        act = move(a_case(complaint, end), complaint, rules(), "keberatan", Given(), CITIZEN, NOW)
        assert done(act).state == review
    violation = a_case(complaint, "pelanggaran")
    assert refused(move(violation, complaint, rules(), "keberatan", Given(), CITIZEN, NOW)) == "closed"


def test_what_a_move_needs() -> None:
    def formal(**given: str) -> Act:
        return move(CASE, TIP, rules(), "jadikan-laporan", Given(case="K-2", **given), OFFICER, NOW)

    assert refused(formal()) == "reason"
    assert refused(formal(reason="a" * 4001)) == "too_long"
    done(formal(reason="Lengkap"))
    for secrecy in (Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS):
        case = replace(CASE, secrecy=secrecy)
        given = Given("Lengkap", case="K-2")
        assert refused(move(case, TIP, rules(), "jadikan-laporan", given, OFFICER, NOW)) == "identity"
    complaint = procedure("laporan")
    study = a_case(complaint, "kajian-awal")
    for number in ("", "9/LP", "009/LP/PB/Kab/14.09/13/2024", "009/LP/PB/Kab/14.09/X/2024\n009", "x" * 500):
        act = move(study, complaint, rules(), "registrasi", Given(number=number), OFFICER, NOW)
        assert refused(act) == "number"
    registered = done(
        move(
            study,
            complaint,
            rules(),
            "registrasi",
            Given(number=" 009/LP/PB/Kab/14.09/X/2024 "),
            OFFICER,
            NOW,
        )
    )
    assert registered.official == "009/LP/PB/Kab/14.09/X/2024"
    wrong = Given("Tidak lengkap", result="pidana")
    assert refused(move(study, complaint, rules(), "tidak-registrasi", wrong, OFFICER, NOW)) == "result"


@pytest.mark.parametrize(
    ("office", "verdict"),
    [("64.74", ""), ("64", ""), ("64.72", "same_office"), ("63.71", "office"), ("", "office"),
     ("64.74.01", "office"), ("Kukar", "office"), ("٦٤", "office")],
)  # fmt: skip
def test_it_is_handed_to_an_office_within_reach(office: str, verdict: str) -> None:
    case = replace(CASE, assigned=OFFICER.key)
    act = move(case, TIP, rules(), "pindahkan", Given("Kejadian di sana", office=office), OFFICER, NOW)
    if verdict:
        assert refused(act) == verdict
        return
    assert (done(act).office, done(act).assigned, done(act).state) == (office, "", case.state)
    assert alert(act).area == office
    assert done(act).clocks == case.clocks


def test_after_registration_nobody_withdraws() -> None:
    complaint = procedure("laporan")
    registered = a_case(complaint, "diregistrasi")
    assert refused(move(registered, complaint, rules(), "cabut", Given(), CITIZEN, NOW)) == "not_from_here"
    assert refused(move(STOPPED, TIP, rules(), "cabut", Given(), CITIZEN, NOW)) == "closed"
    assert refused(move(CASE, TIP, rules(), "terbang", Given(), CITIZEN, NOW)) == "no_move"
    assert refused(move(CASE, TIP, rules(), "telusuri", Given(), CITIZEN, NOW)) == "not_yours"


def test_a_clock_warns_once_and_escalates_once() -> None:
    due = next(clock.due_at for clock in CASE.clocks if clock.name == "pemeriksaan")
    assert run_out(CASE, TIP, due - timedelta(days=1, seconds=1)) is None
    warned = run_out(CASE, TIP, due - timedelta(days=1))
    assert done(warned).notes[-1].details == {"ended": "", "warned": "pemeriksaan"}
    assert alert(warned).roles == {Role.KABKOTA}
    assert "Jumat 29 November 2024" in alert(warned).replies["id"].text
    assert run_out(done(warned), TIP, due) is None
    late = run_out(done(warned), TIP, due + timedelta(seconds=1))
    assert done(late).notes[-1].details["ended"] == "pemeriksaan"
    assert alert(late).roles == {Role.KABKOTA, Role.PROVINSI}
    assert run_out(done(late), TIP, due + timedelta(hours=1)) is None
    assert run_out(STOPPED, TIP, due + timedelta(days=100)) is None
    given = done(assign(CASE, TIP, OFFICER, OFFICER, NOW))
    assert alert(run_out(given, TIP, due - timedelta(hours=2))).to == OFFICER.key


def test_an_extended_clock_warns_anew() -> None:
    complaint = procedure("laporan")
    study = a_case(complaint, "kajian")
    (clock,) = study.clocks
    late = done(run_out(study, complaint, clock.due_at + timedelta(seconds=1)))
    longer = done(move(late, complaint, rules(), "perpanjang", Given("Saksi sakit"), OFFICER, NOW))
    (extended,) = longer.clocks
    assert extended.due_on == clock.due_on + timedelta(days=2)
    assert not extended.warned and not extended.escalated
    assert refused(move(longer, complaint, rules(), "perpanjang", Given("Lagi"), OFFICER, NOW)) == "extended"
    stopped = replace(study, clocks=())
    assert refused(move(stopped, complaint, rules(), "perpanjang", Given("Lagi"), OFFICER, NOW)) == "no_clock"
