"""Things that are the same for everyone until the catalogue changes or a new day begins in Hanoi."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from shop.catalogue import shelves

Thing = TypeVar("Thing")


class Remembered(Generic[Thing]):
    """Keeps what `make` answered, by key, for one state of the catalogue; at most `most` things."""

    def __init__(self, most: int = 20_000) -> None:
        self.most = most
        # One tuple, replaced whole: no thread ever sees one state's things under another state's version.
        self._kept: tuple[object, dict[Hashable, Thing]] = (None, {})

    def things(self) -> dict[Hashable, Thing]:
        """What is kept for the present state; a writer adds to it."""
        version = shelves.version()
        kept = self._kept
        if kept[0] != version or len(kept[1]) >= self.most:
            kept = self._kept = (version, {})
        return kept[1]

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        things = self.things()
        found = things.get(key)
        if found is None:
            found = make()
            self.keep({key: found}, things)
        return found

    def keep(self, found: dict[Hashable, Thing], things: dict[Hashable, Thing]) -> None:
        """Keeps what was made, unless this request still reads an older state of the database."""
        if shelves.is_seen_by_this_request():
            things.update(found)
