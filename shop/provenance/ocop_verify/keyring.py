"""The fold of the key events: which key signed for whom, and from where to where in the log.

A key counts from the leaf that enrols it. After its rotation it counts for OVERLAP leaves more, because a process that
waited for its turn meanwhile signs with the key it has. From the leaf that says it was stolen it counts no longer; what
it signed before that leaf, but since the day of the theft, is doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import hanoi, integrity

PREFIX = "urn:ocop:key:"
OVERLAP = 16  # leaves


class NoSuchKey(ValueError):
    """Signed by a key that was not its role's at that place."""


@dataclass
class LogKey:
    """`next` is the digest of its successor, to which it committed itself."""

    name: str
    role: str
    public: Ed25519PublicKey
    next: str
    since: int
    until: int | None = None  # the last leaf it may sign
    stolen: date | None = None


class Keyring:
    """Grows with every key event, in the order of the log."""

    def __init__(self, origin: str) -> None:
        self.domain = origin.split("/")[0].replace(":", "%3A")
        self.keys: dict[str, LogKey] = {}

    def learn(self, index: int, told: Mapping[str, Any]) -> None:
        """Checks the event's own signature too. Raises NoSuchKey, BadProofValue, KeyError or ValueError."""
        body = told["body"]
        name = str(body["key"])
        if told["subject"] != PREFIX + name:
            raise NoSuchKey(f"{told['subject']} tells of another key")
        match told["type"]:
            case "key.enrolled":
                self._enrol(index, name, body)
            case "key.rotated":
                self.check(index, told)
                self._rotate(index, name, body)
                return
            case "key.compromised":
                self.check(index, told)
                self._compromise(index, name, date.fromisoformat(body["since"]))
                return
            case other:
                raise NoSuchKey(f"{other} is nothing that happens to a key")
        self.check(index, told)  # the first issuer key signs its own enrolment

    def check(self, index: int, told: Mapping[str, Any], *, role: str = "issuer") -> LogKey:
        """The key that signed this document as leaf `index`. Raises NoSuchKey or BadProofValue."""
        key = self.at(index, self.named(told), role)
        integrity.check(told, key.public)
        return key

    def at(self, index: int, name: str, role: str) -> LogKey:
        """Raises NoSuchKey unless the key of this name signed for this role at leaf `index`."""
        key = self.keys.get(name)
        if key is None or key.role != role:
            raise NoSuchKey(f"{name} is no {role} key of this log")
        if index < key.since or (key.until is not None and index > key.until):
            raise NoSuchKey(f"{name} did not count at leaf {index}")
        return key

    def named(self, document: Mapping[str, Any]) -> str:
        """The name of the key a document says it was signed with. Raises NoSuchKey on a key of another domain."""
        proof = document.get("proof")
        method = proof.get("verificationMethod") if isinstance(proof, Mapping) else None
        domain, _, name = str(method).partition("#")
        if domain != f"did:web:{self.domain}" or not name:
            raise NoSuchKey(f"{str(method)[:80]} is no key of {self.domain}")
        return name

    def is_doubtful(self, told: Mapping[str, Any]) -> bool:
        """Whether the key that signed this had perhaps been stolen by then."""
        key = self.keys[self.named(told)]
        return key.stolen is not None and hanoi.day_of(hanoi.instant(told["recorded_at"])) >= key.stolen

    def _enrol(self, index: int, name: str, body: Mapping[str, Any]) -> None:
        """Once for each role, when the log begins; every further key was committed to by the one before it."""
        if any(key.role == body["role"] for key in self.keys.values()):
            raise NoSuchKey(f"a second first key for {body['role']}")
        self._take(index, name, body)

    def _rotate(self, index: int, name: str, body: Mapping[str, Any]) -> None:
        old = self.keys.get(str(body["replaces"]))
        if old is None or old.role != body["role"] or self._newest(old.role) is not old or name in self.keys:
            raise NoSuchKey(f"{name} takes over from no key that was there")
        if old.next != "sha256:" + sha256(str(body["public"]).encode()).hexdigest():
            raise NoSuchKey(f"{old.name} had committed itself to another key than {name}")
        self._take(index, name, body)
        old.until = min(index + OVERLAP, old.until if old.until is not None else index + OVERLAP)

    def _compromise(self, index: int, name: str, since: date) -> None:
        key = self.keys.get(name)
        if key is None:
            raise NoSuchKey(f"{name} was never enrolled")
        key.until = min(index, key.until if key.until is not None else index)
        key.stolen = min(since, key.stolen or since)

    def _take(self, index: int, name: str, body: Mapping[str, Any]) -> None:
        public = integrity.public_of(str(body["public"]))
        self.keys[name] = LogKey(name, str(body["role"]), public, str(body["next"]), index)

    def _newest(self, role: str) -> LogKey:
        return [key for key in self.keys.values() if key.role == role][-1]
