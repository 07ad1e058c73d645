"""How replies, answers and flags are written as JSON before they are sealed.

{"text": "2/14 · Apa sebabnya?", "choices": [["f7:2:logistik", "Logistik", ""]], "numbered": false}
{"values": {"jam_buka": "07:20:00.000+08:00"}, "counts": {}}
"""

import json
from collections.abc import Sequence

from core.model.messages import Choice, Enclosure, Reply, Template
from core.model.records import Answers, Flag


def write_reply(reply: Reply) -> str:
    content: dict[str, object] = {"text": reply.text}
    if reply.choices:
        content["choices"] = [[choice.key, choice.label, choice.hint] for choice in reply.choices]
    if not reply.numbered:
        content["numbered"] = False
    if reply.ask is not None:
        content["ask"] = reply.ask
    if reply.files:
        content["files"] = [[file.name, file.content_type, file.ref, file.size] for file in reply.files]
    if reply.template is not None:
        template = reply.template
        content["template"] = [template.purpose, template.variables, template.announces]
    return _json(content)


def read_reply(text: str) -> Reply:
    content = json.loads(text)
    choices = tuple(Choice(*choice) for choice in content.get("choices", ()))
    files = tuple(Enclosure(*file) for file in content.get("files", ()))
    return Reply(
        content["text"],
        choices,
        content.get("numbered", True),
        content.get("ask"),
        files,
        _template(*content["template"]) if "template" in content else None,
    )


def _template(purpose: str, variables: Sequence[str], announces: bool) -> Template:
    return Template(purpose, tuple(variables), announces)


def write_answers(answers: Answers) -> str:
    return _json({"values": dict(answers.values), "counts": dict(answers.counts)})


def read_answers(text: str) -> Answers:
    content = json.loads(text)
    return Answers(content["values"], content["counts"])


def words_of(answers: Answers) -> set[str]:
    """Every word of the answers: some of them are the ids of pictures."""
    return {word for value in answers.values.values() for word in value.split()}


def write_flags(flags: tuple[Flag, ...]) -> str:
    return _json([[flag.place, flag.reason] for flag in flags])


def read_flags(text: str) -> tuple[Flag, ...]:
    return tuple(Flag(place, reason) for place, reason in json.loads(text))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
