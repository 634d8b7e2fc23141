"""Tags of replies, beside a plain scan for them that shares nothing with the library."""

import pytest

from tests.interop.tag_scan import compare, list_paths, scan

LISTS = list_paths()


@pytest.mark.interop
@pytest.mark.parametrize("path", LISTS or [None], ids=str)
def test_tags_of_a_real_list(path):
    """Of what looks like a tag in a list's replies, all is given, told or explained by a class."""
    if path is None:
        pytest.skip("KVMINBOX_TEST_LISTS names no archive")
    result = compare(path)
    assert result.found
    assert len(result.unexplained) <= result.found // 200, result.unexplained


def test_the_scan_finds_tags():
    """The scan finds tags anywhere in a line, but none in quotes."""
    text = (
        "Acked-by: Jo <jo@x.example>\n> Acked-by: Di <di@x.example>\nFWIW, tested by: a@b.example\n"
    )
    assert [(one.name, one.address) for one in scan(text)] == [
        ("Acked-by", "jo@x.example"),
        ("FWIW, tested by", "a@b.example"),
    ]
