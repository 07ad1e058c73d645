"""A campaign event that the police were told of (STTP): where a supervisor has to be."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.model.zones import zone_of


@dataclass(frozen=True, slots=True)
class CampaignEvent:
    number: str
    """That of the police's receipt. One receipt may name several places and days."""
    area: str
    """The village's code."""
    place: str
    starts_at: datetime
    """Aware UTC, as is its end."""
    ends_at: datetime
    organiser: str = ""
    method: str = ""
    """Meeting, dialogue, rally … as the schedule says it."""
    pair: str = ""
    """The candidates: ballot number or name."""
    is_cancelled: bool = False

    @property
    def day(self) -> date:
        """The day it begins, there."""
        return self.starts_at.astimezone(ZoneInfo(zone_of(self.area))).date()

    @property
    def key(self) -> tuple[str, str, date]:
        """What makes it the same event in a schedule that is brought again."""
        return self.number, self.area, self.day
