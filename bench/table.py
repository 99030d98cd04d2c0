"""The run as Markdown: figures beside their goals, and plain words where a goal is missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.goals import grown, verdicts
from bench.loads import Measured
from bench.logs import LogRun
from bench.runs import ANEW, CACHED, CONSTANT, BuyingRun, PageRun

ENOUGH_OF_A_CORE = 0.75  # a server that is the bottleneck keeps its core at least this busy
MUCH = 0.3  # cores of other work that make figures untrustworthy
DEEDS = {"add": "put in the basket", "order": "place the order (one POST)", "checkout": "whole guest checkout, 9 pages"}


class Run(NamedTuple):
    """All that was measured, and where."""

    command: str
    day: str
    machine: Sequence[str]
    load: str
    workers: str
    pages: Mapping[int, Sequence[PageRun]]
    buying: Sequence[tuple[int, BuyingRun]]
    log: LogRun | None = None


def page(run: Run) -> str:
    parts = (_head, _goals, _sizes, _growth, _buying, _log, _reading)
    return "\n".join(line for part in parts for line in part(run)) + "\n"


def _log(run: Run) -> Iterator[str]:
    if run.log is None:
        return
    log = run.log
    yield f"## The log at {log.events:,} events, SQLite"
    yield ""
    deeds = (
        ("one deed entered: checked, signed, appended, projected, committed", log.append),
        ("the same and published: tiles, entries, signed checkpoint", log.publish),
        ("one inclusion proof from the published files, made and checked", log.proof),
    )
    rows = [(name, *(f"{log.p(times, share):.1f}" for share in (50, 95, 99))) for name, times in deeds]
    yield from _table(("deed", "p50 ms", "p95 ms", "p99 ms"), rows)
    yield f"Appended in batches: {log.grown_a_second:,.0f} events a second. `flask log fsck` over all of them: leaves,"
    yield f"chains, signatures, tree, every proof, files and checkpoints {log.fsck_s:.1f} s, rebuilding and comparing"
    yield f"every projected row {log.tables_s:.1f} s; {log.faults} faults."
    yield ""


def _head(run: Run) -> Iterator[str]:
    yield "# How fast the shop is"
    yield ""
    yield f"Measured on {run.day} by `{run.command}`. Ratios within this run are what counts: another machine,"
    yield "or this one on a busier day, gives other absolute figures."
    yield ""
    yield from (f"- {line}" for line in run.machine)
    yield f"- The shop: {run.workers}; 8 keep-alive connections from 2 client processes on the same cores"
    yield f"- Load of the machine before the run (1, 5, 15 minutes): {run.load}"
    yield f"- {_company(run)}"
    yield ""


def _company(run: Run) -> str:
    made = list(_all(run))
    if not made:
        return "Only the log was measured: other work on the machine was not watched"
    busy = sum(one.others_cores * one.wall for one in made) / sum(one.wall for one in made)
    words = f"Other work on the machine during the measurements: {busy:.2f} cores on average"
    return words + (": **too much to trust the absolute figures**" if busy > MUCH else "")


def _goals(run: Run) -> Iterator[str]:
    yield "## Against the goals"
    yield ""
    rows = [(one.goal, one.figure, "met" if one.is_met else "**missed**") for one in verdicts(run.pages, run.buying)]
    yield from _table(("goal", "measured", ""), rows)


def _sizes(run: Run) -> Iterator[str]:
    for size, runs in run.pages.items():
        yield f"## {size:,} products"
        yield ""
        yield "Rendered anew: every request asks for an address that the page cache has not seen. SQL and the first"
        yield "rendering are those after a change of the catalogue, when no card is remembered."
        yield ""
        heads = ("CPU ms", "p50 ms", "p95 ms", "p99 ms", "a second", "of constant")
        yield from _table(("page", "bytes", "SQL", "first, CPU ms", *heads), [_anew(one) for one in runs])
        yield "From the page cache, beside a Flask app that answers as many constant bytes."
        yield ""
        yield from _table(("page", "bytes", *heads, "constant a second"), [_cached(one) for one in runs])


def _anew(run: PageRun) -> tuple[str, ...]:
    began = (run.name, f"{run.size:,}", str(run.queries), f"{run.cold_ms:.1f}")
    return (*began, *_figures(run.anew, ANEW), f"{run.of_constant(ANEW):.3f}")


def _cached(run: PageRun) -> tuple[str, ...]:
    ended = (f"{run.of_constant(CACHED):.2f}", f"{run.constant.rate(CONSTANT):,.0f}")
    return (run.name, f"{run.size:,}", *_figures(run.cached, CACHED), *ended)


def _figures(made: Measured, name: str) -> tuple[str, ...]:
    waits = (f"{made.ms(name, percent):.1f}" for percent in (50, 95, 99))
    return (f"{made.cpu_ms(name):.2f}", *waits, f"{made.rate(name):,.1f}")


def _growth(run: Run) -> Iterator[str]:
    sizes = sorted(run.pages)
    if len(sizes) < 2:
        return
    first, last = sizes[0], sizes[-1]
    yield f"## From {first:,} to {last:,} products"
    yield ""
    rows = [
        (one.name, f"{one.anew.cpu_ms(ANEW):.2f}", f"{two.anew.cpu_ms(ANEW):.2f}", f"{grown(one, two):.2f}")
        for one, two in zip(run.pages[first], run.pages[last], strict=True)
    ]
    yield from _table(("page rendered anew", f"CPU ms, {first:,}", f"CPU ms, {last:,}", "×"), rows)


def _buying(run: Run) -> Iterator[str]:
    for size, one in run.buying:
        yield f"## Buying, {size:,} products on {one.database}"
        yield ""
        rows = []
        for name, words in DEEDS.items():
            made: Measured = getattr(one, name)
            rows.append((words, str(one.queries[name]), *_figures(made, name), str(made.count(name))))
        yield from _table(("deed", "SQL", "CPU ms", "p50 ms", "p95 ms", "p99 ms", "a second", "measured"), rows)


def _reading(run: Run) -> Iterator[str]:
    yield "## How to read it"
    yield ""
    yield "- CPU ms: user and system time of the server's processes divided by requests; PostgreSQL's own is not in it."
    yield "- Waits are seen by 8 clients at once: with one worker a request waits for up to seven others."
    yield "- SQL: statements sent in one request, counted in process; BEGIN and COMMIT are not counted."
    yield "- The order alone: every guest has filled in everything before the clock starts; SQLite waits for the disk"
    yield "  (`synchronous=FULL`), PostgreSQL as well (`fsync=on`). The whole checkout includes all pages on the way."
    yield "- Of constant: the rate divided by that of the constant answer, measured seconds before on the same machine."
    yield from _bottleneck(run)


def _bottleneck(run: Run) -> Iterator[str]:
    """Whether the clients were quick enough for the constant answer, as far as this run can tell."""
    waiting = [one for runs in run.pages.values() for one in runs if one.constant.server_cores < ENOUGH_OF_A_CORE]
    crowded = [one for one in waiting if one.constant.others_cores > MUCH]
    if crowded:
        yield f"- For {len(crowded)} of the constant answers other work held the cores: their rates, and the shares"
        yield "  of them, say little, and whether the clients held the server back cannot be told."
    if idle := [one.name for one in waiting if one not in crowded]:
        yield f"- The clients, not the server, were the bottleneck of the constant answer for: {', '.join(idle)}."
    if run.pages and not waiting:
        yield "- The clients were not the bottleneck: the constant answer's server kept its core busy."


def _all(run: Run) -> Iterator[Measured]:
    for runs in run.pages.values():
        for one in runs:
            yield from (one.anew, one.cached, one.constant)
    for _, bought in run.buying:
        yield from (bought.add, bought.order, bought.checkout)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""
