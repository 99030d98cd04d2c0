"""The lists say what the register says, each is told to the log before it is shown, and each holds for a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import overseeing, recognising
from shop.provenance.log import keys
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import status_list as bits
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.ocop_verify.credential_check import NotFetched, standing
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.standards import issuing, status_list
from shop.provenance.standards.credential import credential_of
from tests.factories import BY, SECOND, a_certificate, a_product
from tests.provenance.standards.shapes import STATUS_LIST, breaks

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]
HOST = "https://phonghe.example"
TWO = {"by": BY, "approved_by": SECOND}
WHY = Texts(vi="Mẫu.", en="Sample.")


@pytest.fixture
def shown(tmp_path):
    return tmp_path / "log"


def renew(directory):
    directory.mkdir(exist_ok=True)
    made = status_list.renew(directory, issuing.issuer(HOST))
    db.session.expire_all()
    return made


def the_list(purpose, directory):
    return status_list.status_of(purpose, 1, directory)


def says(certificate, directory, at=None):
    """What a stranger reads of this certificate."""
    events = issuing.logged(certificate.product_id)
    credential = credential_of(fold(e for _, e in events), certificate.number, events, issuing.issuer(HOST))
    shown = [the_list(purpose, directory) for purpose in ("revocation", "suspension")]
    lists = {one.credential["id"]: one.credential for one in shown if one}
    ring = keys.ring()
    known = {ring.method(ring.current(role)): ring.current(role).private.public_key() for role in ("issuer", "status")}
    return standing(credential, lists.get, known.get, at=at or clock.now())


def leaves():
    return [parse(leaf) for leaf in db.session.scalars(select(Event.leaf).where(Event.type == "statuslist.published"))]


def revoke(certificate, day):
    with transaction():
        recognising.revoke(certificate, from_day=day, decision_no="MẪU-8", reason=WHY, **TWO)


def test_an_empty_register_has_two_lists_that_say_nothing(tuesday, shown):
    assert renew(shown) == 2
    for purpose in ("revocation", "suspension"):
        credential = the_list(purpose, shown).credential
        assert list(breaks(credential, STATUS_LIST)) == []
        assert not any(bits.decode(credential["credentialSubject"]["encodedList"]))
        ends = datetime.fromisoformat(credential["validUntil"])
        assert ends - datetime.fromisoformat(credential["validFrom"]) == timedelta(hours=24)


def test_each_list_is_told_to_the_log_with_the_hash_of_its_bits(tuesday, shown):
    revoke(a_certificate(a_product()), clock.today())
    renew(shown)
    for purpose in ("revocation", "suspension"):
        found = the_list(purpose, shown)
        told = parse(db.session.get_one(Event, found.event).leaf)
        unpacked = bits.decode(found.credential["credentialSubject"]["encodedList"])
        assert (told["type"], told["subject"]) == ("statuslist.published", "urn:ocop:log")
        assert told["body"] == {
            "list": found.credential["id"],
            "purpose": purpose,
            "sha256": "sha256:" + sha256(unpacked).hexdigest(),
        }


def test_a_list_is_made_anew_at_each_change_and_every_twelve_hours(tuesday, shown):
    certificate = a_certificate(a_product())
    assert (renew(shown), renew(shown)) == (2, 0)
    revoke(certificate, clock.today())
    assert (renew(shown), renew(shown)) == (1, 0)
    tuesday.shift(timedelta(hours=11))
    assert renew(shown) == 0
    tuesday.shift(timedelta(hours=1, minutes=1))
    assert renew(shown) == 2
    assert len(leaves()) == 5


def test_a_shop_that_moved_shows_its_lists_at_the_new_address(tuesday, shown):
    renew(shown)
    assert status_list.renew(shown, issuing.issuer("https://moved.example")) == 2
    assert status_list.status_of("revocation", 1, shown).credential["id"] == "https://moved.example/status/r/1"


def test_the_lists_say_what_the_register_says(tuesday, shown):
    good, resting, ended = (a_certificate(a_product()) for _ in range(3))
    with transaction():
        recognising.suspend(resting, from_day=clock.today(), decision_no="MẪU-1", reason=WHY, **TWO)
    revoke(ended, clock.today())
    renew(shown)
    assert [says(one, shown) for one in (good, resting, ended)] == [[], ["suspension"], ["revocation"]]
    with transaction():
        recognising.reinstate(resting, on_day=clock.today(), **TWO)
    renew(shown)
    assert says(resting, shown) == []


def test_what_begins_tomorrow_is_told_tomorrow(tuesday, shown):
    certificate = a_certificate(a_product())
    revoke(certificate, clock.today() + timedelta(days=1))
    renew(shown)
    assert says(certificate, shown) == []
    tuesday.move_to(datetime(2026, 11, 24, 17, 0, 1, tzinfo=UTC))  # midnight in Hanoi
    renew(shown)
    assert says(certificate, shown) == ["revocation"]


def test_an_old_credential_stays_revoked_after_an_appeal_and_the_new_one_counts(tuesday, shown):
    product = a_product()
    certificate = a_certificate(product)
    renew(shown)
    old = certificate_credential(certificate)
    revoke(certificate, date(2026, 11, 20))
    with transaction():
        number = overseeing.file_appeal(
            product.id, certificate_no=certificate.number, against="MẪU-8", grounds=WHY, day=clock.today(), by=BY
        )
    decision = {"no": "MẪU-9", "date": clock.today().isoformat(), "authority": "ha-noi"}
    with transaction():
        overseeing.decide_appeal(
            product.id,
            appeal=number,
            outcome="overturned",
            reason=WHY,
            decision=decision,
            day=clock.today(),
            **TWO,
        )
    renew(shown)
    assert says(certificate, shown) == []
    entry = next(one for one in old["credentialStatus"] if one["statusPurpose"] == "revocation")
    told = bits.decode(the_list("revocation", shown).credential["credentialSubject"]["encodedList"])
    assert bits.bit(told, int(entry["statusListIndex"]))


def certificate_credential(certificate):
    events = issuing.logged(certificate.product_id)
    return credential_of(fold(e for _, e in events), certificate.number, events, issuing.issuer(HOST))


def test_without_a_list_nothing_counts(tuesday, shown):
    with pytest.raises(NotFetched):
        says(a_certificate(a_product()), shown)


def test_a_bundle_gets_the_newest_list_its_checkpoint_knows(tuesday, shown):
    certificate = a_certificate(a_product())
    renew(shown)
    first = the_list("revocation", shown)
    revoke(certificate, clock.today())
    renew(shown)
    newest = the_list("revocation", shown)
    assert newest.event > first.event
    assert status_list.status_of("revocation", 1, shown, size=newest.event) == first
    assert status_list.status_of("revocation", 1, shown, size=first.event) is None


def test_a_list_lost_before_it_was_shown_is_made_again(tuesday, shown):
    renew(shown)
    for file in shown.rglob("*.json"):
        file.unlink()
    assert renew(shown) == 2


def test_only_the_newest_lists_are_kept(tuesday, shown):
    for _ in range(status_list.KEPT + 3):
        renew(shown)
        tuesday.shift(timedelta(hours=13))
    assert len(list((shown / "status" / "r" / "1").iterdir())) == status_list.KEPT
