"""The commands of `lapordesk`: what was typed becomes a call and an exit code, a failure one clear line."""

import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version

from cyclopts import App, CoercionError, CycloptsError, Group, MissingArgumentError, UnknownOptionError
from cyclopts.exceptions import UnknownCommandError
from sqlalchemy.exc import OperationalError

from core.speech.texts import Texts, texts
from lapordesk.commands import (
    areas,
    audit,
    backups,
    broadcasts,
    cases,
    clock,
    custodians,
    demo,
    digest,
    doctor,
    elections,
    events,
    evidence,
    export,
    forms,
    hooks,
    identity,
    ledger,
    outbox,
    papers,
    people,
    procedures,
    reports,
    search,
    service,
    staff,
    topics,
    whatsapp,
)
from lapordesk.commands.console import CommandFailed, Console
from lapordesk.settings import SettingsWrong, spoken_language
from storage.areas_source import UnknownProvince
from storage.keys import KeysUnusable
from storage.migrate import NewerDatabase
from storage.sqlite import AlreadyServed
from storage.store import StoreUnusable
from storage.vaults.vault import Away

FAILED, MISUSED, INTERRUPTED = 1, 2, 130

COMMANDS: dict[str, Callable[..., int | None]] = {
    "serve": service.serve,
    "migrate": service.migrate,
    "chat": service.chat,
    "areas load": areas.load,
    "areas import": areas.import_file,
    "people import": people.import_file,
    "people add": people.add,
    "people invite": people.invite,
    "people vacancies": people.vacancies,
    "forms check": forms.check,
    "forms publish": forms.publish,
    "forms list": forms.list_forms,
    "forms export": forms.export,
    "forms guide": forms.guide,
    "procedures check": procedures.check,
    "procedures publish": procedures.publish,
    "procedures list": procedures.list_procedures,
    "procedures export": procedures.export,
    "elections check": elections.check,
    "elections publish": elections.publish,
    "elections list": elections.list_elections,
    "elections export": elections.export,
    "events import": events.import_file,
    "events list": events.list_events,
    "ledger show": ledger.show,
    "remind": clock.remind,
    "clock list": clock.list_jobs,
    "broadcast preview": broadcasts.preview,
    "broadcast send": broadcasts.send,
    "broadcast status": broadcasts.status,
    "broadcast stop": broadcasts.stop,
    "outbox held": outbox.held,
    "outbox release": outbox.release,
    "outbox drop": outbox.drop,
    "topics check": topics.check,
    "topics publish": topics.publish,
    "topics list": topics.list_topics,
    "topics export": topics.export,
    "digest": digest.digest,
    "export reports": export.reports,
    "export cases": export.cases,
    "reports recount": reports.recount,
    "cases list": cases.list_cases,
    "cases show": cases.show,
    "cases move": cases.move,
    "cases note": cases.note,
    "cases ask": cases.ask,
    "cases assign": cases.assign,
    "cases hold": cases.hold,
    "cases erase": cases.erase,
    "cases export": cases.export,
    "cases bundle": papers.bundle_case,
    "cases reindex": search.reindex,
    "papers laporan": papers.laporan,
    "papers tanda-terima": papers.tanda_terima,
    "papers formulir-a": papers.formulir_a,
    "staff add": staff.add,
    "staff list": staff.list_staff,
    "staff end": staff.end,
    "staff invite": staff.invite,
    "staff token": staff.token,
    "staff revoke": staff.revoke,
    "hooks add": hooks.add,
    "hooks list": hooks.list_hooks,
    "hooks stop": hooks.stop,
    "hooks test": hooks.test,
    "audit verify": audit.verify,
    "custodians add": custodians.add,
    "custodians recovery": custodians.recovery,
    "custodians list": custodians.list_custodians,
    "custodians retire": custodians.retire,
    "identity open": identity.open_identity,
    "whatsapp buttons": whatsapp.buttons,
    "backup": backups.backup,
    "restore": backups.restore,
    "whatsapp templates": whatsapp.templates,
    "evidence copy": evidence.copy,
    "evidence alike": evidence.alike,
    "doctor": doctor.doctor,
    "demo": demo.demo,
}


MISUSES = {
    UnknownCommandError: "command",
    UnknownOptionError: "option",
    MissingArgumentError: "missing",
    CoercionError: "value",
}
FILES = {FileNotFoundError: "missing", IsADirectoryError: "folder", PermissionError: "forbidden"}
REFUSALS: dict[type[Exception], str] = {
    AlreadyServed: "served",
    KeysUnusable: "keys",
    NewerDatabase: "newer",
    StoreUnusable: "store",
    UnknownProvince: "province",
}
EXPECTED: tuple[type[Exception], ...] = (CommandFailed, CycloptsError, OperationalError, OSError, *REFUSALS)


def main() -> None:
    """What the `lapordesk` script calls."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Do one command and give the exit code; what went wrong stands on the standard error, one line each."""
    try:
        return _do(arguments)
    except SettingsWrong as error:
        return _stopped(FAILED, *error.lines)
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough; Python would complain while it closes.
        sys.stdout = None
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except EXPECTED as error:
        return _stopped(MISUSED if isinstance(error, CycloptsError) else FAILED, _told(error))


def commands(speak: Texts) -> App:
    """All commands, their help in the language of the texts."""
    app = _group("lapordesk", speak.say("commands.help"), speak)
    app.version = lambda: version("lapordesk")
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


def _told(error: Exception) -> str:
    """The one line for something that may well go wrong."""
    say = texts(spoken_language()).say
    match error:
        case CommandFailed():
            return say(error.key, **error.values)
        case CycloptsError():
            return say(f"commands.misused.{MISUSES.get(type(error), 'other')}", found=_first_line(error))
        case OperationalError():
            return say("commands.database", reason=_first_line(error.orig or error))
        case Away():
            return say("commands.file.away", reason=error.strerror)
        case OSError():
            key = next((key for kind, key in FILES.items() if isinstance(error, kind)), "other")
            return say(f"commands.file.{key}", file=error.filename or "", reason=error.strerror or error)
        case _:
            return say(f"commands.refused.{REFUSALS[type(error)]}", reason=_first_line(error))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]


def _group(name: str, told: str, speak: Texts) -> App:
    return App(
        name=name,
        help=told,
        group_commands=Group(speak.say("commands.help.group.commands")),
        group_parameters=Group(speak.say("commands.help.group.options")),
        group_arguments=Group(speak.say("commands.help.group.arguments")),
    )


def _stopped(code: int, *lines: str) -> int:
    for line in lines:
        print(f"lapordesk: {line}", file=sys.stderr)
    return code
