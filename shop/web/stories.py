"""What each kind of event of the log says on a page: one sentence and its tone, the decider's words, a few facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.provenance.complaining import KIND_LABELS
from shop.provenance.ocop_verify.folding import hundredths
from shop.provenance.oversight import INSPECTION_LABELS, SAMPLE_POINT_LABELS, SEVERITY_LABELS
from shop.provenance.recognising import GROUNDS
from shop.web.presenting import points_words

GOOD, BAD, WARN, PLAIN = "good", "bad", "warn", "plain"
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A label and a value; `is_said` where the value is a sentence to be translated too."""

    label: str
    value: str
    is_said: bool = False


@dataclass(frozen=True)
class Story:
    """`sentence` is filled with `facts`; `words` are the decider's own."""

    sentence: str
    tone: str = PLAIN
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Texts = field(default_factory=Texts)
    more: list[Fact] = field(default_factory=list)


def story_of(event: Mapping[str, Any]) -> Story:
    tell = STORIES.get(event["type"])
    if tell is None:
        return Story(N_("An entry of the kind “%(kind)s”"), facts={"kind": event["type"]})
    return tell(event["body"])


def label_of(labels: Mapping[Any, str], kind: str) -> str:
    """A kind's sentence, or the bare word of a later version of the shop."""
    return labels.get(kind, kind)


def _issued(body: Body) -> Story:
    score = points_words(hundredths(body["score"]))
    more = [*_number(body), *_decision(body), Fact(N_("Criteria"), body["scheme"]), Fact(N_("Score"), score)]
    return Story(N_("Certified with %(stars)s OCOP stars"), GOOD, {"stars": body["stars"]}, more=more)


def _ended(sentence: str, tone: str) -> Callable[[Body], Story]:
    """A decision against a certificate, with its grounds and reason."""

    def tell(body: Body) -> Story:
        grounds = GROUNDS.get(body.get("grounds", ""))
        more = [Fact(N_("Grounds"), grounds, is_said=True)] if grounds else []
        return Story(sentence, tone, words=_texts(body.get("reason")), more=[*more, *_number(body), *_decision(body)])

    return tell


def _plain(sentence: str, tone: str = PLAIN, **names: str) -> Callable[[Body], Story]:
    """A sentence filled from the body: `names` are the sentence's facts and where they stand."""

    def tell(body: Body) -> Story:
        facts = {fact: body.get(name, "") for fact, name in names.items()}
        return Story(sentence, tone, facts, more=[*_number(body), *_decision(body)])

    return tell


def _assessed(body: Body) -> Story:
    if body.get("stars"):
        return Story(N_("Assessed by a council: enough for %(stars)s stars"), PLAIN, {"stars": body["stars"]})
    return Story(N_("Assessed by a council: not enough for a certificate"), WARN)


def _inspection_planned(body: Body) -> Story:
    return Story(N_("An inspection is planned"), more=_inspection(body))


def _inspected(body: Body) -> Story:
    fine = body["outcome"] == "conforming"
    sentence = N_("Inspected: everything as certified") if fine else N_("Inspected: not as certified")
    return Story(sentence, GOOD if fine else BAD, words=_texts(body.get("findings")), more=_inspection(body))


def _inspection(body: Body) -> list[Fact]:
    agencies = ", ".join(body.get("agencies", ()))
    kind = [Fact(N_("Kind"), label_of(INSPECTION_LABELS, body["kind"]), is_said=True)]
    return [*kind, *([Fact(N_("Agencies"), agencies)] if agencies else [])]


def _sample_taken(body: Body) -> Story:
    more = [Fact(N_("Where it was taken"), label_of(SAMPLE_POINT_LABELS, body["point"]), is_said=True)]
    more += [Fact(N_("Taken by"), body["taken_by"])] if body.get("taken_by") else []
    more += [Fact(N_("Lot"), body["lot"])] if body.get("lot") else []
    return Story(N_("A sample was taken"), more=more)


def _sample_result(body: Body) -> Story:
    passed = body["verdict"] == "pass"
    sentence = N_("The laboratory passed the sample") if passed else N_("The sample failed in the laboratory")
    more = [Fact(N_("Laboratory"), " · ".join(filter(None, (body["laboratory"], body.get("accreditation_no")))))]
    more += [Fact(str(one.get("analyte", "")), _measured(one)) for one in body.get("results", ())]
    return Story(sentence, GOOD if passed else BAD, more=more)


