"""Where indexes lie on disk: one directory per build, the serving one in CURRENT, one writer at a time."""

import fcntl
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CURRENT = "CURRENT"
SUMS = "sums.json"
LOCK = "writer.lock"
BUILD = re.compile(r"v(\d{6,})-[0-9a-z]+")
OTHERS_MAY_WRITE = 0o022


class IndexUnavailable(Exception):
    """The index cannot answer now; says why. The caller answers from the database and has it rebuilt."""


class Store:
    """The builds under one root, all made by the same analyser (`fingerprint`)."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self.root = root
        self.fingerprint = fingerprint

    def current(self) -> Path:
        """The directory that serves, or IndexUnavailable with the reason."""
        name = self._named()
        if not name:
            raise IndexUnavailable("no index has been built")
        if not BUILD.fullmatch(name):
            raise IndexUnavailable("CURRENT names no build")
        if not name.endswith(f"-{self.fingerprint}"):
            raise IndexUnavailable("the index was built by another version of the analyser")
        return self._trusted(self.root / name)

    def mark(self) -> tuple[int, int] | None:
        """Changes whenever another build is swapped in; costs one stat."""
        try:
            seen = (self.root / CURRENT).stat()
        except OSError:
            return None
        return seen.st_ino, seen.st_mtime_ns

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Waits until no other thread or process writes; the system frees the lock of a writer that died."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.root / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """An empty directory for the next build; swept away when the build fails."""
        last = max((int(build.name[1:].partition("-")[0]) for build in self._builds()), default=0)
        build = self.root / f"v{last + 1:06d}-{self.fingerprint}"
        build.mkdir(mode=0o700)
        try:
            yield build
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise

    def swap_in(self, build: Path) -> None:
        """Makes the build the serving one, for all readers at once, and keeps the one before it."""
        seal(build)
        before = ""
        with suppress(IndexUnavailable):
            before = self._named()
        waiting = self.root / f"{CURRENT}.new"
        waiting.write_text(build.name, encoding="ascii")
        _sync(waiting)
        waiting.replace(self.root / CURRENT)
        _sync(self.root)
        for old in self._builds():
            if old.name not in (build.name, before):
                shutil.rmtree(old, ignore_errors=True)

    def _trusted(self, build: Path) -> Path:
        """Whoosh keeps pickles: a directory others may write to is never opened."""
        try:
            if build.stat().st_mode & OTHERS_MAY_WRITE:
                raise IndexUnavailable("others may write to the index directory")
        except OSError as error:
            raise IndexUnavailable("the build named in CURRENT is gone") from error
        return build

    def _named(self) -> str:
        try:
            return (self.root / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"CURRENT cannot be read: {error}") from error

    def _builds(self) -> list[Path]:
        return [path for path in self.root.iterdir() if BUILD.fullmatch(path.name)]


def seal(build: Path) -> None:
    """Writes the build through to the disk and notes each file's sum, so that a flipped bit can be told."""
    files = [path for path in sorted(build.iterdir()) if path.is_file() and _is_kept(path.name)]
    for path in files:
        _sync(path)
    sums = build / f"{SUMS}.new"
    sums.write_text(json.dumps({path.name: _sum(path) for path in files}), encoding="utf-8")
    _sync(sums)
    sums.replace(build / SUMS)
    _sync(build)


def damaged(build: Path, checked: set[tuple[str, int]]) -> str | None:
    """The name of a file that is not as it was written; `checked` spares the sum of files found whole."""
    for name, (size, crc) in json.loads((build / SUMS).read_text(encoding="utf-8")).items():
        path = build / name
        try:
            whole = path.stat().st_size == size and ((name, crc) in checked or _sum(path) == (size, crc))
        except FileNotFoundError:
            # Replaced by a newer commit; were it needed still, opening the index would say so.
            continue
        if not whole:
            return str(name)
        checked.add((name, crc))
    return None


def _is_kept(name: str) -> bool:
    return not name.startswith(SUMS) and not name.endswith("WRITELOCK")


def _sum(path: Path) -> tuple[int, int]:
    content = path.read_bytes()
    return len(content), zlib.crc32(content)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
