"""The command `ocop-witness`: makes a key once, then serves."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..ocop_verify import hanoi, notes
from ..ocop_verify.notes import BadNote, Verifier
from .cosigning import Witness
from .memory import Memory
from .serving import Application, serve

KIND = "PRIVATE+OCOP-WITNESS"


def main(given: Sequence[str] | None = None) -> int:
    reader = argparse.ArgumentParser(prog="ocop-witness", description="Cosigns logs that nobody rewrites.")
    reader.add_argument("--key", type=Path, required=True, help="file of the witness's own key; made with --name")
    reader.add_argument("--name", help="for a new key: a name of yours that looks like an address, uni.example/w1")
    reader.add_argument("--listen", default="127.0.0.1:8480", help="host:port; put a proxy with TLS in front")
    reader.add_argument("--log-vkey", action="append", default=[], help="a log to watch, name+id+key; repeat for more")
    reader.add_argument("--memory", type=Path, help="SQLite file, beside the key if not said; never start with a copy")
    asked = reader.parse_args(given)
    try:
        name, key = _key(asked.key, asked.name)
        logs = [Verifier.parse(vkey) for vkey in asked.log_vkey]
    except (BadNote, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    memory = Memory(asked.memory or asked.key.with_suffix(".sqlite"))
    witness = Witness(name, key, logs, memory, lambda: int(hanoi.now().timestamp()))
    sys.stdout.write(f"{witness.verifier.vkey}\n")
    if not logs:
        return 0
    host, _, port = asked.listen.rpartition(":")
    with serve(Application(witness), host, int(port)) as server:
        sys.stdout.write(f"listening on {host}:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
    return 0


def _key(file: Path, name: str | None) -> tuple[str, Ed25519PrivateKey]:
    """The key in the file; a new one under this name where there is none. Raises BadNote, ValueError or OSError."""
    if not file.exists():
        if not name:
            raise ValueError(f"{file} is not there: make a key with --name")
        made = Ed25519PrivateKey.generate()
        Verifier.of(name, made.public_key(), notes.COSIGNER)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(f"{KIND}+{name}+{notes.base64(made.private_bytes_raw())}\n")
    kind, _, rest = file.read_text().strip().partition(f"{KIND}+")
    found, _, seed = rest.partition("+")
    if kind or not found or (name and name != found):
        raise ValueError(f"{file} holds no key of this name")
    return found, Ed25519PrivateKey.from_private_bytes(notes.unbase64(seed))
