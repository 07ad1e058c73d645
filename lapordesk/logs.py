"""What the process says of itself: a line an event on the standard error, with message ids, never with words.

timestamp=2026-11-23T00:02:11Z level=error event=turn.failed message=8812 error=KeyError at=respond.py:41

Our own lines say only what is handed to them. What libraries log may quote what somebody wrote (an
exception's message, asyncio's repr of a task), so of theirs only the place and the kind are told.

Who cannot tell what happened goes on with their work: a line lost on a full disk must stop nobody.
"""

import logging
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

NEVER_TOLD = ("exc_info", "exception", "stack", "stack_info")
SERVER = "uvicorn"
LONGEST = 200


def configure_logs(stream: TextIO = sys.stderr) -> None:
    """To be called once, before anything runs."""
    structlog.configure(
        processors=[
            _without_traces,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso", utc=True),
            structlog.processors.LogfmtRenderer(
                key_order=("timestamp", "level", "event"), bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Lines(stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_Handler()]
    root.setLevel(logging.WARNING)
    threading.excepthook = _tell_of_thread


class _Lines(structlog.PrintLogger):
    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


class _Handler(logging.Handler):
    """The libraries' lines, as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        told: dict[str, object] = {"logger": record.name, "at": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[0]:
            told |= {"error": record.exc_info[0].__name__, "from": _place(record.exc_info[2])}
        elif record.name.partition(".")[0] == SERVER:
            told["says"] = record.getMessage().partition("\n")[0][:LONGEST]
        _tell(record.levelno, "library", **told)


def _tell(level: int, event: str, **told: object) -> None:
    structlog.get_logger().log(level // 10 * 10, event, **told)


def _tell_of_thread(fallen: threading.ExceptHookArgs) -> None:
    thread = fallen.thread.name if fallen.thread else ""
    place = _place(fallen.exc_traceback)
    _tell(logging.ERROR, "thread.fell over", thread=thread, error=fallen.exc_type.__name__, at=place)


def _without_traces(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A traceback ends in the exception's message, and its frames may hold more."""
    return {name: value for name, value in event.items() if name not in NEVER_TOLD}


def _place(trace: TracebackType | None) -> str:
    """Where it was raised."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
