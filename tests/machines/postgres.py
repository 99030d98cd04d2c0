"""A PostgreSQL server of the tests' own: in a temporary directory, on a free port, gone afterwards.

Every pytest-xdist worker starts its own: it takes two seconds, and no lock file outlives a crash.
"""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import psycopg
from psycopg import sql

OLDEST = 15
SHELF = Path("/usr/lib/postgresql")
PREFIX = "pho-nghe-postgres-"

# What is lost in a power cut is no loss here; but what was committed must outlive `stop_now()`, so
# commits stay synchronous (cheap without fsync). The connections are for a hundred buyers at once.
SETTINGS = """
fsync = off
full_page_writes = off
max_connections = 200
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{home}'
"""


class NoPostgres(Exception):
    """No server here is new enough or starts; the sentence says why."""


def programs() -> Path:
    """The directory of `initdb` and `pg_ctl`, of the newest PostgreSQL that is new enough."""
    shelves = {int(shelf.name): shelf / "bin" for shelf in SHELF.glob("[0-9]*") if shelf.name.isdigit()}
    fit = [
        version
        for version, where in shelves.items()
        if version >= OLDEST and all((where / name).exists() for name in ("initdb", "pg_ctl"))
    ]
    if not fit:
        raise NoPostgres(f"No PostgreSQL {OLDEST} or newer on this machine; install the package postgresql.")
    return shelves[max(fit)]


class Cluster:
    """`with Cluster() as cluster:` gives a running server; `cluster.create("shop")` a database's URL."""

    def __init__(self) -> None:
        self.port = 0
        self._programs = programs()
        self._user = _someone_but_root()
        self._home = Path()
        self._owner = os.getpid()

    @property
    def url(self) -> str:
        """The server's own database, for SQLAlchemy."""
        return self._url("postgres")

    def create(self, name: str) -> str:
        """An empty database; answers its URL for SQLAlchemy."""
        self._say(sql.SQL("CREATE DATABASE {}"), name)
        return self._url(name)

    def drop(self, name: str) -> None:
        """Away with it, whoever is still connected."""
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    def start(self) -> None:
        """Again after `stop_now()`: on the same port, after the server's own recovery."""
        log, data = f"{self._home}/log", f"{self._home}/data"
        self._run("pg_ctl", "start", "-w", "-t", "30", "-s", "-l", log, "-D", data)

    def stop_now(self) -> None:
        """As a crash would: connections broken, nothing tidied up."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", f"{self._home}/data")

    def __enter__(self) -> Self:
        _sweep_leftovers()
        self._home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        atexit.register(self._leave)
        _end_on_sigterm()
        if self._user:
            shutil.chown(self._home, self._user)
        self._run(
            *("initdb", "-D", f"{self._home}/data", "-U", "shop", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        )
        self._start_on_a_free_port()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        atexit.unregister(self._leave)
        self._leave()

    def _start_on_a_free_port(self) -> None:
        """Between finding a port and taking it another program may be quicker: then the next one."""
        written = Path(f"{self._home}/data/postgresql.conf")
        before = written.read_text()
        for last_try in (False, False, True):
            self.port = _free_port()
            written.write_text(before + SETTINGS.format(port=self.port, home=self._home))
            try:
                self.start()
            except NoPostgres:
                if last_try:
                    raise
            else:
                return

    def _leave(self) -> None:
        if os.getpid() == self._owner:  # a forked child's end is not ours
            _clear_away(self._home)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://shop@127.0.0.1:{self.port}/{name}"

    def _say(self, sentence: sql.SQL, name: str) -> None:
        where = f"host=127.0.0.1 port={self.port} user=shop dbname=postgres"
        with psycopg.connect(where, autocommit=True) as talk:
            talk.execute(sentence.format(sql.Identifier(name)))

    def _run(self, program: str, *arguments: str) -> None:
        """As a user who is not root, which PostgreSQL refuses; its log goes into the failure."""
        ran = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self._home,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if ran.returncode:
            log = self._home / "log"
            raise NoPostgres(f"{program}: {ran.stderr}{log.read_text()[-2000:] if log.exists() else ''}")


def _someone_but_root() -> str | None:
    """Whom the server runs as: ourselves, or, when we are root, the user that Debian's package made."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _sweep_leftovers() -> None:
    """Servers whose tests were killed outright, so that nobody could end them."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = re.match(rf"{PREFIX}(\d+)-", home.name)
        if owner and not Path("/proc", owner[1]).exists() and os.access(home, os.W_OK):
            _clear_away(home)


def _clear_away(home: Path) -> None:
    """Ends the server of this directory, if one runs, and removes the directory."""
    try:
        pid = int((home / "data/postmaster.pid").read_text().split()[0])
        # The number may meanwhile be another's: only a process started on this directory is ours.
        if str(home).encode() in Path("/proc", str(pid), "cmdline").read_bytes():
            os.kill(pid, signal.SIGQUIT)
    except (OSError, ValueError, IndexError):
        pass
    shutil.rmtree(home, ignore_errors=True)


def _end_on_sigterm() -> None:
    """SIGTERM would end Python without a farewell; this way `atexit` still stops the server."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    if in_main_thread and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave_by_the_door)


def _leave_by_the_door(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    try:
        programs()
    except NoPostgres as missing:
        raise SystemExit(str(missing)) from None
