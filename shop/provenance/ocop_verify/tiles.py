"""A log as static files (c2sp.org/tlog-tiles): hashes in tiles of 256, entries in bundles of 256.

A tile of level L holds up to 256 consecutive hashes of complete subtrees of 256^L leaves; all but the last of a level
are full. Full tiles and bundles never change; a partial one carries its width in its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from . import merkle
from .canonical import Malformed

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32  # bytes
LONGEST = 65_535  # bytes of an entry: its length is written in two

Tile = tuple[int, int, int]
"""level, n, width"""
Bundle = tuple[int, int]
"""n, width"""


def tile_path(level: int, n: int, width: int = WIDTH) -> str:
    """tile/0/x001/x234/067, with .p/12 at its end where the tile is 12 hashes wide. Raises ValueError out of range."""
    if not 0 <= level <= 63:
        raise ValueError(f"no tiles of level {level}")
    return f"tile/{level}/{_numbered(n, width)}"


def entries_path(n: int, width: int = WIDTH) -> str:
    """tile/entries/x001/x234/067, with .p/12 at its end where the bundle holds 12 entries."""
    return f"tile/entries/{_numbered(n, width)}"


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles of a tree of `size` leaves, from the leaves up."""
    return new_tiles(0, size)


def new_tiles(old_size: int, new_size: int) -> Iterator[Tile]:
    """The tiles to write when the tree grows, from the leaves up; old partial ones come again, wider."""
    level = 0
    while new_size >> HEIGHT * level:
        for n, width in new_entries(old_size >> HEIGHT * level, new_size >> HEIGHT * level):
            yield level, n, width
        level += 1


def entries_of(size: int) -> Iterator[Bundle]:
    """All entry bundles of a tree of `size` leaves."""
    return new_entries(0, size)


def new_entries(old_size: int, new_size: int) -> Iterator[Bundle]:
    """The entry bundles to write when the tree grows."""
    if old_size < new_size:
        full, rest = divmod(new_size, WIDTH)
        yield from ((n, WIDTH) for n in range(old_size // WIDTH, full))
        if rest:
            yield full, rest


def pack(leaves: Sequence[bytes]) -> bytes:
    """Entries one after the other, each behind its length in two bytes. Raises Malformed over 65,535 bytes."""
    if any(len(leaf) > LONGEST for leaf in leaves):
        raise Malformed(f"an entry of more than {LONGEST} bytes")
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def unpack(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises Malformed if it ends within one."""
    leaves: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise Malformed("the bundle ends within an entry")
        leaves.append(data[at + 2 : end])
        at = end
    return leaves


class TileReader:
    """The subtrees of a tree of `size` leaves, read from its tiles, each tile once.

    `read` gets a path like tile/0/000.p/5 and answers its bytes, or raises as it likes. Nothing read is proven until
    `merkle.root(size, reader.subtree)` is the root of a signed checkpoint.
    """

    def __init__(self, size: int, read: Callable[[str], bytes]) -> None:
        self._size = size
        self._read = read
        self._tiles: dict[tuple[int, int], merkle.Subtree] = {}

    def subtree(self, level: int, n: int) -> bytes:
        """As `merkle.Subtree`. Raises ValueError on a subtree that is not complete, Malformed on a tile cut short."""
        if n < 0 or (n + 1) << level > self._size:
            raise ValueError(f"no complete subtree {n} of level {level} in a tree of {self._size}")
        tile_level, height = divmod(level, HEIGHT)
        per_tile = HEIGHT - height  # as a power of two
        return self._tile(tile_level, n >> per_tile)(height, n & (1 << per_tile) - 1)

    def _tile(self, level: int, n: int) -> merkle.Subtree:
        if (level, n) not in self._tiles:
            width = min(WIDTH, (self._size >> HEIGHT * level) - n * WIDTH)
            data = self._read(tile_path(level, n, width))
            if len(data) != width * HASH:
                raise Malformed(f"{tile_path(level, n, width)} is {len(data)} bytes long")
            self._tiles[level, n] = merkle.subtree_of([data[at : at + HASH] for at in range(0, len(data), HASH)])
        return self._tiles[level, n]


def _numbered(n: int, width: int) -> str:
    if n < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"no tile {n} of width {width}")
    thousands = f"{n:,}".split(",")
    *front, last = [f"{group:0>3}" for group in thousands]
    return "/".join([*(f"x{group}" for group in front), last]) + (f".p/{width}" if width < WIDTH else "")
