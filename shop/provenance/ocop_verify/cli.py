"""The command `ocop-verify`: a bundle's verdict, and `mirror`, `consistency` and `audit` for whole logs."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn

from . import auditing, hanoi, mirroring, words
from .canonical import Malformed
from .checkpoint import Checkpoint
from .logfiles import Missing, in_directory, over_network
from .merkle import BadProof
from .notes import BadNote, Opened
from .policy import BadPolicy, Policy
from .verdict import Code, Verdict, verdict_of

SPANS = {"h": timedelta(hours=1), "d": timedelta(days=1)}
BUNDLE = "ocop-verify BUNDLE.ocop --policy POLICY.txt"


def main(given: Sequence[str] | None = None) -> int:
    """Answers the exit code: 0 in force, 1 tampered, 2 not in force, 3 stale or unwitnessed, 4 unreadable."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # Vietnamese, whatever the terminal's locale
    arguments = list(sys.argv[1:] if given is None else given)
    command = COMMANDS.get(arguments[0]) if arguments else None
    try:
        return int(command(arguments[1:]) if command else _bundle(arguments))
    except (BadPolicy, Missing, OSError) as error:
        return _fail(Code.UNREADABLE, error)
    except (mirroring.Forked, BadNote, BadProof, Malformed) as error:
        return _fail(Code.TAMPERED, error)
    except mirroring.Unproven as error:
        return _fail(Code.NOT_ASSURED, error)


def _bundle(arguments: list[str]) -> Code:
    reader = _reader(BUNDLE, "Judges one product by its .ocop file, without any network.")
    reader.epilog = f"Other commands: {', '.join(COMMANDS)} (each with --help)."
    reader.add_argument("file", type=Path)
    reader.add_argument("--at", type=_day, help="the day in question (YYYY-MM-DD); today in Hanoi if not said")
    reader.add_argument("--max-age", type=_span, default=timedelta(days=7), help="how old it may be: 7d, 36h")
    reader.add_argument("--lot", default="", help="a lot whose recall counts too")
    reader.add_argument("--accept-unwitnessed", action="store_true", help="with a policy of `quorum none`")
    asked = reader.parse_args(arguments)
    policy = _policy(asked.policy)
    verdict = verdict_of(
        asked.file.read_bytes(),
        policy,
        at=asked.at,
        max_age=asked.max_age,
        accept_unwitnessed=asked.accept_unwitnessed,
        lot=asked.lot,
    )
    _say(_as_json(verdict, policy) if asked.json else _in_words(verdict, policy, asked.language))
    return verdict.code


def _mirror(arguments: list[str]) -> Code:
    reader = _reader("ocop-verify mirror URL DIR --policy POLICY.txt", "Copies a log and checks all of it; resumes.")
    reader.add_argument("url")
    reader.add_argument("directory", type=Path)
    asked = reader.parse_args(arguments)
    policy = _policy(asked.policy)
    opened, new = mirroring.mirror(over_network(asked.url), asked.directory, policy)
    tree = Checkpoint.parse(opened.text)
    _say(f"{tree.origin}: {tree.size} entries, {new} of them new, all proven")
    return _assured(policy, opened)


def _consistency(arguments: list[str]) -> Code:
    usage = "ocop-verify consistency A.ckpt B.ckpt --policy POLICY.txt [--log DIR-or-URL]"
    reader = _reader(usage, "Whether the younger checkpoint continues the older one.")
    reader.add_argument("checkpoints", type=Path, nargs=2)
    reader.add_argument("--log", help="a mirror's directory, or the log's address")
    asked = reader.parse_args(arguments)
    policy = _policy(asked.policy)
    opened = [policy.check(file.read_bytes()) for file in asked.checkpoints]
    older, newer = sorted((Checkpoint.parse(each.text) for each in opened), key=lambda tree: tree.size)
    source = asked.log and (over_network if "://" in asked.log else lambda at: in_directory(Path(at)))(asked.log)
    mirroring.compare(older, newer, source or None)
    _say(f"{older.origin}: the tree of {newer.size} begins with the whole tree of {older.size}")
    return Code.IN_FORCE


