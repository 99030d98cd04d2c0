"""Starts gunicorn as the shop is served, on a free port of loopback, and reads what CPU its processes used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from config import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 120  # seconds; a million products take a while to be read


class Server:
    """`with Server("wsgi:app", env) as server:` serves until the block ends."""

    def __init__(self, app: str, env: Mapping[str, str], *, workers: int = 1, threads: int = 8) -> None:
        self.port = _free_port()
        self._command = [
            *(sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{self.port}"),
            *("--workers", str(workers), "--threads", str(threads)),
            *("--config", str(ROOT / "deploy" / "gunicorn.py")),
        ]
        self._env = {**os.environ, **env}

    def cpu_seconds(self) -> float:
        """User and system time of the server's processes so far."""
        return sum(_cpu_of(pid) for pid in _family(self._process.pid))

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._env, start_new_session=True)
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        self._end()
        raise RuntimeError(f"gunicorn did not start: {' '.join(self._command)}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(5)


def busy_seconds() -> float:
    """What all cores together have worked so far, whoever had them: user, nice, system, interrupts, stolen."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(fields[:3]) + sum(fields[5:8])) / TICKS


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
