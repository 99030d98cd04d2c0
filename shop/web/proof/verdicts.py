"""The verdict in one sentence, and what stands right below it: who says so, and what was looked at last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.provenance.models import Certificate
from shop.provenance.ocop_verify.dossier import Dossier, Inspection, Recall, Sample
from shop.provenance.ocop_verify.judging import is_recalled_on, rests_on
from shop.provenance.proving import Proof
from shop.provenance.status import State
from shop.web.presenting import day_number

UNVERIFIABLE = "unverifiable"
SENTENCES = {
    State.VALID: N_("The certificate is in force."),
    State.EXPIRING: N_("The certificate is in force and ends in %(days)s days."),
    State.SUSPENDED: N_("The certificate rests since %(day)s. Until it is reinstated the product may carry no stars."),
    State.REVOKED: N_("The certificate was taken away on %(day)s. The product may carry no stars."),
    State.RECALLED: N_("The goods were called back on %(day)s. Please do not use them and take them back."),
    State.EXPIRED: N_("The certificate ended on %(day)s and was not renewed. The product may carry no stars."),
    State.SUPERSEDED: N_("The certificate was replaced by a newer one on %(day)s."),
    State.NONE: N_("No certificate of this product is in the register. It is sold as a craft, without stars."),
}
LATER = N_("A certificate is decided and begins on %(day)s. Until then the product carries no stars.")
BROKEN = N_("The register and the signed log tell different things. Until it is known why, no stars are shown.")
EVIDENCE = {
    "E0": N_("on the producer's statement"),
    "E1": N_("with the decision on file"),
    "E2": N_("compared with the authority's public source"),
    "E3": N_("with the authority's own signature, verified"),
}


@dataclass(frozen=True)
class Verdict:
    """`kind` is the judge's state, or `unverifiable`; the sentence is filled with `facts`."""

    kind: str
    label: str
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return self.kind != UNVERIFIABLE


def verdict(proof: Proof) -> Verdict:
    if not proof.is_sound:
        return Verdict(UNVERIFIABLE, N_("Cannot be verified"), BROKEN)
    state = proof.status.state
    if state is State.NONE and (begins := _begins(proof)):
        return Verdict(state.value, state.label, LATER, {"day": day_number(begins)})
    return Verdict(state.value, state.label, SENTENCES[state], _facts(proof))


def _facts(proof: Proof) -> dict[str, Any]:
    state, held = proof.status.state, proof.status.certificate
    if held is None or state is State.VALID:
        return {}
    if state is State.EXPIRING:
        return {"days": (held.valid_until - proof.day).days + 1}
    return {"day": day_number(_since(state, held, proof))}


def _since(state: State, held: Certificate, proof: Proof) -> date:
    if state is State.REVOKED and held.revocation:
        return held.revocation.from_day
    if state is State.SUSPENDED:
        return next(one.from_day for one in held.suspensions if rests_on(one, proof.day))
    if state is State.RECALLED:
        return min(one.from_day for one in held.recalls if is_recalled_on(one, proof.day))
    return held.superseded_on if state is State.SUPERSEDED and held.superseded_on else held.valid_until


def _begins(proof: Proof) -> date | None:
    coming = [one.valid_from for one in proof.dossier.certificates.values() if one.valid_from > proof.day]
    return min(coming, default=None)


def last_inspection(dossier: Dossier, day: date) -> Inspection | None:
    done = [one for one in dossier.inspections.values() if one.done_on and one.done_on <= day]
    return max(done, key=lambda one: str(one.done_on), default=None)


def last_sample(dossier: Dossier, day: date) -> Sample | None:
    """The newest with a result."""
    judged = [one for one in dossier.samples.values() if one.result_on and one.result_on <= day]
    return max(judged, key=lambda one: str(one.result_on), default=None)


def open_recalls(dossier: Dossier, day: date) -> list[tuple[Recall, Texts]]:
    """Each with its reason."""
    return [(one, Texts(one.reason)) for one in dossier.recalls.values() if is_recalled_on(one, day)]


@dataclass(frozen=True)
class Bar:
    """One part of the score; widths of 1,000 in all, the widest part's maximum as long as the picture."""

    letter: str
    words: str
    score: int
    most: int
    length: int
    filled: int


def bars(held: Certificate) -> list[Bar]:
    words = (N_("Product and community strength"), N_("Marketing and story"), N_("Quality"))
    most = [getattr(held.criteria_set, f"max_{part}") for part in "abc"]
    widest = max(most)
    return [
        Bar(part.upper(), said, score, top, top * 1_000 // widest, min(score, top) * 1_000 // widest)
        for part, said, top in zip("abc", words, most, strict=True)
        for score in [getattr(held, f"score_{part}")]
    ]
