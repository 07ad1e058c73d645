"""The ledger is looked at on the same Monday as the desk."""

from tests.desk.pages.monday.conftest import kukar, posts, province, samarinda

__all__ = ["kukar", "posts", "province", "samarinda"]
