"""Draws the sample's pictures and encodes them, on all cores: the slow part of the first start."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import resvg_py

from shop.catalogue.pictures import Encoded, encode
from shop.sample.drawing import draw, draw_scene

WIDTH = 720


class Wish(NamedTuple):
    """One picture to draw: `key` says for whom, `view` is front, detail or scene."""

    key: str
    view: str
    kind: str
    palette: str
    pattern: str
    seed: int


def pictures(wishes: Sequence[Wish]) -> Iterator[tuple[Wish, Encoded]]:
    """Each wish with its encoded picture, in order; the same wish gives the same bytes every time."""
    if not wishes:
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from zip(wishes, pool.map(make, wishes, chunksize=4), strict=True)


def make(wish: Wish) -> Encoded:
    if wish.view == "scene":
        svg = draw_scene(wish.kind, palette=wish.palette, pattern=wish.pattern, seed=wish.seed)
    else:
        svg = draw(wish.kind, palette=wish.palette, pattern=wish.pattern, seed=wish.seed, view=wish.view)
    png = resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True)
    return encode(bytes(png), avif_speed=10)
