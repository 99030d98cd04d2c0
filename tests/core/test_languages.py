"""A text in several languages falls back honestly and never fails."""

import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.core.languages import Texts
from shop.places.models import SalesPoint
from tests.factories import a_point

BOTH = Texts(vi="Nón lá", en="Conical hat")
VIETNAMESE, ENGLISH = Texts(vi="Nón lá"), Texts(en="Conical hat")


@pytest.mark.parametrize(
    ("texts", "language", "answer", "really_in"),
    [
        (BOTH, "vi", "Nón lá", "vi"),
        (BOTH, "en", "Conical hat", "en"),
        (VIETNAMESE, "en", "Nón lá", "vi"),
        (ENGLISH, "vi", "Conical hat", "en"),
        (BOTH, "fr", "Conical hat", "en"),
        (VIETNAMESE, "fr", "Nón lá", "vi"),
        (ENGLISH, "fr", "Conical hat", "en"),
        (Texts(vi="Nón lá", en=""), "en", "Nón lá", "vi"),
    ],
)
def test_a_missing_language_falls_back_and_says_which_it_is(texts, language, answer, really_in):
    assert texts.to(language) == answer
    assert texts.language_of(language) == really_in


@pytest.mark.parametrize("texts", [Texts(), Texts(vi="", en="")])
def test_no_text_at_all_is_empty_and_false(texts):
    assert (texts.to("vi"), texts.to("en"), bool(texts)) == ("", "", False)


@pytest.mark.both
def test_texts_are_stored_composed_and_without_their_empty_languages(app):
    decomposed = "Nón lá"
    point = a_point(name=Texts(vi=decomposed, en=""))
    db.session.expire_all()
    assert db.session.scalars(select(SalesPoint.name).where(SalesPoint.id == point.id)).one() == {"vi": "Nón lá"}
