"""A line of text cells → the facts of one certificate, or every sentence that says what to mend in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shop.core.refusal import Refusal
from shop.core.text import fold
from shop.provenance.importing.cells import Cells
from shop.provenance.importing.headings import Columns, field_of
from shop.provenance.importing.tables import Line
from shop.provenance.importing.wrongs import (
    NoNumber,
    NoOrdinal,
    NoProducer,
    NoProduct,
    OnlyFourHavePotential,
    TooLongNumber,
)

TELLING = ("stars", "number", "score_a", "score_b", "score_c")
A_SUM = re.compile(r"(tong cong|tong so|total)\b")
A_COLUMN = re.compile(r"\(?\d{1,2}\)?")  # some lists number their columns below the headings


@dataclass
class Row:
    """What one line tells. Scores are hundredths of a point; None stands for what the file does not tell."""

    line: int
    ordinal: str = ""
    slug: str = ""
    name: str = ""
    producer: str = ""
    stars: int = 0
    is_potential_five: bool | None = None
    scores: dict[str, int] = field(default_factory=dict)
    number: str = ""
    right: dict[str, str] | None = None
    tells_right: bool = False
    capacity: int | None = None
    wrong: list[Refusal] = field(default_factory=list)


def rows_of(columns: Columns, *, numbered_by: str = "") -> tuple[list[Row], list[int]]:
    """The rows, and the numbers of the lines passed over as headings, sums or notes.

    A producer's cell is often merged over all its products: an empty one means the producer above.
    `numbered_by`: the decision's number, where certificates are numbered by it and the line.
    """
    rows, passed, producer = [], [], ""
    for line in columns.lines:
        if _is_note(columns, line):
            passed.append(line.number)
            producer = ""
            continue
        told = columns.words(line, "producer")
        producer = told or producer
        whose = told if columns.words(line, "slug") else producer  # a code needs no producer from above
        rows.append(_row(columns, line, whose, numbered_by))
    return rows, passed


def _is_note(columns: Columns, line: Line) -> bool:
    """A heading of a section, a heading repeated on the next page, a sum, a signature: no product stands in it."""
    name = columns.words(line, "name") or columns.words(line, "slug")
    ordinal = columns.words(line, "ordinal")
    told = [field for field in TELLING if columns.words(line, field)]
    if field_of(name) in ("name", "slug") or A_COLUMN.fullmatch(name):
        return True
    if A_SUM.match(fold(name)) or A_SUM.match(fold(ordinal)):
        return True
    return not ordinal.isdigit() and len(told) < (1 if name else 2)


def _row(columns: Columns, line: Line, producer: str, numbered_by: str) -> Row:
    reading = Cells(columns, line)
    row = Row(line.number, reading.words("ordinal"), reading.words("slug"), reading.words("name"), producer)
    row.wrong = reading.wrong
    if not (row.slug or row.name):
        reading.wrong.append(NoProduct())
    if not (row.slug or producer):
        reading.wrong.append(NoProducer())
    row.stars, said = reading.stars()
    told = reading.potential() if columns.has("potential") else None
    row.is_potential_five = said or told
    if row.is_potential_five and row.stars not in (0, 4):
        reading.wrong.append(OnlyFourHavePotential())
    row.scores = reading.scores()
    row.number = _number(reading, row, numbered_by)
    row.tells_right = columns.has("right") or columns.has("right_number")
    row.right = reading.right()
    row.capacity = reading.capacity()
    return row


def _number(reading: Cells, row: Row, numbered_by: str) -> str:
    told = reading.words("number")
    if not told and numbered_by:
        if not row.ordinal.isdigit():
            reading.wrong.append(NoOrdinal())
            return ""
        told = f"{numbered_by}-{int(row.ordinal):02d}"
    if not told:
        reading.wrong.append(NoNumber())
    if len(told) > 60:
        reading.wrong.append(TooLongNumber(typed=told))
    return told


def duplicates(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """(row, the earlier one) that have the same certificate number."""
    seen: dict[str, Row] = {}
    for row in rows:
        if row.number:
            first = seen.setdefault(row.number, row)
            if first is not row:
                yield row, first
