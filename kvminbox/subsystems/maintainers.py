"""A kernel `MAINTAINERS` file: sections, and which of them a path belongs to.

It is read as scripts/get_maintainer.pl reads it, which differs from what the file's
own first page says; docs/subsystems.md lists the differences.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from kvminbox.given import check_text
from kvminbox.models import Model, Patch, Submission, SuggestedPatch
from kvminbox.models.corpus import list_texts
from kvminbox.subsystems.automaton import MAX_ALL_PLACES, Automaton, check_pattern
from kvminbox.subsystems.perl_pattern import PatternError
from kvminbox.subsystems.wildcards import Wildcard, parse_wildcard
from kvminbox.textfile import blame_line, quote, read_text
from kvminbox.words import count_things

EXPECTED: Final = "'F: arch/x86/kvm/' or another capital letter with a colon, or a blank line"
EXPECTED_FIRST: Final = "a heading, and below it lines such as 'F: arch/x86/kvm/'"

MAX_KEPT: Final = 4_096
"""Paths whose sections are kept."""

MAX_PATH: Final = 4_096
"""Characters of a path whose sections are kept."""

MAX_LINE: Final = 2_000
"""Characters of a patch's line in which K: is looked for."""

MAX_LINES: Final = 200_000
"""Lines of a patch in which K: is looked for."""

_ENTRY: Final = re.compile(r"([A-Z]):\s*(.*)", re.DOTALL)


class SectionEntry(Model):
    """One line `X: value` of a section."""

    letter: str
    """The capital letter: M mail, R reviewer, L list, S status, T tree, F files, and so on."""

    value: str
    """The text after the colon, as written."""

    line: int
    """The line of the file, from 1."""


class Section(Model):
    """One subsystem of a MAINTAINERS file."""

    name: str
    """The heading."""

    line: int
    """The heading's line, from 1."""

    entries: tuple[SectionEntry, ...] = ()
    """All lines below the heading, in order."""

    def _describe(self) -> str:
        return repr(self.name[:100])

    def values(self, letter: str) -> tuple[str, ...]:
        """Return the values of a letter, in order: `section.values("M")` are its maintainers."""
        return tuple(entry.value for entry in self.entries if entry.letter == letter)


class SectionMatch(Model):
    """A section that a path belongs to, and the line that says so."""

    section: Section
    """The section."""

    entry: SectionEntry
    """The last of its F: and N: lines that matches the path."""

    depth: int
    """How close the line is to the file: the slashes of an F: pattern, plus one if it does not
    end with one; -1 if it begins with `*`; 0 for N:."""

    source: str = "MAINTAINERS"
    """The file that has it."""

    @property
    def evidence(self) -> str:
        """The line in words: `MAINTAINERS:123 F: arch/x86/kvm/`."""
        return f"{self.source}:{self.entry.line} {self.entry.letter}: {self.entry.value}"


class WordMatch(Model):
    """A section whose K: line is found in a patch's text."""

    section: Section
    """The section."""

    entry: SectionEntry
    """The K: line."""

    found: str
    """The first line of the text that holds it, cut to a hundred characters."""

    source: str = "MAINTAINERS"
    """The file that has it."""

    @property
    def evidence(self) -> str:
        """The line in words: `MAINTAINERS:123 K: of_get_property`."""
        return f"{self.source}:{self.entry.line} K: {self.entry.value}"


class SectionPaths(Model):
    """A section, and the paths that belong to it."""

    section: Section
    """The section."""

    paths: tuple[str, ...]
    """The paths, in the order given."""

    evidence: tuple[str, ...]
    """The lines that matched them, each once."""


