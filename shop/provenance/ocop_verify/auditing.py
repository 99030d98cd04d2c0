"""Reads a mirrored log from the first leaf to the last and derives every product's stars from it anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from . import events, heads, keyring, merkle, tiles
from .canonical import Malformed, canonical, parse
from .checkpoint import Checkpoint
from .folding import Unfoldable, fold
from .judging import judge
from .keyring import Keyring
from .logfiles import CHECKPOINT, Missing, in_directory, leaves
from .notes import Opened
from .policy import Policy

PRODUCT = "urn:ocop:product:"


@dataclass
class Audit:
    """What was found. `stars` has every product the log knows, by its subject."""

    opened: Opened
    checkpoint: Checkpoint
    faults: list[str] = field(default_factory=list)
    stars: dict[str, dict[str, Any]] = field(default_factory=dict)


def audit(directory: Path, policy: Policy, day: date) -> Audit:
    """Raises BadNote, Missing or Malformed where there is no whole log to read; all else is a fault."""
    read = in_directory(directory)
    opened = policy.check(read(CHECKPOINT))
    found = Audit(opened, Checkpoint.parse(opened.text))
    data = list(leaves(read, found.checkpoint.size))
    subtree = merkle.subtree_of([merkle.leaf_hash(leaf) for leaf in data])
    if merkle.root(len(data), subtree) != found.checkpoint.root:
        found.faults.append("the entries do not make the tree of the checkpoint")
    found.faults += _tiles(directory, len(data), subtree)
    reading = _Reading(found)
    for index, leaf in enumerate(data):
        reading.take(index, leaf)
    for subject, told in sorted(reading.products.items()):
        found.stars[subject] = _star(found, subject, told, day)
    return found


class _Reading:
    """One pass in the order of the log: form, chains, keys, signatures, and each snapshot of heads against our own."""

    def __init__(self, found: Audit) -> None:
        self.found = found
        self.chains = events.Chains()
        self.keys = Keyring(found.checkpoint.origin)
        self.products: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._told: list[tuple[Mapping[str, Any], bytes]] = []
        self._newest: dict[str, heads.Head] = {}
        self._covered = 0  # how many leaves `_newest` covers

    def take(self, index: int, leaf: bytes) -> None:
        try:
            told = parse(leaf)
            if canonical(told) != leaf:
                raise Malformed("no canonical JSON")
            events.check(told)
            hashed = merkle.leaf_hash(leaf)
            self.chains.follow(told, hashed)
            self._told.append((told, hashed))
            if told["subject"].startswith(PRODUCT):
                self.products[told["subject"]].append(told)
            self._signature(index, told)
            if told["type"] == heads.TYPE:
                self._snapshot(index, told["body"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.found.faults.append(f"leaf {index}: {error}")

    def _signature(self, index: int, told: Mapping[str, Any]) -> None:
        if told["subject"].startswith(keyring.PREFIX):
            self.keys.learn(index, told)
        else:
            self.keys.check(index, told)

    def _snapshot(self, index: int, body: Mapping[str, Any]) -> None:
        """Of the first `size` leaves; those since were told while it was being made."""
        size = body["size"]
        if type(size) is not int or not self._covered <= size <= len(self._told) - 1 or len(self._told) != index + 1:
            raise heads.Incomplete("a snapshot that cannot be made again")
        self._newest |= heads.newest(self._told[self._covered : size])
        self._covered = size
        if heads.body(heads.tree(self._newest.values()), size) != body:
            raise heads.Incomplete("a snapshot of heads that is not what the log held")


def _tiles(directory: Path, size: int, subtree: merkle.Subtree) -> Iterator[str]:
    """Whoever reads tiles must read the same tree."""
    read = in_directory(directory)
    for level, n, width in tiles.tiles_of(size):
        path = tiles.tile_path(level, n, width)
        wanted = b"".join(subtree(tiles.HEIGHT * level, n * tiles.WIDTH + at) for at in range(width))
        try:
            if read(path) != wanted:
                yield f"{path} holds other hashes than the entries have"
        except Missing:
            yield f"{path} is missing"


def _star(found: Audit, subject: str, told: list[Mapping[str, Any]], day: date) -> dict[str, Any]:
    try:
        dossier = fold(told)
    except Unfoldable as error:
        found.faults.append(f"{subject}: {error}")
        return {"stars": None, "state": "unknown"}
    status = judge(dossier.certificates.values(), day, dossier.recalls.values())
    return {
        "slug": dossier.about.get("slug"),
        "stars": status.stars,
        "state": status.state.value,
        "certificate": status.certificate.number if status.certificate else None,
        "until": status.until.isoformat() if status.until else None,
    }
