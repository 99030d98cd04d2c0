"""The shop's own source, as the laws read it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"

# Left to right: a module imports only from its own concept and from those before it (design.md §2).
CONCEPTS = (
    "core",
    "people",
    "places",
    "catalogue",
    "provenance",
    "stock",
    "cart",
    "delivery",
    "orders",
    "payments",
)
STAND_IN = "shop/payments/stand_in/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One .py file of the shop, parsed."""

    path: str
    text: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """The first name under `shop`: `orders` of shop/orders/placing.py, `commands` of shop/commands.py."""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def is_concept(self) -> bool:
        """Part of a concept; the stand-in is another company's server in our tree, so it is none."""
        return self.part in CONCEPTS and not self.path.startswith(STAND_IN)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def line(self, number: int) -> str:
        return self.lines[number - 1]

    def at(self, node: ast.AST, what: str = "") -> str:
        """`file:line: what`, as editors and readers like it."""
        number = getattr(node, "lineno", 0)
        return f"{self.path}:{number}: {what or self.line(number).strip()}"

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def imports(self, within: ast.AST | None = None) -> Iterator[tuple[ast.stmt, str]]:
        """Each imported name in full (`shop.core.db.db`), with the statement that imports it."""
        for node in ast.walk(within or self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node, f"{self._origin(node)}.{alias.name}") for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.path.split("/")[: -node.level]
        return ".".join([*package, *([node.module] if node.module else [])])


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for file in sorted((ROOT / "shop").rglob("*.py")):
        text = file.read_text()
        found.append(Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)


def concepts() -> list[Module]:
    return [module for module in modules() if module.is_concept]


@cache
def kept_files() -> tuple[str, ...]:
    """What the project keeps: tracked or about to be, never what .gitignore leaves out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(name for name in sorted(listed.stdout.split("\0")) if name and (ROOT / name).is_file())


def templates(kind: str = ".html") -> list[str]:
    """The names of the templates of a kind, as `render_template` takes them."""
    return sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob(f"*{kind}"))


def numbered(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match with the number of its line."""
    return ((text.count("\n", 0, found.start()) + 1, found) for found in pattern.finditer(text))


def blank(found: re.Match[str]) -> str:
    """A replacement that keeps the line numbers."""
    return " " + "\n" * found[0].count("\n")


def cure(breaks: Iterable[str], how: str) -> str:
    """What a failing law says: how to mend it, then where."""
    return "\n  ".join([how, *breaks])
