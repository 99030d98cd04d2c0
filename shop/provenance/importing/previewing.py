"""What a file would do, line by line, before anybody proposes it; the same file again does nothing."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shop.core import clock
from shop.core.refusal import N_, Refusal
from shop.provenance import proposing, rules
from shop.provenance.entering import Deed
from shop.provenance.importing import registered
from shop.provenance.importing.headings import find
from shop.provenance.importing.matching import Found, Matching
from shop.provenance.importing.rows import Row, duplicates, rows_of
from shop.provenance.importing.tables import Table
from shop.provenance.importing.wrongs import DiffersFromProposal, DiffersFromRegister, NumberTwice, ProductTwice
from shop.provenance.log.reading import subject_of
from shop.provenance.models import Authority, Certificate, CriteriaSet, RightKind
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.proposals import Proposal
from shop.provenance.recognising import issuing
from shop.provenance.status import statuses

KIND = "decision"


class NoLines(Refusal):
    sentence = N_("There are headings in this file, but no product below them.")
    field = "file"


class NotYetDecided(Refusal):
    sentence = N_("A decision cannot be dated after today.")
    field = "day"


class StillWrong(Refusal):
    sentence = N_("Some lines are wrong: a decision is proposed as a whole.")


class NothingNew(Refusal):
    sentence = N_("Everything in this list is in the register already, or waits for its second person.")


class LineState(enum.StrEnum):
    NEW = "new"
    KNOWN = "known"
    WAITING = "waiting"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        return LINE_LABELS[self]


LINE_LABELS = {
    LineState.NEW: N_("New"),
    LineState.KNOWN: N_("In the register already"),
    LineState.WAITING: N_("Waits for the second person"),
    LineState.WRONG: N_("To be mended"),
}


@dataclass(frozen=True)
class Heading:
    """The decision itself: its number, day, authority and criteria set."""

    number: str
    day: date
    authority: Authority
    criteria: CriteriaSet


@dataclass
class Previewed:
    """One line: what it is, which product it means, what it would enter and which certificate that replaces."""

    row: Row
    state: LineState = LineState.WRONG
    product: Found | None = None
    deed: Deed | None = None
    replaces: str = ""


@dataclass
class Preview:
    heading: Heading
    lines: list[Previewed]
    passed: list[int]
    strange: tuple[str, ...]
    guessed: str
    counts: dict[LineState, int] = field(init=False)

    def __post_init__(self) -> None:
        states = [line.state for line in self.lines]
        self.counts = {state: states.count(state) for state in LineState}

    @property
    def deeds(self) -> list[Deed]:
        return [line.deed for line in self.lines if line.state is LineState.NEW and line.deed]

    @property
    def until(self) -> date:
        return rules.months_after(self.heading.day, rules.VALID_MONTHS)

    @property
    def is_ready(self) -> bool:
        return bool(self.deeds) and not self.counts[LineState.WRONG]


def preview(table: Table, heading: Heading, *, numbered: bool = False) -> Preview:
    """Raises what is wrong with the file or the decision as a whole; what is wrong with a line stands in its row.

    `numbered`: a line without a certificate number is numbered by the decision and its own ordinal.
    """
    if heading.day > clock.today():
        raise NotYetDecided()
    if not heading.authority.is_competent_on(heading.day):
        raise rules.NotCompetent()
    columns = find(table, numbered=numbered)
    rows, passed = rows_of(columns, numbered_by=heading.number if numbered else "")
    if not rows:
        raise NoLines()
    lines = [Previewed(row) for row in rows]
    _match(lines)
    _judge(lines, heading)
    return Preview(heading, lines, passed, columns.strange, table.guessed)


def propose(made: Preview, *, by: str, file: str) -> Proposal:
    """One proposal with every new line, for the second person. Raises StillWrong, NothingNew or what `rules` says."""
    if made.counts[LineState.WRONG]:
        raise StillWrong()
    if not made.deeds:
        raise NothingNew()
    facts = {
        "decision_no": made.heading.number,
        "decision_date": made.heading.day.isoformat(),
        "authority": made.heading.authority.code,
        "criteria": made.heading.criteria.code,
        "file": file,
        "products": len(made.deeds),
    }
    return proposing.propose(KIND, made.deeds, by=by, facts=facts)


def _match(lines: list[Previewed]) -> None:
    for row, first in duplicates([line.row for line in lines]):
        row.wrong.append(NumberTwice(number=row.number, line=first.line))
    matching, seen = Matching([line.row for line in lines]), dict[int, int]()
    for line in lines:
        if not line.row.slug and not (line.row.name and line.row.producer):
            continue
        try:
            line.product = matching.of(line.row)
        except Refusal as wrong:
            line.row.wrong.append(wrong)
            continue
        if (first_line := seen.setdefault(line.product.id, line.row.line)) != line.row.line:
            line.row.wrong.append(ProductTwice(line=first_line))


def _judge(lines: list[Previewed], heading: Heading) -> None:
    held, waiting = registered.held(line.row.number for line in lines), registered.waiting()
    standing = statuses([line.product.id for line in lines if line.product], heading.day)
    for line in lines:
        if line.product is None or line.row.wrong:
            continue
        draft = _draft(line.row, line.product, heading)
        line.deed = issuing(draft)
        line.state = _state(line, draft, held.get(line.row.number), waiting)
        status = standing[line.product.id]
        if line.state is LineState.NEW and status.in_force and status.certificate:
            line.replaces = status.certificate.number


def _state(line: Previewed, draft: Certificate, held: Certificate | None, waiting: dict[str, Any]) -> LineState:
    row, deed = line.row, line.deed
    assert deed is not None
    if held:
        differences = registered.differences(row, draft, held)
        if not differences:
            return LineState.KNOWN
        row.wrong.append(DiffersFromRegister(number=row.number, differences=", ".join(differences)))
    elif row.number in waiting:
        if waiting[row.number] == (deed.product_id, dict(deed.body)):
            return LineState.WAITING
        row.wrong.append(DiffersFromProposal(number=row.number))
    else:
        try:
            rules.check(Dossier(subject_of(deed.product_id)), deed.kind, deed.body, deed.day)
        except Refusal as wrong:
            row.wrong.append(wrong)
    return LineState.WRONG if row.wrong else LineState.NEW


def _draft(row: Row, product: Found, heading: Heading) -> Certificate:
    right = row.right or {}
    return Certificate(
        product_id=product.id,
        authority=heading.authority,
        authority_id=heading.authority.id,
        criteria_set=heading.criteria,
        criteria_set_id=heading.criteria.id,
        number=row.number,
        decision_no=heading.number,
        decision_date=heading.day,
        stars=row.stars,
        is_potential_five=bool(row.is_potential_five),
        **{f"score_{part}": score for part, score in row.scores.items()},
        valid_from=heading.day,
        valid_until=rules.months_after(heading.day, rules.VALID_MONTHS),
        right_kind=RightKind(right["kind"]) if right else None,
        right_number=right.get("number", ""),
        capacity=row.capacity,
    )