def _measured(result: Mapping[str, Any]) -> str:
    limit = f" (≤ {result['limit']})" if result.get("limit") else ""
    return f"{result.get('value', '')} {result.get('unit', '')}{limit}".strip()


def _fault(body: Body) -> Story:
    more = [Fact(N_("Severity"), label_of(SEVERITY_LABELS, body["severity"]), is_said=True)]
    more.append(Fact(N_("To be mended by"), body["due"]))
    return Story(N_("A fault was found"), WARN, words=_texts(body.get("words")), more=more)


def _appealed(body: Body) -> Story:
    sentence = N_("The producer appealed against decision %(against)s")
    return Story(sentence, PLAIN, {"against": body["against"]}, _texts(body.get("grounds")))


def _appeal_decided(body: Body) -> Story:
    if body["outcome"] == "overturned":
        return Story(N_("The appeal was granted: the decision is overturned"), GOOD, words=_texts(body.get("reason")))
    return Story(N_("The appeal was refused: the decision stands"), PLAIN, words=_texts(body.get("reason")))


def _recalled(body: Body) -> Story:
    lot = body.get("lot", "")
    sentence = N_("Lot %(lot)s is recalled") if lot else N_("The product is recalled")
    return Story(sentence, BAD, {"lot": lot} if lot else {}, _texts(body.get("reason")), _decision(body))


def _lot_released(body: Body) -> Story:
    facts = {"lot": body["lot"], "pieces": body["quantity"]}
    return Story(N_("Lot %(lot)s released: %(pieces)s pieces"), PLAIN, facts)


def _complained(body: Body) -> Story:
    kind = label_of(KIND_LABELS, body["kind"])
    more = [Fact(N_("Report"), kind, is_said=True), Fact(N_("Receipt"), body["complaint"])]
    return Story(N_("A buyer reported a problem; it is not examined yet"), PLAIN, more=more)


def _answered(body: Body) -> Story:
    more = [Fact(N_("Receipt"), body["complaint"])]
    return Story(N_("A report was answered"), words=_texts(body.get("answer")), more=more)


def _corrected(body: Body) -> Story:
    reason = body.get("reason", "")
    words = _texts(reason) if isinstance(reason, Mapping) else Texts(vi=reason) if reason else Texts()
    return Story(N_("A correction: the first entry stays readable"), WARN, words=words)


def _number(body: Body) -> list[Fact]:
    return [Fact(N_("Certificate"), body["certificate_no"])] if body.get("certificate_no") else []


def _decision(body: Body) -> list[Fact]:
    decision = body.get("decision") or {}
    return [Fact(N_("Decision"), decision["no"])] if decision.get("no") else []


def _texts(words: Any) -> Texts:
    return Texts(words) if isinstance(words, Mapping) else Texts()


STORIES: dict[str, Callable[[Body], Story]] = {
    "product.registered": _plain(N_("Entered in the register")),
    "product.gtin_bound": _plain(N_("GTIN %(gtin)s names this product"), gtin="gtin"),
    "product.gtin_retired": _plain(N_("GTIN %(gtin)s is retired"), gtin="gtin"),
    "assessment.recorded": _assessed,
    "certificate.issued": _issued,
    "certificate.superseded": _plain(N_("Replaced by certificate %(number)s"), number="by"),
    "certificate.suspended": _ended(N_("The certificate is suspended"), BAD),
    "certificate.reinstated": _plain(N_("The certificate counts again"), GOOD),
    "certificate.revoked": _ended(N_("The certificate is revoked"), BAD),
    "certificate.corrected": _corrected,
    "inspection.planned": _inspection_planned,
    "inspection.recorded": _inspected,
    "sample.taken": _sample_taken,
    "sample.result": _sample_result,
    "nonconformity.opened": _fault,
    "nonconformity.closed": lambda body: Story(N_("The fault is mended"), GOOD, words=_texts(body.get("remedy"))),
    "appeal.filed": _appealed,
    "appeal.decided": _appeal_decided,
    "recall.opened": _recalled,
    "recall.closed": _plain(N_("The recall is over"), GOOD),
    "lot.released": _lot_released,
    "labels.issued": _plain(N_("%(count)s labels issued for lot %(lot)s"), count="count", lot="lot"),
    "labels.activated": _plain(N_("Labels activated: batch %(batch)s"), batch="batch"),
    "labels.voided": _plain(N_("Labels declared void: batch %(batch)s"), WARN, batch="batch"),
    "complaint.received": _complained,
    "complaint.answered": _answered,
    "evidence.erased": _plain(N_("A private value was erased; what the log says of it stays")),
    "correction": _corrected,
}
