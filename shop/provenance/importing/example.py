"""The example that an official fills in: every heading we read, and two invented lines."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
from openpyxl.styles import Alignment, Font

from shop.provenance.importing.headings import HEADINGS

Cell = str | int
WIDTHS = {"slug": 22, "name": 38, "producer": 34, "address": 34, "number": 22, "right": 24, "right_number": 18}
LINES: tuple[dict[str, Cell], ...] = (
    {
        "ordinal": 1,
        "slug": "",
        "name": "Ấm trà men lam (ví dụ)",
        "producer": "HTX Gốm Mẫu",
        "address": "Thôn Mẫu, xã Bát Tràng",
        "score_a": "31,5",
        "score_b": "20",
        "score_c": "27,25",
        "total": "78,75",
        "stars": 4,
        "potential": "x",
        "number": "MẪU-01/QĐ-UBND-01",
        "right": "Nhãn hiệu tập thể",
        "right_number": "4-0000-001",
        "capacity": 12_000,
    },
    {
        "ordinal": 2,
        "slug": "",
        "name": "Bát ăn cơm men rạn (ví dụ)",
        "producer": "HTX Gốm Mẫu",
        "address": "Thôn Mẫu, xã Bát Tràng",
        "score_a": "24",
        "score_b": "15,5",
        "score_c": "18",
        "total": "57,5",
        "stars": 3,
        "number": "MẪU-01/QĐ-UBND-02",
    },
)


def as_csv() -> bytes:
    """For Excel in Vietnam: UTF-8 with its mark, parted by semicolons as decimals have commas."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows(_table())
    return text.getvalue().encode("utf-8-sig")


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for line in _table():
        sheet.append(line)
    for place, field in enumerate(HEADINGS, 1):
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = WIDTHS.get(field, 11)
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _table() -> list[list[Cell]]:
    return [list(HEADINGS.values()), *([line.get(field, "") for field in HEADINGS] for line in LINES)]
