"""A Scope made of a few answers, written the way a test can be read.

answered("sah=120, suara=10/20/30, .=5, turn=2")
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from core.forms.expressions import Nodes, Value

WITA = timezone(timedelta(hours=8))
VOTING_DAY = datetime(2024, 11, 27, 9, 30, tzinfo=WITA)
LABELS = {"kecamatan": {"palaran": "Palaran", "sungai_kunjang": "Sungai Kunjang"}}
TABLE = {"tps": [{"kode": "012", "dpt": "487"}, {"kode": "013", "dpt": "512"}]}


@dataclass(frozen=True)
class Answered:
    """Repeated answers are lists, all of one repeat; `standing` is the turn we stand in, 0 outside of it."""

    answers: dict[str, str | list[str]] = field(default_factory=dict)
    here: str = ""
    standing: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    now: datetime = VOTING_DAY
    fresh: tuple[str, float] = ("6f1e2c30-0000-4000-8000-000000000012", 0.25)
    language: str = "id"
    version: str = "2024.1"

    def look(self, name: str) -> Value:
        answer = self.answers.get(name, "")
        if isinstance(answer, str):
            return answer
        return answer[self.standing - 1] if self.standing else Nodes(answer)

    def nodes(self, name: str) -> tuple[str, ...]:
        answer = self.answers.get(name, "")
        return (answer,) if isinstance(answer, str) else tuple(answer)

    def indexed(self, name: str, turns: tuple[tuple[str, int], ...]) -> str:
        nodes, (_, turn) = self.nodes(name), turns[0]
        return nodes[turn - 1] if 0 < turn <= len(nodes) else ""

    def turn(self, depth: int = 0) -> int:
        return self.standing if depth == 0 else 0

    def column(self, name: str) -> str:
        return self.columns.get(name, "")

    def label(self, name: str, value: str) -> str:
        return LABELS.get(name, {}).get(value, "")

    def pulldata(self, file: str, column: str, key_column: str, key: str) -> str:
        rows = TABLE.get(file, [])
        return next((row[column] for row in rows if row.get(key_column) == key), "")


def answered(line: str) -> Answered:
    """`name=value` separated by commas; `a/b/c` is a repeated answer, `@kab=` a column."""
    given = dict(part.strip().split("=", 1) for part in line.split(", ") if part.strip())
    standing, here = int(given.pop("turn", "0")), given.pop(".", "")
    columns = {name[1:]: value for name, value in given.items() if name.startswith("@")}
    answers = {name: value.split("/") if "/" in value else value for name, value in given.items()}
    return Answered(answers=answers, here=here, standing=standing, columns=columns)
