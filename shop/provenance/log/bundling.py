"""Makes the `.ocop` file of a product from the log: its events and their proofs under one published checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log import heads, trusting
from shop.provenance.log.enclosing import Enclose
from shop.provenance.log.models import Event
from shop.provenance.log.publishing import published_note, reader_of
from shop.provenance.log.reading import subject_of
from shop.provenance.log.witnessing import witnessed_note
from shop.provenance.ocop_verify import bundle, keyring, merkle
from shop.provenance.ocop_verify.bundle import Bundle, Leaf, StatusList
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.heads import Span, all_under, only


class NothingToProve(LookupError):
    """The published log says nothing of this product yet, or has no snapshot of heads."""


def bundle_of(product_id: int, directory: Path, enclose: Enclose | None = None) -> bytes:
    """The product's file as the log stands; the same log makes the same bytes. Raises NothingToProve.

    Under the newest checkpoint that enough witnesses cosigned; while there is none, under the newest of all.
    """
    policy = trusting.policy()
    note = witnessed_note(directory, policy) or published_note(directory)
    if note is None:
        raise NothingToProve("the log is not published yet")
    size = Checkpoint.parse(note.partition("\n\n")[0] + "\n").size
    subject = subject_of(product_id)
    own, told = _about(only(subject), size), heads.newest(size)
    if not own or told is None:
        raise NothingToProve(f"the published log says nothing of {subject}")
    snapshot, subtree = heads.Snapshot(directory, told), reader_of(directory, size).subtree

    def leaf(event: Event) -> Leaf:
        return Leaf(event.leaf, event.index, tuple(merkle.inclusion_proof(event.index, size, subtree)))

    keys = all_under(keyring.PREFIX)
    events, of_keys = [leaf(event) for event in own], [leaf(event) for event in _about(keys, size)]
    papers = enclose(events, of_keys, size) if enclose else None
    made = Bundle(
        note=note,
        events=tuple(events),
        keys=tuple(of_keys),
        snapshot=leaf(told),
        own_heads=snapshot.stretch(only(subject)),
        key_heads=snapshot.stretch(keys),
        policy=policy.text,
        credential=papers.credential if papers else None,
        status=tuple(
            StatusList(document, leaf(db.session.get_one(Event, index)))
            for document, index in (papers.lists if papers else ())
        ),
    )
    return bundle.write(made)


def _about(span: Span, size: int) -> Sequence[Event]:
    """The events of the subjects of a span among the first `size`, in the order of the log."""
    low, high = span
    subject = Event.subject == low if span == only(low) else Event.subject.between(low, high)
    return db.session.scalars(select(Event).where(subject, Event.index < size).order_by(Event.index)).all()
