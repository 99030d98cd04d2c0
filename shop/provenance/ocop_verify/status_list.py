"""Which credentials are revoked or suspended, one bit each (www.w3.org/TR/vc-bitstring-status-list)."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from binascii import Error, a2b_base64

from .canonical import Malformed

MINIMUM = 131_072  # bits: fewer would tell which credential somebody asks about
MOST = 1 << 21  # bytes, unpacked
GZIP = 31  # how zlib is told its wrapping


def encode(bits: bytes) -> str:
    """`u`, then base64url of the gzipped bits; the same bits give the same text. Raises Malformed below MINIMUM."""
    _check_length(bits)
    deflater = zlib.compressobj(level=6, wbits=GZIP)  # writes no time and no name
    return "u" + urlsafe_b64encode(deflater.compress(bits) + deflater.flush()).decode("ascii").rstrip("=")


def decode(encoded: str, *, most: int = MOST) -> bytes:
    """The bits, of which at most `most` bytes are ever unpacked. Raises Malformed, also below MINIMUM."""
    if not encoded.startswith("u"):
        raise Malformed("no base64url multibase")
    inflater = zlib.decompressobj(wbits=GZIP)
    try:
        bits = inflater.decompress(_unbase64url(encoded[1:]), most + 1)
    except (zlib.error, Error, UnicodeEncodeError) as error:
        raise Malformed(f"no gzip in base64url: {error}") from error
    if len(bits) > most:
        raise Malformed(f"more than {most} bytes")
    if not inflater.eof or inflater.unused_data:
        raise Malformed("the gzip is cut short, or goes on after its end")
    _check_length(bits)
    return bits


def bit(bits: bytes | bytearray, index: int) -> bool:
    """Whether bit `index` is set, counted from the left. Raises Malformed outside the list."""
    return bool(bits[_within(bits, index)] & 0x80 >> index % 8)


def with_bit(bits: bytearray, index: int) -> bytearray:
    """The same array, with bit `index` set. Raises Malformed outside the list."""
    bits[_within(bits, index)] |= 0x80 >> index % 8
    return bits


def _within(bits: bytes | bytearray, index: int) -> int:
    """The byte that holds the bit."""
    if not 0 <= index < len(bits) * 8:
        raise Malformed(f"no bit {index} among {len(bits) * 8}")
    return index // 8


def _check_length(bits: bytes) -> None:
    if len(bits) * 8 < MINIMUM:
        raise Malformed(f"{len(bits) * 8} bits are fewer than {MINIMUM}")


def _unbase64url(text: str) -> bytes:
    if "+" in text or "/" in text or "=" in text:
        raise Malformed("no base64url without padding")
    standard = text.replace("-", "+").replace("_", "/")
    return a2b_base64((standard + "=" * (-len(text) % 4)).encode("ascii"), strict_mode=True)
