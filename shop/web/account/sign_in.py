"""Signing in and out."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from shop.core.db import transaction
from shop.core.refusal import Refusal
from shop.people import signing_in
from shop.people.models import User
from shop.web.access import public
from shop.web.account import bp
from shop.web.forms import ShopForm, at_most
from shop.web.visitor import Visitor

OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


class SignInForm(ShopForm):
    email = StringField(
        _l("E-mail"),
        validators=[InputRequired(_l("Please type your mail address.")), at_most(254)],
        render_kw={"autocomplete": "username", "inputmode": "email", "type": "email", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please type your password.")), at_most(128)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int]:
    form = SignInForm.sent(data={"next": request.args.get("next", "")})
    if form.accepted():
        try:
            _enter(form.email.data, form.password.data)
            return redirect(own_path(form.next.data) or url_for("account.yours"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("account/sign_in.html", form=form), form.status


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    if current_user.is_authenticated:
        with transaction():
            signing_in.sign_out(current_user.token)
        logout_user()
    return redirect(url_for("storefront.home"), 303)


def own_path(given: str | None) -> str | None:
    """`given` if it is a path of this shop; an address elsewhere is forgotten."""
    return given if given and OWN_PATH.fullmatch(given) else None


def _enter(email: str, password: str) -> User:
    network = request.remote_addr or ""
    signing_in.check_tries(email, network)
    try:
        user = signing_in.recognise(email, password)
    except signing_in.WrongSignIn:
        with transaction():
            signing_in.note_failure(email, network)
        raise
    with transaction():
        token = signing_in.sign_in(user, device=request.user_agent.string)
    login_user(Visitor(user, token))
    return user
