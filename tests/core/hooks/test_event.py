"""What is told of a thing: where to read of it, and not a word of anybody."""

import json

from core.hooks.event import API, moving_event, opening_event, report_event, trial_event
from core.model.cases import NoteKind
from desk.api.app import PATH
from tests.storage.case_samples import case, noted, opened
from tests.storage.kaltim import NOW
from tests.storage.samples import filed

WORDS = ("amplop", "Tuan Contoh", "balai desa", "saksi", "1005")


def test_a_case_without_its_story_and_its_village() -> None:
    event = opening_event(opened().case, NOW)
    assert json.loads(event.body) == {
        "type": "case.opened",
        "timestamp": "2024-11-27T00:30:00Z",
        "data": {
            "number": "K-7K2-M9Q",
            "serial": 1,
            "procedure": "informasi-awal",
            "state": "diterima",
            "area": "64.72",
            "address": "/api/v1/cases/K-7K2-M9Q",
        },
    }
    assert not [word for word in WORDS if word in event.body]
    assert event.body.isascii()


def test_only_a_move_is_told() -> None:
    for kind in NoteKind:
        act = noted(case(), kind, state="kajian-awal")
        event = moving_event(act.case, act.note, NOW)
        assert (event is not None) is (kind in (NoteKind.MOVED, NoteKind.CONTESTED))


def test_a_report_without_its_answers() -> None:
    report = filed("P-1", 7, catatan="Semua aman, kata Budi")
    event = report_event("report.filed", "P-1", "lhp", "64.72.03", report.latest, NOW)
    assert (event.area, event.subject) == ("64.72.03", "P-1")
    assert "aman" not in event.body
    assert json.loads(event.body)["data"]["address"] == "/api/v1/reports/P-1"


def test_a_test_tells_nothing() -> None:
    assert json.loads(trial_event(3, NOW).body)["data"] == {"hook": 3}


def test_the_rest_is_read_where_the_api_is() -> None:
    assert API == PATH
