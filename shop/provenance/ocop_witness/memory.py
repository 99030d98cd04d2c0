"""What a witness remembers in SQLite: every checkpoint it cosigned, and the evidence against a log that forked."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..ocop_verify.checkpoint import Checkpoint

TABLES = """
CREATE TABLE IF NOT EXISTS cosigned (
    origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, time INTEGER NOT NULL,
    PRIMARY KEY (origin, size)
);
CREATE TABLE IF NOT EXISTS evidence (
    origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, against TEXT NOT NULL,
    proof TEXT NOT NULL, is_certain INTEGER NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (origin, size, root)
);
"""
MOST_DOUBTS = 1_000  # of one log: anybody may send its checkpoints with a wrong proof


@dataclass(frozen=True)
class Evidence:
    """A checkpoint that the log signed beside another one, `against`.

    Certain where both have one size and two roots; else the proof did not hold, which may be the sender's fault.
    """

    seen: Checkpoint
    note: str
    against: str
    proof: str
    is_certain: bool
    time: int


class Memory:
    """One file. `turn()` is the atom: what is read in it still holds when it ends."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()
        self._connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {TABLES}")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Threads and processes take turns; on disk before it ends, or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def newest(self, origin: str) -> tuple[Checkpoint, str] | None:
        """The last cosigned checkpoint of a log, with its note."""
        found = "SELECT size, root, note FROM cosigned WHERE origin = ? ORDER BY size DESC LIMIT 1"
        row = self._connection.execute(found, [origin]).fetchone()
        return (Checkpoint(origin, row[0], row[1]), row[2]) if row else None

    def at(self, origin: str, size: int) -> tuple[Checkpoint, str] | None:
        """The checkpoint of this size, if we cosigned one."""
        found = "SELECT root, note FROM cosigned WHERE origin = ? AND size = ?"
        row = self._connection.execute(found, [origin, size]).fetchone()
        return (Checkpoint(origin, size, row[0]), row[1]) if row else None

    def keep(self, seen: Checkpoint, note: str, time: int) -> None:
        """As cosigned. A doubt about this very tree is gone."""
        row = [seen.origin, seen.size, seen.root, note, time]
        self._connection.execute("INSERT OR REPLACE INTO cosigned VALUES (?, ?, ?, ?, ?)", row)
        self._connection.execute("DELETE FROM evidence WHERE origin = ? AND size = ? AND root = ?", row[:3])

    def accuse(self, found: Evidence) -> None:
        """Once for each tree; what is there stays, but what is certain replaces a doubt."""
        seen = found.seen
        doubts = "SELECT count(*) FROM evidence WHERE origin = ? AND NOT is_certain"
        if not found.is_certain and self._connection.execute(doubts, [seen.origin]).fetchone()[0] >= MOST_DOUBTS:
            return
        verb = "INSERT OR REPLACE" if found.is_certain else "INSERT OR IGNORE"
        row = [seen.origin, seen.size, seen.root, found.note, found.against, found.proof, found.is_certain, found.time]
        self._connection.execute(f"{verb} INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def evidence(self) -> list[Evidence]:
        """What is certain first."""
        found = "SELECT origin, size, root, note, against, proof, is_certain, time FROM evidence"
        with self._lock:
            rows = self._connection.execute(f"{found} ORDER BY is_certain DESC, time, size").fetchall()
        return [Evidence(Checkpoint(*row[:3]), row[3], row[4], row[5], bool(row[6]), row[7]) for row in rows]

    def logs(self) -> list[tuple[str, int]]:
        """Origin and size of the last cosigned checkpoint."""
        with self._lock:
            return self._connection.execute("SELECT origin, max(size) FROM cosigned GROUP BY origin").fetchall()
