"""The one place where Vietnamese letters are compared: every letter, both forms, both schools of tones."""

import unicodedata

import pytest

from shop.core.text import fold, is_marked, nfc, slugify, tidy_tones, words

BASES = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = {nfc(shape + tone): base for base, shapes in BASES.items() for shape in shapes for tone in TONES} | {"đ": "d"}
BOTH_CASES = {**LETTERS, **{letter.upper(): base for letter, base in LETTERS.items()}}
# 67 letters with a mark or a bar, small and capital, are the 134 that engines stumble over.
MARKED = {letter: base for letter, base in BOTH_CASES.items() if letter.lower() != base}


def test_there_are_134_letters_with_marks():
    assert len(MARKED) == 134


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_letter_folds_to_its_base_in_every_form(form):
    wrong = {letter for letter, base in BOTH_CASES.items() if fold(unicodedata.normalize(form, letter)) != base}
    assert wrong == set()


def test_folding_keeps_digits_and_signs_and_lowers_the_rest():
    assert fold("Gốm BÁT TRÀNG, 500.000 ₫ – Đồ Ðá Æble") == "gom bat trang, 500.000 ₫ – do da aeble"


def test_invisible_signs_are_deleted():
    assert fold("tr\u00adà\u200b \ufeffsen") == "tra sen"


@pytest.mark.parametrize(
    ("one_school", "other_school"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("toá", "tóa"),
        ("Hoạ", "họa"),
        ("muà", "mùa"),
        ("cuả", "của"),
    ],
)
def test_both_schools_of_tone_marks_read_the_same(one_school, other_school):
    assert tidy_tones(one_school) == tidy_tones(other_school) == other_school
    assert tidy_tones(unicodedata.normalize("NFD", one_school)) == other_school


@pytest.mark.parametrize("word", ["quý", "quà", "quỳ", "giá", "hoàn", "thuở", "ngoài", "khuỷu", "nghĩa", "toàn"])
def test_marks_that_have_one_place_stay(word):
    assert tidy_tones(word) == word


def test_tones_are_not_lost_by_tidying():
    assert len({tidy_tones(f"ho{nfc('a' + tone)}") for tone in TONES}) == 6


def test_words_keep_single_letters_numbers_and_small_words():
    assert words("Ô mai & trà, y học 5 sao: mother-of-pearl") == [
        *("Ô", "mai", "trà", "y", "học", "5", "sao", "mother", "of", "pearl")
    ]


def test_words_of_decomposed_text_are_not_cut_at_the_marks():
    assert words(unicodedata.normalize("NFD", "Bát Tràng")) == ["Bát", "Tràng"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Nón lá làng Chuông", "non-la-lang-chuong"),
        ("  Đĩa sứ (bộ 6)! ", "dia-su-bo-6"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_slugs_are_plain_letters_and_hyphens(text, slug):
    assert slugify(text) == slug
    assert slugify(unicodedata.normalize("NFD", text)) == slug


def test_a_barred_d_counts_as_a_mark():
    assert is_marked("đa")
    assert not is_marked("da")
