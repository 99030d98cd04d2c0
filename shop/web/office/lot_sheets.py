"""The sheets about goods: the number of a product, and a lot of it. Entered at once, like every record."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired

from shop.core.refusal import N_
from shop.provenance.lots import releasing
from shop.provenance.lots.releasing import NewLot
from shop.web.office.cases import Case
from shop.web.office.fields import OfficeForm, choice, day_field, line
from shop.web.office.sheets import Sheet, shelf

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class GtinForm(OfficeForm):
    gtin = line(_l("GTIN"), 20)


class LotForm(OfficeForm):
    lot = line(_l("Lot number"), 20)
    gtin = choice(_l("GTIN"))
    made_on = day_field(_l("Made on"))
    expires_on = day_field(_l("Expires on"), optional=True)
    quantity = IntegerField(
        _l("Pieces"), validators=[InputRequired(_l("How many pieces does the lot have?"))], render_kw=DIGITS
    )

    def prepare(self, case: Case) -> None:
        used = [(number, number) for number in in_use(case)]
        self.gtin.choices = [*used, ("", _l("without GTIN: the label bears the shop's own address"))]


def in_use(case: Case) -> list[str]:
    """The product's GTINs that are not retired, the newest first."""
    return [number for number, retired in reversed(case.dossier.gtins.items()) if retired is None]


def bind(case: Case, form: Any, by: str) -> str:
    return releasing.bind(case.product, form.gtin.data, by=by).number


def release(case: Case, form: Any, by: str) -> str:
    told = NewLot(
        number=form.lot.data,
        made_on=form.made_on.data,
        quantity=form.quantity.data,
        expires_on=form.expires_on.data,
        gtin=form.gtin.data,
    )
    return releasing.release(case.product, told, by=by).number


LOT_SHEETS = shelf(
    Sheet(
        "gtin",
        N_("Bind a GTIN"),
        N_("From today on this number names this product, and never another one."),
        GtinForm,
        enter=bind,
    ),
    Sheet(
        "lot",
        N_("Release a lot"),
        N_("Goods made together. The certificate in force on the day they were made goes with them."),
        LotForm,
        enter=release,
    ),
)
