"""The citizens' menu: every form for citizens, what was begun, and whom a visitor of the demo may be."""

import pytest

from core.model.messages import Channel
from core.speech.texts import texts
from tests.core.dialogue.citizens.citizen import Citizen, tip
from tests.core.dialogue.phone import SITI, Phone, form_of
from tests.core.dialogue.samples import THREE, form

PPID = """
| survey |
| | type | name | label::Indonesia (id) | label::English (en) | required |
| | text | informasi | Informasi apa yang diminta? | Which information is asked for? | yes |
| settings |
| | form_id | version | form_title::Indonesia (id) | form_title::English (en) | default_language |
| | ppid | 1 | Permohonan informasi | Public information request | Indonesia (id) |
| lapordesk |
| | key | value |
| | kind | information |
| | audience | public |
| | opens | informasi-publik |
| | story | informasi |
"""


def test_every_form_for_citizens_is_offered_and_no_other() -> None:
    citizen = Citizen(forms=(tip(), form_of(PPID), form(THREE)))
    labels = [choice.label for choice in citizen.send("halo").choices]
    assert labels[:3] == ["Sampaikan aduan", "Permohonan informasi", "Cek kabar"]


def test_information_is_asked_for_like_anything_else() -> None:
    citizen = Citizen(forms=(tip(), form_of(PPID)))
    citizen.send("halo")
    citizen.tap("Permohonan informasi")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    citizen.send("jumlah pengawas TPS di Loa Janan")
    citizen.tap("Kirim")
    assert citizen.drawer.case.procedure == "informasi-publik"
    assert citizen.drawer.case.story == "jumlah pengawas TPS di Loa Janan"


@pytest.mark.parametrize("channel", [Channel.WEBCHAT, Channel.TERMINAL])
def test_in_the_demo_one_may_be_anybody(channel: Channel) -> None:
    visitor = Phone((tip(), form(THREE)), person=None, channel=channel, demo=(SITI,))
    keys = [choice.key for choice in visitor.send("halo").choices]
    assert keys[0] == "f:aduan", "a citizen's way stands first"
    assert "d:1" in keys


def test_without_a_form_for_citizens_there_is_no_menu_for_them() -> None:
    stranger = Phone((form(THREE),), person=None)
    assert "Saluran aduan warga belum dibuka di sini." in stranger.send("halo").text


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_put_differently_to_a_citizen_is_said_to_supervisors_too(language: str) -> None:
    said = texts(language).sentences
    own = [key.removeprefix("tips.as_citizen.") for key in said if key.startswith("tips.as_citizen.")]
    assert own
    assert [key for key in own if f"dialogue.{key}" not in said] == []
    assert not [key for key in own if "Bapak/Ibu" in said[f"tips.as_citizen.{key}"]]
