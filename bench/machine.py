"""What machine this is, in the words of the table."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from importlib.metadata import version
from pathlib import Path

import pysqlite3


def described() -> list[str]:
    """One line each: processor, memory, system, programs."""
    processor = _first("/proc/cpuinfo", r"model name\s*: (.+)")
    return [
        f"{os.cpu_count()} cores, {processor}, {_memory()} GB of memory, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, Flask {version('flask')}, "
        f"SQLAlchemy {version('sqlalchemy')}, gunicorn {version('gunicorn')}, SQLite {sqlite()}",
    ]


def load() -> str:
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def sqlite() -> str:
    """The one the shop takes (shop/core/db.py)."""
    newer = sqlite3.sqlite_version_info >= (3, 51, 3)
    return str(sqlite3.sqlite_version if newer else pysqlite3.sqlite_version)


def _memory() -> int:
    return round(int(_first("/proc/meminfo", r"MemTotal:\s*(\d+)")) / 1_048_576)


def _first(file: str, pattern: str) -> str:
    found = re.search(pattern, Path(file).read_text())
    return found[1] if found else "?"
