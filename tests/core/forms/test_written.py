"""A form comes back from its text exactly as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.forms.expressions import Expression, parse
from core.forms.form import Form, Group, Item, Kind, Option, Purpose, Question, Repeat
from core.forms.written import from_json, to_json
from core.model.people import Role

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
said = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
words = st.dictionaries(st.sampled_from(["", "id", "en"]), said, max_size=3)
expressions: st.SearchStrategy[Expression | None] = st.one_of(
    st.none(),
    st.sampled_from([". >= 0", "true()", "${a} + 1 = ${b}", "selected(${a}, 'x')", "'kata \"baru\"'"]).map(
        parse
    ),
)
appearances = st.frozensets(st.sampled_from(["field-list", "nihil", "soft"]))
paths = st.lists(names, min_size=1, max_size=3).map(tuple)
rows = st.integers(0, 99)

questions = st.builds(
    Question,
    path=paths,
    kind=st.sampled_from(Kind),
    label=words,
    hint=words,
    required=expressions,
    required_message=words,
    relevant=expressions,
    constraint=expressions,
    constraint_message=words,
    soft=st.booleans(),
    calculation=expressions,
    default=expressions,
    options=said,
    choice_filter=expressions,
    minimum=st.sampled_from(["", "0"]),
    maximum=st.sampled_from(["", "10"]),
    step=st.sampled_from(["", "1"]),
    appearance=appearances,
    nothing=st.booleans(),
    read_only=st.booleans(),
    row=rows,
)


def containers(inner: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    items = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Group, paths, words, items, expressions, appearances, rows),
        st.builds(Repeat, paths, words, items, expressions, expressions, rows),
    )


items: st.SearchStrategy[Item] = st.recursive(questions, containers, max_leaves=6)
options = st.builds(Option, said, words, st.dictionaries(said, said, max_size=2))
purposes = st.builds(
    Purpose,
    kind=names,
    audience=st.frozensets(st.sampled_from(Role)),
    stage=said,
    cadence=said,
    due=said,
    nihil=st.booleans(),
    menu=st.integers(0, 999),
    public=st.booleans(),
    opens=said,
    opens_if=expressions,
    about=st.dictionaries(names, said, max_size=3),
)
forms = st.builds(
    Form,
    name=names,
    version=said,
    title=words,
    items=st.lists(items, max_size=4).map(tuple),
    lists=st.dictionaries(said, st.lists(options, max_size=3).map(tuple), max_size=2),
    purpose=purposes,
    languages=st.lists(names, max_size=2).map(tuple),
    default_language=said,
)


@given(forms)
def test_the_round_trip_is_exact(form: Form) -> None:
    assert from_json(to_json(form)) == form


@given(forms)
def test_the_same_form_gives_the_same_text(form: Form) -> None:
    assert to_json(from_json(to_json(form))) == to_json(form)


def test_what_is_empty_is_left_out() -> None:
    form = Form("uji", "1", {"": "Uji"}, (Question(("a",), Kind.TEXT, {"": "A?"}, row=2),), {})
    assert '"items":[{"type":"text","path":["a"],"label":{"":"A?"},"row":2}]' in to_json(form)


def test_a_form_that_was_published_before_there_were_cases_opens_none() -> None:
    old = json.loads(to_json(Form("uji", "1", {}, (), {})))
    for key in ("public", "opens", "opens_if", "about"):
        del old["purpose"][key]
    assert from_json(json.dumps(old)).purpose == Purpose()
