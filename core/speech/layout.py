"""What a channel can show, as data, and how a Reply is fitted to it; never loses a word or an option.

    fit(Reply("Apa sebabnya terlambat?", (Choice("k1", "Logistik"), Choice("k2", "Cuaca/banjir"))), SMS)
    → Part("Apa sebabnya terlambat?\\n1 Logistik\\n2 Cuaca/banjir")

One Part where it can be. More only where the words do not fit: then the choices hang on the last. A picture
bears the words as its caption where it can; the other files follow, each a Part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from core.model.messages import Asked, Choice, Enclosure, Reply
from core.speech.cutting import shorten, size, split
from core.speech.enclosing import HOUSE_FILES, TELEGRAM_FILES, WHATSAPP_FILES, Carriage, named, sort_out
from core.speech.templates import Filled
from core.speech.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class Layout:
    """One channel's affordances; limits in UTF-16 units unless said otherwise (see `cutting`)."""

    name: str
    text: int
    """The longest text of one message."""
    buttons: int = 0
    """How many choices can be tapped on one message; 0: none, they are numbered or offered as words."""
    button_label: int = 0
    button_text: int = 0
    """The longest text of a message that carries buttons or a list, where it is shorter; 0: the same."""
    rows: int = 0
    """How many choices a list shows (WhatsApp's list picker); 0: no lists."""
    row_label: int = 0
    row_hint: int = 0
    key_bytes: int = 64
    """The longest key of a choice, in UTF-8 bytes."""
    can_ask: frozenset[Asked] = frozenset()
    """What it has a button of its own for."""
    plain: bool = False
    """Keep to the letters of a plain SMS: a single other one halves what a paid segment holds."""
    files: Carriage | None = None
    """The files that it carries; None: none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message as the channel will show it. At most one of `buttons` and `rows` is filled; without `files`
    there is always a text."""

    text: str
    buttons: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    ask: Asked | None = None
    prompt: str = ""
    """The words on the button that opens the list, or that shares what is asked for."""
    files: tuple[Enclosure, ...] = ()
    template: Filled | None = None
    """Approved words in place of the text, where only those may be sent."""


# Text: https://core.telegram.org/bots/api#sendmessage
# callback_data: https://core.telegram.org/bots/api#inlinekeyboardbutton
# 100 buttons, 10 kB of keyboard: https://github.com/tginfo/Telegram-Limits/issues/228 and /187. Forty of 36
# keep below both in any script, and 36 letters are what a small phone shows of a button.
TELEGRAM = Layout(
    "telegram",
    text=4096,
    buttons=40,
    button_label=36,
    can_ask=frozenset({"contact", "location"}),
    files=TELEGRAM_FILES,
)
# https://www.twilio.com/docs/api/errors/21617
WHATSAPP_PLAIN = Layout("whatsapp", text=1600, files=WHATSAPP_FILES)
# https://www.twilio.com/docs/content/twilio-quick-reply (in session, unapproved: 3 buttons, body 1,024)
# https://www.twilio.com/docs/content/twiliolist-picker (10 items of 24, description 72, body 1,024)
WHATSAPP_RICH = Layout(
    "whatsapp",
    text=1600,
    buttons=3,
    button_label=20,
    button_text=1024,
    rows=10,
    row_label=24,
    row_hint=72,
    files=WHATSAPP_FILES,
)
# https://www.twilio.com/docs/api/errors/21617; segments: https://www.twilio.com/docs/glossary/what-gsm-7
SMS = Layout("sms", text=1600, plain=True)
# Our own page (webhooks/webchat): what reads well, not what breaks.
WEBCHAT = Layout(
    "webchat",
    text=8000,
    buttons=120,
    button_label=160,
    can_ask=frozenset({"location"}),
    files=HOUSE_FILES,
)
TERMINAL = Layout("terminal", text=100_000, files=HOUSE_FILES)


