"""The one zip of given contents, byte for byte: stored, in one order, without times, comments or extra fields.

Nothing is compressed: deflate's bytes differ from one zlib to the next, and a bomb needs compression. Reading rebuilds
the archive from what was read, so that not a byte of a file is beyond the check.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from zlib import crc32

MOST_BYTES = 64 * 1024 * 1024
MOST_MEMBERS = 10_000
FIRST = "manifest.json"
NAME = re.compile(r"[^\W_][\w.-]*(/[^\W_][\w.-]*)?")

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
VERSION, UTF_8, STORED = 20, 0x800, 0
MADE_BY = 3 << 8 | VERSION  # Unix, so that the mode below counts
MODE = 0o100644 << 16
MIDNIGHT, FIRST_DAY = 0, 0x21  # 1 January 1980: where DOS time begins


class Unreadable(ValueError):
    """Not a bundle, or one this program is too old for."""


class Tampered(ValueError):
    """A bundle, but not as it was made."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """The archive of these files."""
    body, directory = bytearray(), bytearray()
    for name in sorted(members, key=lambda name: (name != FIRST, name.encode())):
        content, written = members[name], name.encode()
        facts = (VERSION, UTF_8, STORED, MIDNIGHT, FIRST_DAY, crc32(content), len(content), len(content), len(written))
        directory += CENTRAL.pack(b"PK\1\2", MADE_BY, *facts, 0, 0, 0, 0, MODE, len(body)) + written
        body += LOCAL.pack(b"PK\3\4", *facts, 0) + written + content
    count = len(members)
    return bytes(body + directory + END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0))


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive that `pack` made. Raises Unreadable, or Tampered where one byte is otherwise."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{len(data)} bytes are more than {MOST_BYTES}")
    members: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == b"PK\3\4":
        name, content, at = _member(data, at)
        if name in members:
            raise Tampered(f"{name} is there twice")
        if len(members) == MOST_MEMBERS:
            raise Unreadable(f"more than {MOST_MEMBERS} files")
        members[name] = content
    if not members:
        raise Unreadable("this is no .ocop file")
    if pack(members) != data:
        raise Tampered("the archive is not, byte for byte, the one its contents make")
    return members


def _member(data: bytes, at: int) -> tuple[str, bytes, int]:
    """Name, content and where the next one begins."""
    if at + LOCAL.size > len(data):
        raise Tampered("the archive is cut short")
    _, _, _, method, _, _, _, size, _, name_length, extra = LOCAL.unpack_from(data, at)
    start = at + LOCAL.size + name_length
    end = start + size
    if method != STORED or extra or end > len(data):
        raise Tampered("a file in it is compressed, has extra fields or is cut short")
    try:
        name = data[at + LOCAL.size : start].decode()
    except UnicodeDecodeError as error:
        raise Tampered("the name of a file is no UTF-8") from error
    if not NAME.fullmatch(name):
        raise Tampered(f"{name[:60]!r} is no name for a file in a bundle")
    return name, data[start:end], end
