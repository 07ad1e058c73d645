"""How the house itself stands, as the operator's commands see it: told to the desk by `lapordesk`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingTold:
    name: str
    """As it is written in the environment."""
    value: str
    """Empty for one that is not set, and for every secret."""
    is_set: bool
    is_secret: bool

    @property
    def key(self) -> str:
        """The end of the key of its meaning."""
        return self.name.rpartition("LAPORDESK_")[2].lower()


@dataclass(frozen=True, slots=True)
class FindingTold:
    state: str
    """fine, look, broken"""
    said: str


@dataclass(frozen=True, slots=True)
class Standing:
    version: str
    settings: tuple[SettingTold, ...] = ()
    findings: tuple[FindingTold, ...] = ()


def untold(_: str) -> Standing:
    """Where nobody tells: in tests, and for the API alone."""
    return Standing("")
