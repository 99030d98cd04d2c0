"""Every sentence of the shop is said in Vietnamese too, with the same facts in it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from tests.house.reading import ROOT, cure

RULES = ROOT / "shop" / "translations" / "babel.cfg"
VIETNAMESE = ROOT / "shop" / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
ADD = "Take the sentences into messages.po with the two commands at the head of shop/translations/babel.cfg"
FACT = re.compile(r"%\((\w+)\)[a-z]")


def as_one(said: str | tuple[str, ...]) -> tuple[str, ...]:
    """A message's forms: one, or one for each number."""
    return (said,) if isinstance(said, str) else tuple(said)


@cache
def sentences() -> dict[tuple[str, ...], str]:
    """Every sentence in code and templates → the first place that says it."""
    with RULES.open() as rules:
        methods, options = parse_mapping_cfg(rules)
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "lazy_ngettext:1,2"])}
    found: dict[tuple[str, ...], str] = {}
    for folder in ("shop", "templates"):
        for file, line, said, *_ in extract_from_dir(ROOT / folder, methods, options, keywords):
            found.setdefault(as_one(said), f"{folder}/{file}:{line}")
    return found


@cache
def catalogue() -> Catalog:
    assert VIETNAMESE.exists(), f"There is no {VIETNAMESE.relative_to(ROOT)}. {ADD}"
    with VIETNAMESE.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def translated() -> list[Message]:
    return [message for message in catalogue() if message.id]


def test_the_rules_find_sentences_in_code_and_in_templates() -> None:
    first = {place.split("/")[0] for place in sentences().values()}
    assert first == {"shop", "templates"}, f"babel.cfg finds sentences in {first} only: mend its patterns"


def test_sentences_are_read_as_the_app_reads_them(app: Flask) -> None:
    env, rules = app.jinja_env, RULES.read_text()
    for setting in ("trim_blocks", "lstrip_blocks"):
        said = f"{setting} = {str(getattr(env, setting)).lower()}"
        assert said in rules, f"shop/translations/babel.cfg must say {said!r}, or msgids differ from those asked for"


def test_every_sentence_is_said_in_vietnamese() -> None:
    known = {as_one(message.id): as_one(message.string) for message in translated()}
    breaks = [f"{where}: {said[0]!r}" for said, where in sentences().items() if not all(known.get(said, ("",)))]
    assert not breaks, cure(breaks, f"{len(breaks)} sentences have no Vietnamese. {ADD}, then translate:")


def test_no_translation_is_only_a_guess() -> None:
    breaks = [str(as_one(message.id)[0]) for message in translated() if message.fuzzy]
    assert not breaks, cure(breaks, "Read the guess, mend it, and take its '#, fuzzy' away:")


def test_a_translation_names_the_same_facts() -> None:
    breaks = []
    for message in translated():
        wanted = {*FACT.findall(as_one(message.id)[-1])}
        breaks += [
            f"{as_one(message.id)[-1]!r} → {said!r}"
            for said in as_one(message.string)
            if said and {*FACT.findall(said)} != wanted
        ]
    assert not breaks, cure(breaks, "Put exactly the %(facts)s of the English sentence into the Vietnamese one:")


def test_vietnamese_is_typed_in_one_way() -> None:
    breaks = [
        said
        for message in translated()
        for said in as_one(message.string)
        if said != unicodedata.normalize("NFC", said)
    ]
    assert not breaks, cure(breaks, "Save these in NFC, one sign for a letter with its marks:")


def test_a_sentence_may_name_its_values_as_it_likes_and_they_are_escaped(app: Flask) -> None:
    page = app.jinja_env.from_string('{{ _("%(words)s and %(context)s", words="<b>", context=1) }} {{ _("100%%") }}')
    with app.test_request_context("/en/"):
        assert page.render() == "&lt;b&gt; and 1 100%"
        counting = app.jinja_env.from_string('{{ ngettext("%(num)s %(many)s", "%(num)s %(many)ss", 2, many="<jar>") }}')
        assert counting.render() == "2 &lt;jar&gt;s"
