"""Reads the cells of one line: scores, ranks, yes and no, rights and numbers as people really write them."""

from __future__ import annotations

import re

from shop.core.refusal import Refusal
from shop.core.text import fold, words
from shop.provenance.importing.headings import HEADINGS, Columns
from shop.provenance.importing.tables import NO_RESULT, Line
from shop.provenance.importing.wrongs import (
    EmptyCell,
    NoCapacity,
    NoResult,
    NoRight,
    NoScore,
    NoStars,
    NoYesOrNo,
    TooLongNumber,
    TotalDiffers,
)
from shop.provenance.models import RightKind
from shop.provenance.ocop_verify.folding import hundredths, points

PARTS = ("a", "b", "c")
YES = {"x", "co", "yes", "y", "true", "1", "v", "✓", "✔", "☑", "dat", "tiem nang", "tiem nang 5 sao"}
NO = {"", "khong", "no", "n", "false", "0", "-", "–", "o"}
NUMERALS = {"ba": "3", "bon": "4", "nam": "5", "three": "3", "four": "4", "five": "5"}
# Folded words that name a kind of right; the first that is found in the cell. The mark alone comes last.
RIGHTS = {
    r"chi dan dia ly|cddl|geographical indication": RightKind.GEOGRAPHICAL_INDICATION,
    r"nhan hieu tap the|nhtt|collective mark": RightKind.COLLECTIVE_MARK,
    r"nhan hieu chung nhan|nhcn|certification mark": RightKind.CERTIFICATION_MARK,
    r"kieu dang( cong nghiep)?|kdcn|industrial design": RightKind.INDUSTRIAL_DESIGN,
    r"nhan hieu( hang hoa| thong thuong)?|nhth|trade ?mark": RightKind.TRADE_MARK,
}
POTENTIAL = re.compile(r"(tiem nang|potential)( 5| nam| five)?( sao| stars?)?")
A_RANK = re.compile(r"\d+|\b(?:ba|bon|nam|three|four|five)\b")
A_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z./-]*\d[0-9A-Z./-]*|\d", re.I)


class Cells:
    """The cells of one line, read one by one; `wrong` gathers what could not be."""

    def __init__(self, columns: Columns, line: Line) -> None:
        self.columns, self.line = columns, line
        self.wrong: list[Refusal] = []

    def words(self, field: str) -> str:
        found = self.columns.words(self.line, field)
        if found == NO_RESULT:
            self.wrong.append(NoResult(column=HEADINGS[field]))
            return ""
        return found

    def scores(self) -> dict[str, int]:
        found = {part: self._score(f"score_{part}", needed=True) for part in PARTS}
        scores = {part: score for part, score in found.items() if score is not None}
        total = self._score("total", needed=False)
        if total is not None and len(scores) == len(PARTS) and total != sum(scores.values()):
            self.wrong.append(TotalDiffers(sum=points(sum(scores.values())), total=points(total)))
        return scores

    def stars(self) -> tuple[int, bool]:
        """(rank, whether the same cell calls it a potential five-star product)."""
        before = len(self.wrong)
        typed = self.words("stars")
        if not typed:
            self.wrong += [] if len(self.wrong) > before else [EmptyCell(column=HEADINGS["stars"])]
            return 0, False
        plain = " ".join(words(fold(typed)))
        rank = POTENTIAL.sub("", plain)
        drawn = typed.count("★") + typed.count("⭐")
        found = {str(drawn)} if drawn else {NUMERALS.get(one, one) for one in A_RANK.findall(rank)}
        if len(found) != 1 or not found <= {"3", "4", "5"}:
            self.wrong.append(NoStars(typed=typed))
            return 0, rank != plain
        return int(found.pop()), rank != plain

    def potential(self) -> bool:
        typed = self.words("potential")
        plain = " ".join(fold(typed).split())
        if plain not in YES | NO:
            self.wrong.append(NoYesOrNo(column=HEADINGS["potential"], typed=typed))
        return plain in YES

    def right(self) -> dict[str, str] | None:
        kind, number = self.words("right"), self.words("right_number")
        if fold(kind) in NO and not number:
            return None
        plain = " ".join(words(fold(kind)))
        found = next((right for spelling, right in RIGHTS.items() if re.search(rf"\b({spelling})\b", plain)), None)
        if found is None:
            self.wrong.append(NoRight(typed=f"{kind} {number}".strip()))
            return None
        if not number:
            number = next(iter(A_NUMBER.findall(kind)), "")
        if len(number) > 60:
            self.wrong.append(TooLongNumber(typed=number))
        return {"kind": found.value, "number": number}

    def capacity(self) -> int | None:
        typed = self.words("capacity")
        if not typed:
            return None
        whole = re.match(r"(\d{1,3}(?:[., ]\d{3})+|\d+)(?![.,]?\d)", typed)
        pieces = int(re.sub(r"\D", "", whole[1])) if whole and len(whole[1]) < 12 else 0
        if not 0 < pieces < 2**31:
            self.wrong.append(NoCapacity(column=HEADINGS["capacity"], typed=typed))
            return None
        return pieces

    def _score(self, field: str, *, needed: bool) -> int | None:
        before = len(self.wrong)
        typed = self.words(field)
        if not typed:
            if needed and len(self.wrong) == before:
                self.wrong.append(EmptyCell(column=HEADINGS[field]))
            return None
        try:
            return hundredths(_plain_score(typed))
        except ValueError:
            self.wrong.append(NoScore(column=HEADINGS[field], typed=typed))
            return None


def _plain_score(typed: str) -> str:
    """'36,50 điểm' → '36.50'; more than three digits before the sign are no score."""
    plain = re.sub(r"\s*(điểm|đ|points?)$", "", typed.lower()).replace(",", ".")
    if len(plain.partition(".")[0]) > 3:
        raise ValueError(typed)
    return plain
