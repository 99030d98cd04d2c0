"""The office's home: what waits, most urgent first."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.web.access import for_office, public
from shop.web.office import bp, door


@door.get("/office")
@public
def enter() -> Response:
    """Without a language: to the one the browser prefers."""
    return redirect(url_for("office.home"), 303)


@bp.get("/")
@for_office
def home() -> str:
    return render_template("office/home.html")
