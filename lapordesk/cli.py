"""The commands of `lapordesk`: what was typed becomes one call and one exit code, a failure one clear line."""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Group
from sqlalchemy.exc import OperationalError

from core.speech.texts import Texts, texts
from lapordesk.commands import areas, demo, doctor, export, forms, people, service
from lapordesk.commands.console import CommandFailed, Console
from lapordesk.settings import SettingsWrong, spoken_language
from storage.keys import KeysUnusable
from storage.sqlite import AlreadyServed
from storage.store import StoreUnusable

FAILED, MISUSED, INTERRUPTED = 1, 2, 130

COMMANDS = {
    "serve": service.serve,
    "migrate": service.migrate,
    "chat": service.chat,
    "areas load": areas.load,
    "areas import": areas.import_file,
    "people import": people.import_file,
    "people add": people.add,
    "people invite": people.invite,
    "forms check": forms.check,
    "forms publish": forms.publish,
    "forms list": forms.list_forms,
    "forms export": forms.export,
    "export reports": export.reports,
    "doctor": doctor.doctor,
    "demo": demo.demo,
}


def main() -> None:
    """What the `lapordesk` script calls."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Do one command and give the exit code; what went wrong stands on the standard error, one line each."""
    try:
        return _do(arguments)
    except CycloptsError as error:
        return _stopped(MISUSED, str(error))
    except SettingsWrong as error:
        return _stopped(FAILED, *error.lines)
    except CommandFailed as error:
        return _stopped(FAILED, texts(spoken_language()).say(error.key, **error.values))
    except (AlreadyServed, KeysUnusable, StoreUnusable) as error:
        return _stopped(FAILED, str(error))
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        return _stopped(FAILED, texts(spoken_language()).say("commands.database", reason=reason))
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough; Python would complain while it closes.
        sys.stdout = None
        return FAILED
    except OSError as error:
        return _stopped(FAILED, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return INTERRUPTED


def commands(speak: Texts) -> App:
    """All commands, their help in the language of the texts."""
    app = _group("lapordesk", speak.say("commands.help"), speak, version=version("lapordesk"))
    nouns: dict[str, App] = {}
    for name, command in COMMANDS.items():
        noun, _, verb = name.rpartition(" ")
        if noun and noun not in nouns:
            nouns[noun] = _group(noun, speak.say(f"commands.help.{noun}"), speak)
            app.command(nouns[noun])
        # cyclopts reads the help of a command and of its options from the docstring.
        command.__doc__ = speak.say(f"commands.help.{name.replace(' ', '.')}")
        nouns.get(noun, app).command(command, name=verb)
    return app


def _do(arguments: Sequence[str]) -> int:
    app = commands(texts(spoken_language()))
    command, bound, asked = app.parse_args(arguments, exit_on_error=False, print_error=False)
    console = {name: Console.open() for name in asked}
    return command(*bound.args, **bound.kwargs, **console) or 0


def _group(name: str, told: str, speak: Texts, **more: str) -> App:
    return App(
        name=name,
        help=told,
        group_commands=Group(speak.say("commands.help.group.commands")),
        group_parameters=Group(speak.say("commands.help.group.options")),
        group_arguments=Group(speak.say("commands.help.group.arguments")),
        **more,
    )


def _stopped(code: int, *lines: str) -> int:
    for line in lines:
        print(f"lapordesk: {line}", file=sys.stderr)
    return code
