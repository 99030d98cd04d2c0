"""eddsa-jcs-2022, against the vectors of the W3C Recommendation."""

import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shop.provenance.ocop_verify.canonical import Malformed, canonical
from shop.provenance.ocop_verify.integrity import (
    BadProofValue,
    base58decode,
    base58encode,
    check,
    multikey,
    public_of,
    sign,
)

# www.w3.org/TR/vc-di-eddsa, appendix "Representation: eddsa-jcs-2022" (github.com/w3c/vc-di-eddsa, TestVectors:
# keyPair.json, eddsa-jcs-2022/canonDocJCS.txt, docHashJCS.txt, proofCanonJCS.txt, proofHashJCS.txt; the signature is
# the appendix's, as its implementers quote it).
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"  # 0x8026 ‖ 32 bytes
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CREATED = "2023-02-24T23:36:38Z"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
DOCUMENT = {
    "@context": CONTEXT,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
CANONICAL_DOCUMENT = (
    '{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],'
    '"credentialSubject":{"alumniOf":"The School of Examples","id":"did:example:abcdefgh"},'
    '"description":"A minimum viable example of an Alumni Credential.",'
    '"id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33","issuer":"https://vc.example/issuers/5678",'
    '"name":"Alumni Credential","type":["VerifiableCredential","AlumniCredential"],'
    '"validFrom":"2023-01-01T00:00:00Z"}'
)
DOCUMENT_HASH = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
CANONICAL_CONFIG = (
    '{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],'
    '"created":"2023-02-24T23:36:38Z","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod",'
    '"type":"DataIntegrityProof","verificationMethod":"did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
    '#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}'
)
CONFIG_HASH = "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
SIGNATURE = (
    "407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b803"
    "51da3f253d725c6f00b07c9e5448d50b3ef78012b9ab54255116d069c6dd2808"
)
PROOF_VALUE = "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"

# github.com/w3c/vc-di-eddsa, TestVectors/eddsa-jcs-2022/signedJCS.json at 369f0f00: the same under another method.
EARLIER_METHOD = f"https://vc.example/issuers/5678#{PUBLIC}"
EARLIER_VALUE = "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"

# github.com/bitcoin/bitcoin, src/test/data/base58_encode_decode.json
BITCOIN = {
    "": "",
    "61": "2g",
    "626262": "a3gV",
    "636363": "aPEr",
    "73696d706c792061206c6f6e6720737472696e67": "2cFupjhnEsSn59qHXstmK2ffpLv2",
    "00eb15231dfceb60925886b67d065299925915aeb172c06647": "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L",
    "516b6fcd0f": "ABnLTmg",
    "bf4f89001e670274dd": "3SEo3LWLoPntC",
    "572e4794": "3EFU7m",
    "ecac89cad93923c02321": "EJDM8drfXA6uyA",
    "10c8511e": "Rt5zm",
    "00000000000000000000": "1111111111",
    "00" * 39 + "01": "1" * 39 + "2",
    "000111d38e5fc9071ffcd20b4a763cc9ae4f252bb4e48fd66a835e252ada93ff480d6dd43dc62a641155a5": (
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    ),
    "271f359e": "zzzzy",
    "271f359f": "zzzzz",
    "271f35a0": "211111",
    "271f35a1": "211112",
}
# draft-msporny-base58-03
DRAFT = {
    b"Hello World!": "2NEpo7TZRRrLZSi2U",
    b"The quick brown fox jumps over the lazy dog.": "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    bytes.fromhex("0000287fb4cd"): "11233QC4",
}

KEY = Ed25519PrivateKey.from_private_bytes(base58decode(PRIVATE[1:])[2:])
SIGNED = sign(DOCUMENT, KEY, METHOD, created=CREATED)


def with_proof(**changes):
    return {**SIGNED, "proof": {**SIGNED["proof"], **changes}}


@pytest.mark.parametrize(
    ("data", "text"), [*((bytes.fromhex(data), text) for data, text in BITCOIN.items()), *DRAFT.items()]
)
def test_published_base58_is_written_and_read(data, text):
    assert base58encode(data) == text
    assert base58decode(text) == data


@given(st.binary(max_size=80))
def test_what_was_written_in_base58_is_read(data):
    assert base58decode(base58encode(data)) == data


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "a b", "ệ", "+", "1" * 201])
def test_what_is_no_base58_is_refused(text):
    with pytest.raises(BadProofValue):
        base58decode(text)


def test_the_published_key_is_read_and_written_the_same():
    assert multikey(public_of(PUBLIC)) == PUBLIC
    assert multikey(KEY.public_key()) == PUBLIC


@pytest.mark.parametrize("text", ["", "z", PUBLIC[1:], "u" + PUBLIC[1:], PRIVATE, PUBLIC + "1", PUBLIC[:-1]])
def test_what_is_no_ed25519_key_is_refused(text):
    with pytest.raises(BadProofValue):
        public_of(text)


def test_the_published_hashes_come_out():
    config = {name: value for name, value in SIGNED["proof"].items() if name != "proofValue"}
    assert canonical(DOCUMENT) == CANONICAL_DOCUMENT.encode()
    assert canonical(config) == CANONICAL_CONFIG.encode()
    assert sha256(canonical(DOCUMENT)).hexdigest() == DOCUMENT_HASH
    assert sha256(canonical(config)).hexdigest() == CONFIG_HASH


