"""The log as strangers read it: files by name only, raw leaves, proofs that hold, keys and policy."""

from __future__ import annotations

import base64
import hashlib

import pytest
from sqlalchemy import select

from shop.core.db import db, transaction
from shop.provenance.entering import enter
from shop.provenance.log import keys
from shop.provenance.log.models import Event
from shop.provenance.log.publishing import size_now
from shop.provenance.ocop_verify import integrity, merkle, tiles
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.policy import Policy
from shop.provenance.ocop_verify.proofs import parse_proof
from tests.browser import Browser
from tests.web.proof.conftest import TODAY, Register


@pytest.fixture
def tree(register: Register, client: Browser) -> Checkpoint:
    """What a stranger holds: the checkpoint, opened with the published policy."""
    policy = Policy.parse(text(client, "/policy.txt"))
    policy.check(text(client, "/log/checkpoint"))
    return Checkpoint.parse(text(client, "/log/checkpoint").partition("\n\n")[0] + "\n")


def text(client: Browser, path: str) -> str:
    answer = client.send("GET", path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.get_data(as_text=True)


def test_the_tiles_rebuild_the_signed_root(client: Browser, tree: Checkpoint) -> None:
    reader = tiles.TileReader(tree.size, lambda path: client.send("GET", f"/log/{path}").get_data())
    assert tree.size == size_now() and merkle.root(tree.size, reader.subtree) == tree.root
    leaves = []
    for n, width in tiles.entries_of(tree.size):
        leaves += tiles.unpack(client.send("GET", f"/log/{tiles.entries_path(n, width)}").get_data())
    assert merkle.root_of([merkle.leaf_hash(leaf) for leaf in leaves]) == tree.root


def test_only_full_tiles_are_kept_for_ever(client: Browser, tree: Checkpoint) -> None:
    (width,) = [width for _, _, width in tiles.tiles_of(tree.size)]
    answer = client.send("GET", f"/log/{tiles.tile_path(0, 0, width)}")
    assert "immutable" not in answer.headers["Cache-Control"]
    assert client.send("GET", "/log/checkpoint").headers["Cache-Control"] == "no-cache"
    full = client.app.config["SHOP"].log / "tile/0/000"
    full.write_bytes(bytes(8_192))
    assert "immutable" in client.send("GET", "/log/tile/0/000").headers["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        *("../checkpoint", "%2e%2e/%2e%2e/shop.db", "0/../../publishing.lock", "/etc/passwd", "0/000.p/256.new"),
        *("64/000", "0/0000", "0/x1/000", "0/000.p/0", "entries/999", "0/000.new", "..%5c..%5cshop.db", "0//000"),
    ],
)
def test_no_address_leaves_the_tiles(client: Browser, tree: Checkpoint, name: str) -> None:
    answer = client.send("GET", f"/log/tile/{name}")
    assert answer.status_code in (404, 308), name
    assert answer.status_code == 308 or answer.mimetype in ("text/plain", "text/html")


def test_every_event_is_proved_by_id_and_by_place(client: Browser, tree: Checkpoint) -> None:
    for event in db.session.scalars(select(Event)):
        for key in (str(event.index), event.id, event.id.rpartition(":")[2]):
            leaf = client.send("GET", f"/log/leaf/{key}")
            assert leaf.get_data() == event.leaf and "immutable" in leaf.headers["Cache-Control"]
        proof = parse_proof(text(client, f"/log/proof/{event.id}.tlog-proof"))
        merkle.check_inclusion(proof.index, tree.size, merkle.leaf_hash(event.leaf), proof.hashes, tree.root)


def test_what_is_newer_than_the_checkpoint_waits(register: Register, client: Browser, tree: Checkpoint) -> None:
    with transaction():
        body = {"complaint": "PA-1", "kind": "other"}
        new = enter(register.held["valid"][0].id, "complaint.received", body, day=TODAY, by="visitor")
    answer = client.send("GET", f"/log/proof/{new.id}.tlog-proof")
    assert answer.status_code == 404 and "in a few seconds" in answer.get_data(as_text=True)
    assert "waits for the next checkpoint" in client.open(f"/en/proof/{register.slug('valid')}").text
    register.publish()
    assert client.send("GET", f"/log/proof/{new.id}.tlog-proof").status_code == 200


@pytest.mark.parametrize("path", ["/log/leaf/999999", "/log/leaf/x", "/log/proof/x.tlog-proof", "/log/leaf/-1"])
def test_what_is_not_there_is_said_plainly(client: Browser, tree: Checkpoint, path: str) -> None:
    answer = client.send("GET", path)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_an_older_tree_is_shown_to_be_the_beginning(client: Browser, tree: Checkpoint) -> None:
    leaves = [merkle.leaf_hash(leaf) for leaf in db.session.scalars(select(Event.leaf).order_by(Event.index))]
    for old in (1, 2, 7, tree.size - 1, tree.size):
        told = client.open(f"/log/consistency?from={old}&to={tree.size}").json
        hashes = [base64.b64decode(each) for each in told["hashes"]]
        merkle.check_consistency(old, tree.size, merkle.root_of(leaves[:old]), tree.root, hashes)


@pytest.mark.parametrize("asked", ["", "?from=0", "?from=5&to=3", "?from=1&to=99999", "?from=x", "?from=-1&to=2"])
def test_a_wrong_question_about_consistency_is_told_the_sizes(client: Browser, tree: Checkpoint, asked: str) -> None:
    assert client.send("GET", f"/log/consistency{asked}").status_code == 400


def test_every_key_that_ever_signed_is_published(client: Browser, tree: Checkpoint) -> None:
    document = client.open("/.well-known/did.json").json
    methods = {one["id"]: one for one in document["verificationMethod"]}
    for leaf in db.session.scalars(select(Event.leaf)):
        event = parse(leaf)
        integrity.check(event, integrity.public_of(methods[event["proof"]["verificationMethod"]]["publicKeyMultibase"]))
    assert document["id"] == f"did:web:{keys.ring().domain}"
    assert not [one for one in document["assertionMethod"] if "#log-" in one]


def test_the_policy_trusts_nobody_but_the_log_until_there_are_witnesses(client: Browser, tree: Checkpoint) -> None:
    policy = text(client, "/policy.txt")
    assert policy.endswith("quorum none\n")
    assert hashlib.sha256(policy.encode()).hexdigest()[:4] == Policy.parse(policy).fingerprint[:4]


def test_an_unpublished_log_says_so(app: object, client: Browser) -> None:
    assert client.send("GET", "/log/checkpoint").status_code == 404
    assert client.send("GET", "/log/consistency?from=1&to=1").status_code == 400
