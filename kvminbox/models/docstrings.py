"""The docstrings below the fields of a class, which are their descriptions in a JSON schema."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


def describe_fields(model: type) -> dict[str, str]:
    """Return what the docstrings of a model, and of those that it is made of, say of its fields.

    It is what Pydantic's `use_attribute_docstrings` gives, which reads the source of each model
    when that is imported: a fifth of the processor time of a short command. What has no source,
    or stands in a function, says nothing.
    """
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            found.update(_read_module(each.__module__).get(each.__qualname__, {}))
    return {name: words for name, words in found.items() if words}


@cache
def _read_module(name: str) -> dict[str, dict[str, str]]:
    """Return the docstrings of the fields of each class of a module."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[name]))
    except (KeyError, OSError, TypeError):
        return {}
    classes = (each for each in tree.body if isinstance(each, ast.ClassDef))
    return {each.name: dict(_list_fields(each.body)) for each in classes}


def _list_fields(block: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the fields with their docstrings; one that has none hides that of a base class."""
    for one, below in pairwise([*block, ast.Pass()]):
        match one, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=words)):
                yield name, inspect.cleandoc(str(words))
            case ast.AnnAssign(target=ast.Name(id=name)), _:
                yield name, ""
            case ast.If(body=body, orelse=otherwise), _:  # if TYPE_CHECKING
                yield from _list_fields(body)
                yield from _list_fields(otherwise)
