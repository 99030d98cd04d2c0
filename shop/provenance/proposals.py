"""A deed waits here for the second person: what is proposed, by whom, and what became of it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Key, Model, Stamp
from shop.core.refusal import N_


class ProposalState(enum.StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return PROPOSAL_LABELS[self]


PROPOSAL_LABELS = {
    ProposalState.WAITING: N_("Waits for the second person"),
    ProposalState.APPROVED: N_("Approved"),
    ProposalState.REFUSED: N_("Refused"),
    ProposalState.WITHDRAWN: N_("Withdrawn"),
}


class Proposal(Model):
    """`deeds` are entries to be: [{product_id, kind, body, day}]; `facts` is what a person reads."""

    __tablename__ = "proposal"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    deeds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[Stamp]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def waits(self) -> bool:
        return self.state is ProposalState.WAITING

    @property
    def product_ids(self) -> list[int]:
        """The products it is about, each once, in the order of its deeds."""
        return list(dict.fromkeys(deed["product_id"] for deed in self.deeds))


Index("ix_proposal_state", Proposal.state, Proposal.proposed_at)
