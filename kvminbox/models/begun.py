"""Models whose fields may be made when they are first asked for.

A mail's model has thirty fields, and most readers ask for ten. So a model may be begun with
those, and with a source, which makes each of the others once:

- `__getattr__`, which Python calls only for what a model's dictionary lacks, asks the source
  for one field, and puts it there;
- `__dict__` is a property, which completes the model before it returns the dictionary. All
  that takes the fields as a whole goes through it: equality, hash, copies, pickle, `repr`,
  iteration, and pydantic's serialiser. Looking up one field does not.

So a begun model can't be told from one that had all its fields from the start.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from pydantic import BaseModel

from kvminbox.models.base import Model

B = TypeVar("B", bound="BegunModel")
V = TypeVar("V")
# where each model keeps its dictionary, whatever its class calls `__dict__`
_DICTIONARY: Final = BaseModel.__dict__["__dict__"]
_SOURCE: Final = "_source"
_FIELDS_SET: Final = "__pydantic_fields_set__"


class FieldSource(Protocol):
    """What a begun model has the rest of its fields from: a mail's text, or an index's rows."""

    def read_field(self, name: str, /) -> object:
        """Return the value of a field, of the type that the model declares.

        It is asked once for each field, by whichever thread comes first; if two come at the same
        time it is asked twice, and must return equal values. What it raises, whoever asked for
        the field gets, and the next one asks again.
        """


class BegunModel(Model):
    """A model that may be begun, and completes itself when it is asked for more."""

    def model_dump(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401  # Pydantic's own
        """Return the fields, as Pydantic does; what its source raises is not wrapped in another."""
        vars(self)
        return super().model_dump(**options)

    def model_dump_json(self, **options: Any) -> str:  # noqa: ANN401  # Pydantic's own
        """Return the fields as JSON, likewise."""
        vars(self)
        return super().model_dump_json(**options)

    if not TYPE_CHECKING:  # else any name would pass for an attribute

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any field's
            fields = _DICTIONARY.__get__(self)
            if name in fields:  # another thread has made it meanwhile
                return fields[name]
            if name in type(self).__pydantic_fields__ and _SOURCE in fields:
                fields[name] = fields[_SOURCE].read_field(name)
                return fields[name]
            if name == _FIELDS_SET:
                object.__setattr__(self, name, set(type(self).__pydantic_fields__))
                return object.__getattribute__(self, name)
            return super().__getattr__(name)

        @property
        def __dict__(self) -> dict[str, Any]:
            fields = _DICTIONARY.__get__(self)
            if _SOURCE not in fields:
                return fields
            # in the order of the class, since JSON follows it; and put there at once, so that no
            # other thread sees a part of it
            known = dict(fields)
            source = known.pop(_SOURCE)
            whole = {
                name: known[name] if name in known else source.read_field(name)
                for name in type(self).__pydantic_fields__
            }
            whole |= known  # what is no field: a kept content key
            _DICTIONARY.__set__(self, whole)
            return whole

        @__dict__.setter
        def __dict__(self, fields: dict[str, Any]) -> None:
            _DICTIONARY.__set__(self, fields)


def begin(model: type[B], source: FieldSource, fields: Mapping[str, object]) -> B:
    """Return a model with some of its fields; its source is asked for each of the others.

    The source is let go when all fields are there. Fields are not validated, neither these
    nor the source's; each of them counts as set.

    >>> from kvminbox.models import Message
    >>> class Source:
    ...     def read_field(self, name):
    ...         print("asked for", name)
    ...         return "hello" if name == "body" else Message.model_fields[name].default
    >>> message = begin(Message, Source(), {"kind": "reply"})
    >>> message.kind, message.body, message.body
    asked for body
    ('reply', 'hello', 'hello')
    """
    begun = model.__new__(model)
    _DICTIONARY.__set__(begun, {**fields, _SOURCE: source})
    object.__setattr__(begun, "__pydantic_extra__", None)
    object.__setattr__(begun, "__pydantic_private__", None)
    return begun


def with_field(model: B, name: str, value: object) -> B:
    """Return a copy with another value of a field, which is not validated.

    A begun model's copy is begun, too; `model_copy` would complete both.
    """
    copy = type(model).__new__(type(model))
    _DICTIONARY.__set__(copy, {**_DICTIONARY.__get__(model), name: value})
    object.__setattr__(copy, _FIELDS_SET, {*model.__pydantic_fields_set__, name})
    object.__setattr__(copy, "__pydantic_extra__", None)
    object.__setattr__(copy, "__pydantic_private__", None)
    return copy


def find_kept(model: BegunModel, name: str) -> Any:  # noqa: ANN401  # any value
    """Return what is kept beside the fields under a name; None if nothing is."""
    return _DICTIONARY.__get__(model).get(name)


def keep_made(model: BegunModel, name: str, make: Callable[[], V]) -> V:
    """Return what is made once and kept beside the fields, of which it needs only some.

    Equality and JSON do without what is kept; a `model_copy` keeps it. (`functools.cached_property`
    would ask for `__dict__`, and so for all fields.)
    """
    kept = _DICTIONARY.__get__(model)
    found: V | None = kept.get(name)
    if found is None:
        found = kept[name] = make()
    return found
