"""The `.ocop` file: all that is needed to judge one product offline, in exactly one form.

manifest.json · events.jsonl · proofs/<seq>.tlog-proof · heads.json · keys.json · policy.txt · TỰ-KIỂM-TRA.txt, and
where there are any credential.json, status.json and docs/<sha256>.pdf. What can be computed from the rest is compared
with it, so that reading answers for every byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import archive
from .archive import Tampered, Unreadable
from .canonical import Malformed, canonical, parse
from .heads import Head, Stretch
from .merkle import leaf_hash
from .notes import base64, unbase64
from .proofs import parse_proof, proof_text

SCHEMA = "ocop-bundle/1"
MOST_JSON = 8 * 1024 * 1024
README = "TỰ-KIỂM-TRA.txt"
HOW_TO = """\
TỰ KIỂM TRA / CHECK IT YOURSELF

Tệp này chứa toàn bộ lịch sử chứng nhận OCOP của một sản phẩm, kèm bằng chứng rằng không ai sửa được lịch sử ấy.
Cần Python 3.11 trở lên và hai thư viện cryptography, rfc8785. Không cần mạng.
  python3 -m pip install cryptography rfc8785
  python3 ocop-verify.pyz <tệp này> --policy policy.txt
Đừng dùng policy.txt nằm trong tệp này: hãy lấy bản từ nơi bạn tin (bao bì, nhân chứng độc lập, báo chí).
Kết quả: 0 còn hiệu lực · 1 bị sửa · 2 thật nhưng hết hiệu lực · 3 quá cũ hoặc chưa có nhân chứng · 4 không đọc được.

This file holds the whole OCOP history of one product, with the proof that nobody rewrote it.
It takes Python 3.11 or newer and the libraries cryptography and rfc8785. No network.
  python3 -m pip install cryptography rfc8785
  python3 ocop-verify.pyz <this file> --policy policy.txt
