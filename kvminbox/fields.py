"""Help for classes of fields: what `help()` shows of a class has the texts below its fields.

They are read from the class's source when its docstring is asked for, which an import never does.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple


def _get_doc(kind: type) -> str | None:
    own = own_doc(kind)
    if hasattr(kind, "__dataclass_fields__") and not _is_made(kind):
        return own
    return "\n\n".join(filter(None, (own, write_fields(kind)))) or None


def _is_made(kind: type) -> bool:
    """Whether its module has a class: `dataclass` asks for a docstring while it makes one."""
    return getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind


def _set_doc(kind: type, text: str | None) -> None:
    """Set the docstring of a class, as is done where it is made anew in a worker."""
    type.__dict__["__doc__"].__set__(kind, text)


DOC: Final[Any] = property(_get_doc, _set_doc)
"""The docstring of a class with its fields: the `__doc__` of its metaclass, which would hide that
of a base by its own."""


class FieldHelp(type):  # noqa: D101  # its docstring is that of its classes
    __doc__ = DOC


class FieldText(NamedTuple):
    """A field, as its class writes it."""

    kind: str
    """Its type, and its default if that is short."""

    text: str
    """The text below it; empty if there is none."""


def own_doc(kind: type) -> str | None:
    """Return the docstring of a class as it was written, without its fields."""
    import inspect  # which most processes never need

    text = vars(kind).get("__doc__")
    return inspect.cleandoc(text) if isinstance(text, str) else None


def write_fields(kind: type) -> str:
    """Return the fields of a class with their types and texts; empty if it has none."""
    from textwrap import indent

    written = find_texts(kind)
    lines: list[str] = []
    for name, declared in _list_fields(kind).items():
        shown = written.get(name) or FieldText(_name_type(declared), "")
        text = shown.text or getattr(declared, "description", None) or ""
        lines.append(indent(f"{name}: {shown.kind}\n{indent(text, '    ')}".rstrip(), "    "))
    return "\n".join(("Fields:", *lines)) if lines else ""


def find_texts(kind: type) -> Mapping[str, FieldText]:
    """Return the fields that a class and its bases write, as far as their source is there.

    A field that is written anew has none of the text of its base.
    """
    found: dict[str, FieldText] = {}
    for one in kind.__mro__:
        if isinstance(one, FieldHelp):
            found = {**dict(_read_fields(one)), **found}
    return found


def _list_fields(kind: type) -> Mapping[str, Any]:
    """Return the fields of a model or a dataclass, by name, in their order."""
    fields: Mapping[str, Any] = getattr(kind, "__pydantic_fields__", None) or getattr(
        kind, "__dataclass_fields__", {}
    )
    return fields


def _name_type(declared: Any) -> str:  # noqa: ANN401  # Pydantic's field, or a dataclass's
    """Return the type of a field whose source is not there."""
    import inspect

    return inspect.formatannotation(getattr(declared, "annotation", None) or declared.type)


def _read_fields(kind: type) -> Iterator[tuple[str, FieldText]]:
    """Yield the fields that the source of a class has; none where there is no file of it."""
    import ast
    import inspect
    from itertools import chain, pairwise
    from textwrap import dedent

    try:
        body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    except (OSError, SyntaxError, TypeError):  # as in a notebook
        return
    assert isinstance(body, ast.ClassDef)
    choices = [node for node in body.body if isinstance(node, ast.If)]
    parts = [body.body, *(part for node in choices for part in (node.body, node.orelse))]
    for line, below in chain.from_iterable(pairwise((*part, None)) for part in parts):
        match line, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name), annotation=hint, value=value),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                shown = f"{ast.unparse(hint)}{_write_default(value)}"
                yield name, FieldText(shown, inspect.cleandoc(text))
            case ast.AnnAssign(target=ast.Name(id=name), annotation=hint, value=value), _:
                yield name, FieldText(f"{ast.unparse(hint)}{_write_default(value)}", "")
            case _:
                pass


def _write_default(value: Any) -> str:  # noqa: ANN401  # part of a syntax tree
    """Return the default of a field as its source has it; three dots for what is no plain value."""
    import ast

    if value is None:
        return ""
    is_plain = isinstance(value, ast.Constant) or (isinstance(value, ast.Tuple) and not value.elts)
    return f" = {ast.unparse(value)}" if is_plain else " = ..."
