"""The life of the keys as events: enrolled, rotated to the key that was committed to, compromised since a day.

A proof is judged by the place in the log at which it was made: a key counts from its enrolment until it is said to be
compromised. A rotation therefore breaks nothing, and nobody can back-date with a key stolen later.
"""

from __future__ import annotations

from datetime import date

from shop.core import clock
from shop.provenance.log import keys
from shop.provenance.log.appending import Entry, append
from shop.provenance.log.models import Event


class LogKeyStays(ValueError):
    """The log's own key cannot rotate: a new log with a new origin begins, whose first leaf commits to the old head."""


def rotate(role: str, *, by: str) -> Event:
    """Tells the log that the role's next key takes over, and commits to the one after it. Raises LogKeyStays.

    The old key signs this event; `keys.ring().turn()` after the commit lets the new one sign.
    """
    if role == "log":
        raise LogKeyStays("the log's key stays as long as its origin: begin a new log instead (docs/deploy.md)")
    ring = keys.ring()
    new = ring.following(role)
    body = {"key": new.name, "role": role, "public": new.multibase}
    body |= {"replaces": ring.current(role).name, "next": ring.following(role, 2).digest}
    return append(Entry("key.rotated", f"urn:ocop:key:{new.name}", body, clock.today(), by))


def compromise(name: str, *, since: date, by: str, reason: str) -> Event:
    """What this key signs from here on is not believed; what it signed since `since` is shown as doubtful."""
    body = {"key": name, "since": since.isoformat(), "reason": reason}
    return append(Entry("key.compromised", f"urn:ocop:key:{name}", body, since, by))
