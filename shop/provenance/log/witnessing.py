"""Asks the witnesses of our policy to cosign the published checkpoint (c2sp.org/tlog-witness), and keeps what they say.

`policy.txt` beside the keys names them, each line `witness W1 <vkey> https://…`. What they signed is kept durably
beside the keys before anybody is shown it. No database is touched, so nobody waits for a witness far away.
"""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from shop.core import clock
from shop.core.db import one_at_a_time
from shop.provenance.log import keys
from shop.provenance.log.publishing import CHECKPOINT, published_note, reader_of
from shop.provenance.ocop_verify import merkle, notes
from shop.provenance.ocop_verify.checkpoint import Checkpoint, decimal
from shop.provenance.ocop_verify.notes import BadNote, Verifier
from shop.provenance.ocop_verify.policy import Policy

WITNESSED = "checkpoint.witnessed"
PATIENCE = 5  # seconds: the worker waits meanwhile
MOST = 64 * 1024

Post = Callable[[str, bytes], tuple[int, str]]
"""Sends a body to an address; answers status and text. Raises Unreachable."""


class Unreachable(OSError):
    """No answer."""


@dataclass(frozen=True)
class Outsider:
    """A witness, and where it is asked."""

    verifier: Verifier
    address: str


@dataclass(frozen=True)
class Heard:
    """What a witness answered: its signature line, or why there is none."""

    witness: str
    line: str = ""
    trouble: str = ""


def outsiders() -> list[Outsider]:
    """The witnesses of our policy that have an address. Raises BadPolicy."""
    file = keys.ring().directory / "policy.txt"
    if not file.exists():
        return []
    text = file.read_text()
    Policy.parse(text)
    lines = [line.split() for line in text.splitlines()]
    named = [words for words in lines if words[:1] == ["witness"] and len(words) == 4]
    return [Outsider(Verifier.parse(vkey), address) for _, _, vkey, address in named]


def ask_witnesses(directory: Path, policy: Policy, post: Post | None = None) -> list[Heard]:
    """Submits the published checkpoint to each; the published file then carries what they signed."""
    note = published_note(directory)
    if note is None:
        return []
    text = note.partition("\n\n")[0] + "\n"
    tree = Checkpoint.parse(text)
    heard = [_ask(outsider, tree, note, directory, post or _post) for outsider in outsiders()]
    lines = [each.line for each in heard if each.line]
    if lines:
        with one_at_a_time(directory / "publishing.lock"):
            _show(directory, note, lines, policy)
    return heard


def keep_witnessed(directory: Path, policy: Policy) -> list[Heard]:
    """Asks where the published checkpoint still lacks a witness's signature; the worker calls it every minute."""
    note = published_note(directory) or ""
    signed = {line.split(" ")[1] for line in note.rpartition("\n\n")[2].splitlines()}
    lacking = [outsider for outsider in outsiders() if outsider.verifier.name not in signed]
    return ask_witnesses(directory, policy) if note and lacking else []


def witnessed_note(directory: Path, policy: Policy) -> str | None:
    """The newest checkpoint that meets the policy's quorum; None while there is none, or nobody is asked for."""
    file = directory / WITNESSED
    if not policy.has_quorum or not file.exists():
        return None
    note = file.read_text()
    return note if policy.quorum_met(policy.check(note)) else None


@dataclass(frozen=True)
class Cosigned:
    """A witness's signature that is kept: on a tree of this size, at this time."""

    witness: str
    size: int
    at: datetime


def cosigned(policy: Policy) -> list[Cosigned]:
    """What witnesses of this policy ever signed, the oldest first."""
    trusted = {verifier.name for verifier in policy.witnesses.values()}
    told = [one for one in _all_cosigned() if one["witness"] in trusted] if trusted else []
    return [Cosigned(one["witness"], one["size"], datetime.fromisoformat(one["at"])) for one in told]


