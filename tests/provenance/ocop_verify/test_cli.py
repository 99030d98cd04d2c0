"""The command as strangers run it: words, JSON, exit codes, with no network at all."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from shop.provenance import tools
from shop.provenance.ocop_verify import cli, hanoi
from tests.provenance.ocop_verify.worlds import START, honest

OFFLINE = """
import runpy, socket, sys
def refuse(*given, **named): raise OSError("no network")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
runpy.run_path(sys.argv.pop(1), run_name="__main__")
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A bundle and a policy on disk; it is the moment at which both were made."""
    world = honest()
    monkeypatch.setattr(hanoi, "now", lambda: START)
    (tmp_path / "tea.ocop").write_bytes(world.file())
    (tmp_path / "policy.txt").write_text(world.policy_text())
    (tmp_path / "nobody.txt").write_text(world.policy_text(quorum="none"))
    return tmp_path


def run(here, *given, policy="policy.txt"):
    return cli.main([str(here / "tea.ocop"), "--policy", str(here / policy), *given])


def test_it_says_each_check_in_words(here, capsys):
    assert run(here, "--language", "en") == 0
    out = capsys.readouterr().out
    assert "[ok] No event was left out: as of 2026-11-24 10:00 (Hanoi)" in out
    assert "IN FORCE: Teapot" in out
    assert run(here, "--language", "vi") == 0
    assert "CÒN HIỆU LỰC: Ấm trà" in capsys.readouterr().out


def test_it_tells_machines_the_same_in_json(here, capsys):
    assert run(here, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["verdict"], told["facts"]["stars"]) == (0, "in_force", 4)


def test_the_day_and_the_age_can_be_said(here):
    assert run(here, "--at", "2025-03-03") == 2
    assert run(here, "--at", "2028-03-04", "--max-age", "999d") == 2
    assert run(here, "--at", "2026-12-24") == 3
    assert run(here, "--at", "2026-12-24", "--max-age", "60d") == 0


def test_unwitnessed_is_three_unless_accepted_and_then_said(here, capsys):
    assert run(here, policy="nobody.txt") == 3
    assert run(here, "--accept-unwitnessed", "--language", "en", policy="nobody.txt") == 0
    assert "not yet witnessed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        ["missing.ocop", "--policy", "policy.txt"],
        ["tea.ocop", "--policy", "missing.txt"],
        ["tea.ocop", "--policy", "tea.ocop"],
        ["policy.txt", "--policy", "policy.txt"],
    ],
)
def test_what_cannot_be_read_is_four(here, given, monkeypatch, capsys):
    monkeypatch.chdir(here)
    assert cli.main(given) == 4


@pytest.mark.parametrize("given", [[], ["tea.ocop"], ["tea.ocop", "--policy", "p", "--at", "x"], ["mirror"]])
def test_a_slip_of_the_keyboard_is_never_taken_for_an_answer(given, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(given)
    assert left.value.code == 4


def test_what_strangers_wrote_does_not_move_the_cursor(here, capsys):
    (here / "tea.ocop").write_bytes(b"PK\3\4" + bytes(26))
    run(here)
    assert "\x1b" not in capsys.readouterr().out


def without_network():
    """A process of its own network namespace where the machine allows it; else one whose sockets refuse."""
    alone = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    return ["unshare", "-rn", sys.executable] if alone else [sys.executable, "-c", OFFLINE]


def test_the_zipapp_judges_without_network_and_without_the_shop(tmp_path):
    world = honest()
    world.now = hanoi.now() - timedelta(hours=1)
    world.snapshot()
    (tmp_path / "tea.ocop").write_bytes(world.file())
    (tmp_path / "policy.txt").write_text(world.policy_text())
    (tmp_path / "ocop-verify.pyz").write_bytes(tools.zipapp("ocop-verify"))
    command = [*without_network(), "ocop-verify.pyz", "tea.ocop", "--policy", "policy.txt"]
    given = {"cwd": tmp_path, "capture_output": True, "text": True, "check": False}
    said = subprocess.run(command, **given, env={**os.environ, "LANG": "C", "PYTHONPATH": ""})
    assert said.returncode == 0, said.stdout + said.stderr
    assert "IN FORCE: Teapot" in said.stdout
    world.decide("revoked", day=str(hanoi.day_of(world.now)))
    world.snapshot()
    (tmp_path / "tea.ocop").write_bytes(world.file())
    assert subprocess.run(command, **given).returncode == 2
