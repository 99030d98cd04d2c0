"""The numbers of what the office enters, one after another within a year: I-2026-0001."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from shop.catalogue import changes
from shop.core import clock
from shop.core.db import db
from shop.provenance.oversight import Appeal, Assessment, Inspection, Nonconformity, Recall, Sample
from shop.provenance.proposals import Proposal, ProposalState

SIGNS: dict[type[Any], str] = {
    Inspection: "I",
    Sample: "S",
    Nonconformity: "N",
    Appeal: "A",
    Recall: "R",
    Assessment: "D",
}


def next_number(model: type[Any]) -> str:
    """The next free number. Whoever asks holds the register's turn until the commit, so nobody gets the same one."""
    return next_numbers(model, 1)[0]


def next_numbers(model: type[Any], count: int) -> list[str]:
    changes.take_turn()
    start = f"{SIGNS[model]}-{clock.today().year}-"
    taken = [_newest(model, start), *(_proposed(start) if model is Recall else [])]
    last = max(int(number.removeprefix(start)) for number in taken)
    return [f"{start}{last + more:04d}" for more in range(1, count + 1)]


def _newest(model: type[Any], start: str) -> str:
    numbers = select(model.number).where(model.number.startswith(start, autoescape=True))
    newest = numbers.order_by(func.length(model.number).desc(), model.number.desc()).limit(1)
    return db.session.scalar(newest) or f"{start}0"


def _proposed(start: str) -> list[str]:
    """A recall has its number from the day it is proposed; those that still wait are in no table yet."""
    waiting = select(Proposal.deeds).where(Proposal.state == ProposalState.WAITING, Proposal.kind == "recall.opened")
    numbers = [deed["body"].get("recall", "") for deeds in db.session.scalars(waiting) for deed in deeds]
    return [number for number in numbers if number.startswith(start)]
