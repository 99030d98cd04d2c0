"""What an operator, a thief or a seller may try, and what the verifier answers."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from shop.provenance.ocop_verify import bundle, heads, merkle, notes
from shop.provenance.ocop_verify.policy import Policy
from tests.provenance.ocop_verify.worlds import DECISION, P1, P2, START, WHY, World, day, honest, key


def said(world, data=None, **asked):
    verdict = world.verdict(data, **asked)
    return int(verdict.code), verdict.reason


def snapshotted(world):
    world.snapshot()
    return world


# --- in force, and not


def test_a_certificate_in_force_is_authentic_and_counts():
    verdict = honest().verdict()
    assert verdict.code == 0
    assert verdict.facts["stars"] == 4 and verdict.facts["certificate"]["number"] == "MẪU-1"
    assert all(check.code == 0 for check in verdict.checks)


def test_a_revoked_certificate_is_authentic_but_not_in_force():
    world = honest()
    world.decide("revoked")
    code, why = said(snapshotted(world))
    assert code == 2 and "revoked" in why and "MẪU-1" in why
    assert said(world, at=day("2026-11-23"))[0] == 0


def test_a_suspended_certificate_is_not_in_force_until_it_is_reinstated():
    world = honest()
    world.decide("suspended", day="2026-11-24")
    assert said(snapshotted(world))[0] == 2
    world.later(days=3)
    world.decide("reinstated", day="2026-11-27")
    assert said(snapshotted(world))[0] == 0
    assert said(world, at=day("2026-11-26"))[0] == 2


def test_an_expired_certificate_counts_to_the_last_day_in_hanoi():
    world = World()
    world.register()
    world.issue(until="2026-11-24")
    world.snapshot()
    last = START.replace(hour=16, minute=59, second=59)  # 23:59:59 in Hanoi
    assert said(world, now=last)[0] == 0
    code, why = said(world, now=last + timedelta(seconds=1))
    assert code == 2 and "expired" in why


def test_a_recalled_product_is_not_in_force_and_a_recalled_lot_is_not_either():
    world = honest()
    recall = {"recall": "TH-1", "decision": DECISION, "reason": WHY}
    world.tell("recall.opened", P1, recall | {"lot": "L26A"}, "2026-11-24")
    assert said(snapshotted(world))[0] == 0
    assert said(world, lot="L26A")[0] == 2
    assert world.verdict().facts["recalled_lots"] == ["L26A"]
    world.tell("recall.opened", P1, recall | {"recall": "TH-2", "lot": ""}, "2026-11-24")
    code, why = said(snapshotted(world))
    assert code == 2 and "recalled" in why


def test_a_product_without_a_certificate_is_not_in_force():
    world = World()
    world.register()
    code, why = said(snapshotted(world))
    assert code == 2 and "not certified" in why


def test_events_from_a_later_version_are_not_guessed_at():
    world = honest()
    world.tell("certificate.paused", P1, {})
    assert said(snapshotted(world)) == (4, "events this program is too old for: certificate.paused")


# --- the operator rewrites history


def test_a_rewritten_leaf_does_not_fit_the_tree():
    world = honest()
    made = world.made()
    rewritten = made.events[1].data.replace(b'"stars":4', b'"stars":5')
    forged = replace(made, events=(made.events[0], replace(made.events[1], data=rewritten)))
    code, why = said(world, bundle.write(forged))
    assert code == 1 and "root" in why


def test_a_truncated_history_is_known_to_the_snapshot():
    world = honest()
    revoked = world.decide("revoked")
    code, why = said(world, snapshotted(world).file(leave_out=[revoked]))
    assert code == 1 and "cut" in why


def test_an_older_snapshot_cannot_hide_a_new_revocation_for_long():
    world = honest()
    before = world.snapshots[-1]
    world.later(days=8)
    revoked = world.decide("revoked", day="2026-12-02")
    world.snapshot()
    hidden = world.file(leave_out=[revoked], snapshot=before)
    code, why = said(world, hidden)
    assert code == 3 and "stale" in why, "a young checkpoint and witness must not make an old snapshot fresh"


def test_an_event_missing_in_the_middle_breaks_the_chain():
    world = honest()
    world.decide("suspended")
    world.later(minutes=1)
    world.decide("reinstated")
    made = snapshotted(world).made()
    assert said(world, bundle.write(replace(made, events=made.events[:2] + made.events[3:])))[0] == 1


def test_events_of_another_product_are_found():
    world = honest()
    mine, other = world.made(P1), world.made(P2)
    assert said(world, bundle.write(replace(mine, events=mine.events + other.events)))[0] == 1
    assert said(world, bundle.write(replace(mine, events=other.events)))[0] == 1
    assert said(world, bundle.write(replace(mine, events=mine.events[:1] + other.events[1:])))[0] == 1


def test_events_after_the_snapshot_count_at_once():
    world = honest()
    world.decide("revoked")
    assert said(world)[0] == 2


def test_a_product_younger_than_the_snapshot_is_shown_to_be_absent_from_it():
    world = honest()
    for number in (0, 15, 3):
        subject = f"urn:ocop:product:P{number}"
        world.register(subject)
        world.issue(subject, f"MẪU-1{number}")
        assert said(world, world.file(subject))[0] == 0


def test_an_absence_cannot_be_claimed_with_other_neighbours():
    world = honest()
    world.decide("revoked")
    snapshotted(world)
    world.later(hours=1)
    _, entries = world.snapshots[-1]
    made = world.made()
    count = len(entries)
    mini = merkle.subtree_of([merkle.leaf_hash(entry) for entry in entries])
    for low in range(count):
        for high in range(low + 1, count + 1):
            heads_ = tuple(heads.Head.parse(entry) for entry in entries[low:high])
            paths = tuple(tuple(merkle.inclusion_proof(at, count, mini)) for at in range(low, high))
            other = heads.Stretch(low, heads_, paths)
            if any(head.subject == P1 for head in heads_):
                continue
            assert said(world, bundle.write(replace(made, own_heads=other)))[0] == 1


def test_a_snapshot_of_somebody_elses_making_does_not_count():
    world = honest()
    revoked = world.decide("revoked")
    entries = heads.tree(
        heads.newest(
            (told, bundle.leaf_hash(leaf)) for told, leaf in zip(world.told[:revoked], world.leaves, strict=False)
        ).values()
    )
    faked = (world.snapshots[-1][0], entries)
    world.snapshot()
    assert said(world, world.file(snapshot=faked, leave_out=[revoked]))[0] in (1, 3)


# --- keys


def test_a_forged_key_is_not_in_the_log():
    world = honest()
    thief = World()
    thief.keys["issuer-1"] = thief.keys["issuer-9"] = key()
    thief.register()
    thief.issue(stars=5)
    thief.snapshot()
    made, theirs = world.made(), thief.made()
    assert said(world, bundle.write(theirs))[0] == 1
    assert said(world, bundle.write(replace(made, keys=theirs.keys)))[0] == 1


def test_an_event_signed_by_a_key_nobody_enrolled_is_refused():
    world = honest()
    world.keys["issuer-9"] = key()
    world.tell(
        "inspection.planned", P1, {"inspection": "TT-1", "kind": "planned", "agencies": []}, signed_by="issuer-9"
    )
    code, why = said(snapshotted(world))
    assert code == 1 and "issuer-9" in why


@pytest.mark.parametrize("other", ["log-1", "status-1"])
def test_a_key_of_another_role_signs_no_event(other):
    world = honest()
    world.tell("inspection.planned", P1, {"inspection": "TT-1", "kind": "planned", "agencies": []}, signed_by=other)
    assert said(snapshotted(world))[0] == 1


def test_a_rotation_breaks_nothing_before_and_the_new_key_counts_after():
    world = honest()
    world.rotate(signed_by="issuer-1")
    world.decide("suspended")
    assert said(snapshotted(world))[0] == 2
    assert said(world, world.file(P2))[0] == 0


def test_the_old_key_does_not_sign_long_after_its_rotation():
    world = honest()
    world.rotate(signed_by="issuer-1")
    for number in range(20):
        world.register(f"urn:ocop:product:P9{number}")
    world.decide("suspended")
    world.tell("certificate.reinstated", P1, {"certificate_no": "MẪU-1", "decision": DECISION}, signed_by="issuer-1")
    code, why = said(snapshotted(world))
    assert code == 1 and "issuer-1 did not count" in why


def test_only_the_key_that_was_committed_to_takes_over():
    world = honest()
    world.keys["issuer-2"] = key()
    world.rotate(signed_by="issuer-1")
    code, why = said(snapshotted(world))
    assert code == 1 and "committed" in why


def test_what_a_stolen_key_signs_after_it_was_reported_is_refused():
    world = honest()
    world.rotate(signed_by="issuer-1")
    world.compromise("issuer-1", "2026-11-24")
    world.later(days=1)
    world.tell("certificate.issued", P1, {}, signed_by="issuer-1")
    assert said(snapshotted(world))[0] == 1


def test_what_a_stolen_key_signed_between_theft_and_report_is_doubtful_and_before_it_is_not():
    world = honest()
    world.later(days=2)
    world.register("urn:ocop:product:P3")
    world.issue("urn:ocop:product:P3", "MẪU-3")
    world.later(days=1)
    world.rotate(signed_by="issuer-1")
    world.compromise("issuer-1", "2026-11-26")
    snapshotted(world)
    assert said(world, world.file(P1))[0] == 0
    code, why = said(world, world.file("urn:ocop:product:P3"))
    assert code == 3 and "stolen" in why


def test_the_report_of_a_theft_cannot_be_left_out():
    world = honest()
    world.rotate(signed_by="issuer-1")
    reported = world.compromise("issuer-1", "2026-11-24")
    world.snapshot()
    code, why = said(world, world.file(leave_out=[reported]))
    assert code == 1 and "cut" in why


# --- the log and its witnesses


def test_a_bundle_of_another_log_is_not_believed():
    code, why = said(honest(), policy=honest().policy)
    assert code == 1 and "key" in why
    elsewhere = World("other.example/log/1")
    elsewhere.register()
    elsewhere.issue()
    elsewhere.snapshot()
    assert said(honest(), elsewhere.file())[0] == 1


def test_a_log_does_not_speak_for_another_origin():
    world = honest()
    text = world.checkpoint().text.replace("phonghe.example", "phonghe.exampl3")
    note = notes.note(text, [notes.sign(text, world.origin, world.log_key)])
    assert said(world, world.file(note=note))[0] == 1


def test_an_unwitnessed_checkpoint_is_not_assured_unless_one_accepts_it_in_so_many_words():
    world = honest()
    nobody = Policy.parse(world.policy_text(quorum="none"))
    code, why = said(world, policy=nobody)
    assert code == 3 and "not yet witnessed" in why
    verdict = world.verdict(policy=nobody, accept_unwitnessed=True)
    assert verdict.code == 0
    assert any("not yet witnessed" in check.found for check in verdict.checks)


def test_a_quorum_that_is_not_met_is_not_excused():
    world = honest()
    assert said(world, world.file(cosigned=False), accept_unwitnessed=True)[0] == 3


def test_a_wrong_cosignature_spoils_the_note():
    world = honest()
    text = world.checkpoint().text
    lines = [notes.sign(text, world.origin, world.log_key), notes.cosign(text, "witness.example/w1", world.witness, 5)]
    lines[1] = notes.cosign(text + "x\n", "witness.example/w1", world.witness, 5)
    assert said(world, world.file(note=notes.note(text, lines)))[0] == 1


def test_an_older_checkpoint_proves_nothing_about_a_younger_tree():
    world = honest()
    older = world.note()
    world.decide("revoked")
    world.snapshot()
    assert said(world, world.file(note=older))[0] == 1


# --- time


@pytest.mark.parametrize(("days", "code"), [(0, 0), (1, 0), (6.99, 0), (7.01, 3), (700, 3)])
def test_a_bundle_grows_stale(days, code):
    world = honest()
    assert said(world, now=START + timedelta(days=days))[0] == code


def test_an_old_bundle_still_answers_for_the_days_before_it():
    world = honest()
    years_on = START + timedelta(days=700)
    assert said(world, now=years_on, at=day("2026-11-24"))[0] == 0
    assert said(world, now=years_on, at=day("2025-03-03"))[0] == 2
    assert said(world, now=years_on, at=day("2026-12-24"))[0] == 3


def test_a_day_to_come_asks_for_a_history_up_to_it():
    assert said(honest(), at=day("2026-11-30"))[0] == 0
    assert said(honest(), at=day("2026-12-24"))[0] == 3


def test_a_snapshot_cannot_be_dated_after_those_who_saw_it():
    world = honest()
    world.later(days=5)
    world.snapshot()
    text = world.checkpoint().text
    early = int((world.now - timedelta(days=5)).timestamp())
    cosigned = notes.cosign(text, "witness.example/w1", world.witness, early)
    note = notes.note(text, [notes.sign(text, world.origin, world.log_key), cosigned])
    code, why = said(world, world.file(note=note))
    assert code == 1 and "younger" in why


def test_a_snapshot_from_the_future_is_not_believed():
    assert said(honest(), now=START - timedelta(days=1))[0] == 3


# --- documents


def with_document(content):
    world = World()
    world.register()
    world.issue(decision=DECISION | {"doc_sha256": sha256(b"%PDF the decision").hexdigest()})
    world.snapshot()
    name = sha256(content).hexdigest() + ".pdf"
    return world, world.file(documents={name: content})


def test_a_document_is_the_one_that_was_hashed():
    assert said(*with_document(b"%PDF the decision"))[0] == 0
    assert said(*with_document(b"%PDF another decision"))[0] == 1
    world, _ = with_document(b"")
    named = sha256(b"%PDF the decision").hexdigest() + ".pdf"
    assert said(world, world.file(documents={named: b"%PDF another decision"}))[0] == 1


# --- form


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2},
        {"id": "urn:ocop:ev:1"},
        {"subject_seq": "0"},
        {"recorded_at": "2026-11-24 03:00"},
        {"effective_at": "yesterday"},
        {"body": []},
        {"by": None},
        {"prev": "md5:1"},
    ],
)
def test_an_event_that_is_not_well_formed_is_refused(wrong):
    world = honest()
    world.tell("certificate.corrected", P1, **{"body": {}, **wrong})
    assert said(world)[0] in (1, 4)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\3\4" + bytes(400), bytes(100_000)])
def test_what_is_no_bundle_is_unreadable_or_tampered_and_never_raises(data):
    assert honest().verdict(data).code in (1, 4)
