"""GTINs and Digital Links: published numbers, every refusal, and biip as a second opinion on 10,000 addresses."""

from __future__ import annotations

import random
from datetime import date

import biip
import pytest
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from shop.core.refusal import Refusal
from shop.provenance import gs1
from shop.provenance.gs1 import DigitalLink, parse

HOST = "https://phonghe.example"
BOTTLE = "09521234543213"
CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

# From GS1's own examples, books, and packs that everybody knows.
PUBLISHED = (
    "9521234543213",
    "9506000134352",
    "614141123452",
    "036000291452",
    "4006381333931",
    "5901234123457",
    "9780201379624",
    "96385074",
    "10614141123459",
)


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_numbers_are_taken_and_written_in_14_digits(number: str) -> None:
    assert gs1.gtin14(number) == number.zfill(14)
    assert gs1.check_digit(number[:-1]) == number[-1]
    assert gs1.check_digit(number.zfill(14)[:-1]) == number[-1], "zeros in front change nothing"


def test_blanks_and_hyphens_of_a_typed_number_are_forgiven() -> None:
    assert gs1.gtin14(" 952-123454 3213 ") == BOTTLE


@pytest.mark.parametrize("number", PUBLISHED)
def test_one_wrong_digit_anywhere_is_always_found(number: str) -> None:
    for place, digit in enumerate(number):
        for other in set("0123456789") - {digit}:
            with pytest.raises((gs1.WrongCheckDigit, gs1.NotATradeItem)):
                gs1.gtin14(number[:place] + other + number[place + 1 :])


def test_the_wrong_digit_is_named() -> None:
    with pytest.raises(gs1.WrongCheckDigit, match="should be 3"):
        gs1.gtin14("9521234543210")


