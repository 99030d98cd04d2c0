"""Tiles and entry bundles, against the standard's examples and the golden log of tessera."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.provenance.ocop_verify import merkle
from shop.provenance.ocop_verify.canonical import Malformed
from shop.provenance.ocop_verify.tiles import (
    TileReader,
    entries_of,
    entries_path,
    new_entries,
    new_tiles,
    pack,
    tile_path,
    tiles_of,
    unpack,
)

EDGES = [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 70_000]
HASHES = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]
SUBTREE = merkle.subtree_of(HASHES)

# github.com/transparency-dev/trillian-tessera, testdata/build_log.sh and testdata/log/checkpoint.N.
GOLDEN = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eit",
    "nain",
    "ten",
    "ileven",
    "twelf",
    "threeten",
    "fourten",
    "fivten",
]
GOLDEN_ROOTS = {
    1: "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=",
    7: "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=",
    15: "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=",
}


def written(size, tiles=None):
    """The tile files of a tree of this size: path → bytes."""
    return {
        tile_path(level, n, width): b"".join(SUBTREE(8 * level, i) for i in range(n * 256, n * 256 + width))
        for level, n, width in (tiles_of(size) if tiles is None else tiles)
    }


def test_paths_are_written_as_the_standard_shows():
    """c2sp.org/tlog-tiles: index 1234067 is x001/x234/067."""
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(0, 1234067, 12) == "tile/0/x001/x234/067.p/12"
    assert tile_path(63, 0, 255) == "tile/63/000.p/255"
    assert entries_path(0, 1) == "tile/entries/000.p/1"
    assert [entries_path(n) for n in (5, 999, 1000, 999_999, 1_000_000)] == [
        "tile/entries/005",
        "tile/entries/999",
        "tile/entries/x001/000",
        "tile/entries/x999/999",
        "tile/entries/x001/x000/000",
    ]


@pytest.mark.parametrize(("level", "n", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_there_is_no_path_of_a_tile_that_cannot_be(level, n, width):
    with pytest.raises(ValueError, match="no tile"):
        tile_path(level, n, width)


def test_a_tree_of_70_000_has_the_tiles_the_standard_counts():
    """tlog-tiles: 273 full and one of width 112, one full and one of 17, one of 1."""
    tiles = list(tiles_of(70_000))
    assert tiles == [*((0, n, 256) for n in range(273)), (0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1)]


def test_a_tree_of_256_has_a_full_tile_and_one_hash_above_it():
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(0)) == []


def test_bundles_follow_the_lowest_tiles():
    for size in EDGES:
        assert [(0, n, width) for n, width in entries_of(size)] == [tile for tile in tiles_of(size) if tile[0] == 0]


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_a_growing_tree_writes_exactly_the_tiles_it_lacked(one, other):
    old, new = sorted((one, other))
    lacking = sorted(set(tiles_of(new)) - set(tiles_of(old)))
    assert sorted(new_tiles(old, new)) == lacking
    assert [(0, *bundle) for bundle in new_entries(old, new)] == [tile for tile in lacking if tile[0] == 0]


@given(st.integers(0, 2**40))
def test_no_tile_is_empty_and_all_but_the_last_of_a_level_are_full(size):
    size %= 300_000
    last = {}
    for level, n, width in tiles_of(size):
        assert last.get(level, (-1, 256)) == (n - 1, 256)
        assert 1 <= width <= 256
        last[level] = n, width
    for level, (n, width) in last.items():
        assert n * 256 + width == size >> 8 * level


@pytest.mark.parametrize("size", EDGES)
def test_a_reader_of_tiles_finds_the_root_and_proofs(size):
    reader = TileReader(size, written(size).__getitem__)
    top = merkle.root(size, SUBTREE)
    assert merkle.root(size, reader.subtree) == top
    for index in {0, 1, 254, 255, 256, 257, size // 2, size - 2, size - 1}:
        if 0 <= index < size:
            merkle.check_inclusion(index, size, HASHES[index], merkle.inclusion_proof(index, size, reader.subtree), top)
            proof = merkle.consistency_proof(index + 1, size, reader.subtree)
            merkle.check_consistency(index + 1, size, merkle.root(index + 1, SUBTREE), top, proof)


@given(st.integers(1, 70_000), st.data())
def test_a_reader_answers_as_memory_does(size, data):
    level = data.draw(st.integers(0, size.bit_length() - 1))
    n = data.draw(st.integers(0, (size >> level) - 1))
    tile = level // 8, (n << level % 8) // 256
    width = min(256, (size >> 8 * tile[0]) - 256 * tile[1])
    files = written(size, [(*tile, width)])
    assert TileReader(size, files.__getitem__).subtree(level, n) == SUBTREE(level, n)


def test_a_reader_fetches_each_tile_once_and_only_those_it_needs():
    files, fetched = written(70_000), []

    def read(path):
        fetched.append(path)
        return files[path]

    reader = TileReader(70_000, read)
    merkle.root(70_000, reader.subtree)
    merkle.inclusion_proof(69_999, 70_000, reader.subtree)
    assert sorted(fetched) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]


@pytest.mark.parametrize(("level", "n"), [(0, 300), (0, -1), (8, 1), (9, 0)])
def test_a_reader_knows_no_subtree_beyond_the_tree(level, n):
    with pytest.raises(ValueError, match="no complete subtree"):
        TileReader(300, written(300).__getitem__).subtree(level, n)


@pytest.mark.parametrize("change", [lambda tile: tile[:-1], lambda tile: tile + b"\0", lambda tile: tile + tile[:32]])
def test_a_tile_of_the_wrong_length_is_refused(change):
    files = written(300)
    with pytest.raises(Malformed):
        TileReader(300, lambda path: change(files[path])).subtree(0, 299)


def test_the_golden_log_of_tessera_has_these_roots():
    hashes = [merkle.leaf_hash(word.encode()) for word in GOLDEN]
    for size, expected in GOLDEN_ROOTS.items():
        tile = b"".join(hashes[:size])
        assert merkle.root(size, TileReader(size, {tile_path(0, 0, size): tile}.__getitem__).subtree) == b64decode(
            expected
        )


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_what_was_packed_is_unpacked(leaves):
    assert unpack(pack(leaves)) == leaves


def test_an_entry_is_packed_behind_two_bytes_of_length():
    assert pack([b"one", b""]) == b"\x00\x03one\x00\x00"
    assert unpack(pack([b"x" * 65_535])) == [b"x" * 65_535]
    with pytest.raises(Malformed):
        pack([b"x" * 65_536])


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_within_an_entry_is_refused(leaves, data):
    packed = pack(leaves)
    whole = {len(pack(leaves[:count])) for count in range(len(leaves) + 1)}
    cut = data.draw(st.sampled_from([at for at in range(len(packed)) if at not in whole]))
    with pytest.raises(Malformed):
        unpack(packed[:cut])


@pytest.mark.parametrize("garbage", [b"\0", b"\0\1", b"\xff\xffx"])
def test_garbage_after_the_last_entry_is_refused(garbage):
    with pytest.raises(Malformed):
        unpack(pack([b"one", b"two"]) + garbage)
