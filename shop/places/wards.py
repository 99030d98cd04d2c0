"""Finding a ward by what people type: today's name, the name before July 2025, with or without tones."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.core.text import fold, nfc
from shop.places.models import OldWard, Ward

PREFIXES = ("phuong ", "xa ", "thi tran ", "dac khu ", "p. ", "x. ", "p.", "x.", "ward ", "commune ")


class UnknownWard(Refusal):
    sentence = N_("We do not know a ward or commune named “%(typed)s”. Choose one from the list.")
    field = "ward"


class NoWard(Refusal):
    sentence = N_("Please type or choose your ward or commune.")
    field = "ward"


class SeveralWards(Refusal):
    sentence = N_("“%(typed)s” is now one of: %(choices)s. Please choose one.")
    field = "ward"


@dataclass(frozen=True)
class WardChoice:
    """A ward of today, and the old name that led to it, if one did."""

    code: str
    name: str
    province: str
    was: str = ""


def without_prefix(folded: str) -> str:
    for prefix in PREFIXES:
        if folded.startswith(prefix):
            return folded[len(prefix) :].strip()
    return folded


def suggest(typed: str, *, province_code: str | None = None, limit: int = 8) -> list[WardChoice]:
    """Wards whose name of today or of yesterday begins with `typed` (or has a word that does)."""
    wanted = without_prefix(fold(typed).strip().split(",")[0].strip())
    if not wanted:
        return []
    choices: dict[str, WardChoice] = {}
    for ward in db.session.scalars(_todays(wanted, province_code).limit(limit)):
        choices[ward.code] = WardChoice(ward.code, ward.name, ward.province.name["vi"])
    for old in db.session.scalars(_yesterdays(wanted, province_code).limit(limit * 2)):
        was = f"{old.name}, {old.district}"
        choices.setdefault(old.ward_code, _from_old(old, was))
    return list(choices.values())[:limit]


def find(typed: str, *, province_code: str | None = None) -> Ward:
    """The one ward meant by `typed` ('Phường Hà Đông, Hà Nội', '09556', 'quang trung').

    Raises NoWard, UnknownWard, or SeveralWards naming the choices when an old ward was split.
    """
    typed = nfc(typed).strip()
    if not typed:
        raise NoWard()
    if typed.isdigit() and (ward := db.session.get(Ward, typed)):
        return ward
    whole = fold(typed.split(",")[0]).strip()
    exact = _exactly(without_prefix(whole), province_code)
    # Who writes 'Phường Hà Đông' does not mean 'Xã Hà Đông'.
    exact = [ward for ward in exact if fold(ward.name) == whole] or exact
    if len(exact) > 1 and "," in typed:
        place = fold(typed.split(",", 1)[1])
        exact = [ward for ward in exact if ward.province.folded in place] or exact
    if not exact:
        raise UnknownWard(typed=typed)
    if len(exact) > 1:
        raise SeveralWards(typed=typed, choices="; ".join(f"{w.name}, {w.province.name['vi']}" for w in exact[:6]))
    return exact[0]


def of_province(code: str) -> list[tuple[str, str]]:
    """(code, name) of its wards, by name."""
    return [(row.code, row.name) for row in db.session.execute(_OF_PROVINCE, {"code": code})]


_OF_PROVINCE = select(Ward.code, Ward.name).where(Ward.province_code == bindparam("code")).order_by(Ward.folded)


def _exactly(folded: str, province_code: str | None) -> list[Ward]:
    """Today's names win over yesterday's."""
    found = select(Ward).where(Ward.folded == folded)
    named = list(db.session.scalars(_within(found, province_code).options(joinedload(Ward.province))))
    if named:
        return named
    old = select(OldWard).where(OldWard.folded.startswith(folded + ",", autoescape=True))
    wards = {o.ward_code: o.ward for o in db.session.scalars(old.options(joinedload(OldWard.ward)))}
    return [w for w in wards.values() if province_code in (None, w.province_code)]


def _todays(wanted: str, province_code: str | None):  # type: ignore[no-untyped-def]
    begins = or_(Ward.folded.startswith(wanted, autoescape=True), Ward.folded.contains(" " + wanted, autoescape=True))
    query = select(Ward).where(begins).options(joinedload(Ward.province))
    return _within(query, province_code).order_by(Ward.province_code != "01", Ward.folded)


def _yesterdays(wanted: str, province_code: str | None):  # type: ignore[no-untyped-def]
    query = select(OldWard).where(OldWard.folded.startswith(wanted, autoescape=True))
    if province_code:
        query = query.join(Ward).where(Ward.province_code == province_code)
    return query.options(joinedload(OldWard.ward).joinedload(Ward.province)).order_by(
        OldWard.is_default.desc(), OldWard.folded
    )


def _within(query, province_code: str | None):  # type: ignore[no-untyped-def]
    return query.where(Ward.province_code == province_code) if province_code else query


def _from_old(old: OldWard, was: str) -> WardChoice:
    return WardChoice(old.ward_code, old.ward.name, old.ward.province.name["vi"], was)
