"""The register as CSV, line by line from the database, for spreadsheets that must not run what they read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from flask import Flask, abort, current_app, request
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.db import db
from shop.provenance import register as book
from shop.provenance.models import Authority
from shop.provenance.register import Asked, Line, Page, Place
from shop.web import addresses
from shop.web.access import public
from shop.web.languages import language, speak_in
from shop.web.proof import bp
from shop.web.proof.register import NoSuchChoice, asked_for
from shop.web.starting import shop_config

AT_ONCE = 1_000
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@bp.get("/register.csv")
@public
def register_csv() -> Response:
    try:
        asked = asked_for(request.args, {one.code: one for one in db.session.scalars(select(Authority))})
    except NoSuchChoice:
        abort(404)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    response = Response(_lines(app, asked, language()), content_type="text/csv; charset=utf-8")
    name = f"ocop-register-{clock.today().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith(STARTS_A_FORMULA) else written


def _lines(app: Flask, asked: Asked, spoken: str) -> Iterator[str]:
    """The byte order mark first, by which Excel knows UTF-8. A slow reader holds no snapshot between two batches."""
    today = clock.today()
    yield "\ufeff"
    batch, place = _batch(app, spoken, asked, today, None)
    yield batch
    while place:
        batch, place = _batch(app, spoken, asked, today, place)
        yield batch


def _batch(app: Flask, spoken: str, asked: Asked, today: date, after: Place | None) -> tuple[str, Place | None]:
    """The next lines, and after which place there are more."""
    with app.app_context():
        speak_in(spoken)
        found = book.page(asked, today, after=after, size=AT_ONCE)
        return ("" if after else _row(_head())) + _rows(found), found.more


def _rows(found: Page) -> str:
    host, spoken = shop_config(current_app).public_url, language()
    return "".join(_row(_cells(line, host, spoken)) for line in found.lines)


def _head() -> list[str]:
    return [
        gettext("Certificate number"),
        gettext("Product"),
        gettext("Producer"),
        gettext("Village"),
        gettext("Certified by"),
        gettext("Decision"),
        gettext("Decision of"),
        gettext("How it stands"),
        gettext("Stars in force"),
        gettext("Valid from"),
        gettext("Valid until"),
        gettext("Evidence"),
        gettext("Proof"),
    ]


def _cells(line: Line, host: str, spoken: str) -> list[object]:
    held, product = line.certificate, line.certificate.product
    return [
        *(held.number, product.name.to(spoken), product.producer.name, product.village.name.to(spoken)),
        *(held.authority.name.to(spoken), held.decision_no, held.decision_date.isoformat()),
        *(gettext(line.status.state.label), line.status.stars),
        *(held.valid_from.isoformat(), held.valid_until.isoformat(), held.evidence_level),
        host + addresses.proof(product.slug),
    ]


def _row(cells: list[object] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe(cell) for cell in cells])
    return out.getvalue()
