"""The configuration file of the command line: the usual index, trees, people, searches, lists.

Only the command line reads it; the library never does. platformdirs says where it is.
"""

import argparse
import os
import re
from contextlib import suppress
from dataclasses import dataclass, fields
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NoReturn

from kvminbox.cli.arguments import read_person
from kvminbox.errors import OutputError, UsageError
from kvminbox.models.list_urls import check_urls
from kvminbox.textfile import expand_home, read_text
from kvminbox.words import list_some

USUAL: Final = "@"
"""What stands for the usual index on the command line."""

ME: Final = "me"
"""What stands for the addresses of whoever runs the command."""

VARIABLE: Final = "KVMINBOX_CONFIG"
"""The variable of the environment that names the file; empty for none at all."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_PLACE: Final = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)"
)


@dataclass(frozen=True)
class Config:
    """What the file says; paths are as written, relative ones from its own directory."""

    index: str = ""
    """The usual index."""

    tree: str = ""
    """The clone of the code where its patches land."""

    me: tuple[str, ...] = ()
    """The addresses of whoever runs the command."""

    searches: tuple[tuple[str, str], ...] = ()
    """The names of searches, and their words."""

    lists: tuple[tuple[str, str], ...] = ()
    """The List-Ids of lists, and where each shows its mails."""


def find_config(given: str | None) -> Path | None:
    """Return the path of the file: as given, else from the environment, else the platform's."""
    if given is not None:
        return expand_home(given)
    named = os.environ.get(VARIABLE)
    if named is not None:
        return expand_home(named) if named else None
    from platformdirs import user_config_path  # which a named file does not need

    return user_config_path("kvminbox", appauthor=False) / "config.toml"


def read_config(given: str | None) -> Config:
    """Read the file; nothing is set where there is none, unless it was named.

    Raises:
        kvminbox.errors.UsageError: it can't be read, or a line is wrong: which, and the cure.
    """
    path = find_config(given)
    if path is None or (given is None and not path.exists()):
        return Config()
    import tomllib  # most have no file

    text = read_text(path)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _blame_syntax(path, text, str(error))
    known = [field.name for field in fields(Config)]
    for name in found:
        if name not in known:
            near = get_close_matches(name, known, 1)
            cure = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise UsageError(f"there is no setting {name!r}", _place(path, text, name), cure)
    return Config(
        index=_read_path(path, text, found, "index"),
        tree=_read_path(path, text, found, "tree"),
        me=_read_people(path, text, found.get("me", [])),
        searches=_read_searches(path, text, found.get("searches", {})),
        lists=_read_lists(path, text, found.get("lists", {})),
    )


def has_usual_index(given: str | None) -> bool:
    """Whether the file names the usual index; a broken file is told where it is needed."""
    try:
        return bool(read_config(given).index)
    except UsageError:
        return False