def _ask(outsider: Outsider, tree: Checkpoint, note: str, directory: Path, post: Post) -> Heard:
    """Once, and once more if the witness knows another size than we remember."""
    name, text = outsider.verifier.name, note.partition("\n\n")[0] + "\n"
    try:
        old = min(_remembered(name), tree.size)
        status, body = post(outsider.address, _body(old, tree, note, directory))
        if status == 409 and (known := decimal(body.removesuffix("\n"))) != old:
            if known > tree.size:
                return Heard(
                    name, trouble=f"has seen {known} events of ours, we publish {tree.size}: was a copy restored?"
                )
            status, body = post(outsider.address, _body(known, tree, note, directory))
        if status != 200:
            return Heard(name, trouble=f"answered {status}: {body.strip()[:200]}")
        return Heard(name, line=_kept(outsider, tree, text, body))
    except (Unreachable, BadNote) as error:
        return Heard(name, trouble=str(error))


def _body(old: int, tree: Checkpoint, note: str, directory: Path) -> bytes:
    subtree = reader_of(directory, tree.size).subtree
    proof = merkle.consistency_proof(old, tree.size, subtree) if old else []
    return f"old {old}\n{''.join(f'{notes.base64(each)}{chr(10)}' for each in proof)}\n{note}".encode()


def _kept(outsider: Outsider, tree: Checkpoint, text: str, body: str) -> str:
    """The witness's own line, once it is on disk. Raises BadNote where it did not sign this checkpoint."""
    own = [line for line in body.splitlines() if line.split(" ")[1:2] == [outsider.verifier.name]]
    notes.open_note(notes.note(text, own), [outsider.verifier])
    told = {"witness": outsider.verifier.name, "origin": tree.origin, "size": tree.size, "line": own[0]}
    told["at"] = clock.now().isoformat(timespec="seconds")
    with _cosigned().open("a") as file:
        file.write(f"\n{json.dumps(told)}")  # the newline first: whatever a crash cut short stays a line of its own
        file.flush()
        os.fsync(file.fileno())
    return own[0]


def _remembered(witness: str) -> int:
    """The size this witness cosigned last."""
    return max((told["size"] for told in _all_cosigned() if told["witness"] == witness), default=0)


def _all_cosigned() -> Iterator[dict[str, Any]]:
    file = _cosigned()
    for line in file.read_text().splitlines() if file.exists() else []:
        with suppress(json.JSONDecodeError):  # empty, or cut short and never shown
            yield json.loads(line)


def _cosigned() -> Path:
    return keys.ring().directory / "cosignatures.log"


def _show(directory: Path, note: str, lines: list[str], policy: Policy) -> None:
    """One newest line of each witness. The log may have grown while we asked: then only the witnessed one is new."""
    now = published_note(directory) or ""
    text = note.partition("\n\n")[0] + "\n"
    is_newest = now.startswith(text + "\n")
    asked = {line.split(" ")[1] for line in lines}
    before = (now if is_newest else note).rpartition("\n\n")[2].splitlines()
    kept = [line for line in before if line.split(" ")[1] not in asked]
    shown = notes.note(text, [*kept, *lines])
    if is_newest:
        _put(directory / CHECKPOINT, shown)
    if policy.has_quorum and policy.quorum_met(policy.check(shown)):
        _put(directory / WITNESSED, shown)


def _put(file: Path, text: str) -> None:
    beside = file.with_name(file.name + ".new")
    beside.write_text(text)
    beside.replace(file)


def _post(address: str, body: bytes) -> tuple[int, str]:
    if not address.startswith(("https://", "http://")):
        raise Unreachable(f"{address} is no http address")
    request = urllib.request.Request(f"{address.rstrip('/')}/add-checkpoint", data=body, method="POST")
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read(MOST).decode("utf-8", "replace")
    except HTTPError as error:
        with error:
            return error.code, error.read(MOST).decode("utf-8", "replace")
    except (URLError, HTTPException, OSError) as error:
        raise Unreachable(f"cannot be reached: {error}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A witness is where the policy says."""

    def redirect_request(self, *_given: object) -> None:
        return None
