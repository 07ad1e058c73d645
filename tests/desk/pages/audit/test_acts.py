"""Every act that the code can write into the audit log has words for the page, in each language."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.model.cases import NoteKind
from core.speech.texts import LANGUAGES, texts
from desk.api.dossier import FORMS
from desk.pages.audit.leafing import act_in_words

ROOT = Path(__file__).parents[4]
FOLDERS = ("bot", "desk", "lapordesk", "scheduler", "storage", "webhooks")
DRAWN = {"case.": [kind.value for kind in NoteKind], "paper.": list(FORMS)}
"""What may follow where an act is put together."""
ACT = 1
"""Of the arguments of `audit.write`."""


@dataclass(frozen=True)
class Part:
    """A function, and the file that it stands in."""

    file: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef

    def calls(self, name: str) -> Iterator[ast.Call]:
        for node in ast.walk(self.node):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                yield node


def parts() -> list[Part]:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    return [
        Part(file, node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def acts_in(argument: ast.expr, writer: Part, every: list[Part]) -> set[str]:
    """Written out, put together, or given by whoever calls the function."""
    match argument:
        case ast.Constant(value=str(act)):
            return {act}
        case ast.JoinedStr(values=[ast.Constant(value=str(begins)), _]):
            return {begins + ends for ends in DRAWN[begins]}
        case ast.Name(id=name) if name.isupper():
            return {_constant(name, writer.file)}
        case ast.Name(id=name):
            place = [one.arg for one in writer.node.args.args].index(name)
            called = writer.node.name
            callers = [one for one in every if one.file == writer.file or not called.startswith("_")]
            return {
                act
                for part in callers
                for call in part.calls(called)
                for act in acts_in(call.args[place], part, every)
            }
    raise AssertionError(f"what does {writer.node.name} write? {ast.unparse(argument)}")


def _constant(name: str, file: Path) -> str:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Constant(value=str(act))) if (
                found == name
            ):
                return act
    raise AssertionError(f"what is {name} in {file}?")


def every_act() -> set[str]:
    every = parts()
    return {
        act
        for part in every
        for call in part.calls("write")
        if ast.unparse(call.func).endswith(("book.audit.write", "self._audit.write"))
        for act in acts_in(call.args[ACT], part, every)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_words(language: str) -> None:
    acts, words = every_act(), texts(language)
    assert {
        "case.moved",
        "paper.tanda-terima",
        "bundle.packed",
        "custodian.retired",
        "form.published",
        "database.copied",
    } <= acts
    assert [act for act in sorted(acts) if act_in_words(act, words) == act] == []