Do not use the policy.txt in this file: take it from somewhere you trust (the packaging, a witness, the press).
Answers: 0 in force · 1 tampered · 2 authentic but not in force · 3 stale or not witnessed · 4 unreadable.
"""


@dataclass(frozen=True)
class Leaf:
    """An event as the log holds it: its bytes, its place, and the Merkle path from there to the root."""

    data: bytes
    index: int
    path: tuple[bytes, ...]

    @cached_property
    def told(self) -> dict[str, Any]:
        """The parsed event. Raises Malformed."""
        told = parse(self.data)
        if not isinstance(told, dict) or canonical(told) != self.data:
            raise Malformed("an event is no canonical JSON object")
        return told

    @cached_property
    def hash(self) -> bytes:
        return leaf_hash(self.data)


@dataclass(frozen=True)
class StatusList:
    """A signed list of bits, and the event that told the log its digest."""

    credential: Mapping[str, Any]
    event: Leaf


@dataclass(frozen=True)
class Bundle:
    """One product. `note` is the checkpoint of all proofs; `snapshot` the event that published the newest heads."""

    note: str
    events: tuple[Leaf, ...]
    keys: tuple[Leaf, ...]
    snapshot: Leaf
    own_heads: Stretch
    key_heads: Stretch
    policy: str
    credential: Mapping[str, Any] | None = None
    status: tuple[StatusList, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)  # "<sha256>.pdf" → bytes

    @property
    def subject(self) -> str:
        return str(self.events[0].told["subject"])

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return (*self.events, *self.keys, self.snapshot, *(each.event for each in self.status))


def write(bundle: Bundle) -> bytes:
    """The same facts are the same bytes."""
    members = {
        "manifest.json": canonical(_manifest(bundle)),
        "events.jsonl": b"".join(event.data + b"\n" for event in bundle.events),
        "keys.json": canonical([_leaf(event) for event in bundle.keys]),
        "heads.json": canonical(
            {"event": _leaf(bundle.snapshot), "keys": _stretch(bundle.key_heads), "product": _stretch(bundle.own_heads)}
        ),
        "policy.txt": bundle.policy.encode(),
        README: HOW_TO.encode(),
    }
    for seq, event in enumerate(bundle.events):
        members[f"proofs/{seq}.tlog-proof"] = proof_text(event.index, event.path, bundle.note).encode()
    if bundle.credential is not None:
        members["credential.json"] = canonical(bundle.credential)
    if bundle.status:
        lists = [{"credential": dict(each.credential), "event": _leaf(each.event)} for each in bundle.status]
        members["status.json"] = canonical(lists)
    members |= {f"docs/{name}": content for name, content in bundle.documents.items()}
    return archive.pack(members)


def read(data: bytes) -> Bundle:
    """Raises Unreadable, or Tampered where anything differs from what `write` makes of it."""
    members = archive.unpack(data)
    _schema(members)
    try:
        found = _read(members)
        written = write(found)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Tampered(f"a file in the bundle is not as the format says: {error}") from error
    if written != data:
        raise Tampered("a file in the bundle is not as the format says")
    return found


def _schema(members: Mapping[str, bytes]) -> None:
    try:
        schema = parse(members[archive.FIRST])["schema"]
    except (Malformed, KeyError, TypeError) as error:
        raise Unreadable("there is no manifest that could be read") from error
    if schema != SCHEMA:
        raise Unreadable(f"written as {str(schema)[:40]!r}, which this program does not know")


def _read(members: Mapping[str, bytes]) -> Bundle:
    lines = members["events.jsonl"].split(b"\n")[:-1]
    proofs = [parse_proof(members[f"proofs/{seq}.tlog-proof"].decode()) for seq in range(len(lines))]
    if len({proof.note for proof in proofs}) != 1:
        raise Tampered("the proofs do not share one checkpoint")
    heads = _json(members, "heads.json")
    return Bundle(
        note=proofs[0].note,
        events=tuple(Leaf(line, p.index, tuple(p.hashes)) for line, p in zip(lines, proofs, strict=True)),
        keys=tuple(_read_leaf(told) for told in _json(members, "keys.json")),
        snapshot=_read_leaf(heads["event"]),
        own_heads=_read_stretch(heads["product"]),
        key_heads=_read_stretch(heads["keys"]),
        policy=members["policy.txt"].decode(),
        credential=_json(members, "credential.json") if "credential.json" in members else None,
        status=tuple(
            StatusList(told["credential"], _read_leaf(told["event"]))
            for told in (_json(members, "status.json") if "status.json" in members else ())
        ),
        documents={
            name.removeprefix("docs/"): content for name, content in members.items() if name.startswith("docs/")
        },
    )


def _manifest(bundle: Bundle) -> dict[str, Any]:
    """`created` is the newest moment any event in it was recorded, so that nobody has to believe it."""
    return {
        "created": max(str(leaf.told["recorded_at"]) for leaf in bundle.leaves),
        "events": len(bundle.events),
        "log": bundle.note.split("\n")[0],
        "schema": SCHEMA,
        "subject": bundle.subject,
    }


def _json(members: Mapping[str, bytes], name: str) -> Any:
    return parse(members[name], most=MOST_JSON)


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {"index": leaf.index, "leaf": leaf.told, "path": [base64(each) for each in leaf.path]}


def _read_leaf(told: Mapping[str, Any]) -> Leaf:
    return Leaf(canonical(told["leaf"]), int(told["index"]), _path(told["path"]))


def _stretch(stretch: Stretch) -> dict[str, Any]:
    leaves = [
        {"head": parse(head.entry), "path": [base64(each) for each in path]}
        for head, path in zip(stretch.heads, stretch.paths, strict=True)
    ]
    return {"leaves": leaves, "start": stretch.start}


def _read_stretch(told: Mapping[str, Any]) -> Stretch:
    heads = tuple(Head.parse(leaf["head"]) for leaf in told["leaves"])
    return Stretch(int(told["start"]), heads, tuple(_path(leaf["path"]) for leaf in told["leaves"]))


def _path(told: list[str]) -> tuple[bytes, ...]:
    return tuple(unbase64(each) for each in told)
