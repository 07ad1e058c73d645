"""The words that steer a conversation, in either language, any case, with or without a slash."""

import re
from enum import StrEnum


class Command(StrEnum):
    MENU = "menu"
    BACK = "back"
    SKIP = "skip"
    SUMMARY = "summary"
    CANCEL = "cancel"
    HELP = "help"
    SEND = "send"
    LATER = "later"
    DONE = "done"
    REPORTS = "reports"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    PRACTICE = "practice"
    PRACTICE_OFF = "practice_off"
    LANGUAGE = "language"
    ENGLISH = "english"
    INDONESIAN = "indonesian"
    WEB = "web"
    LEAVE = "leave"
    CASES = "cases"


WORDS: dict[Command, tuple[str, ...]] = {
    Command.MENU: ("menu", "mulai", "start", "lapor", "mau lapor", "izin lapor", "report"),
    Command.BACK: ("kembali", "back", "mundur", "sebelumnya"),
    Command.SKIP: ("lewati", "lewat", "skip", "lewatkan"),
    Command.SUMMARY: ("ringkasan", "rangkuman", "summary", "periksa"),
    Command.CANCEL: ("batal", "batalkan", "cancel"),
    Command.HELP: ("bantuan", "help", "tolong", "?"),
    Command.SEND: ("kirim", "kirimkan", "kirim laporan", "send", "file"),
    Command.LATER: ("nanti", "nanti saja", "nanti dulu", "nanti lagi", "later"),
    Command.DONE: ("selesai", "done", "sudah", "sdh", "udah", "cukup", "enough", "that is all"),
    Command.REPORTS: ("laporan saya", "laporanku", "riwayat", "status", "my reports", "reports"),
    Command.CORRECT: ("perbaiki", "ralat", "koreksi", "ubah", "ubah laporan", "correct"),
    Command.WITHDRAW: ("tarik", "cabut", "tarik laporan", "cabut laporan", "withdraw"),
    Command.RESUME: ("lanjut", "lanjutkan", "lanjut saja", "teruskan", "resume", "continue"),
    Command.PRACTICE: ("latihan", "mode latihan", "practice"),
    Command.PRACTICE_OFF: ("selesai latihan", "latihan selesai", "stop practice", "end practice"),
    Command.LANGUAGE: ("bahasa", "language"),
    Command.ENGLISH: ("english", "inggris", "bahasa inggris"),
    Command.INDONESIAN: ("indonesia", "bahasa indonesia", "indonesian"),
    Command.WEB: ("web", "kode web", "web code"),
    Command.LEAVE: ("keluar", "logout", "log out", "sign out"),
    Command.CASES: ("kasus", "perkara", "daftar kasus", "cases"),
}
_BY_WORD = {word: command for command, words in WORDS.items() for word in words}
_NUMBER = re.compile(r"\bp(\s?-)?\s*([0-9a-z]{3})[\s-]*([0-9a-z]{3})\b", re.IGNORECASE | re.ASCII)
_CASE_NUMBER = re.compile(r"\bk(\s?-)?\s*([0-9a-z]{3})[\s-]*([0-9a-z]{3})\b", re.IGNORECASE | re.ASCII)
_OPENS_A_CASE = re.compile(
    r"(kasus|perkara|buka|lihat|case|open|show) (nomor |no |number )?k[ -]*[0-9a-z]{3}[ -]*[0-9a-z]{3}$"
)
_ALIKE = str.maketrans("OIL", "011")
_ABOUT_A_REPORT = (Command.CORRECT, Command.WITHDRAW)


def command_in(text: str) -> Command | None:
    """The command that the whole text is; `perbaiki P-7K2-M9Q`, `ralat: ...`, `kasus K-7K2-M9Q` count too."""
    words = plain(text)
    if words in _BY_WORD:
        return _BY_WORD[words]
    for command in _ABOUT_A_REPORT:
        for word in WORDS[command]:
            if re.match(rf"{word}\b\s*(:|$|(laporan\s+)?p[\s-]*\w{{3}})", words):
                return command
    return Command.CASES if _OPENS_A_CASE.match(words) and case_number_in(words) else None


def number_in(text: str) -> str:
    """The report number written in a text, as it is stored (P-7K2-M9Q); empty when there is none."""
    return _number(_NUMBER, text, "P")


def case_number_in(text: str) -> str:
    """The case number written in a text, as it is stored (K-7K2-M9Q); empty when there is none."""
    return _number(_CASE_NUMBER, text, "K")


def plain(text: str) -> str:
    """Small letters, single spaces, no leading slash, no closing marks."""
    return " ".join(text.strip().lstrip("/").rstrip(".!,").lower().split()).split("@")[0]


def _number(pattern: re.Pattern[str], text: str, letter: str) -> str:
    for hyphen, first, second in pattern.findall(text):
        # "PTPS 012" and "pagi pak" look much like one.
        if hyphen or any(mark.isdigit() for mark in first):
            code = (first + second).upper().translate(_ALIKE)
            return f"{letter}-{code[:3]}-{code[3:]}"
    return ""
