"""Effects outside the database are rows written with the deed and done by the worker after commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import JSON, Index, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Key, Model, Stamp, db, is_sqlite, transaction

log = structlog.get_logger()
LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = 48  # with at most an hour between two tries: about two days
LONGEST_PAUSE = timedelta(hours=1)


class Job(Model):
    """A promise to do something once the deed is committed. Done at least once: handlers must bear repetition."""

    __tablename__ = "job"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[Stamp]
    due_at: Mapped[Stamp]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(Text)


Index(
    "ix_job_waiting",
    Job.due_at,
    Job.id,
    sqlite_where=Job.done_at.is_(None) & Job.given_up_at.is_(None),
    postgresql_where=Job.done_at.is_(None) & Job.given_up_at.is_(None),
)


Handler = Callable[[Mapping[str, Any]], None]


def put(kind: str, **facts: Any) -> None:
    """Writes the promise in the transaction that is open."""
    now = clock.now()
    db.session.add(Job(kind=kind, facts=facts, made_at=now, due_at=now))


def work(handlers: Mapping[str, Handler], *, limit: int = 50, stopping: Callable[[], bool] = lambda: False) -> int:
    """Does what is due, oldest first, until `stopping`; answers how many were done."""
    if stopping() or db.session.scalar(_WAITING, {"now": clock.now()}) is None:
        db.session.rollback()
        return 0
    with transaction():
        job = _lease()
    done = 0
    for left in reversed(range(limit)):
        if job is None:
            break
        trouble = _try(job, handlers)
        done += trouble is None
        with transaction():  # the end of one and the beginning of the next: one wait for the disk, not two
            _note(job, trouble)
            job = _lease() if left and not stopping() else None
    return done


def given_up() -> list[int]:
    """Promises that were tried to the end: a person must look at them."""
    return list(db.session.scalars(select(Job.id).where(Job.given_up_at.is_not(None))))


_WAITING = (
    select(Job)
    .where(Job.done_at.is_(None), Job.given_up_at.is_(None), Job.due_at <= bindparam("now"))
    .order_by(Job.due_at, Job.id)
    .limit(1)
)
_MINE = _WAITING.with_for_update(skip_locked=True)


def _lease() -> Job | None:
    """Takes the next due job by moving its due time past the lease: a dead worker's job comes back by itself."""
    job = db.session.scalar(_WAITING if is_sqlite() else _MINE, {"now": clock.now()})
    if job is not None:
        job.attempts += 1
        job.due_at = clock.now() + LEASE
    return job


def _try(job: Job, handlers: Mapping[str, Handler]) -> str | None:
    """Keeps the promise; answers what went wrong, if anything did."""
    trouble: str | None = None
    try:
        handlers[job.kind](job.facts)
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}"
        log.warning("job failed", job=job.id, kind=job.kind, trouble=trouble, attempts=job.attempts)
        with suppress(Exception):
            db.session.rollback()
    return trouble


def _note(job: Job, trouble: str | None) -> None:
    now = clock.now()
    job.trouble = trouble
    if trouble is None:
        job.done_at = now
    elif job.attempts >= GIVE_UP_AFTER:
        job.given_up_at = now
    else:
        job.due_at = now + min(timedelta(seconds=2 ** min(job.attempts, 20)), LONGEST_PAUSE)