def _audit(arguments: list[str]) -> Code:
    reader = _reader("ocop-verify audit DIR --policy POLICY.txt", "Checks a mirror; prints every product's stars.")
    reader.add_argument("directory", type=Path)
    reader.add_argument("--at", type=_day)
    asked = reader.parse_args(arguments)
    policy = _policy(asked.policy)
    day = asked.at or hanoi.day_of(hanoi.now())
    found = auditing.audit(asked.directory, policy, day)
    tree = {"origin": found.checkpoint.origin, "size": found.checkpoint.size, "root": found.checkpoint.root.hex()}
    _say(_json({"at": day.isoformat(), "faults": found.faults, "log": tree, "products": found.stars}))
    return Code.TAMPERED if found.faults else _assured(policy, found.opened)


COMMANDS: dict[str, Callable[[list[str]], Code]] = {
    "mirror": _mirror,
    "consistency": _consistency,
    "audit": _audit,
}


def _assured(policy: Policy, opened: Opened) -> Code:
    if policy.has_quorum and policy.quorum_met(opened):
        return Code.IN_FORCE
    sys.stderr.write("not yet witnessed\n" if not policy.has_quorum else "too few witnesses cosigned\n")
    return Code.NOT_ASSURED


def _in_words(verdict: Verdict, policy: Policy, language: str) -> str:
    lines = []
    for check in verdict.checks:
        name = words.say(words.CHECKS[check.name], language)
        lines.append(
            f"[{words.say(words.MARKS[check.code], language)}] {name}" + f": {check.found}" * bool(check.found)
        )
    about = verdict.facts.get("product", {})
    name = about.get("name")
    titled = name.get(language, "") if isinstance(name, dict) else ""
    lines += ["", f"{words.say(words.VERDICTS[verdict.code], language)}" + f": {titled}" * bool(titled)]
    if verdict.code != Code.IN_FORCE:
        lines.append(verdict.reason)
    return "\n".join([*lines, f"policy {policy.fingerprint}"])


def _as_json(verdict: Verdict, policy: Policy) -> str:
    checks = [{"check": each.name, "code": int(each.code), "found": each.found} for each in verdict.checks]
    told = {"code": int(verdict.code), "verdict": verdict.code.name.lower(), "reason": verdict.reason}
    return _json({**told, "checks": checks, "facts": verdict.facts, "policy": policy.fingerprint})


def _reader(usage: str, what: str) -> argparse.ArgumentParser:
    reader = _Reader(usage=f"{usage} [options]", description=what)
    reader.add_argument("--policy", type=Path, required=True, help="whom you trust (c2sp.org/tlog-policy)")
    reader.add_argument("--json", action="store_true", help="for machines")
    spoken = "vi" if os.environ.get("LANG", "").startswith("vi") else "en"
    reader.add_argument("--language", choices=words.LANGUAGES, default=spoken)
    return reader


def _policy(file: Path) -> Policy:
    try:
        return Policy.parse(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise BadPolicy(f"{file} is no text") from error


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _span(written: str) -> timedelta:
    if not re.fullmatch("[0-9]{1,5}[hd]", written):
        raise argparse.ArgumentTypeError("say 7d or 36h")
    return int(written[:-1]) * SPANS[written[-1]]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


class _Reader(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """2 is an answer of ours, so a slip of the keyboard must not be taken for it."""
        self.print_usage(sys.stderr)
        self.exit(int(Code.UNREADABLE), f"{message}\n")


def _say(text: str) -> None:
    sys.stdout.write(_printable(text) + "\n")


def _printable(text: str) -> str:
    """What strangers wrote must not move the reader's cursor."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _fail(code: Code, error: Exception) -> int:
    sys.stderr.write(f"{_printable(str(error))}\n")
    return int(code)
