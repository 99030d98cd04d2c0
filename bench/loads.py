"""Loads a server: two processes of four threads, each with its own connection, for a bounded time and count."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any

from bench.servers import Server, busy_seconds
from bench.talking import Connection

PROCESSES, THREADS = 2, 4
CONNECTIONS = PROCESSES * THREADS

# One act of one client: its connection and a number no other act has; answers (what it did, seconds) pairs.
Act = Callable[[Connection, int], list[tuple[str, float]]]


@dataclass(frozen=True)
class Load:
    """What the clients do: `act` (importable), at most `most` times altogether and `seconds` long."""

    act: Act
    most: int
    seconds: float


@dataclass
class Measured:
    """What came out: every duration by name, the time on the wall, and CPU seconds of server and clients."""

    times: dict[str, list[float]] = field(default_factory=dict)
    wall: float = 0.0
    server_cpu: float = 0.0
    clients_cpu: float = 0.0
    machine_cpu: float = 0.0

    def count(self, name: str) -> int:
        return len(self.times.get(name, ()))

    def rate(self, name: str) -> float:
        """How many a second."""
        return self.count(name) / self.wall if self.wall else 0.0

    def ms(self, name: str, percent: int) -> float:
        """The percentile in milliseconds."""
        ordered = sorted(self.times[name])
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1_000

    def cpu_ms(self, name: str) -> float:
        """The server's CPU milliseconds for each."""
        return self.server_cpu / max(1, self.count(name)) * 1_000

    @property
    def others_cores(self) -> float:
        """How many cores were busy with neither the server nor its clients."""
        return max(0.0, self.machine_cpu - self.server_cpu - self.clients_cpu) / self.wall if self.wall else 0.0

    @property
    def server_cores(self) -> float:
        """How many cores the server kept busy: far below its workers, somebody else is the bottleneck."""
        return self.server_cpu / self.wall if self.wall else 0.0


def run(server: Server, load: Load, *, numbers_from: int = 0) -> Measured:
    """Lets the clients loose on the server and gathers what they measured. Raises RuntimeError if one failed."""
    context = get_context("fork")
    ends: list[Pipe] = []
    children = []
    start = context.Barrier(PROCESSES + 1)
    for process in range(PROCESSES):
        ours, theirs = context.Pipe(duplex=False)
        wanted = (server.port, load, numbers_from + process, start, theirs)
        children.append(context.Process(target=_process, args=wanted, daemon=True))
        children[-1].start()
        ends.append(ours)
    start.wait(60)
    began, cpu, machine = time.monotonic(), server.cpu_seconds(), busy_seconds()
    told = [end.recv() for end in ends]
    made = Measured(wall=time.monotonic() - began, server_cpu=server.cpu_seconds() - cpu)
    made.machine_cpu = busy_seconds() - machine
    for child in children:
        child.join(10)
    for times, used, trouble in told:
        if trouble:
            raise RuntimeError(f"a client failed: {trouble}")
        made.clients_cpu += used
        for name, some in times.items():
            made.times.setdefault(name, []).extend(some)
    return made


def _process(port: int, load: Load, first: int, start: Any, told: Pipe) -> None:
    times: dict[str, list[float]] = {}
    troubles: list[str] = []
    own = load.most // PROCESSES
    numbers = iter(range(first, first + own * PROCESSES, PROCESSES))
    lock = threading.Lock()
    connections = [Connection(port) for _ in range(THREADS)]
    start.wait(60)
    until = time.monotonic() + load.seconds
    wanted = [
        threading.Thread(target=_thread, args=(connection, load.act, numbers, lock, until, times, troubles))
        for connection in connections
    ]
    for thread in wanted:
        thread.start()
    for thread in wanted:
        thread.join()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    told.send((times, usage.ru_utime + usage.ru_stime, troubles[0] if troubles else ""))


def _thread(
    connection: Connection,
    act: Act,
    numbers: Any,
    lock: threading.Lock,
    until: float,
    times: dict[str, list[float]],
    troubles: list[str],
) -> None:
    own: list[tuple[str, float]] = []
    try:
        while time.monotonic() < until and not troubles:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            own += act(connection, number)
    except Exception as error:
        troubles.append(repr(error))
    with lock:
        for name, seconds in own:
            times.setdefault(name, []).append(seconds)
