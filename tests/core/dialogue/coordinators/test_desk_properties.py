"""Whatever officers tap and type: never a crash, never a dead end, never a word of what they may not see."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.cases.lifecycle import may_see
from core.model.cases import Case, Secrecy
from core.model.effects import Noted
from core.model.people import Person
from tests.core.dialogue.coordinators.desk_phone import BUDI, RANI, TEMUAN, TIP, TUTI, DeskPhone, a_case
from tests.core.dialogue.phone import SITI

OFFICIAL = "009/LP/PB/Kota/23.01/XI/2024"
OPEN = a_case("K-111-AAA", title="Rahasia satu", story="Cerita satu")
HIDDEN = replace(a_case("K-222-BBB", title="Rahasia dua", story="Cerita dua"), office="64.71", area="64.71")
KEPT = replace(
    a_case("K-333-CCC", title="Rahasia tiga", story="Cerita tiga"), excluded=frozenset({"person:20"})
)
CASES = (
    OPEN,
    HIDDEN,
    KEPT,
    a_case("K-444-DDD", TIP, title="Rahasia empat", story="Cerita empat"),
    a_case("K-555-EEE", TEMUAN, title="Rahasia lima", story="Cerita lima", secrecy=Secrecy.OFFICIAL),
    replace(a_case("K-666-FFF", title="Rahasia enam", story="Cerita enam"), state="diregistrasi"),
)
PEOPLE = (RANI, BUDI, TUTI, SITI)
WORDS = (
    *("kasus", "menu", "kembali", "batal", "bantuan", "ya", "tidak", "1", "2", "nanti", "selesai", "status"),
    *(
        OFFICIAL,
        "64.71",
        "balikpapan",
        "alasan yang cukup",
        "latihan",
        "selesai latihan",
        "english",
        "",
        "🙂",
    ),
    *(case.number for case in CASES),
    "K-999-ZZZ",
    "x" * 2_000,
)
KEYS = st.builds(
    "x:{}:{}".format,
    st.sampled_from([*(case.number for case in CASES), "K-999-ZZZ", ""]),
    st.sampled_from(
        (
            *("s:0", "h:9", "more", "a:ask", "a:take", "a:join", "a:conflict", "m:kajian", "m:jadikan"),
            *("m:", "g:bukan", "g:64", "g:K-222-BBB", "y:00000000", "y:", "z", "s:-1", "s:99999", ":::"),
        )
    ),
)
TURNS = st.lists(
    st.one_of(
        st.integers(0, 11).map(lambda n: ("tap", str(n))),
        st.sampled_from(WORDS).map(lambda words: ("say", words)),
        st.text(max_size=30).map(lambda words: ("say", words)),
        KEYS.map(lambda key: ("key", key)),
        st.sampled_from(["q:", "q:late:1", "q:x:y", "q:all:99999999", "c:cases"]).map(lambda k: ("key", k)),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PEOPLE), TURNS)
def test_officers_do_what_they_like(person: Person, turns: list[tuple[str, str]]) -> None:
    phone = DeskPhone((), person=person)
    phone.put(*CASES)
    for how, what in turns:
        before = dict(phone.cases)
        take(phone, how, what)
        assert phone.session.offered, "a dead end"
        nothing_hidden_shows(phone, before)


def take(phone: DeskPhone, how: str, what: str) -> None:
    offered = phone.session.offered
    match how:
        case "tap" if offered:
            phone.send(choice=offered[int(what) % len(offered)].key)
        case "key":
            phone.send(choice=what)
        case _:
            phone.send(what)


def nothing_hidden_shows(phone: DeskPhone, before: dict[str, Case]) -> None:
    """Of a case that was hidden from this person nothing is said or offered, and nothing is done to it."""
    words = " ".join([phone.reply.text, *(c.label + c.hint for c in phone.reply.choices)])
    offered = [choice.key.split(":")[1:2] for choice in phone.reply.choices if choice.key.startswith("x:")]
    touched = {effect.case.number for effect in phone.effects if isinstance(effect, Noted)}
    for case in before.values():
        procedure = phone.drawer.rules.get(case.procedure, case.version)
        assert procedure is not None
        if may_see(phone.actor, case, procedure):
            continue
        assert case.title not in words
        assert case.story not in words
        assert [case.number] not in offered
        assert case.number not in touched
