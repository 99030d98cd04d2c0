"""The register as CSV, line by line from the database, for spreadsheets that must not run what they read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from flask import abort, current_app, request, stream_with_context
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.db import db, let_go
from shop.provenance import register as book
from shop.provenance.models import Authority
from shop.provenance.register import Asked, Line
from shop.web import addresses
from shop.web.access import public
from shop.web.languages import language
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
    response = Response(stream_with_context(_lines(asked)), content_type="text/csv; charset=utf-8")
    name = f"ocop-register-{clock.today().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith(STARTS_A_FORMULA) else written


def _lines(asked: Asked) -> Iterator[str]:
    """The byte order mark first, by which Excel knows UTF-8. Between two batches no snapshot is held."""
    today, host, spoken = clock.today(), shop_config(current_app).public_url, language()
    yield "\ufeff" + _row(_head())
    place = None
    while True:
        found = book.page(asked, today, after=place, size=AT_ONCE)
        place = found.lines[-1].place if found.lines else None
        yield "".join(_row(_cells(line, host, spoken)) for line in found.lines)
        let_go()
        db.session.expunge_all()
        if not (found.has_more and place):
            return


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
