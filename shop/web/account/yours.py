"""What is yours: your orders, and what you may do here."""

from __future__ import annotations

from flask import render_template

from shop.core.db import db
from shop.orders.finding import of_user
from shop.people.models import Role
from shop.web import visitor
from shop.web.access import signed_in
from shop.web.account import bp


@bp.get("/account")
@signed_in
def yours() -> str:
    user = visitor.user()
    assert user is not None
    return render_template(
        "account/yours.html",
        user=user,
        orders=db.session.scalars(of_user(user.id)).all(),
        works=[grant for grant in user.grants if grant.role in Role],
    )
