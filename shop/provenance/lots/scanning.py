"""Counts scans of labels: what a person's device asked for, once in ten minutes, kept for 90 days."""

from __future__ import annotations

import hmac
import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select, update

from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance.log import keys
from shop.provenance.lots.clones import is_guessing
from shop.provenance.lots.models import Label, Scan, ScanKind

AGAIN = timedelta(minutes=10)
KEPT = timedelta(days=90)
A_DAY = timedelta(days=1)
UNKNOWN_AT_MOST = 100  # rows of unknown serials from one network in ten minutes: guessers must not fill the table

# Machines that look at a link because somebody sent it, and machines that look at everything.
# In-app browsers of Zalo, Facebook or WeChat are people, and so are owners of a Cubot.
MACHINES = re.compile(
    r"(?<!cu)bot(?![a-z])|crawl|spider|slurp|preview|externalhit|facebookcatalog|whatsapp/|embedly|headless|lighthouse"
    r"|curl/|wget/|python|java/|okhttp|go-http|node-fetch|axios|libwww|monitor|uptime",
    re.IGNORECASE,
)
AGENTS = (("iphone", "iphone"), ("ipad", "ipad"), ("android", "android"), ("windows", "windows"), ("macintosh", "mac"))


@dataclass(frozen=True)
class Seen:
    """One look at a label. Device and network are HMACs already; an unknown province is empty."""

    product_id: int
    serial: str
    device: str
    network: str
    agent: str = ""
    province: str = ""


def look(product_id: int, serial: str, *, token: str, address: str, agent: str) -> Seen:
    """`token` is the device's cookie, `address` its IP address, of which only the network is used."""
    return Seen(product_id, serial[:20], _sealed("device", token), _network(address), _class(agent))


def is_counted(method: str, agent: str, purpose: str = "") -> bool:
    """Whether a person looks: not HEAD, not a machine, not a browser that fetches ahead (`purpose`)."""
    ahead = "prefetch" in purpose or "prerender" in purpose or "preview" in purpose
    return method == "GET" and bool(agent) and not ahead and MACHINES.search(agent) is None


def count(seen: Seen, *, kind: ScanKind = ScanKind.VIEW) -> bool:
    """Keeps this scan; False where the same device looked within ten minutes, or a network floods us with guesses."""
    now = clock.now()
    # The label's row first: two looks of one device at once wait for each other.
    label = db.session.scalar(select(Label).where(Label.serial == seen.serial).with_for_update())
    if _again(seen, kind, now) or (label is None and _floods(seen.network, now)):
        return False
    note(seen, kind, is_ours=label is not None)
    if label is not None:
        first = func.coalesce(Label.first_scanned_at, now)
        counted = update(Label).where(Label.serial == seen.serial)
        db.session.execute(counted.values(scans=Label.scans + 1, first_scanned_at=first, last_scanned_at=now))
    return True


def note(seen: Seen, kind: ScanKind, *, is_ours: bool) -> None:
    db.session.add(
        Scan(
            serial=seen.serial,
            product_id=seen.product_id,
            at=clock.now(),
            kind=kind,
            device=seen.device,
            network=seen.network,
            province=seen.province,
            agent=seen.agent,
            is_ours=is_ours,
        )
    )


def guesses(network: str, now: datetime | None = None) -> bool:
    """Whether codes are being guessed from this network just now."""
    return is_guessing(_unknown(network, now or clock.now()))


def forget() -> None:
    """The daily job: scans older than 90 days go; each label keeps its count, its first and its last scan."""
    with transaction():
        db.session.execute(delete(Scan).where(Scan.at < clock.now() - KEPT))


def _again(seen: Seen, kind: ScanKind, now: datetime) -> bool:
    same = select(Scan.id).where(
        Scan.serial == seen.serial, Scan.at > now - AGAIN, Scan.device == seen.device, Scan.kind == kind
    )
    return db.session.scalar(same.limit(1)) is not None


def _floods(network: str, now: datetime) -> bool:
    return len(_unknown(network, now)) >= UNKNOWN_AT_MOST


def _unknown(network: str, now: datetime) -> list[tuple[datetime, str]]:
    """What was asked for from this network lately and never issued."""
    asked = (
        select(Scan.at, Scan.serial)
        .where(Scan.network == network, Scan.at > now - AGAIN, ~Scan.is_ours)
        .order_by(Scan.at)
        .limit(UNKNOWN_AT_MOST)
    )
    return [(row.at, row.serial) for row in db.session.execute(asked)]


def _network(address: str) -> str:
    """Of an IPv4 address the first 24 bits, of IPv6 48, under a salt that changes each day."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    bits = 24 if parsed.version == 4 else 48
    return _sealed(f"network of {clock.today()}", str(ipaddress.ip_network((parsed, bits), strict=False)))


def _sealed(what: str, value: str) -> str:
    return hmac.digest(keys.ring().label_secret(), f"{what}:{value}".encode(), sha256)[:8].hex()


def _class(agent: str) -> str:
    """The kind of machine, nothing finer: a whole user agent could tell people apart."""
    lower = agent.lower()
    return next((kind for sign, kind in AGENTS if sign in lower), "other")
