"""The hidden PIN: whoever opens the pack reveals it, once; on a second device it tells a copy."""

from __future__ import annotations

import enum
import hmac

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_
from shop.provenance.lots import scanning, serials
from shop.provenance.lots.models import Label, LabelState, Scan, ScanKind
from shop.provenance.lots.scanning import Seen

TRIES = 5  # wrong PINs a label bears in a day: with 40 bits of chance nobody guesses one


class Opening(enum.StrEnum):
    """What came of a PIN. An answer and no refusal, for a wrong one is a scan that must be kept."""

    FIRST = "first"
    AGAIN = "again"
    ELSEWHERE = "elsewhere"
    WRONG = "wrong"
    LOCKED = "locked"
    NO_PIN = "no pin"

    @property
    def label(self) -> str:
        return OPENING_LABELS[self]


OPENING_LABELS = {
    Opening.FIRST: N_("The PIN is right, and you are the first to reveal it."),
    Opening.AGAIN: N_("The PIN is right. You revealed it on this device before."),
    Opening.ELSEWHERE: N_("The PIN is right, but it was revealed on another device before: this may be a copy."),
    Opening.WRONG: N_("This is not the PIN of this label. Please compare it with the pack."),
    Opening.LOCKED: N_("Too many wrong PINs for this label today. Please try again tomorrow."),
    Opening.NO_PIN: N_("This label has no hidden PIN."),
}


def reveal(seen: Seen, typed: str) -> Opening:
    """Tries a PIN on the label that `seen` looked at. Call it in a transaction that is kept whatever comes."""
    label = db.session.scalar(select(Label).where(Label.serial == seen.serial).with_for_update())
    if label is None or label.pin_hmac is None:
        return Opening.NO_PIN
    if _wrong_tries(label.serial) >= TRIES:
        return Opening.LOCKED
    if not hmac.compare_digest(serials.sealed(label.serial, serials.tidy(typed)), label.pin_hmac):
        scanning.note(seen, ScanKind.WRONG_PIN, is_ours=True)
        return Opening.WRONG
    scanning.note(seen, ScanKind.PIN, is_ours=True)
    if label.opened_at is None:
        label.opened_at, label.opened_by = clock.now(), seen.device
        label.state = LabelState.OPENED if label.state is LabelState.ACTIVE else label.state
        return Opening.FIRST
    return Opening.AGAIN if label.opened_by == seen.device else Opening.ELSEWHERE


def _wrong_tries(serial: str) -> int:
    wrong = select(func.count()).where(
        Scan.serial == serial,
        Scan.kind == ScanKind.WRONG_PIN,
        Scan.at > clock.now() - scanning.A_DAY,
    )
    return db.session.scalars(wrong).one()
