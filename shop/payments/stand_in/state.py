"""Everything the stand-in knows, in memory, with a journal on disk when a file is named."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock
from typing import Any

from .refusal import no_such

Record = dict[str, Any]
"""One Stripe object, or one note of our own, as plain JSON with an `id`."""


class Book:
    """Reads and writes go inside `changing()`: one lock, and one journal line for each whole change."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = RLock()
        self.offset = 0
        self.bell = Event()  # rung after every change, so the courier need not wait for its next look
        self._tables: dict[str, dict[str, Record]] = {}
        self._changed: list[tuple[str, str]] = []
        self._depth = 0
        self._file = file
        if file and file.exists():
            self._replay(file)

    def now(self) -> int:
        return int(time.time()) + self.offset

    def move_clock(self, offset: int) -> None:
        self.offset = offset
        self.put({"id": "clock", "offset": offset}, kind="setting")

    def put(self, record: Record, *, kind: str = "") -> Record:
        kind = kind or record["object"]
        self._tables.setdefault(kind, {})[record["id"]] = record
        self._changed.append((kind, record["id"]))
        return record

    def forget(self, kind: str, key: str) -> None:
        if self._tables.get(kind, {}).pop(key, None) is not None:
            self._changed.append((kind, key))

    def seek(self, kind: str, key: str) -> Record | None:
        return self._tables.get(kind, {}).get(key)

    def find(self, kind: str, key: str, param: str = "id") -> Record:
        found = self.seek(kind, key)
        if found is None:
            raise no_such(kind, key, param)
        return found

    def all(self, kind: str) -> list[Record]:
        """Oldest first."""
        return list(self._tables.get(kind, {}).values())

    def clear(self) -> None:
        self._tables.clear()
        self._changed.clear()
        self.offset = 0
        if self._file:
            self._file.unlink(missing_ok=True)

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._changed:
                    self._write_down()

    def _write_down(self) -> None:
        lines = [[kind, key, self.seek(kind, key)] for kind, key in dict.fromkeys(self._changed)]
        self._changed.clear()
        if self._file:
            with self._file.open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(lines, ensure_ascii=False) + "\n")
        self.bell.set()

    def _replay(self, file: Path) -> None:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if not line.endswith("]]"):
                continue  # the last line of a killed process may be cut short
            for kind, key, record in json.loads(line):
                table = self._tables.setdefault(kind, {})
                table.pop(key, None) if record is None else table.__setitem__(key, record)
        self.offset = (self.seek("setting", "clock") or {"offset": 0})["offset"]
        everything = [[kind, key, record] for kind, table in self._tables.items() for key, record in table.items()]
        file.write_text(json.dumps(everything, ensure_ascii=False) + "\n" if everything else "", encoding="utf-8")


def new_id(prefix: str, length: int = 24) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    return prefix + "".join(secrets.choice(alphabet) for _ in range(length))
