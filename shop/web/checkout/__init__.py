"""The checkout: basket, where to, who, how to pay, and the order's own page; never cached, no account needed."""

from flask import Blueprint

bp = Blueprint("checkout", __name__)

from shop.web.checkout import basket, details, orders, payment, tracking, where  # noqa: E402, F401
