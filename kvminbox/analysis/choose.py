"""Which series somebody asks about: by the people, paths, subsystems and authors that they name.

Each function returns a question to ask of a series; `choose_all` joins several. A text in place
of a list of them is a `UsageError`.
"""

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

from kvminbox.models import Address, Series
from kvminbox.models.corpus import check_function, list_texts
from kvminbox.subsystems import Maintainers, find_series_areas

__all__ = [
    "Choose",
    "choose_all",
    "is_by",
    "is_maintained_by",
    "is_of",
    "is_sent_to",
    "touches",
]

Choose = Callable[[Series], bool]
"""Whether a series is meant."""


def check_only(only: object) -> None:
    """Make sure that `only` is a question or None; a UsageError says where there are some."""
    check_function(only, "only", "kvminbox.analysis.choose has such functions, as is_by([WHO])")


def name_chosen(only: Choose | None, chosen: str) -> str:
    """Return which series were asked for in words, where the caller gives none, too."""
    return chosen or ("fitting the question" if only is not None else "")


def choose_all(questions: Iterable[Choose]) -> Choose:
    """Return the question whether a series is meant by all of some."""
    listed = tuple(questions)
    return lambda series: all(question(series) for question in listed)


def is_sent_to(addresses: Iterable[str]) -> Choose:
    """Whether one of the addresses is in To or Cc of one of its mails, in any copy of it."""
    wanted = {address.lower() for address in list_texts(addresses, "addresses")}
    return lambda series: any(
        person.email.lower() in wanted
        for message in series.messages
        for person in message.recipients
    )


def is_maintained_by(addresses: Iterable[str], maintainers: Maintainers) -> Choose:
    """Whether a section that takes a path of it has one of the addresses as M: or R:."""
    wanted = [address.lower() for address in list_texts(addresses, "addresses")]

    def question(series: Series) -> bool:
        people = (
            person.lower()
            for patch in series.patches
            for found in maintainers.group_patch(patch)
            for letter in "MR"
            for person in found.section.values(letter)
        )
        return any(_names(person, address) for person in people for address in wanted)

    return question


def _names(person: str, address: str) -> bool:
    """Whether `Ada <ada@host.example>` or `ada@host.example` is a person of that address."""
    return f"<{address}>" in person or person.strip() == address


def is_by(people: Iterable[str]) -> Choose:
    """Whether one of them sent it, or wrote a patch of it; an address, or a whole name.

    That nobody is called so is no error: `Index.nearest_person` tells who may be meant.
    """
    wanted = {person.casefold() for person in list_texts(people, "addresses or names")}

    def is_wanted(person: Address) -> bool:
        return bool({person.email.casefold(), person.name.casefold()} & wanted)

    return lambda series: any(
        map(is_wanted, (series.sender, series.author, *(one.author for one in series.patches)))
    )


def touches(paths: Iterable[str]) -> Choose:
    """Whether it changes a file below one of the paths, or one that a pattern as `*.S` matches.

    Paths are those of the tree, and may begin at its root: `./arch`, `/arch` and `arch` are one.
    """
    wanted = list_texts(paths, "paths")
    return lambda series: any(is_below(path, one) for path in list_paths(series) for one in wanted)


def list_paths(series: Series) -> Iterator[str]:
    """Yield the paths of the files that a series changes, and those that it renames from."""
    for patch in series.patches:
        for change in patch.diffstat.files:
            yield change.path
            if change.old_path:
                yield change.old_path


def is_below(path: str, asked: str) -> bool:
    """Whether a file is the one that is asked for, below it, or matched by it as a pattern."""
    file, wanted = find_from_root(path), find_from_root(asked)
    if not wanted:
        return bool(asked)  # the root
    return file == wanted or file.startswith(f"{wanted}/") or fnmatchcase(file, wanted)


def find_from_root(path: str) -> str:
    """Return a path of the tree without what says that it begins at the root, or is a folder.

    >>> [find_from_root(path) for path in ("./arch/x86/", "/arch//x86", ".config", "*.S", "./")]
    ['arch/x86', 'arch/x86', '.config', '*.S', '']
    """
    if path[:1] not in {"/", "."} and "//" not in path and path[-1:] != "/":
        return path
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def is_of(names: Iterable[str], maintainers: Maintainers | None = None) -> Choose:
    """Whether it is of one of the subsystems: sections of a file, else KVM's areas, by name."""
    wanted = {name.casefold() for name in list_texts(names, "names of subsystems")}

    def question(series: Series) -> bool:
        if maintainers is None:
            return any(found.area.casefold() in wanted for found in find_series_areas(series))
        return any(
            found.section.name.casefold() in wanted
            for patch in series.patches
            for found in maintainers.group_patch(patch)
        )

    return question
