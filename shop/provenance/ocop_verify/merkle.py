"""The Merkle tree of RFC 6962 (RFC 9162, section 2.1): roots, and the proofs that a leaf or an older tree is in it.

All hashes are SHA-256, 32 bytes. Whoever builds a proof answers for the hashes of complete subtrees (from memory, tiles
or a database); whoever checks one needs nothing but the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

Subtree = Callable[[int, int], bytes]
"""subtree(level, n): the hash over the leaves n·2^level … (n+1)·2^level − 1; asked only for complete subtrees."""

EMPTY = sha256(b"").digest()  # the root of a tree without leaves


class BadProof(ValueError):
    """The proof does not prove it, or there can be none."""


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(size: int, subtree: Subtree) -> bytes:
    """The root over the first `size` leaves."""
    return _hash(0, size, subtree) if size else EMPTY


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    return root(len(leaf_hashes), subtree_of(leaf_hashes))


def subtree_of(leaf_hashes: Sequence[bytes]) -> Subtree:
    """Answers from memory; each level is hashed once, when it is first asked for."""
    levels = [list(leaf_hashes)]

    def subtree(level: int, n: int) -> bytes:
        while len(levels) <= level:
            below = levels[-1]
            levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return levels[level][n]

    return subtree


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The siblings from leaf `index` up to below the root of `size` leaves. Raises BadProof out of range."""
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            proof.append(_hash(middle, end, subtree))
            end = middle
        else:
            proof.append(_hash(start, middle, subtree))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """What shows that the first `old` of `new` leaves are still the same. Raises BadProof unless 0 < old ≤ new."""
    if not 0 < old <= new:
        raise BadProof(f"no proof from {old} to {new} leaves")
    proof: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _left(end - start)
        if old <= middle:
            proof.append(_hash(middle, end, subtree))
            end = middle
        else:
            proof.append(_hash(start, middle, subtree))
            start = middle
    if start:  # else what remains is the whole old tree, whose root the checker has
        proof.append(_hash(start, end, subtree))
    return proof[::-1]


def check_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raises BadProof unless the leaf is at `index` in the tree of `size` and `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    _check_lengths(leaf_hash, root, *proof)
    position, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if not last:
            raise BadProof("the proof is too long")
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    if found != root:
        raise BadProof("the proof leads to another root")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises BadProof unless the tree of `new` begins with the whole tree of `old` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        raise BadProof(f"no proof from {old} to {new} leaves")
    _check_lengths(old_root, new_root, *proof)
    if old == new:
        if proof or old_root != new_root:
            raise BadProof("two trees of one size have one root and nothing to prove")
        return
    first, *rest = proof if old & (old - 1) and proof else [old_root, *proof]
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    was = now = first
    for sibling in rest:
        if not last:
            raise BadProof("the proof is too long")
        if position & 1 or position == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    if was != old_root or now != new_root:
        raise BadProof("the proof leads to another root")


def _hash(start: int, end: int, subtree: Subtree) -> bytes:
    """Over the leaves start … end − 1, where `start` is a multiple of the least power of two ≥ end − start."""
    width = end - start
    if not width & (width - 1):
        level = width.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _left(width)
    return node_hash(_hash(start, middle, subtree), _hash(middle, end, subtree))


def _left(width: int) -> int:
    """The greatest power of two below `width`: how many leaves are on the left."""
    return 1 << (width - 1).bit_length() - 1


def _check_lengths(*hashes: bytes) -> None:
    if any(len(each) != 32 for each in hashes):
        raise BadProof("a hash is not 32 bytes long")
