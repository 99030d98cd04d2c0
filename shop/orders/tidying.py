"""What is cleared away each day: nothing about a buyer is kept longer than it serves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from shop.cart.models import Cart, CartLine
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.outbox import Job
from shop.orders.models import Draft
from shop.people.models import FailedSignIn, SignIn

BASKETS = timedelta(days=60)
DONE_JOBS = timedelta(days=30)
ENDED_SIGN_INS = timedelta(days=30)
FAILED_SIGN_INS = timedelta(days=1)


def tidy() -> None:
    """Old baskets with what was typed into their checkout, done jobs, ended and failed sign-ins."""
    now = clock.now()
    old = select(Cart.id).where(Cart.changed_at < now - BASKETS)
    statements: list[Any] = [
        delete(Draft).where(Draft.cart_id.in_(old)),
        delete(CartLine).where(CartLine.cart_id.in_(old)),
        delete(Cart).where(Cart.changed_at < now - BASKETS),
        delete(Job).where(Job.done_at < now - DONE_JOBS),
        delete(SignIn).where(SignIn.expires_at < now - ENDED_SIGN_INS),
        delete(FailedSignIn).where(FailedSignIn.at < now - FAILED_SIGN_INS),
    ]
    with transaction():
        for statement in statements:
            db.session.execute(statement, execution_options={"synchronize_session": False})
