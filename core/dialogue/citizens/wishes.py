"""What a citizen may want, as a button (`u:status`) or in words ("cek kabar"), in either language."""

import re
from enum import StrEnum

from core.dialogue.commands import plain

FEWEST_WORDS, FEWEST_LETTERS = 3, 12
"""What is longer than this tells something; anything shorter may be a greeting or a slip."""
LONGEST_QUESTION, FEARFUL_WORDS = 60, 4
_ASKS = re.compile(r"\b(tanya|bertanya|nanya|ask)\b|\?\s*$", re.IGNORECASE)
_FEARS = re.compile(
    r"\b(aman|takut|rahasia|dirahasiakan|ketahuan|bahaya|safe|afraid|secret)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


class Wish(StrEnum):
    TIP = "tip"
    STATUS = "status"
    OFFICER = "officer"
    AGREE = "agree"
    EXPLAIN = "explain"
    REFUSE = "refuse"
    CONFIDENTIAL = "rahasia"
    NAMED = "bernama"
    ANONYMOUS = "anonim"
    NEW = "new"
    """A tip beside the one that was begun,"""
    OLD = "old"
    """or that one."""
    OPEN = "open"
    """The case whose code was given while something else was being written."""
    ANSWER = "answer"
    ADD = "add"
    MORE = "more"
    """What is wanted now and then."""
    FORMAL = "formal"
    ERASE = "erase"
    ERASE_YES = "erase_yes"
    WITHDRAW = "cabut"
    CONTEST = "keberatan"
    DO = "do"
    """Yes, make the move that was asked about."""
    STAY = "stay"
    """After all not."""
    END = "end"


SECRECY = (Wish.CONFIDENTIAL, Wish.NAMED, Wish.ANONYMOUS)

WORDS: dict[Wish, tuple[str, ...]] = {
    Wish.TIP: (
        *("aduan", "adu", "mengadu", "mau mengadu", "mau ngadu", "lapor", "mau lapor", "izin lapor"),
        *("melapor", "saya mau lapor", "saya mau melapor", "saya ingin melapor", "saya mau mengadu"),
        *("buat aduan", "aduan baru", "sampaikan aduan", "lapor pelanggaran"),
        *("tip", "report", "hand in a tip", "complaint"),
    ),
    Wish.STATUS: (
        *("status", "cek", "cek status", "kabar", "cek kabar", "cek aduan", "kabar aduan", "status aduan"),
        *("cek kabar aduan", "sampai mana", "check", "news"),
    ),
    Wish.OFFICER: ("petugas", "saya petugas", "pengawas", "saya pengawas", "officer", "i am an officer"),
    Wish.ADD: ("tambah", "tambah keterangan", "tambah bukti", "tambahan", "add"),
    Wish.ANSWER: ("jawab", "answer"),
    Wish.FORMAL: ("laporan resmi", "jadi laporan resmi", "lapor resmi", "formal complaint"),
    Wish.ERASE: (
        *("hapus", "hapus data", "hapus data saya", "hapus aduan"),
        *("erase", "erase my data", "delete my data"),
    ),
    Wish.WITHDRAW: ("cabut", "cabut aduan", "tarik", "tarik aduan", "batalkan aduan", "withdraw"),
    Wish.CONTEST: ("keberatan", "saya keberatan", "object", "i object"),
    Wish.END: ("selesai", "sudah", "sdh", "udah", "cukup", "keluar", "tutup", "done", "end", "enough"),
}
_BY_WORD = {word: wish for wish, words in WORDS.items() for word in words}


def wish_in(text: str) -> Wish | None:
    """The wish that the whole text is."""
    return _BY_WORD.get(plain(text))


def key(wish: Wish) -> str:
    return f"u:{wish}"


def wished(choice: str) -> Wish | None:
    """The wish that a tap says."""
    kind, _, rest = choice.partition(":")
    return Wish(rest) if kind == "u" and rest in set(Wish) else None


def tells(text: str) -> bool:
    """Is it the beginning of a story, and no question to us?"""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS or is_afraid(text):
        return False
    return len(text) > LONGEST_QUESTION or _ASKS.search(text) is None


def is_afraid(text: str) -> bool:
    """A few words of fear, or a question whether it is safe."""
    return len(_WORD.findall(text)) <= FEARFUL_WORDS and _FEARS.search(text) is not None
