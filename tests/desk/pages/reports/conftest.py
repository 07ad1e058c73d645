"""Reports in the office that the tests of their pages visit."""

import pytest

from tests.desk.pages.desk_office import DeskOffice
from tests.desk.pages.reports.filed import Filed


@pytest.fixture
def filed(desk_office: DeskOffice) -> Filed:
    return Filed(desk_office)
