"""What people type, and the product they mean."""

import unicodedata

import pytest

from shop.catalogue.searching import Row, SearchIndex

BAT_TRANG = {"vi": "Làng gốm sứ Bát Tràng", "en": "Bát Tràng ceramics village"}
VAN_PHUC = {"vi": "Làng lụa Vạn Phúc", "en": "Vạn Phúc silk village"}
CHUONG = {"vi": "Làng nón Chuông", "en": "Chuông conical-hat village"}
QUANG_AN = {"vi": "Nghề ướp trà sen Quảng An", "en": "Quảng An lotus-tea makers"}
CU_DA = {"vi": "Làng tương, miến Cự Đà", "en": "Cự Đà soy-sauce and vermicelli village"}
SON_DONG = {"vi": "Làng điêu khắc sơn mỹ nghệ Sơn Đồng", "en": "Sơn Đồng statue-carving village"}
NOWHERE: dict[str, str] = {}
RETURNS = "Hàng lỗi được trả lại trong 7 ngày"

SHELF = {
    "vase": ("Bình gốm Bát Tràng vẽ lam", "Bát Tràng blue vase", BAT_TRANG, 50),
    "teapot": ("Ấm trà men lam", "Blue glaze teapot", BAT_TRANG, 90),
    "bowl": ("Bát men ngọc", "Celadon bowl", BAT_TRANG, 10),
    "white bowl": ("Tô bát trắng trơn", "Plain white bowl", NOWHERE, 20),
    "silk": ("Lụa tơ tằm dệt tay", "Handwoven silk cloth", VAN_PHUC, 40),
    "scarf": ("Khăn lụa thêu sen", "Silk scarf with lotus", VAN_PHUC, 30),
    "hat": ("Nón lá bài thơ", "Poem conical hat", CHUONG, 60),
    "bare hat": ("Non la quai thao", "", CHUONG, 5),
    "lotus tea": ("Trà sen ướp bông", "Lotus tea", QUANG_AN, 45),
    "tea of few words": ("Trà mạn", "", QUANG_AN, 2),
    "voucher": ("Phiếu trả trước", "Prepaid voucher", NOWHERE, 99),
    "ginger sweet": ("Chè lam gừng", "Ginger sweet", NOWHERE, 15),
    "soy": ("Tương nếp Cự Đà", "Soybean sauce", CU_DA, 1),
    "statue": ("Tượng Phật bà", "Guanyin", SON_DONG, 95),
    "lacquer": ("Hộp sơn mài", "Lacquer box", NOWHERE, 35),
    "fan": ("Quạt giấy", "Paper fan", NOWHERE, 3),
    "kumquat": ("Cây quất cảnh", "Kumquat tree", NOWHERE, 97),
    "rounded": ("Đĩa hoà sắc", "Plate", NOWHERE, 4),
}
NAMES = list(SHELF)
PLACES = {"Làng lụa Vạn Phúc": ("Phường Hà Đông", "Phường Vạn Phúc", "Quận Hà Đông")}


def _row(at: int, vi: str, en: str, village: dict[str, str], rank: int) -> Row:
    name = {"vi": vi, "en": en}
    places = PLACES.get(village.get("vi", ""), ())
    return Row(at, name, village, "Hợp tác xã Mẫu", {"vi": "Thủ công"}, {"vi": RETURNS}, rank, places)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = SearchIndex(tmp_path_factory.mktemp("search") / "index")
    index.rebuild((_row(at, *facts) for at, facts in enumerate(SHELF.values())), upto=1)
    return index


