"""Stripe's form encoding, `a[b][0][c]=v`, made into nested dicts of text."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .refusal import Refused

Form = dict[str, Any]
_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")


def read(text: str) -> Form:
    """Lists stay dicts with digits as keys: only the schema knows a list from metadata named `0`."""
    form: Form = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        match = _NAME.match(name)
        if match is None:
            raise Refused(f"Invalid parameter name: {name}", param=name)
        _plant(form, [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])], value, name)
    return form


def _plant(form: Form, path: list[str], value: str, name: str) -> None:
    here = form
    for step in path[:-1]:
        here = here.setdefault(step or str(len(here)), {})
        if not isinstance(here, dict):
            raise Refused(f"Invalid parameter name: {name}", param=name)
    here[path[-1] or str(len(here))] = value