def _read_searches(path: Path, text: str, found: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    cure = 'write [searches] and, below it, NAME = "WORDS", as vgic = "s:vgic kind:patch"'
    if not isinstance(found, dict):
        _blame(path, text, "searches", cure)
    for name, query in found.items():
        if not _NAME.fullmatch(name) or not isinstance(query, str) or not query.strip():
            _blame(path, text, name, cure)
    return tuple(found.items())


def _read_lists(path: Path, text: str, found: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    cure = 'write [lists."lamps.example"] and, below it, url = "https://lists.example/lamps/{id}/"'
    if not isinstance(found, dict):
        _blame(path, text, "lists", cure)
    for name, setting in found.items():
        if not isinstance(setting, dict) or setting.keys() != {"url"}:
            _blame(path, text, "lists", cure)
        try:
            check_urls({name: setting["url"]})
        except UsageError as error:
            what = f"{error.what}: {error.where}"
            raise UsageError(what, _place(path, text, "lists"), error.cure) from None
    return tuple((name, setting["url"]) for name, setting in found.items())


def _read_people(path: Path, text: str, found: Any) -> tuple[str, ...]:  # noqa: ANN401
    people = [found] if isinstance(found, str) else found
    if not isinstance(people, list) or not all(isinstance(one, str) and one for one in people):
        _blame(path, text, "me", 'write addresses, as me = ["ada@host.example"]')
    return tuple(map(read_person, people))


def _read_path(path: Path, text: str, found: dict[str, Any], name: str) -> str:
    written = found.get(name, "")
    if not isinstance(written, str) or "\0" in written:
        _blame(path, text, name, f'write a path, as {name} = "~/lists/{name}"')
    return str(path.parent / expand_home(written)) if written else ""


def _place(path: Path, text: str, name: str) -> str:
    """Return the file with the line that sets a name; the first, where several do."""
    setting = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(name)}["']?\s*[=\].]""")
    lines = (number for number, line in enumerate(text.split("\n"), 1) if setting.match(line))
    line = next(lines, 0)
    return f"{path}, line {line}" if line else str(path)


def _blame(path: Path, text: str, name: str, cure: str) -> NoReturn:
    raise UsageError(f"the setting {name!r} is malformed", _place(path, text, name), cure)


def _blame_syntax(path: Path, text: str, said: str) -> NoReturn:
    place = _PLACE.fullmatch(said)
    line = (place and place["line"]) or text.count("\n") + 1
    what = place["what"] if place else said
    where = f"{path}, line {line}"
    raise UsageError(f"not TOML: {what[:1].lower()}{what[1:]}", where, "correct it there")


def fill_in(options: argparse.Namespace, given: str | None) -> None:
    """Put what the file names in place of what the command leaves out.

    A command without an archive, such as `demo`, reads no file.
    """
    place = next((name for name in ("file", "path") if hasattr(options, name)), None)
    if place is None:
        return
    lone = _move_lone_range(options)
    is_usual = getattr(options, place) in {None, USUAL}
    asked = [getattr(options, name, []) for name in ("only_for", "only_author")]
    search = getattr(options, "search", None)
    config = read_config(given)
    options.urls = dict(config.lists)
    if is_usual:
        if not config.index:
            see = f"see `{options.parser.prog} --help`"
            give = "give one before the range" if lone else "give one"
            cure = f'{give} ({see}), or set index = "FILE" in {name_file(given)}'
            raise UsageError("no archive or index is given", lone, cure)
        setattr(options, place, config.index)
        if getattr(options, "tree", "") is None and config.tree:
            if not Path(config.tree).exists():
                cure = f"correct the setting tree in {name_file(given)}"
                raise UsageError("no such directory", config.tree, cure)
            options.tree = [config.tree]
    for people in asked:
        if ME in people:
            if not config.me:
                cure = f'write me = ["you@host.example"] in {name_file(given)}'
                raise UsageError("`me` is not set", "", cure)
            people[:] = [one for one in people if one != ME] + list(config.me)
    if search is not None:
        _fill_in_search(options, search, dict(config.searches), given)


def _move_lone_range(options: argparse.Namespace) -> str:
    """Put a range that stands alone, where PATH would be, in its own place; return it.

    Raises:
        UsageError: the path stands behind it.
    """
    given, behind = getattr(options, "path", None), getattr(options, "range", "")
    if not given or behind == "" or not _is_range(given):
        return ""
    if behind is not None:
        if not _is_range(behind):
            cure = f"write `{options.parser.prog} {behind} {given}`"
            raise UsageError("the path comes before the range", given, cure)
        return ""
    options.range, options.path = given, None
    return str(given)


def _is_range(text: str) -> bool:
    """Whether a word is `..HEAD`, `BASE..` or `BASE..TIP` and no path; `../lamps.git` is one."""
    base, dots, tip = text.partition("..")
    if not dots or not (base or tip) or tip.startswith("."):
        return False
    if text.startswith(("/", "~", "./")) or ".." in text.split("/"):
        return False
    with suppress(OSError, ValueError):  # a name that no file can have is none
        return not Path(text).exists()
    return True


def _fill_in_search(
    options: argparse.Namespace, name: str, searches: dict[str, str], given: str | None
) -> None:
    if name not in searches:
        cure = f'write [searches] and, below it, NAME = "WORDS" in {name_file(given)}'
        if searches:
            cure = f"choose from: {list_some(sorted(searches), 20)}"
        raise UsageError("no saved search of that name", name, cure)
    if options.query:
        cure = "leave them out, or leave --search out"
        raise UsageError("--search takes no search words", name, cure)
    options.query = [searches[name]]
    if getattr(options, "state", "") is None:
        # one search on two indexes has two states
        digest = sha256(os.path.realpath(options.file).encode("utf-8", "surrogateescape"))
        from platformdirs import user_state_path

        folder = _make_folder(user_state_path("kvminbox", appauthor=False))
        options.state = str(folder / f"{name}-{digest.hexdigest()[:8]}.state")


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        cure = "give a file with --state"
        raise OutputError(f"can't be made ({error.strerror})", str(folder), cure) from None
    return folder


def name_file(given: str | None) -> str:
    """Return the file's path as an error names it."""
    path = find_config(given)
    return str(path) if path else "a configuration file"
