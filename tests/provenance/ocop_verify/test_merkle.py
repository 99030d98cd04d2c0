"""The tree and its proofs, against what Certificate Transparency published."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.provenance.ocop_verify.merkle import (
    EMPTY,
    BadProof,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_of,
    subtree_of,
)

# github.com/transparency-dev/merkle, proof/verify_test.go: 8 leaves, the roots of 1 … 8 of them, and proofs.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    bytes.fromhex(each)
    for each in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
A = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
B = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
AB = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
CD = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
ABCD = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
E = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
EF = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
G = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
GH = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
EFGH = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUDED = {
    (0, 1): [],
    (0, 8): [B, CD, EFGH],
    (5, 8): [E, GH, ABCD],
    (2, 3): [AB],
    (1, 5): [A, CD, E],
}
CONSISTENT = {
    (1, 1): [],
    (1, 8): [B, CD, EFGH],
    (6, 8): [EF, GH, ABCD],
    (2, 5): [CD, E],
    (6, 7): [EF, G, ABCD],
}
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
MANY = [leaf_hash(number.to_bytes(4, "big")) for number in range(300)]
MANY_OF = subtree_of(MANY)
SIZES = st.integers(1, len(MANY))


def unhex(hashes):
    return [bytes.fromhex(each) for each in hashes]


def naive_root(hashes):
    """RFC 6962, 2.1, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(naive_root(hashes[:split]), naive_root(hashes[split:]))


def test_leaves_and_nodes_are_hashed_as_published():
    """transparency-dev/merkle, rfc6962/rfc6962_test.go."""
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_the_published_roots_come_out():
    assert root_of([]) == EMPTY
    assert [root_of(HASHES[:size]) for size in range(1, 9)] == ROOTS
    assert [root(size, subtree_of(HASHES)) for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size"), INCLUDED)
def test_the_published_inclusion_proofs_are_made_and_hold(index, size):
    proof = unhex(INCLUDED[index, size])
    assert inclusion_proof(index, size, subtree_of(HASHES)) == proof
    check_inclusion(index, size, HASHES[index], proof, ROOTS[size - 1])


@pytest.mark.parametrize(("old", "new"), CONSISTENT)
def test_the_published_consistency_proofs_are_made_and_hold(old, new):
    proof = unhex(CONSISTENT[old, new])
    assert consistency_proof(old, new, subtree_of(HASHES)) == proof
    check_consistency(old, new, ROOTS[old - 1], ROOTS[new - 1], proof)


@given(SIZES)
def test_a_root_is_what_the_rfc_says_word_for_word(size):
    assert root(size, MANY_OF) == naive_root(MANY[:size])


@given(SIZES, st.data())
def test_every_leaf_of_every_tree_has_a_proof_that_holds(size, data):
    index = data.draw(st.integers(0, size - 1))
    check_inclusion(index, size, MANY[index], inclusion_proof(index, size, MANY_OF), root(size, MANY_OF))


@settings(max_examples=25, deadline=None)
@given(SIZES, st.integers(1, 255), st.data())
def test_an_inclusion_proof_fails_with_any_byte_flipped(size, mask, data):
    index = data.draw(st.integers(0, size - 1))
    good = [MANY[index], root(size, MANY_OF), *inclusion_proof(index, size, MANY_OF)]
    for leaf, top, *proof in every_flip(good, mask):
        with pytest.raises(BadProof):
            check_inclusion(index, size, leaf, proof, top)


@settings(max_examples=25, deadline=None)
@given(SIZES, st.integers(1, 255), st.data())
def test_a_consistency_proof_fails_with_any_byte_flipped(new, mask, data):
    old = data.draw(st.integers(1, new))
    good = [root(old, MANY_OF), root(new, MANY_OF), *consistency_proof(old, new, MANY_OF)]
    for before, after, *proof in every_flip(good, mask):
        with pytest.raises(BadProof):
            check_consistency(old, new, before, after, proof)


def every_flip(hashes, mask):
    for which, each in enumerate(hashes):
        for at in range(len(each)):
            flipped = each[:at] + bytes([each[at] ^ mask]) + each[at + 1 :]
            yield [*hashes[:which], flipped, *hashes[which + 1 :]]


def test_all_trees_up_to_forty_leaves_are_consistent_and_nothing_else_is():
    roots = [root(size, MANY_OF) for size in range(42)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            proof = consistency_proof(old, new, MANY_OF)
            check_consistency(old, new, roots[old], roots[new], proof)
            for wrong in bad_consistency(old, new, roots[old], roots[new], proof):
                with pytest.raises(BadProof):
                    check_consistency(*wrong)


def bad_consistency(old, new, before, after, proof):
    """As transparency-dev/merkle, corruptConsistencyProof, and trees that are not the old one."""
    yield old, new, MANY[0] if old > 1 else MANY[1], after, proof
    yield old, new, before, EMPTY, proof
    yield old, new, before, after, [*proof, b""]
    yield old, new, before, after, [*proof, after]
    yield old, new, before, after, [before, *proof]
    yield 0, new, EMPTY, after, proof
    yield new + 1, new, before, after, proof
    yield -1, new, before, after, proof
    if proof:
        yield old, new, before, after, proof[:-1]
        yield old, new, before, after, proof[1:]
        yield old, new, before, after, [proof[0], *proof]
        yield old, new, before, after, []
        yield old, new, after, before, proof
        yield old, old, before, after, proof
        yield old, new * 2, before, after, proof


def test_an_inclusion_proof_holds_only_where_it_was_made():
    """As transparency-dev/merkle, corruptInclusionProof."""
    for size in range(1, 41):
        top = root(size, MANY_OF)
        for index in range(size):
            proof = inclusion_proof(index, size, MANY_OF)
            leaf = MANY[index]
            wrong = [
                (index - 1, size, leaf, proof, top),
                (index + 1, size, leaf, proof, top),
                (index ^ 2, size, leaf, proof, top),
                (index, size * 2, leaf, proof, top),
                (index, size // 2, leaf, proof, top),
                (index, 0, leaf, proof, top),
                (index, size, b"WrongLeaf", proof, top),
                (index, size, leaf, proof, EMPTY),
                (index, size, leaf, proof, b""),
                (index, size, leaf, [*proof, b""], top),
                (index, size, leaf, [*proof, top], top),
                (index, size, leaf, [b"", *proof], top),
                (index, size, leaf, [top, *proof], top),
                *([(index, size, leaf, proof[:-1], top)] if proof else []),
            ]
            for each in wrong:
                with pytest.raises(BadProof):
                    check_inclusion(*each)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 8), (5, 4), (-1, 3), (1, 0)])
def test_no_consistency_proof_begins_at_nothing_or_goes_back(old, new):
    with pytest.raises(BadProof):
        consistency_proof(old, new, MANY_OF)
    with pytest.raises(BadProof):
        check_consistency(old, new, EMPTY, EMPTY, [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 4), (4, 4), (9, 4)])
def test_there_is_no_proof_of_a_leaf_outside_the_tree(index, size):
    with pytest.raises(BadProof):
        inclusion_proof(index, size, MANY_OF)


def test_only_complete_subtrees_are_asked_for():
    size = 237

    def watched(level, n):
        assert (n + 1) << level <= size
        return MANY_OF(level, n)

    assert root(size, watched) == root(size, MANY_OF)
    for index in range(size):
        inclusion_proof(index, size, watched)
        consistency_proof(index + 1, size, watched)
