"""The shop asks real witnesses over real HTTP, shows what they signed, and hears it when it would be caught."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from shop.core.db import db, transaction
from shop.provenance.log import bundling, fsck, heads, keys, publishing, trusting, witnessing
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.ocop_verify import merkle, notes
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.verdict import verdict_of
from tests.factories import a_product
from tests.provenance.log.test_publishing import DAY, grow
from tests.provenance.ocop_witness.test_serving import ask, running_for

pytestmark = pytest.mark.usefixtures("app")


def verifier() -> notes.Verifier:
    return notes.Verifier.of(keys.ring().origin, keys.ring().current("log").private.public_key(), notes.LOG)


@pytest.fixture
def witnesses(tmp_path: Path) -> Iterator[list[tuple[str, str]]]:
    """Three processes, (address, vkey) each, and a policy that asks for two of them."""
    with ExitStack() as stack:
        held = []
        for number in (1, 2, 3):
            home = tmp_path / f"w{number}"
            home.mkdir()
            held.append(stack.enter_context(running_for(home, f"w{number}.example/w", verifier().vkey)))
        trust(held)
        yield held


def trust(held: list[tuple[str, str]], quorum: str = "group G 2 W1 W2 W3\nquorum G") -> None:
    lines = [f"witness W{number} {vkey} http://{address}/" for number, (address, vkey) in enumerate(held, 1)]
    text = "\n".join([f"log {verifier().vkey}", *lines, quorum, ""])
    (keys.ring().directory / "policy.txt").write_text(text)


def asked(directory: Path, **more: Any) -> list[witnessing.Heard]:
    return witnessing.ask_witnesses(directory, trusting.policy(), **more)


def signed_by(directory: Path, name: str = publishing.CHECKPOINT) -> set[str]:
    opened = trusting.policy().check((directory / name).read_bytes())
    return {who for who in opened.signed_by if who.startswith("w")}


def test_witnesses_cosign_and_the_published_file_shows_it(witnesses: list[Any], directory: Path) -> None:
    grow(3)
    publishing.publish(directory)
    assert [heard.trouble for heard in asked(directory)] == ["", "", ""]
    assert len(signed_by(directory)) == 3
    grow(300)
    publishing.publish(directory)
    assert signed_by(directory) == set() and len(signed_by(directory, witnessing.WITNESSED)) == 3
    assert [heard.trouble for heard in witnessing.keep_witnessed(directory, trusting.policy())] == ["", "", ""]
    assert len(signed_by(directory)) == 3
    assert witnessing.keep_witnessed(directory, trusting.policy()) == [], "nobody is asked twice"
    assert list(fsck.check_log(directory)) == []
    kept = [json.loads(line) for line in (keys.ring().directory / "cosignatures.log").read_text().split("\n") if line]
    assert len(kept) == 6


def test_one_witness_down_does_not_stop_the_others(witnesses: list[Any], directory: Path) -> None:
    trust([("127.0.0.1:1", witnesses[0][1]), *witnesses[1:]])
    grow(3)
    publishing.publish(directory)
    assert ["cannot be reached" in heard.trouble for heard in asked(directory)] == [True, False, False]
    assert witnessing.witnessed_note(directory, trusting.policy()) is not None


def test_too_few_cosignatures_are_no_quorum(witnesses: list[Any], directory: Path) -> None:
    down = "127.0.0.1:1"
    trust([(down, witnesses[0][1]), (down, witnesses[1][1]), witnesses[2]])
    grow(3)
    publishing.publish(directory)
    asked(directory)
    assert signed_by(directory) == {"w3.example/w"}
    assert witnessing.witnessed_note(directory, trusting.policy()) is None


def test_a_bundle_stands_on_the_newest_witnessed_checkpoint(witnesses: list[Any], directory: Path) -> None:
    product = a_product(stars=4)
    heads.publish_heads(directory)
    publishing.publish(directory)
    assert verdict_of(bundling.bundle_of(product.id, directory), trusting.policy()).code == 3
    asked(directory)
    assert verdict_of(bundling.bundle_of(product.id, directory), trusting.policy()).code == 0
    grow(5)
    publishing.publish(directory)
    assert verdict_of(bundling.bundle_of(product.id, directory), trusting.policy()).code == 0


def test_a_witness_that_forgot_us_or_knows_more_is_asked_again_with_its_own_size(
    witnesses: list[Any], directory: Path
) -> None:
    grow(3)
    publishing.publish(directory)
    asked(directory)
    (keys.ring().directory / "cosignatures.log").unlink()
    grow(3)
    publishing.publish(directory)
    assert [heard.trouble for heard in asked(directory)] == ["", "", ""]


def test_a_log_that_grows_meanwhile_keeps_what_was_signed(witnesses: list[Any], directory: Path) -> None:
    grow(3)
    first = publishing.publish(directory)

    def slow(address: str, body: bytes) -> tuple[int, str]:
        if publishing.size_now() == 6:
            grow(2)
            publishing.publish(directory)
        return witnessing._post(address, body)

    assert publishing.size_now() == 6, "three keys and three events"
    asked(directory, post=slow)
    assert signed_by(directory) == set()
    note = witnessing.witnessed_note(directory, trusting.policy())
    assert note and Checkpoint.parse(note.partition("\n\n")[0] + "\n") == first


def test_an_older_copy_of_the_database_is_caught_by_us_and_by_the_witnesses(
    witnesses: list[Any], directory: Path, app: Any
) -> None:
    grow(3)
    publishing.publish(directory)
    copy = older_copy(app)
    grow(5)
    publishing.publish(directory)
    asked(directory)
    restore(app, copy)
    with pytest.raises(publishing.Forked, match="were signed"):
        publishing.publish(directory)
    grow(6)
    with pytest.raises(publishing.Forked, match="not those that were signed"):
        publishing.publish(directory)
    keys.ring().signed_log.unlink()
    elsewhere = directory.with_name("elsewhere")
    publishing.publish(elsewhere)
    assert all("422" in heard.trouble for heard in asked(elsewhere)), "signed anew, it finds no witness"
    assert all("no proof" in ask(address, path="/evidence", method="GET")[1] for address, _ in witnesses)


def test_a_restored_copy_that_is_shorter_is_named(witnesses: list[Any], directory: Path, app: Any) -> None:
    grow(3)
    copy = older_copy(app)
    grow(5)
    publishing.publish(directory)
    asked(directory)
    restore(app, copy)
    keys.ring().signed_log.unlink()
    (keys.ring().directory / "cosignatures.log").unlink()
    elsewhere = directory.with_name("elsewhere")
    publishing.publish(elsewhere)
    assert all("was a copy restored?" in heard.trouble for heard in asked(elsewhere))


def older_copy(app: Any) -> bytes:
    file = Path(app.config["SHOP"].database_url.removeprefix("sqlite:///"))
    db.session.remove()
    db.engine.dispose()
    return file.read_bytes()


def restore(app: Any, copy: bytes) -> None:
    file = Path(app.config["SHOP"].database_url.removeprefix("sqlite:///"))
    db.session.remove()
    db.engine.dispose()
    for part in (Path(f"{file}-wal"), Path(f"{file}-shm")):
        part.unlink(missing_ok=True)
    file.write_bytes(copy)


def test_a_rewritten_leaf_signed_anew_is_refused(witnesses: list[Any], directory: Path) -> None:
    grow(3)
    publishing.publish(directory)
    asked(directory)
    made = publishing.last_signed(keys.ring().signed_log)
    forged = Checkpoint(made.origin, made.size, merkle.node_hash(made.root, made.root))
    key = keys.ring().current("log").private
    (directory / publishing.CHECKPOINT).write_text(notes.note(forged.text, [notes.sign(forged.text, made.origin, key)]))
    assert all("409" in heard.trouble for heard in asked(directory))


@pytest.mark.parametrize(
    "answer", [(200, ""), (200, "— w1.example/w AAAA\n"), (200, "nonsense\n"), (409, "x\n"), (409, ""), (500, "oops")]
)
def test_a_strange_answer_is_no_signature(answer: tuple[int, str], witnesses: list[Any], directory: Path) -> None:
    grow(3)
    publishing.publish(directory)
    before = publishing.published_note(directory)
    heard = asked(directory, post=lambda *_: answer)
    assert all(each.trouble and not each.line for each in heard)
    assert publishing.published_note(directory) == before


def test_without_a_policy_nobody_is_asked(directory: Path) -> None:
    assert asked(directory) == []
    with transaction():
        append_all([Entry("correction", "urn:ocop:test:1", {"corrects": []}, DAY, "test")])
    publishing.publish(directory)
    assert asked(directory) == [] == witnessing.keep_witnessed(directory, trusting.policy())
