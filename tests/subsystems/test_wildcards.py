"""The patterns of F: and X: lines, as get_maintainer reads them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.subsystems.wildcards import parse_wildcard


@pytest.mark.parametrize(
    ("pattern", "path", "taken"),
    [
        ("drivers/net/", "drivers/net/a.c", True),
        ("drivers/net/", "drivers/net/phy/a.c", True),
        ("drivers/net/", "drivers/netfs/a.c", False),
        ("drivers/net/*", "drivers/net/a.c", True),
        ("drivers/net/*", "drivers/net/phy/a.c", False),
        ("drivers/net/*", "x/drivers/net/a.c", False),
        ("*/net/*", "drivers/net/a.c", True),
        ("*/net/*", "a/drivers/net/a.c", False),
        ("*/net/", "a/drivers/net/a.c", True),
        ("arch/*/kvm/", "arch/x86/deep/kvm/a.c", True),
        ("arch/*/kvm/", "arch/x86/kvm.c", False),
        ("fs/ext", "fs/ext4.c", True),
        ("fs/ext", "fs/ext/a.c", True),
        ("fs/ext", "fs/ext4/a.c", False),
        ("fs/ext", "fs/ex", False),
        ("sound/da90??.[ch]", "sound/da9055.c", True),
        ("sound/da90??.[ch]", "sound/da9055.S", False),
        ("sound/da90??.[ch]", "sound/da905.c", False),
        ("arm,sc[mp]i.y", "arm,scpi.yaml", True),
        ("a.c", "abc", False),
        ("a+(b)|{c}$^\\d", "a+(b)|{c}$^\\d", True),
        ("*a*b*c", "xxaxbxxc.h", True),
        ("*a*b*c", "xxaxcxxb.h", False),
        ("*", "Makefile", True),
        ("*", "mm/Makefile", False),
        ("*/", "Makefile", False),
        ("*/", "mm/slab/x.c", True),
    ],
)
def test_a_pattern_takes_paths_as_get_maintainer_does(pattern, path, taken):
    """Stars pass slashes, ends are open, and without a final slash the slashes must be as many."""
    assert parse_wildcard(pattern).takes(path) is taken


letters = st.text(alphabet="ab/.*?", min_size=1, max_size=10)
paths = st.text(alphabet="ab/.", min_size=1, max_size=12)


@given(written=letters, path=paths)
def test_a_pattern_is_the_regular_expression_that_it_becomes_in_perl(written, path):
    """The same paths are taken as by the expression get_maintainer makes, folders apart."""
    expression = written.replace(".", r"\.").replace("*", ".*").replace("?", ".")
    taken = re.match(expression, path) is not None
    if not written.endswith("/"):
        taken = taken and written.count("/") == path.count("/")
    is_folder = not set("*?") & set(written) and path.startswith(f"{written}/")
    assert parse_wildcard(written).takes(path) == (taken or is_folder)


@given(written=letters, path=paths)
def test_every_path_that_is_taken_lies_in_the_patterns_folder(written, path):
    """The folder, by which patterns are found, never hides one from a path that it takes."""
    wildcard = parse_wildcard(written)
    assert not wildcard.takes(path) or path.startswith(wildcard.folder)


def test_a_hostile_path_takes_no_long_time(assert_linear):
    """Stars upon stars over a long path of the letters between them cost its length only."""
    wildcard = parse_wildcard("*a" * 30 + "*b")
    assert not wildcard.takes("a" * 100_000)
    assert_linear(wildcard.takes, lambda size: "a" * size, 100_000)
