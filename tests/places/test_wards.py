"""A ward is found by what people type: today's name, yesterday's, with or without tones."""

import pytest

from shop.places.wards import SeveralWards, UnknownWard, find, of_province, suggest

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Phường Hoàn Kiếm", "00070"),
        ("Hoàn Kiếm", "00070"),
        ("hoan kiem", "00070"),
        ("  HOAN KIEM  ", "00070"),
        ("p. Hoàn Kiếm", "00070"),
        ("P.Hoàn Kiếm", "00070"),
        ("phuong hoan kiem", "00070"),
        ("ward hoan kiem", "00070"),
        ("xã Bát Tràng", "00577"),
        ("Phường Hà Đông, Hà Nội", "09556"),
        ("ha dong, ha noi", "09556"),
        ("09556", "09556"),
        ("Phường Hà Đông", "09556"),
        ("Xã Hà Đông", "10882"),
        ("Xã Hoà Lạc, Hà Nội", "09988"),
        ("Xã Hòa Lạc, Hà Nội", "09988"),
    ],
)
def test_today_s_name_finds_it_however_it_is_typed(typed, code):
    assert find(typed).code == code


def test_decomposed_letters_find_it_too():
    assert find("Hoàn Kiếm").code == "00070"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Phường Phúc Xá", "00097"), ("phuc xa", "00097"), ("Phường Trúc Bạch", "00004"), ("truc bach", "00004")],
)
def test_the_name_before_july_2025_finds_the_ward_of_today(typed, code):
    assert find(typed, province_code="01").code == code


def test_a_ward_that_was_split_asks_which_part_and_names_them():
    with pytest.raises(SeveralWards) as refusal:
        find("Hàng Trống")
    assert "Phường Hoàn Kiếm, Thành phố Hà Nội" in refusal.value.facts["choices"]
    assert "Phường Cửa Nam, Thành phố Hà Nội" in refusal.value.facts["choices"]


def test_quang_trung_is_three_wards_of_today_and_three_of_yesterday_in_hanoi():
    with pytest.raises(SeveralWards) as everywhere:
        find("quang trung")
    assert everywhere.value.facts["choices"].count("Quang Trung") == 3
    with pytest.raises(SeveralWards) as hanoi:
        find("quang trung", province_code="01")
    for name in ("Đống Đa", "Hà Đông", "Tây Phương"):
        assert name in hanoi.value.facts["choices"]


def test_the_province_typed_behind_a_comma_decides_between_namesakes():
    assert find("Quang Trung, Cao Bằng").code == "01465"


@pytest.mark.parametrize("typed", ["Phường Không Có", "99999", "%", "_", "ha%", ","])
def test_a_name_nobody_knows_is_refused_with_what_was_typed(typed):
    with pytest.raises(UnknownWard) as refusal:
        find(typed)
    assert refusal.value.facts["typed"] == typed


def test_a_ward_of_another_province_is_not_found_in_this_one():
    with pytest.raises(UnknownWard):
        find("Bát Tràng", province_code="79")


def test_suggestions_begin_with_what_was_typed_hanoi_first():
    found = suggest("kim li")
    assert [(choice.code, choice.name) for choice in found][:2] == [
        ("00229", "Phường Kim Liên"),
        ("17971", "Xã Kim Liên"),
    ]


def test_suggestions_find_a_word_in_the_middle():
    assert "00577" in {choice.code for choice in suggest("tràng")}


def test_a_suggestion_by_an_old_name_says_which_name_that_was():
    quang_trung = [choice for choice in suggest("quang trung", province_code="01") if choice.code == "09556"]
    assert [(choice.name, choice.was) for choice in quang_trung] == [
        ("Phường Hà Đông", "Phường Quang Trung, Quận Hà Đông")
    ]


def test_of_a_split_ward_the_main_heir_is_suggested_first():
    found = [choice for choice in suggest("hàng trống", province_code="01") if choice.was]
    assert [choice.code for choice in found] == ["00070", "00082"]


@pytest.mark.parametrize("typed", ["", "   ", ","])
def test_nothing_typed_suggests_nothing(typed):
    assert suggest(typed) == []


@pytest.mark.parametrize("typed", ["%", "_", "h%ng"])
def test_signs_of_the_query_language_are_letters_like_others(typed):
    assert suggest(typed) == []


def test_suggestions_are_few_and_each_ward_comes_once():
    found = suggest("t")
    assert len(found) == 8
    assert len({choice.code for choice in found}) == 8


def test_a_province_lists_all_its_wards():
    hanoi = of_province("01")
    assert len(hanoi) == 126
    assert [name for code, name in hanoi if code == "00070"] == ["Phường Hoàn Kiếm"]
    assert {code for code, _ in of_province("79")}.isdisjoint(code for code, _ in hanoi)
