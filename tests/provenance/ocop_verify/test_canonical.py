"""Strict JSON in, RFC 8785 out."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.provenance.ocop_verify.canonical import GREATEST, Malformed, canonical, parse

# github.com/cyberphone/json-canonicalization, testdata/input and testdata/output. (Of arrays only the input could be
# read there; its output is the one that other implementations of RFC 8785 quote from it.)
PUBLISHED = {
    "arrays": (
        '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]',
        '[56,{"1":[],"10":null,"d":true}]',
    ),
    "french": (
        '{\n  "peach": "This sorting order",\n  "péché": "is wrong according to French",\n'
        '  "pêche": "but canonicalization MUST",\n  "sin":   "ingnore locale"\n}\n',
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    ),
    "structures": (
        '{\n  "1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0},\n  "10": { },\n  "": "empty",\n  "a": { },\n'
        '  "111": [ { } ],\n  "A": { }\n}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ),
    "unicode": ('{\n  "Unnormalized Unicode":"\\u1e0d\\u0307"\n}\n', '{"Unnormalized Unicode":"\u1e0d\u0307"}'),
    "values": (
        '{\n  "numbers": [1E30, 4.50, 333333333.33333329, 2e-3, 0.000000000000000000000000001],\n'
        '  "escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",\n'
        '  "literals": [null, true, false]\n}',
        '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false],'
        '"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}',
    ),
    "weird": (
        '{\n  "\\u20ac": "Euro Sign",\n  "1": "One",\n  "\\u0080": "Control\\u007f",\n  "\\ud83d\\ude02": "Smiley",\n'
        '  "\\u00f6": "Latin Small Letter O With Diaeresis",\n  "\\ufb33": "Hebrew Letter Dalet With Dagesh",\n'
        '  "</script>": "Browser Challenge"\n}\n',
        '{"1":"One","</script>":"Browser Challenge","\x80":"Control\x7f","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
}

# The same repository, testdata/README.md: the bits of a double and how it is written.
NUMBERS = {
    "4340000000000001": "9007199254740994",
    "4340000000000002": "9007199254740996",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "8000000000000000": "0",
    "0000000000000000": "0",
}

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST, GREATEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_vectors_come_out_byte_for_byte(name):
    given_text, expected = PUBLISHED[name]
    assert canonical(json.loads(given_text)) == expected.encode()


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_doubles_are_written_as_published(bits, written):
    assert canonical(struct.unpack(">d", bytes.fromhex(bits))[0]) == written.encode()


@given(VALUES)
def test_what_was_written_canonically_is_read_and_written_the_same(value):
    data = canonical(value)
    assert parse(data, most=1 << 20) == value
    assert canonical(parse(data, most=1 << 20)) == data


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":1,"\\u0061":2}',
        '{"x":{"a":1,"a":2}}',
        "NaN",
        "[Infinity]",
        '{"a":-Infinity}',
        "1.0",
        "1e3",
        "-0.0",
        str(GREATEST + 1),
        str(-GREATEST - 1),
        "9" * 60_000,
        '"\\ud800"',
        '{"\\udc00":1}',
        '["\\udc00\\ud800"]',
        "\ufeff1",
        "",
        "{",
        "[1,]",
        "{'a':1}",
        "01",
        '"\t"',
        "[1] 2",
    ],
)
def test_what_two_readers_could_take_differently_is_refused(text):
    with pytest.raises(Malformed):
        parse(text)


def test_the_greatest_integers_and_a_whole_surrogate_pair_are_read():
    assert parse(f'[{GREATEST},{-GREATEST},"\\ud83d\\ude02"]') == [GREATEST, -GREATEST, "😂"]


@pytest.mark.parametrize("data", [b"\xff", b'"\xed\xa0\x80"', b'"\xc0\x80"', '"\ud800"', "[1]".encode("utf-16")])
def test_only_utf_8_is_read(data):
    with pytest.raises(Malformed):
        parse(data)


@pytest.mark.parametrize("bomb", ["[" * 60_000, "[" * 65 + "]" * 65, '{"a":' * 65 + "1" + "}" * 65])
def test_a_depth_bomb_is_refused(bomb):
    with pytest.raises(Malformed):
        parse(bomb)


def test_sixty_four_levels_are_read():
    assert parse("[" * 64 + "]" * 64)


def test_bytes_are_counted_not_letters():
    assert parse('"ệ"', most=5) == "ệ"
    with pytest.raises(Malformed):
        parse('"ệ"', most=4)
    with pytest.raises(Malformed):
        parse(b" " * 65_535 + b"1")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: 2}, {"\ud800": 1}, "\ud800", GREATEST + 1, {1, 2}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(Malformed):
        canonical(value)


def test_a_value_that_holds_itself_has_no_canonical_form():
    value = []
    value.append(value)
    with pytest.raises(Malformed):
        canonical(value)
