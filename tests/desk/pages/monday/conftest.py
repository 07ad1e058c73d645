"""A desk on Monday morning, after a week whose every figure is known."""

from collections.abc import Mapping

import pytest

from core.model.people import Role
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.storage.duties import wita
from tests.storage.known_week import live


@pytest.fixture
def posts(desk_office: DeskOffice) -> Mapping[str, int]:
    """Monday, nine o'clock; gives the posts."""
    with desk_office.store.begin() as book:
        made = live(book)
    desk_office.now = wita(25, 9)
    return made


@pytest.fixture
def samarinda(desk_office: DeskOffice, posts: Mapping[str, int]) -> Officer:
    return desk_office.officer(Role.KABKOTA, "64.72").enter()


@pytest.fixture
def kukar(desk_office: DeskOffice, posts: Mapping[str, int]) -> Officer:
    return desk_office.officer(Role.KABKOTA, "64.02").enter()


@pytest.fixture
def province(desk_office: DeskOffice, posts: Mapping[str, int]) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()
