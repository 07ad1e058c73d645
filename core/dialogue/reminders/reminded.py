"""The words by which a reminder may be answered where nothing can be tapped."""

from core.dialogue.commands import plain

WORDS: dict[str, tuple[str, ...]] = {
    "fill": ("isi", "isi sekarang", "isi laporan", "fill in", "fill in now"),
    "nihil": ("nihil", "laporan nihil", "nihil pak", "nihil bu", "nothing to report"),
    "wait": ("besok", "besok saja", "besok pagi", "bsk", "tomorrow"),
}
_BY_WORD = {word: wish for wish, words in WORDS.items() for word in words}


def said(text: str) -> str:
    """What of it the whole text is: fill, nihil, wait; empty for any other text."""
    return _BY_WORD.get(plain(text), "")
