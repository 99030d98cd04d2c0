"""Whom a verifier trusts (c2sp.org/tlog-policy): the log, the witnesses, and how many of them must have cosigned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from textwrap import wrap

from .checkpoint import Checkpoint
from .notes import COSIGNER, LOG, BadNote, Opened, Verifier, open_note

BLANK = re.compile("[ \t]+")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
NONE = "none"


class BadPolicy(ValueError):
    """The policy file says something it cannot mean."""


@dataclass(frozen=True)
class Group:
    """Counts as a witness when `least` of its members do; members are witnesses or groups defined before."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """A policy file as read. `witnesses` and `groups` go by the file's own names, which mean nothing elsewhere."""

    logs: tuple[Verifier, ...]
    witnesses: dict[str, Verifier]
    groups: dict[str, Group]
    quorum: str

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Raises BadPolicy, naming the line. Addresses after a key are allowed and passed over."""
        reading = _Reading()
        if CONTROL.search(text):
            raise BadPolicy("control characters other than tab and newline")
        for number, line in enumerate(text.split("\n"), 1):
            words = BLANK.split(line.strip(" \t"))
            if words == [""] or words[0].startswith("#"):
                continue
            try:
                reading.take(words)
            except (BadPolicy, BadNote) as error:
                raise BadPolicy(f"line {number}: {error}") from error
        return reading.policy()

    @property
    def verifiers(self) -> list[Verifier]:
        return [*self.logs, *self.witnesses.values()]

    @property
    def has_quorum(self) -> bool:
        """Whether anybody but the log must have seen a checkpoint; False for `quorum none`."""
        return self.quorum != NONE

    @property
    def text(self) -> str:
        """The policy without comments, addresses and spare blanks."""
        lines = [f"log {log.vkey}" for log in self.logs]
        lines += [f"witness {name} {witness.vkey}" for name, witness in self.witnesses.items()]
        lines += [f"group {name} {group.least} {' '.join(group.members)}" for name, group in self.groups.items()]
        return "\n".join([*lines, f"quorum {self.quorum}", ""])

    @property
    def fingerprint(self) -> str:
        """Short enough to print on a packaging insert: the first 16 hex digits of the text's SHA-256, in fours."""
        return " ".join(wrap(sha256(self.text.encode()).hexdigest()[:16], 4))

    def check(self, note: bytes | str) -> Opened:
        """The checkpoint note, opened. Raises BadNote unless a log of this policy signed it as its own.

        Whether enough witnesses did too is `quorum_met`.
        """
        opened = open_note(note, self.verifiers)
        origin = Checkpoint.parse(opened.text).origin
        if origin not in opened.signed_by or origin not in [log.name for log in self.logs]:
            raise BadNote(f"the log {origin!r} did not sign this, or we do not know it")
        return opened

    def quorum_met(self, opened: Opened) -> bool:
        """Whether enough witnesses cosigned. With `quorum none` nobody has to: ask `has_quorum` too."""
        return not self.has_quorum or self._cosigned(self.quorum, opened)

    def newest_witness_time(self, opened: Opened) -> int | None:
        """The latest cosignature in POSIX seconds, None where no witness signed."""
        times = [opened.signed_by.get(witness.name) for witness in self.witnesses.values()]
        return max((time for time in times if time is not None), default=None)

    def _cosigned(self, name: str, opened: Opened) -> bool:
        if witness := self.witnesses.get(name):
            return witness.name in opened.signed_by
        group = self.groups[name]
        return sum(self._cosigned(member, opened) for member in group.members) >= group.least


@dataclass
class _Reading:
    """The lines read so far. A name can be used only after its own line, so groups cannot run in circles."""

    logs: list[Verifier] = field(default_factory=list)
    witnesses: dict[str, Verifier] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    quorum: str = ""

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(self._key(vkey, LOG, apart_from=self.witnesses.values()))
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self._define(name)
                self.witnesses[name] = self._key(vkey, COSIGNER, apart_from=[*self.logs, *self.witnesses.values()])
            case ["group", name, least, _, *_]:
                self._define(name)
                self.groups[name] = self._group(least, tuple(words[3:]))
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise BadPolicy(f"{' '.join(words)[:80]!r} is no line of a policy")

    def policy(self) -> Policy:
        if not self.quorum:
            raise BadPolicy("there is no quorum line")
        return Policy(tuple(self.logs), self.witnesses, self.groups, self.quorum)

    def _key(self, vkey: str, algorithm: int, *, apart_from: Iterable[Verifier]) -> Verifier:
        """One key, one party: a log cannot witness itself. Only a log may go by one name with several keys."""
        found = Verifier.parse(vkey)
        if found.algorithm != algorithm:
            raise BadPolicy(f"{found.name} has a key of the wrong type")
        if any(other.name == found.name for other in apart_from):
            raise BadPolicy(f"the name {found.name} is taken")
        if any(other.public == found.public for other in [*self.logs, *self.witnesses.values()]):
            raise BadPolicy(f"{found.name} has a key that is there already")
        return found

    def _group(self, least: str, members: tuple[str, ...]) -> Group:
        for member in members:
            self._known(member)
            if member in self.members:
                raise BadPolicy(f"{member} is a member twice")
            self.members.add(member)
        count = {"any": "1", "all": str(len(members))}.get(least, least)
        if count not in [str(number) for number in range(1, len(members) + 1)]:
            raise BadPolicy(f"{least[:20]} is not any, all or 1 to {len(members)}")
        return Group(int(count), members)

    def _quorum(self, name: str) -> None:
        if self.quorum:
            raise BadPolicy("a second quorum")
        if name != NONE:
            self._known(name)
        self.quorum = name

    def _define(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy(f"{name} is taken")

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise BadPolicy(f"{name} is not defined above")
