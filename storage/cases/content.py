"""What is written in words of a case, sealed under the case's own data key; without that it is gone.

case_file.data_key         the key, wrapped by the key file
case_file.content_sealed   {"title": "Pembagian sembako", "story": "…", "values": {…}, …}
case_note.content_sealed   {"text": "Jam berapa?", "details": {}, "media": []}
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.cases import Case
from core.model.records import NOTHING, Answers
from storage.keys import KEY, Keys, Ring


@dataclass(frozen=True, slots=True)
class Content:
    form: str = ""
    form_version: str = ""
    answers: Answers = field(default_factory=Answers)
    title: str = ""
    story: str = ""
    accused: str = ""
    where: str = ""
    missing: tuple[str, ...] = ()
    doubts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoteContent:
    text: str = ""
    details: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The key of one case; `wrapped` is how it stands in the case's row."""

    number: str
    wrapped: bytes
    ring: Ring

    @classmethod
    def make(cls, keys: Keys, number: str) -> "CaseKey":
        key = secrets.token_bytes(KEY)
        return cls(number, keys.columns.seal(key, *_place(number)), Ring({1: key}))

    @classmethod
    def unwrap(cls, keys: Keys, number: str, wrapped: bytes) -> "CaseKey":
        return cls(number, wrapped, Ring({1: keys.columns.open(wrapped, *_place(number))}))

    def seal_content(self, case: Case) -> bytes:
        return self.ring.seal(_written(case), "case_file", "content", self.number)

    def open_content(self, sealed: bytes) -> Content:
        return _read(self.ring.open(sealed, "case_file", "content", self.number))

    def seal_note(self, serial: int, text: str, details: Mapping[str, str], media: tuple[str, ...]) -> bytes:
        content = _json({"text": text, "details": dict(details), "media": media})
        return self.ring.seal(content, "case_note", "content", self.number, serial)

    def open_note(self, serial: int, sealed: bytes) -> NoteContent:
        content = json.loads(self.ring.open(sealed, "case_note", "content", self.number, serial))
        return NoteContent(content["text"], content["details"], tuple(content["media"]))


def _place(number: str) -> tuple[str, ...]:
    return ("case_file", "data_key", number)


def _written(case: Case) -> bytes:
    return _json(
        {
            "form": case.form,
            "form_version": case.form_version,
            "values": dict(case.answers.values),
            "counts": dict(case.answers.counts),
            "title": case.title,
            "story": case.story,
            "accused": case.accused,
            "where": case.where,
            "missing": case.missing,
            "doubts": sorted(case.doubts),
        }
    )


def _read(text: bytes) -> Content:
    kept = json.loads(text)
    return Content(
        kept["form"],
        kept["form_version"],
        Answers(kept["values"], kept["counts"]),
        kept["title"],
        kept["story"],
        kept["accused"],
        kept["where"],
        tuple(kept["missing"]),
        frozenset(kept["doubts"]),
    )


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
