"""For those who build: every component in every state, in development only."""

from flask import Blueprint

bp = Blueprint("dev", __name__)

from shop.web.dev import components  # noqa: E402, F401
