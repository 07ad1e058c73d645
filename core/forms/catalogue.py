"""The published forms: the newest of each name to start with, and any version to go on with."""

from collections.abc import Callable
from dataclasses import dataclass

from core.forms.plan import Plan
from core.model.people import Role


@dataclass(frozen=True, slots=True)
class Catalogue:
    current: tuple[Plan, ...]
    """The newest version of each form, in menu order."""
    older: Callable[[str, str], Plan | None]
    """Any version that was ever published, by name and version."""

    def offered(self, roles: frozenset[Role]) -> tuple[Plan, ...]:
        """The forms that somebody in these roles may start."""
        return tuple(plan for plan in self.current if plan.form.purpose.audience & roles)

    def public(self) -> tuple[Plan, ...]:
        """The forms that a citizen may start."""
        return tuple(plan for plan in self.current if plan.form.purpose.public)

    def newest(self, name: str) -> Plan | None:
        return next((plan for plan in self.current if plan.form.name == name), None)

    def get(self, name: str, version: str) -> Plan | None:
        plan = self.newest(name)
        return plan if plan and plan.form.version == version else self.older(name, version)
