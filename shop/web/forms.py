"""Forms check the shape of what was typed; whether it is true, the domain says."""

from __future__ import annotations

from typing import Any

import phonenumbers
from flask import request
from flask_babel import get_translations, gettext
from flask_babel import lazy_gettext as _l
from wtforms import Form, PasswordField, ValidationError
from wtforms.fields import Field
from wtforms.validators import Length

from shop.core.refusal import N_, Refusal
from shop.core.text import nfc
from shop.web.presenting import say

# WTForms' own sentences that our fields can still say: named here so that they are translated.
OWN_SENTENCES = (
    N_("Not a valid integer value."),
    N_("Not a valid choice."),
    N_("Not a valid date value."),
    N_("Invalid Choice: could not coerce."),
)
TIDY = str.maketrans("", "", "\u200b\u200c\u200d\ufeff\x00")


def tidy(value: Any) -> Any:
    """Text trimmed, inner runs of blanks made one, NFC, without invisible signs."""
    if not isinstance(value, str):
        return value
    return nfc(" ".join(value.translate(TIDY).split()))


def at_most(characters: int) -> Length:
    """A bound on a text, with a sentence that says how to mend it."""
    return Length(max=characters, message=_l("This is too long: at most %(max)d characters, please."))


def row_number(typed: str) -> int:
    """A row's number as an address writes it. Raises ValueError for what no row can have."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        raise ValueError(typed)
    return int(typed)


class Babel:
    """WTForms' own sentences in the page's language; ours are gettext like every other."""

    def gettext(self, words: str) -> str:
        return str(get_translations().gettext(words))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return str(get_translations().ngettext(one, many, count))


class ShopForm(Form):  # type: ignore[misc]  # wtforms has no types
    """A form that keeps everything typed, and into which the shop's refusals can be written."""

    class Meta:
        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            # A password is taken as typed.
            own = [] if issubclass(unbound_field.field_class, PasswordField) else [tidy]
            filters = [*unbound_field.kwargs.get("filters", []), *own]
            field: Field = unbound_field.bind(form=form, filters=filters, **options)
            return field

        def get_translations(self, form: Form) -> Babel:
            return Babel()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.general: list[str] = []

    @classmethod
    def sent(cls, **given: Any) -> ShopForm:
        """The form as the request fills it (empty on GET, where `data` shows what was kept)."""
        return cls(request.form if request.method == "POST" else None, **given)

    def validate(self, *args: Any, **given: Any) -> bool:
        """Blanks alone are nothing: InputRequired looks at what was sent, so that is made tidy as well."""
        for field in self:
            if not isinstance(field, PasswordField):
                field.raw_data = [tidy(value) for value in field.raw_data or []]
        return bool(super().validate(*args, **given))

    def accepted(self) -> bool:
        """Whether this is a POST whose shape is right."""
        return request.method == "POST" and bool(self.validate())

    def refuse(self, refusal: Refusal) -> None:
        """Writes a refusal beside its field, or above the form where it names none of ours."""
        words = str(say(refusal))
        if refusal.field and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, words]
        else:
            self.general.append(words)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence) of everything wrong, in the order of the page; '' for the form as a whole."""
        found = [("", words) for words in self.general]
        for field in self:
            place = "" if getattr(field.widget, "input_type", "") == "hidden" else field.id  # nobody can go there
            found += [(place, str(words)) for words in field.errors]
        return found

    @property
    def status(self) -> int:
        return 422 if self.problems else 200


class PhoneNumber:
    """Checks a phone number with the library and turns it into E.164; foreign numbers need their +code."""

    def __call__(self, form: Form, field: Field) -> None:
        try:
            parsed = phonenumbers.parse(field.data or "", "VN")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(self._sentence(field.data)) from error
        if not phonenumbers.is_valid_number(parsed):
            raise ValidationError(self._sentence(field.data))
        field.e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    def _sentence(self, typed: str | None) -> str:
        return str(
            gettext(
                "“%(typed)s” is not a phone number we can call. "
                "Write it like 0912 345 678, or with + and country code like +33 6 12 34 56 78.",
                typed=typed or "",
            )
        )
