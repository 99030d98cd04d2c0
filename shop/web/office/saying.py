"""An entry of the log in plain words: what it is called, and each of its facts with its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext
from markupsafe import Markup

from shop.catalogue.models import GROUP_LABELS
from shop.core.languages import LANGUAGES, Texts
from shop.core.refusal import N_
from shop.provenance import complaining, overseeing, oversight, recognising
from shop.provenance.models import RIGHT_LABELS, RightKind
from shop.web.languages import language
from shop.web.office.names import Names
from shop.web.office.record_sheets import LEVELS
from shop.web.presenting import day_number, number, points_words, text

TITLES = {
    "product.registered": N_("Product entered in the register"),
    "product.gtin_bound": N_("Product number (GTIN) bound"),
    "product.gtin_retired": N_("Product number (GTIN) retired"),
    "assessment.recorded": N_("Assessment recorded"),
    "certificate.issued": N_("Certificate issued"),
    "certificate.superseded": N_("Certificate replaced by a newer one"),
    "certificate.suspended": N_("Certificate suspended"),
    "certificate.reinstated": N_("Certificate reinstated"),
    "certificate.revoked": N_("Certificate revoked"),
    "certificate.corrected": N_("Certificate corrected"),
    "inspection.planned": N_("Inspection planned"),
    "inspection.recorded": N_("Inspection recorded"),
    "sample.taken": N_("Sample taken"),
    "sample.result": N_("Laboratory result"),
    "nonconformity.opened": N_("Fault recorded"),
    "nonconformity.closed": N_("Fault mended"),
    "appeal.filed": N_("Appeal filed"),
    "appeal.decided": N_("Appeal decided"),
    "recall.opened": N_("Recall"),
    "recall.closed": N_("Recall ended"),
    "lot.released": N_("Lot released"),
    "labels.issued": N_("Labels issued"),
    "labels.activated": N_("Labels activated"),
    "labels.voided": N_("Labels voided"),
    "complaint.received": N_("Complaint received"),
    "complaint.answered": N_("Complaint answered"),
    "evidence.erased": N_("Personal details erased"),
    "correction": N_("Correction"),
}
# What is proposed is not done yet: a proposal is called by its deed.
DEEDS = {
    "decision": N_("Enter the list of a decision"),
    "certificate.issued": N_("Issue a certificate"),
    "certificate.suspended": N_("Suspend a certificate"),
    "certificate.reinstated": N_("Reinstate a certificate"),
    "certificate.revoked": N_("Revoke a certificate"),
    "certificate.corrected": N_("Correct a certificate"),
    "sample.result": N_("Record a laboratory result"),
    "appeal.decided": N_("Decide an appeal"),
    "recall.opened": N_("Recall a lot or the product"),
    "recall.closed": N_("End a recall"),
}
LABELS = {
    "certificate_no": N_("Certificate number"),
    "decision": N_("Decision"),
    "stars": N_("Star rank"),
    "potential_five": N_("Potential five-star"),
    "score": N_("Points in all"),
    "scores": N_("Points by part"),
    "scheme": N_("Criteria set"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "right": N_("Intellectual property"),
    "capacity": N_("Declared capacity in a year"),
    "by": N_("Replaced by"),
    "grounds": N_("Grounds"),
    "reason": N_("Reason"),
    "stops_sale": N_("Also stop its sale"),
    "fields": N_("Reads differently since"),
    "inspection": N_("Inspection"),
    "kind": N_("Kind"),
    "agencies": N_("Agencies"),
    "outcome": N_("Outcome"),
    "findings": N_("Findings"),
    "sample": N_("Sample"),
    "lot": N_("Lot"),
    "point": N_("Where it was taken"),
    "taken_by": N_("Taken by"),
    "seal_no": N_("Seal number"),
    "laboratory": N_("Laboratory"),
    "accreditation_no": N_("Accreditation number"),
    "verdict": N_("Verdict"),
    "results": N_("Measured"),
    "nonconformity": N_("Fault"),
    "severity": N_("How grave"),
    "words": N_("What is wrong"),
    "due": N_("To be mended until"),
    "source": N_("Found by"),
    "remedy": N_("What was done about it"),
    "appeal": N_("Appeal"),
    "against": N_("Against decision"),
    "recall": N_("Recall"),
    "complaint": N_("Complaint"),
    "answer": N_("Answer"),
    "assessment": N_("Assessment"),
    "level": N_("Council"),
    "name": N_("Name"),
    "producer": N_("Producer"),
    "village": N_("Village"),
    "group": N_("Product group"),
    "gtin": N_("Product number (GTIN)"),
    "made_on": N_("Made on"),
    "expires_on": N_("Use by"),
    "quantity": N_("Quantity"),
    "batch": N_("Label batch"),
    "count": N_("Labels"),
}
CODES: dict[str, Mapping[Any, str]] = {
    "group": GROUP_LABELS,
    "severity": oversight.SEVERITY_LABELS,
    "point": oversight.SAMPLE_POINT_LABELS,
    "verdict": overseeing.VERDICTS,
    "outcome": overseeing.OUTCOMES | overseeing.APPEALS,
    "kind": {**oversight.INSPECTION_LABELS, **complaining.KIND_LABELS},
    "level": LEVELS,
}


class Line(NamedTuple):
    label: str
    words: Any


def title(kind: str) -> str:
    words: str = gettext(TITLES.get(kind, kind))
    return words


def deed(kind: str) -> str:
    """What a proposal of this kind would do."""
    words: str = gettext(DEEDS.get(kind, TITLES.get(kind, kind)))
    return words


def lines(body: Mapping[str, Any], names: Names) -> list[Line]:
    """The facts of an entry that a person reads, in the order of LABELS; technical ones are left to the bytes."""
    return [Line(gettext(LABELS[key]), words) for key in LABELS if key in body for words in _said(key, body, names)]


def _said(key: str, body: Mapping[str, Any], names: Names) -> Iterator[Any]:
    """No words for what says nothing; else one."""
    value = body[key]
    if value in ("", None, [], {}):
        return
    known = SPECIAL.get(key)
    yield known(value, names) if known else _plain(key, value)


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Mapping):
        return _both(value)
    if isinstance(value, list):
        return " · ".join(value)
    if key in CODES and value in CODES[key]:
        return gettext(CODES[key][value])
    return _day(value) if key in DAYS else value


def _both(words: Mapping[str, str]) -> Markup:
    """Every language of a text, the page's first: whoever decides reads all that will be written."""
    spoken = sorted((one for one in LANGUAGES if words.get(one)), key=lambda one: one != language())
    return Markup("<br>").join(Markup('<span lang="{}">{}</span>').format(one, words[one]) for one in spoken)


