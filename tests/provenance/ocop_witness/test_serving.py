"""The witness as outsiders run it: a zipapp, a real process, real HTTP."""

import http.client
import os
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from shop.provenance import tools
from shop.provenance.ocop_verify import notes
from tests.provenance.ocop_witness.test_cosigning import Log

NAME = "uni.example/w1"


def alone(*given, cwd, **more):
    """Python without the shop on its path."""
    env = {**os.environ, "PYTHONPATH": str(cwd / "ocop-witness.pyz")}
    return {"args": [sys.executable, "-m", "ocop_witness", *given], "cwd": cwd, "env": env, "text": True, **more}


def running(cwd, *logs):
    return running_for(cwd, NAME, *(log.verifier.vkey for log in logs))


@contextmanager
def running_for(cwd, name, *vkeys):
    """A witness process on a free port; answers its address and its own vkey."""
    (cwd / "ocop-witness.pyz").write_bytes(tools.zipapp("ocop-witness"))
    given = ["--key", "w1.key", "--name", name, "--listen", "127.0.0.1:0"]
    given += [part for vkey in vkeys for part in ("--log-vkey", vkey)]
    process = subprocess.Popen(**alone(*given, cwd=cwd, stdout=subprocess.PIPE))
    try:
        vkey, listening = process.stdout.readline().strip(), process.stdout.readline().strip()
        yield listening.rpartition(" ")[2], vkey
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def ask(address, body=None, path="/add-checkpoint", method="POST", headers=None):
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), answer.headers["Content-Type"]
    connection.close()
    return found


def test_it_serves_from_a_zipapp_and_remembers_after_a_restart(tmp_path):
    log = Log()
    with running(tmp_path, log) as (address, vkey):
        witness = notes.Verifier.parse(vkey)
        assert ask(address, log.body(0, 0), path="/elsewhere")[0] == 404
        assert ask(address, method="GET")[0] == 405
        status, lines, _ = ask(address, log.body(0, 7))
        assert status == 200
        assert NAME in notes.open_note(log.note(7) + lines, [log.verifier, witness]).signed_by
    with running(tmp_path, log) as (address, again):
        assert again == vkey
        assert ask(address, log.body(0, 7)) == (409, "7\n", "text/x.tlog.size")
        assert ask(address, log.fork().body(7, 9))[0] == 422
        assert "no proof" in ask(address, path="/evidence", method="GET")[1]
        assert f"{log.verifier.name} 7" in ask(address, path="/", method="GET")[1]
    assert (tmp_path / "w1.key").stat().st_mode & 0o777 == 0o600


def test_of_many_who_submit_at_once_over_http_one_is_cosigned(tmp_path):
    log = Log()
    bodies = [each.body(0, size) for each in (log, log.fork(1), log.fork(2)) for size in (18, 19, 20)]
    with running(tmp_path, log) as (address, _):
        answers = []
        threads = [threading.Thread(target=lambda sent=sent: answers.append(ask(address, sent)[0])) for sent in bodies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == [200] + [409] * 8


@pytest.mark.parametrize("length", ["", "x", "-1", "99999999"])
def test_a_request_says_how_long_it_is(tmp_path, length):
    with running(tmp_path, Log()) as (address, _):
        assert ask(address, headers={"Content-Length": length})[0] == 400


def test_a_key_is_made_once_and_only_with_a_name(tmp_path):
    (tmp_path / "ocop-witness.pyz").write_bytes(tools.zipapp("ocop-witness"))
    said = subprocess.run(**alone("--key", "w1.key", cwd=tmp_path, capture_output=True))
    assert said.returncode == 2 and "--name" in said.stderr
    first = subprocess.run(**alone("--key", "w1.key", "--name", NAME, cwd=tmp_path, capture_output=True))
    again = subprocess.run(**alone("--key", "w1.key", cwd=tmp_path, capture_output=True))
    assert first.stdout == again.stdout and first.stdout.startswith(NAME)
