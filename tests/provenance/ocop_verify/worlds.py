"""A log of one's own in memory, signed and provable, without the shop: what an honest or a dishonest operator makes."""

import secrets
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.provenance.ocop_verify import bundle, heads, integrity, merkle, notes, policy, tiles
from shop.provenance.ocop_verify.canonical import canonical, parse
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.verdict import verdict_of

ORIGIN = "phonghe.example/log/1"
DOMAIN = "phonghe.example"
START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
P1, P2 = "urn:ocop:product:P1", "urn:ocop:product:P2"
DECISION = {"no": "MẪU-512/QĐ-UBND", "date": "2025-03-04", "authority": "ha-noi"}
WHY = {"vi": "Mẫu chưa đạt.", "en": "A sample fell short."}


def key():
    return Ed25519PrivateKey.from_private_bytes(secrets.token_bytes(32))


def instant(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class World:
    """A log, its keys, its witness and its clock."""

    def __init__(self, origin=ORIGIN):
        self.origin, self.now = origin, START
        self.log_key, self.witness = key(), key()
        self.keys = {f"issuer-{number}": key() for number in (1, 2, 3)} | {"log-1": self.log_key, "status-1": key()}
        self.issuer = "issuer-1"
        self.leaves, self.told, self.seqs, self.seen = [], [], {}, {}
        self.snapshots = []
        for role in ("issuer", "log", "status"):
            self.enrol(f"{role}-1", role, self.keys["issuer-2"])

    # what is told

    def tell(self, kind, subject, body, day="2026-11-24", signed_by=None, **more):
        seq, before = self.seqs.get(subject, (-1, None))
        document = {
            "v": 1,
            "id": "urn:ocop:ev:" + "".join(secrets.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(26)),
            "type": kind,
            "subject": subject,
            "subject_seq": seq + 1,
            "prev": heads.digest(before) if before else None,
            "effective_at": day,
            "recorded_at": instant(self.now),
            "by": "a",
            "approved_by": "b",
            "body": body,
        } | more
        name = signed_by or self.issuer
        leaf = canonical(
            integrity.sign(document, self.keys[name], f"did:web:{DOMAIN}#{name}", created=document["recorded_at"])
        )
        self.seqs[subject] = (seq + 1, merkle.leaf_hash(leaf))
        self.leaves.append(leaf)
        self.told.append(parse(leaf))
        return len(self.leaves) - 1

    def enrol(self, name, role, following):
        body = {"key": name, "role": role, "public": self.public(name), "next": digest_of(following)}
        self.tell("key.enrolled", f"urn:ocop:key:{name}", body)

    def rotate(self, new="issuer-2", following="issuer-3", replaces="issuer-1", **more):
        body = {"key": new, "role": "issuer", "public": self.public(new), "replaces": replaces}
        body["next"] = digest_of(self.keys[following])
        index = self.tell("key.rotated", f"urn:ocop:key:{new}", body, **more)
        self.issuer = new
        return index

    def compromise(self, name, since):
        body = {"key": name, "since": since, "reason": "stolen"}
        return self.tell("key.compromised", f"urn:ocop:key:{name}", body, day=since)

    def public(self, name):
        return integrity.multikey(self.keys[name].public_key())

    def register(self, subject=P1):
        name = {"vi": "Ấm trà", "en": "Teapot"}
        return self.tell("product.registered", subject, {"slug": subject[-2:].lower(), "name": name}, "2025-03-01")

    def issue(self, subject=P1, number="MẪU-1", day="2025-03-04", until="2028-03-03", stars=4, **more):
        body = {
            "certificate_no": number,
            "scheme": "148-2023",
            "stars": stars,
            "scores": {"a": "30.00", "b": "20.00", "c": "26.00"},
            "valid_from": day,
            "valid_until": until,
            "decision": DECISION,
        }
        return self.tell("certificate.issued", subject, body | more, day)

    def decide(self, verb, subject=P1, number="MẪU-1", day="2026-11-24", **more):
        body = {"certificate_no": number, "decision": DECISION | {"no": "MẪU-9"}, "reason": WHY} | more
        return self.tell(f"certificate.{verb}", subject, body, day)

    def snapshot(self, size=None):
        """Publishes the heads of the first `size` events, of all of them if not said."""
        size = len(self.leaves) if size is None else size
        told = [(self.told[at], merkle.leaf_hash(self.leaves[at])) for at in range(size)]
        entries = heads.tree(heads.newest(told).values())
        index = self.tell(heads.TYPE, heads.SUBJECT, heads.body(entries, size))
        self.snapshots.append((index, entries))
        return index

    def later(self, **delta):
        self.now += timedelta(**delta)

    # what is shown

    @property
    def subtree(self):
        return merkle.subtree_of([merkle.leaf_hash(leaf) for leaf in self.leaves])

    def checkpoint(self, size=None):
        size = len(self.leaves) if size is None else size
        return Checkpoint(self.origin, size, merkle.root(size, self.subtree))

    def note(self, size=None, *, cosigned=True):
        text = self.checkpoint(size).text
        lines = [notes.sign(text, self.origin, self.log_key)]
        if cosigned:
            lines.append(notes.cosign(text, "witness.example/w1", self.witness, int(self.now.timestamp())))
        return notes.note(text, lines)

    def leaf(self, index, size):
        path = merkle.inclusion_proof(index, size, self.subtree)
        return bundle.Leaf(self.leaves[index], index, tuple(path))

    def made(self, subject=P1, *, size=None, snapshot=None, cosigned=True, leave_out=(), **more):
        """The bundle's parts as an honest shop puts them together; `leave_out` indexes are withheld."""
        size = len(self.leaves) if size is None else size
        snapshot_index, entries = snapshot or self.snapshots[-1]
        shown = [at for at in range(size) if at not in leave_out]
        own = tuple(self.leaf(at, size) for at in shown if self.told[at]["subject"] == subject)
        keys = tuple(self.leaf(at, size) for at in shown if self.told[at]["subject"].startswith("urn:ocop:key:"))
        mini = merkle.subtree_of([merkle.leaf_hash(entry) for entry in entries])
        spans = {"own_heads": heads.only(subject), "key_heads": heads.all_under("urn:ocop:key:")}
        given = {
            name: heads.stretch(len(entries), span, entry=entries.__getitem__, subtree=mini)
            for name, span in spans.items()
        }
        facts = {
            "note": self.note(size, cosigned=cosigned),
            "events": own,
            "keys": keys,
            "snapshot": self.leaf(snapshot_index, size),
            "policy": self.policy.text,
            **given,
        }
        return bundle.Bundle(**facts | more)

    def file(self, subject=P1, **more):
        return bundle.write(self.made(subject, **more))

    def static(self, directory, size=None):
        """The log as static files."""
        size = len(self.leaves) if size is None else size
        for level, n, width in tiles.tiles_of(size):
            hashes = [self.subtree(8 * level, n * tiles.WIDTH + at) for at in range(width)]
            put(directory / tiles.tile_path(level, n, width), b"".join(hashes))
        for n, width in tiles.entries_of(size):
            some = self.leaves[n * tiles.WIDTH : n * tiles.WIDTH + width]
            put(directory / tiles.entries_path(n, width), tiles.pack(some))
        put(directory / "checkpoint", self.note(size).encode())
        return directory

    # who looks at it

    @property
    def policy(self):
        return policy.Policy.parse(self.policy_text())

    def policy_text(self, quorum="W1"):
        log = notes.Verifier.of(self.origin, self.log_key.public_key(), notes.LOG).vkey
        witness = notes.Verifier.of("witness.example/w1", self.witness.public_key(), notes.COSIGNER).vkey
        return f"log {log}\nwitness W1 {witness}\nquorum {quorum}\n"

    def verdict(self, data=None, **asked):
        data = self.file() if data is None else data
        return verdict_of(data, asked.pop("policy", self.policy), **{"now": self.now, **asked})


def honest():
    """A world with one product in force, another beside it, and today's snapshot."""
    world = World()
    world.register(P1)
    world.issue(P1)
    world.register(P2)
    world.issue(P2, "MẪU-2")
    world.snapshot()
    return world


def digest_of(following):
    return "sha256:" + sha256(integrity.multikey(following.public_key()).encode()).hexdigest()


def put(file, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def day(text):
    return date.fromisoformat(text)
