"""What codes and handles are called: authorities, criteria sets, people. Each is asked for once a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sqlalchemy import select

from shop.core.db import db
from shop.people.models import User
from shop.provenance.models import Authority, CriteriaSet


class Names:
    """The few dozen authorities and criteria sets of the register, by their codes."""

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        return {one.code: one for one in db.session.scalars(select(Authority).order_by(Authority.level, Authority.id))}

    @cached_property
    def schemes(self) -> dict[str, CriteriaSet]:
        newest = CriteriaSet.in_force_from.desc()
        return {one.code: one for one in db.session.scalars(select(CriteriaSet).order_by(newest))}


def people(handles: Iterable[str | None]) -> dict[str, str]:
    """'user:7' → the person's name, for those that are people; one query."""
    wanted = {handle for handle in handles if handle and handle.startswith("user:")}
    ids = [int(handle.removeprefix("user:")) for handle in wanted]
    if not ids:
        return {}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {f"user:{row.id}": row.name for row in found}
