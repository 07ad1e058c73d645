"""What an error code means is the same whether it comes at once or in a status callback."""

import pytest

from bot.channels.twilio_errors import ALARM, LATER, NEVER, reason, refusal


@pytest.mark.parametrize(
    ("status", "code", "again", "why"),
    [
        (400, 63016, "never", "window"),
        (400, 21610, "never", "stopped"),
        (400, 21211, "never", "no such number"),
        (400, 21614, "never", "no such number"),
        (400, 21617, "never", "too long"),
        (400, 30001, "later", "queue full"),
        (400, 21611, "later", "queue full"),
        (429, 20429, "later", "too fast"),
        (401, 20003, "later", "credentials refused"),
        (403, 0, "later", "credentials refused"),
        (502, 0, "later", "twilio failed with 502"),
        (400, 99999, "never", "twilio error 99999"),
    ],
)
def test_refusal(status: int, code: int, again: str, why: str) -> None:
    failed = refusal(status, code)
    assert (failed.again, failed.reason) == (again, why)
    assert failed.alarm is (status in {401, 403})


def test_no_code_means_two_things() -> None:
    assert len(ALARM | LATER | NEVER) == len(ALARM) + len(LATER) + len(NEVER)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("63016", "window"),
        ("30005", "no such number"),
        ("63018", "too fast"),
        ("30008", "twilio error 30008"),
        ("", "twilio error unnamed"),
        ("²", "twilio error ²"),
    ],
)
def test_reason_of_a_late_failure(code: str, why: str) -> None:
    assert reason(code) == why
