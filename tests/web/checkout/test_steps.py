"""The checkout's steps: nothing typed is lost, no step can be skipped, and each error says how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shop.core import clock
from tests import factories as make
from tests.browser import Browser, Page

Walk = Callable[..., Page]
SAIGON = "26740"
VISIBLE = "main form[method=post] :is(input:not([type=hidden]), select)"


def errors(page: Page) -> list[str]:
    return page.words(".error-summary li")


def named(page: Page, css: str) -> set[str]:
    return {str(field["name"]) for field in page.select(css)}


@pytest.mark.parametrize("path", ["checkout", "checkout/details", "checkout/payment", "checkout?method=hotel"])
def test_without_a_basket_every_step_leads_to_the_basket(client: Browser, path: str) -> None:
    assert client.open(f"/en/{path}").path == "/en/basket"
    assert client.post(f"/vi/{path}").path == "/vi/basket"


def test_a_step_cannot_be_skipped(client: Browser, put: Walk, to_details: Walk) -> None:
    put()
    assert client.open("/en/checkout/details").path == "/en/checkout"
    assert client.open("/en/checkout/payment").path == "/en/checkout"
    assert client.post("/en/checkout/payment", way="cash_on_delivery", version=1, seen_total=1).path == "/en/checkout"
    to_details()
    assert client.open("/en/checkout/payment").path == "/en/checkout/details"


@pytest.mark.parametrize(("method", "most"), [("home", 8), ("hotel", 8), ("point", 4)])
def test_no_more_fields_are_asked_than_the_delivery_needs(
    client: Browser, put: Walk, to_details: Walk, method: str, most: int
) -> None:
    put()
    points = [str(make.a_point().id), str(make.a_point().id)]
    where = named(client.open(f"/en/checkout?method={method}"), VISIBLE) - {"province"}
    who = to_details(method, **({"point": points[0]} if method == "point" else {}))
    folded = named(who, "details input, details textarea")
    assert len(where | (named(who, VISIBLE) - folded)) <= most
    assert not named(who, "details:not([open]) [required]")


@pytest.mark.parametrize(
    "typed",
    ["00070", "Hoàn Kiếm", "hoan kiem", "PHƯỜNG HOÀN KIẾM", "Phường Hoàn Kiếm, Hà Nội", "phuong hang bac", "Hàng Bạc"],
)
def test_a_ward_is_understood_by_code_new_name_old_name_and_without_tones(
    client: Browser, put: Walk, typed: str
) -> None:
    put()
    client.open("/en/checkout")
    field = "ward" if typed.isdigit() else "ward_typed"
    page = client.submit(**{"ward": None, field: typed})
    assert page.path == "/en/checkout/details"


def test_a_ward_split_into_several_names_the_choices(client: Browser, put: Walk) -> None:
    put()
    client.open("/en/checkout")
    page = client.submit(status=422, ward=None, ward_typed="Tân Lập")
    assert len(errors(page)) == 1
    assert errors(page)[0].count(";") >= 1 and "Tân Lập" in errors(page)[0]
    assert str(page.one("ward-picker")["data-typed"]) == "Tân Lập"


@pytest.mark.parametrize("typed", ["Atlantis", "", "99999", "<b>", "x" * 121])
def test_an_unknown_ward_is_refused_beside_its_field(client: Browser, put: Walk, typed: str) -> None:
    put()
    client.open("/en/checkout")
    page = client.submit(status=422, ward=None, ward_typed=typed)
    assert errors(page) and page.select(".field__error")


def test_a_ward_elsewhere_in_vietnam_is_chosen_by_its_province_without_script(client: Browser, put: Walk) -> None:
    put()
    client.open("/en/checkout?method=home")
    page = client.submit("form.province", province="79")
    codes = [str(one["value"]) for one in page.select("select[name=ward] option") if one["value"]]
    assert len(codes) > 50 and make.HOAN_KIEM not in codes
    assert client.submit(ward=codes[0]).path == "/en/checkout/details"


@pytest.mark.parametrize("query", ["method=drone", "method=home&province=00", "method=home&province=%00", "method="])
def test_a_made_up_step_address_shows_the_step(client: Browser, put: Walk, query: str) -> None:
    put()
    assert client.open(f"/en/checkout?{query}").select("select[name=ward]")


def test_a_hotel_that_the_parcel_cannot_reach_in_time_is_refused_with_the_day(client: Browser, put: Walk) -> None:
    put(make.a_product(lead_days=10))
    client.open("/en/checkout?method=hotel")
    leaves = clock.today() + timedelta(days=3)
    page = client.submit(status=422, ward=make.HOAN_KIEM, hotel="Hotel Sofia", check_out=leaves)
    assert "Not everything arrives a day before you check out" in errors(page)[0]
    assert " Dec" in errors(page)[0], "the day of the last parcel"
    assert str(page.one("input[name=hotel]")["value"]) == "Hotel Sofia"
    assert str(page.one("input[name=check_out]")["value"]) == leaves.isoformat()
    assert page.one("input[name=check_out]")["aria-invalid"] == "true"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"check_out": "2026-11-24"}, "must lie ahead"),
        ({"check_out": "2020-01-01"}, "must lie ahead"),
        ({"check_out": "tomorrow"}, ""),
        ({"check_out": ""}, "When do you check out?"),
        ({"check_out": "2026-02-30"}, ""),
        ({"hotel": ""}, "hotel"),
        ({"hotel": "x" * 121}, ""),
        ({"ward": SAIGON}, "We deliver to hotels in Hanoi"),
    ],
)
def test_a_hotel_step_that_is_wrong_says_what(client: Browser, put: Walk, fields: dict[str, str], words: str) -> None:
    put()
    client.open("/en/checkout?method=hotel")
    usual = {"ward": make.HOAN_KIEM, "hotel": "Hotel Sofia", "check_out": "2026-12-20"}
    page = client.submit(status=422, **{**usual, **fields})
    assert words in errors(page)[0]
    for name, value in {**usual, **fields}.items():
        if name in ("hotel", "check_out"):
            assert str(page.one(f"input[name={name}]")["value"]) == value


@pytest.mark.parametrize("point", [None, "999999", "x", "-1"])
def test_pick_up_wants_a_point_that_exists(client: Browser, put: Walk, point: str | None) -> None:
    put()
    make.a_point()
    client.open("/en/checkout?method=point")
    page = client.submit(status=422, point=point)
    assert errors(page)


def test_points_that_have_everything_come_first_with_the_day(client: Browser, put: Walk) -> None:
    far, near = make.a_point(), make.a_point()
    put(make.a_product(at_points={near: 3}))
    page = client.open("/en/checkout?method=point")
    assert [str(one["value"]) for one in page.select("input[name=point]")] == [str(near.id), str(far.id)]
    assert "All on its shelf: ready Tue 24 Nov Open that day 08:00–20:00" in page.words(".radio-card")[0]


def test_points_stand_by_area_the_nearest_first_and_those_far_out_are_folded(client: Browser, put: Walk) -> None:
    out = make.a_point(ward_code=make.BAT_TRANG, lat=20.99, lon=105.92)
    far, near = make.a_point(ward_code=make.HA_DONG, lat=20.97, lon=105.77), make.a_point()
    put()
    page = client.open("/en/checkout?method=point")
    assert [str(one["value"]) for one in page.select(".area input")] == [str(near.id), str(far.id)]
    folded = page.one("#point details:not([open])")
    assert [str(one["value"]) for one in folded.select("input")] == [str(out.id)]
    assert "8 km from Hoàn Kiếm lake" in page.words("#point details .radio-card")[0]


def test_a_chosen_point_is_never_folded_away(client: Browser, put: Walk) -> None:
    out, _city = make.a_point(ward_code=make.BAT_TRANG), make.a_point()
    put()
    client.open("/en/checkout?method=point")
    client.submit(point=out.id)
    page = client.open("/en/checkout?method=point")
    assert page.select(f".area input[value='{out.id}'][checked]") and not page.select("#point details")


HOME = {"name": "Trần Văn Khách", "phone": "0912 345 678", "email": "khach@example.com", "street": "5 Hàng Bạc"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Please tell us your name."),
        ({"name": "   \u200b "}, "Please tell us your name."),
        ({"name": "x" * 121}, ""),
        ({"phone": ""}, "We need a number to call"),
        ({"phone": "12"}, "“12” is not a phone number we can call."),
        ({"phone": "call me"}, "“call me” is not a phone number"),
        ({"phone": "+1 555"}, "is not a phone number"),
        ({"email": "khach(at)example"}, "“khach(at)example” is not a mail address."),
        ({"email": "a@b"}, "“a@b” is not a mail address."),
        ({"street": ""}, "street"),
        ({"note": "x" * 501}, ""),
    ],
)
def test_wrong_details_are_refused_with_everything_typed_kept(
    client: Browser, put: Walk, to_details: Walk, fields: dict[str, str], words: str
) -> None:
    put()
    to_details()
    typed = {**HOME, "note": "Gọi trước khi đến", "gift": "y", **fields}
    page = client.submit(status=422, **typed)
    assert len(errors(page)) == 1 and words in errors(page)[0]
    (wrong,) = fields
    field = page.one(f"main [name={wrong}]")
    assert field["aria-invalid"] == "true"
    assert page.select(f".error-summary a[href='#{field['id']}']")
    assert page.select(".error-summary[data-focus], .error-summary[tabindex]")
    for name in ("name", "phone", "email", "street"):
        assert str(page.one(f"input[name={name}]")["value"]) == typed[name].strip(" \u200b")
    assert page.one("textarea[name=note]").get_text() == typed["note"]
    assert page.select("input[name=gift][checked]")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 (0)912-345-678", "+84912345678"),
        ("024 3825 4545", "+842438254545"),
        ("+49 30 901820", "+4930901820"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+1 202-456-1111", "+12024561111"),
    ],
)
def test_a_phone_number_of_any_country_is_stored_as_e164(
    client: Browser, put: Walk, to_payment: Walk, typed: str, stored: str
) -> None:
    from shop.core.db import db
    from shop.orders.models import Draft

    put()
    assert to_payment(phone=typed).path == "/en/checkout/payment"
    db.session.rollback()
    assert db.session.scalars(db.select(Draft)).one().facts["phone_e164"] == stored
    assert str(client.open("/en/checkout/details").one("input[name=phone]")["value"]) == typed


def test_everything_typed_is_there_on_the_way_back(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    to_payment("hotel", note="Quà cho mẹ", gift="y")
    details = client.open("/en/checkout/details")
    assert str(details.one("input[name=name]")["value"]) == "Anna Schmidt"
    assert str(details.one("input[name=room]")["value"]) == "412"
    assert details.select("input[name=consent][checked]") and details.select("input[name=gift][checked]")
    assert details.one("textarea[name=note]").get_text() == "Quà cho mẹ"
    where = client.open("/en/checkout")
    assert str(where.one("input[name=hotel]")["value"]) == "Hotel Metropole"
    assert str(where.one("input[name=check_out]")["value"]) == "2026-12-05"
    assert [str(one["value"]) for one in where.select("select[name=ward] option[selected]")] == [make.HOAN_KIEM]


def test_what_was_typed_in_a_broken_form_is_there_in_a_new_visit_too(client: Browser, put: Walk) -> None:
    put()
    client.open("/en/checkout?method=hotel")
    client.submit(status=422, ward=make.HOAN_KIEM, hotel="Hotel Sofia", check_out="")
    assert str(client.open("/en/checkout").one("input[name=hotel]")["value"]) == "Hotel Sofia"


def test_a_box_unticked_again_stays_unticked(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    to_payment(gift="y")
    client.open("/en/checkout/details")
    client.submit(gift=None)
    assert not client.open("/en/checkout/details").select("input[name=gift][checked]")


def test_a_hotel_wants_the_receptions_consent(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    with pytest.raises(AssertionError, match="422"):
        to_payment("hotel", consent=None)
    assert "reception may take the parcel" in errors(client.page)[0]


def test_changing_the_way_of_delivery_asks_for_what_the_new_way_needs(
    client: Browser, put: Walk, to_payment: Walk, to_details: Walk
) -> None:
    put()
    to_payment()
    to_details("hotel")
    assert client.path == "/en/checkout/details"
    assert client.open("/en/checkout/payment").path == "/en/checkout/details", "the room is not known yet"


def test_the_price_and_the_days_stand_there_before_the_name(client: Browser, put: Walk, to_details: Walk) -> None:
    put(make.a_product(price=120_000))
    page = to_details()
    assert page.words(".quote__total .price")[0] > "₫120,000"
    assert "arrives Wed 25 Nov – Thu 26 Nov" in page.words(".quote .parcel__head")[0]
