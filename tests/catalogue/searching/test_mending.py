"""Telex keys that were never turned into letters, and how far apart two words are."""

import pytest

from shop.catalogue.searching.analysis import (
    ANALYSER_VERSION,
    JOINER,
    NAME_B,
    NAME_F,
    NAME_X,
    analyse,
    proper_names,
)
from shop.catalogue.searching.glossary import glossary
from shop.catalogue.searching.rows import Row
from shop.catalogue.searching.telex import decoded
from shop.catalogue.searching.vocabulary import Vocabulary, distance


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        *[("gooms", "gốm"), ("trangf", "tràng"), ("batr", "bảt"), ("tuwowng", "tương"), ("tuowngj", "tượng")],
        *[("ddoongf", "đồng"), ("lujaa", "luậ"), ("luaj", "lụa"), ("hoaf", "hòa"), ("hoanf", "hoàn")],
        *[("quys", "quý"), ("giaas", "giấ"), ("gias", "giá"), ("thuyr", "thủy"), ("khoer", "khỏe")],
        *[("ngoaif", "ngoài"), ("nguyeenx", "nguyễn"), ("sow", "sơ"), ("quats", "quát"), ("mayf", "mày")],
    ],
)
def test_telex_keys_become_the_letters_meant(keys, word):
    assert decoded(keys) == word


@pytest.mark.parametrize("word", ["bat", "trang", "lua", "tra", "bcd", "12"])
def test_words_without_telex_keys_stay(word):
    assert decoded(word) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("trag", "trang", 1),
        ("trnag", "trang", 1),
        ("silk", "silk", 0),
        ("slik", "silk", 1),
        ("", "ab", 2),
        ("lacquer", "laker", 3),
    ],
)
def test_slips_are_counted_and_a_swap_is_one(one, other, apart):
    assert distance(one, other) == distance(other, one) == apart


def test_words_near_a_typo_come_from_the_catalogue():
    words = Vocabulary([(f"bát{JOINER}tràng", 7), ("tranh", 2), ("mother", 1), ("vermicelli", 1)])
    assert words.near("trag") == {"trang": 1}
    assert words.near("vermiceli") == {"vermicelli": 1}
    assert words.near("vermicely") == {"vermicelli": 2}
    assert words.near("xyz") == {}
    assert words.spelled("trang", ["bát"]) == "tràng"


def test_a_village_name_is_one_word_of_the_name_and_two_for_phrases():
    terms = analyse(_a_row("Bát gốm Bát Tràng"))
    assert terms[NAME_X] == [f"bát{JOINER}tràng", "bát", "gốm"]
    assert terms[NAME_F] == [f"bat{JOINER}trang", "bat", "gom"]
    assert {"gom_bat", "bat_trang"} <= set(terms[NAME_B])


def test_a_listing_typed_without_marks_still_names_its_village():
    assert f"bát{JOINER}tràng" in analyse(_a_row("Bat gom Bat Trang"))[NAME_X]


@pytest.mark.parametrize(
    ("village", "names"),
    [
        ("Làng khảm trai Chuôn Ngọ (Chuyên Mỹ)", [("chuôn", "ngọ"), ("chuyên", "mỹ")]),
        ("Làng chế biến nông sản Dương Liễu - Cát Quế", [("dương", "liễu"), ("cát", "quế")]),
        ("Làng nón Chuông", [("chuông",)]),
        ("Xã Bát Tràng", [("bát", "tràng")]),
        ("", []),
    ],
)
def test_names_are_read_out_of_the_title_of_a_village(village, names):
    assert proper_names(village) == names


def test_the_fingerprint_is_short_and_stands_in_a_directory_name():
    assert ANALYSER_VERSION.isalnum()
    assert len(ANALYSER_VERSION) == 12


def test_the_glossary_reads_both_ways_and_only_as_spelled():
    others = {" ".join(phrase) for phrase, _ in glossary().others(["tea"])}
    assert {"trà", "chè"} <= others
    assert ("silk",) in [phrase for phrase, _ in glossary().others(["lụa"])]
    assert ("conical", "hat") in [phrase for phrase, _ in glossary().others(["non", "la"])]
    assert glossary().others(["tra"]) == []


def _a_row(name: str) -> Row:
    village = {"vi": "Làng gốm sứ Bát Tràng", "en": "Bát Tràng ceramics village"}
    return Row(1, {"vi": name, "en": ""}, village, "", {}, {})
