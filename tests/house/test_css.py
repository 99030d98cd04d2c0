"""Style sheets: layers and tokens in the first file, every var() defined, no colour anywhere else."""

from __future__ import annotations

import re
from functools import cache

from tests.house.reading import ROOT, blank, cure, numbered

CSS = ROOT / "static" / "css"
JS = ROOT / "static" / "js"
LAYERS = ["reset", "base", "layout", "components", "utilities"]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|url\([^)]*\)')
DEFINED = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
REGISTERED = re.compile(r"@property\s+(--[\w-]+)")
SET_BY_SCRIPT = re.compile(r"setProperty\(\s*[\"'](--[\w-]+)")
USED = re.compile(r"var\(\s*(--[\w-]+)")
DECLARATION = re.compile(r"(?<=[{;\s])[\w-]+\s*:\s*[^;{}]+(?=[;}])")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.I)
TOP_LEVEL = ("@layer", "@font-face", "@page", "@property", "@keyframes", "@view-transition", "@charset")


@cache
def sheets() -> dict[str, str]:
    """Each style sheet in the order they are joined, without comments, strings and addresses, line for line."""
    files = sorted(CSS.glob("*.css"))
    assert files, "There are no style sheets in static/css: the first one declares the layers and every token"
    return {file.name: QUOTED.sub('""', COMMENT.sub(blank, file.read_text())) for file in files}


def tokens() -> str:
    return next(iter(sheets()))


def outside_tokens() -> dict[str, str]:
    return {name: text for name, text in sheets().items() if name != tokens()}


def test_the_first_sheet_declares_the_layers_in_order() -> None:
    declared = re.search(r"@layer\s+([\w\s,-]+);", sheets()[tokens()])
    layers = [name.strip() for name in declared[1].split(",")] if declared else []
    assert layers == LAYERS, f"static/css/{tokens()} declares {layers}: begin it with @layer {', '.join(LAYERS)};"


def test_every_rule_lives_in_a_layer() -> None:
    breaks = []
    for name, text in outside_tokens().items():
        depth, begins = 0, 0
        for place, sign in enumerate(text):
            if depth == 0 and sign in "{;":
                head = text[begins:place].strip()
                if not head.startswith(TOP_LEVEL):
                    breaks.append(f"static/css/{name}:{text.count(chr(10), 0, place) + 1}: {head[:60]}")
            depth += (sign == "{") - (sign == "}")
            if depth == 0 and sign in "};":
                begins = place + 1
    assert not breaks, cure(breaks, "A rule outside the layers beats all of them: wrap it in @layer components { … }:")


def test_tokens_are_declared_in_the_first_sheet_only() -> None:
    breaks = [
        f"static/css/{name}:{line}: {found[0].split('{')[0].strip()}"
        for name, text in outside_tokens().items()
        for line, found in numbered(text, re.compile(r":root[^{}]*\{[^{}]*--[\w-]+\s*:"))
    ]
    assert not breaks, cure(
        breaks, f"Declare tokens in {tokens()}; a component sets its own properties on its own class, not on :root:"
    )


def test_every_var_is_defined() -> None:
    shared = set(DEFINED.findall(sheets()[tokens()]))
    by_script = {name for file in JS.rglob("*.js") for name in SET_BY_SCRIPT.findall(file.read_text())}
    breaks = []
    for name, text in sheets().items():
        known = shared | by_script | {*DEFINED.findall(text), *REGISTERED.findall(text)}
        breaks += [f"static/css/{name}:{line}: {use[1]}" for line, use in numbered(text, USED) if use[1] not in known]
    assert not breaks, cure(breaks, f"Declare it as a token in {tokens()} or as the component's own in its own sheet:")


def test_colours_are_tokens() -> None:
    breaks = [
        f"static/css/{name}:{line}: {found[0].strip()}"
        for name, text in outside_tokens().items()
        for line, found in numbered(text, DECLARATION)
        if COLOUR.search(found[0])
    ]
    assert not breaks, cure(breaks, f"Give the colour a role in {tokens()} and say var(--role):")


def test_nothing_is_important() -> None:
    breaks = [
        f"static/css/{name}:{line}"
        for name, text in sheets().items()
        for line, _ in numbered(text, re.compile(r"!\s*important"))
    ]
    assert not breaks, cure(breaks, "Put the rule into a later layer instead of shouting:")


def test_every_token_is_used() -> None:
    everything = "".join(sheets().values()) + "".join(file.read_text() for file in JS.rglob("*.js"))
    used = {*USED.findall(everything), *re.findall(r"getPropertyValue\(\s*[\"'](--[\w-]+)", everything)}
    idle = sorted(set(DEFINED.findall(sheets()[tokens()])) - used)
    assert not idle, cure(idle, f"Nobody uses these tokens of {tokens()}: delete them:")
