"""Signed notes (c2sp.org/signed-note): text, an empty line, and one line for each key that signed it.

Two kinds of Ed25519 signature: the log's own over the text, and a witness's over the text and the time at which it saw
it (c2sp.org/tlog-cosignature).
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG = 0x01  # signature types, as signed-note assigns them
COSIGNER = 0x04

MOST_BYTES = 1_000_000
MOST_SIGNATURES = 100  # of which the standard demands 16
LATEST = 2**63 - 1  # POSIX seconds
CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):
    """Not formed as the standard says, or not signed by whom it must be."""


@dataclass(frozen=True)
class Verifier:
    """A key that is trusted under a name. `key_id` is 4 bytes and follows from the rest."""

    name: str
    key_id: bytes
    algorithm: int
    public: Ed25519PublicKey

    @classmethod
    def of(cls, name: str, public: Ed25519PublicKey, algorithm: int) -> Verifier:
        """Raises BadNote on a name with spaces or plus, or an algorithm other than LOG and COSIGNER."""
        if not _is_name(name):
            raise BadNote(f"{name!r} is no key name")
        if algorithm not in (LOG, COSIGNER):
            raise BadNote(f"signature type {algorithm} is not one of ours")
        key_id = sha256(name.encode() + b"\n" + bytes([algorithm]) + public.public_bytes_raw()).digest()[:4]
        return cls(name, key_id, algorithm, public)

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        """From `name+hex of the key id+base64 of type and key`. Raises BadNote."""
        name, _, rest = vkey.partition("+")
        key_id, _, key = rest.partition("+")
        material = unbase64(key)
        if len(material) != 33:
            raise BadNote("the key is not 1 + 32 bytes long")
        found = cls.of(name, Ed25519PublicKey.from_public_bytes(material[1:]), material[0])
        if found.key_id.hex() != key_id:
            raise BadNote("the key id does not fit the key")
        return found

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64(bytes([self.algorithm]) + self.public.public_bytes_raw())}"

    def check(self, text: str, signature: bytes) -> int | None:
        """The time a cosigner signed at, None for a log. Raises BadNote on a wrong signature."""
        timed = self.algorithm == COSIGNER
        time = int.from_bytes(signature[:8], "big") if timed else None
        if len(signature) != (72 if timed else 64) or (time or 0) > LATEST:
            raise BadNote(f"no signature of {self.name}: wrong length or time")
        try:
            self.public.verify(signature[-64:], _message(text, time))
        except InvalidSignature as error:
            raise BadNote(f"the signature of {self.name} is wrong") from error
        return time


@dataclass(frozen=True)
class Opened:
    """A note's text and whose signatures held: key name → POSIX seconds of the cosignature, None for a log's own."""

    text: str
    signed_by: dict[str, int | None]


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """A log's signature line, without its newline. `text` ends in a newline."""
    return _line(Verifier.of(name, key.public_key(), LOG), key.sign(_message(text, None)))


def cosign(text: str, name: str, key: Ed25519PrivateKey, time: int) -> str:
    """A witness's signature line, without its newline; `time` in POSIX seconds. Raises BadNote out of range."""
    if not 0 <= time <= LATEST:
        raise BadNote(f"{time} is no time")
    signature = time.to_bytes(8, "big") + key.sign(_message(text, time))
    return _line(Verifier.of(name, key.public_key(), COSIGNER), signature)


def note(text: str, lines: Sequence[str]) -> str:
    """Text and signature lines as one signed note. Raises BadNote on what no reader would take."""
    whole = text + "\n" + "".join(f"{line}\n" for line in lines)
    if _split(whole)[0] != text:
        raise BadNote("the text must end in a newline, and no line may hold an empty one")
    return whole


def open_note(note: bytes | str, verifiers: Iterable[Verifier]) -> Opened:
    """Whose signatures are on the note. Signatures of keys we do not know are passed over.

    Raises BadNote if a key we know signed wrongly, if none signed, or on any slip of form. Where a cosigner signed
    twice, its newest time counts.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    text, signatures = _split(note)
    signed_by: dict[str, int | None] = {}
    for name, key_id, signature in signatures:
        if verifier := known.get((name, key_id)):
            time = verifier.check(text, signature)
            earlier = signed_by.get(name)
            signed_by[name] = time if time is None or earlier is None else max(time, earlier)
    if not signed_by:
        raise BadNote("no key we know signed this")
    return Opened(text, signed_by)


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def unbase64(text: str) -> bytes:
    """Only what `base64` writes: padded, no stray bits or characters. Raises BadNote."""
    try:
        data = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError) as error:
        raise BadNote(f"no base64: {text[:80]!r}") from error
    if base64(data) != text:
        raise BadNote(f"not the only base64 of its bytes: {text[:80]!r}")
    return data


def _message(text: str, time: int | None) -> bytes:
    return (text if time is None else f"cosignature/v1\ntime {time}\n{text}").encode()


def _line(signer: Verifier, signature: bytes) -> str:
    return f"— {signer.name} {base64(signer.key_id + signature)}"


def _split(note: bytes | str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text with its last newline, and of each signature line the key name, key id and signature."""
    whole = _decoded(note)
    text, gap, block = whole.rpartition("\n\n")
    if not gap or not block.endswith("\n") or CONTROL.search(whole):
        raise BadNote("a note is text, an empty line and signature lines, without control characters")
    return text + "\n", list(_signatures(block))


def _decoded(note: bytes | str) -> str:
    try:
        encoded = note.encode() if isinstance(note, str) else note
        if len(encoded) > MOST_BYTES:
            raise BadNote("the note is too long")
        return encoded.decode()
    except UnicodeError as error:
        raise BadNote("the note is no UTF-8") from error


def _signatures(block: str) -> Iterator[tuple[str, bytes, bytes]]:
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote(f"more than {MOST_SIGNATURES} signatures")
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        data = unbase64(encoded)
        if dash != "—" or not _is_name(name) or len(data) < 5:
            raise BadNote(f"no signature line: {line[:80]!r}")
        yield name, data[:4], data[4:]


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)
