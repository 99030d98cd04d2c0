"""Outsiders run this package without the shop."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3] / "shop" / "provenance" / "ocop_verify"
MODULES = sorted(PACKAGE.glob("*.py"))
ALLOWED = {*sys.stdlib_module_names, "cryptography", "rfc8785"}


def imported(module):
    """The top-level packages a module takes from elsewhere; relative imports are its own."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level > 1:
            yield "." * node.level


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_imports_only_python_cryptography_and_its_siblings(module):
    strangers = set(imported(module)) - ALLOWED
    assert not strangers, f"{module.name} imports {strangers}: outsiders do not have that"


def test_all_modules_load_outside_the_shop(tmp_path):
    (tmp_path / "ocop_verify").symlink_to(PACKAGE, target_is_directory=True)
    names = [f"ocop_verify.{module.stem}" for module in MODULES if not module.stem.startswith("__")]
    code = (
        f"import sys, importlib; sys.path.insert(0, {str(tmp_path)!r}); "
        f"[importlib.import_module(name) for name in {names!r}]; "
        "assert not {'shop', 'flask', 'sqlalchemy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-I", "-c", code], check=True, cwd=tmp_path)
