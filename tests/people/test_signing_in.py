"""Signing in and out: wrong, too often, too late, disabled; and who may act for what."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.db import db, transaction
from shop.people import signing_in
from shop.people.models import Role, SignIn
from shop.people.signing_in import STAYS, TRIES, WINDOW, TooManyTries, WrongSignIn
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.usefixtures("tuesday", "app")


def signed_in(user):
    with transaction():
        return signing_in.sign_in(user, device="Firefox")


def who(token):
    db.session.rollback()
    return signing_in.who(token)


def fail(email, network, times=1):
    with transaction():
        for _ in range(times):
            signing_in.note_failure(email, network)


@pytest.mark.parametrize("typed", ["office@phonghe.example", "  Office@PhoNghe.Example "])
def test_the_right_password_finds_the_person_however_the_address_is_typed(typed):
    user = a_user(email="office@phonghe.example")
    assert signing_in.recognise(typed, PASSWORD) is user


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer():
    user = a_user()
    sentences = set()
    for email, password in ((user.email, "another password"), ("nobody@phonghe.example", PASSWORD)):
        with pytest.raises(WrongSignIn) as refusal:
            signing_in.recognise(email, password)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def test_a_disabled_person_is_refused_and_every_device_signed_out():
    user = a_user()
    token = signed_in(user)
    with transaction():
        user.disabled_at = clock.now()
    assert who(token) is None
    with pytest.raises(WrongSignIn):
        signing_in.recognise(user.email, PASSWORD)


def test_the_token_is_known_to_the_cookie_only():
    user = a_user()
    token = signed_in(user)
    assert who(token).id == user.id
    (row,) = db.session.scalars(select(SignIn))
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert who("guessed") is None
    assert who(row.token_hash) is None


def test_a_sign_in_ends_after_two_weeks(tuesday):
    token = signed_in(a_user())
    tuesday.shift(STAYS - timedelta(minutes=1))
    assert who(token) is not None
    tuesday.shift(timedelta(minutes=2))
    assert who(token) is None


def test_signing_out_ends_this_device_and_no_other():
    user = a_user()
    phone, desk = signed_in(user), signed_in(user)
    with transaction():
        signing_in.sign_out(phone)
        signing_in.sign_out("guessed")
    assert who(phone) is None
    assert who(desk) is not None


def test_after_ten_wrong_tries_this_address_waits_five_minutes(tuesday):
    fail("a@phonghe.example", "10.0.0.1", TRIES - 1)
    signing_in.check_tries("a@phonghe.example", "10.0.0.2")
    fail("A@phonghe.example ", "10.0.0.1")
    with pytest.raises(TooManyTries):
        signing_in.check_tries("a@phonghe.example", "10.0.0.2")
    signing_in.check_tries("b@phonghe.example", "10.0.0.2")
    tuesday.shift(WINDOW + timedelta(seconds=1))
    signing_in.check_tries("a@phonghe.example", "10.0.0.2")


def test_after_ten_wrong_tries_at_many_addresses_this_network_waits():
    for number in range(TRIES):
        fail(f"{number}@phonghe.example", "10.0.0.1")
    with pytest.raises(TooManyTries):
        signing_in.check_tries("fresh@phonghe.example", "10.0.0.1")
    signing_in.check_tries("fresh@phonghe.example", "10.0.0.2")


def test_a_role_is_held_for_one_object_only():
    clerk = a_user(Role.CLERK, about="point:3")
    assert clerk.holds(Role.CLERK, about="point:3")
    assert not clerk.holds(Role.CLERK, about="point:4")
    assert not clerk.holds(Role.CLERK)
    assert not clerk.holds(Role.OFFICE)
    with transaction():
        clerk.disabled_at = clock.now()
    assert not clerk.holds(Role.CLERK, about="point:3")


def test_one_address_is_one_person():
    a_user(email="one@phonghe.example")
    with pytest.raises(IntegrityError):
        a_user(email="one@phonghe.example")
