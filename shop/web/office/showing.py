"""How templates show what the log holds: days as text, texts as plain objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from markupsafe import Markup

from shop.core import clock
from shop.core.languages import Texts
from shop.web.office import bp
from shop.web.presenting import day_number, text


@bp.app_template_filter("iso_day")
def iso_day(written: str) -> str:
    """'2026-11-24' or a whole moment of the log in UTC → the day in Hanoi, as people write it."""
    if "T" in written:
        moment = datetime.fromisoformat(written)
        return day_number(clock.in_hanoi(moment).date())
    return day_number(date.fromisoformat(written))


@bp.app_template_filter("told")
def told(words: Mapping[str, str]) -> str | Markup:
    """A text of the log in the page's language."""
    return text(Texts(words))
