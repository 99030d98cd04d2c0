"""The account front: signing in, signing out, and one's own orders."""

from flask import Blueprint

bp = Blueprint("account", __name__)

from shop.web.account import sign_in, yours  # noqa: E402, F401
