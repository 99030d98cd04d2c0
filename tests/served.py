"""The shop as `bin/run` serves it: real processes on free ports, over a copy of a sample that was drawn once."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from flask import Flask

import config as settings
from shop import create_app
from shop.core import clock

ROOT = Path(settings.__file__).parent
# What the drawn sample depends on. The month is in the key too: its certificates are dated from today.
INGREDIENTS = (
    *("shop/sample/**/*.py", "shop/sample/**/*.toml", "migrations/versions/*.py"),
    *("shop/provenance/**/*.py",),
)
OURS = ("SHOP_", "STRIPE_", "BANK_", "DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "SMTP_URL", "TRUSTED_HOSTS")


@dataclass(frozen=True)
class Served:
    """A running shop: where a browser finds it, and its files."""

    address: str
    instance: Path

    @cached_property
    def back_room(self) -> Flask:
        """The same shop in this process, to change its facts behind the customer's back."""
        env = {"SHOP_INSTANCE": str(self.instance), "PUBLIC_URL": self.address}
        return create_app(replace(settings.read(env), testing=True))


def sample(shelf: Path) -> Path:
    """An instance with the small sample, every picture drawn; found on `shelf` or made there in a minute or two."""
    found = shelf / _key()
    if found.exists():
        return found
    for stale in shelf.iterdir():
        shutil.rmtree(stale)
    raw = shelf / "raw"
    setup = [sys.executable, "-m", "flask", "--app", "wsgi", "setup", "--sample", "small"]
    subprocess.run(setup, cwd=ROOT, env=_environment(raw), check=True, stdout=subprocess.DEVNULL)
    return raw.rename(found)


@contextmanager
def serving(instance: Path) -> Iterator[Served]:
    """What `bin/run` starts: the server with its worker, and the stand-in of Stripe on the next port."""
    port = _free_pair()
    command = [sys.executable, "-m", "shop.serving", "--port", str(port)]
    log = instance / "served.log"
    with log.open("wb") as out:
        given = {"cwd": ROOT, "env": _environment(instance), "stdout": out, "stderr": out}
        shop = subprocess.Popen(command, **given, start_new_session=True)
    try:
        _await(shop, port, log)
        yield Served(f"http://localhost:{port}", instance)
    finally:
        _close(shop)


def _key() -> str:
    whole = hashlib.sha256(f"{clock.today():%Y-%m}".encode())
    for file in sorted({file for pattern in INGREDIENTS for file in ROOT.glob(pattern) if file.is_file()}):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:16]


def _environment(instance: Path) -> dict[str, str]:
    """This process's own, without any setting of a shop."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "SHOP_INSTANCE": str(instance)}


def _free_pair() -> int:
    """A port that is free and whose neighbour is too."""
    while True:
        with socket.socket() as one, socket.socket() as next_to_it:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                next_to_it.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _close(shop: subprocess.Popen[bytes]) -> None:
    """Asks it to close; whatever is left of its processes then goes too."""
    shop.terminate()
    try:
        shop.wait(30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shop.pid, signal.SIGKILL)


def _await(shop: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and shop.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The shop did not open. Its last words:\n{log.read_text(errors='replace')[-2000:]}")
