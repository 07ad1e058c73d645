"""Names of months, weekdays and zones, as they are written here."""

from datetime import timedelta

from core.forms.answers.spelling import each

MONTHS = {
    "id": each("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
    "en": each("January February March April May June July August September October November December"),
}
WEEKDAYS = {
    "id": each("Senin Selasa Rabu Kamis Jumat Sabtu Minggu"),
    "en": each("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
ZONES = {"WIB": timedelta(hours=7), "WITA": timedelta(hours=8), "WIT": timedelta(hours=9)}

_MONTHS_WRITTEN = (
    "jan januari january",
    "feb peb februari pebruari february febuari",
    "mar mrt maret march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "agu agt ags agust agus agustus aug august",
    "sep sept september",
    "okt oct oktober october",
    "nov nop november nopember",
    "des dec desember december",
)
MONTH_OF = {word: number for number, written in enumerate(_MONTHS_WRITTEN, 1) for word in written.split()}

_WEEKDAYS_WRITTEN = (
    "senin sen monday mon",
    "selasa sel tuesday tue",
    "rabu rab rebo wednesday wed",
    "kamis kam thursday thu",
    "jumat jum jumaat friday fri",
    "sabtu sab saturday sat",
    "minggu min ahad sunday sun",
)
WEEKDAY_OF = {word: number for number, written in enumerate(_WEEKDAYS_WRITTEN) for word in written.split()}
