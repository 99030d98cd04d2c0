"""Every byte of a bundle is answered for: in the file as it is, and in each part if somebody zips it anew."""

import random

import pytest

from shop.provenance.ocop_verify import archive, bundle
from shop.provenance.ocop_verify.archive import Tampered, Unreadable
from shop.provenance.ocop_verify.canonical import canonical, parse
from tests.provenance.ocop_verify.worlds import P2, honest

PATTERNS = (0x01, 0x80, 0xFF)
OWN_AFFAIR = {"policy.txt"}  # nobody is to trust it: the reader's policy comes from elsewhere


@pytest.fixture(scope="module")
def world():
    return honest()


@pytest.fixture(scope="module")
def data(world):
    return world.file()


def test_a_bundle_is_read_back_as_it_was_made(world, data):
    assert bundle.write(bundle.read(data)) == data
    assert bundle.read(data).subject == "urn:ocop:product:P1"
    assert world.verdict(data).code == 0


def test_no_byte_can_be_flipped_unnoticed(world, data):
    changed = bytearray(data)
    for at in range(len(data)):
        for pattern in PATTERNS:
            changed[at] ^= pattern
            assert world.verdict(bytes(changed)).code in (1, 4), f"byte {at} ^ {pattern:#x}"
            changed[at] ^= pattern


def test_no_byte_can_be_cut_out_or_put_in_unnoticed(world, data):
    for at in random.Random(7).sample(range(len(data)), 500):
        assert world.verdict(data[:at] + data[at + 1 :]).code in (1, 4)
        assert world.verdict(data[:at] + b"\0" + data[at:]).code in (1, 4)
        assert world.verdict(data[:at]).code in (1, 4)


def test_several_bytes_at_once_are_noticed_too(world, data):
    chance = random.Random(11)
    for _ in range(1_000):
        changed = bytearray(data)
        for at in chance.sample(range(len(data)), chance.randint(2, 40)):
            changed[at] ^= chance.randint(1, 255)
        assert world.verdict(bytes(changed)).code in (1, 4)


def test_a_flipped_byte_is_noticed_though_the_archive_is_made_anew(world, data):
    members = archive.unpack(data)
    for name, content in members.items():
        if name in OWN_AFFAIR:
            continue
        for at in random.Random(name).sample(range(len(content)), min(len(content), 120)):
            changed = bytearray(content)
            changed[at] ^= 0x01
            again = archive.pack({**members, name: bytes(changed)})
            assert world.verdict(again).code in (1, 4), f"{name}, byte {at}: {bytes(changed)[at - 20 : at + 20]}"


def test_a_file_too_many_or_too_few_is_noticed(world, data):
    members = archive.unpack(data)
    for name in members:
        less = {other: content for other, content in members.items() if other != name}
        assert world.verdict(archive.pack(less)).code in (1, 4), name
    for name in ("more.txt", "proofs/2.tlog-proof", "proofs/00.tlog-proof", "docs/x.pdf"):
        assert world.verdict(archive.pack({**members, name: b"x"})).code in (1, 4), name


@pytest.mark.parametrize("name", ["heads.json", "keys.json", "manifest.json"])
def test_json_has_one_spelling(world, data, name):
    members = archive.unpack(data)
    assert canonical(parse(members[name])) == members[name]
    with pytest.raises(Tampered):
        bundle.read(archive.pack({**members, name: members[name].replace(b",", b", ", 1)}))
    with pytest.raises((Tampered, Unreadable)):
        bundle.read(archive.pack({**members, name: members[name][:-1] + b',"v":NaN}'}))


def test_an_older_or_newer_format_is_unreadable(data):
    members = archive.unpack(data)
    newer = members["manifest.json"].replace(b"ocop-bundle/1", b"ocop-bundle/2")
    with pytest.raises(Unreadable):
        bundle.read(archive.pack({**members, "manifest.json": newer}))


def test_parts_of_two_honest_bundles_do_not_make_a_third(world, data):
    mine, other = archive.unpack(data), archive.unpack(world.file(P2))
    for name in mine.keys() & other.keys():
        if mine[name] != other[name]:
            assert world.verdict(archive.pack({**mine, name: other[name]})).code in (1, 4), name
