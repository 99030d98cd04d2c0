"""Everything the office can count or list, as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from flask import abort, make_response
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response

from shop.catalogue.models import CraftVillage, Product
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_
from shop.provenance import counting, worklists
from shop.provenance.models import Certificate
from shop.provenance.status import judge
from shop.web.access import for_office
from shop.web.languages import language
from shop.web.office import bp
from shop.web.office.tables import CSV, KINDS, XLSX, as_csv, as_xlsx
from shop.web.presenting import points_words

AT_ONCE = 500
MOST = 100_000  # rows of one file: a spreadsheet holds little more


class Table(NamedTuple):
    heads: tuple[str, ...]
    rows: Callable[[], Iterator[Sequence[Any]]]


@bp.get("/exports/<name>.<kind>")
@for_office
def export(name: str, kind: str) -> Response:
    table = TABLES.get(name)
    if table is None or kind not in KINDS:
        abort(404)
    heads = [gettext(head) for head in table.heads]
    body = as_csv(heads, table.rows()) if kind == CSV else as_xlsx(name, heads, table.rows())
    answer = make_response(body)
    answer.headers["Content-Type"] = KINDS[kind]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.{kind}"'
    return answer


def _communes() -> Iterator[Sequence[Any]]:
    return ((row.of, row.five, row.four, row.three, row.total) for row in counting.by_commune())


def _years() -> Iterator[Sequence[Any]]:
    return ((int(row.of), row.five, row.four, row.three, row.total, row.revoked) for row in counting.by_year())


def _register() -> Iterator[Sequence[Any]]:
    """Every certificate with how it stands by itself today, a batch at a time."""
    last, today = 0, clock.today()
    for _batch in range(MOST // AT_ONCE):
        found = db.session.scalars(_certificates().where(Certificate.id > last).limit(AT_ONCE)).all()
        for one in found:
            yield _register_row(one, gettext(judge([one], today, one.recalls).state.label))
            last = one.id
        db.session.expunge_all()
        if len(found) < AT_ONCE:
            return


def _certificates() -> Any:
    product = joinedload(Certificate.product)
    return (
        select(Certificate)
        .order_by(Certificate.id)
        .options(
            product.joinedload(Product.producer),
            product.joinedload(Product.village).joinedload(CraftVillage.ward),
            joinedload(Certificate.authority),
            joinedload(Certificate.revocation),
            selectinload(Certificate.suspensions),
            selectinload(Certificate.recalls),
        )
    )


def _register_row(one: Certificate, standing: str) -> Sequence[Any]:
    spoken, product = language(), one.product
    return (
        product.name.to(spoken),
        product.producer.name,
        product.village.ward.name,
        one.number,
        one.decision_no,
        one.decision_date,
        one.authority.name.to(spoken),
        one.stars,
        points_words(one.score),
        one.valid_from,
        one.valid_until,
        standing,
    )


def _work(name: str) -> Callable[[], Iterator[Sequence[Any]]]:
    def rows() -> Iterator[Sequence[Any]]:
        held = worklists.WORKLISTS[name]
        items = worklists.page(held, size=MOST)
        return ((item.number, item.name.to(language()), item.day) for item in items[:MOST])

    return rows


TABLES = {
    "communes": Table((N_("Commune"), N_("5 stars"), N_("4 stars"), N_("3 stars"), N_("Total")), _communes),
    "years": Table((N_("Year"), N_("5 stars"), N_("4 stars"), N_("3 stars"), N_("Total"), N_("Revoked since")), _years),
    "register": Table(
        (
            *(N_("Product"), N_("Producer"), N_("Commune"), N_("Certificate number"), N_("Decision number")),
            *(N_("Signed on"), N_("Recognised by"), N_("Star rank"), N_("Points in all")),
            *(N_("Valid from"), N_("Valid until"), N_("Standing today")),
        ),
        _register,
    ),
    **{name: Table((N_("Number"), N_("Product"), N_("Day")), _work(name)) for name in worklists.WORKLISTS},
}
FILES = (CSV, XLSX)
