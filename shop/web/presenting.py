"""How values are shown: đồng, dates, texts in the page's language, pictures, addresses."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import phonenumbers
from babel.dates import format_date
from flask import Flask, request
from flask_babel import gettext
from markupsafe import Markup

from shop.catalogue import shelves
from shop.catalogue.models import Picture
from shop.catalogue.pictures import path_of
from shop.core import clock
from shop.core.languages import LANGUAGES, Texts
from shop.core.refusal import Refusal
from shop.web import addresses, cards
from shop.web.languages import NAMES, language
from shop.web.starting import shop_config


def dress(app: Flask) -> None:
    """Gives the templates their filters and globals."""
    env = app.jinja_env
    env.filters.update(
        dong=dong,
        number=number,
        day=day_words,
        short_day=short_day,
        day_number=day_number,
        span=span_words,
        instant=instant_words,
        hour=hour_words,
        text=text,
        kilos=kilos,
        points=points_words,
        phone=phone_words,
        hundredths=points_words,
    )
    env.globals.update(
        to=addresses,
        language=language,
        languages=NAMES,
        has_sample=shelves.has_sample,
        source=source,
        srcset=srcset,
        today=clock.today,
        other_addresses=other_addresses,
        public_url=shop_config(app).public_url,
        say=say,
        product_card=cards.product_card,
        village_card=cards.village_card,
        map_of_villages=cards.map_of_villages,
        fill=fill,
    )


def dong(amount: int) -> str:
    """1250000 → '1.250.000 ₫' in Vietnamese, '₫1,250,000' elsewhere."""
    grouped = f"{amount:,}"
    return grouped.replace(",", ".") + "\u00a0₫" if language() == "vi" else f"₫{grouped}"


def number(value: int) -> str:
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language() == "vi" else grouped


def kilos(grams: int) -> str:
    """820 → '820 g', 1150 → '1,15 kg' with the language's decimal sign."""
    if grams < 1_000:
        return f"{grams}\u00a0g"
    whole = f"{grams / 1_000:.2f}".rstrip("0").rstrip(".")
    return (whole.replace(".", ",") if language() == "vi" else whole) + "\u00a0kg"


def points_words(hundredths: int) -> str:
    """8250 → '82,5' or '82.5'."""
    whole = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return whole.replace(".", ",") if language() == "vi" else whole


def day_words(day: date) -> str:
    """'Thứ Năm, 26/11/2026' or 'Thu 26 November 2026'."""
    return _day(day, language(), "EEEE, dd/MM/yyyy" if language() == "vi" else "EEE d MMMM y")


def short_day(day: date) -> str:
    """'T5 26/11' style words for promises: 'Thứ Năm 26/11', 'Thu 26 Nov'."""
    return _day(day, language(), "EEEE dd/MM" if language() == "vi" else "EEE d MMM")


def day_number(day: date) -> str:
    return _day(day, language(), "dd/MM/yyyy" if language() == "vi" else "d MMM y")


def span_words(first: date, last: date) -> str:
    """One day, or 'Thu 26 Nov – Sat 28 Nov'."""
    return short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"


def instant_words(moment: datetime) -> str:
    here = clock.in_hanoi(moment)
    return f"{here:%H:%M}, {day_number(here.date())}"


def hour_words(moment: time) -> str:
    return f"{moment:%H:%M}"


def phone_words(e164: str) -> str:
    """+84912345678 → '0912 345 678' for readers in Vietnam, '+84 912 345 678' for others; never torn between lines."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    national = language() == "vi" and parsed.country_code == 84
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style)).replace(" ", "\u00a0")


def text(texts: Texts | None) -> str | Markup:
    """A text in the page's language; one that falls back is marked with its own language."""
    if texts is None:
        return ""
    spoken = texts.language_of(language())
    words = texts.to(language())
    if spoken == language() or not words:
        return words
    return Markup('<span lang="{}">{}</span>').format(spoken, words)


def say(refusal: Refusal) -> str | Markup:
    """A refusal's sentence with its facts, in the page's language."""
    return fill(refusal.sentence, refusal.facts)


def fill(sentence: str, facts: Any) -> str | Markup:
    words: str = gettext(sentence)
    return words % {name: _shown(name, value) for name, value in facts.items()} if facts else words


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, Texts):
        return value.to(language())
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, int) and name in ("total", "price", "was_price", "amount"):
        return dong(value)
    if name == "was" and isinstance(value, int) and value > 5:
        return dong(value)
    return value


def source(picture: Picture, width: int, kind: str = "webp") -> str:
    """The address of a picture's file, the nearest width at least `width`."""
    nearest = next((have for have in picture.widths if have >= width), picture.widths[-1])
    return f"/media/{path_of(picture.digest, nearest, kind)}"


def srcset(picture: Picture, kind: str) -> Markup:
    # A digest and whole numbers: nothing in it needs escaping, and a list of cards has hundreds of these.
    return Markup(", ".join(f"/media/{path_of(picture.digest, width, kind)} {width}w" for width in picture.widths))


def other_addresses() -> list[tuple[str, str]]:
    """(language, absolute path) of this page in every language, for hreflang and the switch."""
    path = request.full_path.rstrip("?") if request.query_string else request.path
    rest = path[3:] if path[1:3] in LANGUAGES else "/"
    return [(spoken, f"/{spoken}{rest}") for spoken in LANGUAGES]


@lru_cache(maxsize=2_000)
def _day(day: date, spoken: str, pattern: str) -> str:
    words = format_date(day, pattern, locale=spoken)
    return words[:1].upper() + words[1:]
