"""A witness answers as the specification numbers it, cosigns one history only, and keeps what speaks against a log."""

import threading

import pytest

from shop.provenance.ocop_verify import merkle, notes
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_witness import memory as remembering
from shop.provenance.ocop_witness.cosigning import Witness
from shop.provenance.ocop_witness.memory import Memory
from tests.provenance.ocop_verify.worlds import honest, key

ORIGIN = "phonghe.example/log/1"


class Log:
    """A log that may sign whatever it likes."""

    def __init__(self, leaves=50, secret=None):
        self.key = secret or key()
        self.leaves = [f"leaf {number}".encode() for number in range(leaves)]

    @property
    def verifier(self):
        return notes.Verifier.of(ORIGIN, self.key.public_key(), notes.LOG)

    @property
    def subtree(self):
        return merkle.subtree_of([merkle.leaf_hash(leaf) for leaf in self.leaves])

    def note(self, size, origin=ORIGIN):
        text = Checkpoint(origin, size, merkle.root(size, self.subtree)).text
        return notes.note(text, [notes.sign(text, origin, self.key)])

    def body(self, old, size, **more):
        proof = merkle.consistency_proof(old, size, self.subtree) if 0 < old <= size else []
        return body(old, more.pop("proof", proof), self.note(size, **more))

    def fork(self, at=0):
        other = Log(len(self.leaves), self.key)
        other.leaves[at] = b"rewritten"
        return other


def body(old, proof, note):
    return f"old {old}\n{''.join(notes.base64(each) + chr(10) for each in proof)}\n{note}".encode()


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def witness(log, tmp_path):
    times = iter(range(1_700_000_000, 1_800_000_000))
    return Witness("uni.example/w1", key(), [log.verifier], Memory(tmp_path / "w.sqlite"), lambda: next(times))


def test_it_cosigns_the_first_checkpoint_and_whatever_continues_it(log, witness):
    for old, size in [(0, 7), (7, 7), (7, 20), (20, 50)]:
        answer = witness.add_checkpoint(log.body(old, size))
        assert answer.status == 200
        opened = notes.open_note(log.note(size) + answer.body, [log.verifier, witness.verifier])
        assert opened.signed_by["uni.example/w1"] >= 1_700_000_000
    assert witness.memory.logs() == [(ORIGIN, 50)]
    assert witness.memory.evidence() == []


def test_an_empty_tree_is_a_beginning_too(log, witness):
    assert witness.add_checkpoint(log.body(0, 0)).status == 200
    assert witness.add_checkpoint(log.body(0, 5)).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"old 0\n",
        b"old 01\n\n",
        b"old -1\n\nx",
        b"new 0\n\nx",
        b"old 0\nnot base64\n\nx",
        b"old 0\n\nno checkpoint\n",
        b"\xff\xfe",
        b"old 0\n" + b"AAAA\n" * 64 + b"\nx",
        b"x" * 70_000,
    ],
)
def test_400_for_what_is_not_well_formed(witness, sent):
    assert witness.add_checkpoint(sent).status == 400


def test_400_where_the_old_size_is_beyond_the_new_one(log, witness):
    assert witness.add_checkpoint(log.body(8, 7)).status == 400


def test_404_for_a_log_it_does_not_know(log, witness):
    assert witness.add_checkpoint(log.body(0, 7, origin="other.example/log/1")).status == 404


def test_403_for_a_signature_of_nobody_it_knows_and_for_a_wrong_one(log, witness):
    assert witness.add_checkpoint(Log().body(0, 7)).status == 403
    spoiled = log.note(7).replace("\n7\n", "\n8\n")
    assert witness.add_checkpoint(body(0, [], spoiled)).status == 403