@pytest.fixture
def found(index):
    return lambda text: [NAMES[product_id] for product_id in index.find(text).ids]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *[(text, "vase") for text in ("gom bat trang", "gốm bát tràng", "Gốm Bát Tràng", "bình gốm", "GOM BAT TRANG")],
        *[(text, "hat") for text in ("nón lá", "conical hat", "conical hats", "nonla", "nons las")],
        *[(text, "lotus tea") for text in ("lotus tea", "tra sen", "trà sen", "trasen", "chè sen", "tra senn")],
        *[(text, "silk") for text in ("lua", "lụa", "silk", "handwoven silk", "lụa hà đông", "luja")],
        *[(text, "scarf") for text in ("silk scarf", "silk scarfs", "khan lua", "khăn lụa", "silk scraf")],
        *[(text, "soy") for text in ("tương", "tuowng", "soy sauce", "tuong cu da", "tuong cuda")],
        *[(text, "statue") for text in ("tượng", "statue", "tượng sơn đồng", "statues")],
        *[(text, "lacquer") for text in ("sơn mài", "son mai", "lacquer", "laquer box", "lacqeur")],
        *[(text, "fan") for text in ("quạt", "quat giay", "paper fans")],
        *[(text, "rounded") for text in ("hoà", "hòa sắc", "đĩa hoà")],
        *[(text, "teapot") for text in ("ấm trà", "am tra", "tea pot", "teapots")],
    ],
)
def test_the_product_meant_comes_first(found, typed, first):
    assert found(typed)[:1] == [first]


def test_hats_are_found_with_and_without_marks_and_by_their_english_name(found):
    assert set(found("nón lá")) == set(found("non la")) == {"hat", "bare hat"}
    assert "hat" in found("conical hat")


@pytest.mark.parametrize("typed", ["bát tràng", "bat trang", "battrang", "bát tràg", "bats trangf", "làng bát tràng"])
def test_a_village_finds_what_it_makes_however_it_is_typed(found, typed):
    assert {"vase", "teapot", "bowl"} <= set(found(typed))


def test_a_decomposed_query_finds_the_same(index):
    for text in ("gốm bát tràng", "nón lá", "hoà"):
        assert index.find(unicodedata.normalize("NFD", text)) == index.find(text)


def test_right_tones_come_before_wrong_ones(found):
    assert found("tương") == ["soy", "statue"]
    assert found("tượng") == ["statue", "soy"]
    assert found("quạt") == ["fan", "kumquat"]


def test_tea_is_never_a_return(found):
    assert "voucher" not in found("tea")
    assert "lotus tea" in found("tea")
    assert "tea of few words" in found("tea")


def test_tea_is_no_ginger_sweet(found):
    assert "ginger sweet" not in found("tea")
    assert found("chè lam") == ["ginger sweet"]


@pytest.mark.parametrize("typed", ["bát", "bowl", "bat"])
def test_a_bowl_is_not_everything_from_bat_trang(found, typed):
    assert set(found(typed)) == {"bowl", "white bowl"}


def test_the_village_is_not_a_white_bowl(found):
    assert found("bát trắng")[0] == "white bowl"
    assert found("bát tràng")[:3] == ["vase", "teapot", "bowl"]


def test_one_word_is_not_searched_in_descriptions(found):
    assert {"voucher", "vase"} & set(found("tra")) == {"voucher"}


def test_the_thing_itself_comes_before_a_thing_for_it(found):
    assert found("trà").index("lotus tea") < found("trà").index("teapot")


def test_a_changed_word_is_said(index):
    assert index.find("bát tràg").corrected == "bát tràng"
    assert index.find("battrang").corrected == "bat trang"
    assert index.find("gooms bats trangf").corrected == "gốm bát tràng"
    assert index.find("silk xyzzyq").corrected == "silk"
    assert index.find("Gốm  Bát-Tràng").corrected is None


def test_a_slip_that_makes_another_known_word_is_mended_where_nothing_else_is_found(index):
    assert index.find("trà sơn ướp").corrected == "trà sen ướp"


def test_where_all_words_meet_nowhere_one_is_left_out_and_that_is_said(index, found):
    assert found("lacquer statue") in (["lacquer"], ["statue"])
    assert index.find("lacquer statue").corrected in ("lacquer", "statue")


@pytest.mark.parametrize("typed", ["", "   ", "!?", "xyzzyq", "\x00", "東京", "a" * 5000, "_ ^ $ ǀ", "(*&^%", "🎁"])
def test_nonsense_finds_nothing_and_breaks_nothing(index, typed):
    found = index.find(typed)
    assert (found.ids, found.total, found.corrected) == ([], 0, None)


def test_a_query_of_very_many_words_is_cut(index):
    assert index.find("silk " * 3000).total > 0


def test_among_equals_the_more_popular_comes_first(found):
    assert found("lam")[:2] == ["teapot", "vase"]
