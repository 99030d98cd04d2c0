"""What is typed at the shell: `flask setup`, `draw`, `worker`, `index rebuild`, `money came-in` and `check`."""

from __future__ import annotations

import signal
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from shop import setting_up
from shop.catalogue import indexing
from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.refusal import Refusal
from shop.orders import checks as order_checks
from shop.payments import checks as payment_checks
from shop.payments import transfers
from shop.provenance import publishing_stars
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
    }
    for what, items in found.items():
        click.echo(f"{'ok ' if not items else 'BAD'} {what}: {len(items)}")
    db.session.rollback()
    if any(found.values()):
        sys.exit(1)
