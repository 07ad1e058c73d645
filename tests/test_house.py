"""What must always be so: imports point down, the rules are pure, effects are recorded, names are kept."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model import effects
from lapordesk.cli import COMMANDS
from lapordesk.settings import PREFIX, Settings

HOUSE = Path(__file__).parent.parent
MAY_IMPORT = {
    "core": set(),
    "storage": {"core"},
    "bot": {"storage", "core"},
    "scheduler": {"bot", "storage", "core"},
    "webhooks": {"bot", "storage", "core"},
    "desk": {"storage", "core"},
    "lapordesk": {"webhooks", "desk", "scheduler", "bot", "storage", "core"},
}
FLOORS = tuple(MAY_IMPORT)
MODULES = [path for floor in FLOORS for path in sorted((HOUSE / floor).rglob("*.py"))]
RULES = [path for path in MODULES if path.is_relative_to(HOUSE / "core")]

PURE_LIBRARIES = {"babel", "holidays", "openpyxl", "phonenumbers", "pyxform", "snowballstemmer", "xlrd"}
"""openpyxl and xlrd read workbooks for pyxform; here too they are given bytes, never a file."""
WORLDLY = frozenset(
    [
        *("asyncio", "concurrent", "glob", "http", "logging", "multiprocessing", "os", "pathlib", "random"),
        *(
            "secrets",
            "select",
            "shutil",
            "signal",
            "socket",
            "sqlite3",
            "subprocess",
            "tempfile",
            "threading",
        ),
        *("time", "urllib"),
    ]
)
WORLDLY_CALLS = {"now", "utcnow", "today", "uuid1", "uuid4", "monotonic", "urandom"}
VAGUE_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
LONGEST = 400

SETTINGS = """
    DATA DATABASE_URL MEDIA_URL KEY_FILE HOST PORT PUBLIC_URL TELEGRAM_TOKEN TELEGRAM_SECRET TELEGRAM_API_URL
    TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_WHATSAPP_FROM TWILIO_SMS_FROM TWILIO_API_URL TELEGRAM_PACE
    TWILIO_PACE PROVINCE TIMEZONE LANGUAGE
"""
KEPT_COMMANDS = frozenset(
    [
        *("serve", "migrate", "areas load", "areas import", "people import", "people add", "forms check"),
        *("forms publish", "forms list", "forms export", "chat", "export reports", "doctor", "demo"),
        *("export cases", "staff add", "audit verify", "custodians recovery", "identity open"),
    ]
)


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), name_of(path))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level name of everything that a module imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    floor = path.relative_to(HOUSE).parts[0]
    upwards = set(imports_of(path)) & (set(FLOORS) | {"tests"}) - MAY_IMPORT[floor] - {floor}
    assert not upwards, f"{name_of(path)} may not import {', '.join(sorted(upwards))}"


@pytest.mark.parametrize("path", RULES, ids=name_of)
def test_the_rules_know_nothing_of_the_world(path: Path) -> None:
    outside = set(imports_of(path)) - {"core"} - PURE_LIBRARIES
    worldly = outside & WORLDLY | outside - sys.stdlib_module_names
    assert not worldly, f"{name_of(path)} imports {', '.join(sorted(worldly))}"


@pytest.mark.parametrize("path", RULES, ids=name_of)
def test_the_rules_have_no_clock_no_chance_and_do_not_wait(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        place = f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), f"{place} waits"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                assert called.id not in {"open", "print", "input"} | WORLDLY_CALLS, (
                    f"{place} calls {called.id}"
                )
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                worldly = (
                    called.value.id in {"datetime", "date", "uuid", "os"} and called.attr in WORLDLY_CALLS
                )
                assert not worldly, f"{place} calls {called.value.id}.{called.attr}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_module_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} opens without a sentence"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST, f"two things may live in {name_of(path)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_say_something(path: Path) -> None:
    vague = [part for part in path.relative_to(HOUSE).with_suffix("").parts if VAGUE_NAMES.search(part)]
    assert not vague, f"{name_of(path)}: name the one thing in it"


def test_each_effect_is_recorded() -> None:
    recorded = {
        node.cls.id
        for node in ast.walk(tree_of(HOUSE / "storage" / "record.py"))
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
    }
    decided = {effect.__name__ for effect in effects.Effect.__args__}
    assert decided <= recorded, f"storage/record.py does not know {decided - recorded}"


def test_the_fixed_settings_are_there() -> None:
    assert {name.upper() for name in Settings.model_fields} >= set(SETTINGS.split())


def test_the_fixed_commands_are_there() -> None:
    assert COMMANDS.keys() >= KEPT_COMMANDS


def test_the_manual_names_every_setting_and_command() -> None:
    manual = (HOUSE / "docs" / "operators.md").read_text()
    missing = [name for name in COMMANDS if f"`lapordesk {name}" not in manual]
    missing += [PREFIX + name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in manual]
    assert not missing


def test_the_locks_name_no_host() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (HOUSE / lock).read_text(), lock


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    """`tools/prepare.sh` takes an environment made from the one as good for the other."""

    def pinned(lock: str) -> set[str]:
        return {
            line.split(" ")[0] for line in (HOUSE / lock).read_text().splitlines() if re.match(r"\S+==", line)
        }

    assert pinned("requirements.lock") <= pinned("requirements-dev.lock")


def test_everything_that_runs_is_in_the_wheel() -> None:
    build = (HOUSE / "pyproject.toml").read_text()
    assert all(f'"{floor}"' in build for floor in FLOORS)
