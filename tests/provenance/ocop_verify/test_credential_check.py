"""A stranger's check of credential and list: seven ways in which a list fails, and in none of them does it hold."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.provenance.ocop_verify import credential_check as c
from shop.provenance.ocop_verify import integrity, status_list

ISSUER = "did:web:phonghe.example"
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
ISSUING, STATUS, THIEF = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
KEYS = {f"{ISSUER}#issuer-1": ISSUING.public_key(), f"{ISSUER}#status-1": STATUS.public_key()}
KEYS |= {"did:web:thief.example#1": THIEF.public_key()}
ADDRESS = "https://phonghe.example/status/r/1"
ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "4021",
    "statusListCredential": ADDRESS,
}


def signed(document, key=ISSUING, method=f"{ISSUER}#issuer-1"):
    return integrity.sign(document, key, method, created="2026-11-24T00:00:00Z")


def credential(**changes):
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://phonghe.example/vc/c/1",
        "type": ["VerifiableCredential"],
        "issuer": {"id": ISSUER, "name": "Sổ"},
        "validFrom": "2026-01-10T00:00:00+07:00",
        "validUntil": "2029-01-09T23:59:59+07:00",
        "credentialStatus": [ENTRY],
        "credentialSubject": {"id": "urn:x:y"},
    }
    return signed(document | changes)


def the_list(*set_bits, key=STATUS, method=f"{ISSUER}#status-1", subject=None, **changes):
    array = bytearray(status_list.MINIMUM // 8)
    for index in set_bits:
        status_list.with_bit(array, index)
    told = {
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": status_list.encode(bytes(array)),
    }
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": ADDRESS,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-11-24T00:00:00Z",
        "validUntil": "2026-11-25T00:00:00Z",
        "credentialSubject": told | (subject or {}),
    }
    return signed(document | changes, key, method)


def standing(lists, held=None, at=AT):
    return c.standing(held or credential(), lambda address: lists if address == ADDRESS else None, KEYS.get, at=at)


def test_a_bit_that_is_not_set_means_in_force_and_a_set_one_says_what_it_takes():
    assert standing(the_list()) == []
    assert standing(the_list(4020, 4022)) == []
    assert standing(the_list(4021)) == ["revocation"]


SHORT = status_list.encode(bytes(status_list.MINIMUM // 8))[:-9]
FAILURES = {
    "1 it cannot be had": (None, c.NotFetched),
    "2 it is not signed": ({**the_list(), "proof": {}}, c.BadListProof),
    "2 one bit of it was changed": (
        {**the_list(4021), "credentialSubject": the_list()["credentialSubject"]},
        c.BadListProof,
    ),
    "2 a key nobody vouches for signed it": (the_list(method=f"{ISSUER}#status-9"), c.BadListProof),
    "2 another's key signed it": (the_list(key=THIEF, method="did:web:thief.example#1"), c.BadListProof),
    "2 it is no status list": (the_list(type=["VerifiableCredential"]), c.BadListProof),
    "3 another issuer made it": (
        the_list(issuer="did:web:thief.example", key=THIEF, method="did:web:thief.example#1"),
        c.ForeignList,
    ),
    "3 it is the list of another address": (the_list(id=ADDRESS + "0"), c.ForeignList),
    "4 it holds no longer": (the_list(validUntil="2026-11-24T02:59:59Z"), c.ListOutdated),
    "4 it does not hold yet": (the_list(validFrom="2026-11-24T03:00:01Z"), c.ListOutdated),
    "4 its times cannot be read": (the_list(validUntil="tomorrow"), c.ListOutdated),
    "4 its times have no zone": (the_list(validUntil="2026-11-25T00:00:00"), c.ListOutdated),
    "5 it cannot be unpacked": (the_list(subject={"encodedList": SHORT}), c.ListTooShort),
    "5 it is too short": (the_list(subject={"encodedList": "uH4sIAAAAAAACA2NgAAAN8RQJAgAAAA"}), c.ListTooShort),
    "7 it tells of something else": (the_list(subject={"statusPurpose": "suspension"}), c.OtherPurpose),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_list_that_fails_never_says_that_it_holds(name):
    fetched, failure = FAILURES[name]
    with pytest.raises(failure):
        standing(fetched)


@pytest.mark.parametrize("index", [str(status_list.MINIMUM), "-1", "", "٤", "1" * 40, "0x1", None, 4021])
def test_6_a_bit_beyond_the_list_is_no_answer(index):
    with pytest.raises(c.BeyondList):
        standing(the_list(), credential(credentialStatus=[ENTRY | {"statusListIndex": index}]))


@pytest.mark.parametrize(
    "status",
    [None, [], [None], "none", [ENTRY | {"type": "StatusList2021Entry"}], [ENTRY | {"statusSize": 2}]],
)
def test_a_credential_without_a_status_we_know_is_not_taken_for_good(status):
    held = credential(credentialStatus=status)
    with pytest.raises(c.StatusUnknown):
        standing(the_list(), held)


@pytest.mark.parametrize(
    ("changes", "at", "failure"),
    [
        ({"type": ["Something"]}, AT, c.BadCredential),
        ({"@context": ["https://example.org"]}, AT, c.BadCredential),
        ({"issuer": "did:web:thief.example"}, AT, c.BadCredential),
        ({"issuer": None}, AT, c.BadCredential),
        ({}, datetime(2029, 1, 9, 17, 0, 0, tzinfo=UTC), c.NotNow),
        ({}, datetime(2026, 1, 9, 16, 59, 59, tzinfo=UTC), c.NotNow),
    ],
)
def test_a_credential_of_another_or_of_another_time_is_refused(changes, at, failure):
    with pytest.raises(failure):
        c.check_credential(credential(**changes), KEYS.get, at=at)


def test_it_holds_to_the_last_second_of_its_last_day():
    last = datetime(2029, 1, 9, 16, 59, 59, tzinfo=UTC)
    assert c.check_credential(credential(), KEYS.get, at=last) == ISSUER
    with pytest.raises(c.NotNow):
        c.check_credential(credential(), KEYS.get, at=last + timedelta(seconds=1))


def test_no_change_of_a_credential_is_overlooked():
    for name in credential():
        changed = deepcopy(credential())
        changed[name] = [{"x": "y"}]
        with pytest.raises(c.NotCertain):
            standing(the_list(), changed)
