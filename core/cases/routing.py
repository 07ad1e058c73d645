"""Which office works a case: the kab/kota of the event, or the province where the place is not known."""

from core.model.areas import Level, level_of
from core.model.people import Role

_ROLES = {
    Level.PROVINCE: Role.PROVINSI,
    Level.REGENCY: Role.KABKOTA,
    Level.DISTRICT: Role.PANWASCAM,
    Level.VILLAGE: Role.PKD,
    Level.TPS: Role.PTPS,
}


def office_of(area: str, province: str) -> str:
    """64.72.01.1001 is worked by 64.72."""
    parts = area.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else area or province


def role_of(office: str) -> Role:
    """Who sits in that office; the whole country's has no code."""
    return _ROLES[level_of(office)] if office else Role.RI
