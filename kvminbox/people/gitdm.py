"""gitdm's configuration file, which names the maps and holds the virtual employers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from kvminbox.given import check_text
from kvminbox.models import Model
from kvminbox.people.aliases import Aliases, read_aliases
from kvminbox.people.employers import (
    EmployerMap,
    EmployerShare,
    VirtualEmployer,
    read_employers,
    read_group_map,
    read_lines,
)
from kvminbox.textfile import blame_line, quote, read_text

MapKind = Literal["EmailAliases", "EmailMap", "GroupMap"]

_KINDS: Final[dict[str, MapKind | None]] = {
    "EmailAliases": "EmailAliases",
    "EmailMap": "EmailMap",
    "DomainMap": "EmailMap",  # CNCF's name for one that holds domains only
    "GroupMap": "GroupMap",
    "FileTypeMap": None,  # sorts files, not people
}
EXPECTED: Final = (
    "'EmailAliases FILE', 'EmailMap FILE', 'GroupMap FILE EMPLOYER' or 'VirtualEmployer NAME'"
)
EXPECTED_SHARE: Final = "'PERCENT EMPLOYER', from 1 and together up to 100, or 'end'"

_Lines = Iterator[tuple[int, str]]


class MapFile(Model):
    """A file that a gitdm configuration names."""

    kind: MapKind
    """The kind of map."""

    path: str
    """Its path as written, relative to the directory of the configuration."""

    employer: str = ""
    """The employer of a GroupMap's addresses."""


class GitdmConfig(Model):
    """What a gitdm configuration says about people; not its file types."""

    files: tuple[MapFile, ...] = ()
    """The maps that it names, in order."""

    virtual: tuple[VirtualEmployer, ...] = ()
    """The employers that stand for others."""


class GitdmMaps(Model):
    """The maps of a gitdm configuration, read."""

    aliases: Aliases = Aliases()
    """All EmailAliases."""

    employers: EmployerMap = EmployerMap()
    """All EmailMaps and GroupMaps, and the virtual employers."""


def parse_gitdm_config(text: str, *, source: str = "gitdm.config") -> GitdmConfig:
    """Parse the text of a gitdm configuration, but not the files that it names.

    Raises:
        UsageError: a line is not one of gitdm's, or a virtual employer has no `end`.
    """
    check_text(text, "the text of a file", "read_gitdm takes a path")
    lines = read_lines(text)
    files: list[MapFile] = []
    virtual: list[VirtualEmployer] = []
    for number, line in lines:
        word, *rest = line.split(None, 1)
        if word == "VirtualEmployer" and rest:
            virtual.append(_parse_virtual(rest[0], lines, number, source))
        elif word in _KINDS and rest:
            files.extend(_parse_file(_KINDS[word], line, number, source))
        else:
            raise blame_line(source, number, quote(line), EXPECTED)
    return GitdmConfig(files=tuple(files), virtual=tuple(virtual))


def read_gitdm(path: str | Path) -> GitdmMaps:
    """Read a gitdm configuration and the maps that it names, relative to its own directory.

    Raises:
        UsageError: a file can't be read, or one of its lines is malformed.
    """
    config = parse_gitdm_config(read_text(path), source=str(path))
    aliases, employers = Aliases(), EmployerMap(virtual=config.virtual)
    for file in config.files:
        place = Path(path).parent / file.path
        if file.kind == "EmailAliases":
            aliases += read_aliases(place)
        elif file.kind == "GroupMap":
            employers += read_group_map(place, employer=file.employer)
        else:
            employers += read_employers(place)
    return GitdmMaps(aliases=aliases, employers=employers)


def _parse_file(kind: MapKind | None, line: str, number: int, source: str) -> list[MapFile]:
    if kind is None:
        return []
    _, path, *employer = line.split(None, 2)
    if bool(employer) != (kind == "GroupMap"):
        raise blame_line(source, number, quote(line), EXPECTED)
    return [MapFile(kind=kind, path=path, employer="".join(employer))]


def _parse_virtual(name: str, lines: _Lines, number: int, source: str) -> VirtualEmployer:
    shares: list[EmployerShare] = []
    for place, line in lines:
        if line == "end":
            return VirtualEmployer(name=name, shares=tuple(shares))
        shares.append(_parse_share(line, place, source))
        if sum(share.percent for share in shares) > 100:
            raise blame_line(source, place, quote(line), EXPECTED_SHARE)
    raise blame_line(source, number, f"VirtualEmployer {quote(name)}", "a line 'end' below it")


def _parse_share(line: str, number: int, source: str) -> EmployerShare:
    percent, *employer = line.split(None, 1)
    percent = percent.removesuffix("%")
    if not employer or not (percent.isascii() and percent.isdigit() and len(percent) <= 3):
        raise blame_line(source, number, quote(line), EXPECTED_SHARE)
    if not 0 < int(percent) <= 100:
        raise blame_line(source, number, quote(line), EXPECTED_SHARE)
    return EmployerShare(employer=employer[0], percent=int(percent))
