"""Checks a credential and its status lists as a stranger does: whatever is not certain counts as not in force.

A credential tells when it holds and where its bits stand; the lists tell the bits. Each way in which a list can fail
(Bitstring Status List 1.0, section 3.2, and what lies before it) is a class of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import status_list
from .canonical import Malformed
from .integrity import BadProofValue, check

ENTRY, LIST, SUBJECT = "BitstringStatusListEntry", "BitstringStatusListCredential", "BitstringStatusList"
CREDENTIAL = "VerifiableCredential"
FIRST_CONTEXT = "https://www.w3.org/ns/credentials/v2"
MOST_DIGITS = 12

Document = Mapping[str, Any]
KeyOf = Callable[[str], Ed25519PublicKey | None]
"""The public key of a verification method, None for one nobody vouches for."""
Fetch = Callable[[str], Document | None]
"""The list at an address, None where it cannot be had."""


class NotCertain(ValueError):
    """Nothing may be said in favour of this credential."""


class BadCredential(NotCertain):
    """Not a credential of this issuer, or not as it was signed."""


class NotNow(NotCertain):
    """The credential does not hold yet, or holds no longer."""


class StatusUnknown(NotCertain):
    """What the list says is not certain."""


class NotFetched(StatusUnknown):
    """1. The list cannot be had."""


class BadListProof(StatusUnknown):
    """2. It is not signed, not as it stands, or by a key nobody vouches for."""


class ForeignList(StatusUnknown):
    """3. Another issuer made it, or it is the list of another address."""


class ListOutdated(StatusUnknown):
    """4. It holds no longer, or not yet."""


class ListTooShort(StatusUnknown):
    """5. It has fewer bits than hide whom somebody asks about, or cannot be unpacked."""


class BeyondList(StatusUnknown):
    """6. It has no bit of this number."""


class OtherPurpose(StatusUnknown):
    """7. It tells of something else than the credential says it does."""


def standing(credential: Document, fetch: Fetch, key_of: KeyOf, *, at: datetime) -> list[str]:
    """The purposes whose bit is set: nothing in the list means in force at `at`. Raises NotCertain."""
    issuer = check_credential(credential, key_of, at=at)
    entries = credential.get("credentialStatus")
    entries = entries if isinstance(entries, list) else [entries]
    if not entries:
        raise StatusUnknown("the credential does not say where its status is told")
    set_bits = []
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise StatusUnknown("the credential does not say where its status is told")
        address = str(entry.get("statusListCredential"))
        if is_set(entry, fetch(address), issuer=issuer, key_of=key_of, at=at):
            set_bits.append(str(entry["statusPurpose"]))
    return set_bits


def check_credential(credential: Document, key_of: KeyOf, *, at: datetime) -> str:
    """The issuer. Raises BadCredential or NotNow."""
    issuer = _issuer(credential)
    if CREDENTIAL not in _listed(credential.get("type")) or _listed(credential.get("@context"))[:1] != [FIRST_CONTEXT]:
        raise BadCredential("this is no verifiable credential")
    _check_proof(credential, issuer, key_of, BadCredential)
    if not _holds(credential, at, BadCredential):
        raise NotNow("the credential does not hold at that time")
    return issuer


def is_set(entry: Document, fetched: Document | None, *, issuer: str, key_of: KeyOf, at: datetime) -> bool:
    """Whether the bit this entry names is set in the list that was fetched for it. Raises StatusUnknown."""
    if entry.get("type") != ENTRY or entry.get("statusSize", 1) != 1:
        raise StatusUnknown("a status of another kind")
    if fetched is None:
        raise NotFetched(f"{entry.get('statusListCredential')} cannot be had")
    if _issuer(fetched) != issuer or fetched.get("id") != entry.get("statusListCredential"):
        raise ForeignList("the list is of another issuer or another address")
    _check_proof(fetched, issuer, key_of, BadListProof)
    subject = fetched.get("credentialSubject")
    if LIST not in _listed(fetched.get("type")) or not isinstance(subject, Mapping) or subject.get("type") != SUBJECT:
        raise BadListProof("what was fetched is no status list")
    if not _holds(fetched, at, ListOutdated):
        raise ListOutdated("the list does not hold at that time")
    if not entry.get("statusPurpose") or subject.get("statusPurpose") != entry["statusPurpose"]:
        raise OtherPurpose(f"the list tells of {subject.get('statusPurpose')!r}")
    try:
        bits = status_list.decode(str(subject.get("encodedList")))
    except Malformed as error:
        raise ListTooShort(str(error)) from error
    try:
        return status_list.bit(bits, _index(entry))
    except Malformed as error:
        raise BeyondList(str(error)) from error


def _check_proof(document: Document, issuer: str, key_of: KeyOf, wrong: type[NotCertain]) -> None:
    """By a key of the issuer itself, not of anybody."""
    proof = document.get("proof")
    method = str(proof.get("verificationMethod")) if isinstance(proof, Mapping) else ""
    key = key_of(method) if method.startswith(issuer + "#") else None
    if key is None:
        raise wrong(f"{method[:80]!r} is no key of {issuer[:80]}")
    try:
        check(document, key)
    except BadProofValue as error:
        raise wrong(str(error)) from error


def _issuer(document: Document) -> str:
    told = document.get("issuer")
    named = told.get("id") if isinstance(told, Mapping) else told
    if not isinstance(named, str) or not named:
        raise BadCredential("nobody is named as the issuer")
    return named


def _holds(document: Document, at: datetime, wrong: type[NotCertain]) -> bool:
    """What says no end holds for ever; what says no beginning, or a time nobody can read, does not hold."""
    try:
        begins = datetime.fromisoformat(str(document["validFrom"]))
        ends = datetime.fromisoformat(str(document["validUntil"])) if "validUntil" in document else None
        return begins <= at and (ends is None or at <= ends)
    except (KeyError, TypeError, ValueError) as error:  # a time without a zone cannot be compared
        raise wrong(f"its times cannot be read: {error!r}") from error


def _index(entry: Document) -> int:
    written = entry.get("statusListIndex")
    if not (isinstance(written, str) and written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS):
        raise Malformed("the index is no number")
    return int(written)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
