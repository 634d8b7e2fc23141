"""A table whose rows are models: those of a report's result, or of one's own."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from kvminbox.errors import UsageError
from kvminbox.fields import own_doc
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.columns import FLAG, INTEGER, INTEGERS, MOMENT, NUMBER, TEXT, TEXTS, Column
from kvminbox.frames.frame import Frame
from kvminbox.models import Address, Model, Progress
from kvminbox.models.base import describe_fields

_TYPES: Final[dict[Any, Any]] = {
    bool: FLAG, int: INTEGER, float: NUMBER, str: TEXT, datetime: MOMENT, date: pa.date32(),
    timedelta: pa.duration("us"),
}  # fmt: skip
_LISTS: Final[dict[Any, Any]] = {int: INTEGERS, str: TEXTS}


class ModelFrame(Frame[Model]):
    """The table of models of one class: a column for each field that fits into one.

    A person is one text, the mailbox, and a reference to a message is its Message-ID. A model
    within a row gives its fields, with its own name before theirs; a list of models has no column.
    """

    def __init__(self, name: str, kind: type[Model]) -> None:
        doc = " ".join((own_doc(kind) or f"A {kind.__name__}.").split("\n\n")[0].split())
        super().__init__(name, doc, tuple(_list_columns(kind, "", ())))

    def rows(
        self, source: Sequence[Model], progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Model]:
        """Yield the models."""
        del progress, jobs
        return iter(source)


def make_model_frame(name: str, rows: Sequence[Model], kind: type[Model]) -> ModelFrame:
    """Return the table of some models; `kind` is their class where there are none.

    Raises:
        UsageError: they are of several classes, or a row is no model.
    """
    kinds = {type(row) for row in rows}
    if not all(issubclass(kind, Model) for kind in kinds) or len(kinds) > 1:
        what = f"the rows are of {', '.join(sorted(kind.__name__ for kind in kinds))}"
        raise UsageError(what, name, "give models of one class, each a kvminbox.models.Model")
    return ModelFrame(name, kinds.pop() if kinds else kind)


def _list_columns(kind: type[Model], prefix: str, way: tuple[str, ...]) -> Iterator[Column[Model]]:
    describe_fields(kind)
    for name, field in kind.model_fields.items():
        hint = _without_none(field.annotation)
        path = (*way, name)
        doc = " ".join((field.description or "").split())
        found = _find_type(hint)
        if found is not None:
            yield Column(f"{prefix}{name}", found, partial(_read, path), doc)
        elif isinstance(hint, type) and issubclass(hint, Model) and len(path) < 4:
            yield from _list_columns(hint, f"{prefix}{name}_", path)


def _without_none(hint: Any) -> Any:  # noqa: ANN401  # any annotation
    """Return the annotation of a field that may be None, as it is where it is not."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [one for one in get_args(hint) if one is not NoneType]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _find_type(hint: Any) -> Any:  # noqa: ANN401  # any annotation, and an Arrow type
    """Return the Arrow type of a field; None where it fits into no column."""
    if get_origin(hint) is Literal:
        hint = type(get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, Enum):
        hint = _type_of_values(hint)
    if get_origin(hint) in (tuple, list, frozenset):
        inner = _without_none(get_args(hint)[0])
        if isinstance(inner, type) and issubclass(inner, Enum):
            inner = _type_of_values(inner)
        if get_origin(inner) is Literal or _is_text(inner):
            inner = str
        return _LISTS.get(inner)
    return TEXT if _is_text(hint) else _TYPES.get(hint)


def _type_of_values(kind: type[Enum]) -> type | None:
    """Return the type of what the members of an Enum stand for; None if they are of several."""
    kinds = {type(one.value) for one in kind}
    return kinds.pop() if len(kinds) == 1 else None


def _is_text(hint: Any) -> bool:  # noqa: ANN401  # any annotation
    """Whether a model is a text in a cell: a person, or what names a message."""
    if not isinstance(hint, type) or not issubclass(hint, Model):
        return False
    return hint is Address or ({"message_id", "subject", "url"} <= hint.model_fields.keys())


def _read(path: tuple[str, ...], row: Model) -> object:
    value: object = row
    for name in path:
        value = getattr(value, name, None)
    if isinstance(value, tuple | list | frozenset):
        return [_write(one) for one in value]
    return _write(value)


def _write(value: object) -> object:
    if isinstance(value, Address):
        return value.mailbox
    if isinstance(value, Enum):
        return value.value
    return getattr(value, "message_id", None) if isinstance(value, Model) else value
