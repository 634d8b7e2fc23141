"""What every model shares: frozen, closed, documented by its own docstrings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import singledispatch
from importlib import import_module
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, Final, ParamSpec, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationError,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from kvminbox.errors import UsageError
from kvminbox.fields import DOC, FieldHelp, find_texts, own_doc
from kvminbox.lazy import MissingNameError
from kvminbox.safe import safe_text
from kvminbox.words import shorten

if TYPE_CHECKING:
    from inspect import Signature
    from typing import dataclass_transform

    from pydantic._internal._model_construction import ModelMetaclass
    from pydantic_core import CoreSchema

    # type checkers without Pydantic's plugin read no `model_config`: this tells them that models
    # are frozen, those of the library's users, too
    @dataclass_transform(
        kw_only_default=True, frozen_default=True, field_specifiers=(Field, PrivateAttr)
    )
    class _ModelType(ModelMetaclass):
        pass

else:

    class _ModelType(FieldHelp, type(BaseModel)):
        # models list their fields in their help
        __doc__ = DOC

        def __dir__(cls) -> list[str]:
            """Return the names that help shows: the library's own, and a few of Pydantic's."""
            return [name for name in super().__dir__() if _is_told(cls, name)]


_TOLD: Final = frozenset(
    {"model_fields", "model_json_schema", "model_validate", "model_validate_json"}
)


def _is_told(model: type[BaseModel], name: str) -> bool:
    """Whether help of a model shows a name: Pydantic's own methods take 300 lines of it."""
    if name in _TOLD or not (name.startswith("__") or hasattr(BaseModel, name)):
        return True
    own = model.__mro__[: model.__mro__.index(Model)]
    return any(getattr(vars(one).get(name), "__module__", "") == one.__module__ for one in own)


_BUILDING: Final = RLock()
"""Held while the validator of a model is built: where two threads are the first to use it, one of
them takes away what the other has built, in Pydantic 2.12 and 2.13."""


@contextmanager
def safe_errors() -> Iterator[None]:
    """Make what a `pydantic.ValidationError` says safe to show.

    Pydantic quotes values as `repr` does, but copies the name of an unknown field, and an
    unknown `kind`, from the JSON as they are.
    """
    try:
        yield
    except ValidationError as error:
        found = error.errors(include_context=False, include_url=False)
        lines = [
            InitErrorDetails(
                type=PydanticCustomError(line["type"], safe_text(line["msg"])),
                loc=tuple(safe_text(part) if isinstance(part, str) else part
                          for part in line["loc"]),
                input=line["input"],
            )
            for line in found
        ]  # fmt: skip
        quoted = "".join(repr(line["input"]) for line in found)
        hide_input = safe_text(quoted) != quoted  # `repr` lets some invisible letters through
        raise ValidationError.from_exception_data(
            error.title, lines, hide_input=hide_input
        ) from None


class _Signature:
    """The signature of a model, without the types that its help lists below.

    Where the model's validator is not built yet, who asks for it builds that.
    """

    def __init__(self, made: Any = None) -> None:  # noqa: ANN401  # a descriptor of Pydantic's
        self.made = made

    def __get__(self, model: "Model | None", kind: "type[Model]") -> "Signature":
        if model is None and self.made is None:
            kind.model_rebuild(raise_errors=False)
        found = vars(kind)["__signature__"]
        if model is not None or found.made is None:
            raise AttributeError("__signature__")
        signature: Signature = found.made.__get__(None, kind)
        empty = signature.empty
        plain = [one.replace(annotation=empty) for one in signature.parameters.values()]
        return signature.replace(parameters=plain, return_annotation=empty)


def _shorten_signature(model: "type[Model]") -> None:
    """Put our signature in the place of Pydantic's, or where that will be."""
    made = vars(model).get("__signature__")
    if not isinstance(made, _Signature):
        model.__signature__ = _Signature(made)  # type: ignore[assignment]  # gives one


