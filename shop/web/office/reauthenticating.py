"""The password once more, before something is decided that changes what everybody sees."""

from __future__ import annotations

from flask import request

from shop.core.db import transaction
from shop.core.refusal import N_, Refusal
from shop.people import signing_in
from shop.people.models import User


class NotYourPassword(Refusal):
    sentence = N_("This is not your password. Please type it again.")
    field = "password"


def prove(user: User, password: str) -> None:
    """Raises NotYourPassword, counted like a failed sign-in, or TooManyTries."""
    email, network = user.email, request.remote_addr or ""
    signing_in.check_tries(email, network)
    try:
        signing_in.recognise(email, password)
    except signing_in.WrongSignIn as wrong:
        with transaction():
            signing_in.note_failure(email, network)
        raise NotYourPassword() from wrong
