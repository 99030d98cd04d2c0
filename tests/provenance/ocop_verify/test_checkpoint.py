"""Checkpoints, against the standard's example and the golden log of tessera."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.provenance.ocop_verify.checkpoint import LARGEST, Checkpoint, decimal
from shop.provenance.ocop_verify.notes import BadNote, unbase64

# c2sp.org/tlog-checkpoint
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
EXAMPLE = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"

# github.com/transparency-dev/trillian-tessera, testdata/log/checkpoint.7
TESSERA = "example.com/log/testdata\n7\nIrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=\n"


@pytest.mark.parametrize("text", [EXAMPLE, TESSERA])
def test_published_checkpoints_are_read_and_written_the_same(text):
    assert Checkpoint.parse(text).text == text


def test_a_checkpoint_names_log_size_and_root():
    assert Checkpoint.parse(EXAMPLE) == Checkpoint("example.com/behind-the-sofa", 20852163, unbase64(ROOT))


def test_lines_after_the_third_are_passed_over():
    assert Checkpoint.parse(EXAMPLE + "anything\nat all\n") == Checkpoint.parse(EXAMPLE)


@given(st.integers(0, LARGEST), st.binary(min_size=32, max_size=32))
def test_what_was_written_is_read(size, root):
    checkpoint = Checkpoint("ocop.example/log/1", size, root)
    assert Checkpoint.parse(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        EXAMPLE[:-1],
        EXAMPLE + "\n",
        "\n" + EXAMPLE,
        EXAMPLE + "x\n\n",
        f"origin\n7\n\n{ROOT}\n",
        f"origin\n\n{ROOT}\n",
        f"origin\n{ROOT}\n",
        f"origin\n007\n{ROOT}\n",
        f"origin\n+7\n{ROOT}\n",
        f"origin\n-7\n{ROOT}\n",
        f"origin\n 7\n{ROOT}\n",
        f"origin\n7 \n{ROOT}\n",
        f"origin\n7.0\n{ROOT}\n",
        f"origin\n0x7\n{ROOT}\n",
        f"origin\n٧\n{ROOT}\n",
        f"origin\n1_0\n{ROOT}\n",
        f"origin\n{LARGEST + 1}\n{ROOT}\n",
        f"origin\n{'9' * 5000}\n{ROOT}\n",
        "origin\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "origin\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "origin\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n",
        f"origin\n7\n {ROOT}\n",
        f"origin\r\n7\r\n{ROOT}\r\n",
    ],
)
def test_a_slip_of_form_is_refused(text):
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    ("origin", "size", "root"), [("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, bytes(31))]
)
def test_what_cannot_be_written_down_is_no_checkpoint(origin, size, root):
    with pytest.raises(BadNote):
        Checkpoint(origin, size, root)


def test_decimals_have_one_form():
    assert [decimal(text) for text in ("0", "7", "10", str(LARGEST))] == [0, 7, 10, LARGEST]
    for text in ("", "00", "01", "7\n", "１"):
        with pytest.raises(BadNote):
            decimal(text)
