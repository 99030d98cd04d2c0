"""What a deed would change if it were entered now: the dossiers before and after, without entering anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shop.core import clock
from shop.provenance.entering import Deed
from shop.provenance.log.reading import events_of, subject_of
from shop.provenance.ocop_verify.dossier import Certificate, Dossier
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.ocop_verify.judging import Status, is_sale_stopped, judge


@dataclass(frozen=True)
class Prospect:
    """One product on `day`: how it stands as the register tells it, and how with these deeds."""

    product_id: int
    day: date
    before: Dossier
    after: Dossier

    @property
    def stood(self) -> Status[Certificate]:
        return _judged(self.before, self.day)

    @property
    def stands(self) -> Status[Certificate]:
        return _judged(self.after, self.day)

    @property
    def loses_stars(self) -> bool:
        return bool(self.stood.stars and not self.stands.stars)

    @property
    def wins_stars(self) -> bool:
        return bool(self.stands.stars and self.stands.stars != self.stood.stars)

    @property
    def leaves_the_shelf(self) -> bool:
        return _is_stopped(self.after, self.day) and not _is_stopped(self.before, self.day)

    @property
    def returns_to_the_shelf(self) -> bool:
        return _is_stopped(self.before, self.day) and not _is_stopped(self.after, self.day)


def foresee(deeds: Sequence[Deed]) -> list[Prospect]:
    """By product in the order of the deeds; judged today, or on the day the last of its deeds takes effect.

    Raises Unfoldable where the deeds no longer fit; one query.
    """
    by_product: dict[int, list[Deed]] = {}
    for deed in deeds:
        by_product.setdefault(deed.product_id, []).append(deed)
    told = events_of(by_product)
    return [_prospect(product_id, told[product_id], own) for product_id, own in by_product.items()]


def _prospect(product_id: int, events: list[dict[str, Any]], deeds: list[Deed]) -> Prospect:
    subject = subject_of(product_id)
    drafts = [
        {
            "id": f"draft:{place}",
            "type": deed.kind,
            "subject": subject,
            "effective_at": deed.day.isoformat(),
            "body": dict(deed.body),
        }
        for place, deed in enumerate(deeds)
    ]
    day = max([clock.today(), *(deed.day for deed in deeds)])
    before = fold(events) if events else Dossier(subject)
    return Prospect(product_id, day, before, fold([*events, *drafts]))


def _judged(dossier: Dossier, day: date) -> Status[Certificate]:
    return judge(list(dossier.certificates.values()), day, dossier.recalls.values())


def _is_stopped(dossier: Dossier, day: date) -> bool:
    return is_sale_stopped(dossier.certificates.values(), dossier.recalls.values(), day)
