"""The stretch of time that a tally is of: whole days of an area, seen at one moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.model.zones import zone_of


@dataclass(frozen=True, slots=True)
class Span:
    """What is due on these days; who told later than `moment` is silent still."""

    area: str
    """Empty: the whole country."""
    first: date
    days: int
    moment: datetime

    @property
    def start(self) -> datetime:
        return self.midnight(0)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.midnight(self.days)

    def midnight(self, number: int) -> datetime:
        """Where that day begins; aware UTC."""
        at = datetime.combine(self.first + timedelta(days=number), time(0), ZoneInfo(zone_of(self.area)))
        return at.astimezone(UTC)

    def before(self) -> "Span":
        """As long, just before it, and seen as long ago."""
        back = timedelta(days=self.days)
        return Span(self.area, self.first - back, self.days, self.moment - back)


def week(area: str, monday: date, moment: datetime) -> Span:
    """Monday to Sunday."""
    return Span(area, monday, 7, moment)
