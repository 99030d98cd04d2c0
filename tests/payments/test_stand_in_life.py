"""The stand-in as a process: it starts, ends and comes back."""

import subprocess
import sys
import time
from pathlib import Path

from tests.payments.stand_in_process import ROOT, StandIn, session_params


def test_a_restart_after_a_kill_keeps_sessions_keys_and_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "stripe.json"
    with StandIn(state=file) as before:
        before.control("clock", offset=60)
        session = before.client().v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        paid = before.control("session", id=session.id, do="pay")
        before.kill()
    file.write_text(file.read_text() + '[["charge", "ch_cut')
    with StandIn(state=file) as after:
        assert after.client().v1.checkout.sessions.retrieve(session.id).payment_intent == paid["payment_intent"]
        again = after.client().v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        assert again.id == session.id
        assert after.state()["clock"]["offset"] == 60


def test_it_writes_its_port_says_one_line_and_ends_cleanly(tmp_path: Path) -> None:
    file = tmp_path / "port"
    command = [sys.executable, "-m", "shop.payments.stand_in", "--port", "0", "--port-file", str(file)]
    command += ["--public-url", "http://localhost:8001"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    started = time.monotonic()
    process.terminate()
    rest = process.stdout.read()
    assert (process.wait(5), rest) == (0, "")
    assert time.monotonic() - started < 2
    assert line.strip().endswith(f":{file.read_text()}")


def test_the_pay_pages_address_is_the_public_one() -> None:
    with StandIn(public_url="http://localhost:8001/") as stand_in:
        session = stand_in.client().v1.checkout.sessions.create(session_params())
        assert session.url == f"http://localhost:8001/pay/{session.id}"


def test_it_imports_nothing_of_the_shop() -> None:
    files = list((ROOT / "shop" / "payments" / "stand_in").glob("*.py"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    named = [
        line.split()[1] for line in lines if line.startswith(("from shop", "import shop", "from flask", "import flask"))
    ]
    assert files
    assert all(name.startswith("shop.payments.stand_in") for name in named)
