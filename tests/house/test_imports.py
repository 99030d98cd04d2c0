"""A rule belongs to a concept, a page to a person: imports run downhill, fronts stand apart, one door to each world."""

from __future__ import annotations

import ast
import tokenize
from io import StringIO
from pathlib import PurePosixPath

from tests.house.reading import CONCEPTS, ROOT, STAND_IN, Module, concepts, cure, modules

# Above the concepts: the sample fills them, the rest may use everything but each other's insides.
MAY_IMPORT = {
    **{concept: {*CONCEPTS[: place + 1]} for place, concept in enumerate(CONCEPTS)},
    "models": {*CONCEPTS},
    "sample": {*CONCEPTS, "sample"},
    "web": {*CONCEPTS, "web"},
    "setting_up": {*CONCEPTS, "sample", "web"},
    "commands": {*CONCEPTS, "sample", "web", "setting_up"},
}
# These put the shop together: create_app, `bin/run`, and the one chapter that hangs the commands on the app.
PUT_IT_TOGETHER = {"shop/__init__.py", "shop/serving.py", "shop/web/starting.py"}
NOT_THE_DATABASE = {"writer"}  # the search index commits too, to its own files
REQUEST_WORLD = {"flask", "flask_login", "flask_babel", "flask_migrate", "wtforms", "werkzeug", "jinja2"}


def parts_of_the_shop(name: str) -> list[str]:
    """['orders'] of shop.orders.placing; nothing for what is not ours."""
    steps = name.split(".")
    return steps[1:2] if steps[0] == "shop" else []


def test_every_part_of_the_shop_has_its_place_in_the_order() -> None:
    known = {*MAY_IMPORT, "__init__", "serving", "translations"}
    strange = sorted({module.part for module in modules()} - known)
    assert not strange, f"shop/{strange}: give it a place in CONCEPTS or MAY_IMPORT (design.md §2), or move it into one"


def test_imports_run_downhill() -> None:
    breaks = [
        module.at(node)
        for module in modules()
        if module.path not in PUT_IT_TOGETHER
        for node, name in module.imports()
        for part in parts_of_the_shop(name)
        if part not in MAY_IMPORT[module.part]
    ]
    assert not breaks, cure(
        breaks,
        f"The order is {' → '.join(CONCEPTS)} → sample, web → setting_up → commands; import only from the left. "
        "Pass in what the left needs as a value, or move the rule to the rightmost concept it speaks of:",
    )


def front_of(name: str) -> str | None:
    """'checkout' of shop.web.checkout.basket, where that is a package: a front."""
    steps = name.split(".")
    if steps[:2] != ["shop", "web"] or len(steps) < 3:
        return None
    return steps[2] if (ROOT / "shop" / "web" / steps[2]).is_dir() else None


def test_fronts_do_not_know_each_other() -> None:
    breaks = []
    for module in modules():
        own = front_of(".".join(PurePosixPath(module.path).with_suffix("").parts))
        if own:
            breaks += [module.at(node) for node, name in module.imports() if front_of(name) not in (None, own)]
    assert not breaks, cure(
        breaks,
        "A front imported another. Put a shared rule into its concept, a shared page piece into templates/components/, "
        "a shared web tool beside the fronts in shop/web/, and link with shop/web/addresses.py:",
    )


def test_concepts_need_no_request() -> None:
    breaks = [
        module.at(node)
        for module in concepts()
        for node, name in module.imports()
        if name.split(".")[0] in REQUEST_WORLD
    ]
    assert not breaks, cure(
        breaks,
        "A concept runs in a shell or a job without a request. Take what you need as an argument, "
        "mark sentences with N_, and leave flask, wtforms and gettext to shop/web:",
    )


def importers(package: str) -> dict[str, str]:
    """Path → first offending line, of every module that imports `package`."""
    return {
        module.path: module.at(node)
        for module in modules()
        for node, name in module.imports()
        if name.split(".")[0] == package
    }


def test_only_core_db_knows_flask_sqlalchemy() -> None:
    breaks = [line for path, line in importers("flask_sqlalchemy").items() if path != "shop/core/db.py"]
    assert not breaks, cure(breaks, "Import `db`, `Model` or `transaction` from shop.core.db instead:")


def test_stripe_has_one_door() -> None:
    breaks = [
        line
        for path, line in importers("stripe").items()
        if path != "shop/payments/gateway.py" and not path.startswith(STAND_IN)
    ]
    assert not breaks, cure(breaks, "Call the gateway; only shop/payments/gateway.py (and the stand-in) speak Stripe:")


def test_whoosh_has_one_door() -> None:
    doors = importers("whoosh")
    assert len(doors) <= 1, cure(doors.values(), "One adapter imports whoosh, so that it can be replaced; ask it:")


def calls_of(module: Module, *verbs: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in verbs
    ]


def test_only_core_db_commits() -> None:
    breaks = [
        module.at(call)
        for module in modules()
        if module.path != "shop/core/db.py" and not module.path.startswith(STAND_IN)
        for call in calls_of(module, "commit")
        if ast.unparse(call.func).split(".")[-2] not in NOT_THE_DATABASE
    ]
    assert not breaks, cure(
        breaks,
        "Say `with transaction():` in the view, command or job and let the verb only change things; "
        "for a savepoint say `with db.session.begin_nested():`:",
    )


def commented_lines(text: str) -> set[int]:
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def test_a_flush_says_why() -> None:
    breaks = []
    for module in modules():
        silent = [call for call in calls_of(module, "flush") if "session" in ast.unparse(call.func)]
        if silent:
            said = commented_lines(module.text)
            breaks += [module.at(call) for call in silent if call.lineno not in said]
    assert not breaks, cure(breaks, "Leave the flush out, or say on its line what needs the rows early (# …):")


def test_concepts_import_at_the_top() -> None:
    breaks = [
        module.at(node)
        for module in concepts()
        for function in module.functions()
        for node, _ in module.imports(function)
    ]
    assert not breaks, cure(
        breaks,
        "An import inside a function hides a cycle. Move it up; if that breaks, a rule is in the wrong concept:",
    )
