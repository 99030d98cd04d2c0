"""The daily snapshot of heads: which event was the newest of each subject, as a Merkle tree sorted by subject.

An event `heads.published` puts its root into the log. Leaves that stand side by side prove that nothing stands between
them: so a bundle shows that it left out neither an event of its product nor anything about a key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import merkle
from .canonical import Malformed, canonical, parse

TYPE = "heads.published"
SUBJECT = "urn:ocop:heads"
DIGEST = re.compile("sha256:[0-9a-f]{64}")


Span = tuple[str, str]
"""The subjects from the first up to, but without, the second, by their bytes."""


class Incomplete(ValueError):
    """The snapshot does not show what it is said to show."""


@dataclass(frozen=True)
class Head:
    """The newest event of a subject: its number within the subject, and the hash of its leaf."""

    subject: str
    seq: int
    leaf: bytes

    @cached_property
    def entry(self) -> bytes:
        """The leaf of the snapshot's tree: ["urn:ocop:…",3,"sha256:…"]."""
        return canonical([self.subject, self.seq, digest(self.leaf)])

    @classmethod
    def parse(cls, entry: Any) -> Head:
        """From bytes or the parsed list. Raises Malformed."""
        told = parse(entry) if isinstance(entry, bytes) else entry
        if not isinstance(told, list) or [type(part) for part in told] != [str, int, str] or told[1] < 0:
            raise Malformed("no head of a subject")
        return cls(told[0], told[1], undigest(told[2]))


@dataclass(frozen=True)
class Stretch:
    """Leaves of a snapshot that stand side by side, the first at place `start`, each with its Merkle path."""

    start: int
    heads: tuple[Head, ...]
    paths: tuple[tuple[bytes, ...], ...]

    def check(self, count: int, root: bytes, span: Span) -> dict[str, Head]:
        """The heads of `span` by subject. Raises Incomplete or BadProof unless these are all the snapshot has.

        Beyond each end of the span stands a leaf that is outside it, or none at all.
        """
        subjects = [head.subject.encode() for head in self.heads]
        if not subjects or sorted(set(subjects)) != subjects or len(self.paths) != len(subjects):
            raise Incomplete("the leaves of the snapshot are not in their order")
        for place, (head, path) in enumerate(zip(self.heads, self.paths, strict=True), self.start):
            merkle.check_inclusion(place, count, merkle.leaf_hash(head.entry), path, root)
        low, high = (end.encode() for end in span)
        if self.start > 0 and subjects[0] >= low:
            raise Incomplete("the snapshot may hold more before what is shown of it")
        if self.start + len(subjects) < count and subjects[-1] < high:
            raise Incomplete("the snapshot may hold more after what is shown of it")
        if any(subject < low for subject in subjects[1:]) or any(subject >= high for subject in subjects[:-1]):
            raise Incomplete("the snapshot shows more than the neighbours of what was asked")
        return {head.subject: head for head in self.heads if low <= head.subject.encode() < high}


def only(subject: str) -> Span:
    return subject, subject + "\0"


def all_under(prefix: str) -> Span:
    """All subjects that begin so; `prefix` ends in an ASCII sign."""
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)


def tree(heads: Iterable[Head]) -> list[bytes]:
    """The entries of a snapshot in their order: by the bytes of the subject."""
    return [head.entry for head in sorted(heads, key=lambda head: head.subject.encode())]


def body(entries: Sequence[bytes], size: int) -> dict[str, Any]:
    """What the event says: the snapshot of the first `size` events of the log."""
    root = merkle.root_of([merkle.leaf_hash(entry) for entry in entries])
    return {"count": len(entries), "root": digest(root), "size": size}


def stretch(count: int, span: Span, *, entry: Callable[[int], bytes], subtree: merkle.Subtree) -> Stretch:
    """The leaves of the span and, where there is one, a neighbour on each side; `entry` answers the leaf at a place."""
    low, high = (_place(count, end, entry) for end in span)
    places = range(max(0, low - 1), min(count - 1, high) + 1)
    paths = tuple(tuple(merkle.inclusion_proof(place, count, subtree)) for place in places)
    return Stretch(places.start, tuple(Head.parse(entry(place)) for place in places), paths)


def _place(count: int, subject: str, entry: Callable[[int], bytes]) -> int:
    """The first place whose subject is not below this one."""
    return bisect_left(range(count), subject.encode(), key=lambda place: Head.parse(entry(place)).subject.encode())


def newest(events: Iterable[tuple[Mapping[str, Any], bytes]]) -> dict[str, Head]:
    """Subject → head, from parsed events with their leaf hashes, in the order of the log."""
    return {told["subject"]: Head(told["subject"], told["subject_seq"], hashed) for told, hashed in events}


def digest(hashed: bytes) -> str:
    return "sha256:" + hashed.hex()


def undigest(written: Any) -> bytes:
    """Raises Malformed."""
    if not isinstance(written, str) or not DIGEST.fullmatch(written):
        raise Malformed(f"{str(written)[:80]!r} is no digest")
    return bytes.fromhex(written.removeprefix("sha256:"))
