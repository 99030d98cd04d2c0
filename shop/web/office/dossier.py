"""A product's dossier: how it stands, what is open, what may be done, and its whole history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import render_template, request

from shop.core import clock
from shop.core.refusal import N_
from shop.provenance import proposing
from shop.provenance.ocop_verify.dossier import Certificate, Dossier
from shop.provenance.ocop_verify.judging import judge, rests_on
from shop.web.access import for_office
from shop.web.office import bp, saying
from shop.web.office.cases import Case, open_case
from shop.web.office.lots import lot_cards
from shop.web.office.names import people

SHOWN = 30


class Action(NamedTuple):
    """A button: which front door (`decision` or `record`), which sheet, and its words."""

    door: str
    sheet: str
    words: str


class Open(NamedTuple):
    """Something of this product that waits: its number, words and day, and the action that ends it."""

    number: str
    words: str
    day: Any
    action: Action


class Told(NamedTuple):
    """One event of the history. `corrected_by` is the day on which a correction was recorded, if there is one."""

    event: Mapping[str, Any]
    title: str
    lines: list[saying.Line]
    corrected_by: str | None


SUSPEND = Action("decision", "suspension", N_("Suspend"))
REINSTATE = Action("decision", "reinstatement", N_("Reinstate"))
REVOKE = Action("decision", "revocation", N_("Revoke"))
CORRECT = Action("decision", "correction", N_("Correct"))
APPEAL = Action("record", "appeal", N_("Record an appeal"))
OF_THE_PRODUCT = (
    Action("record", "planned-inspection", N_("Plan an inspection")),
    Action("record", "inspection", N_("Record an inspection")),
    Action("record", "sample", N_("Take a sample")),
    Action("record", "fault", N_("Record a fault")),
    Action("record", "assessment", N_("Record an assessment")),
    Action("decision", "certificate", N_("Issue a certificate")),
    Action("decision", "recall", N_("Recall a lot or the product")),
)
OF_GOODS = (Action("record", "lot", N_("Release a lot")), Action("record", "gtin", N_("Bind a GTIN")))


@bp.get("/products/<slug>")
@for_office
def dossier(slug: str) -> str:
    case = open_case(slug)
    held, today = case.dossier, clock.today()
    told, more = history(case, before=request.args.get("before", type=int))
    proposed = proposing.about(case.product.id)
    handles = [who for one in told for who in (one.event.get("by"), one.event.get("approved_by"))]
    handles += [who for one in proposed for who in (one.proposed_by, one.decided_by)]
    return render_template(
        "office/dossier.html",
        case=case,
        status=judge(list(held.certificates.values()), today, held.recalls.values()),
        lots=lot_cards(held),
        of_goods=OF_GOODS,
        certificates=[certificate_card(one, held) for one in reversed(held.certificates.values())],
        waiting=open_things(held),
        actions=OF_THE_PRODUCT,
        told=told,
        more=more,
        proposals=proposed,
        titles={one.id: saying.deed(one.kind) for one in proposed},
        names=people(handles),
        entered=entered(held, request.args.get("entered", "")),
    )


def certificate_card(held: Certificate, dossier: Dossier) -> dict[str, Any]:
    """One certificate as it stands today by itself, and what may be decided about it."""
    today = clock.today()
    is_revoked = held.revocation is not None and held.revocation.overturned_on is None
    rests = any(rests_on(one, today) or one.lifted_on is None for one in held.suspensions)
    actions = [] if is_revoked else [REINSTATE if rests else SUSPEND, REVOKE]
    decided = bool(held.suspensions or held.revocation)
    return {
        "held": held,
        "status": judge([held], today, dossier.recalls.values()),
        "actions": [*actions, *([APPEAL] if decided else []), CORRECT],
    }


def open_things(dossier: Dossier) -> list[Open]:
    """Everything of this product that waits for somebody, oldest day first."""
    found = [
        *(
            Open(i.inspection, N_("Inspection planned"), i.planned_on, Action("record", "inspection", N_("Record it")))
            for i in dossier.inspections.values()
            if i.done_on is None
        ),
        *(
            Open(
                s.sample,
                N_("Sample without a result"),
                s.taken_on,
                Action("decision", "result", N_("Enter the result")),
            )
            for s in dossier.samples.values()
            if s.result_on is None
        ),
        *(
            Open(n.nonconformity, N_("Fault to be mended until"), n.due, Action("record", "remedy", N_("It is mended")))
            for n in dossier.nonconformities.values()
            if n.closed_on is None
        ),
        *(
            Open(a.appeal, N_("Appeal filed"), a.filed_on, Action("decision", "judgement", N_("Decide it")))
            for a in dossier.appeals.values()
            if a.decided_on is None
        ),
        *(
            Open(r.recall, N_("Recalled since"), r.from_day, Action("decision", "end-of-recall", N_("End the recall")))
            for r in dossier.recalls.values()
            if r.closed_on is None
        ),
        *(
            Open(c.complaint, N_("Complaint received"), c.received_on, Action("record", "answer", N_("Answer it")))
            for c in dossier.complaints.values()
            if c.answered_on is None
        ),
    ]
    return sorted(found, key=lambda one: one.day)


def history(case: Case, *, before: int | None) -> tuple[list[Told], int | None]:
    """The newest events first, SHOWN at a time; the second is where the next page begins."""
    corrected = {one: event["recorded_at"] for event in case.events for one in event["body"].get("corrects", ()) or ()}
    older = [event for event in case.events if before is None or event["subject_seq"] < before]
    shown = older[-SHOWN:]
    told = [
        Told(
            event,
            saying.title(event["type"]),
            saying.lines(event["body"], case.names),
            corrected.get(event["id"]),
        )
        for event in reversed(shown)
    ]
    return told, shown[0]["subject_seq"] if len(older) > len(shown) else None


def entered(dossier: Dossier, number: str) -> str:
    """The number somebody was just given, if this product really has it."""
    shelves = (
        *(dossier.inspections, dossier.samples, dossier.nonconformities, dossier.appeals),
        *(dossier.complaints, dossier.assessments, dossier.lots, dossier.gtins),
    )
    return number if any(number in kept for kept in shelves) else ""
