"""Which column is which: headings in Vietnamese or English, with or without marks, in any order, on one line or two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shop.core.refusal import N_, Refusal
from shop.core.text import fold, words
from shop.provenance.importing.tables import Line, Table

# What our own example file calls them; the errors name them so, too.
HEADINGS = {
    "ordinal": "STT",
    "slug": "Mã sản phẩm",
    "name": "Tên sản phẩm",
    "producer": "Chủ thể",
    "address": "Địa chỉ",
    "score_a": "Điểm A",
    "score_b": "Điểm B",
    "score_c": "Điểm C",
    "total": "Tổng điểm",
    "stars": "Hạng sao",
    "potential": "Tiềm năng 5 sao",
    "number": "Số giấy chứng nhận",
    "right": "Quyền SHTT",
    "right_number": "Số văn bằng SHTT",
    "capacity": "Sản lượng năm",
}
# Of folded headings without what stands in brackets; the first that fits. Real lists of Hanoi, 2021–2025, and English.
SPELLINGS = {
    "ordinal": r"stt|tt|so tt|so thu tu|no|line|ordinal",
    "potential": r".*\b(tiem nang|potential)\b.*",
    "right_number": r"so (van bang|dang ky|bang)( bao ho)?( shtt| so huu tri tue| nhan hieu)?"
    r"|(ip|right|trade ?mark) (number|no)",
    "right": r"(quyen |van bang )?(shtt|so huu tri tue)|(intellectual property|ip)( rights?)?|nhan hieu",
    "number": r"(ma )?so (giay chung nhan|gcn)( ocop)?|(giay chung nhan|gcn)( ocop)?|certificate( number| no)?",
    "slug": r"(ma|ma so) (san pham|sp|hang)( ocop)?|slug|product (code|slug)|code",
    "producer": r"(ten )?(chu the|co so|don vi|nha)( ocop| san xuat| dang ky)*( ocop)?|producer( name)?|entity|maker",
    "name": r"(ten )?(san pham|sp)( ocop)?( tham gia.*| du thi.*)?|product( name)?|name( of product)?",
    "address": r"dia chi.*|noi san xuat|address",
    "score_a": r"(.*\b(diem|phan|part|scores?|points?)\b.* )?a",
    "score_b": r"(.*\b(diem|phan|part|scores?|points?)\b.* )?b",
    "score_c": r"(.*\b(diem|phan|part|scores?|points?)\b.* )?c",
    "total": r"(.* )?(tong|tong cong|tong diem|tong so diem|diem tong|diem trung binh|total)|diem|diem so"
    r"|(total )?(score|points)",
    "stars": r"(.* )?(hang|so) sao|(ket qua )?(xep |phan )?hang( san pham| sp| ocop)?|sao|stars?( rating)?|rank",
    "capacity": r"(cong suat|san luong|quy mo san xuat).*|capacity.*|(yearly|annual) (capacity|output)",
}
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
OUT_OF = re.compile(r"/ *\d+ *$")  # Phần A/40
NEEDED = ("stars", "score_a", "score_b", "score_c")
LOOK_AT = 40  # lines from the top in which the headings must stand


class NoHeadings(Refusal):
    sentence = N_(
        "We found no line of headings with “Tên sản phẩm” in the first 40 lines. "
        "Please compare your list with the example."
    )
    field = "file"


class MissingColumns(Refusal):
    sentence = N_("The list lacks these columns: %(columns)s.")
    field = "file"


class ColumnTwice(Refusal):
    sentence = N_("Two columns can be read as “%(column)s”. Please delete one or rename it.")
    field = "file"


@dataclass(frozen=True)
class Columns:
    """Field → its place. `lines` are those below the headings, `strange` the headings nobody asked for."""

    places: Mapping[str, int]
    lines: tuple[Line, ...]
    strange: tuple[str, ...] = ()

    def words(self, line: Line, field: str) -> str:
        return line.cell(self.places.get(field))

    def has(self, field: str) -> bool:
        return field in self.places


def find(table: Table, *, numbered: bool = False) -> Columns:
    """The columns of the reading that knows most of them. `numbered`: certificates are numbered by line, so the file
    need not have their column. Raises NoHeadings, MissingColumns or ColumnTwice."""
    best = max((_best(reading) for reading in table.readings), key=_worth, default=None)
    if best is None or not {"name", "slug"} & best.places.keys():
        raise NoHeadings()
    _check(best, numbered)
    return best


def field_of(heading: str) -> str | None:
    """What stands in brackets may be the point of it, “Điểm (phần A)”, or a remark: “Điểm A (tối đa 40)”."""
    for read in (heading, IN_BRACKETS.sub(" ", heading)):
        plain = " ".join(words(fold(OUT_OF.sub(" ", read))))
        if found := next((field for field, spelling in SPELLINGS.items() if re.fullmatch(spelling, plain)), None):
            return found
    return None


def _best(reading: tuple[Line, ...]) -> Columns:
    tried = [Columns({}, ())]
    for at, line in enumerate(reading[:LOOK_AT]):
        tried.append(_columns(line.cells, reading[at + 1 :]))
        if at + 1 < len(reading):
            tried.append(_columns(_joined(line, reading[at + 1]), reading[at + 2 :]))
    return max(tried, key=_worth)


def _columns(headings: Iterable[str], lines: tuple[Line, ...]) -> Columns:
    places: dict[str, int] = {}
    strange = []
    for place, heading in enumerate(headings):
        field = field_of(heading) if heading else None
        if field is None or field in places:
            strange += [heading] if heading else []
        else:
            places[field] = place
    return Columns(places, lines, tuple(strange))


def _joined(above: Line, below: Line) -> list[str]:
    """Two lines of headings as one. A merged cell stands in its first column only, over all that it spans."""
    joined, over = [], ""
    for place in range(max(len(above.cells), len(below.cells))):
        upper, lower = above.cell(place), below.cell(place)
        over = upper or (over if lower else "")
        joined.append(f"{over} {lower}".strip() if lower else upper)
    return joined


def _worth(columns: Columns) -> int:
    return len(columns.places)


def _check(columns: Columns, numbered: bool) -> None:
    again = next((field for heading in columns.strange if (field := field_of(heading))), None)
    if again and again not in ("total", "address"):
        raise ColumnTwice(column=HEADINGS[again])
    needed = list(NEEDED)
    needed += [] if columns.has("slug") else ["name", "producer"]
    needed += [] if numbered else ["number"]
    missing = [HEADINGS[field] for field in needed if not columns.has(field)]
    if missing:
        raise MissingColumns(columns=", ".join(missing))
