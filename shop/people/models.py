"""Users, the roles they hold (each for one object), and their signed-in devices."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Key, Model, Stamp


class Role(enum.StrEnum):
    OFFICE = "office"
    PRODUCER = "producer"
    CLERK = "clerk"


class User(Model):
    __tablename__ = "user_account"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5), default="vi")
    made_at: Mapped[Stamp]
    disabled_at: Mapped[datetime | None]

    grants: Mapped[list[Grant]] = relationship(back_populates="user", cascade="all, delete-orphan")

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def handle(self) -> str:
        """How the audit trail names this person: an id, never a name."""
        return f"user:{self.id}"

    def holds(self, role: Role, *, about: str = "") -> bool:
        """Whether this person acts as `role` for `about` ('producer:12', 'point:3'; empty for the whole office)."""
        return self.is_active and any(grant.role == role and grant.about == about for grant in self.grants)


class Grant(Model):
    """A role held for one object."""

    __tablename__ = "role_grant"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role]
    about: Mapped[str] = mapped_column(String(60), default="")

    user: Mapped[User] = relationship(back_populates="grants")

    __table_args__ = (UniqueConstraint("user_id", "role", "about"),)


class SignIn(Model):
    """One signed-in device. The token lives in the person's cookie, only its hash here."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class FailedSignIn(Model):
    """A wrong password: counted per address of mail and of network, so that guessing is slow."""

    __tablename__ = "failed_sign_in"

    id: Mapped[Key]
    whom: Mapped[str] = mapped_column(String(254), index=True)
    at: Mapped[Stamp]
