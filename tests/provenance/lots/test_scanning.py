"""Counting scans: people, once in ten minutes, for 90 days; and what is known of a label afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance.entering import enter
from shop.provenance.lots import labelling, opening, scanning, serials, stories
from shop.provenance.lots.clones import DEVICES, Level
from shop.provenance.lots.models import Label, LabelState, Scan, ScanKind
from shop.provenance.lots.opening import Opening
from tests.factories import BY, SECOND, a_product
from tests.provenance.lots.making import a_lot, labels
from tests.rivals import elsewhere

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
PEOPLE = (
    PHONE,
    "Mozilla/5.0 (Linux; Android 16; SM-A556E) AppleWebKit/537.36 Chrome/148.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Zalo android/24100",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 MicroMessenger/8.0.50",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/148.0 Mobile Safari/537.36",
)
MACHINES = (
    "",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "WhatsApp/2.24.1 A",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Slackbot-LinkExpanding 1.0",
    "LinkedInBot/1.0",
    "SkypeUriPreview Preview/0.5",
    "curl/8.9",
    "python-requests/2.32",
    "Mozilla/5.0 HeadlessChrome/148.0",
)
FIRST = "first-cookie"


@pytest.fixture(autouse=True)
def on_tuesday(tuesday):
    return tuesday


@pytest.fixture
def lot(app):
    return a_lot()


@pytest.fixture
def serial(lot):
    return labels(lot, 3, with_pins=True).serials[0]


def seen(product_id, serial, token=FIRST, address="203.0.113.7"):
    return scanning.look(product_id, serial, token=token, address=address, agent=PHONE)


def count(lot, serial, token=FIRST, address="203.0.113.7", **more):
    with transaction():
        return scanning.count(seen(lot.product_id, serial, token, address), **more)


def counted(serial):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Label, serial).scans


def rows():
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Scan)).one()


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted(agent):
    assert scanning.is_counted("GET", agent)


@pytest.mark.parametrize("agent", MACHINES)
def test_machines_that_only_look_at_links_are_not(agent):
    assert not scanning.is_counted("GET", agent)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_asking_without_looking_is_not_counted(method):
    assert not scanning.is_counted(method, PHONE)


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender", "preview"])
def test_fetching_ahead_is_not_counted(purpose):
    assert not scanning.is_counted("GET", PHONE, purpose)


def test_nothing_that_is_kept_leads_back_to_a_person(lot, serial):
    count(lot, serial)
    scan = db.session.scalars(select(Scan)).one()
    kept = " ".join(str(value) for name, value in vars(scan).items() if not name.startswith("_"))
    assert FIRST not in kept and "203.0.113" not in kept and "AppleWebKit" not in kept
    assert (scan.agent, len(scan.device), len(scan.network)) == ("iphone", 16, 16)


def test_a_network_is_the_same_for_a_day_and_its_neighbours_share_it(app, on_tuesday):
    one = seen(1, "X", address="203.0.113.7").network
    assert one == seen(1, "X", address="203.0.113.250").network != seen(1, "X", address="203.0.114.7").network
    six = seen(1, "X", address="2001:db8:1:2::7").network
    assert six == seen(1, "X", address="2001:db8:1:ffff::1").network != seen(1, "X", address="2001:db8:2::1").network
    assert seen(1, "X", address="unix:").network == ""
    on_tuesday.shift(timedelta(days=1))
    assert one != seen(1, "X", address="203.0.113.7").network


@pytest.mark.both
class TestCounting:
    def test_a_repeat_by_the_same_device_within_ten_minutes_does_not_count(self, lot, serial, on_tuesday):
        assert count(lot, serial)
        on_tuesday.shift(timedelta(minutes=9, seconds=50))
        assert not count(lot, serial)
        on_tuesday.shift(timedelta(seconds=20))
        assert count(lot, serial)
        assert counted(serial) == rows() == 2

    def test_another_device_and_another_label_count_at_once(self, lot, serial):
        other = labels(lot, 1).serials[0]
        assert count(lot, serial) and count(lot, serial, "second") and count(lot, other)
        assert (counted(serial), counted(other)) == (2, 1)

    def test_a_label_knows_its_first_and_its_last_scan(self, lot, serial, on_tuesday):
        began = clock.now()
        count(lot, serial)
        on_tuesday.shift(timedelta(hours=5))
        count(lot, serial)
        label = db.session.get_one(Label, serial, populate_existing=True)
        assert abs(label.first_scanned_at - began) < timedelta(minutes=1)
        assert label.last_scanned_at - label.first_scanned_at > timedelta(hours=4, minutes=59)

    def test_a_serial_that_was_never_issued_is_kept_too(self, lot):
        assert count(lot, "NEVERWAS00")
        assert not db.session.scalars(select(Scan.is_ours)).one()

    def test_guessers_cannot_fill_the_table(self, lot, serial, monkeypatch):
        monkeypatch.setattr(scanning, "UNKNOWN_AT_MOST", 20)
        for number in range(30):
            count(lot, f"GUESS{number:05d}")
        assert rows() == 20
        assert count(lot, serial), "a label of ours counts all the same"
        assert count(lot, "GUESS99999", address="198.51.100.1"), "and so does another network"

    def test_two_looks_of_one_device_at_once_are_one_scan(self, app, lot, serial):
        def deed():
            with app.app_context():
                with transaction():
                    scanning.count(seen(lot.product_id, serial))
                db.session.remove()

        elsewhere(*[deed] * 4)
        assert counted(serial) == rows() == 1

    def test_scans_are_forgotten_after_90_days_and_the_count_stays(self, lot, serial, on_tuesday):
        count(lot, serial)
        on_tuesday.shift(timedelta(days=89))
        count(lot, serial)
        scanning.forget()
        assert rows() == 2
        on_tuesday.shift(timedelta(days=2))
        scanning.forget()
        assert (rows(), counted(serial)) == (1, 2)


def reveal(lot, serial, pin, token=FIRST):
    with transaction():
        return opening.reveal(seen(lot.product_id, serial, token), pin)


@pytest.mark.both
class TestThePin:
    @pytest.fixture
    def issued(self, lot):
        return labels(lot, 2, with_pins=True)

    def test_the_first_to_reveal_it_opens_the_label(self, lot, issued):
        serial, pin = next(iter(issued.pins.items()))
        assert reveal(lot, serial, f" {pin[:4].lower()}-{pin[4:]} ") is Opening.FIRST
        label = db.session.get_one(Label, serial, populate_existing=True)
        assert label.state is LabelState.OPENED and label.opened_at is not None
        assert reveal(lot, serial, pin) is Opening.AGAIN

    def test_a_second_device_tells_a_copy_even_after_the_scans_are_forgotten(self, lot, issued, on_tuesday):
        serial, pin = next(iter(issued.pins.items()))
        reveal(lot, serial, pin)
        on_tuesday.shift(timedelta(days=100))
        scanning.forget()
        assert reveal(lot, serial, pin) is Opening.AGAIN
        assert reveal(lot, serial, pin, "second") is Opening.ELSEWHERE
        verdict = stories.of_label(lot.product_id, serial).verdict
        assert verdict.level is Level.SUSPECTED and [reason.rule for reason in verdict.reasons] == ["R7"]

    def test_a_wrong_pin_is_kept_and_five_of_them_lock_the_label_for_a_day(self, lot, issued, on_tuesday):
        serial, pin = next(iter(issued.pins.items()))
        assert [reveal(lot, serial, "00000000") for _ in range(5)] == [Opening.WRONG] * 5
        assert reveal(lot, serial, pin) is Opening.LOCKED
        assert db.session.scalars(select(Scan.kind)).all() == [ScanKind.WRONG_PIN] * 5
        on_tuesday.shift(timedelta(days=1, minutes=1))
        assert reveal(lot, serial, pin) is Opening.FIRST

    def test_the_pin_of_another_label_does_not_fit(self, lot, issued):
        (serial, _), (_, other) = issued.pins.items()
        assert reveal(lot, serial, other) is Opening.WRONG

    def test_a_label_without_one_says_so(self, lot):
        plain = labels(lot, 1).serials[0]
        assert reveal(lot, plain, "00000000") is reveal(lot, "NEVERWAS00", "1") is Opening.NO_PIN


@pytest.mark.both
class TestWhatIsKnown:
    def test_an_honest_label_shows_nothing_unusual(self, lot, serial):
        for device in range(3):
            count(lot, serial, f"device-{device}")
        told = stories.of_label(lot.product_id, serial, lot=lot.number)
        assert (told.label.scans, told.lot.id, told.verdict.level) == (3, lot.id, Level.NORMAL)

    @pytest.mark.parametrize("serial", ["NEVERWAS00", "", "' OR 1=1 --", "x" * 20])
    def test_a_serial_never_issued_is_suspected(self, lot, serial):
        told = stories.of_label(lot.product_id, serial)
        assert (told.label, told.lot, told.verdict.level) == (None, None, Level.SUSPECTED)

    def test_a_serial_of_another_product_or_lot_is_not_this_ones(self, lot, serial):
        assert stories.of_label(a_product().id, serial).verdict.reasons[0].rule == "R1"
        assert stories.of_label(lot.product_id, serial, lot="OTHER").verdict.reasons[0].rule == "R1"

    def test_a_label_not_yet_active_and_a_void_one_say_so(self, lot):
        printed, voided = labels(lot, 1, active=False), labels(lot, 1)
        with transaction():
            labelling.void(voided.batch, by=BY, reason="stolen")
        assert stories.of_label(lot.product_id, printed.serials[0]).verdict.level is Level.ATTENTION
        assert stories.of_label(lot.product_id, voided.serials[0]).verdict.level is Level.SUSPECTED

    def test_a_recalled_lot_says_so(self, lot, serial):
        body = {
            "recall": "TH-1",
            "lot": lot.number,
            "decision": {"no": "MẪU-9/QĐ", "date": clock.today().isoformat(), "authority": "ha-noi"},
            "reason": {"vi": "Thử", "en": "Test"},
        }
        with transaction():
            enter(lot.product_id, "recall.opened", body, day=clock.today(), by=BY, approved_by=SECOND)
        verdict = stories.of_label(lot.product_id, serial).verdict
        assert (verdict.level, verdict.reasons[0].rule) == (Level.ATTENTION, "R2")

    def test_codes_guessed_from_its_network_are_told(self, lot, serial):
        for number in range(12):
            count(lot, f"GUESS{number:05d}")
        count(lot, serial)
        assert [reason.rule for reason in stories.of_label(lot.product_id, serial).verdict.reasons] == ["R6"]

    def test_whoever_watches_sees_the_worst_first_and_no_honest_label(self, lot, serial):
        honest, crowded, printed = labels(lot, 2), labels(lot, 1).serials[0], labels(lot, 1, active=False).serials[0]
        count(lot, honest.serials[0]), count(lot, serial), count(lot, printed), count(lot, "NEVERWAS00")
        for device in range(4 * DEVICES):
            count(lot, crowded, f"device-{device}")
        told = [(one.serial, one.verdict.level) for one in stories.suspects()]
        assert told == [
            (crowded, Level.SUSPECTED),
            ("NEVERWAS00", Level.SUSPECTED),
            (printed, Level.ATTENTION),
        ]
        assert stories.suspects([lot.product_id]) == stories.suspects()
        assert stories.suspects([a_product().id]) == []

    def test_a_batch_scanned_mostly_at_one_place_is_told(self, lot, monkeypatch):
        monkeypatch.setattr("shop.provenance.lots.clones.CROWD", 10)
        issued = labels(lot, 12)
        for number, serial in enumerate(issued.serials):
            count(lot, serial, address="203.0.113.7" if number < 9 else f"198.51.{number}.1")
        verdict = stories.of_batch(issued.batch)
        assert (verdict.level, verdict.reasons[0].facts) == (Level.ATTENTION, {"most": 9, "scans": 12})


def test_serials_and_pins_are_of_crockfords_letters(app):
    assert set(serials.draw_pin()) <= set(serials.CROCKFORD)
