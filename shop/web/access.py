"""Who may open a page: every route says so, or the shop does not start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from shop.people.models import Role

View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(RuntimeError):
    """A route without a declared access."""


def public(view: View) -> View:
    """Anyone may open this page."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Only a signed-in person; others are asked to sign in and come back here."""

    @wraps(view)
    def guarded(*args: Any, **given: Any) -> Any:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        return view(*args, **given)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def for_office(view: View) -> View:
    """Only the coordination office. Whoever is signed in without that role sees the same 404 as for no page at all."""

    @wraps(view)
    def guarded(*args: Any, **given: Any) -> Any:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        if not current_user.user.holds(Role.OFFICE):
            abort(404)
        return view(*args, **given)

    guarded.access = "signed in: office"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _ask_to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=back), 303)


def check(app: Flask) -> None:
    """Deny by default: an endpoint that declares nothing stops the start."""
    for endpoint, view in app.view_functions.items():
        if not getattr(view, "access", None):
            cure = "say who may open it with @public, @signed_in or @for_office (shop/web/access.py)"
            raise Undeclared(f"{endpoint}: {cure}")