def test_the_published_document_is_signed_byte_for_byte():
    assert SIGNED["proof"]["proofValue"] == PROOF_VALUE
    assert base58decode(PROOF_VALUE[1:]).hex() == SIGNATURE
    assert sign(DOCUMENT, KEY, EARLIER_METHOD, created=CREATED)["proof"]["proofValue"] == EARLIER_VALUE


def test_the_published_proofs_hold():
    check(SIGNED, public_of(PUBLIC))
    check(with_proof(verificationMethod=EARLIER_METHOD, proofValue=EARLIER_VALUE), public_of(PUBLIC))
    check(json.loads(json.dumps(SIGNED)), public_of(PUBLIC))


def test_signing_leaves_the_document_alone_and_replaces_an_earlier_proof():
    assert "proof" not in DOCUMENT
    assert sign({**DOCUMENT, "proof": "old"}, KEY, METHOD, created=CREATED) == SIGNED


def test_a_document_without_context_is_signed_without():
    signed = sign({"v": 1, "type": "lot.released"}, KEY, METHOD, created=CREATED)
    assert "@context" not in signed["proof"]
    check(signed, KEY.public_key())


def test_a_context_of_one_word_is_signed_as_one():
    signed = sign({"@context": CONTEXT[0]}, KEY, METHOD, created=CREATED)
    assert signed["proof"]["@context"] == CONTEXT[0]
    check(signed, KEY.public_key())
    check({**signed, "@context": [CONTEXT[0], "https://appended.example"]}, KEY.public_key())


def test_contexts_appended_since_are_allowed():
    check({**SIGNED, "@context": [*CONTEXT, "https://appended.example"]}, KEY.public_key())


@pytest.mark.parametrize(
    "context",
    [
        [],
        CONTEXT[:1],
        CONTEXT[::-1],
        ["https://before.example", *CONTEXT],
        [CONTEXT[0], "https://between.example", CONTEXT[1]],
        CONTEXT[0],
        {"a": 1},
        None,
    ],
)
def test_contexts_put_before_between_or_away_are_not(context):
    with pytest.raises(BadProofValue):
        check({**SIGNED, "@context": context}, KEY.public_key())


def test_a_context_slipped_into_an_unsigned_place_is_found():
    signed = sign({"v": 1}, KEY, METHOD, created=CREATED)
    for changed in ({**signed, "@context": CONTEXT}, {**signed, "proof": {**signed["proof"], "@context": CONTEXT}}):
        with pytest.raises(BadProofValue):
            check(changed, KEY.public_key())


@pytest.mark.parametrize("name", DOCUMENT)
def test_no_field_can_be_changed_taken_away_or_added(name):
    without = {key: value for key, value in SIGNED.items() if key != name}
    for changed in ({**SIGNED, name: "other"}, without, {**SIGNED, name + "2": 1}):
        with pytest.raises(BadProofValue):
            check(changed, KEY.public_key())


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "2023-02-24T23:36:39Z"},
        {"verificationMethod": EARLIER_METHOD},
        {"type": "Ed25519Signature2020"},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"proofPurpose": "authentication"},
        {"@context": CONTEXT[:1]},
        {"challenge": "x"},
        {"proofValue": None},
        {"proofValue": ""},
        {"proofValue": PROOF_VALUE[1:]},
        {"proofValue": "z"},
        {"proofValue": PROOF_VALUE + "1"},
        {"proofValue": "z1" + PROOF_VALUE[1:]},
        {"proofValue": EARLIER_VALUE},
        {"proofValue": "z" + "1" * 100_000},
        {"nonce": float("nan")},
    ],
)
def test_no_part_of_the_proof_can_be_changed(changes):
    with pytest.raises(BadProofValue):
        check(with_proof(**changes), KEY.public_key())


def test_another_purpose_must_be_asked_for():
    signed = sign(DOCUMENT, KEY, METHOD, created=CREATED, purpose="authentication")
    check(signed, KEY.public_key(), purpose="authentication")
    with pytest.raises(BadProofValue):
        check(signed, KEY.public_key())


def test_another_key_did_not_sign_it():
    with pytest.raises(BadProofValue):
        check(SIGNED, Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())


@pytest.mark.parametrize("proof", [None, "z", [], [SIGNED["proof"]], {}])
def test_what_is_not_one_proof_is_refused(proof):
    with pytest.raises(BadProofValue):
        check({**DOCUMENT, "proof": proof}, KEY.public_key())
    with pytest.raises(BadProofValue):
        check(DOCUMENT, KEY.public_key())


def test_what_has_no_canonical_form_is_not_signed():
    with pytest.raises(Malformed):
        sign({"x": float("inf")}, KEY, METHOD, created=CREATED)


@given(st.integers(0, 63), st.integers(1, 255))
def test_no_byte_of_the_signature_can_be_flipped(at, mask):
    signature = bytearray.fromhex(SIGNATURE)
    signature[at] ^= mask
    with pytest.raises(BadProofValue):
        check(with_proof(proofValue="z" + base58encode(bytes(signature))), KEY.public_key())
