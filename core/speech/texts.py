"""Every sentence the bot says, by key and language, read from gettext files.

    texts("id").say("dialogue.filed", number="P-7K2-M9Q")

The files lie in `words/<language>/<topic>.po`: the msgid is the key, the msgstr the sentence.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    language: str
    sentences: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence with its {places} filled; KeyError for a key that no file has."""
        return self.sentences[key].format(**values)


@cache
def texts(language: str) -> Texts:
    """The sentences of a language; Indonesian for one we do not speak."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    sentences: dict[str, str] = {}
    for topic in sorted((files("core.speech") / "words" / known).iterdir(), key=lambda file: file.name):
        for message in read_po(BytesIO(topic.read_bytes()), locale=known):
            if message.id:
                sentences[str(message.id)] = str(message.string)
    return Texts(known, sentences)
