"""The sheets the office fills in: what each is called, about what it is, and the deed that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shop.provenance.entering import Deed
from shop.web.office.cases import Case
from shop.web.office.fields import OfficeForm


@dataclass(frozen=True)
class Sheet:
    """`kept` is the shelf of the dossier on which the thing it is about stands; empty for the product itself.

    A sheet for two people has `draft`; one whose facts are entered at once has `enter`, which answers a number.
    """

    name: str
    title: str
    lead: str
    form: type[OfficeForm]
    kept: str = ""
    draft: Callable[[Case, Any], Deed] | None = None
    enter: Callable[[Case, Any, str], str] | None = None

    @property
    def template(self) -> str:
        """The fields of its form."""
        return f"office/sheets/_{self.name}.html"


def shelf(*sheets: Sheet) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in sheets}
