"""The programs outsiders download: one file each, made from this very source, the same bytes on every server."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from shop.provenance.ocop_verify import archive

SOURCE = Path(__file__).parent
FIRST_LINE = b"#!/usr/bin/env python3\n"
MAIN = "import sys\n\nfrom {package}.cli import main\n\nsys.exit(main())\n"
# Program → the package that answers it, and those it is made of. Two siblings need a parent to find each other by.
PROGRAMS = {
    "ocop-verify": ("ocop_verify", {"ocop_verify": "ocop_verify"}),
    "ocop-witness": (
        "ocop.ocop_witness",
        {"ocop/ocop_verify": "ocop_verify", "ocop/ocop_witness": "ocop_witness"},
    ),
}


@cache
def zipapp(program: str) -> bytes:
    """The program as Python runs it: `python3 ocop-verify.pyz`. Raises KeyError on one we do not have."""
    package, parts = PROGRAMS[program]
    main = MAIN.format(package=package).encode()
    files = {"__main__.py": main}
    if "." in package:  # so that `python -m ocop_witness` finds it too
        files |= {"ocop/__init__.py": b"", package.partition(".")[2] + ".py": main}
    for there, here in parts.items():
        files |= {f"{there}/{file.name}": file.read_bytes() for file in sorted((SOURCE / here).glob("*.py"))}
    return FIRST_LINE + archive.pack(files)


@cache
def digest(program: str) -> str:
    """SHA-256 in hex, to compare a download with what others were given."""
    return hashlib.sha256(zipapp(program)).hexdigest()
