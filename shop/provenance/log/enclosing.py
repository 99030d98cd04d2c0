"""What goes with a bundle for machines that know W3C credentials: the newest certificate's, and its status lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shop.provenance.ocop_verify.bundle import Leaf
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.ocop_verify.status_places import issues, place
from shop.provenance.standards.credential import LISTS, credential_of
from shop.provenance.standards.issuing import Issuer
from shop.provenance.standards.status_list import status_of


@dataclass(frozen=True)
class Papers:
    """A signed credential; each list with the place of the event that told the log of it."""

    credential: Mapping[str, Any]
    lists: Sequence[tuple[Mapping[str, Any], int]]


Enclose = Callable[[Sequence[Leaf], Sequence[Leaf], int], "Papers | None"]
"""From the product's events, those of the keys, and the size of the tree under which all is proven."""


def papers_of(issuer: Issuer, directory: Path) -> Enclose:
    """`directory` is the log's."""

    def enclose(events: Sequence[Leaf], keys: Sequence[Leaf], size: int) -> Papers | None:
        """None where there is no certificate, or where that tree does not know yet what would have to be proven."""
        told = [(leaf.index, leaf.told) for leaf in events]
        dossier = fold(event for _, event in told)
        if not dossier.certificates:
            return None
        number = list(dossier.certificates)[-1]
        where = place(issuer.ring.origin, issues(told)[number][-1].leaf)
        shown = [status_of(purpose, where.list, directory, size=size) for purpose in LISTS]
        credential = credential_of(dossier, number, told, issuer)
        lists = [(each.credential, each.event) for each in shown if each]
        known = {leaf.told["body"]["key"] for leaf in keys}
        signers = {_signer(document) for document in (credential, *(document for document, _ in lists))}
        named = {str(entry["statusListCredential"]) for entry in credential["credentialStatus"]}
        whole = named == {str(document["id"]) for document, _ in lists}
        return Papers(credential, lists) if whole and signers <= known else None

    return enclose


def _signer(document: Mapping[str, Any]) -> str:
    return str(document["proof"]["verificationMethod"]).rpartition("#")[2]
