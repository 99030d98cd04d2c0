"""The trust policy: what it may say, and whose signatures satisfy it."""

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.notes import COSIGNER, LOG, BadNote, Opened, Verifier, cosign, note, sign
from shop.provenance.ocop_verify.policy import BadPolicy, Policy

ORIGIN = "ocop.example/log/1"
WITNESSES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]


def a_key(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))


def a_vkey(name, number, algorithm):
    return Verifier.of(name, a_key(number).public_key(), algorithm).vkey


LOG_LINE = f"log {a_vkey(ORIGIN, 1, LOG)}\n"
WITNESS_LINES = {
    name: f"witness {name} {a_vkey(f'{name.lower()}.example', number, COSIGNER)}\n"
    for number, name in enumerate(WITNESSES, 10)
}

# The example of c2sp.org/tlog-policy, with keys.
EXAMPLE = f"""{LOG_LINE}
{"".join(WITNESS_LINES[name] for name in WITNESSES[:3])}group X-witnesses 2 X1 X2 X3

{"".join(WITNESS_LINES[name] for name in WITNESSES[3:])}group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""
POLICY = Policy.parse(EXAMPLE)
TEXT = Checkpoint(ORIGIN, 7, bytes(32)).text


def a_note(*witnesses, text=TEXT, log=1, times=(1_700_000_000,) * 6):
    lines = [sign(text, ORIGIN, a_key(log))]
    for name, time in zip(witnesses, times, strict=False):
        lines.append(cosign(text, f"{name.lower()}.example", a_key(10 + WITNESSES.index(name)), time))
    return note(text, lines)


def test_the_standard_s_example_is_read():
    assert [log.name for log in POLICY.logs] == [ORIGIN]
    assert list(POLICY.witnesses) == WITNESSES
    assert POLICY.groups["X-witnesses"].least == 2
    assert POLICY.groups["Y-witnesses"].least == 1
    assert POLICY.groups["X-and-Y"].least == 2
    assert len(POLICY.verifiers) == 7
    assert POLICY.has_quorum


@pytest.mark.parametrize("cosigners", [c for count in range(7) for c in itertools.combinations(WITNESSES, count)])
def test_two_of_x_and_one_of_y_make_the_quorum(cosigners):
    enough = sum(name[0] == "X" for name in cosigners) >= 2 and any(name[0] == "Y" for name in cosigners)
    assert POLICY.quorum_met(POLICY.check(a_note(*cosigners))) is enough


def test_a_single_witness_can_be_the_quorum():
    policy = Policy.parse(LOG_LINE + WITNESS_LINES["X1"] + WITNESS_LINES["X2"] + "quorum X1\n")
    assert policy.quorum_met(policy.check(a_note("X1")))
    assert not policy.quorum_met(policy.check(a_note("X2")))


def test_no_quorum_is_met_by_anybody_and_says_that_it_is_none():
    policy = Policy.parse(LOG_LINE + "quorum none\n")
    assert not policy.has_quorum
    opened = policy.check(a_note("X1"))
    assert policy.quorum_met(opened)
    assert policy.newest_witness_time(opened) is None
    assert opened.signed_by == {ORIGIN: None}


def test_the_log_itself_must_have_signed():
    unsigned = note(TEXT, [cosign(TEXT, "x1.example", a_key(10), 1)])
    with pytest.raises(BadNote):
        POLICY.check(unsigned)
    with pytest.raises(BadNote):
        POLICY.check(a_note("X1", "X2", "Y1", log=2))


def test_a_log_signs_only_for_its_own_origin():
    other = Checkpoint("elsewhere.example/log", 7, bytes(32)).text
    with pytest.raises(BadNote):
        POLICY.check(a_note("X1", text=other))
    with pytest.raises(BadNote):
        POLICY.check(note("x1.example\n7\n" + TEXT.split("\n")[2] + "\n", [sign(TEXT, ORIGIN, a_key(1))]))


def test_a_witness_cannot_stand_for_the_log_of_its_name():
    text = Checkpoint("x1.example", 7, bytes(32)).text
    with pytest.raises(BadNote):
        POLICY.check(note(text, [sign(text, ORIGIN, a_key(1)), cosign(text, "x1.example", a_key(10), 1)]))


def test_what_the_log_signed_must_be_a_checkpoint():
    with pytest.raises(BadNote):
        POLICY.check(a_note(text="Xin chào\n"))


def test_a_wrong_cosignature_of_a_known_witness_rejects_the_note():
    wrong = cosign(TEXT.replace("7", "8"), "x1.example", a_key(10), 1)
    with pytest.raises(BadNote):
        POLICY.check(note(TEXT, [sign(TEXT, ORIGIN, a_key(1)), wrong]))


def test_a_log_may_have_several_keys_while_it_changes_them():
    policy = Policy.parse(f"{LOG_LINE}log {a_vkey(ORIGIN, 2, LOG)}\nquorum none\n")
    assert policy.check(a_note(log=1)).signed_by == policy.check(a_note(log=2)).signed_by == {ORIGIN: None}


def test_the_newest_cosignature_tells_how_fresh_a_checkpoint_is():
    opened = POLICY.check(a_note("X1", "X2", "Y1", times=[5, 1_700_000_000, 9]))
    assert POLICY.newest_witness_time(opened) == 1_700_000_000
    assert POLICY.newest_witness_time(Opened(TEXT, {"stranger.example": 9, ORIGIN: None})) is None


def test_the_fingerprint_is_of_what_the_policy_means():
    loose = EXAMPLE.replace("\n", "\n\n# a remark\n").replace(" ", " \t ").replace("any", "1").replace("all", "2")
    addressed = EXAMPLE.replace(LOG_LINE, LOG_LINE.strip() + " https://ocop.example/log/\n")
    for text in (loose, addressed, POLICY.text):
        assert Policy.parse(text) == POLICY
        assert Policy.parse(text).fingerprint == POLICY.fingerprint
    assert Policy.parse(EXAMPLE.replace(" 2 X1", " 1 X1")).fingerprint != POLICY.fingerprint


def test_the_fingerprint_is_sixteen_hex_digits_in_fours():
    groups = POLICY.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set("0123456789abcdef")


def test_thirty_two_of_everything_are_read():
    """As tlog-policy recommends at the least."""
    lines = [f"log {a_vkey(f'log{n}.example', n, LOG)}" for n in range(32)]
    lines += [f"witness W{n} {a_vkey(f'w{n}.example', 100 + n, COSIGNER)}" for n in range(32)]
    lines += [f"group G{n} any W{n}" for n in range(32)]
    policy = Policy.parse("\n".join([*lines, "quorum G31"]))
    assert (len(policy.logs), len(policy.witnesses), len(policy.groups)) == (32, 32, 32)


X1, X2 = WITNESS_LINES["X1"], WITNESS_LINES["X2"]
END = "quorum none\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        LOG_LINE,
        END + END,
        "quorum\n",
        "quorum X1\n" + X1,
        "quorum nobody\n",
        "quorum none none\n",
        "Quorum none\n",
        "log\n" + END,
        "log rubbish\n" + END,
        LOG_LINE + LOG_LINE + END,
        LOG_LINE.strip() + " https://a https://b\n" + END,
        f"log {a_vkey('other.example', 1, LOG)}\n" + LOG_LINE + END,
        f"log {a_vkey(ORIGIN, 1, COSIGNER)}\n" + END,
        f"witness X1 {a_vkey('x1.example', 10, LOG)}\n" + END,
        "witness X1\n" + END,
        X1 + X1 + END,
        X1 + X1.replace("X1", "Z1") + END,
        X1 + f"witness Z1 {a_vkey('other.example', 10, COSIGNER)}\n" + END,
        X1 + f"witness Z1 {a_vkey('x1.example', 99, COSIGNER)}\n" + END,
        LOG_LINE + f"witness X1 {a_vkey('x1.example', 1, COSIGNER)}\n" + END,
        LOG_LINE + f"witness X1 {a_vkey(ORIGIN, 10, COSIGNER)}\n" + END,
        f"witness X1 {a_vkey(ORIGIN, 10, COSIGNER)}\n" + LOG_LINE + END,
        X1.replace("X1", "none") + END,
        X1 + X2 + "group X1 any X2\n" + END,
        X1 + "group none any X1\n" + END,
        X1 + "group G any\n" + END,
        X1 + "group G any none\n" + END,
        X1 + "group G any X1 X1\n" + END,
        X1 + "group G any X1\ngroup H any X1\n" + END,
        X1 + "group G any G\n" + END,
        "group G any X1\n" + X1 + END,
        *(
            X1 + X2 + f"group G {least} X1 X2\n" + END
            for least in ("0", "3", "01", "+1", "-1", "some", "１", "9" * 5000)
        ),
        "rubbish\n" + END,
        END.replace("\n", "\r\n"),
        "# \x00\n" + END,
        "quorum\u00a0none\n",
    ],
)
def test_what_a_policy_cannot_mean_is_refused(text):
    with pytest.raises(BadPolicy):
        Policy.parse(text)


def test_a_refusal_names_the_line():
    with pytest.raises(BadPolicy, match="line 3"):
        Policy.parse(f"{LOG_LINE}\nrubbish\n{END}")


def test_names_and_remarks_may_be_vietnamese():
    policy = Policy.parse(f"# nhân chứng độc lập\n{X1.replace('X1', 'Đại-học-Cần-Thơ')}quorum Đại-học-Cần-Thơ")
    assert policy.quorum == "Đại-học-Cần-Thơ"
