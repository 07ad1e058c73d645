"""Forms drawn at random: every kind, nested groups and repeats, rules that can be kept."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from core.forms.expressions import Expression, parse
from core.forms.form import CHOSEN, MEDIA, Form, Group, Item, Kind, Option, Question, Repeat
from core.forms.plan import Path

SHORT = tuple(Option(name, {"id": f"Pilihan {name}", "en": f"Choice {name}"}) for name in "abc")
LONG = tuple(
    Option(f"desa{n}", {"id": f"Desa {word}"}, {"kecamatan": "Utara" if n % 2 else "Selatan"})
    for n, word in enumerate(
        [
            "Anggrek",
            "Bakau",
            "Cemara",
            "Durian",
            "Enau",
            "Flamboyan",
            "Gaharu",
            "Huma",
            "Ilalang",
            "Jati",
            "Kapur",
            "Lontar",
            "Mawar",
            "Nipah",
        ]
    )
)
LISTS = {"pendek": SHORT, "panjang": LONG}
KINDS = [kind for kind in Kind if kind not in (Kind.CALCULATE, Kind.HIDDEN)]
NUMBERS = (Kind.INTEGER, Kind.DECIMAL)


@dataclass
class Draft:
    """What was drawn so far: names to refer to."""

    questions: list[Question] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    count: int = 0

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"


@st.composite
def forms(draw: st.DrawFn) -> Form:
    draft = Draft()
    items = draw(_items(draft, (), depth=0))
    title = {"id": "Uji acak", "en": "Random"}
    return Form("acak", "1", title, items, LISTS, languages=("id", "en"), default_language="id")


@st.composite
def _items(draw: st.DrawFn, draft: Draft, above: Path, depth: int) -> tuple[Item, ...]:
    sizes = st.integers(3, 8) if depth == 0 else st.integers(1, 4)
    return tuple(draw(_item(draft, above, depth)) for _ in range(draw(sizes)))


@st.composite
def _item(draw: st.DrawFn, draft: Draft, above: Path, depth: int) -> Item:
    what = draw(st.sampled_from(["question"] * 5 + (["group", "repeat"] if depth < 2 else [])))
    if what == "question":
        return draw(_question(draft, above))
    path = (*above, draft.name(what[0]))
    label = draw(st.sampled_from([{"id": "Bagian", "en": "Part"}, {}]))
    relevant = draw(_relevant(draft))
    if what == "repeat":
        draft.repeats.append(path[-1])
        count = draw(st.sampled_from([None, None, parse("2"), parse("0")]))
        return Repeat(path, label, draw(_items(draft, path, depth + 1)), relevant, count)
    together = draw(st.sampled_from([frozenset[str](), frozenset({"field-list"})]))
    return Group(path, label, draw(_items(draft, path, depth + 1)), relevant, together)


@st.composite
def _question(draw: st.DrawFn, draft: Draft, above: Path) -> Question:
    kind = draw(st.sampled_from([*KINDS, Kind.CALCULATE, Kind.INTEGER, Kind.SELECT_ONE, Kind.TEXT]))
    path = (*above, draft.name("q"))
    constraint, soft = draw(_constraint(draft, kind))
    filters = [None, None, parse("name != 'a' and kecamatan != 'Selatan'"), parse("name = 'tidak ada'")]
    question = Question(
        path,
        kind,
        draw(st.sampled_from([{"id": f"Soal {path[-1]}?", "en": f"Question {path[-1]}?"}, {}])),
        hint=draw(st.sampled_from([{}, {"id": "Petunjuk"}])),
        required=draw(st.sampled_from([None, parse("true()")])),
        relevant=draw(_relevant(draft)),
        constraint=constraint,
        constraint_message=draw(st.sampled_from([{}, {"id": f"Nilai ${{{path[-1]}}} aneh."}])),
        soft=soft,
        calculation=draw(_calculation(draft)) if kind is Kind.CALCULATE else None,
        default=draw(st.sampled_from([None, parse("'4'")])) if kind in NUMBERS else None,
        options=draw(st.sampled_from(list(LISTS))) if kind in CHOSEN else "",
        choice_filter=draw(st.sampled_from(filters)) if kind in CHOSEN else None,
        minimum="1" if kind is Kind.RANGE else "",
        maximum="9" if kind is Kind.RANGE else "",
        step="1" if kind is Kind.RANGE else "",
        nothing=draw(st.booleans()),
    )
    draft.questions.append(question)
    return question


@st.composite
def _relevant(draw: st.DrawFn, draft: Draft) -> Expression | None:
    known = [f"${{{question.name}}}" for question in draft.questions]
    sources = ["", "", "true()", "false()", "${q3} = ''", "${q5} != ''", "position(..) > 1"]
    sources += [f"{name} != ''" for name in known] + [f"{name} > 3" for name in known]
    sources += [f"count(${{{name}}}) > 1" for name in draft.repeats]
    source = draw(st.sampled_from(sources))
    return parse(source) if source else None


@st.composite
def _constraint(draw: st.DrawFn, draft: Draft, kind: Kind) -> tuple[Expression | None, bool]:
    """A hard rule leaves room for an answer; a soft one may never hold."""
    if kind in NUMBERS:
        hard = draw(st.sampled_from(["", ". < 1000", ". != 13"]))
        others = [f". = ${{{q.name}}}" for q in draft.questions if q.kind in NUMBERS]
        soft = draw(st.sampled_from(["", *others, ". = 77"]))
        return (parse(soft), True) if soft else (parse(hard) if hard else None, False)
    if kind in MEDIA or kind is Kind.NOTE:
        return None, False
    return draw(st.sampled_from([(None, False), (parse("false()"), True), (parse(". != 'xyz'"), False)]))


@st.composite
def _calculation(draw: st.DrawFn, draft: Draft) -> Expression:
    names = [f"${{{question.name}}}" for question in draft.questions]
    sums = [f"sum({name})" for name in names] + [f"concat({name}, '!')" for name in names]
    return parse(draw(st.sampled_from(["1 + 1", "once(random())", "position(..)", *sums])))
