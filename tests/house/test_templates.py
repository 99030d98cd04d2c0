"""Templates parse, use what they import, build on base.html, and hold no style or script of their own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest
from flask import Flask
from jinja2 import Environment, TemplateError, nodes

from tests.house.reading import TEMPLATES, blank, cure, modules, numbered, templates

BASE = "base.html"
LETTERS = "letters/"
PIECES = ("components/", LETTERS)
A_TEMPLATE = re.compile(r"\w[\w/*-]*\.(?:html|txt|xml|svg)")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
INLINE = {
    "a <style> element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*application/ld\+json)", re.I),
    "an on…= handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"""=\s*["']?\s*javascript:""", re.I),
}
IN_LETTERS = {"a <style> element", "a style attribute"}  # mail readers load no style sheet


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


def parsed(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse(source(name), name)


def markup(name: str) -> str:
    """The template without its Jinja, line for line: only what the browser will see as written."""
    return JINJA.sub(blank, source(name))


def every_template() -> list[str]:
    found = [name for kind in (".html", ".txt", ".xml", ".svg") for name in templates(kind)]
    assert found, "There are no templates in templates/: write base.html first"
    return found


def test_every_template_compiles(app: Flask) -> None:
    breaks = []
    for name in every_template():
        try:
            app.jinja_env.compile(source(name), name)
        except TemplateError as error:
            breaks.append(f"templates/{name}:{getattr(error, 'lineno', '?')}: {error}")
    assert not breaks, cure(breaks, "Mend the template, or give the filter or test its name in shop/web/presenting.py:")


def imported(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Each name a template imports, with its line."""
    for node in tree.find_all(nodes.Import):
        yield node.target, node.lineno
    for node in tree.find_all(nodes.FromImport):
        yield from ((name if isinstance(name, str) else name[1], node.lineno) for name in node.names)


def read_from(app: Flask, name: str) -> set[str]:
    """The names a template reads, and those its fragments read without importing them (they see the page's)."""
    tree = parsed(app, name)
    read = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for fragment in included(tree):
        own = {macro for macro, _ in imported(parsed(app, fragment))}
        read |= read_from(app, fragment) - own
    return read


def included(tree: nodes.Template) -> list[str]:
    names = [one.value for node in tree.find_all(nodes.Include) for one in constants(node.template)]
    return [name for name in names if isinstance(name, str) and (TEMPLATES / name).is_file()]


def constants(node: nodes.Expr) -> list[nodes.Const]:
    return [node] if isinstance(node, nodes.Const) else list(node.find_all(nodes.Const))


def test_every_import_is_used(app: Flask) -> None:
    breaks = []
    for name in every_template():
        read = read_from(app, name)
        breaks += [
            f"templates/{name}:{line}: {macro}" for macro, line in imported(parsed(app, name)) if macro not in read
        ]
    assert not breaks, cure(breaks, "Take the macro out of the import:")


def test_every_imported_macro_is_there(app: Flask) -> None:
    breaks = []
    for name in every_template():
        for node in parsed(app, name).find_all(nodes.FromImport):
            if isinstance(node.template, nodes.Const) and (TEMPLATES / node.template.value).is_file():
                there = given_by(app.jinja_env, node.template.value)
                wanted = {one if isinstance(one, str) else one[0] for one in node.names}
                breaks += [f"templates/{name}:{node.lineno}: {macro}" for macro in sorted(wanted - there)]
    assert not breaks, cure(breaks, "The file imported from has no macro of that name:")


def given_by(env: Environment, name: str) -> set[str]:
    tree = env.parse(source(name), name)
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    return macros | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


@pytest.mark.parametrize("what", INLINE)
def test_a_template_holds_no_style_or_script_of_its_own(what: str) -> None:
    breaks = [
        f"templates/{name}:{line}: {found[0][-60:].strip()}"
        for name in templates(".html")
        if not (name.startswith(LETTERS) and what in IN_LETTERS)
        for line, found in numbered(markup(name), INLINE[what])
    ]
    assert not breaks, cure(
        breaks, f"The content policy blocks {what}: give it a class in static/css or an element in static/js:"
    )


def is_page(name: str) -> bool:
    return name != BASE and not name.startswith(PIECES) and not name.rpartition("/")[2].startswith("_")


def test_every_page_builds_on_base(app: Flask) -> None:
    parents = {}
    for name in templates(".html"):
        above = parsed(app, name).find(nodes.Extends)
        parents[name] = above.template.value if above and isinstance(above.template, nodes.Const) else None
    breaks = [f"templates/{name}" for name in parents if is_page(name) and root_of(name, parents) != BASE]
    assert not breaks, cure(
        breaks,
        'A page begins with {% extends "base.html" %}; a fragment is called _name.html; '
        "macros live in components/, mails in letters/:",
    )


def root_of(name: str, parents: dict[str, str | None]) -> str:
    seen = {name}
    while (above := parents.get(name)) and above not in seen:
        seen.add(above)
        name = above
    return name


def named() -> Iterator[tuple[str, str]]:
    """(where, template) of each name of a template written in a front; a {gap} of an f-string becomes *."""
    for module in modules():
        if module.part == "web":
            for node in ast.walk(module.tree):
                name = written(node)
                if name and A_TEMPLATE.fullmatch(name):
                    yield module.at(node), name


def written(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in values)
        case _:
            return None


def test_every_template_that_a_view_names_is_there() -> None:
    there = every_template()
    breaks = [where for where, name in named() if not any(fnmatch(one, name) for one in there)]
    assert not breaks, cure(breaks, "Write the template, or name the one you mean:")


def test_every_template_is_used(app: Flask) -> None:
    wanted = [name for _, name in named()]
    for name in every_template():
        tree = parsed(app, name)
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            wanted += [str(one.value) for one in constants(node.template)]
    breaks = [f"templates/{name}" for name in every_template() if not any(fnmatch(name, one) for one in wanted)]
    assert not breaks, cure(breaks, "Nobody renders, includes or imports it: delete it:")
