"""The verdict on a bundle: every check in words, and one number for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from . import checks, hanoi, statuses
from .archive import Tampered, Unreadable
from .bundle import read
from .checks import Case, NotAssured, NotInForce, Question
from .policy import Policy


class Code(IntEnum):
    """What `ocop-verify` exits with."""

    IN_FORCE = 0
    TAMPERED = 1
    NOT_IN_FORCE = 2
    NOT_ASSURED = 3
    UNREADABLE = 4


GRAVEST = (Code.UNREADABLE, Code.TAMPERED, Code.NOT_ASSURED, Code.NOT_IN_FORCE, Code.IN_FORCE)

# The first part stops at its first failure: the rest would be said of a forgery. The second is heard in full.
AUTHENTIC: dict[str, Callable[[Case], str]] = {
    "chains": checks.chains,
    "checkpoint": checks.checkpoint,
    "places": checks.places,
    "signatures": checks.signatures,
    "completeness": checks.completeness,
    "documents": checks.documents,
    "status": statuses.check,
}
TRUE_NOW: dict[str, Callable[[Case], str]] = {
    "trust": checks.trust,
    "witnesses": checks.witnesses,
    "age": checks.age,
    "standing": checks.standing,
}


@dataclass(frozen=True)
class Check:
    """One check: its name, how it ended, and what was found."""

    name: str
    code: Code
    found: str


@dataclass
class Verdict:
    """`code` is the gravest of the checks'; `facts` names the product and its certificate where they are authentic."""

    checks: list[Check] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> Code:
        return min((check.code for check in self.checks), key=GRAVEST.index, default=Code.UNREADABLE)

    @property
    def reason(self) -> str:
        """What the gravest check found."""
        return next((check.found for check in self.checks if check.code == self.code), "")


def verdict_of(
    data: bytes,
    policy: Policy,
    *,
    at: date | None = None,
    max_age: timedelta = checks.MAX_AGE,
    now: datetime | None = None,
    accept_unwitnessed: bool = False,
    lot: str = "",
) -> Verdict:
    """Examines an `.ocop` file; never raises for what stands in it."""
    question = Question(policy, now or hanoi.now(), at, max_age, accept_unwitnessed, lot)
    verdict = Verdict()
    try:
        case = Case(read(data), question)
    except Unreadable as error:
        verdict.checks.append(Check("form", Code.UNREADABLE, str(error)))
        return verdict
    except Tampered as error:
        verdict.checks.append(Check("form", Code.TAMPERED, str(error)))
        return verdict
    verdict.checks.append(Check("form", Code.IN_FORCE, f"{len(data)} bytes"))
    for name, check in AUTHENTIC.items():
        verdict.checks.append(_hear(name, check, case))
        if verdict.code != Code.IN_FORCE:
            return verdict
    verdict.checks += [_hear(name, check, case) for name, check in TRUE_NOW.items()]
    if verdict.code not in (Code.TAMPERED, Code.UNREADABLE):
        verdict.facts = _facts(case)
    return verdict


def _hear(name: str, check: Callable[[Case], str], case: Case) -> Check:
    try:
        return Check(name, Code.IN_FORCE, check(case))
    except NotInForce as error:
        return Check(name, Code.NOT_IN_FORCE, str(error))
    except NotAssured as error:
        return Check(name, Code.NOT_ASSURED, str(error))
    except Unreadable as error:
        return Check(name, Code.UNREADABLE, str(error))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        return Check(name, Code.TAMPERED, str(error) or repr(error))


def _facts(case: Case) -> dict[str, Any]:
    about, status = case.dossier.about, case.status
    held = status.certificate
    return {
        "product": {"subject": case.bundle.subject, **about},
        "at": case.question.day.isoformat(),
        "state": status.state.value,
        "stars": None if case.bits else status.stars,
        "potential_five": status.is_potential_five,
        "certificate": {
            "number": held.number,
            "decision": held.decision,
            "evidence_level": held.evidence_level,
            "valid_from": held.valid_from.isoformat(),
            "valid_until": held.valid_until.isoformat(),
        }
        if held
        else None,
        "recalled_lots": sorted(r.lot for r in case.dossier.recalls.values() if r.lot and r.closed_on is None),
        "log": {"origin": case.checkpoint.origin, "size": case.checkpoint.size},
        "complete_up_to": case.snapshot_at.isoformat(),
        "witnessed_at": case.witnessed_at.isoformat() if case.witnessed_at else None,
    }
