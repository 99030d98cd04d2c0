"""Response shapes read off the annotations of the SDK's classes, so they follow every upgrade of it."""

import copy
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

from stripe import StripeObject

_EMPTY: dict[Any, Any] = {str: "", int: 0, bool: False, float: 0.0}


def of(shape: Any, **known: Any) -> dict[str, Any]:
    """Every field of the class: what is optional null, lists empty, and `known` laid over it."""
    blank = copy.deepcopy(_blank(shape))
    strange = known.keys() - blank.keys()
    if strange:
        raise TypeError(f"{shape.__name__} of this SDK has no {', '.join(sorted(strange))}")
    return {**blank, **known}


@cache
def _blank(shape: Any) -> dict[str, Any]:
    own = vars(shape).get("__annotations__", {})
    return {name: _empty(hint) for name, hint in own.items() if get_origin(hint) is not ClassVar}


def _empty(hint: Any) -> Any:
    origin = get_origin(hint)
    if hint in _EMPTY:
        return _EMPTY[hint]
    if origin is Literal:
        return get_args(hint)[0]
    if origin is list:
        return []
    if origin in (Union, UnionType):
        choices = get_args(hint)
        return None if type(None) in choices else _empty(choices[0])
    if _is_object(hint):
        return copy.deepcopy(_blank(hint))
    return {} if _is_object(origin) else None


def _is_object(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StripeObject)
