"""What is typed at the shell: `flask setup`, `draw`, `worker`, `index rebuild`, `money came-in` and `check`."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from itertools import chain

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text

from shop import setting_up
from shop.catalogue import indexing
from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.refusal import Refusal
from shop.orders import checks as order_checks
from shop.payments import checks as payment_checks
from shop.payments import transfers
from shop.provenance import comparing, publishing_stars
from shop.provenance.log import fsck, grants, heads, key_events, publishing, trusting, witnessing
from shop.provenance.log import keys as log_keys
from shop.provenance.lots import checks as lot_checks
from shop.sample import finishing
from shop.stock import checks as stock_checks
from shop.web.searching import index as search_index
from shop.web.starting import shop_config
from shop.web.work import Worker


@click.command()
@click.option("--sample", default="none", help="none, small, or a number of products")
@with_appcontext
def setup(sample: str) -> None:
    """Migrates the database, loads the facts and the sample, builds the search index."""
    setting_up.set_up(current_app, sample, say=click.echo)
    finishing.finish(shop_config(current_app).media)


@click.command()
@with_appcontext
def draw() -> None:
    """Draws the sample's pictures that the first start left out."""
    finishing.finish(shop_config(current_app).media)


@click.command()
@with_appcontext
def worker() -> None:
    """Works the outbox, the index and the clock's rounds until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    made = Worker(app)
    signal.signal(signal.SIGTERM, lambda *_: made.stopping.set())
    made.run()


@click.group()
def index() -> None:
    """The search index."""


@index.command("rebuild")
@with_appcontext
def index_rebuild() -> None:
    """Builds a new index beside the one that serves, then swaps them."""
    indexing.rebuild(search_index(current_app))
    click.echo("The search index is new.")


@index.command("status")
@with_appcontext
def index_status() -> None:
    """Says whether the index can serve, and why not."""
    found = search_index(current_app)
    click.echo(found.why_not() or f"ready, at change {found.position()}")


@click.group()
def money() -> None:
    """Money that people enter by hand."""


@money.command("came-in")
@click.argument("number")
@click.argument("amount", type=int)
@click.argument("bank_reference")
@with_appcontext
def came_in(number: str, amount: int, bank_reference: str) -> None:
    """AMOUNT đồng arrived on the account with order NUMBER as memo; BANK_REFERENCE stands on the statement."""
    try:
        with transaction():
            paid = transfers.came_in(number, Vnd(amount), bank_reference=bank_reference, by="staff:shell")
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("Booked." if paid else "The amount differs: noted as a discrepancy, the order still waits.")


@click.group()
def keys() -> None:
    """The keys that sign the log."""


@keys.command("create")
@with_appcontext
def keys_create() -> None:
    """Makes the keys that lack, in SHOP_KEYS; what is there stays."""
    config = shop_config(current_app)
    ring = log_keys.create(config.keys, config.log_origin)
    click.echo(f"Keys of {ring.origin} lie in {ring.directory}. Keep a copy where the database's copies are not.")


@keys.command("rotate")
@click.argument("role", type=click.Choice(["issuer", "status"]))
@with_appcontext
def keys_rotate(role: str) -> None:
    """The role's next key takes over."""
    with transaction():
        event = key_events.rotate(role, by="staff:shell")
    log_keys.ring().turn(role, event.subject.rpartition(":")[2])
    click.echo(f"{event.subject} signs from now on.")


@keys.command("compromise")
@click.argument("name")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--reason", required=True)
@with_appcontext
def keys_compromise(name: str, since: datetime, reason: str) -> None:
    """NAME (e.g. issuer-1) is not believed from now on; rotate the role first."""
    with transaction():
        key_events.compromise(name, since=since.date(), by="staff:shell", reason=reason)
    click.echo(f"{name} is not believed from now on.")


@click.group()
def log() -> None:
    """The log of provenance."""


@log.command("fsck")
@with_appcontext
def log_fsck() -> None:
    """Re-hashes every leaf, checks all proofs, files and checkpoints, rebuilds the tables; exits 1 on a fault."""
    faults = 0
    for fault in chain(fsck.check_log(shop_config(current_app).log), comparing.check_projections()):
        click.echo(f"BAD {fault}")
        faults += 1
    click.echo(f"{publishing.size_now()} events, {faults} faults.")
    sys.exit(bool(faults))


@log.command("publish")
@with_appcontext
def log_publish() -> None:
    """Writes the log's static files and signs a checkpoint; the worker does this by itself."""
    made = publishing.publish(shop_config(current_app).log)
    click.echo(f"Signed at size {made.size}." if made else "The log is empty.")


@log.command("heads")
@with_appcontext
def log_heads() -> None:
    """Takes the daily snapshot of heads now, e.g. after a key was reported stolen, and signs over it."""
    directory = shop_config(current_app).log
    told = heads.publish_heads(directory)
    made = publishing.publish(directory)
    click.echo(f"Event {told.index} holds it, signed at size {made.size}." if told and made else "The log is empty.")


@log.command("witness")
@with_appcontext
def log_witness() -> None:
    """Asks the witnesses in policy.txt beside the keys to cosign; exits 1 where one did not."""
    heard = witnessing.ask_witnesses(shop_config(current_app).log, trusting.policy())
    for each in heard:
        click.echo(f"{'BAD' if each.trouble else 'ok '} {each.witness}: {each.trouble or 'cosigned'}")
    if not heard:
        click.echo("Not yet witnessed: policy.txt beside the keys names no witness with an address.")
    sys.exit(any(each.trouble for each in heard))


@log.command("grants")
@click.argument("role")
@with_appcontext
def log_grants(role: str) -> None:
    """Lets the PostgreSQL ROLE of the app servers read and append events, and nothing more; run it as the owner."""
    for statement in grants.statements(role):
        with transaction():
            db.session.execute(text(statement))
    click.echo(f"{role} may not change, delete or truncate the log.")


@click.command()
@with_appcontext
def check() -> None:
    """Checks what must always hold; exits 1 when something does not."""
    found: dict[str, list[int] | list[str]] = {
        "stock without explanation": stock_checks.unexplained(),
        "stock held otherwise than its holds": stock_checks.overheld(),
        "orders that do not add up": order_checks.not_adding_up(),
        "payments that do not fit their order": payment_checks.misfits(),
        "refunds that wait or failed": payment_checks.refunds_open(),
        "money that does not fit and nobody looked at": payment_checks.discrepancies_open(),
        "promises given up": outbox.given_up(),
        "stock published otherwise than it lies": stock_checks.misplaced(),
        "stars that differ from the judge": publishing_stars.disagreements(),
        "lots whose labels are miscounted": lot_checks.miscounted(),
        "batches whose serials are not those the log committed to": lot_checks.unrooted(),
        "labels that do not fit their batch": lot_checks.misstated(),
    }
    for what, items in found.items():
        click.echo(f"{'ok ' if not items else 'BAD'} {what}: {len(items)}")
    db.session.rollback()
    if any(found.values()):
        sys.exit(1)
