"""The only source of time: `now()` is an instant in UTC, `today()` the calendar day in Hanoi."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day in Hanoi: certificates, prices and promises run by this day."""
    return datetime.now(HANOI).date()


def in_hanoi(moment: datetime) -> datetime:
    return moment.astimezone(HANOI)
