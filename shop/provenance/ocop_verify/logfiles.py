"""A log's static files, from a directory or over the network; nothing read here is proven yet."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError

from . import tiles
from .canonical import Malformed

Read = Callable[[str], bytes]
"""Answers the bytes at a path like tile/0/000. Raises Missing."""

CHECKPOINT = "checkpoint"
MOST = tiles.WIDTH * (tiles.LONGEST + 2)  # bytes: the longest bundle of entries
PATIENCE = 20  # seconds


class Missing(OSError):
    """The file is not there, or cannot be fetched."""


def in_directory(directory: Path) -> Read:
    """A partial tile may be found within a wider one: a mirror keeps only its newest."""

    def read(path: str) -> bytes:
        try:
            return (directory / path).read_bytes()
        except OSError as error:
            raise Missing(f"{path} is not in {directory}") from error

    return widened(read, lambda path: _wider(directory, path))


def over_network(address: str) -> Read:
    """Follows no redirect to another scheme, reads no more than MOST bytes."""
    if not address.startswith(("http://", "https://")):
        raise Missing(f"{address!r} is no http address")
    opener = urllib.request.build_opener(_NoRedirect)

    def read(path: str) -> bytes:
        try:
            with opener.open(f"{address.rstrip('/')}/{path}", timeout=PATIENCE) as answer:
                found: bytes = answer.read(MOST + 1)
        except (HTTPError, URLError, HTTPException, OSError) as error:
            raise Missing(f"{path}: {error}") from error
        if len(found) > MOST:
            raise Missing(f"{path} is longer than any file of a log")
        return found

    return widened(read, lambda path: [path.partition(".p/")[0]] if ".p/" in path else [])


def widened(read: Read, wider: Callable[[str], list[str]]) -> Read:
    """Where a partial tile is gone, the beginning of a wider one."""

    def found(path: str) -> bytes:
        try:
            return read(path)
        except Missing:
            for other in wider(path):
                return _beginning(read(other), path)
            raise

    return found


def leaves(read: Read, size: int, start: int = 0) -> Iterator[bytes]:
    """The entries from `start`, a multiple of 256, up to `size`. Raises Missing or Malformed."""
    for n, width in tiles.new_entries(start, size):
        some = tiles.unpack(read(tiles.entries_path(n, width)))
        if len(some) != width:
            raise Malformed(f"{tiles.entries_path(n, width)} holds {len(some)} entries")
        yield from some


def _wider(directory: Path, path: str) -> list[str]:
    stem, partial, _ = path.partition(".p/")
    if not partial:
        return []
    kept = directory / f"{stem}.p"
    widths = sorted(int(file.name) for file in kept.iterdir() if file.name.isdecimal()) if kept.is_dir() else []
    return [stem] if (directory / stem).is_file() else [f"{stem}.p/{width}" for width in reversed(widths)][:1]


def _beginning(data: bytes, path: str) -> bytes:
    """As many hashes or entries of the wider file as the partial one has."""
    width = int(path.partition(".p/")[2])
    if path.startswith("tile/entries/"):
        return tiles.pack(tiles.unpack(data)[:width])
    return data[: width * tiles.HASH]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A log is where its address says: whoever may redirect may send us anywhere."""

    def redirect_request(self, *_given: object) -> None:
        return None