class Model(BaseModel, metaclass=_ModelType):
    """The base of all values of this library: frozen, and closed to unknown fields.

    Models with equal fields are equal, so they can be compared, put into sets and
    used as dictionary keys. Their text is as the mail had it; only `repr` is made
    safe to show.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        ser_json_bytes="base64",
        # most processes use a few of a hundred models, and validate fewer
        defer_build=True,
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401  # Pydantic's own
        super().__pydantic_init_subclass__(**options)
        _shorten_signature(cls)

    @classmethod
    def model_rebuild(
        cls,
        *,
        _parent_namespace_depth: int = 2,
        **options: Any,  # noqa: ANN401  # Pydantic's own
    ) -> bool | None:
        """Build what validates and writes the model, if need be; one thread at a time."""
        with _BUILDING:
            done = super().model_rebuild(
                _parent_namespace_depth=_parent_namespace_depth + 1, **options
            )
            _shorten_signature(cls)
            return done

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON schema, which has the docstrings of the fields."""
        for field in cls.model_fields.values():
            if isinstance(
                field.default, Model
            ):  # Pydantic before 2.14 takes none that is not built
                type(field.default).model_rebuild()
        found = handler(schema)
        whole = handler.resolve_ref_schema(found)
        whole.pop("description", None)  # it has the fields, too
        if own := own_doc(cls):
            whole["description"] = own
        described = whole.get("properties", {})
        describe_fields(cls)
        for name, field in cls.model_fields.items():
            if field.description and name in described:
                described[name]["description"] = field.description
        return found

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:  # noqa: ANN401  # Pydantic's own
        """Return the model of an object, as Pydantic does; an error's text is safe to show."""
        with safe_errors():
            return super().model_validate(obj, **options)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:  # noqa: ANN401
        """Return the model of a JSON text, likewise."""
        with safe_errors():
            return super().model_validate_json(json_data, **options)

    if not TYPE_CHECKING:  # else any name would pass for an attribute

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any field's
            try:
                return super().__getattr__(name)
            except AttributeError:
                if name.startswith("_") or hasattr(type(self), name):
                    raise
            raise MissingNameError(self, name)

        def __setattr__(self, name: str, value: object) -> None:
            if self.model_config.get("frozen") and not name.startswith("_"):
                raise _refuse_change(self, name)
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            if self.model_config.get("frozen") and not name.startswith("_"):
                raise _refuse_change(self, name)
            super().__delattr__(name)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield the fields that `repr` shows: those that are not empty."""
        for name, value in super().__repr_args__():
            if value not in (None, "", ()):
                yield name, _shown(value)

    def __repr__(self) -> str:
        words = self._describe()
        return safe_text(f"<{type(self).__name__} {words}>" if words else super().__repr__())

    def __str__(self) -> str:
        return repr(self)

    def _describe(self) -> str:
        """Return a few words for `repr`; empty if the fields themselves are short enough."""
        return ""

    def _repr_html_(self) -> str | None:
        """Return the value's card for a notebook cell; None if it has none."""
        import_module("kvminbox.cards")  # it imports the models, so not before one is shown
        return show_card(self)


def _refuse_change(model: Model, name: str) -> UsageError:
    kind = type(model)
    cure = "keep what you find in a dictionary or a table of your own"
    if name in kind.model_fields:
        cure = f"make a changed copy: value.model_copy(update={{{name!r}: …}})"
    return UsageError(f"this {kind.__name__} is frozen", shorten(name), cure)


def describe_fields(model: type[Model]) -> None:
    """Give the fields of a model the texts below them as descriptions.

    Pydantic's `use_attribute_docstrings` does so when the class is made, which reads its source
    anew in each process; here it is done when somebody asks for the schema.
    """
    texts = find_texts(model)
    for name, field in model.model_fields.items():
        if name in texts and texts[name].text:
            field.description = texts[name].text


P = ParamSpec("P")
M = TypeVar("M", bound=Model)


def skip_validation(model: Callable[P, M], *unset: str) -> Callable[P, M]:
    """Return what makes models of a class from fields that are known to be right.

    It takes the fields by name, as the class does, and a tenth of the time. A field that is
    left out has its default, which must be a plain value; it counts as set, as `exclude_unset`
    asks, unless it is one of `unset`.

    >>> from kvminbox.models import Address
    >>> skip_validation(Address)(name="Ewa Lis") == Address(name="Ewa Lis")
    True
    """
    made = cast("type[M]", model)
    defaults = {name: field.default for name, field in made.model_fields.items()}
    may_be_set = frozenset(unset)
    usual = set(defaults) - may_be_set
    sets = {frozenset[str](): usual}  # shared by the models: nothing adds to them
    new, put = made.__new__, object.__setattr__

    def make(*_: P.args, **fields: P.kwargs) -> M:
        found = new(made)
        put(found, "__dict__", {**defaults, **fields})
        unusual = may_be_set.intersection(fields) if may_be_set else may_be_set
        if unusual not in sets:
            sets[unusual] = usual | unusual
        put(found, "__pydantic_fields_set__", sets[unusual])
        put(found, "__pydantic_extra__", None)
        put(found, "__pydantic_private__", None)
        return found

    return make


def make_default(model: type[M]) -> M:
    """Return a model with the defaults of all its fields, none of which counts as set.

    It is `model()`, for what is made on import: that would build the model's validator, which
    takes longer than what a short command does.
    """
    return skip_validation(model, *model.model_fields)()


@singledispatch
def show_card(_: Model) -> str | None:
    """Return a value as HTML; None if no card is registered for its class.

    `kvminbox.cards` imports the models and registers a card for each class that has
    one, once the first value is shown; this hook is all that models know of cards.
    """
    return None


class _Shown(str):
    """Text whose `repr` is safe: rich prints the fields of a model by theirs."""

    __slots__ = ()

    def __repr__(self) -> str:
        return safe_text(super().__repr__())


def _shown(value: Any) -> Any:  # noqa: ANN401  # any field's
    if isinstance(value, tuple):
        return tuple(map(_shown, value))
    return _Shown(value) if isinstance(value, str) else value
