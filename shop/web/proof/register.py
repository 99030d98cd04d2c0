"""The public register: every certificate with how it stands today, also those that ended badly."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, render_template, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from shop.catalogue import shelves
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.provenance import register as book
from shop.provenance.models import Authority
from shop.provenance.register import Asked, Page, Place, Standing
from shop.web.access import public
from shop.web.forms import row_number
from shop.web.languages import language
from shop.web.proof import bp

COUNTED_FOR = 300.0  # seconds: counting reads every certificate there is


class NoSuchChoice(LookupError):
    """The address asks for a village, authority, star or standing that is none."""


@dataclass(frozen=True)
class Option:
    value: str
    words: Texts | str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """An authority, how many of its certificates are in force, and how many it gave."""

    code: str
    name: Texts
    held: int
    given: int


@dataclass(frozen=True)
class Counts:
    begun: tuple[date, int]
    made: float
    at: datetime
    rows: list[Row]


@bp.get("/register")
@public
def register() -> str:
    today = clock.today()
    authorities = _authorities()
    try:
        asked = asked_for(request.args, authorities)
        after, before = place_of(request.args.get("after", "")), place_of(request.args.get("before", ""))
    except NoSuchChoice:
        abort(404)
    found = book.page(asked, today, after=after, before=before)
    return render_template(
        "proof/register.html",
        page=found,
        today=today,
        choices=_choices(authorities),
        is_chosen=asked != Asked(),
        links=_links(found),
        kept=urlencode(_kept()),
        counts=_counts(today) if asked == Asked() and not found.earlier else None,
    )


def asked_for(args: MultiDict[str, str], authorities: Mapping[str, Authority]) -> Asked:
    """Raises NoSuchChoice."""
    villages = {label.slug: key for key, label in shelves.villages().items()}
    try:
        return Asked(
            village_id=villages[args["village"]] if args.get("village") else None,
            authority_id=authorities[args["authority"]].id if args.get("authority") else None,
            stars={"3": 3, "4": 4, "5": 5}[args["stars"]] if args.get("stars") else None,
            standing=Standing(args["standing"]) if args.get("standing") else None,
        )
    except (KeyError, ValueError) as error:
        raise NoSuchChoice(str(error)) from error


def place_of(written: str) -> Place | None:
    """'2028-03-04.17' → the place. Raises NoSuchChoice."""
    if not written:
        return None
    until, _, number = written.partition(".")
    try:
        return Place(date.fromisoformat(until), row_number(number))
    except ValueError as error:
        raise NoSuchChoice(written) from error


def _authorities() -> dict[str, Authority]:
    return {one.code: one for one in db.session.scalars(select(Authority).order_by(Authority.level, Authority.code))}


def _choices(authorities: Mapping[str, Authority]) -> dict[str, list[Option]]:
    offered: dict[str, list[tuple[str, Any]]] = {
        "standing": [(one.value, one.label) for one in Standing],
        "stars": [(str(level), str(level)) for level in (5, 4, 3)],
        "village": sorted(
            ((label.slug, label.name) for label in shelves.villages().values()),
            key=lambda one: one[1].to(language()),
        ),
        "authority": [(one.code, one.name) for one in authorities.values()],
    }
    return {
        name: [Option(value, words, request.args.get(name) == value) for value, words in some]
        for name, some in offered.items()
    }


def _links(found: Page) -> dict[str, str | None]:
    """Addresses of the neighbouring pages."""
    return {
        "before": _link("before", found.earlier) if found.earlier else None,
        "after": _link("after", found.more) if found.more else None,
    }


def _link(name: str, place: Place) -> str:
    return "?" + urlencode([*_kept(), (name, f"{place.until.isoformat()}.{place.certificate_id}")])


def _kept() -> list[tuple[str, str]]:
    return [
        (name, request.args[name]) for name in ("standing", "stars", "village", "authority") if request.args.get(name)
    ]


def _counts(today: date) -> Counts:
    """Counted anew every few minutes in each process, whatever the register's size."""
    begun = (today, shelves.version()[2])
    kept: Counts | None = current_app.extensions.get("register counts")
    if kept is None or kept.begun != begun or time.monotonic() - kept.made > COUNTED_FOR:
        rows = [Row(one.code, one.name, held, given) for one, held, given in book.counts(today)]
        kept = Counts(begun, time.monotonic(), clock.now(), rows)
        current_app.extensions["register counts"] = kept
    return kept
