"""Bytes somebody sent → lines of text cells: CSV in any usual encoding, XLSX without its macros, links and bombs."""

from __future__ import annotations

import codecs
import csv
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import openpyxl

from shop.core.refusal import N_, Refusal
from shop.core.text import nfc

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS, MOST_SHEETS = 300, 20
MOST_LINES, MOST_COLUMNS, MOST_LETTERS = 3_000, 60, 500
LAST_LINE = 20_000  # nobody writes below it; a file that pretends to would keep us counting empty lines
NO_RESULT = "=?"  # stands for a formula whose result the file does not hold
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
VIETNAMESE = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
# What openpyxl raises on a broken file depends on where it broke.
BROKEN = (
    *(BadZipFile, ParseError, struct.error, zlib.error, EOFError, OSError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)


class TooLarge(Refusal):
    sentence = N_("This file is larger than 2 MB. Please send the list alone, without pictures or other sheets.")
    field = "file"


class NoFile(Refusal):
    sentence = N_("The file is empty.")
    field = "file"


class NotATable(Refusal):
    sentence = N_("This is neither a CSV nor an XLSX file. Please save the list in one of these two forms.")
    field = "file"


class OldWorkbook(Refusal):
    sentence = N_("This is an old XLS file, or one locked by a password. Please save it as XLSX without a password.")
    field = "file"


class HasMacros(Refusal):
    sentence = N_("This workbook holds macros. Please save it as a plain XLSX file.")
    field = "file"


class Overblown(Refusal):
    sentence = N_("Unpacked, this file is far too large for a list of products.")
    field = "file"


class Unreadable(Refusal):
    sentence = N_("This file is damaged: Excel or LibreOffice may still open it; please save it anew as XLSX.")
    field = "file"


class StrangeLetters(Refusal):
    sentence = N_("The letters of this file cannot be told for sure. Please save it as “CSV UTF-8” or as XLSX.")
    field = "file"


class TooManyLines(Refusal):
    sentence = N_("This file has more than 3,000 lines. Please send one decision at a time.")
    field = "file"


@dataclass(frozen=True)
class Line:
    """One line of a sheet; `number` is the one the person sees at its left, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """Every reading that may be meant: the sheets of a workbook, or a text parted at each sign that may part it.

    `guessed` names the encoding where the file does not prove it: a person should look at the letters.
    """

    readings: tuple[tuple[Line, ...], ...]
    guessed: str = ""


def read(data: bytes) -> Table:
    """What the file holds, told by its content, never by its name. Raises the refusals above."""
    if not data.strip():
        raise NoFile()
    if len(data) > MOST_BYTES:
        raise TooLarge()
    if data.startswith(b"PK"):
        return _workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook()
    return _text(data)


def _text(data: bytes) -> Table:
    text, guessed = _decoded(data)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t" for sign in text):
        raise NotATable()
    try:
        readings = tuple(_lines(_parted(text, sign)) for sign in ",;\t")
    except csv.Error as error:
        raise NotATable() from error
    return Table(readings, guessed)


def _decoded(data: bytes) -> tuple[str, str]:
    """(text, the encoding if it was a guess)."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), ""
        if b"\0" in data[:200]:
            return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be"), ""
    except UnicodeDecodeError as error:
        raise NotATable() from error
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _from_windows(data), "windows-1258"


def _from_windows(data: bytes) -> str:
    """Vietnamese as Windows wrote it before Unicode; any letter that is not Vietnamese means another encoding."""
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise StrangeLetters() from error
    letters = {sign for sign in text.lower() if sign.isalpha() or unicodedata.combining(sign)}
    if any(not sign.isascii() and sign not in VIETNAMESE for sign in letters):
        raise StrangeLetters()
    return text


def _parted(text: str, sign: str) -> Iterator[list[Any]]:
    """Excel may say in the first line which sign parts the columns."""
    body = text.partition("\n")[2] if text[:4].lower() == "sep=" else text
    return csv.reader(StringIO(body, newline=""), delimiter=sign)


def _workbook(data: bytes) -> Table:
    try:
        _look_inside(data)
        shown, formulas = (_sheets(data, values=values) for values in (True, False))
        return Table(tuple(_lines(_with_results(*pair)) for pair in zip(shown, formulas, strict=True)))
    except BROKEN as error:
        raise Unreadable() from error


def _look_inside(data: bytes) -> None:
    """Before anything is unpacked. The sizes told here bind: the reader stops where they end."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names:
            raise NotATable()
        if any(part.flag_bits & 1 for part in parts):
            raise OldWorkbook()
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise Unreadable()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise HasMacros()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Overblown()
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive.read(part))


def _refuse_entities(xml: bytes) -> None:
    """No workbook needs a DOCTYPE; what it can define makes a few bytes unfold into gigabytes."""
    if any("<!DOCTYPE".encode(encoding) in xml for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise Unreadable()


def _sheets(data: bytes, *, values: bool) -> list[list[Any]]:
    """The rows of each visible sheet: as results, or with the formulas themselves."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=values, keep_links=False)
    found = []
    for sheet in [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]:
        sheet.reset_dimensions()  # what a sheet tells of its own size may be a lie
        found.append(list(sheet.iter_rows(max_row=LAST_LINE + 1, max_col=MOST_COLUMNS)))
    book.close()
    return found


def _with_results(shown: Iterable[Any], formulas: Iterable[Any]) -> Iterator[list[Any]]:
    for results, written in zip(shown, formulas, strict=True):
        yield [
            NO_RESULT if cell.data_type == "f" and result.value is None else result.value
            for result, cell in zip(results, written, strict=True)
        ]


def _lines(rows: Iterable[Iterable[Any]]) -> tuple[Line, ...]:
    """The lines that hold anything."""
    found: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells = tuple(_words(value) for value in list(row)[:MOST_COLUMNS])
        if not any(cells):
            continue
        found.append(Line(number, cells))
        if len(found) > MOST_LINES or number > LAST_LINE:
            raise TooManyLines()
    return tuple(found)


def _words(value: Any) -> str:
    """As a person reads the cell: composed, without blanks to spare; a broken number as short as it can be."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return nfc(" ".join(str(value).translate(INVISIBLE).split()))[:MOST_LETTERS]
