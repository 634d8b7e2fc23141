"""Patterns that are compiled when one is first used."""

import re
import subprocess
import sys

import pytest

from kvminbox.patterns import compile_later


def test_a_later_pattern_is_used_as_any_other():
    """It matches, finds and tells its text and flags as what `re.compile` returns."""
    later, now = (make("b+", re.IGNORECASE) for make in (compile_later, re.compile))
    assert later.fullmatch("bB")[0] == "bB"
    assert later.search("acca") is None
    assert later.sub("x", "abba") == now.sub("x", "abba") == "axa"
    assert (later.pattern, later.flags) == (now.pattern, now.flags)


def test_a_wrong_pattern_raises_when_it_is_used():
    """A pattern that is none raises what `re` raises, and not before it is used."""
    wrong = compile_later("(")
    with pytest.raises(re.error):
        wrong.search("x")


def test_importing_reports_compiles_no_claims():
    """The grammar of claims, a fifth of the work of the import, is compiled by the first use."""
    code = (
        "import re\n"
        "from kvminbox import reports\n"
        "from kvminbox.review import doers, enough, objects, phrases, shapes, states\n"
        "rooms = (doers, enough, objects, shapes, states)\n"
        "found = [one for room in rooms for one in vars(room).values()"
        " if type(one).__name__ == '_Later']\n"
        "assert len(found) > 5\n"
        "assert not any('_compiled' in vars(one) for one in found)\n"
        "assert list(phrases.find_claims('Applied to kvm/next, thanks.'))\n"
        "assert any('_compiled' in vars(one) for one in found)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
