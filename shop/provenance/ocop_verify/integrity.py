"""Signed JSON documents: Data Integrity proofs of the suite eddsa-jcs-2022 (www.w3.org/TR/vc-di-eddsa, section 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .canonical import Malformed, canonical

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = bytes([0xED, 0x01])  # how multicodec announces an Ed25519 public key
SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}


class BadProofValue(ValueError):
    """The document is not signed as it says, or not by this key."""


def sign(
    document: Mapping[str, Any],
    key: Ed25519PrivateKey,
    method: str,
    *,
    created: str,
    purpose: str = "assertionMethod",
) -> dict[str, Any]:
    """The document with its `proof`; an earlier one is replaced.

    `method` is the URL of the public key, `created` an RFC 3339 time in UTC. Raises Malformed on what has no canonical
    form.
    """
    unsigned = _without(document, "proof")
    proof: dict[str, Any] = {**SUITE, "created": created, "verificationMethod": method, "proofPurpose": purpose}
    if "@context" in unsigned:
        proof["@context"] = unsigned["@context"]
    signature = key.sign(_hashed(unsigned, proof))
    return {**unsigned, "proof": {**proof, "proofValue": "z" + base58encode(signature)}}


def check(document: Mapping[str, Any], public: Ed25519PublicKey, *, purpose: str = "assertionMethod") -> None:
    """Raises BadProofValue unless `public` signed the document for this purpose.

    Whether that key was its issuer's, and valid then, is for the caller to know.
    """
    proof = document.get("proof")
    if not isinstance(proof, Mapping):
        raise BadProofValue("there is no single proof")
    if any(proof.get(name) != value for name, value in {**SUITE, "proofPurpose": purpose}.items()):
        raise BadProofValue(f"the proof is not an eddsa-jcs-2022 for {purpose}")
    try:
        public.verify(_signature(proof), _hashed(_as_signed(document, proof), _without(proof, "proofValue")))
    except InvalidSignature as error:
        raise BadProofValue("the signature is wrong") from error
    except Malformed as error:
        raise BadProofValue(str(error)) from error


def multikey(public: Ed25519PublicKey) -> str:
    """The key as `publicKeyMultibase` has it: z6Mk…"""
    return "z" + base58encode(ED25519 + public.public_bytes_raw())


def public_of(multikey: str) -> Ed25519PublicKey:
    """Raises BadProofValue on anything but an Ed25519 multikey."""
    data = _multibase(multikey)
    if len(data) != 34 or not data.startswith(ED25519):
        raise BadProofValue(f"{multikey[:60]!r} is no Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(data[2:])


def base58encode(data: bytes) -> str:
    """Bitcoin's alphabet; each leading zero byte is a 1."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = ALPHABET[digit] + letters
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def base58decode(text: str) -> bytes:
    """Raises BadProofValue on a letter that is not in the alphabet, or more than 200 of them."""
    if len(text) > 200 or not set(text) <= set(ALPHABET):
        raise BadProofValue(f"no base58: {text[:60]!r}")
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    return bytes(len(text) - len(text.lstrip("1"))) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _hashed(document: Mapping[str, Any], config: Mapping[str, Any]) -> bytes:
    """64 bytes: the proof's hash first, then the document's (3.3.4)."""
    return sha256(canonical(config)).digest() + sha256(canonical(document)).digest()


def _as_signed(document: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it was when signed: contexts that were appended since are left out (3.3.2)."""
    unsigned = _without(document, "proof")
    if "@context" in proof:
        signed, present = _listed(proof["@context"]), _listed(unsigned.get("@context", []))
        if present[: len(signed)] != signed:
            raise BadProofValue("the document's @context does not begin with the proof's")
        unsigned["@context"] = proof["@context"]
    return unsigned


def _signature(proof: Mapping[str, Any]) -> bytes:
    signature = _multibase(proof.get("proofValue"))
    if len(signature) != 64:
        raise BadProofValue("the proofValue is not 64 bytes long")
    return signature


def _multibase(text: object) -> bytes:
    if not isinstance(text, str) or not text.startswith("z"):
        raise BadProofValue(f"no base58 multibase: {str(text)[:60]!r}")
    return base58decode(text[1:])


def _without(mapping: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != name}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