ONE_LINE = 44
"""Short options stand side by side: 1 Ya   2 Tidak."""
UNFIT = re.compile("[\ud800-\udfff]")
"""Halves of characters: no channel can send them."""
OUR_MARKS = re.compile("[✅⚠📍📎📷📱🎤\ufe0f]+ ?")
PLAIN = str.maketrans(
    {"·": "-", "•": "-", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"}
    | {"→": "->", "≥": ">=", "≤": "<=", "×": "x", "½": "1/2", "\u00a0": " ", "\u202f": " "}
)
"""What typographers wrote, in the letters of https://www.twilio.com/docs/glossary/what-gsm-7."""


def fit(reply: Reply, layout: Layout, words: Texts | None = None) -> tuple[Part, ...]:
    """The reply as this channel shows it: every word of it, and a way to each option.

    Each choice is a button or row, or a numbered line to answer by its number, or a word to type,
    in the order of `reply.choices`. Files that the channel does not carry are named in the text. A reply with
    neither words nor choices nor files has no parts.
    """
    say = words or texts("id")
    carried, left = sort_out(reply.files, layout.files)
    tidy = _tidy(reply, layout, say)
    if left:
        tidy = replace(tidy, text=_naming(tidy.text, left, say))
    parts = _worded(tidy, layout, say) if tidy.text else ()
    return _enclosed(parts, carried, layout.files) if carried and layout.files else parts


def without_files(part: Part, words: Texts) -> Part:
    """The same part when the platform refuses its files: the words, and which files are missing."""
    return replace(part, text=_naming(part.text, part.files, words), files=())


def _worded(reply: Reply, layout: Layout, say: Texts) -> tuple[Part, ...]:
    part, room = _first_that_fits(_shapes(reply, layout, say))
    *before, last = split(part.text, layout.text, room)
    return (*map(Part, before), part if last == part.text else replace(part, text=last))


def _enclosed(parts: tuple[Part, ...], files: tuple[Enclosure, ...], carriage: Carriage) -> tuple[Part, ...]:
    """The words and the first files in one part where they go together; otherwise the words first."""
    most = carriage.at_once
    groups = [files[start : start + most] for start in range(0, len(files), most)]
    if len(parts) == 1 and _bears(groups[0], parts[0], carriage):
        first, *groups = groups
        parts = (replace(parts[0], files=first),)
    return (*parts, *(Part("", files=group) for group in groups))


def _bears(files: tuple[Enclosure, ...], part: Part, carriage: Carriage) -> bool:
    """Can the words stand in one message with these files?"""
    if size(part.text) > carriage.caption or not (carriage.taps or not (part.buttons or part.rows)):
        return False
    return carriage.at_once > 1 or carriage.is_picture(files[0])


def _naming(text: str, files: tuple[Enclosure, ...], say: Texts) -> str:
    return f"{text}\n\n{say.say('channels.files_elsewhere', names=named(files))}".strip()


def _first_that_fits(shapes: Iterator[tuple[Part, int]]) -> tuple[Part, int]:
    """One message if any shape makes it one; otherwise the easiest to tap, in several."""
    easiest = next(shapes)
    for part, room in chain([easiest], shapes):
        if size(part.text) <= room:
            return part, room
    return easiest


def _shapes(reply: Reply, layout: Layout, say: Texts) -> Iterator[tuple[Part, int]]:
    """Ways to show the whole reply, each with the room for its text: the easiest to tap first.

    The last can show any choices.
    """
    room = layout.button_text or layout.text
    buttons = _can_tap(reply, layout, layout.buttons)
    if buttons and (whole := _as_buttons(reply, layout)):
        yield Part(reply.text, whole, ask=reply.ask, prompt=_ask_prompt(reply, say)), room
    if not reply.ask:
        rows = _can_tap(reply, layout, layout.rows)
        to_open = say.say("channels.list")
        if rows and (whole := _as_rows(reply, layout)):
            yield Part(reply.text, rows=whole, prompt=to_open), room
        if buttons:
            yield Part(_listed(reply), _marked(reply, layout.button_label)), room
        if rows:
            yield Part(_listed(reply), rows=_marked(reply, layout.row_label), prompt=to_open), room
    told = _spell_plainly(_told(reply, layout, say)) if layout.plain else _told(reply, layout, say)
    yield Part(told, ask=reply.ask, prompt=_ask_prompt(reply, say)), layout.text


def _ask_prompt(reply: Reply, say: Texts) -> str:
    return say.say(f"channels.ask.{reply.ask}") if reply.ask else ""


def _can_tap(reply: Reply, layout: Layout, most: int) -> bool:
    keys = [len(choice.key.encode()) for choice in reply.choices]
    return 0 < len(keys) <= most and min(keys) > 0 and max(keys) <= layout.key_bytes


def _as_buttons(reply: Reply, layout: Layout) -> tuple[Choice, ...]:
    """The choices with all their words on the buttons; none when a button cannot hold them.

    Beside a button that asks, a tap comes back as the label's own words: no hint may stand behind them.
    """
    if reply.ask and any(choice.hint for choice in reply.choices):
        return ()
    whole = [Choice(c.key, _whole(c)) if c.hint else c for c in reply.choices]
    return _if_told_apart(whole, layout.button_label)


def _as_rows(reply: Reply, layout: Layout) -> tuple[Choice, ...]:
    """The choices as rows, none when they do not fit; a label that is too long stands whole in its hint."""
    rows = [
        c
        if size(c.label) <= layout.row_label
        else Choice(c.key, shorten(c.label, layout.row_label), _whole(c))
        for c in reply.choices
    ]
    if any(size(row.hint) > layout.row_hint for row in rows):
        return ()
    return _if_told_apart(rows, layout.row_label)


def _if_told_apart(choices: Sequence[Choice], room: int) -> tuple[Choice, ...]:
    labels = {choice.label.casefold() for choice in choices}
    fits = len(labels) == len(choices) and all(size(choice.label) <= room for choice in choices)
    return tuple(choices) if fits else ()


def _marked(reply: Reply, room: int) -> tuple[Choice, ...]:
    """Buttons that say as much as they can of what the text lists under the same mark."""
    return tuple(
        Choice(c.key, f"{mark} {shorten(c.label, room - size(mark) - 1)}")
        for mark, c in zip(_marks(reply), reply.choices, strict=True)
    )


def _listed(reply: Reply) -> str:
    lines = [f"{mark} {_whole(c)}" for mark, c in zip(_marks(reply), reply.choices, strict=True)]
    abreast = "   ".join(lines)
    digits = any(letter.isdigit() for c in reply.choices for letter in _whole(c))
    if size(abreast) <= ONE_LINE and not digits:
        return f"{reply.text}\n{abreast}"
    return "\n".join((reply.text, *lines))


def _marks(reply: Reply) -> list[str]:
    """1, 2, 3; where a bare number is itself an answer a, b, c, which only lead the eye to the button."""
    if reply.numbered:
        return [str(place) for place in range(1, len(reply.choices) + 1)]
    return [_letters(place) for place in range(len(reply.choices))]


def _letters(place: int) -> str:
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("a") + letter)


