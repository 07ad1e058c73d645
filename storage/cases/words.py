"""The words that a case is searched by: a row for each stem, told from others only by who has the key.

"Pembagian uang di balai desa"   →   case_word  (-6093…, K-7K2-M9Q) (174…, K-7K2-M9Q) …

They are added with what is written, taken away with what is erased, and made anew by a command.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, func, select

from core.cases.stems import stems
from core.model.cases import Case, Note
from storage.keys import Keys
from storage.tables import case_file, case_word
from storage.upsert import insert_into

FEW = 1000
"""So many cases may share the rarest word of a question and still be looked up one by one."""


class Words:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def add(self, case: Case, notes: Iterable[Note]) -> None:
        """What the case and these notes of it tell, where it is not known yet."""
        told = self._of([*told_by(case), *(note.text for note in notes)])
        known = set(self.connection.execute(_KNOWN, {"this": case.number}).scalars())
        if rows := [{"word": word, "case_number": case.number} for word in sorted(told - known)]:
            self.connection.execute(insert_into(self.connection, case_word).on_conflict_do_nothing(), rows)

    def drop(self, number: str) -> None:
        self.connection.execute(_DROP, {"this": number})

    def asked(self, text: str) -> list[int]:
        """The words of a question, the rarest first; none when there is nothing to search by."""
        asked = self._of([text])
        counts = {word: self._count(word) for word in asked}
        return sorted(asked, key=lambda word: (counts[word], word))

    def having(self, words: Sequence[int]) -> list[str] | None:
        """The cases with that word, or with both of two; None when they are many."""
        query, given = (_HAVING, {"word": words[0]}) if len(words) == 1 else (_BOTH, _pair(*words))
        numbers = list(self.connection.execute(query, {**given, "most": FEW + 1}).scalars())
        return numbers if len(numbers) <= FEW else None

    def written(self, after: str, limit: int) -> list[str]:
        """The next cases that have words still, by number."""
        return list(self.connection.execute(_WRITTEN, {"after": after, "most": limit}).scalars())

    def _count(self, word: int) -> int:
        return int(self.connection.execute(_COUNT, {"word": word, "most": FEW + 1}).scalar_one())

    def _of(self, texts: Collection[str]) -> set[int]:
        return {self.keys.word(stem) for stem in stems(texts)}


def _pair(word: int, other: int) -> dict[str, int]:
    return {"word": word, "other": other}


def told_by(case: Case) -> list[str]:
    """All that is written of a case but its notes."""
    named = [case.number, case.official, case.title, case.story, case.accused, case.where]
    return [*named, *case.answers.values.values()]


_KNOWN = select(case_word.c.word).where(case_word.c.case_number == bindparam("this"))
_DROP = delete(case_word).where(case_word.c.case_number == bindparam("this"))
_WRITTEN = (
    select(case_file.c.number)
    .where(case_file.c.number > bindparam("after"), case_file.c.data_key.is_not(None))
    .order_by(case_file.c.number)
    .limit(bindparam("most"))
)
_HAVING = (
    select(case_word.c.case_number).where(case_word.c.word == bindparam("word")).limit(bindparam("most"))
)
_OTHER = case_word.alias("other")
_BOTH = (
    select(case_word.c.case_number)
    .where(
        case_word.c.word == bindparam("word"),
        exists().where(_OTHER.c.word == bindparam("other"), _OTHER.c.case_number == case_word.c.case_number),
    )
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(
    select(case_word.c.word).where(case_word.c.word == bindparam("word")).limit(bindparam("most")).subquery()
)
