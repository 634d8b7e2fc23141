r"""The regular expressions of `N:` and `K:` lines: Perl's, with its flag x.

It understands letters, `.`, classes in brackets, `\d \w \s` and their
opposites, `|`, groups, `^`, `$`, `\b`, `\B`, the repetitions `* + ? {m,n}`, greedy or not,
and the inner flag i, `(?i)` and `(?i:...)`.
It does not understand back references and look-around, which an automaton can't follow.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

MAX_PATTERN: Final = 500
"""Characters of a pattern; the longest of the kernel's has some thirty."""

MAX_DEPTH: Final = 20
"""Groups within groups."""

MAX_REPEAT: Final = 100
"""The greatest number in `{m,n}`."""

_TOKEN: Final = re.compile(
    r"(?P<blank>\s+|\#.*)|(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<group>\((?:\?i?:)?(?!\?))|(?P<flag>\(\?i\))|(?P<close>\))|(?P<or>\|)|(?P<bound>[\^$])"
    r"|(?P<repeat>(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??)|(?P<any>\.)|(?P<letter>[^\[(\\])",
    re.DOTALL,
)
_NUMBERS: Final = re.compile(r"\{(\d+)(,?)(\d*)\}")
_REPEATS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_SET_ESCAPES: Final = "dDsSwW"


class PatternError(ValueError):
    """A pattern can't be understood; says why."""


@dataclass(frozen=True, slots=True)
class One:
    """One character that passes a test."""

    test: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Bound:
    """The start or the end of the text, or a place where a word begins or ends, or none does."""

    side: Literal["^", "$", "b", "B"]


@dataclass(frozen=True, slots=True)
class Row:
    """Parts in sequence."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part repeated; without `most`, any number of times."""

    part: "Node"
    least: int
    most: int | None


Node = One | Bound | Row | Choice | Repeat


def parse_pattern(written: str) -> Node:
    """Parse a pattern.

    Raises:
        PatternError: it is malformed, or has something that is not understood.
    """
    if len(written) > MAX_PATTERN:
        raise PatternError(f"it has more than {MAX_PATTERN} characters")
    open_rows: list[list[list[Node]]] = [[[]]]  # for each open group its choices
    folded = [False]  # for each open group whether capitals do not matter
    for kind, text in _split_tokens(written):
        if kind == "group":
            if len(open_rows) > MAX_DEPTH:
                raise PatternError(f"more than {MAX_DEPTH} groups are nested")
            open_rows.append([[]])
            folded.append(folded[-1] or "i" in text)
        elif kind == "flag":
            folded[-1] = True
        elif kind == "close":
            if len(open_rows) == 1:
                raise PatternError("a ')' closes nothing")
            group = _join(open_rows.pop())
            folded.pop()
            open_rows[-1][-1].append(group)
        elif kind == "or":
            open_rows[-1].append([])
        elif kind == "repeat":
            _repeat_last(open_rows[-1][-1], text)
        elif kind != "blank":
            open_rows[-1][-1].append(_read_part(kind, text, is_folded=folded[-1]))
    if len(open_rows) > 1:
        raise PatternError("a '(' is not closed")
    return _join(open_rows[0])


def _split_tokens(written: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while position < len(written):
        match = _TOKEN.match(written, position)
        if not match or not match.lastgroup:
            raise PatternError(f"{written[position : position + 3]!r} is not understood")
        tokens.append((match.lastgroup, match[0]))
        position = match.end()
    return tokens


def _join(rows: list[list[Node]]) -> Node:
    parts = tuple(Row(tuple(row)) for row in rows)
    return parts[0] if len(parts) == 1 else Choice(parts)


def _repeat_last(row: list[Node], written: str) -> None:
    if not row or isinstance(row[-1], (Repeat, Bound)):
        raise PatternError(f"{written!r} has nothing to repeat")
    least, most = _read_repeat(written)
    if max(least, most or 0) > MAX_REPEAT or (most is not None and most < least):
        raise PatternError(f"{written!r} is not a repetition of at most {MAX_REPEAT} times")
    row[-1] = Repeat(row[-1], least, most)


def _read_repeat(written: str) -> tuple[int, int | None]:
    if match := _NUMBERS.match(written):
        least = int(match[1])
        return least, int(match[3]) if match[3] else None if match[2] else least
    return _REPEATS[written[0]]


def _read_part(kind: str, text: str, *, is_folded: bool) -> Node:
    flags = re.ASCII | (re.IGNORECASE if is_folded else re.NOFLAG)
    if kind == "bound":
        return Bound("^" if text == "^" else "$")
    if kind == "set":
        return One(re.compile(translate_set(text), flags).fullmatch)
    if kind == "any":
        return One("\n".__ne__)
    if text == "\\b":
        return Bound("b")
    if text == "\\B":
        return Bound("B")
    if kind == "escape" and text[1].isalnum():
        if text[1] not in _SET_ESCAPES:
            raise PatternError(f"{text!r} is not understood")
        return One(re.compile(text, re.ASCII).fullmatch)
    if is_folded and text[-1].isalpha():
        return One(re.compile(re.escape(text[-1]), flags).fullmatch)
    return One(text[-1].__eq__)


def translate_set(written: str) -> str:
    """Return a class in brackets, `[^a-z]`, as Python writes it.

    Raises:
        PatternError: it can't be understood.
    """
    if "[:" in written or "--" in written:
        raise PatternError(f"the class {written!r} is not understood")
    # Python keeps these, doubled, for set operations of the future
    inner = re.sub(r"\\.|[\[&|~]", lambda match: _escape(match[0]), written[1:-1], flags=re.DOTALL)
    try:
        re.compile(f"[{inner}]")
    except re.error as error:
        raise PatternError(f"the class {written!r} is not understood: {error.msg}") from None
    return f"[{inner}]"


def _escape(text: str) -> str:
    return text if text.startswith("\\") else f"\\{text}"
