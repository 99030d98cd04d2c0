"""What may be entered in the register: each refusal says what is wrong with this deed at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.provenance.models import Authority, Certificate, CriteriaSet, Level
from shop.provenance.ocop_verify.dossier import Certificate as Held
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import hundredths, points
from shop.provenance.ocop_verify.judging import rests_on

VALID_MONTHS = 36
# What somebody saw or did: it cannot bear a day to come.
PAST = frozenset(
    {
        *("inspection.recorded", "sample.taken", "sample.result", "assessment.recorded", "appeal.filed"),
        *("nonconformity.opened", "nonconformity.closed", "complaint.answered"),
    }
)
# What a correction may read differently; the number stays, because later decisions name it.
CORRECTABLE = frozenset(
    {"stars", "potential_five", "scores", "score", "decision", "valid_from", "valid_until", "right", "capacity"}
)
Body = Mapping[str, Any]


class ScoresDisagree(Refusal):
    sentence = N_("The parts add up to %(score)s points, which is not %(stars)s stars under this criteria set.")


class PartTooHigh(Refusal):
    sentence = N_("Part %(part)s has %(score)s points, but this criteria set gives it %(most)s at most.")


class NotCompetent(Refusal):
    sentence = N_("This authority was not competent on the day of the decision.")


class WrongLevel(Refusal):
    sentence = N_("Five stars are recognised by the ministry only, three and four by the city or its districts.")


class UnknownAuthority(Refusal):
    sentence = N_("The register knows no authority “%(code)s”.")


class UnknownCriteria(Refusal):
    sentence = N_("The register knows no criteria set “%(code)s”.")


class TooLongValid(Refusal):
    sentence = N_("A certificate holds for 36 months at most: until %(until)s.")


class NumberTaken(Refusal):
    sentence = N_("Certificate number %(number)s is in the register already.")


class NoSuchCertificate(Refusal):
    sentence = N_("This product holds no certificate %(number)s.")


class AlreadyRevoked(Refusal):
    sentence = N_("This certificate is revoked already.")


class AlreadySuspended(Refusal):
    sentence = N_("This certificate is suspended already.")


class NotSuspended(Refusal):
    sentence = N_("This certificate is not suspended.")


class BeforeItBegan(Refusal):
    sentence = N_("This day lies before the certificate began on %(begins)s.")


class NothingToAppeal(Refusal):
    sentence = N_("No decision %(number)s against this certificate is known.")


class Unknown(Refusal):
    sentence = N_("%(number)s is not known for this product.")


class AlreadyDone(Refusal):
    sentence = N_("%(number)s is closed already.")


class DayTooLate(Refusal):
    sentence = N_("A result lies in the past: please check the day.")
    field = "day"


class TooEarly(Refusal):
    sentence = N_("This day lies before %(number)s began on %(day)s.")
    field = "day"


class PotentialIsFour(Refusal):
    sentence = N_("Only a product of four stars can be potential five-star.")
    field = "potential_five"


class NothingCorrected(Refusal):
    sentence = N_("Nothing reads differently: change at least one thing.")


class NotCorrectable(Refusal):
    sentence = N_("A correction cannot change this.")


class AppealWaits(Refusal):
    sentence = N_("An appeal against decision %(number)s waits already.")


def months_after(day: date, months: int) -> date:
    """The last day of a period of `months` that begins on `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    ends = date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
    return ends if day.day > ends.day else date(year, month, day.day) - timedelta(days=1)


def check(dossier: Dossier, kind: str, body: Body, day: date) -> None:
    """Raises the refusal that fits, for the product of this dossier as it stands now."""
    if kind in PAST and day > clock.today():
        raise DayTooLate()
    rule = RULES.get(kind)
    if rule:
        rule(dossier, body, day)


def _issued(dossier: Dossier, body: Body, day: date) -> None:
    if db.session.scalar(select(Certificate.id).where(Certificate.number == body["certificate_no"])):
        raise NumberTaken(number=body["certificate_no"])
    _can_stand(body)


def _can_stand(body: Body) -> None:
    criteria = db.session.scalar(select(CriteriaSet).where(CriteriaSet.code == body["scheme"]))
    if criteria is None:
        raise UnknownCriteria(code=body["scheme"])
    _scores_fit(criteria, body)
    if body.get("potential_five") and body["stars"] != 4:
        raise PotentialIsFour()
    _authority_may(body)
    begins, ends = date.fromisoformat(body["valid_from"]), date.fromisoformat(body["valid_until"])
    if not begins <= ends <= months_after(begins, VALID_MONTHS):
        raise TooLongValid(until=months_after(begins, VALID_MONTHS).isoformat())


def _scores_fit(criteria: CriteriaSet, body: Body) -> None:
    scores = {part: hundredths(score) for part, score in body["scores"].items()}
    for part, score in scores.items():
        most = getattr(criteria, f"max_{part}")
        if score > most:
            raise PartTooHigh(part=part.upper(), score=score / 100, most=most / 100)
    total = sum(scores.values())
    if criteria.stars_for(total) != body["stars"]:
        raise ScoresDisagree(score=total / 100, stars=body["stars"])


def _authority_may(body: Body) -> None:
    code = body["decision"]["authority"]
    authority = db.session.scalar(select(Authority).where(Authority.code == code))
    if authority is None:
        raise UnknownAuthority(code=code)
    if not authority.is_competent_on(date.fromisoformat(body["decision"]["date"])):
        raise NotCompetent()
    if (body["stars"] == 5) != (authority.level is Level.CENTRE):
        raise WrongLevel()


def _held(dossier: Dossier, body: Body, day: date) -> Held:
    held = dossier.certificates.get(body["certificate_no"])
    if held is None:
        raise NoSuchCertificate(number=body["certificate_no"])
    if day < held.valid_from:
        raise BeforeItBegan(begins=held.valid_from.isoformat())
    return held


def _not_revoked(dossier: Dossier, body: Body, day: date) -> None:
    held = _held(dossier, body, day)
    if held.revocation and held.revocation.overturned_on is None:
        raise AlreadyRevoked()


def _suspended(dossier: Dossier, body: Body, day: date) -> None:
    _not_revoked(dossier, body, day)
    held = _held(dossier, body, day)
    if any(rests_on(suspension, day) or suspension.lifted_on is None for suspension in held.suspensions):
        raise AlreadySuspended()


def _reinstated(dossier: Dossier, body: Body, day: date) -> None:
    held = _held(dossier, body, day)
    resting = [suspension for suspension in held.suspensions if suspension.lifted_on is None]
    if not resting:
        raise NotSuspended()
    if day < resting[0].from_day:
        raise BeforeItBegan(begins=resting[0].from_day.isoformat())


def _corrected(dossier: Dossier, body: Body, day: date) -> None:
    """What it reads like afterwards must be able to stand like a new one."""
    held = dossier.certificates.get(body["certificate_no"])
    if held is None or body["corrects"] != [held.event]:
        raise NoSuchCertificate(number=body["certificate_no"])
    if not body["fields"]:
        raise NothingCorrected()
    if not CORRECTABLE.issuperset(body["fields"]):
        raise NotCorrectable()
    _can_stand(as_issued(held) | dict(body["fields"]))


def as_issued(held: Held) -> dict[str, Any]:
    """The correctable fields of a certificate as its event would tell them now."""
    return {
        "scheme": held.scheme,
        "stars": held.stars,
        "potential_five": held.is_potential_five,
        "scores": {part: points(score) for part, score in held.scores.items()},
        "score": points(held.score),
        "decision": held.decision,
        "valid_from": held.valid_from.isoformat(),
        "valid_until": held.valid_until.isoformat(),
        "right": held.right,
        "capacity": held.capacity,
    }


def _appealed(dossier: Dossier, body: Body, day: date) -> None:
    held = _held(dossier, body, day)
    if any(a.against == body["against"] and a.decided_on is None for a in dossier.appeals.values()):
        raise AppealWaits(number=body["against"])
    against = [suspension.decision["no"] for suspension in held.suspensions]
    against += [held.revocation.decision["no"]] if held.revocation else []
    if body["against"] not in against:
        raise NothingToAppeal(number=body["against"])


def _open_one(kept: str, key: str, began: str, closed: str) -> Callable[[Dossier, Body, date], None]:
    """The rule that `body[key]` names something of this product that is still open."""

    def rule(dossier: Dossier, body: Body, day: date) -> None:
        found = getattr(dossier, kept).get(body[key])
        if found is None:
            raise Unknown(number=body[key])
        if getattr(found, closed) is not None:
            raise AlreadyDone(number=body[key])
        if day < getattr(found, began):
            raise TooEarly(number=body[key], day=f"{getattr(found, began):%d/%m/%Y}")

    return rule


def _inspected(dossier: Dossier, body: Body, day: date) -> None:
    """One that was planned is recorded once; one that nobody planned needs no plan."""
    planned = dossier.inspections.get(body["inspection"])
    if planned is not None and planned.done_on is not None:
        raise AlreadyDone(number=body["inspection"])


RULES: dict[str, Callable[[Dossier, Body, date], None]] = {
    "certificate.issued": _issued,
    "certificate.suspended": _suspended,
    "certificate.reinstated": _reinstated,
    "certificate.revoked": _not_revoked,
    "certificate.corrected": _corrected,
    "inspection.recorded": _inspected,
    "appeal.filed": _appealed,
    "appeal.decided": _open_one("appeals", "appeal", "filed_on", "decided_on"),
    "sample.result": _open_one("samples", "sample", "taken_on", "result_on"),
    "nonconformity.closed": _open_one("nonconformities", "nonconformity", "opened_on", "closed_on"),
    "recall.closed": _open_one("recalls", "recall", "from_day", "closed_on"),
    "complaint.answered": _open_one("complaints", "complaint", "received_on", "answered_on"),
}
