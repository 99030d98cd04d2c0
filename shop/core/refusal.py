"""How the shop says no: one class is one sentence, translated where it is shown."""

from typing import Any, ClassVar


def N_(sentence: str) -> str:
    """Marks a sentence for translation without translating it here."""
    return sentence


class Refusal(Exception):
    """The shop says no for a reason the reader can mend. `facts` fill the sentence; `field` names the input."""

    sentence: ClassVar[str] = N_("This cannot be done now.")
    field: ClassVar[str | None] = None

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.sentence % facts if facts else self.sentence)
        self.facts = facts
