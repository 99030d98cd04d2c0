"""The one decision of a witness (c2sp.org/tlog-witness): cosign what continues the last checkpoint, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..ocop_verify import merkle, notes
from ..ocop_verify.checkpoint import Checkpoint, decimal
from ..ocop_verify.notes import BadNote, Verifier
from .memory import Evidence, Memory

MOST_LINES = 63
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """`status` as the specification numbers it."""

    status: int
    body: str
    kind: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Submission:
    old: int
    proof: tuple[bytes, ...]
    note: str

    @classmethod
    def parse(cls, body: bytes) -> Submission:
        """Raises BadNote."""
        if len(body) > MOST_BYTES:
            raise BadNote("too long")
        try:
            head, gap, note = body.decode().partition("\n\n")
        except UnicodeDecodeError as error:
            raise BadNote("no UTF-8") from error
        first, *lines = head.split("\n")
        if not gap or not first.startswith("old ") or len(lines) > MOST_LINES:
            raise BadNote("say `old <size>`, at most 63 lines of proof, an empty line and the checkpoint")
        return cls(decimal(first.removeprefix("old ")), tuple(notes.unbase64(line) for line in lines), note)


class Witness:
    """`logs` are the keys it knows; `now` answers POSIX seconds."""

    def __init__(
        self, name: str, key: Ed25519PrivateKey, logs: Sequence[Verifier], memory: Memory, now: Callable[[], int]
    ) -> None:
        self.name, self.memory = name, memory
        self.verifier = Verifier.of(name, key.public_key(), notes.COSIGNER)
        self._key, self._logs, self._now = key, logs, now

    def add_checkpoint(self, body: bytes) -> Answer:
        """200, 400, 403, 404, 409 or 422, by the specification; checked and stored in one turn."""
        try:
            asked = Submission.parse(body)
            seen = Checkpoint.parse(asked.note.partition("\n\n")[0] + "\n")
        except BadNote as error:
            return Answer(400, f"{error}\n")
        known = [log for log in self._logs if log.name == seen.origin]
        if not known:
            return Answer(404, "unknown log\n")
        try:
            opened = notes.open_note(asked.note, known)
            seen = Checkpoint.parse(opened.text)
        except BadNote as error:
            return Answer(403, f"{error}\n")
        if asked.old > seen.size:
            return Answer(400, "the old size is beyond the checkpoint's\n")
        with self.memory.turn():
            return self._decide(asked, seen, opened.text)

    def _decide(self, asked: Submission, seen: Checkpoint, text: str) -> Answer:
        last = self.memory.newest(seen.origin)
        is_fork = self._compare(asked, seen)
        size = last[0].size if last else 0
        if asked.old != size or is_fork:
            return _conflict(size)
        if not self._continues(asked, seen, last):
            return Answer(422, "the proof does not hold\n")
        time = self._now()
        self.memory.keep(seen, asked.note, time)
        return Answer(200, notes.cosign(text, self.name, self._key, time) + "\n")

    def _continues(self, asked: Submission, seen: Checkpoint, last: tuple[Checkpoint, str] | None) -> bool:
        if last is None or last[0].size == 0:
            return not asked.proof
        old, note = last
        try:
            merkle.check_consistency(old.size, seen.size, old.root, seen.root, asked.proof)
        except merkle.BadProof:
            if seen.size > old.size:
                self._accuse(asked, seen, note, is_certain=False)
            return False
        return True

    def _compare(self, asked: Submission, seen: Checkpoint) -> bool:
        """Two trees of one size, both signed by the log, are a fork whatever else was asked."""
        before = self.memory.at(seen.origin, seen.size)
        if before is None or before[0].root == seen.root:
            return False
        self._accuse(asked, seen, before[1], is_certain=True)
        return True

    def _accuse(self, asked: Submission, seen: Checkpoint, against: str, *, is_certain: bool) -> None:
        proof = "\n".join(notes.base64(each) for each in asked.proof)
        self.memory.accuse(Evidence(seen, asked.note, against, proof, is_certain, self._now()))


def _conflict(size: int) -> Answer:
    return Answer(409, f"{size}\n", "text/x.tlog.size")
