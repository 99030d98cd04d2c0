"""The board of components: each macro in each of its states."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from shop.catalogue import browsing, shelves
from shop.catalogue.assortment import Sort
from shop.core import clock
from shop.core.refusal import N_
from shop.provenance.status import State, Status
from shop.web.access import public
from shop.web.dev import bp
from shop.web.forms import ShopForm


class Specimen(ShopForm):
    name = StringField(N_("Your name"), validators=[InputRequired(N_("Please tell us your name."))])
    note = TextAreaField(N_("A note for the maker or the carrier"))
    choice = SelectField(N_("Choose"), choices=[("1", "1"), ("2", "2")])
    way = RadioField(N_("How would you like to pay?"), choices=[("a", "A"), ("b", "B")])
    gift = BooleanField(N_("It is a gift: no prices in the parcel"))


@bp.get("/components")
@public
def components() -> str:
    made = shelves.current()
    cards = browsing.cards(made.page(made.everything, Sort.BEST, size=4).ids)
    broken = Specimen(prefix="broken", data={})
    broken.validate()
    return render_template("dev/components.html", standings=_standings(), cards=cards, form=Specimen(), broken=broken)


def _standings() -> list[Status]:
    """A status of every kind, with stars only where they may be."""
    day, until = clock.today(), clock.today() + timedelta(days=300)
    in_force = [Status(day, State.VALID, stars=level, until=until) for level in (5, 4, 3)]
    in_force.append(Status(day, State.VALID, stars=4, is_potential_five=True, until=until))
    in_force.append(Status(day, State.EXPIRING, stars=3, until=day + timedelta(days=20)))
    return in_force + [Status(day, state) for state in (State.SUSPENDED, State.REVOKED, State.EXPIRED, State.NONE)]
