"""The guide to a form's coded SMS, a page to print and take along."""

from datetime import datetime

from core.forms.guide import Guide
from core.speech.texts import texts
from desk.papers.drawing import paper_words
from desk.papers.printing import print_paper

STEPS = ("begin", "order", "missing", "send", "picture")


def draw_guide(guide: Guide, number: str, area: str, now: datetime, language: str = "id") -> bytes:
    """`number` is where the SMS goes to; empty leaves a line to write it on."""
    say = texts(language).say
    words = {
        **paper_words(guide.word, area, now, language),
        "title": say("coded.guide.title", form=guide.title),
        "to": say("coded.guide.to"),
        "number": number,
        "code": say("coded.guide.code"),
        "answers": say("coded.guide.answers"),
        "example": say("coded.guide.example"),
        "language": language,
        "steps": "\n".join(say(f"coded.guide.step.{step}", word=guide.word) for step in STEPS),
    }
    return print_paper("panduan-sms", guide, words, now)
