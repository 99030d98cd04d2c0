"""Strangers copy the log, compare what they were shown, and derive the stars themselves."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shop.provenance.ocop_verify import auditing, cli, hanoi, logfiles, merkle, mirroring, tiles
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.logfiles import Missing, in_directory, over_network
from tests.provenance.ocop_verify.worlds import P1, P2, START, World, day, honest, put


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *given):
        pass


@pytest.fixture
def served(tmp_path):
    """A directory as a real web server shows it."""
    (tmp_path / "log").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "log"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path / "log", f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def grown(world, count):
    for number in range(count):
        world.register(f"urn:ocop:product:Q{number}-{len(world.leaves)}")
    return world


def test_a_mirror_has_the_same_files_and_goes_on_where_it_stopped(served, tmp_path):
    static, address = served
    world = grown(honest(), 290)
    world.static(static)
    _, new = mirroring.mirror(over_network(address), tmp_path / "mirror", world.policy)
    assert new == len(world.leaves)
    assert files(tmp_path / "mirror") == files(static)
    fetched = []
    grown(world, 300).static(static)
    read = over_network(address)
    _, new = mirroring.mirror(lambda path: fetched.append(path) or read(path), tmp_path / "mirror", world.policy)
    assert new == 300
    assert "tile/entries/000" not in fetched, "what is there and full is not fetched again"
    for file, content in files(static).items():
        assert (tmp_path / "mirror" / file).read_bytes() == content


def files(directory):
    return {str(file.relative_to(directory)): file.read_bytes() for file in directory.rglob("*") if file.is_file()}


def test_a_mirror_refuses_entries_that_are_not_in_the_tree(tmp_path):
    world = honest()
    world.static(tmp_path / "log")
    bundle = tmp_path / "log" / tiles.entries_path(0, len(world.leaves))
    bundle.write_bytes(bundle.read_bytes().replace(b'"stars":4', b'"stars":5'))
    with pytest.raises(mirroring.Forked):
        mirroring.mirror(in_directory(tmp_path / "log"), tmp_path / "mirror", world.policy)
    assert not (tmp_path / "mirror").exists(), "nothing unproven is kept"


def rewritten(world):
    """The operator rewrites a leaf, rebuilds the tree and signs it anew."""
    other = World()
    vars(other).update(vars(world))
    other.leaves = [leaf.replace(b'"stars":4', b'"stars":5') for leaf in world.leaves]
    return other


def test_a_rewritten_log_signed_anew_is_caught_by_whoever_mirrored_before(tmp_path):
    world = honest()
    world.static(tmp_path / "log")
    mirror = tmp_path / "mirror"
    mirroring.mirror(in_directory(tmp_path / "log"), mirror, world.policy)
    before = files(mirror)
    grown(world, 3)
    rewritten(world).static(tmp_path / "log")
    with pytest.raises(mirroring.Forked, match="not those the log signed before"):
        mirroring.mirror(in_directory(tmp_path / "log"), mirror, world.policy)
    kept = files(mirror)
    evidence = kept.pop(f"checkpoint.evidence-{len(world.leaves)}")
    assert kept == before and Checkpoint.parse(world.policy.check(evidence).text).size == len(world.leaves)


def test_a_log_that_shrank_is_caught(tmp_path):
    world = honest()
    world.static(tmp_path / "log")
    mirroring.mirror(in_directory(tmp_path / "log"), tmp_path / "mirror", world.policy)
    world.static(tmp_path / "log", 5)
    with pytest.raises(mirroring.Forked, match="once signed"):
        mirroring.mirror(in_directory(tmp_path / "log"), tmp_path / "mirror", world.policy)


@pytest.mark.parametrize(("old", "new"), [(3, 300), (256, 300), (257, 600), (300, 300), (511, 512)])
def test_two_checkpoints_of_one_log_are_consistent(tmp_path, served, old, new):
    static, address = served
    world = grown(honest(), 620)
    world.static(static)
    older, newer = world.checkpoint(old), world.checkpoint(new)
    mirroring.compare(older, newer, in_directory(static))
    if new % 256 == 0 or new == old:  # a web server has no list of wider files to look through
        mirroring.compare(older, newer, over_network(address))
    with pytest.raises((merkle.BadProof, mirroring.Forked)):
        mirroring.compare(older, rewritten(world).checkpoint(new), in_directory(static))


def test_two_trees_of_one_size_need_no_proof_to_be_a_fork():
    world = honest()
    with pytest.raises(mirroring.Forked, match="two different trees"):
        mirroring.compare(world.checkpoint(5), rewritten(world).checkpoint(5), None)
    with pytest.raises(mirroring.Unproven):
        mirroring.compare(world.checkpoint(4), world.checkpoint(5), None)


def test_an_audit_derives_every_products_stars(tmp_path):
    world = honest()
    world.decide("revoked", P2, "MẪU-2")
    world.snapshot()
    world.static(tmp_path)
    found = auditing.audit(tmp_path, world.policy, day("2026-11-24"))
    assert found.faults == []
    assert {subject: star["stars"] for subject, star in found.stars.items()} == {P1: 4, P2: None}
    assert auditing.audit(tmp_path, world.policy, day("2026-11-23")).stars[P2]["stars"] == 4


def test_an_audit_finds_a_snapshot_that_hides_an_event(tmp_path):
    world = honest()
    world.decide("revoked")
    true = world.seqs[P1]
    world.seqs, told = {**world.seqs, P1: (1, merkle.leaf_hash(world.leaves[4]))}, world.told
    hidden = [each for at, each in enumerate(told) if at != len(told) - 1]
    entries = auditing.heads.tree(
        auditing.heads.newest(zip(hidden, map(merkle.leaf_hash, world.leaves), strict=False)).values()
    )
    world.seqs[P1] = true
    world.tell(auditing.heads.TYPE, auditing.heads.SUBJECT, auditing.heads.body(entries, len(world.leaves)))
    world.static(tmp_path)
    found = auditing.audit(tmp_path, world.policy, day("2026-11-24"))
    assert ["snapshot" in fault for fault in found.faults] == [True]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: world.tell("certificate.corrected", P1, {}, prev="sha256:" + "0" * 64),
        lambda world: world.tell("certificate.corrected", P1, {}, signed_by="status-1"),
        lambda world: world.decide("reinstated", P1),
        lambda world: world.rotate(following="issuer-1", new="issuer-3"),
    ],
)
def test_an_audit_names_what_is_wrong(tmp_path, spoil):
    world = honest()
    spoil(world)
    world.static(tmp_path)
    assert auditing.audit(tmp_path, world.policy, day("2026-11-24")).faults


def test_an_audit_finds_a_replaced_tile(tmp_path):
    world = honest()
    world.static(tmp_path)
    tile = tmp_path / tiles.tile_path(0, 0, len(world.leaves))
    tile.write_bytes(bytes(len(tile.read_bytes())))
    assert auditing.audit(tmp_path, world.policy, day("2026-11-24")).faults


def test_the_commands_say_it_in_exit_codes(tmp_path, served, monkeypatch, capsys):
    monkeypatch.setattr(hanoi, "now", lambda: START)
    static, address = served
    world = honest()
    world.static(static)
    put(tmp_path / "policy.txt", world.policy_text().encode())
    put(tmp_path / "nobody.txt", world.policy_text(quorum="none").encode())
    put(tmp_path / "a.ckpt", world.note(5).encode())
    put(tmp_path / "b.ckpt", world.note().encode())
    put(tmp_path / "c.ckpt", rewritten(world).note().encode())
    trust = ["--policy", str(tmp_path / "policy.txt")]
    a, b, c, mirror = (str(tmp_path / name) for name in ("a.ckpt", "b.ckpt", "c.ckpt", "mirror"))
    assert cli.main(["mirror", address, mirror, *trust]) == 0
    assert cli.main(["mirror", address, mirror, "--policy", str(tmp_path / "nobody.txt")]) == 3
    assert cli.main(["consistency", a, b, *trust]) == 3
    assert cli.main(["consistency", b, a, *trust, "--log", mirror]) == 0
    assert cli.main(["consistency", a, c, *trust, "--log", mirror]) == 1
    assert cli.main(["consistency", b, c, *trust]) == 1
    capsys.readouterr()
    assert cli.main(["audit", mirror, *trust]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["products"][P1]["stars"] == 4 and told["faults"] == []
    assert cli.main(["mirror", "http://127.0.0.1:1", mirror, *trust]) == 4
    assert cli.main(["mirror", "file:///etc", mirror, *trust]) == 4
    assert cli.main(["audit", str(tmp_path / "nowhere"), *trust]) == 4


def test_nothing_is_read_without_end(monkeypatch, served):
    static, address = served
    put(static / "checkpoint", bytes(200))
    monkeypatch.setattr(logfiles, "MOST", 100)
    with pytest.raises(Missing, match="longer"):
        over_network(address)("checkpoint")
