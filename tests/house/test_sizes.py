"""Sizes: a page of code is read whole; what must be longer says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import NamedTuple

import pytest

from tests.house.reading import ROOT, Function, cure, modules

MODULE, FUNCTION, VIEW = 400, 60, 30
PIECES = {"templates/**/*.html": 120, "static/css/**/*.css": 200, "static/js/**/*.js": 120}

# Longer than the law: a file or `file::function`, its own ceiling, and the reason.
LONGER = {
    "shop/sample/drawing/*.py::*": (90, "a drawn thing from its ground to its last highlight, in painting order"),
}


class Measured(NamedTuple):
    what: str
    lines: int
    law: int

    @property
    def is_too_long(self) -> bool:
        excuses = [most for pattern, (most, _why) in LONGER.items() if fnmatch(self.what, pattern)]
        return self.lines > max([self.law, *excuses])

    def __str__(self) -> str:
        return f"{self.what}: {self.lines} lines, {self.law} allowed"


def measured_modules() -> Iterator[Measured]:
    return (Measured(module.path, len(module.lines), MODULE) for module in modules())


def measured_functions() -> Iterator[Measured]:
    for module in modules():
        for function in module.functions():
            view = is_view(function)
            first = function.body[0].lineno if view else function.lineno
            lines = (function.end_lineno or first) - first + 1
            yield Measured(f"{module.path}::{function.name}", lines, VIEW if view else FUNCTION)


def measured_pieces(pattern: str) -> Iterator[Measured]:
    for file in sorted(ROOT.glob(pattern)):
        yield Measured(file.relative_to(ROOT).as_posix(), len(file.read_text().splitlines()), PIECES[pattern])


def is_view(function: Function) -> bool:
    """Whether a blueprint or the app hangs it on a route."""
    routes = ("route", "get", "post", "put", "patch", "delete")
    called = [decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)]
    return any(isinstance(name, ast.Attribute) and name.attr in routes for name in called)


def too_long(measured: Iterator[Measured]) -> list[str]:
    return [str(one) for one in measured if one.is_too_long]


def test_a_module_is_read_whole() -> None:
    breaks = too_long(measured_modules())
    assert not breaks, cure(
        breaks, "Give a deed its own module (aim at 25–120 lines), or a table of data its reason in LONGER:"
    )


def test_a_function_fits_on_a_screen_and_a_view_on_half_of_one() -> None:
    breaks = too_long(measured_functions())
    assert not breaks, cure(
        breaks,
        "Name the steps and let each be a function below its caller (aim at 25 lines, a view at 15); "
        "a view's rules belong to a concept:",
    )


@pytest.mark.parametrize("pattern", PIECES)
def test_a_piece_of_a_page_is_small(pattern: str) -> None:
    breaks = too_long(measured_pieces(pattern))
    assert not breaks, cure(breaks, "Take out a macro, a fragment, a component's file or an element:")


@pytest.mark.parametrize("pattern", LONGER)
def test_every_excuse_is_still_needed(pattern: str) -> None:
    everything = [*measured_modules(), *measured_functions()]
    everything += [piece for kind in PIECES for piece in measured_pieces(kind)]
    needed = any(fnmatch(one.what, pattern) and one.lines > one.law for one in everything)
    assert needed, f"Nothing needs {pattern} any longer: take it out of LONGER"
