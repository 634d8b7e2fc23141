"""The wildcard patterns of `F:` and `X:` lines, as get_maintainer reads them.

They are not shell globs: `*` matches a `/`, too. But a pattern without a slash at
its end matches only paths with as many slashes as it has, so `net/*` does not match
files below `net/ipv4/`. Its end is open: `fs/ext` matches `fs/ext4.c`.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kvminbox.subsystems.perl_pattern import PatternError, translate_set

MAX_WILDCARD: Final = 4_096
"""Characters of a pattern, as many as Linux allows a path."""

_WILD: Final = re.compile(r"[*?\[]")
_PIECES: Final = re.compile(
    r"(?P<any>\*+)|(?P<one>\?)|(?P<set>\[\^?\]?[^\]]*\])|(?P<rest>[^*?\[]+)"
)
# found piece by piece, each of a million `[` would be scanned to the end
_WHOLE: Final = re.compile(r"(?:[*?]|\[\^?+\]?+[^\]]*+\]|[^*?\[]++)*+")


@dataclass(frozen=True)
class Wildcard:
    """A pattern compiled to be compared with paths."""

    written: str

    @property
    def folder(self) -> str:
        """The directory, with its slash, that holds every path it matches; empty for the root."""
        match = _WILD.search(self.written)
        literal = self.written[: match.start()] if match else self.written
        return literal[: literal.rfind("/") + 1]

    @property
    def depth(self) -> int:
        """How close it is to a file: get_maintainer lists deeper ones first; -1 for `*…`."""
        if self.written.startswith("*"):
            return -1
        return self._slashes + (not self.written.endswith("/"))

    @cached_property
    def _slashes(self) -> int:
        return self.written.count("/")

    @cached_property
    def _runs(self) -> tuple[re.Pattern[str], ...]:
        """The pieces between the `*`; each has a fixed length, so no search backtracks."""
        runs = [""]
        for match in _PIECES.finditer(self.written):
            if match.lastgroup == "any":
                runs.append("")
            else:
                runs[-1] += _translate(match)
        return tuple(re.compile(run, re.DOTALL) for run in runs)

    @cached_property
    def _is_wild(self) -> bool:
        return _WILD.search(self.written) is not None

    def takes(self, path: str) -> bool:
        """Whether it matches a path, which starts at the tree's root."""
        written = self.written
        if not self._is_wild and not written.endswith("/") and path.startswith(written + "/"):
            return True  # it names a directory without saying so
        if not written.endswith("/") and path.count("/") != self._slashes:
            return False
        return self._begins(path)

    def _begins(self, path: str) -> bool:
        if not self._is_wild:
            return path.startswith(self.written)
        first, *others = self._runs
        match = first.match(path)
        for run in others:
            # the first match is as good as any, since the pattern's end is open
            match = match and run.search(path, match.end())
        return match is not None


def parse_wildcard(written: str) -> Wildcard:
    """Compile a pattern.

    Raises:
        PatternError: a bracket is not closed, or its content is not understood.
    """
    if len(written) > MAX_WILDCARD:
        raise PatternError(f"it has more than {MAX_WILDCARD} characters")
    if not _WHOLE.fullmatch(written):
        raise PatternError("a '[' is not closed")
    for match in _PIECES.finditer(written):
        if match.lastgroup == "set":
            translate_set(match[0])
    return Wildcard(written)


def _translate(match: re.Match[str]) -> str:
    if match.lastgroup == "one":
        return "."
    if match.lastgroup == "set":
        return translate_set(match[0])
    return re.escape(match[0])
