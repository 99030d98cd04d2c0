"""The language is part of the address; sentences come from the gettext catalogues."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, request
from flask_babel import Babel
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.routing import BaseConverter

from shop.core.languages import DEFAULT, LANGUAGES

NAMES = {"vi": "Tiếng Việt", "en": "English"}


class LanguageConverter(BaseConverter):
    """Matches only languages the shop speaks: any other is no such page."""

    regex = "|".join(LANGUAGES)


# Asked some hundred times a page, hence no request proxy in between. Set anew for every request.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def speak(app: Flask) -> None:
    app.url_map.converters["language"] = LanguageConverter
    translations = Path(app.root_path) / "translations"
    compile_catalogues(translations)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"  # sentences are written in English in the code
    Babel(app, locale_selector=language, default_timezone="Asia/Ho_Chi_Minh")
    catalogues = {spoken: Translations.load(translations, [spoken]) for spoken in LANGUAGES}
    gettext, ngettext = _for_templates(catalogues)
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)


def _for_templates(catalogues: dict[str, NullTranslations]) -> tuple[Callable[..., str], Callable[..., str]]:
    """What Jinja's own `newstyle` functions do, but a sentence is looked up, marked and finished once, not per page."""

    @lru_cache(maxsize=8_000)
    def one(spoken: str, safe: bool, words: str) -> str:
        found: str = catalogues[spoken].ugettext(words)
        return Markup(found) if safe else found

    @lru_cache(maxsize=8_000)
    def finished(spoken: str, safe: bool, words: str) -> str:
        return one(spoken, safe, words) % {}

    @lru_cache(maxsize=8_000)
    def several(spoken: str, safe: bool, single: str, many: str, count: int) -> str:
        found: str = catalogues[spoken].ungettext(single, many, count)
        return Markup(found) if safe else found

    @pass_eval_context
    def gettext(context: EvalContext, words: str, /, **values: Any) -> str:
        if values:
            return one(language(), bool(context.autoescape), str(words)) % values
        return finished(language(), bool(context.autoescape), str(words))

    @pass_eval_context
    def ngettext(context: EvalContext, single: str, many: str, count: int, /, **values: Any) -> str:
        found = several(language(), bool(context.autoescape), single, many, count)
        return found % {"num": count, **values}

    return gettext, ngettext


def language() -> str:
    """The language of this page; where the address has none, the one the browser prefers."""
    return _spoken.get() or speak_in(preferred())


def speak_in(spoken: str) -> str:
    """From here on this request (or this letter) is in `spoken`."""
    _spoken.set(spoken)
    return spoken


def preferred() -> str:
    """The best match of the browser's wishes; whoever asks for none of ours reads English rather than Vietnamese."""
    if not request or not request.accept_languages:
        return DEFAULT
    return request.accept_languages.best_match(LANGUAGES) or "en"


def compile_catalogues(directory: Path) -> None:
    """Compiles each .po that is newer than its .mo."""
    for catalogue in directory.glob("*/LC_MESSAGES/messages.po"):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        with catalogue.open("rb") as source:
            messages = read_po(source, locale=catalogue.parent.parent.name)
        part = compiled.with_suffix(f".{os.getpid()}.part")  # several processes may start at once
        with part.open("wb") as out:
            write_mo(out, messages)
        part.replace(compiled)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    _spoken.set(values.pop("language") if values and "language" in values else None)


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and _has_language(endpoint):
        values["language"] = language()


_endpoints: dict[str, bool] = {}


def _has_language(endpoint: str) -> bool:
    known = _endpoints.get(endpoint)
    if known is None:
        known = _endpoints[endpoint] = current_app.url_map.is_endpoint_expecting(endpoint, "language")
    return known
