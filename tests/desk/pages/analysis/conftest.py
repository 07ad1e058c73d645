"""Reports in the office that the tests of the analysis visit."""

from tests.desk.pages.reports.conftest import filed

__all__ = ["filed"]
