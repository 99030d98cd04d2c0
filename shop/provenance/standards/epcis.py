"""What happened to a lot as EPCIS 2.0 object events: its release, samples and their results, inspections, recalls.

Days are what the register knows, so an event stands at the midnight in Hanoi that begins its day. What was corrected is
told twice, as EPCIS wants it: as it was with an error declaration, and as it reads since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from shop.provenance.gs1 import DigitalLink

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
GS1 = "https://id.gs1.org"
OFFSET = "+07:00"
CORRECTIONS = ("correction", "certificate.corrected")
Event = Mapping[str, Any]


def events_of_lot(events: Sequence[Event], lot: str, *, certificate: str = "") -> dict[str, Any]:
    """The EPCIS document of one lot; `events` are all of its product, oldest first, `certificate` the address of its
    credential. Raises KeyError for a lot that was never released."""
    released = next((e for e in events if e["type"] == "lot.released" and e["body"]["lot"] == lot), None)
    if released is None:
        raise KeyError(lot)
    goods = _goods(released)
    told = [made for event in events if (made := _told(event, lot, events))]
    return {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": max(str(event["recorded_at"]) for event in events),
        "epcisBody": {"eventList": [one for event in told for one in _twice(event, goods, events, certificate)]},
    }


def _goods(released: Event) -> dict[str, Any]:
    """What the events are about: all pieces of the lot, by GTIN where there is one."""
    body = released["body"]
    gtin = body.get("gtin", "")
    own = f"{released['subject']}:lot:{quote(body['lot'], safe='')}"
    return {"epcClass": DigitalLink(gtin, lot=body["lot"]).uri(GS1) if gtin else own, "quantity": body["quantity"]}


def _told(event: Event, lot: str, events: Sequence[Event]) -> Event | None:
    """The event if it is about this lot: an inspection is about every lot of the product."""
    body = event["body"]
    match event["type"]:
        case "lot.released" | "sample.taken":
            mine = body.get("lot") == lot
        case "recall.opened":
            mine = body.get("lot", "") in ("", lot)
        case "sample.result":
            mine = any(_begins(e, "sample", body) and e["body"].get("lot") == lot for e in events)
        case "recall.closed":
            mine = any(_begins(e, "recall", body) and e["body"].get("lot", "") in ("", lot) for e in events)
        case "inspection.recorded":
            mine = True
        case _:
            mine = False
    return event if mine else None


def _begins(event: Event, key: str, body: Mapping[str, Any]) -> bool:
    """Whether this event took the sample, or opened the recall, of which `body` tells the end."""
    return event["type"] in ("sample.taken", "recall.opened") and event["body"].get(key) == body[key]


def _twice(
    event: Event, goods: Mapping[str, Any], events: Sequence[Event], certificate: str
) -> Iterator[dict[str, Any]]:
    """Once, unless it was corrected."""
    corrections = [e for e in events if e["type"] in CORRECTIONS and event["id"] in e["body"].get("corrects", ())]
    first = _object_event(event, event["body"], event["effective_at"], goods, certificate)
    if not corrections:
        yield first
        return
    newest = corrections[-1]
    declared = {
        "declarationTime": newest["recorded_at"],
        "reason": "incorrect_data",
        "correctiveEventIDs": [newest["id"]],
    }
    yield first | {"errorDeclaration": declared}
    fields = {name: value for each in corrections for name, value in each["body"].get("fields", {}).items()}
    day = str(fields.pop("effective_at", event["effective_at"]))
    as_it_reads = _object_event(event, {**event["body"], **fields}, day, goods, certificate)
    yield as_it_reads | {"eventID": newest["id"], "recordTime": newest["recorded_at"]}


def _object_event(
    event: Event, body: Mapping[str, Any], day: str, goods: Mapping[str, Any], certificate: str
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "ObjectEvent",
        "eventID": event["id"],
        "eventTime": f"{day}T00:00:00{OFFSET}",
        "eventTimeZoneOffset": OFFSET,
        "recordTime": event["recorded_at"],
        "action": "ADD" if event["type"] == "lot.released" else "OBSERVE",
        "quantityList": [dict(goods)],
    }
    return made | _meaning(event["type"], body) | ({"certificationInfo": certificate} if certificate else {})


def _meaning(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    match kind:
        case "lot.released":
            master = {"cbvmda:lotNumber": body["lot"], "gs1:productionDate": body["made_on"]}
            master |= {"cbvmda:itemExpirationDate": body["expires_on"]} if body.get("expires_on") else {}
            return {"bizStep": "commissioning", "disposition": "active", "ilmd": master}
        case "sample.taken":
            return {"bizStep": "sampling", "disposition": "in_progress", **_about("sample", body["sample"], "testprd")}
        case "sample.result":
            good = body["verdict"] == "pass"
            return {"bizStep": "inspecting", **_verdict(good), **_about("sample", body["sample"], "testres")}
        case "inspection.recorded":
            good = body["outcome"] == "conforming"
            return {"bizStep": "inspecting", **_verdict(good), **_about("inspection", body["inspection"], "cert")}
        case "recall.opened":
            return {"bizStep": "holding", "disposition": "recalled", "persistentDisposition": {"set": ["recalled"]}}
        case _:
            return {"bizStep": "accepting", "disposition": "active", "persistentDisposition": {"unset": ["recalled"]}}


def _verdict(good: bool) -> dict[str, str]:
    return {"disposition": "conformant" if good else "non_conformant"}


def _about(kind: str, number: str, transaction: str) -> dict[str, Any]:
    address = f"urn:ocop:{kind}:{quote(number, safe='')}"
    return {"bizTransactionList": [{"type": transaction, "bizTransaction": address}]}
