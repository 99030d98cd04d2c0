"""The tlog-proof: what a buyer keeps of one entry."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.provenance.ocop_verify import merkle
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.merkle import BadProof
from shop.provenance.ocop_verify.notes import base64, unbase64
from shop.provenance.ocop_verify.proofs import parse_proof, proof_text

# c2sp.org/tlog-proof, its example; the standard itself elides the signatures.
EXAMPLE_HASHES = [
    "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=",
    "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=",
    "EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=",
    "RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=",
    "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=",
]
EXAMPLE_NOTE = (
    "example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n"
    "— example.com/fancylog hI2DJw[...]1roloI=\n— witness1.example mJirIklj[...]qY9v2B/5bg==\n"
)
EXAMPLE = "\n".join(["c2sp.org/tlog-proof@v1", "index 73894", *EXAMPLE_HASHES, "", EXAMPLE_NOTE])
FIRST, REST = "c2sp.org/tlog-proof@v1\n", "\n\norigin\n1\n"


def test_the_standard_s_example_is_written_byte_for_byte():
    assert proof_text(73894, [unbase64(each) for each in EXAMPLE_HASHES], EXAMPLE_NOTE) == EXAMPLE


def test_the_standard_s_example_is_read():
    proof = parse_proof(EXAMPLE)
    assert proof.index == 73894
    assert [base64(each) for each in proof.hashes] == EXAMPLE_HASHES
    assert proof.note == EXAMPLE_NOTE


def test_extra_data_are_passed_over():
    assert parse_proof(EXAMPLE.replace("index", "extra YQ==\nindex", 1)) == parse_proof(EXAMPLE)


@given(st.integers(1, 200), st.data())
def test_what_was_written_is_read_and_proves(size, data):
    hashes = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    subtree = merkle.subtree_of(hashes)
    checkpoint = Checkpoint("ocop.example/log/1", size, merkle.root_of(hashes))
    path = merkle.inclusion_proof(index, size, subtree)
    proof = parse_proof(proof_text(index, path, checkpoint.text + "\n— signed later\n"))
    assert (proof.index, proof.hashes) == (index, path)
    merkle.check_inclusion(proof.index, size, hashes[index], proof.hashes, checkpoint.root)


def test_the_only_entry_of_a_log_needs_no_hashes():
    assert parse_proof(proof_text(0, [], "note\n")).hashes == []
    assert proof_text(0, [], "note\n") == "c2sp.org/tlog-proof@v1\nindex 0\n\nnote\n"


@pytest.mark.parametrize(
    "text",
    [
        # github.com/transparency-dev/merkle, proof/tlog_proof_test.go, TestVerifyTLogProofErrors
        "wrong-header\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{base64(bytes(64))}\n\ncheckpoint\n",
        # and ours
        "",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        f"c2sp.org/tlog-proof@v2\nindex 0{REST}",
        f"{FIRST}index 00{REST}",
        f"{FIRST}index 9223372036854775808{REST}",
        f"{FIRST}index\t0{REST}",
        f"{FIRST} index 0{REST}",
        f"{FIRST}index 0 {REST}",
        f"{FIRST}extra YQ=={REST}",
        f"{FIRST}index 0\nextra YQ=={REST}",
        f"{FIRST}index 0\n{base64(bytes(31))}{REST}",
        f"{FIRST}index 0\n" + f"{base64(bytes(32))}\n" * 64 + "\nnote\n",
        f"{FIRST}index 0\r\n{REST}",
    ],
)
def test_a_slip_of_form_is_refused(text):
    with pytest.raises(BadProof):
        parse_proof(text)


def test_a_tree_of_the_greatest_height_has_a_proof():
    hashes = [sha256(bytes([level])).digest() for level in range(63)]
    assert parse_proof(proof_text(2**63 - 1, hashes, "note\n")).hashes == hashes
