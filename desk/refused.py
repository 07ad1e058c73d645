"""What the desk does not do, and why; the API makes a problem of it, a command one line."""

from collections.abc import Callable

from core.speech.texts import Texts


class Refused(Exception):
    """It cannot be had as it was meant; `code` names the trouble, its sentence is api.<code>."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: Callable[[Texts], str] | None = None,
        *,
        wait: int = 0,
        errors: object = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        """As HTTP has it."""
        self.code = code
        self.detail = detail
        self.wait = wait
        """Seconds after which it may be tried again."""
        self.errors = errors


def unknown() -> Refused:
    """There is none, or it is not theirs: nobody learns which."""
    return Refused(404, "unknown")


def outrun() -> Refused:
    """Somebody was faster."""
    return Refused(409, "outrun")
