"""The one place that touches Whoosh, and only the part of it that was found safe (specs/search.md §1)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage

from shop.catalogue.searching.analysis import ABOUT, FIELDS, NAME_X, analyse
from shop.catalogue.searching.rows import Row

# A reserved document, so that position and content are one commit and can never disagree.
POSITION = "position"
MANY_SEGMENTS = 10
LOCK_PATIENCE = 10.0
WRITER_MEGABYTES = 64
LENGTHS = "_len.col"


class WhooshReader:
    """One commit of one build; not safe for two threads at once, the snapshot above it holds the lock."""

    def __init__(self, build: Path) -> None:
        # Without memory maps: a file cut short under a map would kill the process instead of raising.
        self._index = index.FileIndex(FileStorage(str(build), supports_mmap=False, readonly=True))
        self.commit = int(self._index.latest_generation())
        self._reader = self._index.reader()
        self.position = 0
        self.products = list(self._documents())

    def newest_commit(self) -> int:
        return int(self._index.latest_generation())

    def documents_holding(self, field: str, term: str) -> list[int]:
        if (field, term) not in self._reader:
            return []
        return list(self._reader.postings(field, term).all_ids())

    def words(self) -> Iterator[tuple[str, int]]:
        """Terms of names, places and makers, with the number of products of each."""
        for field in (NAME_X, ABOUT):
            for term, facts in self._reader.iter_field(field):
                yield term.decode("utf-8"), int(facts.doc_frequency())

    def documents_at_all(self) -> int:
        return int(self._reader.doc_count_all())

    def close(self) -> None:
        self._reader.close()

    def _documents(self) -> Iterator[tuple[int, int, int]]:
        for document, stored in self._reader.iter_docs():
            if stored["key"] == POSITION:
                self.position = int(stored["upto"])
            else:
                yield document, int(stored["key"]), int(stored["rank"])


class _Folder(FileStorage):  # type: ignore[misc]
    """A folder that answers from memory what 2.7.4 asks the disk before every posting it writes."""

    def __init__(self, build: Path) -> None:
        super().__init__(str(build), supports_mmap=False)

    def file_exists(self, name: str) -> bool:
        # Our fields keep no lengths, so no segment ever has this file.
        return not name.endswith(LENGTHS) and bool(super().file_exists(name))


def create(build: Path, rows: Iterable[Row], upto: int) -> None:
    """Fills an empty directory in one commit; rows are taken one by one."""
    whoosh = _Folder(build).create_index(_schema())
    with _writer(whoosh) as writer:
        for row in rows:
            writer.add_document(**_document(row))
        writer.add_document(key=POSITION, upto=upto)
        writer.commit(merge=False)


def change(build: Path, rows: Sequence[Row], gone: Sequence[int], upto: int) -> None:
    """Puts rows in the place of what was there, takes the gone out, and moves the position, in one commit."""
    whoosh = _Folder(build).open_index()
    with _writer(whoosh) as writer:
        with writer.searcher() as searcher:
            for key in {POSITION, *map(str, gone), *(str(row.product_id) for row in rows)}:
                writer.delete_by_term("key", key, searcher=searcher)
        for row in {row.product_id: row for row in rows}.values():
            writer.add_document(**_document(row))
        writer.add_document(key=POSITION, upto=upto)
        # Merging on every commit costs up to 250 ms; not merging at all slows every new word.
        writer.commit(merge=len(writer.segments) >= MANY_SEGMENTS)


@contextmanager
def _writer(whoosh: Any) -> Iterator[Any]:
    """A writer that gives its lock back whatever happens; after an error it is never used again."""
    writer = whoosh.writer(timeout=LOCK_PATIENCE, limitmb=WRITER_MEGABYTES)
    try:
        yield writer
    except BaseException:
        # A failed commit of 2.7.4 keeps the lock; cancel() frees it, and may say it is closed already.
        with suppress(Exception):
            writer.cancel()
        raise


def _document(row: Row) -> dict[str, Any]:
    return {"key": str(row.product_id), "rank": row.rank, **analyse(row)}


def _schema() -> Any:
    return fields.Schema(
        key=fields.ID(stored=True, unique=True),
        rank=fields.STORED,
        upto=fields.STORED,
        **{field: fields.KEYWORD(scorable=False) for field in FIELDS},
    )
