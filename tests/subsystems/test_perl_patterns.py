"""The regular expressions of N: lines, run without going back."""

import re
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kvminbox.subsystems import automaton
from kvminbox.subsystems.automaton import Automaton, check_pattern
from kvminbox.subsystems.perl_pattern import PatternError


def finds(pattern, path):
    return bool(Automaton([pattern]).find(path))


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("silicon", "drivers/silicon.c", True),
        ("[^a-z]tegra", "drivers/tegra.c", True),
        ("[^a-z]tegra", "drivers/integrator.c", False),
        ("^.*/vdso/[^/]*getrandom[^/]+$", "lib/vdso/vgetrandom.c", True),
        ("^.*/vdso/[^/]*getrandom[^/]+$", "lib/vdso/getrandom/x.c", False),
        ("bcm[9]?63138", "arch/bcm963138.dts", True),
        ("bcm113*", "arch/bcm11.dts", True),
        ("sun[x456789]i", "arch/sun8i.c", True),
        ("page[-_]* ", "include/page_flags.h", True),
        ("a b # c", "ab", True),
        ("^(?:a|bc){2,3}$", "abca", True),
        ("^(?:a|bc){2,3}$", "abcaa", False),
        (r"\d+\.dts\w", "a12.dtsi", True),
        (r"a\.c$", "abc", False),
        ("x|^b", "abc", False),
        ("a.?c", "abc", True),
        ("a+?b", "aab", True),
        ("[]a]b", "]b", True),
        ("[[&&|~]x", "&x", True),
        ("(a*)*$", "bbb", True),
        ("a{,3}b", "a{,3}b", True),
        ("", "anything", True),
        (r"\b(?i:clang|llvm)\b", "no CLANG here", True),
        (r"\b(?i:clang|llvm)\b", "clangs", False),
        ("(?i)xEn[a-c]", "XENB", True),
        ("(?i:a)b", "AB", False),
        (r"(?:\b|_)bpf(?:\b|_)", "x_bpf_y", True),
        (r"(?:\b|_)bpf(?:\b|_)", "xbpf", False),
        (r"\Bb", "ab", True),
        (r"\Bb", "a-b", False),
    ],
)
def test_a_pattern_is_found_as_perl_finds_it(pattern, path, found):
    """Classes, repetitions, choices, bounds; blanks and comments say nothing, as with flag x."""
    assert finds(pattern, path) is found


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "not closed"),
        ("a)", "closes nothing"),
        ("[a", "not understood"),
        ("*a", "nothing to repeat"),
        ("a+*", "nothing to repeat"),
        ("^*", "nothing to repeat"),
        ("a++", "nothing to repeat"),
        ("a{3,2}", "not a repetition"),
        ("a{101}", "not a repetition"),
        ("(?<=a)b", "not understood"),
        (r"(a)\1", "not understood"),
        ("(?x)a", "not understood"),
        ("(?=a)b", "not understood"),
        ("[[:alpha:]]", "not understood"),
        ("[b-a]", "not understood"),
        ("a\\", "not understood"),
        ("(" * 30 + ")" * 30, "are nested"),
        ("a" * 501, "more than 500 characters"),
        ("((a{99}){99}){99}", "states"),
    ],
)
def test_a_pattern_that_is_not_understood_says_why(pattern, why):
    """What is malformed, too large, or needs going back is refused with a reason."""
    with pytest.raises(PatternError, match=why):
        check_pattern(pattern)


atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\.", "/", "^", "$"])
patterns = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format)
        | st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*?"])).map(
            "(?:{0[0]}){0[1]}".format
        )
    ),
    max_leaves=8,
)


def find_with_re(written, path):
    """Return the numbers of the patterns that Python's own engine finds in a path."""
    return {number for number, one in enumerate(written) if re.search(one, path, re.VERBOSE)}


@given(st.lists(patterns, min_size=1, max_size=4), st.text(alphabet="ab/.\n", max_size=12))
@example(["$^"], "a")
@example(["b", "(?:^|a)$"], "ba\n")
def test_many_patterns_find_what_each_finds_alone(written, path):
    """One run over a path gives the patterns that Python's own engine finds in it."""
    assert Automaton(written).find(path) == find_with_re(written, path)


@given(
    st.lists(st.sampled_from([
        r"\bab", r"ab\b", r"\b", r"a\Bb", r"(?:\b|_)a(?:\b|_)", r"^\ba", r"\b^a", r"a\b-",
        r"a\b$", r"\w\b\s\b\w", "(?i)A",
    ]), min_size=1, max_size=4),
    st.text(alphabet="abA_- ", min_size=1, max_size=12),
)  # fmt: skip
def test_words_begin_and_end_as_python_finds_them(written, line):
    """So does a word bound, from a line's start and from its second character on."""
    alone = [re.compile(one, re.VERBOSE | re.ASCII) for one in written]
    together = Automaton(written)
    assert together.find(line) == {n for n, one in enumerate(alone) if one.search(line)}
    inner = {n for n, one in enumerate(alone) if one.search(f"+{line}", 1)}
    assert together.find(line, is_start=False) == inner


@pytest.mark.slow
@pytest.mark.parametrize("length", [1, 2, 3])
def test_anchors_anywhere_match_as_python_matches_them(length):
    """An anchor in any place of a pattern, group or choice means what it means to `re`."""
    pieces = ["^", "$", "a", "|", "(?:^|a)", "(?:a|$)", "(?:^a)?", "(?:$)*", r"\s", "(?:$|^)"]
    written = ["".join(row) for row in product(pieces, repeat=length)]
    paths = ["".join(row) for size in range(4) for row in product("a\n", repeat=size)]
    together = Automaton(written)
    for path in paths:
        assert together.find(path) == find_with_re(written, path)
    for pattern in written:
        alone = Automaton([pattern])
        for path in paths:
            assert bool(alone.find(path)) is bool(re.search(pattern, path)), (pattern, path)


def test_an_answer_does_not_depend_on_the_paths_before_it():
    """What an automaton remembers of one path does not change what it finds in the next."""
    written = ["$^", "^a", "a$", "b|$", "^$"]
    found = Automaton(written)
    for path in ("a", "", "ab", "a", "\n", "ba", "", "a\n", "\n\n", "a"):
        assert found.find(path) == find_with_re(written, path), path


@given(st.text(alphabet="ab()[]|*+?{}^$.\\,-# 12d", max_size=20), st.text(max_size=10))
def test_any_text_is_a_pattern_or_an_error(written, path):
    """No text of a file makes anything but a pattern or a PatternError."""
    try:
        Automaton([written]).find(path)
    except PatternError as error:
        assert str(error)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|a)*b", "^.*a.*a.*a.*b", "(a*)*(a*)*b", "(a?){50}a{50}$b"]
)
def test_no_path_keeps_a_pattern_busy(pattern, assert_linear):
    """Patterns on which going back would never end cost the length of a path only."""
    found = Automaton([pattern])
    assert not found.find("a" * 100_000 + "!")
    assert_linear(found.find, lambda size: "a" * size + "!", 100_000)


def test_what_is_remembered_has_a_limit(monkeypatch):
    """Sets of places are forgotten when they are too many, and the answers stay the same."""
    monkeypatch.setattr(automaton, "MAX_KEPT", 3)
    found = Automaton(["a.{6}b", "b.{3}a$"])
    for path in ("aabbabab", "bbbbabba", "aaaaaaaaab"):
        expected = {n for n, one in enumerate(["a.{6}b", "b.{3}a$"]) if re.search(one, path)}
        assert found.find(path) == expected
        assert len(found._steps) <= 6
