"""Which product of the catalogue a line means: by code, or by producer and name; never by guessing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from sqlalchemy import select

from shop.catalogue.models import Producer, Product
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.text import fold, tidy_tones, words
from shop.provenance.importing.rows import Row
from shop.provenance.importing.wrongs import (
    ProducerLike,
    ProductLike,
    SeveralProducts,
    SlugMeansAnother,
    UnknownProducer,
    UnknownProduct,
    UnknownSlug,
)

AT_ONCE = 500
NEAR, ALIKE = 3, 0.6
TOO_FREQUENT = 300  # producers that share a word: it tells nobody apart
SHORT = {
    "htx": "hop tac xa",
    "thtx": "to hop tac xa",
    "tht": "to hop tac",
    "hkd": "ho kinh doanh",
    "cty": "cong ty",
    "ct": "cong ty",
    "tnhh": "trach nhiem huu han",
    "cp": "co phan",
    "mtv": "mot thanh vien",
    "dntn": "doanh nghiep tu nhan",
    "sx": "san xuat",
    "tm": "thuong mai",
    "dv": "dich vu",
}


class Found(NamedTuple):
    """A product as a line may mean it."""

    id: int
    slug: str
    name: Texts
    producer_id: int
    producer: str


def plain(name: str) -> str:
    """Folded words, the usual short forms of firms written out: HTX → hop tac xa."""
    return " ".join(SHORT.get(word, word) for word in words(fold(name)))


class Matching:
    """Everything the lines of one file may mean, read in a few queries however long it is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.slugs = {one.slug: one for one in _products(Product.slug, {row.slug for row in rows if row.slug})}
        self.producers = _by_plain_name(db.session.execute(select(Producer.name, Producer.id)))
        wanted = {plain(row.producer) for row in rows if not row.slug}
        ids = {producer_id for name in wanted for producer_id in self.producers.get(name, ())}
        self.products: dict[int, list[Found]] = defaultdict(list)
        for one in _products(Product.producer_id, ids):
            self.products[one.producer_id].append(one)
        self._words: dict[str, list[str]] | None = None

    def of(self, row: Row) -> Found:
        """Raises what is wrong: nothing fits, with the nearest names, or several do."""
        return self._of_slug(row) if row.slug else self._of_names(row)

    def _of_slug(self, row: Row) -> Found:
        found = self.slugs.get(row.slug)
        if found is None:
            raise UnknownSlug(slug=row.slug)
        other_name = row.name and not _is_called(found, row.name)
        if other_name or (row.producer and plain(row.producer) != plain(found.producer)):
            raise SlugMeansAnother(slug=row.slug, name=found.name, producer=found.producer)
        return found

    def _of_names(self, row: Row) -> Found:
        producers = self.producers.get(plain(row.producer), [])
        if not producers:
            near = self._near_producers(row.producer)
            raise ProducerLike(producer=row.producer, near=near) if near else UnknownProducer(producer=row.producer)
        held = [one for producer_id in producers for one in self.products[producer_id]]
        fitting = [one for one in held if _is_called(one, row.name)]
        if len(fitting) > 1:  # marks tell apart what folding made alike
            exact = [one for one in fitting if tidy_tones(row.name) in map(tidy_tones, one.name.values())]
            fitting = exact if len(exact) == 1 else fitting
        if len(fitting) > 1:
            raise SeveralProducts(slugs=", ".join(one.slug for one in fitting[:10]))
        if not fitting:
            near = _nearest(row.name, {plain(name): name for one in held for name in one.name.values() if name})
            facts = {"producer": row.producer, "name": row.name}
            raise ProductLike(**facts, near=near) if near else UnknownProduct(**facts)
        return fitting[0]

    def _near_producers(self, told: str) -> str:
        """Only names that share a telling word are compared letter by letter."""
        if self._words is None:
            self._words = defaultdict(list)
            for name in self.producers:
                for word in set(name.split()):
                    self._words[word].append(name)
        sharing = [self._words.get(word, ()) for word in set(plain(told).split())]
        counted = Counter(name for names in sharing if len(names) <= TOO_FREQUENT for name in names)
        near = get_close_matches(plain(told), [name for name, _ in counted.most_common(50)], NEAR, ALIKE)
        shown = select(Producer.name).where(Producer.id.in_([self.producers[name][0] for name in near]))
        return "; ".join(db.session.scalars(shown)) if near else ""


def _is_called(product: Found, name: str) -> bool:
    return plain(name) in [plain(one) for one in product.name.values()]


def _nearest(told: str, names: dict[str, str]) -> str:
    return "; ".join(names[near] for near in get_close_matches(plain(told), names, NEAR, ALIKE))


def _by_plain_name(found: Iterable[Any]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = defaultdict(list)
    for row in found:
        named[plain(row.name)].append(row.id)
    return named


def _products(column: Any, wanted: Iterable[Any]) -> Iterator[Found]:
    told = (Product.id, Product.slug, Product.name, Product.producer_id, Producer.name)
    query = select(*told).join(Producer, Product.producer_id == Producer.id).order_by(Product.id)
    values = sorted(wanted)
    for start in range(0, len(values), AT_ONCE):
        for row in db.session.execute(query.where(column.in_(values[start : start + AT_ONCE]))):
            yield Found(*row)