def test_409_with_the_size_it_knows_where_the_sender_knows_another(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    for old, size in [(0, 7), (0, 20), (5, 20), (8, 20)]:
        answer = witness.add_checkpoint(log.body(old, size))
        assert (answer.status, answer.body, answer.kind) == (409, "7\n", "text/x.tlog.size")
    assert witness.memory.evidence() == []


def test_422_where_the_proof_does_not_hold(log, witness):
    assert witness.add_checkpoint(log.body(0, 7, proof=[bytes(32)])).status == 422
    witness.add_checkpoint(log.body(0, 7))
    assert witness.add_checkpoint(log.body(7, 20, proof=[])).status == 422
    assert witness.add_checkpoint(log.body(7, 20, proof=[bytes(32)] * 3)).status == 422
    assert witness.add_checkpoint(log.body(7, 7, proof=[bytes(32)])).status == 422
    assert [found.is_certain for found in witness.memory.evidence()] == [False]


def test_a_doubt_is_gone_once_the_proof_is_there(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    witness.add_checkpoint(log.body(7, 20, proof=[]))
    assert len(witness.memory.evidence()) == 1
    assert witness.add_checkpoint(log.body(7, 20)).status == 200
    assert witness.memory.evidence() == []


def test_two_trees_of_one_size_are_409_and_the_evidence_is_kept(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    fork = log.fork()
    assert witness.add_checkpoint(fork.body(7, 7)).status == 409
    (found,) = witness.memory.evidence()
    assert found.is_certain and {found.note, found.against} == {fork.note(7), log.note(7)}
    both = [Checkpoint.parse(notes.open_note(note, [log.verifier]).text) for note in (found.note, found.against)]
    assert both[0].size == both[1].size and both[0].root != both[1].root, "the log's own signatures convict it"


def test_a_longer_fork_is_422_and_the_evidence_is_kept(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    assert witness.add_checkpoint(log.fork().body(7, 20)).status == 422
    (found,) = witness.memory.evidence()
    assert found.note == log.fork().note(20) and found.against == log.note(7)


def test_a_fork_of_an_older_size_convicts_whatever_old_size_is_claimed(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    witness.add_checkpoint(log.body(7, 20))
    assert witness.add_checkpoint(log.fork().body(0, 7)).status == 409
    assert [found.is_certain for found in witness.memory.evidence()] == [True]


def test_each_of_two_witnesses_cosigns_one_history_only(log, tmp_path):
    fork = log.fork()
    first, second = (
        Witness(f"w{number}.example/w", key(), [log.verifier], Memory(tmp_path / f"{number}.sqlite"), lambda: 5)
        for number in (1, 2)
    )
    assert first.add_checkpoint(log.body(0, 7)).status == second.add_checkpoint(fork.body(0, 7)).status == 200
    assert first.add_checkpoint(fork.body(7, 9)).status == second.add_checkpoint(log.body(7, 9)).status == 422
    assert first.memory.evidence() and second.memory.evidence()


def test_nobody_fills_the_disk_and_certain_evidence_is_always_kept(log, witness, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_DOUBTS", 3)
    witness.add_checkpoint(log.body(0, 7))
    for size in range(8, 20):
        witness.add_checkpoint(log.body(7, size, proof=[]))
    assert len(witness.memory.evidence()) == 3
    witness.add_checkpoint(log.fork().body(7, 7))
    assert [found.is_certain for found in witness.memory.evidence()] == [True, False, False, False]


def test_of_many_who_submit_at_once_none_rolls_another_back(log, witness):
    witness.add_checkpoint(log.body(0, 7))
    forks = [log.fork(at) for at in range(7, 17)]
    bodies = [each.body(7, size) for each in (log, *forks) for size in (18, 19, 20)]
    answers = []
    threads = [
        threading.Thread(target=lambda sent=sent: answers.append(witness.add_checkpoint(sent).status))
        for sent in bodies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(answers)) == [200, 409] and answers.count(200) == 1


def test_what_it_cosigned_outlives_it(log, witness, tmp_path):
    witness.add_checkpoint(log.body(0, 7))
    again = Witness("uni.example/w1", key(), [log.verifier], Memory(tmp_path / "w.sqlite"), lambda: 5)
    assert again.add_checkpoint(log.fork().body(0, 7)).body == "7\n"
    assert again.add_checkpoint(log.body(7, 20)).status == 200


def test_a_log_rewritten_and_signed_anew_gets_no_cosignature(tmp_path):
    world = honest()
    verifier = notes.Verifier.of(world.origin, world.log_key.public_key(), notes.LOG)
    witness = Witness("w.example/1", key(), [verifier], Memory(tmp_path / "w.sqlite"), lambda: 5)
    size = len(world.leaves)
    assert witness.add_checkpoint(body(0, [], world.note(cosigned=False))).status == 200
    world.leaves[4] = world.leaves[4].replace(b'"stars":4', b'"stars":5')
    assert witness.add_checkpoint(body(size, [], world.note(cosigned=False))).status == 409
    world.register("urn:ocop:product:P3")
    proof = merkle.consistency_proof(size, size + 1, world.subtree)
    assert witness.add_checkpoint(body(size, proof, world.note(cosigned=False))).status == 422
    assert [found.is_certain for found in witness.memory.evidence()] == [True, False]
