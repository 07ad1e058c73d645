"""What cannot wait until Monday: one line with the report's number, and not a word of what was answered."""

from core.model.effects import Flagged
from core.model.people import Role
from tests.core.dialogue.coordinators.desk_phone import DeskPhone
from tests.core.dialogue.officers.test_findings import LHP, MEGA, correct, file_lhp, phone_of
from tests.core.dialogue.phone import PTPS, SITI, Phone, form_of

VOTING = form_of("""
| survey |
| | type | name | label | required | relevant | appearance |
| | select_one ya_tidak | dibuka | Apakah ada kotak suara yang dibuka sebelum waktunya? | yes | | penting |
| | text | siapa | Siapa yang membuka? | yes | ${dibuka} = 'ya' | |
| | select_one ya_tidak | antre | Ada antrean? | yes | | |
| choices |
| | list_name | name | label |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |
| settings |
| | form_title | form_id | version |
| | Laporan pemungutan | pungut | 1 |
| lapordesk |
| | key | value |
| | audience | ptps |
""")


def vote(opened: str, queue: str = "Ya", *, practice: bool = False) -> Phone:
    phone = Phone((VOTING,))
    phone.send("latihan" if practice else "menu")
    phone.tap("Laporan pemungutan")
    phone.tap(opened)
    if opened == "Ya":
        phone.send("Ketua KPPS Contoh")
    phone.tap(queue)
    phone.tap("Kirim")
    return phone


def flagged(phone: Phone | DeskPhone) -> list[Flagged]:
    return [effect for effect in phone.effects if isinstance(effect, Flagged)]


def test_a_critical_answer_is_told_at_once() -> None:
    phone = vote("Ya")
    [alarm] = flagged(phone)
    number = phone.reports[0].number
    assert (alarm.report, alarm.area, alarm.filed_at) == (number, PTPS.area, phone.now)
    assert alarm.roles == {Role.PANWASCAM, Role.KABKOTA}
    assert alarm.replies["id"].text == (
        f"⚠️ {number}, PTPS 012 Sidodadi, Samarinda Ulu: "
        "“Apakah ada kotak suara yang dibuka sebelum waktunya?” "
        "dijawab ya. Rabu 27 Nov, 12.01 WITA."
    )
    assert "answered yes" in alarm.replies["en"].text
    assert alarm.replies["id"].template
    for reply in alarm.replies.values():
        assert "Ketua KPPS Contoh" not in reply.text
        assert SITI.name not in reply.text


def test_no_alarm_without_one() -> None:
    assert flagged(vote("Tidak")) == [], "a yes to another question is none"
    assert flagged(vote("Ya", practice=True)) == []


def test_a_correction_may_be_the_first_that_alarms() -> None:
    phone = vote("Tidak")
    first = phone.reports[0].revisions[0].filed_at
    phone.send(f"perbaiki {phone.reports[0].number}")
    phone.send("1")
    phone.tap("Ya")
    phone.send("Ketua KPPS Contoh")
    phone.tap("Kirim")
    phone.send("Baru dilihat")
    [alarm] = flagged(phone)
    assert alarm.filed_at == first, "by this it is known as the same report's"


def test_a_label_that_holds_an_answer_is_not_repeated() -> None:
    telling = form_of("""
| survey |
| | type | name | label | required | appearance |
| | text | siapa | Siapa namanya? | yes | |
| | select_one ya_tidak | pukul | Apakah ${siapa} memukul? | yes | alert |
| choices |
| | list_name | name | label |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |
| settings |
| | form_title | form_id | version |
| | Kejadian | kejadian | 1 |
""")
    phone = Phone((telling,))
    phone.send("menu")
    phone.tap("Kejadian")
    phone.send("Budi Contoh")
    phone.tap("Ya")
    phone.tap("Kirim")
    [alarm] = flagged(phone)
    assert "Budi" not in alarm.replies["id"].text
    assert "ada jawaban yang perlu segera dilihat" in alarm.replies["id"].text


def test_a_finding_is_told_to_the_panwascam_its_office_hears_of_the_case() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    [alarm] = flagged(phone)
    assert alarm.roles == {Role.PANWASCAM}
    assert "ada dugaan pelanggaran" in alarm.replies["id"].text
    assert "RT 05" not in alarm.replies["id"].text
    correct(phone, phone.reports[0].number, "2", "Lain lagi")
    assert flagged(phone) == [], "the case is known"
    quiet = phone_of(MEGA, LHP)
    file_lhp(quiet, "Nihil")
    assert flagged(quiet) == []
