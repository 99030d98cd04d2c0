"""Parameters checked against the SDK's own TypedDicts, which are generated from the pinned API version."""

import difflib
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions

from .form import Form
from .refusal import Refused, invalid, missing


def check(shape: Any, form: Form, under: str = "") -> dict[str, Any]:
    """The parameters with their real types; raises Refused at the first that Stripe would refuse."""
    known = fields(shape)
    for name in form:
        if name not in known:
            raise _unknown(name, list(known), under)
    for name in sorted(shape.__required_keys__ & known.keys()):
        if name not in form:
            raise missing(_path(under, name))
    return {name: _value(known[name], raw, _path(under, name)) for name, raw in form.items()}


@cache
def fields(shape: Any) -> dict[str, Any]:
    """Name → type; the SDK mixes its call options (api_key, headers …) in, which never go over the wire."""
    own = {n: t for n, t in shape.__annotations__.items() if n not in RequestOptions.__annotations__}
    bare = type("Bare", (), {"__annotations__": own})
    return get_type_hints(bare, globalns=vars(sys.modules[shape.__module__]))


def _value(hint: Any, raw: Any, path: str) -> Any:
    choices = _flat(hint)
    allowed = [word for choice in choices if get_origin(choice) is Literal for word in get_args(choice)]
    if raw == "" and "" in allowed:
        return ""
    words = [word for word in allowed if word != ""]
    if words and isinstance(raw, str):
        # The SDK writes every enum as Literal | str to stay open to newer versions; the API is closed.
        return _word(words, raw, path)
    plain = [choice for choice in choices if get_origin(choice) is not Literal]
    fitting = [choice for choice in plain if _fits(choice, raw)]
    if not fitting:
        raise invalid(f"Invalid {_noun(plain)}: {path}", path)
    return _read(fitting[0], raw, path)


def _read(choice: Any, raw: Any, path: str) -> Any:
    if choice in _SCALARS:
        return _SCALARS[choice](raw, path)
    if get_origin(choice) is list:
        return [_value(get_args(choice)[0], raw[key], f"{path}[{key}]") for key in sorted(raw, key=int)]
    if hasattr(choice, "__required_keys__"):
        return check(choice, raw, path)
    return {key: _mapped(text, _path(path, key)) for key, text in raw.items()}


def _fits(choice: Any, raw: Any) -> bool:
    if choice in _SCALARS:
        return isinstance(raw, str)
    if not isinstance(raw, dict):
        return False
    return get_origin(choice) is not list or all(key.isdigit() for key in raw)


def _flat(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, UnionType):
        return [part for choice in get_args(hint) for part in _flat(choice)]
    return [hint]


def _word(words: list[str], raw: str, path: str) -> str:
    if raw not in words:
        raise invalid(f"Invalid {path}: must be one of {', '.join(map(str, sorted(words)))}", path)
    return raw


def _text(raw: str, path: str) -> str:
    if raw == "":
        raise invalid(
            f"An empty string was passed for '{path}', which cannot be unset.",
            path,
            "parameter_invalid_empty",
        )
    return raw


def _integer(raw: str, path: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", raw):
        raise invalid(f"Invalid integer: {raw}", path, "parameter_invalid_integer")
    return int(raw)


def _decimal(raw: str, path: str) -> str:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,12})?", raw):
        raise invalid(f"Invalid decimal: {raw}", path)
    return raw


def _truth(raw: str, path: str) -> bool:
    if raw not in ("true", "false"):
        raise invalid(f"Invalid boolean: {raw}", path)
    return raw == "true"


def _mapped(text: Any, path: str) -> str:
    if not isinstance(text, str):
        raise invalid(f"Invalid string: {path}", path)
    return text


_SCALARS: dict[Any, Callable[[str, str], Any]] = {
    int: _integer,
    bool: _truth,
    str: _text,
    float: _decimal,
    Decimal: _decimal,
}


def _noun(choices: list[Any]) -> str:
    if any(get_origin(choice) is list for choice in choices):
        return "array"
    return "string" if str in choices else "object"


def _path(under: str, name: str) -> str:
    return f"{under}[{name}]" if under else name


def _unknown(name: str, known: list[str], under: str) -> Refused:
    path = _path(under, name)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f". Did you mean {near[0]}?" if near else ""
    return invalid(f"Received unknown parameter: {path}{hint}", path, "parameter_unknown")