class Maintainers(Model):
    """The sections of a MAINTAINERS file."""

    source: str = "MAINTAINERS"
    """The name of the text in errors and evidence."""

    sections: tuple[Section, ...] = ()
    """All sections, in order."""

    unread: tuple[SectionEntry, ...] = ()
    """Lines that are not understood, and take no path: F:, X: and N: lines for their patterns;
    others, with an empty `letter`, since they have no colon."""

    def _describe(self) -> str:
        return f"{self.source!r}, {count_things(len(self.sections), 'section')}"

    @cached_property
    def _patterns(self) -> "_Patterns":
        return _Patterns(self.sections, frozenset(one.line for one in self.unread))

    def find_sections(self, path: str) -> tuple[SectionMatch, ...]:
        r"""Find the sections of a path, the most specific first.

        The paths of a mail are claims: a match does not mean that the file exists.
        Content patterns (`K:`) are asked by `find_words`.

        >>> kernel = parse_maintainers("KVM\nF: virt/kvm/\nX: virt/kvm/arm/\n")
        >>> [found.evidence for found in kernel.find_sections("virt/kvm/kvm_main.c")]
        ['MAINTAINERS:2 F: virt/kvm/']
        >>> kernel.find_sections("virt/kvm/arm/arm.c")
        ()
        """
        return self._find_kept(path) if len(path) <= MAX_PATH else self._find_sections(path)

    @cached_property
    def _find_kept(self) -> Callable[[str], tuple[SectionMatch, ...]]:
        # a list's patches touch the same few files again and again
        return lru_cache(maxsize=MAX_KEPT)(self._find_sections)

    def _find_sections(self, path: str) -> tuple[SectionMatch, ...]:
        found = [
            SectionMatch(
                section=self.sections[number], entry=entry, depth=depth, source=self.source
            )
            for number, (entry, depth) in sorted(self._patterns.find(path).items())
        ]
        return tuple(sorted(found, key=lambda match: -match.depth))

    @cached_property
    def _words(self) -> "_Words":
        return _Words(self.sections)

    @property
    def unread_words(self) -> tuple[SectionEntry, ...]:
        """The K: lines that can't be asked: their patterns have more than is understood."""
        return self._words.unread

    def find_words(self, patch: Submission) -> tuple[WordMatch, ...]:
        r"""Find the sections whose K: lines are in a patch's text, in the file's order.

        As get_maintainer does, all lines above the diff are looked at, the subject among them,
        and the added and removed lines of it. Only the beginning of a line of more than
        2,000 characters is.

        >>> from kvminbox import read_message
        >>> kernel = parse_maintainers("CLANG\nK:\t\\b(?i:clang|llvm)\\b\n")
        >>> patch = read_message(b"Subject: [PATCH] No Clang\n\n")
        >>> [one.found for one in kernel.find_words(patch)]
        ['[PATCH] No Clang']
        """
        return tuple(
            WordMatch(
                section=self.sections[number], entry=entry, found=line[:100], source=self.source
            )
            for number, entry, line in self._words.find(patch)
        )

    def group_paths(self, paths: Iterable[str]) -> tuple[SectionPaths, ...]:
        """Group paths by section, in the file's order; a path may be in several, or in none."""
        groups: dict[int, list[tuple[str, SectionMatch]]] = {}
        for path in dict.fromkeys(list_texts(paths, "paths")):
            for match in self.find_sections(path):
                groups.setdefault(match.section.line, []).append((path, match))
        return tuple(_join_group(group) for _, group in sorted(groups.items()))

    def group_patch(self, patch: Submission) -> tuple[SectionPaths, ...]:
        """Group the paths of a patch by section; for a rename, also the old path."""
        return self.group_paths(list_paths(patch))


def list_paths(patch: Submission) -> tuple[str, ...]:
    """Return the paths that a diff touches, old ones included, each once, in its order."""
    pairs = ((change.path, change.old_path) for change in patch.diffstat.files)
    return tuple(dict.fromkeys(path for pair in pairs for path in pair if path))


def _join_group(group: list[tuple[str, SectionMatch]]) -> SectionPaths:
    return SectionPaths(
        section=group[0][1].section,
        paths=tuple(path for path, _ in group),
        evidence=tuple(dict.fromkeys(match.evidence for _, match in group)),
    )


class _Patterns:
    """All patterns of all sections, compiled; F: lines are kept by their first directory."""

    def __init__(self, sections: tuple[Section, ...], unread: frozenset[int]) -> None:
        self._files: dict[str, list[tuple[int, SectionEntry, Wildcard]]] = {}
        self._excluded: dict[int, list[Wildcard]] = {}
        self._names: list[tuple[int, SectionEntry]] = []
        for number, section in enumerate(sections):
            for entry in section.entries:
                if entry.line not in unread:
                    self._add(number, entry)
        self._automaton = Automaton([entry.value for _, entry in self._names])
        self._deepest = max((folder.count("/") for folder in self._files), default=0)

    def _add(self, number: int, entry: SectionEntry) -> None:
        if entry.letter == "N":
            self._names.append((number, entry))
        elif entry.letter == "F":
            wildcard = parse_wildcard(entry.value)
            self._files.setdefault(wildcard.folder, []).append((number, entry, wildcard))
        elif entry.letter == "X":
            self._excluded.setdefault(number, []).append(parse_wildcard(entry.value))

    def find(self, path: str) -> dict[int, tuple[SectionEntry, int]]:
        """Return the last line that matches a path, and its depth, by section number."""
        lines = sorted(self._find_lines(path), key=lambda found: found[1].line)
        found = {number: (entry, depth) for number, entry, depth in lines}
        return {number: line for number, line in found.items() if not self._excludes(number, path)}

    def _find_lines(self, path: str) -> Iterator[tuple[int, SectionEntry, int]]:
        for folder in self._list_folders(path):
            for number, entry, wildcard in self._files.get(folder, ()):
                if wildcard.takes(path):
                    yield number, entry, wildcard.depth
        for place in self._automaton.find(path):
            yield *self._names[place], 0

    def _list_folders(self, path: str) -> Iterator[str]:
        yield ""
        for slash in islice(re.finditer("/", path), self._deepest):
            yield path[: slash.end()]

    def _excludes(self, number: int, path: str) -> bool:
        return any(wildcard.takes(path) for wildcard in self._excluded.get(number, ()))


