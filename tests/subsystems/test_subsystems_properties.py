"""MAINTAINERS files and paths of any text: a value or our error, and soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import Message, Subject
from kvminbox.errors import UsageError
from kvminbox.subsystems import KVM_SPLIT, find_areas, parse_maintainers
from tests.growth import count_calls

pieces = st.sampled_from(
    ["A", "F:", "X:", "N:", "M:", " ", "\t", "\n", "\r", "*", "?", "[", "]", "(", ")", "/", "arch/",
     "#", "^", "$", "\\", "\x00", "\u2028", "é"]
)  # fmt: skip
texts = st.text() | st.lists(pieces, max_size=30).map("".join)


@given(text=texts, path=texts)
def test_any_text_is_a_maintainers_file_or_our_error(text, path):
    """A text gives sections, of which any path can be asked, or an error that names a line."""
    try:
        found = parse_maintainers(text).find_sections(path)
    except UsageError as error:
        line = int(error.where.rpartition(":")[2])
        assert 1 <= line <= text.count("\n") + 1
        assert "\n" not in str(error)
    else:
        assert [match.depth for match in found] == sorted(
            (match.depth for match in found), reverse=True
        )


@given(title=texts)
def test_any_title_has_areas_or_none(title):
    """No title raises."""
    message = Message(subject=Subject(raw=title, title=title))
    assert len(find_areas(message)) <= 8


@pytest.mark.parametrize("piece", ["a", "/", "arch/", "virt/kvm/", "KVM: ", "a, ", "\n"])
def test_a_long_path_or_title_takes_no_long_time(piece, assert_linear):
    """What a stranger may write takes time that grows with its length only."""
    kernel = parse_maintainers("A\nF: */*/*/a/b/c/\nF: arch/*/kvm/\nN: ^(a+)+$\nX: *x*y*z\n")

    def ask(text):
        kernel.find_sections(text)
        KVM_SPLIT.find_sections(text)
        find_areas(Message(subject=Subject(raw=text, title=text)))

    assert_linear(ask, lambda size: piece * (size // len(piece)), counted=60_000)


def test_many_sections_are_asked_quickly():
    """A file of a hundred times the sections answers for a path with no call more."""
    counts = set()
    for sections in (100, 10_000):
        lines = (f"S{n}\nF: drivers/d{n}/\nF: drivers/d{n}/sub/a.c\n\n" for n in range(sections))
        kernel = parse_maintainers("".join(lines))
        kernel.find_sections("mm/a.c")
        assert len(kernel.find_sections("drivers/d7/x.c")) == 1
        counts.add(count_calls(lambda: kernel.find_sections("drivers/d77/x.c")))  # noqa: B023
    assert len(counts) == 1
