"""What the shop offers about a product, a lot, a label: typed links as GS1 names them, and the linkset of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask_babel import force_locale, gettext

from shop.catalogue.models import Product
from shop.core.languages import LANGUAGES
from shop.provenance.gs1 import DigitalLink
from shop.provenance.lots.resolving import Resolved
from shop.web import addresses
from shop.web.languages import language

VOCABULARY = "https://ref.gs1.org/voc/"
DEFAULT = "defaultLink"
SUPPORTED = (DEFAULT, "pip", "certificationInfo", "traceability", "recallStatus", "support")
HTML = "text/html"


@dataclass(frozen=True)
class Target:
    """One link: `kind` is the link type's name in GS1's vocabulary, `path` an address of this shop."""

    kind: str
    path: str
    title: str
    hreflang: str = ""
    type: str = ""

    def told(self, host: str) -> dict[str, Any]:
        """As a linkset tells it (RFC 9264)."""
        more = {"hreflang": [self.hreflang]} if self.hreflang else {}
        return {"href": host + self.path, "title": self.title, **({"type": self.type} if self.type else {}), **more}


def default(product: Product, level: DigitalLink) -> Target:
    """The one link that is followed where nothing else is asked for, in the language of who asks."""
    return Target(DEFAULT, proof(product, level), gettext("Certificate and story of this product"))


def offered(product: Product, level: DigitalLink) -> list[Target]:
    """What is known on this level, each in every language of the shop, the default link not among them."""
    found = []
    for spoken in LANGUAGES:
        with force_locale(spoken):
            found += [_in(spoken, target) for target in _targets(product, level)]
    return sorted(found, key=lambda target: SUPPORTED.index(target.kind))


def proof(product: Product, level: DigitalLink) -> str:
    told = {"lot": level.lot, "serial": level.serial}
    query = urlencode({name: value for name, value in told.items() if value})
    return addresses.proof(product.slug) + (f"?{query}" if query else "")


def linkset(found: Resolved, host: str) -> dict[str, Any]:
    """Every level's links, the deepest first; only that one has the default link."""
    return {"linkset": [_context(found, level, host) for level in found.known]}


def choice(level: DigitalLink, targets: Sequence[Target], host: str) -> dict[str, Any]:
    """A linkset of the few that fit equally well."""
    return {"linkset": [{"anchor": level.uri(host), **_by_type(targets, host)}]}


def _context(found: Resolved, level: DigitalLink, host: str) -> dict[str, Any]:
    product = found.product
    targets = offered(product, level)
    if level == found.deepest:
        targets = [default(product, level), *targets]
    name = product.name.to(language())
    described = gettext("%(name)s, lot %(lot)s", name=name, lot=level.lot) if level.lot else name
    return {"anchor": level.uri(host), "itemDescription": described, **_by_type(targets, host)}


def _by_type(targets: Sequence[Target], host: str) -> dict[str, list[dict[str, Any]]]:
    kinds = dict.fromkeys(target.kind for target in targets)
    return {VOCABULARY + kind: [one.told(host) for one in targets if one.kind == kind] for kind in kinds}


def _targets(product: Product, level: DigitalLink) -> Iterator[Target]:
    yield Target("certificationInfo", proof(product, level), gettext("Certificate and whether it holds today"))
    yield Target("recallStatus", proof(product, level), gettext("Recalls of this product"))
    if level.lot or level.serial:
        yield Target("traceability", proof(product, level), gettext("Story of this lot"))
        return
    if product.is_live:
        yield Target("pip", addresses.product(product.slug), gettext("Product page"))
    yield Target("support", addresses.about("returns"), gettext("Help and complaints"))


def _in(spoken: str, target: Target) -> Target:
    """The same page in another language: the first step of its address is the language."""
    rest = target.path.split("/", 2)[2]
    return Target(target.kind, f"/{spoken}/{rest}", target.title, spoken, HTML)
