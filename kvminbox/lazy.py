"""Names that a package offers, whose modules are imported when one is first asked for."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

_MEANT: Final = {
    "mails": "messages", "emails": "messages", "mail": "message", "email": "message",
    "tags": "trailers", "comments": "remarks", "patchsets": "series", "versions": "chains",
    "subject": "title", "number": "counter",
}  # fmt: skip
"""Other words for what this library calls by one name."""


def import_later(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a `__getattr__` for a package that imports what it offers when that is asked for.

    Type checkers need the same imports under `TYPE_CHECKING`; a test compares the two.

    Args:
        package: its name.
        homes: of each module the names that it gives, with spaces between them. The modules
            can be asked for, too, as if they had been imported.
    """
    modules = {name: home for home, names in homes.items() for name in names.split()}
    rooms = {home.rpartition(".")[2]: home for home in homes}

    def find(name: str) -> object:
        if name in modules:
            value = getattr(import_module(modules[name]), name)
        elif name in rooms:
            value = import_module(rooms[name])
        else:
            raise _no_such(package, name, [*modules, *rooms])
        vars(sys.modules[package])[name] = value  # found at once from now on
        return value

    return find


def suggest_names(module: str) -> Callable[[str], object]:
    """Return a `__getattr__` for a module that says which of its names was meant."""

    def refuse(name: str) -> object:
        offered: list[str] = getattr(sys.modules[module], "__all__", [])
        raise _no_such(module, name, offered)

    return refuse


class MissingNameError(AttributeError):
    """An attribute that something has not; the text says which one was meant.

    That is looked for when the text is asked for: most programs only want to know whether there is
    such an attribute.
    """

    def __init__(self, owner: object, name: str) -> None:
        super().__init__(f"{type(owner).__name__!r} object has no attribute {name!r}")
        self._names = type(owner)
        self._wanted = name

    def __str__(self) -> str:
        offered = [name for name in dir(self._names) if not name.startswith("_")]
        offered += getattr(self._names, "__pydantic_fields__", ())
        near = (
            _find_within(self._names, self._wanted)
            or _find_near(self._wanted, offered)
            or _find_within(self._names, _MEANT.get(self._wanted, ""))
            or _find_in_each(self._names, self._wanted)
        )
        return f"{self.args[0]}; did you mean {' or '.join(near)}?" if near else str(self.args[0])

    def __reduce__(self) -> tuple[type[AttributeError], tuple[str]]:
        return AttributeError, (str(self),)


def refuse_name(owner: object, name: str) -> object:
    """Raise the error for an attribute that an object has not; what its class has goes before.

    A property of the class may have failed for want of another attribute, which is told then.
    """
    if hasattr(type(owner), name):
        return object.__getattribute__(owner, name)
    if name.startswith("_"):  # programs look for these
        raise AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}")
    raise MissingNameError(owner, name)


def _find_near(name: str, offered: Sequence[str]) -> list[str]:
    """Return the names that a wrong one may stand for: another word for it, or what looks alike."""
    meant = _MEANT.get(name, "")
    if meant in offered:
        return [meant]
    from difflib import get_close_matches  # only who mistypes needs it

    return get_close_matches(name, offered, 2)


def _find_within(owner: type, name: str) -> list[str]:
    """Return the fields of a model whose own values have a name: `diffstat.insertions`."""
    fields = getattr(owner, "__pydantic_fields__", {})
    kinds = {field: _find_models(one.annotation) for field, one in fields.items()}
    found = [
        f"{field}.{name}"
        for field, models in kinds.items()
        if any(name in one.__pydantic_fields__ or hasattr(one, name) for one in models)
    ]
    return found[:3]


def _find_in_each(owner: type, name: str) -> list[str]:
    """Return the first field of a model that has many values with a name: `series[-1].patches`."""
    for field, one in getattr(owner, "__pydantic_fields__", {}).items():
        kinds = get_args(one.annotation) if get_origin(one.annotation) is tuple else ()
        if any(
            name in kind.__pydantic_fields__ or hasattr(kind, name)
            for each in kinds
            for kind in _find_models(each)
        ):
            return [f"{field}[-1].{name}"]
    return []


def _find_models(annotation: object) -> list[Any]:
    """Return the models of which a field's value is one; those of a tuple have no such name."""
    kinds = get_args(annotation) if get_origin(annotation) in {UnionType, Union} else (annotation,)
    return [one for one in kinds if hasattr(one, "__pydantic_fields__")]


def _no_such(module: str, name: str, offered: Iterable[str]) -> AttributeError:
    """Return the error for a name that a module lacks, with the nearest that it has.

    Python itself looks for the nearest from 3.12 on, but not among what is not imported yet; it
    adds nothing where the error has a name without an object. Names of Python's own kind, such as
    `__path__`, are looked for by programs.
    """
    near = [] if name.startswith("_") else _find_near(name, list(offered))
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return AttributeError(f"module {module!r} has no attribute {name!r}{meant}", name=name)
