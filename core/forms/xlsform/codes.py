"""Whether the codes of a form can be told apart in an SMS, and its example can be read."""

import re
from collections.abc import Iterator

from core.forms.coded import SPOKEN, begins_with, decode, slots_of
from core.forms.form import Form, Item, Kind, Question, Repeat
from core.forms.problems import Problems

CODE = re.compile(r"[A-Z][A-Z0-9]{0,5}|\d{1,2}")


def check_codes(form: Form, problems: Problems) -> None:
    for question in form.questions():
        if question.sms:
            _check(question, form, problems)
    for question in _repeated(form.items):
        if question.sms:
            problems.refuse("survey", question.row, "sms", "forms.sms.repeat", name=question.name)
    if form.purpose.sms:
        _check_example(form, problems)


def _check(question: Question, form: Form, problems: Problems) -> None:
    if not CODE.fullmatch(question.sms):
        problems.refuse("survey", question.row, "sms", "forms.sms.code", code=question.sms)
    if question.kind not in SPOKEN:
        kinds = ", ".join(sorted(SPOKEN))
        problems.refuse("survey", question.row, "sms", "forms.sms.kind", kind=question.kind, allowed=kinds)
    shared = slots_of(form)[question.sms]
    if question.kind is Kind.TEXT and len(shared) > 1:
        problems.refuse("survey", question.row, "sms", "forms.sms.text", code=question.sms)


def _check_example(form: Form, problems: Problems) -> None:
    """The guide prints it: whoever copies it must be understood."""
    rest = begins_with(form.purpose.sms, form)
    read = decode(rest, form) if rest is not None else None
    left = " ".join(read.unmatched) if read else form.purpose.sms
    if read is None or left or not read.values:
        problems.refuse("lapordesk", 0, "sms", "forms.sms.example", name=form.name.upper(), left=left)


def _repeated(items: tuple[Item, ...], *, inside: bool = False) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Question):
            if inside:
                yield item
        else:
            yield from _repeated(item.items, inside=inside or isinstance(item, Repeat))
