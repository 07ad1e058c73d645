"""The desk asks whoever filed a report; the question comes to their chat with a button to answer it.

j:P-7K2-M9Q   the button; where there is none "jawab" is typed, and the answer after it
"""

from core.cases.acts import LONGEST, Refusal
from core.model.cases import Actor
from core.model.effects import Inquired
from core.model.messages import Choice, Reply, Template
from core.model.records import Report
from core.speech.texts import LANGUAGES, texts

KEY = "j"
"""What the button's key begins with."""


def inquire(report: Report, actor: Actor, text: str) -> Inquired | Refusal:
    """To whoever stands behind the report as it is now."""
    question = text.strip()
    if not question:
        return Refusal("cases.refused.empty")
    if len(question) > LONGEST:
        return Refusal("cases.refused.too_long", {"longest": LONGEST})
    return Inquired(report.number, report.latest.person, actor.key, question, _replies(report, question))


def _replies(report: Report, question: str) -> dict[str, Reply]:
    return {language: _reply(report.number, question, language) for language in LANGUAGES}


def _reply(number: str, question: str, language: str) -> Reply:
    speak = texts(language)
    return Reply(
        speak.say("inquiries.asked", number=number, question=question),
        (Choice(f"{KEY}:{number}", speak.say("inquiries.answer")),),
        # Not numbered: a bare 1 may be the answer to a question of a form that stands open.
        numbered=False,
        template=Template("news", announces=True),
    )
