"""The two commands stand on locks that name no host and on scripts that at least parse."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
SCRIPTS = ("bin/run", "bin/test", "bin/bench", "bin/lock", ".ci/run")
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^ ;]+)(?P<rest>.*)")
A_HOST_OR_OPTION = re.compile(r"https?://|file:|^\s*-(?!-hash=sha256:)", re.MULTILINE)


def requirements(lock: str) -> list[str]:
    """The lock's requirements, each on one line with its hashes."""
    joined = (ROOT / lock).read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def pins(lock: str) -> dict[str, set[str]]:
    """Each package's pins: more than one where the lock forks by a marker."""
    found: dict[str, set[str]] = {}
    for line in requirements(lock):
        if pin := PIN.match(line):
            found.setdefault(pin["name"], set()).add(pin["version"])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_no_file_and_no_index(lock: str) -> None:
    named = A_HOST_OR_OPTION.findall((ROOT / lock).read_text())
    assert not named, f"{lock} says {named[:3]}: make it anew with bin/lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes(lock: str) -> None:
    lines = requirements(lock)
    loose = [line[:60] for line in lines if not PIN.match(line) or "--hash=sha256:" not in line]
    assert lines and not loose, f"{lock} leaves {loose[:3]} open: make it anew with bin/lock"


def test_the_tests_run_on_the_very_pins_of_the_shop() -> None:
    tested = pins("requirements-dev.lock")
    apart = {name: version for name, version in pins("requirements.lock").items() if tested.get(name) != version}
    assert not apart, f"the locks differ on {apart}: one .venv serves both, run bin/lock"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_command_is_executable_and_parses(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK), f"chmod +x {script}"
    parsed = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
    assert parsed.returncode == 0, parsed.stderr


def test_the_shared_shell_pieces_parse() -> None:
    parsed = subprocess.run(["bash", "-n", ROOT / "bin/lib.sh"], capture_output=True, text=True, check=False)
    assert parsed.returncode == 0, parsed.stderr


def test_the_ci_calls_exactly_what_a_developer_calls() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    deeds = [line.removeprefix("exec ") for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert deeds == ["bin/test"], f".ci/run does {deeds}: let it call bin/test and nothing else"
