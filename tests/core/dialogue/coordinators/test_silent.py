"""The evening's list: who is silent, reminded once more by a tap, phoned and noted by another."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.dialogue.coordinators.silent import evening
from core.digests.digest import Silence
from core.elections.silent import Silent
from core.model.effects import Called, Chased
from core.model.people import Person, Post, Role
from core.speech.layout import TELEGRAM, WHATSAPP_RICH, fit
from core.speech.texts import texts
from tests.core.dialogue.phone import SITI
from tests.core.dialogue.reminders.owing_phone import OwingPhone

ULU = "64.72.05"
SEAT = Post(30, Role.PANWASCAM, ULU, ("Samarinda Ulu", "Kota Samarinda"), "Asia/Makassar")
TUTI = Person(30, "Tuti Contoh", "id", (SEAT,))
EVENING = datetime(2024, 11, 26, 9, tzinfo=UTC)
NIGHT = datetime(2024, 11, 26, 13, tzinfo=UTC)
DUE = datetime(2024, 11, 25, 12, tzinfo=UTC)


def silence(number: int, **more: object) -> Silence:
    place = (f"TPS {number:03}", "Sidodadi", "Samarinda Ulu", "Kota Samarinda")
    area = f"{ULU}.1004.{number:03}"
    made = Silence(number, "ptps", area, place, f"Ani {number} Contoh", 1, DUE, None)
    return replace(made, **more)  # type: ignore[arg-type]


def quiet(count: int = 7, **more: object) -> Silent:
    shown = tuple(silence(number) for number in range(1, count + 1))
    return replace(Silent(ULU, "Samarinda Ulu", count, shown[:7]), **more)  # type: ignore[arg-type]


def tuti(silent: Silent | None = None, now: datetime = EVENING) -> OwingPhone:
    return OwingPhone((), person=TUTI, now=now, silent=silent or quiet())


def test_the_list_names_five_and_counts_the_others() -> None:
    reply = evening(quiet(), "id")
    lines = reply.text.splitlines()
    assert lines[0] == "Belum lapor di Samarinda Ulu: 7 petugas."
    assert lines[1] == "• PTPS 001 Sidodadi, Samarinda Ulu, Ani 1 Contoh: batas Senin 25 Nov, 20.00 WITA"
    assert sum(line.startswith("•") for line in lines) == 5
    assert lines[-1] == "dan 2 lagi."
    assert [choice.key for choice in reply.choices] == ["e:again:64.72.05", "e:call:64.72.05:0"]


def test_what_no_reminder_reached_is_said() -> None:
    words = evening(quiet(unreachable=1, withheld=3, failed=1, postponed=2), "id").text
    assert words.splitlines()[-1] == (
        "Tidak terjangkau pengingat: 1 belum pernah menulis ke sini; 3 menunggu giliran WhatsApp; "
        "1 gagal dikirim; 2 minta besok."
    )


def test_who_was_phoned_is_marked() -> None:
    called = quiet(1, shown=(silence(1, called=EVENING, owed=2),))
    assert "2 laporan sejak" in evening(called, "id").text
    assert "(ditelepon Selasa 26 Nov, 17.00 WITA)" in evening(called, "id").text


def test_a_regency_is_told_by_its_kecamatan() -> None:
    parts = tuple((f"Kecamatan {n}", 20 - n) for n in range(9))
    words = evening(Silent("64.72", "Kota Samarinda", 99, (silence(1),), parts), "id").text
    assert "Kecamatan 0 20, Kecamatan 1 19" in words
    assert words.endswith(", dan 3 wilayah lain")
    assert "Ani" not in words


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_fits_one_message(language: str) -> None:
    reply = evening(quiet(400, unreachable=1, withheld=30, failed=1, postponed=2), language)
    for layout in (TELEGRAM, WHATSAPP_RICH):
        assert len(fit(reply, layout, texts(language))) == 1


def test_remind_again_tells_to_how_many_it_goes() -> None:
    phone = tuti(quiet(unreachable=1, postponed=1))
    assert "ke 5 petugas" in phone.send(choice="e:again:64.72.05").text
    assert phone.done(Chased) == [Chased(ULU)]


def test_within_the_hour_nobody_is_reminded_again() -> None:
    phone = tuti(quiet(recently=7))
    assert "baru saja diingatkan" in phone.send(choice="e:again:64.72.05").text
    assert not phone.done(Chased)


def test_at_night_it_goes_out_in_the_morning() -> None:
    phone = tuti(now=NIGHT)
    assert "Rabu 27 Nov, 08.00 WITA" in phone.send(choice="e:again:64.72.05").text
    assert phone.done(Chased) == [Chased(ULU)]


def test_one_tap_for_each_who_was_phoned() -> None:
    phone = tuti()
    asked = phone.send(choice="e:call:64.72.05:0")
    assert asked.text == "Siapa yang sudah ditelepon?"
    keys = [choice.key for choice in asked.choices]
    assert keys[:5] == [f"e:called:64.72.05:{n}" for n in range(1, 6)]
    assert "e:call:64.72.05:1" in keys
    phone.silent = quiet(asked=silence(2))
    noted = phone.send(choice="e:called:64.72.05:2")
    assert phone.done(Called) == [Called(2, "person:30")]
    assert "Dicatat: Ani 2 Contoh (PTPS 002 Sidodadi, Samarinda Ulu) sudah ditelepon, 17.00." in noted.text
    assert [choice.key for choice in noted.choices][:2] == ["e:called:64.72.05:1", "e:called:64.72.05:3"]


def test_who_has_reported_meanwhile_was_not_phoned_for_nothing() -> None:
    phone = tuti(quiet(asked=None))
    assert "Yang itu sudah lapor." in phone.send(choice="e:called:64.72.05:9").text
    assert not phone.done(Called)


def test_when_all_were_phoned_there_is_nobody_to_tap() -> None:
    phone = tuti(quiet(0))
    assert "Semua sudah ditelepon hari ini." in phone.send(choice="e:call:64.72.05:0").text


def test_it_may_be_typed_where_nothing_can_be_tapped() -> None:
    phone = tuti()
    phone.send(choice="e:show:64.72.05")
    phone.send("sudah ditelepon")
    assert "Siapa yang sudah ditelepon?" in phone.reply.text
    phone.silent = quiet(asked=silence(1))
    phone.send("1")
    assert phone.done(Called) == [Called(1, "person:30")]


@pytest.mark.parametrize("wish", ["again", "call", "called", "show"])
def test_nobody_but_those_above_learns_anything(wish: str) -> None:
    elsewhere = replace(TUTI, posts=(replace(SEAT, area="64.02.06"),))
    for person in (SITI, elsewhere):
        phone = OwingPhone((), person=person, now=EVENING, silent=quiet(asked=silence(1)))
        reply = phone.send(choice=f"e:{wish}:64.72.05:1")
        assert "Ani" not in reply.text
        assert not phone.done(Chased) + phone.done(Called)


def test_when_everybody_has_reported_there_is_nothing_to_tap() -> None:
    reply = evening(quiet(0), "id")
    assert reply.text == "Semua petugas di Samarinda Ulu sudah lapor."
    assert reply.choices == ()
