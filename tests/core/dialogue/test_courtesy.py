"""Thanks are returned, and whatever was open stays open."""

from core.forms.form import Form
from tests.core.dialogue.phone import Phone, form_of

FORM: Form = form_of(
    """
| survey |
| | type | name | label |
| | integer | hadir | Berapa yang hadir? |

| settings |
| | form_id | form_title |
| | hadir | Kehadiran |
"""
)


def test_thanks_at_the_menu_are_returned_and_change_nothing() -> None:
    phone = Phone((FORM,))
    phone.send("menu")
    before = phone.session
    assert phone.send("terima kasih banyak ya").text == "Sama-sama."
    assert phone.session == before
    assert "hadir" in phone.send("1").text
