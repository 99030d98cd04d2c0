"""The drawings of the sample: each can be drawn, none stands for two products, and none contradicts its words."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import shop.sample
from shop.sample.drawing import draw
from shop.sample.drawing.foods import FIVE
from shop.sample.drawing.palettes import palette

DATA = Path(shop.sample.__file__).parent / "data"
PRODUCTS: dict[str, dict[str, Any]] = {
    one["slug"]: one
    for file in sorted(DATA.glob("*.toml"))
    for one in tomllib.loads(file.read_text()).get("product", [])
}


def drawn(slug: str, view: str = "front") -> str:
    look = PRODUCTS[slug]["drawing"]
    return draw(look["kind"], palette=look["palette"], pattern=look["pattern"], seed=7, view=view)


def test_no_drawing_stands_for_two_products() -> None:
    looks = Counter(tuple(one["drawing"].values()) for one in PRODUCTS.values())
    assert [look for look, times in looks.items() if times > 1] == []


@pytest.mark.parametrize("view", ["front", "detail"])
def test_every_product_has_a_sound_picture_the_same_each_time(view: str) -> None:
    for slug in PRODUCTS:
        svg = drawn(slug, view)
        ElementTree.fromstring(svg)
        assert svg == drawn(slug, view), slug


@pytest.mark.parametrize("slug", ["bun-kho-ngu-sac-phu-do", "xoi-ngu-sac-phu-thuong"])
def test_what_is_called_five_coloured_shows_five_colours(slug: str) -> None:
    shown = [{name for name, tones in FIVE.items() if near(one, tones)} for one in fills(drawn(slug))]
    assert set().union(*shown) == set(FIVE)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("mut-quat-nguyen-qua-hong-van", "kumquat"),
        ("nuoc-cot-quat-mat-ong-hong-van", "kumquat"),
        ("mach-nha-duong-lieu", "amber"),
        ("luoc-sung-den-thuy-ung", "ink"),
        ("khan-to-sen-det-tay", "ivory"),
    ],
)
def test_fruit_horn_and_fibre_have_the_colour_of_their_words(slug: str, name: str) -> None:
    assert PRODUCTS[slug]["drawing"]["palette"] == name
    assert palette(name).body in drawn(slug)


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("tuong-go-chu-tieu-doc-sach", "novice"),
        ("tuong-quan-am-toa-sen-thep-vang", "quan_am"),
        ("khay-tron-kham-hoa-cuc", "round_inlaid_tray"),
        ("mach-nha-duong-lieu", "malt_jar"),
    ],
)
def test_a_figure_and_a_shape_are_those_of_the_name(slug: str, kind: str) -> None:
    assert PRODUCTS[slug]["drawing"]["kind"] == kind


def fills(svg: str) -> set[str]:
    shapes = ElementTree.fromstring(svg).iter()
    return {colour for shape in shapes for colour in (shape.get("fill"), shape.get("stroke")) if colour}


def near(colour: str, tones: tuple[str, ...]) -> bool:
    """Whether a colour is one of the tones, or as near to one as mixing makes it."""
    if not colour.startswith("#") or len(colour) != 7:
        return False
    return any(sum(abs(a - b) for a, b in zip(rgb(colour), rgb(tone), strict=True)) < 24 for tone in tones)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
