from dataclasses import replace
from itertools import count

from core.dialogue.known import Fresh, House
from core.dialogue.trial import (
    Heard,
    Scene,
    Trial,
    begin,
    hear,
    kind_asked,
    row_asked,
    trial_from_json,
    trial_to_json,
)
from core.forms.form import Kind
from core.forms.plan import Plan
from core.model.people import Person
from tests.core.dialogue.citizens.citizen import tip
from tests.core.dialogue.phone import NOON, SITI, form_of

FORM = """
| survey |
| | type | name | label::Indonesia (id) | required |
| | time | jam | Jam berapa dibuka? | yes |
| | select_one ya_tidak | lengkap | Lengkap? | yes |
| | geopoint | letak | Di mana? | yes |
| | image | foto | Kirim fotonya. | yes |

| choices |
| | list_name | name | label::Indonesia (id) |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |
"""
numbers = count(1)


def fresh() -> Fresh:
    n = next(numbers)
    return Fresh(
        NOON, f"F{n:04}", f"P-{n:03}-AAA", "K7Q2-M9TD", f"u{n}", 0.5, f"K-{n:03}-AAA", "7Q2M-K9TD-4XW1-B6RF"
    )


def scene(person: Person | None = SITI) -> Scene:
    return Scene(Plan(form_of(FORM) if person else tip()), person, House(), "id")


def through_text(trial: Trial) -> Trial:
    kept = trial_from_json(trial_to_json(trial))
    assert kept == replace(trial, choices=kept.choices)
    return kept


def test_a_form_is_tried_to_its_end() -> None:
    here = scene()
    trial = through_text(begin(here, fresh()))
    assert "Jam berapa dibuka?" in trial.lines[-1].text
    assert row_asked(here, trial) == 2
    trial = hear(here, trial, Heard("ngawur"), fresh())
    assert row_asked(here, trial) == 2
    trial = through_text(hear(here, trial, Heard("jam 7 lewat 20"), fresh()))
    assert trial.answers["jam"].startswith("07:20")
    assert row_asked(here, trial) == 3
    yes = next(choice for choice in trial.choices if choice.label == "Ya")
    trial = through_text(hear(here, trial, Heard(choice=yes.key), fresh()))
    assert (trial.lines[-2].is_theirs, trial.lines[-2].text) == (True, "Ya")
    trial = hear(here, trial, Heard(sends="pin"), fresh())
    assert trial.answers["letak"].startswith("-0.5022")
    assert kind_asked(here, trial) is Kind.IMAGE
    trial = hear(here, trial, Heard(sends="file"), fresh())
    assert trial.answers["foto"].startswith("contoh")
    send = next(choice for choice in trial.choices if choice.key == "c:send")
    assert not trial.is_over
    trial = through_text(hear(here, trial, Heard(choice=send.key), fresh()))
    assert trial.is_over
    assert trial.answers["lengkap"] == "ya"
    assert row_asked(here, trial) == 0


def test_a_citizen_is_asked_for_consent_first() -> None:
    here = scene(None)
    trial = begin(here, fresh())
    agree = next(choice for choice in trial.choices if choice.label == "Setuju")
    trial = hear(here, trial, Heard(choice=agree.key), fresh())
    secret = next(choice for choice in trial.choices if choice.label == "Rahasia")
    trial = hear(here, trial, Heard(choice=secret.key), fresh())
    assert row_asked(here, trial) > 0


def test_nothing_said_stops_it() -> None:
    here = scene()
    trial = begin(here, fresh())
    for said in (
        "",
        "menu",
        "laporan saya",
        "x" * 5000,
        "/start",
        "batal",
        "ya",
        "K-001-AAA",
        "\ud800",
        "pungut",
    ):
        trial = hear(here, trial, Heard(said), fresh())
    for key in ("c:send", "a:nobody:1:1", "f:nothing", "", "x" * 64):
        trial = hear(here, trial, Heard(choice=key), fresh())
    assert trial.lines[-1].text