@pytest.mark.parametrize("typed", ["", "952123454321", "952123454321³", "９５２１２３４５４３２１３", "95212345432 1x"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises((gs1.NotDigits, gs1.WrongLength, gs1.WrongCheckDigit)):
        gs1.gtin14(typed)


@pytest.mark.parametrize("length", [1, 7, 9, 10, 11, 15, 20])
def test_other_lengths_are_refused_with_the_count(length: int) -> None:
    with pytest.raises(gs1.WrongLength, match=f"this one has {length}\\."):
        gs1.gtin14("1" * length)


@pytest.mark.parametrize("start", ["020", "029", "040", "050", "200", "293", "981", "99"])
def test_numbers_for_inside_one_shop_and_coupons_are_refused(start: str) -> None:
    digits = start.ljust(12, "7")
    with pytest.raises(gs1.NotATradeItem):
        gs1.gtin14(digits + gs1.check_digit(digits))


@pytest.mark.parametrize("number", ["00000000", "00000000000000", "20000004", "00123457"])
def test_short_numbers_of_a_shops_own_are_refused(number: str) -> None:
    with pytest.raises(gs1.NotATradeItem):
        gs1.gtin14(number[:-1] + gs1.check_digit(number[:-1]))


def test_numbers_of_the_sample_are_of_the_range_for_examples() -> None:
    made = [gs1.demo(number) for number in range(200)]
    assert len(set(made)) == 200
    assert all(gs1.is_demo(number) and gs1.gtin14(number) == number for number in made)
    assert not gs1.is_demo(gs1.gtin14("8938505974194")), "893 is some real firm's"


def test_an_address_is_written_by_the_standard() -> None:
    link = DigitalLink(
        BOTTLE, cpv="2A", lot="L26A", serial="7KQ2M9XDAB", attributes=(("11", "260301"), ("17", "261231"))
    )
    assert link.uri(HOST) == f"{HOST}/01/{BOTTLE}/22/2A/10/L26A/21/7KQ2M9XDAB?11=260301&17=261231"
    assert link.for_qr(HOST) == f"HTTPS://PHONGHE.EXAMPLE/01/{BOTTLE}/22/2A/10/L26A/21/7KQ2M9XDAB?11=260301&17=261231"
    assert link.readable == f"(01){BOTTLE} (22)2A (10)L26A (21)7KQ2M9XDAB"
    assert [one.path for one in link.levels()] == [
        f"/01/{BOTTLE}/22/2A/10/L26A/21/7KQ2M9XDAB",
        f"/01/{BOTTLE}/22/2A/10/L26A",
        f"/01/{BOTTLE}/22/2A",
        f"/01/{BOTTLE}",
    ]


def test_reserved_signs_are_percent_encoded_and_read_back() -> None:
    link = DigitalLink(BOTTLE, lot="A/B?C%#D"[:6], serial="(1)&2=3;+,:*'!")
    assert link.path == f"/01/{BOTTLE}/10/A%2FB%3FC%25/21/%281%29%262%3D3%3B%2B%2C%3A%2A%27%21"
    assert parse(link.path) == link


def test_one_slash_at_the_end_is_forgiven() -> None:
    assert parse(f"/01/{BOTTLE}/") == parse(f"/01/{BOTTLE}") == DigitalLink(BOTTLE)


def test_keys_of_the_query_that_are_not_gs1s_are_left_alone() -> None:
    link = parse(f"/01/{BOTTLE}", "linkType=gs1:pip&17=261231&utm_source=zalo&98=x&empty")
    assert link.attributes == (("17", "261231"),)


BAD_PATHS = {
    "13 digits": ("/01/9521234543213", gs1.ShortGtin),
    "15 digits": ("/01/009521234543213", gs1.ShortGtin),
    "letters": ("/01/0952123454321X", gs1.NotDigits),
    "other digits": ("/01/0952123454321³", gs1.NotDigits),
    "percent-encoded digits": ("/01/%3009521234543", gs1.NotDigits),
    "a wrong check digit": ("/01/09521234543210", gs1.WrongCheckDigit),
    "a number of one shop": ("/01/02000000000008", gs1.NotATradeItem),
    "nothing": ("/01/", gs1.BadLink),
    "no path at all": ("", gs1.BadLink),
    "no GTIN": ("/01", gs1.BadLink),
    "another key": ("/414/9521234543213", gs1.BadLink),
    "an alias": (f"/gtin/{BOTTLE}", gs1.BadLink),
    "a qualifier's alias": (f"/01/{BOTTLE}/lot/A", gs1.BadLink),
    "the wrong order": (f"/01/{BOTTLE}/21/S/10/L", gs1.BadLink),
    "the variant last": (f"/01/{BOTTLE}/10/L/22/V", gs1.BadLink),
    "a qualifier twice": (f"/01/{BOTTLE}/10/L/10/L", gs1.BadLink),
    "the third party's serial": (f"/01/{BOTTLE}/235/TPX", gs1.BadLink),
    "a qualifier without value": (f"/01/{BOTTLE}/10", gs1.BadLink),
    "an empty value": (f"/01/{BOTTLE}/10//21/S", gs1.BadValue),
    "two slashes at the end": (f"/01/{BOTTLE}//", gs1.BadLink),
    "21 signs": (f"/01/{BOTTLE}/10/{'L' * 21}", gs1.BadValue),
    "a blank": (f"/01/{BOTTLE}/10/A%20B", gs1.BadValue),
    "Vietnamese": (f"/01/{BOTTLE}/10/L%C3%B4", gs1.BadValue),
    "a half percent sign": (f"/01/{BOTTLE}/10/A%2", gs1.BadEncoding),
    "no UTF-8": (f"/01/{BOTTLE}/10/%FF", gs1.BadEncoding),
    "NUL": (f"/01/{BOTTLE}/10/A%00", gs1.BadValue),
}


@pytest.mark.parametrize("what", BAD_PATHS)
def test_a_path_that_is_no_digital_link_is_refused(what: str) -> None:
    path, refusal = BAD_PATHS[what]
    with pytest.raises(Refusal) as refused:
        parse(path)
    assert type(refused.value) is refusal


BAD_QUERIES = (
    "17=2612",
    "17=261331",
    "17=260230",
    "17=260431",
    "17=2612AB",
    "17=",
    "17=261231&17=261230",
    "7230=x",
    "8030=abc",
    "30=x",
    "422=7",
)


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_an_attribute_that_cannot_be_is_refused(query: str) -> None:
    with pytest.raises(gs1.BadAttribute):
        parse(f"/01/{BOTTLE}", query)


@pytest.mark.parametrize("query", ["10=L", "21=S", "22=V", "01=09521234543213"])
def test_what_belongs_in_the_path_is_refused_in_the_query(query: str) -> None:
    with pytest.raises(gs1.BadLink):
        parse(f"/01/{BOTTLE}", query)


@pytest.mark.parametrize("query", ["17=%ZZ", "x=%", "17=%FF", "&".join(f"k{i}=1" for i in range(60))])
def test_a_query_that_cannot_be_read_is_refused(query: str) -> None:
    with pytest.raises(gs1.BadEncoding):
        parse(f"/01/{BOTTLE}", query)


@pytest.mark.parametrize("value", ["260200", "240229", "000229", "261231", "260430"])
def test_days_that_exist_are_taken(value: str) -> None:
    assert parse(f"/01/{BOTTLE}", f"15={value}").attributes == (("15", value),)


def test_a_signature_goes_with_a_serial() -> None:
    told = parse(f"/01/{BOTTLE}/21/S1", "8030=abc_-9&7230=EMOCOP1&3103=000195&30=2&422=704&11=260301&11=260301")
    assert dict(told.attributes)["8030"] == "abc_-9" and len(told.attributes) == 6


@pytest.mark.parametrize("code", ["L26A", "7KQ2M9XDAB", "A-1.2", "0", "X" * 20])
def test_our_own_codes_are_plain(code: str) -> None:
    assert gs1.own_code(code) == code


@pytest.mark.parametrize("code", ["", "l26a", "L 26", "LÔ1", "A/B", "X" * 21, "L26\n", "Ａ"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(gs1.BadCode):
        gs1.own_code(code)


gtins = st.integers(0, 10**9 - 1).map(gs1.demo)
values = st.one_of(st.just(""), st.text(CSET82, min_size=1, max_size=20))
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31))
dated = st.dictionaries(st.sampled_from(gs1.DAYS), days.map("{:%y%m%d}".format), max_size=3)


@st.composite
def links(draw: st.DrawFn) -> DigitalLink:
    attributes = tuple(sorted(draw(dated).items()))
    return DigitalLink(draw(gtins), draw(values), draw(values), draw(values), attributes)


def any_link(chance: random.Random) -> DigitalLink:
    """The same kind of link as `links` draws, twenty times as fast."""
    told = ["".join(chance.choices(CSET82, k=chance.randint(0, 20))) for _ in gs1.NAMES]
    attributes = tuple(
        (ai, f"{chance.randint(20, 49)}{chance.randint(1, 12):02d}28") for ai in chance.sample(gs1.DAYS, 2)
    )
    return DigitalLink(gs1.demo(chance.randrange(10**9)), *told, attributes=tuple(sorted(attributes)))


def by_biip(uri: str) -> dict[str, str]:
    """What biip reads; it answers with no GTIN, or refuses, where a check digit is wrong."""
    found = GS1DigitalLinkURI.parse(uri).element_strings
    gtin = found.get(ai="01")
    assert gtin is not None and gtin.gtin is not None
    return {one.ai.ai: one.value for one in found}


def both_read_back(link: DigitalLink) -> None:
    uri = link.uri(HOST)
    path, _, query = uri.removeprefix(HOST).partition("?")
    assert parse(path, query) == link
    assert parse(path + "/", query) == link
    assert by_biip(uri) == {"01": link.gtin, **dict(link.qualifiers), **dict(link.attributes)}


@settings(max_examples=300, deadline=None)
@given(links())
@example(DigitalLink(BOTTLE, lot="100%/2", serial="%2F"))
def test_whatever_we_write_both_read_back(link: DigitalLink) -> None:
    both_read_back(link)


def test_ten_thousand_addresses_both_read_back() -> None:
    chance = random.Random(2026)
    for _ in range(10_000):
        both_read_back(any_link(chance))


@settings(max_examples=1_000, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["", "/", "%", "0", "9", "A", "a", "?", "é", " "]), st.booleans())
def test_what_we_read_in_a_damaged_address_biip_reads_too(seed: int, sign: str, instead: bool) -> None:
    """One sign replaced, taken out or put in: what we still accept, biip accepts with the same meaning."""
    chance = random.Random(seed)
    whole, _, query = any_link(chance).uri(HOST).removeprefix(HOST).partition("?")
    place = chance.randrange(len(whole))
    path, _, rest = (whole[:place] + sign + whole[place + instead :]).partition("?")
    query = "" if rest else query
    try:
        read = parse(path, query)
    except Refusal:
        return
    theirs = by_biip(f"{HOST}{path.removesuffix('/')}?{query}")
    assert theirs["01"] == read.gtin
    assert {ai: theirs.get(ai, "") for ai in gs1.NAMES} == {ai: getattr(read, name) for ai, name in gs1.NAMES.items()}
    for ai, value in read.attributes:
        assert theirs[ai] == value


@settings(max_examples=1_000, deadline=None)
@given(st.integers(0, 10**14 - 1).map("{:014d}".format))
def test_both_agree_on_every_check_digit(digits: str) -> None:
    assume(not gs1.is_not_traded(digits))
    try:
        theirs = by_biip(f"{HOST}/01/{digits}") != {}
    except (biip.ParseError, AssertionError):
        theirs = False
    assert theirs == (digits[-1] == gs1.check_digit(digits[:-1]))
