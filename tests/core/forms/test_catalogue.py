"""Which forms there are."""

from core.forms.catalogue import Catalogue
from core.forms.plan import Plan
from core.model.people import Role
from tests.core.dialogue.samples import THREE, form

OLD, NEW = Plan(form(THREE, audience="ptps")), Plan(form(THREE, audience="ptps", version="2"))
OTHER = Plan(form(THREE, name="lain", audience="pkd panwascam"))
CATALOGUE = Catalogue((NEW, OTHER), lambda name, version: OLD if (name, version) == ("uji", "1") else None)


def test_forms_are_offered_by_role() -> None:
    assert CATALOGUE.offered(frozenset({Role.PTPS})) == (NEW,)
    assert CATALOGUE.offered(frozenset({Role.PTPS, Role.PKD})) == (NEW, OTHER)
    assert CATALOGUE.offered(frozenset({Role.RI})) == ()


def test_the_newest_is_begun_and_any_version_is_gone_on_with() -> None:
    assert CATALOGUE.newest("uji") is NEW
    assert CATALOGUE.newest("none") is None
    assert CATALOGUE.get("uji", "2") is NEW
    assert CATALOGUE.get("uji", "1") is OLD
    assert CATALOGUE.get("uji", "9") is None
