"""The languages the shop speaks, and text that exists in several of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from shop.core.text import nfc

LANGUAGES = ("vi", "en")
DEFAULT = "vi"


class Texts(dict[str, str]):
    """One text in several languages; `to(language)` falls back honestly and never fails."""

    def to(self, language: str) -> str:
        return self.get(self.language_of(language)) or ""

    def language_of(self, language: str) -> str:
        """The language `to(language)` really answers in, so that a page can mark a fallback."""
        return next((spoken for spoken in (language, "en", DEFAULT) if self.get(spoken)), DEFAULT)

    def __bool__(self) -> bool:
        return any(self.values())


class TextsColumn(TypeDecorator[Texts]):
    """Texts as a JSON object, NFC at the door."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> Any:
        return None if value is None else {key: nfc(text) for key, text in value.items() if text}

    def process_result_value(self, value: Any, dialect: Dialect) -> Texts | None:
        return None if value is None else Texts(value)
