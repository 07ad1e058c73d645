"""Whatever is asked and sent: nothing raises, every message is answered, and there is a way to the end."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dialogue.commands import WORDS
from core.dialogue.session import Stage
from core.forms.form import MEDIA, Form, Group, Kind, Question, Repeat
from core.forms.survey import Survey
from core.model.messages import Attachment, Channel, Contact, Location
from core.model.records import Report
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.random_forms import forms

MOST_MESSAGES = 400
COMMANDS = sorted(word for words in WORDS.values() for word in words)
GARBAGE = [
    "a:F0001:0:0",
    "a:F0001:99:0",
    "a:F0001:1.9:more",
    "a:F0001:2:keep",
    "a:F0001:0:done",
    "a:F0002:3:1",
]
GARBAGE += [
    "a:F0001:1.1:99999",
    "a:x:0:",
    "a:::",
    "s:7",
    "s:x",
    "s:99999999999",
    "n:",
    "n:P-001-AAA",
    "k:",
    "k:P-002-AAA",
]
GARBAGE += [
    "w:P-001-AAA",
    "f:",
    "f:acak",
    "p:acak:7:fill",
    "p:acak:7:nihil",
    "p::",
    "r:",
    "r:F0001",
    "l:xx",
    "l:en",
]
GARBAGE += [
    "c:",
    "c:right",
    "c:fix",
    "c:drop",
    "c:send",
    "c:others",
    "c:nothing",
    "d:1",
    "zzz",
    ":",
    "\x00",
    "c:edited",
]
STORIES = [
    "Soal q1: 5\nSoal q2: 7",
    "q1=5\nq2=6\nq3=a",
    "1 2 3",
    "12",
    "ya",
    "tidak",
    "halo",
    "P-001-AAA",
    "perbaiki P-001-AAA",
]

texts = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Cc", "So", "Nd", "Lo"]), max_size=8),
    st.sampled_from(COMMANDS),
    st.sampled_from(STORIES),
    st.integers(-5, 2000).map(str),
)
pictures = st.lists(
    st.builds(
        lambda kind, media: Attachment(kind, "ref", media=media, content_type="image/jpeg"),
        st.sampled_from(["image", "audio", "video", "file"]),
        st.sampled_from(["m1", "m2", "m3"]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
moves = st.one_of(
    st.tuples(st.just("text"), texts),
    st.tuples(st.just("offered"), st.integers(0, 12)),
    st.tuples(st.just("offered"), st.integers(0, 12)),
    st.tuples(st.just("old"), st.integers(0, 60)),
    st.tuples(st.just("garbage"), st.sampled_from(GARBAGE)),
    st.tuples(
        st.just("media"),
        st.tuples(pictures, st.sampled_from(["", "", "keterangan", "kirim", "q1: 5\nq2: 6"])),
    ),
    st.tuples(st.just("pin"), st.tuples(st.floats(allow_nan=True), st.floats(-180, 180))),
    st.tuples(st.just("else"), st.sampled_from(["empty", "contact", "start"])),
    st.tuples(st.just("answer"), st.booleans()),
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    forms(),
    st.lists(moves, min_size=4, max_size=30),
    st.sampled_from([Channel.WHATSAPP, Channel.TELEGRAM, Channel.SMS]),
)
def test_nothing_that_is_sent_leads_to_a_dead_end(
    form: Form, sent: list[tuple[str, object]], channel: Channel
) -> None:
    writer = Writer(form, channel)
    for what, how in sent:
        writer.move(what, how)
    before = len(writer.phone.reports)
    writer.finish()
    assert len(writer.phone.reports) == before + 1


class Writer:
    """Somebody who can send anything, and who can also answer sensibly what is asked."""

    def __init__(self, form: Form, channel: Channel) -> None:
        self.phone = Phone((form,), channel=channel)
        self.form = form
        self.old: list[str] = []
        self.answered: dict[str, str] = {}
        self.phone.send(choice="f:acak")

    def move(self, what: str, how: object) -> None:
        phone, offered = self.phone, self.phone.session.offered
        match what, how:
            case "text", str(text):
                phone.send(text)
            case "offered", int(index) if offered:
                phone.send(choice=offered[index % len(offered)].key)
            case "old", int(index) if self.old:
                phone.send(choice=self.old[index % len(self.old)])
            case "garbage", str(key):
                phone.send(choice=key)
            case "media", (tuple(attachments), str(caption)):
                phone.send(caption, attachments=attachments, album="al" if len(attachments) > 1 else "")
            case "pin", (float(latitude), float(longitude)):
                phone.send(location=Location(latitude, longitude))
            case "else", "contact":
                phone.send(contact=Contact("+628000000012", True))
            case "else", "start":
                phone.send(start="ABCD1234")
            case "answer", bool(typed):
                self.step(typed=typed)
            case _:
                phone.send()
        self.old += [choice.key for choice in phone.session.offered if choice.key not in self.old]

    def finish(self) -> None:
        """From wherever we are to a filed report, answering what is asked."""
        filed = len(self.phone.reports)
        self.answered.clear()
        for _ in range(MOST_MESSAGES):
            before = self.phone.answers
            self.step(typed=True)
            if len(self.phone.reports) > filed:
                self.compare(before | self.answered, self.phone.reports[-1])
                return
        raise AssertionError(f"no way out:\n{self.phone.transcript()[-3000:]}")

    def compare(self, answered: dict[str, str], report: Report) -> None:
        """What is relevant was filed as it was answered."""
        filed = report.latest.answers.values
        kept = {place: value for place, value in answered.items() if place in filed}
        assert kept == {place: filed[place] for place in kept}, self.phone.transcript()[-3000:]

    def step(self, *, typed: bool) -> None:
        """One sensible message."""
        session = self.phone.session
        match session.stage:
            case Stage.QUESTION if session.filling:
                self.answer(typed)
            case Stage.DOUBT:
                self.phone.send("ya")
            case Stage.SUMMARY:
                send = next((c for c in session.offered if c.key == "c:send"), None)
                self.phone.send("ya" if send else "lanjut")
            case Stage.CANCEL | Stage.LANGUAGE if session.filling:
                self.phone.send("lanjut")
            case Stage.REASON:
                self.phone.send("salah ketik")
            case Stage.POST | Stage.NIHIL:
                self.phone.send("1")
            case _ if session.begun():
                self.phone.send("lanjut")
            case _:
                self.answered.clear()
                self.phone.send(choice="f:acak")

    def answer(self, typed: bool) -> None:
        filling = self.phone.session.filling
        assert filling is not None
        survey = self.phone.survey
        spot = survey.alone(self.phone.session.subject) or survey.next(filling)
        assert spot is not None
        match spot.item:
            case Repeat():
                self.phone.send("tidak")
            case Group():
                asked = [m for m in spot.members if m[0] not in filling.answers.values] or list(spot.members)
                if len(asked) == 1:
                    self._one(survey, *asked[0], typed)
                else:
                    self.phone.send("\n".join(f"{number_or(survey, *member)}" for member in asked))
                    for place, _ in asked:
                        self.answered[place] = self.now(place)
            case Question() as question:
                self._one(survey, spot.place, question, typed)

    def _one(self, survey: Survey, place: str, question: Question, typed: bool) -> None:
        phone = self.phone
        options = survey.options(place, question)
        if (question.options and not options) or (not typed and not survey.is_required(place, question)):
            phone.send("lewati")
            expected = None
        elif question.kind in MEDIA:
            kind = "image" if question.kind is Kind.FILE else question.kind.value
            phone.send(attachments=(Attachment(kind, "ref", media="bukti"),))  # type: ignore[arg-type]
            expected = "bukti"
        elif question.kind is Kind.GEOPOINT:
            phone.send(location=Location(-0.5, 117.25))
            expected = "-0.5 117.25 0 0"
        else:
            names, picked = [option.name for option in options], phone.session.picks(place)
            text, expected = sensible(question, names, [survey.label(option) for option in options])
            if picked:
                expected = " ".join(name for name in names if name in {*picked, *expected.split()})
            phone.send(text)
        if expected is None:
            self.answered.pop(place, None)
        elif phone.session.filling is None or self.now(place) is not None:
            self.answered[place] = expected
            if phone.session.filling:
                assert self.now(place) == expected, phone.transcript()[-2000:]

    def now(self, place: str) -> str | None:
        filling = self.phone.session.filling
        return filling.answers.values.get(place) if filling else None


def number_or(survey: Survey, place: str, question: Question) -> str:
    return sensible(question, [], [])[0]


def sensible(question: Question, names: list[str], labels: list[str]) -> tuple[str, str]:
    """What somebody types who knows what to answer, and the value it stands for."""
    match question.kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.RANGE:
            return "7", "7"
        case Kind.DATE:
            return "27/11/2024", "2024-11-27"
        case Kind.TIME:
            return "07.15", "07:15:00.000+08:00"
        case Kind.DATETIME:
            return "27/11/2024 07.15", "2024-11-27T07:15:00.000+08:00"
        case Kind.SELECT_ONE:
            return labels[-1], names[-1]
        case Kind.SELECT_MULTIPLE:
            return ", ".join(labels[:2]), " ".join(names[:2])
        case Kind.RANK:
            return ", ".join(labels), " ".join(names)
        case Kind.ACKNOWLEDGE:
            return "ok", "OK"
        case _:
            return "Pak Contoh di Balai Desa", "Pak Contoh di Balai Desa"
