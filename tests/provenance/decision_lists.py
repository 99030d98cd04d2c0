"""Lists of products as Hanoi's decisions have them: 104 products of 32 producers, like that of 1147/QĐ-UBND (2024)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from shop.catalogue.models import Product
from shop.core.languages import Texts
from tests.factories import a_producer, a_product

HEAD = ["STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm A", "Điểm B", "Điểm C", "Tổng điểm", "Hạng sao"]
MORE = ["Tiềm năng 5 sao", "Số giấy chứng nhận", "Quyền SHTT"]
PRODUCERS, PRODUCTS = 32, 104
FIRST = 6  # the line of the first product in `as_decided`, below the title and two lines of headings

Sheet = list[list[object]]


def a_season(producers: int = PRODUCERS, products: int = PRODUCTS) -> list[Product]:
    """This many products, spread over this many producers in turn, a producer's own together."""
    made = []
    for place in range(producers):
        own = products // producers + (place < products % producers)
        maker = a_producer(name=f"Hợp tác xã Gốm Mẫu số {place + 1}", slug=f"htx-mau-{place + 1}")
        for number in range(own):
            name = f"Ấm trà men lam Đường Lâm {place + 1}.{number + 1}"
            made.append(a_product(producer=maker, name=Texts(vi=name, en=f"Teapot {place + 1}.{number + 1}")))
    return made


def plain(products: Sequence[Product]) -> Sheet:
    """One line of headings, every cell filled."""
    return [[*HEAD, *MORE], *(_line(place, product) for place, product in enumerate(products, 1))]


def as_decided(products: Sequence[Product]) -> Sheet:
    """As typed in an office: a title, merged headings over two lines, a producer's cell merged over its products,
    sections, a sum and a signature."""
    rows: Sheet = [
        ["ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"],
        ["DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN HẠNG 4 SAO (Kèm theo Quyết định số 1147/QĐ-UBND ngày 04/3/2024)"],
        [],
        ["STT", "Tên sản phẩm", "Chủ thể OCOP", "Địa chỉ", "Kết quả đánh giá", "", "", "", "Hạng sao", *MORE],
        ["", "", "", "", "Điểm A (tối đa 40)", "Điểm B (tối đa 25)", "Điểm C (tối đa 35)", "Tổng", "", "", "", ""],
    ]
    told = ""
    for place, product in enumerate(products, 1):
        line = _line(place, product)
        line[2:4] = ["", ""] if product.producer.name == told else line[2:4]
        told = product.producer.name
        rows.append(line)
    rows.append(["", f"Tổng cộng: {len(products)} sản phẩm"])
    rows.append(["", "", "", "", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"])
    rows[-1] = ["", "", "", "TM. ỦY BAN NHÂN DÂN"]
    return rows


def _line(place: int, product: Product) -> list[object]:
    five = "x" if place % 10 == 0 else ""
    right = "Nhãn hiệu tập thể 4-0123-456" if place % 3 == 0 else ""
    name, maker = product.name["vi"], product.producer.name
    number = f"1147/QĐ-UBND-{place:03d}"
    return [place, name, maker, "Bát Tràng, Gia Lâm, Hà Nội", 31.5, 20, 27.25, 78.75, 4, five, number, right]


def changed(rows: Sheet, heading: str, value: object, *, line: int = 1) -> Sheet:
    """The same with one cell of a `plain` list changed; `line` counts products from 1."""
    copy = [list(row) for row in rows]
    copy[line][rows[0].index(heading)] = value
    return copy


def as_csv(rows: Sheet, *, delimiter: str = ",", encoding: str = "utf-8", sign: Callable[[str], str] = str) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows([[_said(cell, delimiter) for cell in row] for row in rows])
    return sign(text.getvalue()).encode(encoding)


def as_xlsx(rows: Sheet, *, merged: Sequence[str] = (), formulas: str = "") -> bytes:
    """`formulas`: 'with results' writes the totals as formulas as Excel saves them, 'without' as a script does."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    if formulas == "without":
        for number in range(2, len(rows) + 1):
            sheet.cell(number, 8, f"=SUM(E{number}:G{number})")
    file = BytesIO()
    book.save(file)
    return _with_formulas(file.getvalue()) if formulas == "with results" else file.getvalue()


def repacked(data: bytes, **parts: bytes | Callable[[bytes], bytes]) -> bytes:
    """The workbook with some of its files replaced, or added: `sheet1`, or any path with _ for / and __ for a dot."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        left = {name.replace("__", ".").replace("_", "/"): part for name, part in parts.items()}
        for name in old.namelist():
            part = left.pop(name, None)
            content = old.read(name)
            new.writestr(name, content if part is None else part(content) if callable(part) else part)
        for name, part in left.items():
            assert isinstance(part, bytes)
            new.writestr(name, part)
    return written.getvalue()


def _with_formulas(data: bytes) -> bytes:
    cell = re.compile(rb'(<c r="H(\d+)"[^>]*>)(<v>78\.75</v>)')
    with_sum = lambda xml: cell.sub(rb"\1<f>SUM(E\2:G\2)</f>\3", xml)  # noqa: E731
    made = repacked(data, xl_worksheets_sheet1__xml=with_sum)
    assert made != data
    return made


def _said(cell: object, delimiter: str) -> str:
    said = str(cell)
    return said.replace(".", ",") if isinstance(cell, float) and delimiter == ";" else said


def in_windows_letters(text: str) -> str:
    """windows-1258 has no ắ: it writes ă and a mark that stands alone."""
    return "".join(sign if _can_stand(sign) else _taken_apart(sign) for sign in text)


def _taken_apart(sign: str) -> str:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", sign)
    tone = "".join(mark for mark in apart if mark in marks)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in marks)) + tone


def _can_stand(sign: str) -> bool:
    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True
