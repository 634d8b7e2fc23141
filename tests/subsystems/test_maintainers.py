"""MAINTAINERS files: sections, the lines that take a path, and what is malformed."""

import pytest

from kvminbox import read_message
from kvminbox.errors import UsageError
from kvminbox.subsystems import Maintainers, list_paths, parse_maintainers, read_maintainers

TEXT = """\
List of maintainers
===================

Descriptions of section entries

\tF: *Files* and directories wildcard patterns.
\t   F:\tdrivers/net/\tall files in and below drivers/net

Maintainers List
----------------

KVM FOR SILICON
M:\tAda Pfeiffer <ada@silicon.example>
R:\tBen <ben@silicon.example>
L:\tkvm@lists.example
S:\tSupported
F:\tarch/silicon/kvm/
F:\tDocumentation/virt/kvm/silicon*
X:\tarch/silicon/kvm/trace/

# a comment does not end a section
T:\tgit git://git.example/kvm.git

SILICON PORT
M:\tEve <eve@silicon.example>
F:\tarch/silicon/
N:\tsilicon

THE REST
F:\t*
F:\t*/
"""


@pytest.fixture
def kernel():
    return parse_maintainers(TEXT)


def names(found):
    return [match.section.name for match in found]


def test_a_section_is_a_heading_with_its_lines(kernel):
    """Headings, letters and values are kept in order; prose above the list makes no section."""
    assert [section.name for section in kernel.sections] == [
        "KVM FOR SILICON",
        "SILICON PORT",
        "THE REST",
    ]
    kvm = kernel.sections[0]
    assert kvm.line == 12
    assert "".join(entry.letter for entry in kvm.entries) == "MRLSFFXT"
    assert kvm.values("M") == ("Ada Pfeiffer <ada@silicon.example>",)
    assert kvm.values("T") == ("git git://git.example/kvm.git",)
    assert repr(kvm) == "<Section 'KVM FOR SILICON'>"


def test_the_nearest_section_comes_first(kernel):
    """A path's sections stand by how closely they name it, each with the line that does."""
    found = kernel.find_sections("arch/silicon/kvm/mmu.c")
    assert names(found) == ["KVM FOR SILICON", "SILICON PORT", "THE REST"]
    assert found[0].evidence == "MAINTAINERS:17 F: arch/silicon/kvm/"
    assert [match.depth for match in found] == [3, 0, -1]


def test_what_is_excluded_is_not_the_sections(kernel):
    """An X: line takes paths away from its own section, and from no other."""
    assert names(kernel.find_sections("arch/silicon/kvm/trace/x.h")) == ["SILICON PORT", "THE REST"]


def test_an_x_line_goes_before_an_n_line():
    """What X: excludes stays out, though N: would take it, in whatever order they stand."""
    kernel = parse_maintainers("A\nN: silicon\nX: drivers/silicon/\n")
    assert kernel.find_sections("drivers/silicon/a.c") == ()
    assert names(kernel.find_sections("drivers/silicon.c")) == ["A"]


def test_a_regular_expression_is_sought_anywhere(kernel):
    """An N: line takes each path that holds a match."""
    found = kernel.find_sections("drivers/gpio/gpio-silicon-2.c")
    assert names(found) == ["SILICON PORT", "THE REST"]
    assert found[0].evidence == "MAINTAINERS:27 N: silicon"
    assert found[0].depth == 0


def test_the_last_line_that_takes_a_path_tells_its_depth():
    """Of several lines of a section the last one that fits counts, as in get_maintainer."""
    kernel = parse_maintainers("A\nF: a/b/c.c\nF: a/\n\nB\nF: a/b/\n")
    assert names(kernel.find_sections("a/b/c.c")) == ["B", "A"]


def test_paths_are_grouped_by_section(kernel):
    """Each section has its paths, once, with the lines that took them."""
    paths = ["arch/silicon/kvm/mmu.c", "Makefile", "arch/silicon/kvm/mmu.c", "mm/x.c"]
    groups = kernel.group_paths(paths)
    assert [(group.section.name, group.paths) for group in groups] == [
        ("KVM FOR SILICON", ("arch/silicon/kvm/mmu.c",)),
        ("SILICON PORT", ("arch/silicon/kvm/mmu.c",)),
        ("THE REST", ("arch/silicon/kvm/mmu.c", "Makefile", "mm/x.c")),
    ]
    assert groups[2].evidence == ("MAINTAINERS:31 F: */", "MAINTAINERS:30 F: *")


def test_a_renamed_file_counts_where_it_was_and_where_it_is(kernel, make_mail):
    """Both paths of a rename are the patch's."""
    body = (
        "---\ndiff --git a/arch/silicon/kvm/a.c b/mm/a.c\nsimilarity index 100%\n"
        "rename from arch/silicon/kvm/a.c\nrename to mm/a.c\n"
    )
    patch = read_message(make_mail(body, Subject="[PATCH] move"))
    assert list_paths(patch) == ("mm/a.c", "arch/silicon/kvm/a.c")
    assert [group.section.name for group in kernel.group_patch(patch)] == [
        "KVM FOR SILICON",
        "SILICON PORT",
        "THE REST",
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no section"),
        ("A HEADING\nand prose\n", 1, "no section"),
        ("F: a/\n", 1, "a heading"),
        ("A\nM: x\nF arch/x86/\n", 3, "'F arch/x86/'.*another capital letter with a colon"),
        ("A\nF: a/\nB\nF: b/\n", 3, "a blank line"),
        ("A\nF:\n", 2, "a path pattern"),
        ("A\nX: \t\n", 2, "a path pattern"),
        ("A\nN:\n", 2, "a path pattern"),
        ("A\nF: a/[ch\n", 2, "not closed"),
        ("A\nF: a/[z-a]\n", 2, "class"),
        ("A\nM: x\nN: (a\n", 3, "not closed"),
        ("A\nN: a**\n", 2, "nothing to repeat"),
        ("A\nN: (?=a)\n", 2, "not understood"),
        ("A\nN: (a)\\1\n", 2, "not understood"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(text, line, words):
    """What no section can hold is an error with file, line, what is there and what is wanted."""
    with pytest.raises(UsageError, match=rf"^my:{line}: found .*{words}") as caught:
        parse_maintainers(text, source="my")
    assert "; expected " in str(caught.value)


def test_indented_lines_are_prose():
    """Older kernels explain the letters in lines that begin like entries, and go on indented."""
    kernel = parse_maintainers(
        "Descriptions\n\nF: Files and directories with wildcard patterns.\n"
        "   F:\tdrivers/net/\tall files\n\nA\nF: a/\n"
    )
    assert names(kernel.find_sections("drivers/net/x.c")) == []
    assert names(kernel.find_sections("a/x.c")) == ["A"]


def test_a_file_is_read(tmp_path):
    """A file gives what its text gives, and evidence names it; one that is not there is named."""
    path = tmp_path / "MAINTAINERS"
    path.write_text(TEXT.replace("\n", "\r\n"), newline="")
    kernel = read_maintainers(path)
    assert kernel.find_sections("Makefile")[0].evidence == f"{path}:30 F: *"
    with pytest.raises(UsageError, match="can't be read"):
        read_maintainers(tmp_path / "absent")


def test_maintainers_are_a_value(kernel):
    """A file that was asked is equal to one that was not, and comes back from its JSON."""
    assert kernel.find_sections("Makefile")
    assert kernel == parse_maintainers(TEXT)
    assert Maintainers.model_validate_json(kernel.model_dump_json()) == kernel
