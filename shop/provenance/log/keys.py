"""The keys: one per role, as files outside the database, readable by their owner only.

A role's next key lies ready from the start and the log commits to its hash (pre-rotation), so that a thief of today's
key cannot enrol one of their own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import Engine

from shop.core.db import db
from shop.provenance.ocop_verify import integrity

ROLES = ("issuer", "log", "status")  # the issuer signs even its own enrolment, the first leaf

MAKE_THEM = "make them with `flask keys create` (SHOP_KEYS names their place)."


class NoKeys(RuntimeError):
    """The directory of keys lacks what the shop needs; `flask keys create` makes it."""


@dataclass(frozen=True)
class RoleKey:
    """One Ed25519 key of one role. `name` is what the log calls it, e.g. 'issuer-1'."""

    name: str
    private: Ed25519PrivateKey

    @property
    def multibase(self) -> str:
        return integrity.multikey(self.private.public_key())

    @property
    def digest(self) -> str:
        return "sha256:" + hashlib.sha256(self.multibase.encode()).hexdigest()


class Ring:
    """The keys of one shop. `current` says which number of each role signs today."""

    def __init__(self, directory: Path, origin: str, current: dict[str, int]) -> None:
        self.directory, self.origin = directory, origin
        self._current, self._read_at = current, self._changed_at()
        self._held: dict[tuple[str, int], RoleKey] = {}

    @property
    def domain(self) -> str:
        """The part of the log's origin that names us in did:web."""
        return self.origin.split("/")[0].replace(":", "%3A")

    @property
    def signed_log(self) -> Path:
        """Every checkpoint that was ever signed, one JSON line each, flushed to disk before it is shown."""
        return self.directory / "signed-checkpoints.log"

    def current(self, role: str) -> RoleKey:
        return self._key(role, self._numbers()[role])

    def following(self, role: str, steps: int = 1) -> RoleKey:
        """The key that takes over at the next rotation, or `steps` rotations from now; laid ready where it lacks."""
        number = self._numbers()[role] + steps
        _make(self.directory / f"{role}-{number}.key")
        return self._key(role, number)

    def named(self, name: str) -> RoleKey:
        """The key of this name, e.g. 'issuer-2'."""
        role, _, number = name.rpartition("-")
        return self._key(role, int(number))

    def turn(self, role: str, name: str) -> None:
        """From now on the key of this name signs, in every process."""
        number = int(name.removeprefix(f"{role}-"))
        _write(self.directory / "ring.json", _ring_json(self.origin, self._numbers() | {role: number}))

    def method(self, key: RoleKey) -> str:
        """The verification method as proofs name it."""
        return f"did:web:{self.domain}#{key.name}"

    def label_secret(self) -> bytes:
        """The HMAC key of labels' hidden PINs and of scans' addresses."""
        return base64.b64decode((self.directory / "label.key").read_bytes())

    def _numbers(self) -> dict[str, int]:
        """The number of each role's key; read anew after another process turned the ring."""
        if self._changed_at() != self._read_at:
            self._read_at = self._changed_at()
            self._current = json.loads((self.directory / "ring.json").read_text())["current"]
        return self._current

    def _changed_at(self) -> int:
        return (self.directory / "ring.json").stat().st_mtime_ns

    def _key(self, role: str, number: int) -> RoleKey:
        if (role, number) not in self._held:
            file = self.directory / f"{role}-{number}.key"
            seed = base64.b64decode(file.read_bytes())
            self._held[role, number] = RoleKey(f"{role}-{number}", Ed25519PrivateKey.from_private_bytes(seed))
        return self._held[role, number]


def create(directory: Path, origin: str) -> Ring:
    """Makes what lacks, keeps what is there. `origin` names the log for ever, e.g. 'phonghe.vn/log/1'."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = directory / "ring.json"
    for role in ROLES:
        for number in (1, 2):
            _make(directory / f"{role}-{number}.key")
    _make(directory / "label.key")
    if not ring.exists():
        _write(ring, _ring_json(origin, dict.fromkeys(ROLES, 1)))
    return load(directory)


def load(directory: Path) -> Ring:
    """The ring in this directory. Raises NoKeys."""
    try:
        told = json.loads((directory / "ring.json").read_text())
        ring = Ring(directory, told["origin"], told["current"])
        for role in ROLES:
            ring.current(role)
            ring.following(role)
    except (OSError, ValueError, KeyError) as error:
        raise NoKeys(
            f"{directory} holds no whole set of keys: make one with `flask keys create` (SHOP_KEYS)."
        ) from error
    return ring


_rings: WeakKeyDictionary[Engine, Ring] = WeakKeyDictionary()


def hold(engine: Engine, ring: Ring) -> None:
    """From now on this ring signs for the shop on this database."""
    _rings[engine] = ring


def ring() -> Ring:
    """The ring of the shop at hand. Raises NoKeys."""
    try:
        return _rings[db.engine]
    except KeyError:
        raise NoKeys(
            "The keys that sign the log are missing: make them with `flask keys create` (SHOP_KEYS)."
        ) from None


def _ring_json(origin: str, current: dict[str, int]) -> bytes:
    return json.dumps({"origin": origin, "current": current}).encode()


def _make(file: Path) -> None:
    """A new secret of 32 bytes, unless there is one: two who start at once keep the first."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as made:
        made.write(base64.b64encode(secrets.token_bytes(32)))


def _write(file: Path, content: bytes) -> None:
    beside = file.with_suffix(".new")
    beside.write_bytes(content)
    beside.chmod(0o600)
    beside.replace(file)
