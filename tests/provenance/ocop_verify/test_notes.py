"""Signed notes, against the standard's example, Go's own tests and the golden log of tessera."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.provenance.ocop_verify.notes import (
    COSIGNER,
    LATEST,
    LOG,
    BadNote,
    Verifier,
    base64,
    cosign,
    note,
    open_note,
    sign,
    unbase64,
)

# golang.org/x/mod, sumdb/note/note_test.go; the private key is the 32 bytes behind the 01 of its base64.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_KEY = Ed25519PrivateKey.from_private_bytes(unbase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:])
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ="

# c2sp.org/signed-note v1.1.0, example of "Verifier keys".
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

# github.com/transparency-dev/trillian-tessera, testdata/build_log.sh and testdata/log/checkpoint.15 at 842b908e.
TESSERA = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
TESSERA_NOTE = (
    "example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n— example.com/log/testdata "
    "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n"
)

# github.com/transparency-dev/formats, note/note_cosigv1_test.go: a cosigner's key.
COSIGNING = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"

# c2sp.org/tlog-cosignature: the signed message of its example.
BODY = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
MESSAGE = b"cosignature/v1\ntime 1679315147\n" + BODY.encode()

WITNESS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Verifier.of("witness.example/w1", WITNESS_KEY.public_key(), COSIGNER)


def opened(text, *vkeys):
    return open_note(text, [Verifier.parse(vkey) for vkey in vkeys])


@pytest.mark.parametrize("vkey", [PETER, ENOCH, EXAMPLE, TESSERA, COSIGNING])
def test_published_keys_are_read_and_written_the_same(vkey):
    assert Verifier.parse(vkey).vkey == vkey


def test_a_key_says_what_it_is_for():
    assert Verifier.parse(PETER).algorithm == LOG
    assert Verifier.parse(COSIGNING).algorithm == COSIGNER
    assert Verifier.parse(EXAMPLE).key_id.hex() == "530d903a"
    assert Verifier.of("PeterNeumann", PETER_KEY.public_key(), LOG) == Verifier.parse(PETER)


def test_no_part_of_a_key_is_a_key():
    """As TestNewVerifier of golang.org/x/mod."""
    for start in range(len(PETER) + 1):
        for end in range(start + 1, len(PETER) + 1):
            if end - start < len(PETER):
                with pytest.raises(BadNote):
                    Verifier.parse(PETER[start:end])


@pytest.mark.parametrize("at", range(len(PETER)))
def test_no_letter_of_a_key_can_be_another(at):
    with pytest.raises(BadNote):
        Verifier.parse(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])


@pytest.mark.parametrize(
    "vkey",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",  # golang.org/x/mod: wrong length
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # golang.org/x/mod: unknown algorithm
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("PeterNeumann", "Peter Neumann"),
        PETER.replace("PeterNeumann", ""),
        PETER + "\n",
        "",
    ],
)
def test_mangled_keys_are_refused(vkey):
    with pytest.raises(BadNote):
        Verifier.parse(vkey)


def test_gos_note_is_signed_byte_for_byte():
    assert sign(TEXT, "PeterNeumann", PETER_KEY) == PETER_LINE
    assert note(TEXT, [sign(TEXT, "PeterNeumann", PETER_KEY)]) == f"{TEXT}\n{PETER_LINE}\n"


def test_published_notes_open():
    assert opened(f"{TEXT}\n{PETER_LINE}\n", PETER).text == TEXT
    assert opened(EXAMPLE_NOTE, EXAMPLE).text == "This is an example message.\n"
    assert opened(TESSERA_NOTE.encode(), TESSERA).signed_by == {"example.com/log/testdata": None}


def test_all_known_signatures_are_told_and_unknown_ones_passed_over():
    both = f"{TEXT}\n{PETER_LINE}\n{ENOCH_LINE}\n"
    assert opened(both, PETER).signed_by == {"PeterNeumann": None}
    assert opened(both, PETER, ENOCH).signed_by == {"PeterNeumann": None, "EnochRoot": None}
    with pytest.raises(BadNote):
        opened(both)


def test_a_key_of_the_same_name_but_another_id_is_unknown():
    other = Verifier.of("PeterNeumann", WITNESS_KEY.public_key(), LOG)
    assert open_note(f"{TEXT}\n{sign(TEXT, other.name, WITNESS_KEY)}\n{PETER_LINE}\n", [Verifier.parse(PETER)])
    with pytest.raises(BadNote):
        open_note(f"{TEXT}\n{PETER_LINE}\n", [other])


def test_one_wrong_signature_of_a_known_key_rejects_the_whole_note():
    wrong = sign(TEXT.upper(), "PeterNeumann", PETER_KEY)
    with pytest.raises(BadNote):
        opened(f"{TEXT}\n{ENOCH_LINE}\n{wrong}\n", PETER, ENOCH)
    with pytest.raises(BadNote):
        opened(f"{TEXT}\n{PETER_LINE}\n{wrong}\n", PETER, ENOCH)
    assert opened(f"{TEXT}\n{ENOCH_LINE}\n{wrong}\n", ENOCH).signed_by == {"EnochRoot": None}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT + "\n",
        f"{TEXT}\n{PETER_LINE}",
        f"\x01{TEXT}\n{PETER_LINE}\n",
        f"\xff{TEXT}\n{PETER_LINE}\n".encode("latin-1", "replace"),
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Bad Name')}\n",
        f"{TEXT}\n{PETER_LINE}\nUnexpected line.\n",
        f"{TEXT}\n{PETER_LINE}\n\n",
        f"{TEXT}{PETER_LINE}\n",
        f"{TEXT}\n{PETER_LINE} \n",
        f"{TEXT}\n{PETER_LINE}\r\n",
        f"{TEXT}\n {PETER_LINE}\n",
        f"{TEXT}\n{PETER_LINE.replace('—', '-')}\n",
        f"{TEXT}\n{PETER_LINE}\n— a+b AAAAAAAA\n",
        f"{TEXT}\n{PETER_LINE}\n— ab AAAAAA==\n",
        f"{TEXT}\n{PETER_LINE}\n— ab AAAAAAB=\n",
        f"{TEXT}\n{PETER_LINE}\n—  AAAAAAAA\n",
        f"{TEXT}\n" + f"{PETER_LINE}\n" * 101,
        f"{TEXT}\n{PETER_LINE[:60]}ABCD{PETER_LINE[60:]}\n",
        f"{'x' * 1_000_000}\n\n{PETER_LINE}\n",
        f"\ud800\n\n{PETER_LINE}\n",
    ],
)
def test_a_slip_of_form_rejects_the_note(text):
    """Most of these are the bad messages of golang.org/x/mod, TestOpen."""
    with pytest.raises(BadNote):
        opened(text, PETER)


@pytest.mark.parametrize("count", [16, 100])
def test_many_signatures_are_read(count):
    others = [f"— other{n} {base64(bytes(68))}" for n in range(count - 1)]
    assert opened(note(TEXT, [*others, PETER_LINE]), PETER).signed_by == {"PeterNeumann": None}


def test_a_text_may_hold_empty_lines():
    text = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    line = sign(text, "quasimodo.example/salvatore", WITNESS_KEY)
    known = Verifier.of("quasimodo.example/salvatore", WITNESS_KEY.public_key(), LOG)
    assert open_note(note(text, [line]), [known]).text == text


def test_a_cosignature_covers_the_message_the_standard_shows():
    line = cosign(BODY, WITNESS.name, WITNESS_KEY, 1679315147)
    dash, name, encoded = line.split(" ")
    data = unbase64(encoded)
    assert (dash, name, data[:4]) == ("—", "witness.example/w1", WITNESS.key_id)
    assert data[4:12] == (1679315147).to_bytes(8, "big")
    WITNESS_KEY.public_key().verify(data[12:], MESSAGE)


def test_a_cosignature_tells_its_time():
    line = cosign(BODY, WITNESS.name, WITNESS_KEY, 1679315147)
    assert open_note(note(BODY, [line]), [WITNESS]).signed_by == {"witness.example/w1": 1679315147}


def test_the_newest_of_a_witness_s_cosignatures_counts():
    lines = [cosign(BODY, WITNESS.name, WITNESS_KEY, time) for time in (5, 9, 0)]
    assert open_note(note(BODY, lines), [WITNESS]).signed_by == {"witness.example/w1": 9}


def test_a_cosignature_is_no_signature_of_the_log_and_none_of_another_time():
    line = cosign(BODY, WITNESS.name, WITNESS_KEY, 1679315147)
    data = bytearray(unbase64(line.split(" ")[2]))
    with pytest.raises(BadNote):
        open_note(note(BODY, [line]), [Verifier.of(WITNESS.name, WITNESS.public, LOG)])
    data[11] ^= 1
    with pytest.raises(BadNote):
        open_note(note(BODY, [f"— {WITNESS.name} {base64(bytes(data))}"]), [WITNESS])


def test_the_same_key_as_log_and_as_cosigner_has_two_ids():
    assert Verifier.of(WITNESS.name, WITNESS.public, LOG).key_id != WITNESS.key_id


@pytest.mark.parametrize("time", [-1, LATEST + 1])
def test_no_cosignature_is_made_at_an_impossible_time(time):
    with pytest.raises(BadNote):
        cosign(BODY, WITNESS.name, WITNESS_KEY, time)


def test_a_time_past_the_last_second_is_refused():
    time = LATEST + 1
    signature = WITNESS_KEY.sign(f"cosignature/v1\ntime {time}\n{BODY}".encode())
    line = f"— {WITNESS.name} {base64(WITNESS.key_id + time.to_bytes(8, 'big') + signature)}"
    with pytest.raises(BadNote):
        open_note(note(BODY, [line]), [WITNESS])


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 255))
def test_no_byte_of_a_cosigned_note_can_be_flipped(data, mask):
    """Every flip is refused, or turns the signature of a known key into one of an unknown key."""
    log = Verifier.of("log.example/1", PETER_KEY.public_key(), LOG)
    lines = [sign(BODY, log.name, PETER_KEY), cosign(BODY, WITNESS.name, WITNESS_KEY, 1679315147)]
    whole = note(BODY, lines).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :]
    try:
        found = open_note(flipped, [log, WITNESS])
    except BadNote:
        return
    assert found.text == BODY
    assert len(found.signed_by) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("no newline", [PETER_LINE]),
        (TEXT, []),
        (TEXT, [PETER_LINE + "\n"]),
        (TEXT, ["rubbish"]),
        ("\x00\n", [PETER_LINE]),
    ],
)
def test_no_note_is_written_that_no_reader_would_take(text, lines):
    with pytest.raises(BadNote):
        note(text, lines)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u2003b"])
def test_a_name_has_no_spaces_and_no_plus(name):
    with pytest.raises(BadNote):
        sign(TEXT, name, PETER_KEY)


@given(st.binary(max_size=100))
def test_bytes_have_one_base64(data):
    assert base64(data) == b64encode(data).decode()
    assert unbase64(base64(data)) == data


@pytest.mark.parametrize(
    "text", ["AA", "AA=", "AB==", "AAB=", "A A=", "AA==\n", "=AAA", "AAAA=", "-_==", "ệ===", "AA==AA=="]
)
def test_loose_base64_is_refused(text):
    with pytest.raises(BadNote):
        unbase64(text)
