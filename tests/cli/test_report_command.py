"""`kvminbox report`: chosen sections from a shell."""

import json

import pytest

from kvminbox.cli import main
from kvminbox.sample import SAMPLE_RANGE, make_sample


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sample inbox."""
    return str(make_sample(tmp_path_factory.mktemp("sample")))


@pytest.fixture
def run(archive, capsys):
    """Run `report` on the sample's week; return what it printed, or the error."""

    def run(*arguments, code=0):
        words = ["report", archive, "..".join(SAMPLE_RANGE), *map(str, arguments)]
        assert main(words) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return run


def test_sections_come_in_the_order_asked_for(run):
    """The report has the sections that were named, in that order, under the title."""
    report = json.loads(run("--sections", "files, overview", "--title", "Mine", "--format", "json"))
    assert report["title"] == "Mine"
    assert [section["name"] for section in report["sections"]] == ["files", "overview"]


def test_maps_of_the_user_are_asked(run, tmp_path):
    """Mailmap, employers and MAINTAINERS change who and what is ranked."""
    (tmp_path / "mailmap").write_text("Ada P. <ada@home.example> <ada@silicon.example>\n")
    (tmp_path / "gitdm.config").write_text("EmailMap domains\n")
    (tmp_path / "domains").write_text("silicon.example Silicon Works\n")
    (tmp_path / "MAINTAINERS").write_text("Maintainers List\n\nTHE MMU\nF:\tarch/x86/kvm/mmu*\n")
    printed = run(
        "--sections", "domains,authors,subsystems", "--mailmap", tmp_path / "mailmap",
        "--employers", tmp_path / "gitdm.config", "--maintainers", tmp_path / "MAINTAINERS",
    )  # fmt: skip
    assert "Silicon Works" in printed
    assert "unknown" in printed
    assert "Ada P. <ada@home.example>" in printed
    assert "THE MMU" in printed


def test_an_earlier_window_gives_changes(run):
    """With --before the counts say how many there were before."""
    with_before = run("--sections", "overview", "--before", f"..{SAMPLE_RANGE[0]}")
    assert with_before != run("--sections", "overview")
    assert "Compared with all mails up to" in with_before


def test_csv_and_mail(run):
    """One table comes as CSV, and the whole report as a mail with its receivers."""
    assert run("--format", "csv", "--table", "authors").splitlines()[0].startswith("rank,count")
    mail = run("--format", "mail", "--from", "Ida <ida@wood.example>", "--to", "a@b.example")
    assert mail.startswith("From: Ida <ida@wood.example>\nTo: a@b.example\nSubject: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sections", "authors,nonsense"), ["nonsense: no such section", "overview"]),
        (("--sections", ","), ["--sections: no section is given; choose from: "]),
        (("--format", "csv"), ["several tables", "--table: overview, "]),
        (("--format", "mail"), ["--from and --to"]),
        (("--format", "mail", "--from", "x", "--to", "y"), ["x"]),
        (("--template", "authors"), ["SECTION=FILE"]),
        (("--template", "authors=nowhere.txt"), ["nowhere.txt"]),
        (("--mailmap", "nowhere"), ["nowhere"]),
        (("--maintainers", "nowhere"), ["nowhere"]),
        (("--before", "nowhere..HEAD"), ["nowhere: no such revision"]),
    ],
)
def test_bad_input_is_one_line(run, arguments, words):
    """A bad argument is an error of one line, and exit code 2."""
    said = run(*arguments, code=2)
    assert said.count("\n") == 1
    assert all(word in said for word in words), said


def test_a_malformed_map_is_named_with_its_line(run, tmp_path):
    """An error in a file of the user's names the file, the line, and what was expected."""
    (tmp_path / "mailmap").write_text("Ada <ada@silicon.example>\nno address here\n")
    said = run("--mailmap", tmp_path / "mailmap", code=2)
    assert "mailmap:2" in said
    assert "expected" in said