def _told(reply: Reply, layout: Layout, say: Texts) -> str:
    """The text with the choices to type: their numbers, or their words where a number is an answer."""
    if not reply.choices:
        return reply.text
    if reply.numbered:
        return _listed(reply)
    offered = (" / " if layout.plain else " · ").join(_whole(choice) for choice in reply.choices)
    return f"{reply.text}\n{say.say('channels.words', words=offered)}"


def _whole(choice: Choice) -> str:
    return f"{choice.label} — {choice.hint}" if choice.hint else choice.label


def _tidy(reply: Reply, layout: Layout, say: Texts) -> Reply:
    """The reply with only what the channel can ask, whole characters, and no choices without a text."""
    choices = tuple(map(_on_one_line, reply.choices))
    ask = reply.ask if reply.ask in layout.can_ask else None
    text = UNFIT.sub("�", reply.text).strip() or (say.say("channels.choose") if choices or ask else "")
    if (text, choices, ask) == (reply.text, reply.choices, reply.ask):
        return reply
    return replace(reply, text=text, choices=choices, ask=ask)


def _on_one_line(choice: Choice) -> Choice:
    label, hint = (" ".join(UNFIT.sub("�", words).split()) for words in (choice.label, choice.hint))
    if label and label == choice.label and hint == choice.hint:
        return choice
    return Choice(choice.key, label or choice.key, hint)


def _spell_plainly(text: str) -> str:
    return OUR_MARKS.sub("", text).translate(PLAIN).strip() or "-"
