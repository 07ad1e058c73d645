"""Whatever a citizen sends, in any order: an answer comes, nothing breaks, nothing is kept before a yes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dialogue.session import Stage
from core.model.effects import Forgot, Opened
from core.model.messages import Attachment, Channel
from tests.core.dialogue.citizens.citizen import STORY, Citizen
from tests.core.dialogue.citizens.test_following import asked

SAID = [
    *("halo", "p", "", "menu", "aduan", "status", "1", "2", "3", "ya", "tidak", "batal", "lewati", "selesai"),
    *(
        "kembali",
        "nanti",
        "lanjut",
        "kirim",
        "ringkasan",
        "bantuan",
        "english",
        "indonesia",
        "petugas",
    ),
    *(
        "wkwk",
        "asdfgh",
        "tidak tau",
        "kemarin",
        "loa janan ulu",
        "hapus data saya",
        "cabut",
        "keberatan",
        "jawab",
    ),
    *("keluar", "tambah", "laporan resmi", "KT 1234 AB", "7Q2M-K9TD-4XW1-00HQ", "latihan", "web", "🙏", "١٢"),
    STORY,
    "ada pembagian uang di rt 5, pelakunya timses",
]
KINDS = st.sampled_from(["image", "audio", "video", "file"])
ACTS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(SAID)),
    st.tuples(st.just("say"), st.text(max_size=60)),
    st.tuples(st.just("tap"), st.integers(0, 9)),
    st.tuples(st.just("send"), KINDS),
    st.tuples(st.just("old"), st.integers(0, 30)),
    st.tuples(st.just("pin"), st.none()),
    st.tuples(st.just("code"), st.none()),
    st.tuples(st.just("asked"), st.none()),
)


def act(citizen: Citizen, what: str, how: object, seen: list[str]) -> None:
    seen += [choice.key for choice in citizen.session.offered]
    match what, how:
        case "tap", int(n) if citizen.session.offered:
            offered = citizen.session.offered
            citizen.send(choice=offered[n % len(offered)].key)
        case "old", int(n) if seen:
            citizen.send(choice=seen[n % len(seen)])
        case "send", str(kind):
            citizen.send(attachments=(Attachment(kind, "r", media=f"m{len(seen)}"),))  # type: ignore[arg-type]
        case "pin", _:
            citizen.pin(-0.5, 117.1)
        case "code", _ if citizen.drawer.codes:
            citizen.send(citizen.code)
        case "asked", _ if citizen.drawer.cases and citizen.drawer.case.closed_at is None:
            asked(citizen)
        case _, words:
            citizen.send(str(words or "halo"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(Channel)), st.booleans(), st.lists(ACTS, max_size=40))
def test_a_random_citizen(channel: Channel, can_seal: bool, acts: list[tuple[str, object]]) -> None:
    citizen, seen = Citizen(channel, can_seal=can_seal), list[str]()
    for what, how in acts:
        before = citizen.session.begun()
        act(citizen, what, how, seen)
        if Forgot() in citizen.effects:
            assert citizen.session.spare == ()
        fresh = {filling.id for filling in citizen.session.begun()} - {filling.id for filling in before}
        # A form is begun by the choice of secrecy alone, which comes after the consent.
        assert not fresh or citizen.session.filling is not None
        if any(isinstance(effect, Opened) for effect in citizen.effects):
            assert citizen.session.stage is Stage.CODE
            assert citizen.session.filling is None
    leads_on(citizen)


def leads_on(citizen: Citizen) -> None:
    """From wherever it stands a tip can be handed in."""
    citizen.drawer.brought.clear()
    citizen.send("menu")
    citizen.send(choice="l:id")
    citizen.send("menu")
    citizen.tap("Sampaikan aduan")
    if citizen.session.offered[0].label == "Kelanjutan tadi":
        citizen.tap("Aduan baru")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    citizen.send("ada pembagian uang di rt 5")
    citizen.send("selesai")
    for _ in range(60):
        if citizen.session.stage is not Stage.QUESTION:
            break
        citizen.send("lewati")
    cases = len(citizen.drawer.cases)
    citizen.tap("Kirim")
    assert len(citizen.drawer.cases) == cases + 1
    assert citizen.send(citizen.code[-4:]).text.startswith("Betul.")
