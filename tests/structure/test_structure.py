"""The script that counts what a reader of the library has to hold in mind."""

from pathlib import Path

import pytest

from tests.structure.measure import find_circles, follow_patch, main

ROOT = Path(__file__).parents[2]


def test_a_patch_goes_a_short_way():
    """From its bytes to its model a patch takes fewer calls and files than a reader would mind."""
    calls, files, changes = follow_patch(ROOT)
    assert 50 < calls <= 130
    assert 10 < files <= 23
    assert 10 < changes < 60


@pytest.mark.slow
def test_the_counts_are_printed(capsys):
    """The script names each count, and finds no circle."""
    main(ROOT)
    shown = dict(line.rsplit(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert shown["circles of imports, modules"] == "0"
    assert int(shown["functions"].replace(",", "")) > 1_000


@pytest.mark.parametrize(
    ("imports", "circles"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, [["b", "c"]]),
    ],
)
def test_a_circle_has_all_its_modules(imports, circles):
    """Modules that lead back to themselves are one circle, without those that only lead to it."""
    assert find_circles(imports) == circles
