"""`lapordesk hooks`: the systems of others that are told what happens here."""

from core.hooks.event import KINDS
from core.model.cases import OPERATOR
from desk import hooking
from desk.refused import Refused
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.staff import known
from storage.book import Book
from storage.hook_addresses import is_at_home
from storage.hooks import Hook


def add(email: str, address: str, *, kinds: str = "", area: str | None = None, console: Given) -> None:
    wanted = kinds.replace(",", " ").split() or list(KINDS)
    is_local = is_at_home(console.settings.public_url or "")
    with console.store() as store, store.begin() as book:
        owner = known(book, email)
        where = owner.area if area is None else area
        try:
            hook, secret = hooking.add(
                book, owner.actor, where, address, wanted, console.now, by=OPERATOR, is_local=is_local
            )
        except Refused as refused:
            raise CommandFailed(f"hooks.refused.{refused.code}") from None
    console.say("hooks.command.added", number=hook.id, address=hook.address)
    console.say("hooks.command.secret", secret=secret)


def list_hooks(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        lines = [_line(console, book, one) for one in book.hooks.under("")]
    if not lines:
        raise CommandFailed("hooks.none")
    console.listed(lines)


def stop(number: int, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        if not book.hooks.stop(number, console.now):
            raise CommandFailed("hooks.command.unknown", number=number)
        book.audit.write(OPERATOR.key, "hook.stopped", f"hook:{number}", {}, console.now)
    console.say("hooks.command.done", number=number)


def test(number: int, *, console: Given) -> None:
    """Sent by the process that delivers."""
    with console.store() as store, store.begin() as book:
        hook = book.hooks.get(number)
        if hook is None or hook.stopped_at is not None:
            raise CommandFailed("hooks.command.unknown", number=number)
        event = book.hook_outbox.try_out(number, console.now)
    console.say("hooks.command.tested", event=event)


def _line(console: Console, book: Book, hook: Hook) -> str:
    state = "stopped" if hook.stopped_at else "failing" if hook.failing_since else "well"
    last = next(iter(book.hook_outbox.of(hook.id)), None)
    told = console.texts.say(f"hooks.state.{last.state}") if last else "-"
    status = f" ({last.status})" if last and last.status else ""
    return console.texts.say(
        "hooks.command.row",
        number=hook.id,
        state=console.texts.say(f"hooks.command.{state}"),
        area=hook.area or "Indonesia",
        address=hook.address,
        kinds=", ".join(hook.kinds),
        last=told + status,
    )
