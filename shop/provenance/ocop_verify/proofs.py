"""The proof that one entry is in a log (c2sp.org/tlog-proof): its index, its Merkle path, a signed checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .checkpoint import decimal
from .merkle import BadProof
from .notes import BadNote, base64, unbase64

FIRST = "c2sp.org/tlog-proof@v1"
LONGEST = 63  # hashes: no tree is higher


@dataclass(frozen=True)
class Proof:
    """Entry `index`, the hashes from its sibling upwards, and the checkpoint as a signed note not yet opened."""

    index: int
    hashes: list[bytes]
    note: str


def proof_text(index: int, proof: Sequence[bytes], checkpoint_note: str) -> str:
    hashes = "".join(f"{base64(each)}\n" for each in proof)
    return f"{FIRST}\nindex {index}\n{hashes}\n{checkpoint_note}"


def parse_proof(text: str) -> Proof:
    """Only its form: `merkle.check_inclusion` and `Policy.check` say whether it proves anything. Raises BadProof.

    The `extra` line of other logs is passed over, as nothing vouches for it.
    """
    head, gap, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    try:
        if lines and lines[0].startswith("extra "):
            unbase64(lines.pop(0).removeprefix("extra "))
        if first != FIRST or not gap or not lines or not lines[0].startswith("index "):
            raise BadProof("no tlog-proof")
        index = decimal(lines[0].removeprefix("index "))
        hashes = [unbase64(line) for line in lines[1:]]
    except BadNote as error:
        raise BadProof(str(error)) from error
    if len(hashes) > LONGEST or any(len(each) != 32 for each in hashes):
        raise BadProof("more hashes than a tree is high, or one that is not 32 bytes long")
    return Proof(index, hashes, note)
