"""The shop's bundles are judged by the verifier as the shop judges, and a stranger needs nothing else."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.refusal import Refusal
from shop.provenance import recognising
from shop.provenance.entering import enter
from shop.provenance.log import bundling, heads, key_events, keys, publishing, trusting
from shop.provenance.log.enclosing import papers_of
from shop.provenance.log.models import Event
from shop.provenance.log.reading import subject_of
from shop.provenance.models import Certificate
from shop.provenance.ocop_verify import auditing, bundle
from shop.provenance.ocop_verify.verdict import Verdict, verdict_of
from shop.provenance.standards import issuing, status_list
from shop.provenance.status import status_at
from tests.factories import BY, SECOND, a_certificate, a_product, the_certificate

pytestmark = [pytest.mark.usefixtures("tuesday", "app")]
WHY = Texts(vi="Mẫu chưa đạt.", en="A sample fell short.")
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
HOST = "https://phonghe.example"


def shown(directory: Path) -> None:
    heads.publish_heads(directory)
    publishing.publish(directory)


def judged(product: Any, directory: Path, **asked: Any) -> Verdict:
    """By a stranger who accepts that there are no witnesses yet."""
    data = bundling.bundle_of(product.id, directory)
    return verdict_of(data, trusting.policy(), **{"accept_unwitnessed": True, **asked})


@pytest.mark.both
def test_a_bundle_of_the_shop_is_in_force_and_then_revoked(directory: Path) -> None:
    product = a_product()
    certificate = a_certificate(product, stars=4)
    shown(directory)
    verdict = judged(product, directory)
    assert verdict.code == 0, verdict.checks
    assert verdict.facts["certificate"]["number"] == certificate.number
    assert judged(product, directory, accept_unwitnessed=False).code == 3
    with transaction():
        recognising.revoke(certificate, by=BY, approved_by=SECOND, from_day=TODAY, decision_no="M-1", reason=WHY)
    publishing.publish(directory)
    assert judged(product, directory).code == 2, "what came after the snapshot counts at once"
    assert judged(product, directory, at=TODAY - DAY).code == 0


def test_the_same_log_makes_the_same_bytes(directory: Path) -> None:
    product = a_product(stars=4)
    shown(directory)
    assert bundling.bundle_of(product.id, directory) == bundling.bundle_of(product.id, directory)


def test_there_is_nothing_to_prove_before_the_log_is_published(directory: Path) -> None:
    product = a_product(stars=4)
    for step in (lambda: None, lambda: publishing.publish(directory)):
        step()
        with pytest.raises(bundling.NothingToProve):
            bundling.bundle_of(product.id, directory)
    shown(directory)
    assert bundling.bundle_of(product.id, directory)
    younger = a_product(stars=4)
    with pytest.raises(bundling.NothingToProve):
        bundling.bundle_of(younger.id, directory)
    publishing.publish(directory)
    assert judged(younger, directory).code == 0


def test_a_turned_key_breaks_nothing_and_a_stolen_one_is_told(directory: Path, tuesday: Any) -> None:
    before = a_product(stars=4)
    tuesday.shift(2 * DAY)
    doubtful = a_product(stars=4)
    tuesday.shift(DAY)
    with transaction():
        event = key_events.rotate("issuer", by=BY)
    keys.ring().turn("issuer", event.subject.rpartition(":")[2])
    after = a_product(stars=4)
    shown(directory)
    assert [judged(product, directory).code for product in (before, doubtful, after)] == [0, 0, 0]
    with transaction():
        key_events.compromise("issuer-1", since=TODAY + DAY, by=BY, reason="a stolen laptop")
    shown(directory)
    assert [judged(product, directory).code for product in (before, doubtful, after)] == [0, 3, 0]
    assert (
        bundle.read(bundling.bundle_of(after.id, directory))
        .events[-1]
        .told["proof"]["verificationMethod"]
        .endswith("issuer-2")
    )


def test_a_stranger_with_a_mirror_derives_the_same_stars(directory: Path) -> None:
    held = [a_product(stars=stars) for stars in (3, 4, 5)]
    shown(directory)
    found = auditing.audit(directory, trusting.policy(), TODAY)
    assert found.faults == []
    assert {star["slug"]: star["stars"] for star in found.stars.values()} == {
        product.slug: status_at(product.id, TODAY).stars for product in held
    }


def enclosed(product: Any, directory: Path) -> bytes:
    return bundling.bundle_of(product.id, directory, papers_of(issuing.issuer(HOST), directory))


def test_the_credential_and_its_lists_go_along_once_the_log_knows_them(directory: Path) -> None:
    product = a_product()
    certificate = a_certificate(product, stars=4)
    shown(directory)
    assert bundle.read(enclosed(product, directory)).credential is None, "no list was shown yet"
    status_list.renew(directory, issuing.issuer(HOST))
    assert bundle.read(enclosed(product, directory)).credential is None, "the published tree does not know them yet"
    publishing.publish(directory)
    data = enclosed(product, directory)
    assert len(bundle.read(data).status) == 2
    assert verdict_of(data, trusting.policy(), accept_unwitnessed=True).code == 0
    with transaction():
        recognising.suspend(certificate, by=BY, approved_by=SECOND, from_day=TODAY, decision_no="M-1", reason=WHY)
    status_list.renew(directory, issuing.issuer(HOST))
    publishing.publish(directory)
    verdict = verdict_of(enclosed(product, directory), trusting.policy(), accept_unwitnessed=True)
    assert verdict.code == 2
    assert ["set: suspension" in check.found for check in verdict.checks if check.name == "status"] == [True]


# --- parity: whatever happens to a product, both judges say the same of every day

DEEDS = ("issue", "suspend", "reinstate", "revoke", "appeal", "overturn", "uphold", "recall", "recall lot", "close")
DEEDS += ("correct",)
STEP = st.tuples(st.sampled_from(DEEDS), st.integers(0, 40), st.sampled_from((3, 4, 5)))
LASTS = 400


class Story:
    """One product to which things happen on days that go on; what the rules refuse does not happen."""

    def __init__(self) -> None:
        self.product = a_product()
        self.day = TODAY - timedelta(days=LASTS)
        self.numbers: list[str] = []
        self.count = 0

    def happen(self, steps: list[tuple[str, int, int]]) -> None:
        with transaction():
            for deed, days, stars in [("issue", 0, 4), *steps]:
                self.day += timedelta(days=days)
                self.count += 1
                with suppress(Refusal):
                    self._do(deed, stars)

    def _do(self, deed: str, stars: int) -> None:
        last = self.numbers[-1] if self.numbers else "none"
        decision = {"no": f"D-{self.count}", "date": self.day.isoformat(), "authority": "ha-noi"}
        facts = {"certificate_no": last, "decision": decision, "reason": dict(WHY)}
        appeal = {"appeal": f"A-{self.product.id}"}
        recall = {"recall": f"R-{self.product.id}", "decision": decision, "reason": dict(WHY)}
        match deed:
            case "issue":
                self._issue(stars)
            case "suspend":
                self._enter("certificate.suspended", facts)
            case "reinstate":
                self._enter("certificate.reinstated", facts)
            case "revoke":
                self._enter("certificate.revoked", facts)
                self.against = decision["no"]
            case "appeal":
                against = getattr(self, "against", "none")
                self._enter("appeal.filed", appeal | {"certificate_no": last, "against": against, "grounds": dict(WHY)})
            case "overturn" | "uphold":
                self._enter(
                    "appeal.decided", appeal | {"outcome": {"overturn": "overturned", "uphold": "upheld"}[deed]}
                )
            case "recall":
                self._enter("recall.opened", recall | {"lot": ""})
            case "recall lot":
                self._enter("recall.opened", recall | {"recall": f"L-{self.product.id}", "lot": "L1"})
            case "close":
                self._enter("recall.closed", {"recall": recall["recall"]})
            case "correct":
                self._correct()

    def _issue(self, stars: int) -> None:
        draft = recognising.issuing(self._draft(stars))
        ends = (self.day + timedelta(days=60 + 37 * stars)).isoformat()
        self._enter("certificate.issued", dict(draft.body) | {"valid_until": ends})
        self.numbers.append(draft.body["certificate_no"])

    def _draft(self, stars: int) -> Certificate:
        return the_certificate(self.product, stars=stars, day=self.day)

    def _correct(self) -> None:
        about = (Event.subject == subject_of(self.product.id), Event.type == "certificate.issued")
        event = db.session.scalar(select(Event).where(*about).order_by(Event.index.desc()).limit(1))
        if event is not None:
            later = (self.day + timedelta(days=30)).isoformat()
            fields = {"certificate_no": self.numbers[-1], "corrects": [event.id], "fields": {"valid_until": later}}
            self._enter("certificate.corrected", fields)

    def _enter(self, kind: str, body: dict[str, Any]) -> None:
        enter(self.product.id, kind, body, day=self.day, by=BY, approved_by=SECOND)


def test_the_verifier_judges_as_the_shop_does(directory: Path) -> None:
    stories: list[Story] = []

    @settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEP, min_size=1, max_size=9))
    def happen(steps: list[tuple[str, int, int]]) -> None:
        stories.append(Story())
        stories[-1].happen(steps)

    happen()
    shown(directory)
    policy, states = trusting.policy(), set()
    days = cycle((-1, 0, 1, 30, 90, 170, 180, 208, 209, 215, 245, 246, 300, LASTS))
    for story in stories:
        data = bundling.bundle_of(story.product.id, directory)
        for lot in ("", "L1", ""):
            day = TODAY - timedelta(days=LASTS - next(days))
            ours = status_at(story.product.id, day, lot=lot)
            theirs = verdict_of(data, policy, at=day, accept_unwitnessed=True, lot=lot)
            assert theirs.code == (0 if ours.in_force else 2), (day, theirs.checks)
            assert (theirs.facts["state"], theirs.facts["stars"]) == (ours.state.value, ours.stars)
            states.add(ours.state)
    assert len(stories) >= 100 and len(states) >= 7, states
