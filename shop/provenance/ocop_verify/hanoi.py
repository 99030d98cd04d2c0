"""The verifier's own clock: certificates run by days in Hanoi, whatever the machine's zone and tables say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

ZONE = timezone(timedelta(hours=7))  # no summer time since 1975, so no table of zones is needed


def now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def midnight(day: date) -> datetime:
    """When the day begins."""
    return datetime.combine(day, time(), ZONE)


def instant(written: str) -> datetime:
    """From 2026-11-24T03:00:00Z and nothing else. Raises ValueError."""
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def at_second(seconds: int) -> datetime:
    """From POSIX seconds. Raises ValueError beyond the year 9999."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(f"{seconds} is no time") from error
