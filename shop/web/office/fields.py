"""The fields the office's forms are made of: days, points, texts in two languages, decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import InputRequired, Optional

from shop.core import clock
from shop.core.languages import Texts
from shop.web.forms import ShopForm, at_most
from shop.web.office.cases import Case

POINTS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")
FIRST, LAST = date(2018, 1, 1), date(2099, 12, 31)


class OfficeForm(ShopForm):
    """A form that knows the case it is about."""

    def prepare(self, case: Case) -> None:
        """Sets the choices that depend on the case."""

    @classmethod
    def defaults(cls, case: Case) -> dict[str, Any]:
        """What stands in the form before anybody typed."""
        return {"day": clock.today(), "decision_date": clock.today()}


class InOurTime:
    """The programme began in 2018; a typed year such as 0206 is a slip."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data and not FIRST <= field.data <= LAST:
            raise ValidationError(_l("Please check the year."))


class Points:
    """Points of a score as people write them: 78, 78.5 or 78,50."""

    def __call__(self, form: Form, field: Field) -> None:
        if not POINTS.fullmatch(field.data or ""):
            raise ValidationError(_l("Write points like 38 or 38.5."))


def points_of(typed: str) -> int:
    """'38,5' → 3850."""
    whole, _, rest = typed.replace(",", ".").partition(".")
    return int(whole + rest.ljust(2, "0"))


def day_field(label: Any, *, optional: bool = False) -> Any:
    needed = Optional() if optional else InputRequired(_l("Please choose a day."))
    return DateField(label, validators=[needed, InOurTime()])


def line(label: Any, most: int, *, optional: bool = False) -> Any:
    needed = Optional() if optional else InputRequired(_l("Please fill this in."))
    return StringField(label, validators=[needed, at_most(most)])


def points_field(label: Any) -> Any:
    return StringField(label, validators=[InputRequired(_l("Please fill this in.")), Points()], render_kw=DECIMAL)


def words_field(label: Any, *, optional: bool = False) -> Any:
    needed = Optional() if optional else InputRequired(_l("Please fill this in."))
    return TextAreaField(label, validators=[needed, at_most(1_000)])


def choice(label: Any, options: Mapping[Any, str] | None = None, *, empty: Any = None) -> Any:
    """A drop-down; `empty` are the words of choosing nothing."""
    first = [("", empty)] if empty else []
    made = [(str(value), _l(words)) for value, words in (options or {}).items()]
    return SelectField(label, choices=[*first, *made])


def texts(form: ShopForm, name: str) -> Texts:
    """Both languages of a text; English only where somebody wrote it."""
    both = {"vi": form[f"{name}_vi"].data, "en": form[f"{name}_en"].data}
    return Texts({language: words for language, words in both.items() if words})


DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
