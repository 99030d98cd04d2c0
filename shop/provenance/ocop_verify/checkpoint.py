"""What a log says of itself (c2sp.org/tlog-checkpoint): whose log, how many leaves, which root."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .notes import BadNote, base64, unbase64

LARGEST = 2**63 - 1
DECIMAL = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: `size` leaves, `root` of 32 bytes. Raises BadNote where that cannot be written down."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise BadNote(f"{self.origin!r} is no origin")
        if not 0 <= self.size <= LARGEST:
            raise BadNote(f"{self.size} is no tree size")
        if len(self.root) != 32:
            raise BadNote("the root is not 32 bytes long")

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """From a note's text. Lines after the third are the log's own affair and are passed over. Raises BadNote."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise BadNote("a checkpoint is three or more lines, none empty")
        return cls(lines[0], decimal(lines[1]), unbase64(lines[2]))

    @property
    def text(self) -> str:
        """The note text to be signed, without extension lines."""
        return f"{self.origin}\n{self.size}\n{base64(self.root)}\n"


def decimal(written: str) -> int:
    """ASCII digits without leading zeros, up to 2⁶³ − 1. Raises BadNote."""
    if not DECIMAL.fullmatch(written) or (number := int(written)) > LARGEST:
        raise BadNote(f"{written[:40]!r} is no size or index")
    return number
