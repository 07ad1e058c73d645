"""What a case is searched by: the stems of its words, without those that stand in every sentence.

stems("Dilaporkan: pembagian uang di TPS 012")   {"lapor", "bagi", "uang", "tps", "12"}
"""

import re
from collections.abc import Iterable

from snowballstemmer import stemmer

from core.forms.answers.spelling import SPELLED_OUT, each, plain

LONGEST = 40
"""Letters of a word; what is longer is no word of any language."""
STOP = frozenset(
    each(
        "ada adalah agar akan aku anda antara apa apakah atas atau bagi bahwa banyak beberapa belum "
        "bila bisa bukan dalam dan dapat dari dengan di dia hanya harus hingga ia ini itu iya jadi "
        "jangan jika juga kalau kami kamu karena ke kepada kita lagi lain lalu maka mana masih "
        "mereka namun nya oleh pada para pernah pun saat saja saya sebagai sebuah secara sedang "
        "sehingga sejak seperti serta setelah sudah supaya tapi telah tentang terhadap tersebut "
        "tetapi tidak untuk yaitu yang the of and in to is was"
    )
)
_WORD = re.compile(r"[^\W_]+")


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Of all the texts together; the same for every spelling and every affix that the rules know."""
    cut = stemmer("indonesian")  # one for each call: it keeps the word it works on
    return frozenset(_figure(cut.stemWord(word)) for word in _words(texts))


def _words(texts: Iterable[str]) -> set[str]:
    written = {word for text in texts for word in _WORD.findall(plain(text))}
    spelled_out = {SPELLED_OUT.get(word, word) for word in written}
    return {word for word in spelled_out if word not in STOP and _tells(word)}


def _tells(word: str) -> bool:
    return len(word) <= LONGEST and (len(word) > 1 or word.isdecimal())


def _figure(word: str) -> str:
    """TPS 012 is TPS 12."""
    return (word.lstrip("0") or "0") if word.isdecimal() else word
