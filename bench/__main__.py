"""`bin/bench`: makes the catalogues, serves them, measures, prints the table; `--write` keeps it in docs."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from bench import machine, runs, table
from bench.catalogues import copied, kept
from bench.logs import EVENTS, LogRun, log_run
from bench.moving import postgres_with
from bench.runs import BuyingRun, Effort, PageRun
from config import ROOT
from shop.core import clock

PARTS = ("pages", "buying", "log")
PAGE = ROOT / "docs" / "performance.md"


def main() -> int:
    args = _arguments()
    signal.signal(signal.SIGTERM, _leave)  # by the door, so that the servers are ended too
    for size in args.sizes:
        kept(size)
    load, effort = machine.load(), Effort(args.seconds, args.workers, args.threads)
    pages: dict[int, list[PageRun]] = {}
    buying: list[tuple[int, BuyingRun]] = []
    lines = machine.described()
    for size in args.sizes:
        instance = copied(size)
        if "pages" in args.parts:
            _say(f"Measuring the pages of {size:,} products …")
            pages[size] = runs.page_runs(instance, effort)
        if "buying" in args.parts and args.database != "postgresql":
            _say(f"Buying among {size:,} products on SQLite …")
            buying.append((size, runs.buying_run(instance, effort)))
    if "buying" in args.parts and args.database != "sqlite":
        version, bought = _on_postgres(args.sizes[0], effort)
        lines.append(f"PostgreSQL {version}")
        buying.append((args.sizes[0], bought))
    log = _log(args.sizes[0]) if "log" in args.parts else None
    made = table.page(
        table.Run(
            command=" ".join(["bin/bench", *sys.argv[1:]]),
            day=f"{clock.today():%d %B %Y}",
            machine=lines,
            load=load,
            workers=f"gunicorn as in deploy/, {args.workers} worker(s) of {args.threads} threads",
            pages=pages,
            buying=buying,
            log=log,
        )
    )
    print(made)
    if args.write:
        _write(PAGE, made)
    return 0


def _log(size: int) -> LogRun:
    _say(f"Growing the log of {size:,} products to {EVENTS:,} events …")
    return log_run(copied(size))


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _on_postgres(size: int, effort: Effort) -> tuple[str, BuyingRun]:
    _say(f"Moving {size:,} products to PostgreSQL …")
    instance = copied(size)
    with postgres_with(instance) as (url, version):
        _say(f"Buying among {size:,} products on PostgreSQL …")
        return version, runs.buying_run(instance, effort, url, "PostgreSQL")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measures the shop and prints the table.")
    parser.add_argument("--sizes", type=_sizes, default=[3_463, 50_000], help="products, e.g. 3463,50000,1000000")
    parser.add_argument("--seconds", type=float, default=4.0, help="the longest one measurement may take")
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    parser.add_argument("--threads", type=int, default=8, help="threads in each")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite", help="where to buy")
    parser.add_argument("--parts", type=_parts, default=PARTS, help="some of " + ",".join(PARTS))
    parser.add_argument("--write", action="store_true", help="also write docs/performance.md")
    return parser.parse_args()


def _sizes(words: str) -> list[int]:
    sizes = [int(word) for word in words.split(",")]
    if not all(200 <= size <= 2_000_000 for size in sizes):
        raise argparse.ArgumentTypeError("each size must be from 200 to 2000000")
    return sizes


def _parts(words: str) -> tuple[str, ...]:
    parts = tuple(words.split(","))
    if not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"it must be some of {','.join(PARTS)}")
    return parts


def _write(file: Path, words: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(words, encoding="utf-8")
    _say(f"Written to {file.relative_to(ROOT)}.")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
