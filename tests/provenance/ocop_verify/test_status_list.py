"""Bitstring Status Lists, against the example of the W3C Recommendation."""

import gzip
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.provenance.ocop_verify.canonical import Malformed
from shop.provenance.ocop_verify.status_list import MINIMUM, bit, decode, encode, with_bit

# www.w3.org/TR/vc-bitstring-status-list, examples 3, 5 and 7: 131,072 bits, none set.
EXAMPLE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
EMPTY = bytes(MINIMUM // 8)


def wrapped(packed):
    return "u" + urlsafe_b64encode(packed).decode().rstrip("=")


def test_the_example_of_the_recommendation_is_read_and_written_byte_for_byte():
    assert decode(EXAMPLE) == EMPTY
    assert encode(EMPTY) == EXAMPLE


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, MINIMUM - 1), max_size=50))
def test_exactly_the_bits_that_were_set_are_set(indexes):
    bits = bytearray(EMPTY)
    for index in indexes:
        assert with_bit(bits, index) is bits
    read = decode(encode(bytes(bits)))
    assert {index for index in range(MINIMUM) if bit(read, index)} == indexes


def test_the_first_bit_is_the_leftmost():
    assert with_bit(bytearray(EMPTY), 0)[0] == 0b1000_0000
    assert with_bit(bytearray(EMPTY), 7)[0] == 0b0000_0001
    assert with_bit(bytearray(EMPTY), 8)[1] == 0b1000_0000
    assert with_bit(bytearray(EMPTY), MINIMUM - 1)[-1] == 0b0000_0001


def test_the_same_bits_give_the_same_text():
    bits = bytes(with_bit(bytearray(EMPTY), 4021))
    assert encode(bits) == encode(bits)
    assert gzip.decompress(gzip.compress(bits)) == decode(encode(bits))


def test_a_set_bit_stays_set():
    assert bit(with_bit(with_bit(bytearray(EMPTY), 5), 5), 5)


@pytest.mark.parametrize("index", [-1, MINIMUM, MINIMUM + 7])
def test_there_is_no_bit_outside_the_list(index):
    with pytest.raises(Malformed):
        bit(EMPTY, index)
    with pytest.raises(Malformed):
        with_bit(bytearray(EMPTY), index)


def test_a_list_too_short_to_hide_in_is_neither_written_nor_read():
    with pytest.raises(Malformed):
        encode(EMPTY[:-1])
    with pytest.raises(Malformed):
        decode(wrapped(gzip.compress(EMPTY[:-1])))


def test_a_bomb_is_not_unpacked():
    bomb = wrapped(gzip.compress(bytes(50_000_000)))
    with pytest.raises(Malformed):
        decode(bomb)


def test_a_list_of_exactly_the_most_is_read():
    assert len(decode(wrapped(gzip.compress(EMPTY)), most=len(EMPTY))) == len(EMPTY)
    with pytest.raises(Malformed):
        decode(wrapped(gzip.compress(EMPTY, mtime=0)), most=len(EMPTY) - 1)


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        EXAMPLE[1:],
        "z" + EXAMPLE[1:],
        EXAMPLE + "=",
        EXAMPLE.replace("-", "+"),
        EXAMPLE + " ",
        EXAMPLE[:-4],
        EXAMPLE[:-1],
        EXAMPLE + "AAAA",
        wrapped(gzip.compress(EMPTY, mtime=0) * 2),
        wrapped(gzip.compress(EMPTY, mtime=0)[:-8] + bytes(8)),
        wrapped(EMPTY),
        "uệ",
        "u!!!!",
    ],
)
def test_what_is_no_status_list_is_refused(encoded):
    with pytest.raises(Malformed):
        decode(encoded)
