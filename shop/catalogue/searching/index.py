"""The front of the search index: find, apply, rebuild, and whether it can serve at all."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import TypeVar

from shop.catalogue.searching import whoosh_index
from shop.catalogue.searching.analysis import ANALYSER_VERSION
from shop.catalogue.searching.rows import Found, Row
from shop.catalogue.searching.snapshot import Snapshot
from shop.catalogue.searching.store import IndexUnavailable, Store, damaged, seal

LOOK_AGAIN_SECONDS = 0.1
# Opening a broken index can take Whoosh half a second: not every buyer is made to wait for that.
SPARE_SECONDS = 2.0
TRIES = 2

Answer = TypeVar("Answer")


class SearchIndex:
    """A derived text index in one directory; everything in it can be rebuilt from the database."""

    def __init__(self, directory: Path) -> None:
        self._store = Store(directory, ANALYSER_VERSION)
        self._snapshot: Snapshot | None = None
        self._mark: tuple[int, int] | None = None
        self._look_again_at = 0.0
        self._spared: tuple[tuple[int, int] | None, float, str] = (None, 0.0, "")
        self._checked: set[tuple[str, int]] = set()
        self._opening = Lock()

    def find(self, text: str) -> Found:
        """Products for what a person typed. Raises IndexUnavailable when the index cannot be read."""
        return self._ask(lambda snapshot: snapshot.find(text))

    def position(self) -> int:
        """How far in the change log the index has come. Raises IndexUnavailable."""
        return self._ask(lambda snapshot: snapshot.position)

    def apply(self, rows: Sequence[Row], gone: Sequence[int], upto: int) -> None:
        """Brings rows up to date and takes products out. Raises IndexUnavailable: then rebuild."""
        with self._store.writing():
            build = self._store.current()
            self._refuse_damage(build)
            try:
                whoosh_index.change(build, rows, gone, upto)
            except Exception as error:
                raise IndexUnavailable(f"the index cannot be changed: {error!r}") from error
            seal(build)
        self._look_at_once()

    def rebuild(self, rows: Iterable[Row], upto: int) -> None:
        """Builds a new index beside the serving one and swaps it in; readers serve all the while."""
        with self._store.writing(), self._store.fresh() as build:
            whoosh_index.create(build, rows, upto)
            self._store.swap_in(build)
        self._look_at_once()

    @property
    def is_ready(self) -> bool:
        return self.why_not() is None

    def why_not(self) -> str | None:
        """The reason why the index cannot serve and wants a rebuild, or None."""
        try:
            self.position()
        except IndexUnavailable as reason:
            return str(reason)
        return None

    def _ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        """Asks the newest snapshot; a writer may clear files away between two steps, so it asks again."""
        self._refuse_while_spared()
        for left in reversed(range(TRIES)):
            try:
                return question(self._newest())
            except IndexUnavailable:
                raise
            except Exception as error:
                # Whoosh raises six kinds of errors for missing and broken files, pickle any kind at all.
                self._snapshot = None
                if not left:
                    reason = f"the index cannot be read: {error!r}"
                    self._spared = (self._store.mark(), time.monotonic() + SPARE_SECONDS, reason)
                    raise IndexUnavailable(reason) from error
        raise AssertionError("unreachable")

    def _look_at_once(self) -> None:
        self._look_again_at = 0.0
        self._spared = (None, 0.0, "")

    def _refuse_while_spared(self) -> None:
        mark, until, reason = self._spared
        if time.monotonic() < until and mark == self._store.mark():
            raise IndexUnavailable(reason)

    def _newest(self) -> Snapshot:
        held = self._snapshot
        if held and time.monotonic() < self._look_again_at:
            return held
        # Whoever comes while another thread is opening goes on with what was there.
        if not self._opening.acquire(blocking=held is None):
            return held or self._newest()
        try:
            return self._look_again()
        finally:
            self._opening.release()

    def _look_again(self) -> Snapshot:
        held, mark = self._snapshot, self._store.mark()
        if not held or mark != self._mark or not held.is_newest():
            build = self._store.current()
            self._refuse_damage(build)
            self._snapshot, self._mark = (held := Snapshot(build)), mark
        self._look_again_at = time.monotonic() + LOOK_AGAIN_SECONDS
        return held

    def _refuse_damage(self, build: Path) -> None:
        try:
            name = damaged(build, self._checked)
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnavailable(f"the sums of the index cannot be read: {error}") from error
        if name:
            raise IndexUnavailable(f"the index is damaged: {name}")
