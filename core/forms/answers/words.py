"""Yes, no, nothing, hello and thank you, in the many ways in which they are typed."""

import re

from core.forms.answers.spelling import SPELLED_OUT, each, plain

LONGEST = 200

_YES = frozenset(
    each(
        "ya y iya iye iyo yo yoi yup yap yes yep yeah ok oke okay okey okeh sip siap betul benar bener true "
        "setuju sudah ada boleh pasti tentu mengerti paham sepakat correct right sure agree"
    )
)
_NO = frozenset(each("tidak t n no nope g bukan salah belum jangan false wrong tolak keberatan ogah"))
_DENIABLE = _YES | frozenset(each("sesuai lengkap jelas tepat cukup cocok"))
"""After "ya" a yes, after "tidak" a no; alone neither: "lengkap" may be an option's own word."""
_DENIES = frozenset(each("tidak bukan belum no not"))
_POLITE = frozenset(
    each(
        "pak bu bapak ibu bpk kak min admin mas mbak mba bang om bro gan kang dik adik dong donk "
        "lah kok deh sih kan nih loh saja aja juga saya itu memang emang sekali banget"
    )
)
_YES_SIGNS = frozenset("👍👌✅✔☑🆗💯")
_NO_SIGNS = frozenset("👎❌✖🚫❎")
_NOTHING = frozenset(
    {"nihil", "kosong", "nol", "zero", "none", "nothing", "nil", "tidak ada", "belum ada", "tidak terdapat"}
)
_DASHES = frozenset({"-", "--", "–", "—"})
_HELLO = frozenset(
    each(
        "p ping halo hallo hai hi hay hey hei hello alo permisi punten salam shalom pagi siang sore malam "
        "morning afternoon evening assalamualaikum asalamualaikum assalamu asalamu alaikum aslm ass asw "
        "askum wr wb "
        "warahmatullahi wabarakatuh warahmatulahi wabarokatuh waalaikumsalam izin ijin tes test"
    )
)
_AROUND_HELLO = _POLITE | frozenset(
    each(
        "selamat good met semua semuanya all komandan ndan lapor melapor bertanya tanya w wbr nya swastiastu"
    )
)
_THANKS = frozenset(
    each(
        "terima trima kasih terimakasih trimakasih makasih makasi mks mksh tks thx thanks thank trims tq "
        "suwun nuhun"
    )
)
_AROUND_THANKS = _AROUND_HELLO | frozenset(
    each(
        "banyak atas bantuan bantuannya info infonya informasinya perhatiannya jawabannya ya iya baik ok "
        "oke siap sudah you so much very for the help"
    )
)
_KNOWN = _YES | _NO | _HELLO | _THANKS | _AROUND_THANKS
_KNOWS_NOT = re.compile(
    r"((tidak|belum|kurang) (begitu )?(tahu|tau|ingat|paham|yakin|jelas|hafal|kenal)( persis| pasti)?"
    r"|lupa|entah|entahlah|mana tahu|(i )?(do not|don t|dont) (know|remember)|not sure|no idea|unknown)"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def yes_or_no(text: str) -> bool | None:
    """Yes, no, or neither: "iya pak", "tdk ada" and 👍 are clear, "ya tidak" is not."""
    if len(text) > LONGEST:
        return None
    sign = _sign(text)
    found = [word for word in _words(text) if word not in _POLITE]
    said = _said(found) if found else sign
    return said if sign is None or said is sign else None


def _said(found: list[str]) -> bool | None:
    if found[0] in _YES and all(word in _DENIABLE for word in found):
        return True
    if all(word in _NO for word in found):
        return False
    if found[0] in _DENIES and all(word in _DENIABLE for word in found[1:]):
        return False
    return None


def _sign(text: str) -> bool | None:
    """A thumb up or down; None for neither, or for both."""
    marks = set(text)
    up, down = not marks.isdisjoint(_YES_SIGNS), not marks.isdisjoint(_NO_SIGNS)
    return up if up != down else None


def _words(text: str) -> list[str]:
    return [_spelled(word) for word in _WORD.findall(plain(text))]


def _spelled(word: str) -> str:
    """Abbreviations spelled out, drawn-out letters shortened: "iyaaa" is "iya"."""
    if word in SPELLED_OUT or word in _KNOWN:
        return SPELLED_OUT.get(word, word)
    short = re.sub(r"(.)\1+", r"\1", word)
    return SPELLED_OUT.get(short, short)


def says_nothing(text: str) -> bool:
    """ "nihil", "tdk ada", "-": nothing to report. Whether that is a zero depends on the question."""
    tidy = plain(text[: LONGEST + 1]).strip(" .!")
    return tidy in _DASHES or " ".join(word for word in _words(tidy) if word not in _POLITE) in _NOTHING


def knows_not(text: str) -> bool:
    """ "tdk tau", "kurang tahu pak", "lupa", "entah": no answer, and nothing to ask again."""
    words = " ".join(word for word in _words(text[: LONGEST + 1]) if word not in _POLITE)
    return _KNOWS_NOT.fullmatch(words) is not None


def greeting(text: str) -> bool:
    """Only a greeting, and nothing to read besides it?"""
    return _says_only(text, _HELLO, _AROUND_HELLO)


def thanks(text: str) -> bool:
    """Only a thank you, and nothing to read besides it?"""
    return _says_only(text, _THANKS, _AROUND_THANKS)


def _says_only(text: str, wanted: frozenset[str], around: frozenset[str]) -> bool:
    if len(text) > LONGEST:
        return False
    tidy = plain(text.replace("'", "").replace("’", ""))
    found = [_spelled(word) for word in _LETTERS.findall(tidy)]
    if not found or len(found) > 12 or any(mark.isdecimal() for mark in tidy):
        return False
    return not wanted.isdisjoint(found) and all(word in wanted or word in around for word in found)