def _decision(value: Mapping[str, Any], names: Names) -> str:
    signed, by = value.get("date"), names.authorities.get(value.get("authority", ""))
    parts = [value.get("no", ""), _day(signed) if signed else "", text(by.name) if by else ""]
    return ", ".join(str(part) for part in parts if part)


def _scores(value: Mapping[str, str], _names: Names) -> str:
    return " · ".join(f"{part.upper()} {_points(score)}" for part, score in sorted(value.items()))


def _right(value: Mapping[str, str], _names: Names) -> str:
    held = value.get("kind", "")
    label = gettext(RIGHT_LABELS[RightKind(held)]) if held in RIGHT_LABELS else held
    return ", ".join(part for part in (label, value.get("number", "")) if part)


def _grounds(value: Any, _names: Names) -> Any:
    """A code of the programme, or what a producer says in an appeal."""
    return _plain("grounds", value) if isinstance(value, Mapping) else gettext(recognising.GROUNDS.get(value, value))


def _results(value: list[Mapping[str, str]], _names: Names) -> str:
    told = []
    for one in value:
        limit = gettext("limit %(limit)s", limit=one["limit"]) if one.get("limit") else ""
        measured = f"{one.get('analyte', '')}: {one.get('value', '')} {one.get('unit', '')}".strip()
        told.append(f"{measured} ({limit})" if limit else measured)
    return " · ".join(told)


def _fields(value: Mapping[str, Any], names: Names) -> str:
    return "; ".join(f"{one.label}: {one.words}" for one in lines(value, names))


def _day(value: str) -> str:
    try:
        return day_number(date.fromisoformat(value))
    except ValueError:
        return value


def _points(score: str) -> str:
    whole, _, rest = score.partition(".")
    return points_words(int(whole + rest.ljust(2, "0")))


DAYS = {"valid_from", "valid_until", "due", "made_on", "expires_on"}
SPECIAL: dict[str, Any] = {
    "decision": _decision,
    "scores": _scores,
    "score": lambda value, names: _points(value),
    "scheme": lambda value, names: text(names.schemes[value].name) if value in names.schemes else value,
    "right": _right,
    "grounds": _grounds,
    "results": _results,
    "fields": _fields,
    "producer": lambda value, names: value.get("name", "") if isinstance(value, Mapping) else value,
    "village": lambda value, names: text(Texts(value["name"])) if isinstance(value, Mapping) else value,
}
