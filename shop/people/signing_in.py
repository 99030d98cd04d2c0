"""Signing in and out: wrong tries are counted, tokens are random, only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.core import audit, clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.core.text import nfc
from shop.people import passwords
from shop.people.models import FailedSignIn, SignIn, User

STAYS = timedelta(days=14)
WINDOW = timedelta(minutes=5)
TRIES = 10


class WrongSignIn(Refusal):
    sentence = N_("This e-mail and password do not belong together. Check both and try again.")
    field = "password"


class TooManyTries(Refusal):
    sentence = N_("Too many tries. Wait five minutes, then try again.")


def tidy_email(email: str) -> str:
    return nfc(email).strip().casefold()


def check_tries(email: str, network: str) -> None:
    """Raises TooManyTries when this mail address or this network has failed too often lately."""
    since = clock.now() - WINDOW
    for whom in (tidy_email(email), f"net:{network}"):
        failed = select(func.count()).where(FailedSignIn.whom == whom, FailedSignIn.at > since)
        if (db.session.scalar(failed) or 0) >= TRIES:
            raise TooManyTries()


def note_failure(email: str, network: str) -> None:
    for whom in (tidy_email(email), f"net:{network}"):
        db.session.add(FailedSignIn(whom=whom, at=clock.now()))


def recognise(email: str, password: str) -> User:
    """The user with this mail address and password. Raises WrongSignIn, equally slowly for unknown addresses."""
    user = db.session.scalar(select(User).where(User.email == tidy_email(email)))
    right = passwords.matches(user.password_hash if user else passwords.NOBODY, password)
    if user is None or not right or not user.is_active:
        raise WrongSignIn()
    return user


def sign_in(user: User, *, device: str) -> str:
    """Opens a sign-in and answers its token: 32 random bytes, to be kept in the person's cookie only."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignIn(
            user_id=user.id,
            token_hash=_hash(token),
            device=device[:200],
            made_at=now,
            expires_at=now + STAYS,
        )
    )
    audit.note("signed in", user.handle, by=user.handle)
    return token


def sign_out(token: str) -> None:
    found = _live(token)
    if found:
        found.ended_at = clock.now()


def who(token: str) -> User | None:
    """The active user behind a cookie's token, or nobody."""
    found = _live(token)
    return found.user if found and found.user.is_active else None


def _live(token: str) -> SignIn | None:
    return db.session.scalar(
        select(SignIn)
        .where(SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .options(joinedload(SignIn.user).selectinload(User.grants))
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
