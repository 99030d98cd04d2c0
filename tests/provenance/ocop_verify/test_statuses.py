"""A credential in a bundle: its status lists are the log's, and a set bit takes the stars away, never gives them."""

from hashlib import sha256

import pytest

from shop.provenance.ocop_verify import bundle, integrity, status_list
from tests.provenance.ocop_verify.worlds import DOMAIN, P1, P2, START, day, honest, instant

LIST = "https://phonghe.example/status/r/1"
BIT = 4021


def signed(world, document, name):
    key = world.keys[name]
    return integrity.sign(document, key, f"did:web:{DOMAIN}#{name}", created=instant(world.now))


def credential(world, subject=P1, **more):
    issued = next(told for told in world.told if (told["subject"], told["type"]) == (subject, "certificate.issued"))
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(BIT),
        "statusListCredential": LIST,
    }
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"https://phonghe.example/vc/c/{issued['id'].removeprefix('urn:ocop:ev:')}",
        "credentialStatus": [entry | more.pop("entry", {})],
    }
    return signed(world, document | more, more.pop("by", "issuer-1"))


def listed(world, *, is_set=False, told=None, by="status-1", **more):
    """The list and the index of its event."""
    bits = bytearray(status_list.MINIMUM // 8)
    if is_set:
        status_list.with_bit(bits, BIT)
    body = {"list": LIST, "purpose": "revocation", "sha256": "sha256:" + sha256(bits).hexdigest()}
    index = world.tell("statuslist.published", "urn:ocop:log", body | (told or {}))
    subject = {"statusPurpose": "revocation", "encodedList": status_list.encode(bytes(bits))}
    document = {"id": LIST, "validFrom": instant(world.now), "credentialSubject": subject}
    return signed(world, document | more, by), index


def said(world, paper, shown, **asked):
    """The verdict on a bundle with these enclosed."""
    document, index = shown
    size = len(world.leaves)
    enclosed = {"credential": paper, "status": (bundle.StatusList(document, world.leaf(index, size)),)}
    verdict = world.verdict(world.file(**enclosed), **asked)
    return int(verdict.code), verdict.reason


def test_an_unset_bit_changes_nothing():
    world = honest()
    assert said(world, credential(world), listed(world))[0] == 0


def test_a_set_bit_takes_the_stars_from_its_day_on():
    world = honest()
    paper, shown = credential(world), listed(world, is_set=True)
    code, why = said(world, paper, shown)
    assert code == 2 and "status list says revocation" in why
    assert said(world, paper, shown, at=day("2026-11-23"))[0] == 0


def test_a_bit_of_an_older_certificate_does_not_speak_of_the_newer_one():
    world = honest()
    world.issue(P1, "MẪU-9", day="2026-11-01", until="2029-10-31", stars=5)
    assert said(world, credential(world), listed(world, is_set=True))[0] == 0


WRONG = {
    "another list was told to the log": lambda w: (credential(w), listed(w, told={"sha256": "sha256:" + "0" * 64})),
    "a list of another address": lambda w: (credential(w), listed(w, told={"list": LIST + "1"})),
    "a list of another purpose": lambda w: (credential(w), listed(w, told={"purpose": "suspension"})),
    "a list signed by another role": lambda w: (credential(w), listed(w, by="issuer-1")),
    "a list nobody enrolled signed": lambda w: (credential(w), listed(w, by="issuer-3")),
    "a credential signed by another role": lambda w: (credential(w, by="status-1"), listed(w)),
    "a credential of another product": lambda w: (credential(w, P2), listed(w)),
    "a credential of nothing": lambda w: (credential(w, id="https://phonghe.example/vc/c/x"), listed(w)),
    "a bit beyond the list": lambda w: (credential(w, entry={"statusListIndex": "9999999"}), listed(w)),
    "an index that is none": lambda w: (credential(w, entry={"statusListIndex": "-1"}), listed(w)),
    "another purpose than the list's": lambda w: (credential(w, entry={"statusPurpose": "suspension"}), listed(w)),
    "a list that is missing": lambda w: (credential(w, entry={"statusListCredential": LIST + "7"}), listed(w)),
    "a changed credential": lambda w: (credential(w) | {"name": "x"}, listed(w)),
    "a list too short": lambda w: (credential(w), listed(w, credentialSubject={"encodedList": "uAAAA"})),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_does_not_fit_is_refused(wrong):
    world = honest()
    assert said(world, *WRONG[wrong](world))[0] == 1


def test_a_credential_alone_and_lists_alone_are_refused():
    world = honest()
    paper, (document, index) = credential(world), listed(world)
    assert world.verdict(world.file(credential=paper)).code == 1
    alone = (bundle.StatusList(document, world.leaf(index, len(world.leaves))),)
    assert world.verdict(world.file(status=alone)).code == 1


def test_no_byte_of_the_enclosed_papers_can_be_flipped():
    world = honest()
    paper, (document, index) = credential(world), listed(world)
    enclosed = (bundle.StatusList(document, world.leaf(index, len(world.leaves))),)
    data = bytearray(world.file(credential=paper, status=enclosed))
    assert world.verdict(bytes(data), now=START).code == 0
    for at in range(0, len(data), 3):
        data[at] ^= 0x10
        assert world.verdict(bytes(data)).code in (1, 4)
        data[at] ^= 0x10
