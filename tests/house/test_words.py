"""Time comes from the clock, money is whole, names are the trade's, and no file knows the machine it was made on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from tests.house.reading import ROOT, STAND_IN, Module, concepts, cure, kept_files, modules

# The verifier has a clock of its own: strangers run it without the shop.
CLOCKS = {"shop/core/clock.py", "shop/provenance/ocop_verify/hanoi.py"}
OTHER_CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "datetime.utcfromtimestamp"),
    *("date.today", "time.time"),
}
NAMES_OF_NOTHING = {
    *("utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc"),
}
MAY_PRINT = ("shop/serving.py", "shop/commands.py", f"{STAND_IN}*")

# Numbers that are no money: path, then (the line that may say it, the reason).
NO_MONEY = {
    "shop/places/loading.py": (r"\b(lat|lon)\b", "degrees of latitude and longitude"),
    "shop/catalogue/loading.py": (r"\b(lat|lon)\b", "degrees of latitude and longitude"),
    "shop/provenance/rules.py": (r"\b(score|total)\b", "a score in hundredths of a point, for a sentence"),
    "shop/provenance/counting.py": (r"\bof_villages\b", "a share of villages in percent"),
    "shop/provenance/ocop_verify/folding.py": (r"\bwhole\b", "a score in hundredths of a point"),
}

# Written so that this file does not find itself.
A_MACHINE = re.compile(
    r"(?<![\w.}>/-])/(?:root|work|workspace|Users|home/[a-z]\w*)/\w"  # somebody's directory
    r"|\b[A-Z]:\\\\?Users\b"
    r"|/tmp/\w+[_.-]?job"
)
A_PACKAGE_HOST = re.compile(
    r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s|registry\.yarn[p]kg|npm[m]irror"
    r"|proxy\.go[l]ang\.org|crates[.]io\b|static\.crates|deb\.deb[i]an\.org|archive\.ub[u]ntu\.com|index-ur[l]\s*="
)


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call with what is called, as written: `datetime.now`, `float`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node, ast.unparse(node.func)


def test_time_comes_from_the_clock() -> None:
    breaks = [
        module.at(node)
        for module in modules()
        if module.path not in CLOCKS and not module.path.startswith(STAND_IN)
        for node, called in calls(module)
        if ".".join(called.split(".")[-2:]) in OTHER_CLOCKS
    ]
    assert not breaks, cure(breaks, "Ask shop.core.clock: now() for an instant in UTC, today() for the day in Hanoi:")


def in_fractions(module: Module) -> Iterator[ast.AST]:
    """Whatever makes or needs a broken number: float(), Decimal, × 100 and ÷ 100."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="float")):
                yield node
            case ast.ImportFrom(module="decimal") | ast.Name(id="Decimal"):
                yield node
            case ast.Import(names=names) if any(alias.name == "decimal" for alias in names):
                yield node
            case ast.BinOp(op=ast.Mult() | ast.Div(), right=ast.Constant(value=100)):
                yield node
            case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=100)):
                yield node
            case _:
                pass


def is_no_money(module: Module, node: ast.AST) -> bool:
    known = NO_MONEY.get(module.path)
    return known is not None and re.search(known[0], module.line(getattr(node, "lineno", 1))) is not None


def test_money_is_whole_dong() -> None:
    breaks = [
        module.at(node) for module in concepts() for node in in_fractions(module) if not is_no_money(module, node)
    ]
    assert not breaks, cure(
        breaks,
        "Đồng are whole: use Vnd with part_of, tax_within and split of shop.core.money, and basis points for shares. "
        "If the number is no money, say so in NO_MONEY with the reason:",
    )


@pytest.mark.parametrize("path", NO_MONEY)
def test_every_excuse_is_still_needed(path: str) -> None:
    found = [module for module in modules() if module.path == path]
    needed = any(is_no_money(module, node) for module in found for node in in_fractions(module))
    assert needed, f"{path} no longer needs its excuse ({NO_MONEY[path][1]}): take it out of NO_MONEY"


def test_no_module_is_named_after_nothing() -> None:
    breaks = [
        module.path for module in modules() if NAMES_OF_NOTHING & {*re.split(r"[/_.]", module.path.removesuffix(".py"))}
    ]
    assert not breaks, cure(breaks, "Name the module by the deed or the thing it is about, as a shopkeeper would:")


def test_only_commands_print() -> None:
    breaks = [
        module.at(node)
        for module in modules()
        if not any(fnmatch(module.path, pattern) for pattern in MAY_PRINT)
        for node, called in calls(module)
        if called == "print"
    ]
    assert not breaks, cure(breaks, "Log with structlog, or take a `say` from the command that calls you:")


def test_no_except_catches_it_all_silently() -> None:
    breaks = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not breaks, cure(breaks, "Name the exception you expect and let a bug rise:")


def plain_sentences(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="sentence")], value=ast.Constant() | ast.JoinedStr()):
                yield node
            case ast.AnnAssign(target=ast.Name(id="sentence"), value=ast.Constant() | ast.JoinedStr()):
                yield node
            case _:
                pass


def test_a_refusals_sentence_is_marked_for_translation() -> None:
    breaks = [module.at(node) for module in modules() for node in plain_sentences(module)]
    assert not breaks, cure(breaks, 'Write sentence = N_("…") so that it is translated where it is shown:')


def finds(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for name in kept_files():
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue  # a picture
        if pattern.search(text):
            lines = enumerate(text.splitlines(), 1)
            found += [f"{name}:{number}: {line.strip()[:120]}" for number, line in lines if pattern.search(line)]
    return found


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    breaks = finds(A_MACHINE)
    assert not breaks, cure(breaks, "Say the path relative to the project, or read it from config.py:")


def test_no_file_names_a_package_host() -> None:
    breaks = finds(A_PACKAGE_HOST)
    assert not breaks, cure(breaks, "Which host serves packages is the machine's own setting; bin/lock makes locks:")
