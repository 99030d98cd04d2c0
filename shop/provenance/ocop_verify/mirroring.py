"""Copies a log from its static files, checks every byte against the signed checkpoint, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from . import merkle, tiles
from .checkpoint import Checkpoint
from .logfiles import CHECKPOINT, Read, in_directory, leaves
from .notes import Opened
from .policy import Policy


class Forked(ValueError):
    """The log shows another history than it showed before: keep both checkpoints, and tell people."""


def mirror(read: Read, directory: Path, policy: Policy) -> tuple[Opened, int]:
    """Answers the opened checkpoint and how many entries are new. Raises Forked, BadNote, Missing or Malformed.

    Only what is proven is kept under its name. A checkpoint that contradicts an earlier one is kept as evidence.
    """
    note = read(CHECKPOINT)
    opened = policy.check(note)
    new, old = Checkpoint.parse(opened.text), held(directory, policy)
    if old and new.size < old.size:
        _keep(directory / f"{CHECKPOINT}.evidence-{new.size}", note)
        raise Forked(f"the log has {new.size} entries, but once signed {old.size}")
    kept = _kept(directory, old)
    start = len(kept) // tiles.WIDTH * tiles.WIDTH
    found = kept[:start] + list(leaves(read, new.size, start))
    subtree = merkle.subtree_of([merkle.leaf_hash(leaf) for leaf in found])
    if old and merkle.root(old.size, subtree) != old.root:
        _keep(directory / f"{CHECKPOINT}.evidence-{new.size}", note)
        raise Forked(f"the first {old.size} entries are not those the log signed before")
    if merkle.root(new.size, subtree) != new.root:
        raise Forked("the entries do not make the tree of the checkpoint")
    _write(directory, start, found, subtree)
    _keep(directory / CHECKPOINT, note)
    return opened, new.size - (old.size if old else 0)


def held(directory: Path, policy: Policy) -> Checkpoint | None:
    """The checkpoint of the mirror as it stands. Raises BadNote."""
    file = directory / CHECKPOINT
    return Checkpoint.parse(policy.check(file.read_bytes()).text) if file.exists() else None


def compare(older: Checkpoint, newer: Checkpoint, read: Read | None) -> None:
    """Raises BadProof or Forked unless the newer tree begins with the whole older one; without `read` as far as it
    can be told from the two alone."""
    if older.origin != newer.origin:
        raise Forked(f"{older.origin} and {newer.origin} are two logs")
    if older.size == newer.size:
        if older.root != newer.root:
            raise Forked(f"the log signed two different trees of {older.size} entries")
        return
    if older.size == 0:
        return
    if read is None:
        raise Unproven("two sizes: say --log, a directory or address with the log's files")
    subtree = tiles.TileReader(newer.size, read).subtree
    proof = merkle.consistency_proof(older.size, newer.size, subtree)
    merkle.check_consistency(older.size, newer.size, older.root, newer.root, proof)


class Unproven(ValueError):
    """Nothing contradicts it, and nothing shows it."""


def _kept(directory: Path, old: Checkpoint | None) -> list[bytes]:
    return list(leaves(in_directory(directory), old.size)) if old else []


def _write(directory: Path, start: int, found: Sequence[bytes], subtree: merkle.Subtree) -> None:
    """Tiles follow from the entries, so they are made here and not fetched."""
    for n, width in tiles.new_entries(start, len(found)):
        some = found[n * tiles.WIDTH : n * tiles.WIDTH + width]
        _keep(directory / tiles.entries_path(n, width), tiles.pack(some))
    for level, n, width in tiles.new_tiles(start, len(found)):
        hashes = (subtree(tiles.HEIGHT * level, n * tiles.WIDTH + at) for at in range(width))
        _keep(directory / tiles.tile_path(level, n, width), b"".join(hashes))


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(file.name + ".new")
    beside.write_bytes(content)
    beside.replace(file)