class _Words:
    """All K: patterns of all sections, compiled."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._entries: list[tuple[int, SectionEntry]] = []
        unread: list[SectionEntry] = []
        places = 0
        for number, section in enumerate(sections):
            for entry in section.entries:
                if entry.letter != "K":
                    continue
                try:
                    places += check_pattern(entry.value)
                except PatternError:
                    unread.append(entry)
                    continue
                if not entry.value or places > MAX_ALL_PLACES:
                    unread.append(entry)
                else:
                    self._entries.append((number, entry))
        self.unread = tuple(unread)
        self._automaton = Automaton([entry.value for _, entry in self._entries])

    def find(self, patch: Submission) -> Iterator[tuple[int, SectionEntry, str]]:
        """Yield the sections whose K: lines are found, with the first line that holds each."""
        if not self._entries:
            return
        found: dict[int, str] = {}
        for line, is_start in _list_lines(patch):
            for place in self._automaton.find(line[:MAX_LINE], is_start=is_start):
                found.setdefault(place, line)
        for place in sorted(found):
            number, entry = self._entries[place]
            yield number, entry, found[place]


def _list_lines(patch: Submission) -> Iterator[tuple[str, bool]]:
    """Yield the lines in which K: is looked for, and whether each is one from its start."""
    yield patch.subject.raw.replace("\n", " "), True
    diff = patch.diff if isinstance(patch, Patch | SuggestedPatch) else ""
    above = patch.body.partition(diff)[0] if diff else patch.body
    for line in above.split("\n")[:MAX_LINES]:
        yield line, True
    for line in diff.split("\n")[:MAX_LINES]:
        if line[:1] in {"+", "-"} and not line.startswith(("+++ ", "--- ")):
            yield line[1:], False


def parse_maintainers(
    text: str, *, source: str = "MAINTAINERS", on_line: Literal["raise", "skip"] = "raise"
) -> Maintainers:
    """Parse the text of a MAINTAINERS file.

    Args:
        text: headings, each with lines `X: value` below it.
        source: what to call it in errors and evidence.
        on_line: what to do with a line that is not understood, such as `N: (?<!uni)lamp` or
            `F. lamp.c`: "skip" keeps it in `Maintainers.unread`, for a file that nobody can
            change, and reads on as get_maintainer does.

    Raises:
        UsageError: a line of a section has no colon, has no heading above it, or has
            a pattern that can't be understood; or there is no section at all.
    """
    check_text(text, "the text of a file", "read_maintainers takes a path")
    reader = _EntryReader(source, skips=on_line == "skip")
    sections = tuple(_split_sections(text, source, reader))
    if not sections:
        raise blame_line(source, 1, "no section", EXPECTED_FIRST)
    return Maintainers(source=source, sections=sections, unread=tuple(reader.unread))


def read_maintainers(path: str | Path) -> Maintainers:
    """Read a MAINTAINERS file.

    Raises:
        UsageError: the file can't be read, or one of its lines is malformed.
    """
    return parse_maintainers(read_text(path), source=str(path))


def _split_sections(text: str, source: str, reader: "_EntryReader") -> Iterator[Section]:
    heading, heading_line, entries, is_below = "", 0, list[SectionEntry](), False
    for number, line in enumerate(text.split("\n"), 1):
        if match := _ENTRY.match(line):
            if not heading and not reader.skips:
                raise blame_line(source, number, quote(line), EXPECTED_FIRST)
            entries.append(reader.read(match[1], match[2].strip(), number))
        elif _is_heading(line):
            if is_below:
                if not reader.skips:
                    raise blame_line(source, number, quote(line), EXPECTED)
                reader.unread.append(SectionEntry(letter="", value=line.strip(), line=number))
            if entries:
                yield Section(name=heading, line=heading_line, entries=tuple(entries))
            heading, heading_line, entries = line.strip(), number, []
        is_below = match is not None
    if entries:
        yield Section(name=heading, line=heading_line, entries=tuple(entries))


def _is_heading(line: str) -> bool:
    """Whether a line begins a section; indented lines are prose, and `#` begins a comment."""
    return bool(line.strip()) and line[0] not in " \t#"


class _EntryReader:
    """Reads the lines of sections, and checks that their patterns can be searched for."""

    def __init__(self, source: str, *, skips: bool) -> None:
        self._source = source
        self.skips = skips
        self._places = 0
        self.unread: list[SectionEntry] = []

    def read(self, letter: str, value: str, number: int) -> SectionEntry:
        entry = SectionEntry(letter=letter, value=value, line=number)
        try:
            self._check(letter, value)
        except PatternError as error:
            if not self.skips:
                found = f"{quote(f'{letter}: {value}')}: {error}"
                raise blame_line(self._source, number, found, "a path pattern") from None
            self.unread.append(entry)
        return entry

    def _check(self, letter: str, value: str) -> None:
        if letter in "FXN" and not value:
            raise PatternError("there is none")  # get_maintainer would take every file
        if letter == "N":
            places = self._places + check_pattern(value)
            if places > MAX_ALL_PLACES:
                raise PatternError(
                    f"together with those above it makes more than {MAX_ALL_PLACES} states"
                )
            self._places = places
        elif letter in "FX":
            parse_wildcard(value)
