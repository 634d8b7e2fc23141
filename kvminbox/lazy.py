"""Names that a package offers, whose modules are imported when one is first asked for."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


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
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        vars(sys.modules[package])[name] = value  # found at once from now on
        return value

    return find
