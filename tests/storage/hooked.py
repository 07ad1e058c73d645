"""Systems that are told, as the tests need them."""

from collections.abc import Collection

from core.hooks.event import KINDS
from core.model.people import Role
from storage.book import Book
from storage.hook_outbox import HookErrand
from storage.hooks import Hook
from storage.staff import Member
from tests.storage.kaltim import NOW

ADDRESS = "https://data.contoh.example/lapordesk?kunci=rahasia"


def overseer(book: Book, role: Role = Role.PROVINSI, area: str = "64") -> Member:
    email = f"{role.value}-{area or 'ri'}@contoh.example"
    return book.staff.by_email(email) or book.staff.add(email, "Tono Contoh", role, area, NOW)


def hooked(
    book: Book,
    area: str = "64",
    kinds: Collection[str] = KINDS,
    owner: Member | None = None,
    address: str = ADDRESS,
) -> tuple[Hook, str]:
    whose = owner or overseer(book)
    return book.hooks.add(whose.id, area, address, kinds, NOW)


def claimed(book: Book, most: int = 50) -> list[HookErrand]:
    return book.hook_outbox.claim(NOW, 30, "test", most, {})
