"""The formats of a report: one table for Python and the command line."""

from pathlib import Path
from typing import get_args

import pytest

from kvminbox import Inbox, Index
from kvminbox.cli import main
from kvminbox.display import FORMATS
from kvminbox.errors import UsageError
from kvminbox.reports import ReportFormat, build_report, list_update, sections
from kvminbox.sample import SAMPLE_RANGE, make_sample


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("formats"))


@pytest.fixture(scope="module")
def index(archive, tmp_path_factory):
    """An index of it."""
    file = tmp_path_factory.mktemp("index") / "kvm.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(archive))
    return file


def test_a_new_renderer_is_a_format_of_every_report(archive, monkeypatch, capsys):
    """A renderer that is put into the table is a format in Python and of `--format`."""
    monkeypatch.setitem(FORMATS, "titles", lambda document: f"= {document.title}\n")
    week = Inbox.open(archive).between(*SAMPLE_RANGE)
    built = build_report("The week", week, [sections.overview()])
    assert built.render("titles") == "= kvm-sample: The week, week-from..week-to\n"
    range_ = "..".join(SAMPLE_RANGE)
    for command in ("update", "waiting", "versions", "report"):
        assert main([command, str(archive), range_, "--format=titles"]) == 0
        assert capsys.readouterr().out.startswith("= ")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_the_same_in_python_and_in_the_shell(archive, capsys, name):
    """What `--format` prints is what `render` returns."""
    report = list_update(Inbox.open(archive).between(*SAMPLE_RANGE))
    assert main(["update", str(archive), "..".join(SAMPLE_RANGE), f"--format={name}"]) == 0
    assert capsys.readouterr().out == report.render(name)


def test_named_methods_are_the_formats_of_the_table(archive):
    """`to_markdown` and `to_html` return what the table's renderers do."""
    report = list_update(Inbox.open(archive).between(*SAMPLE_RANGE))
    assert report.render("markdown") == report.to_markdown()
    assert report.render("html") == report.to_html()
    assert report.render("text") == report.to_text()


def test_type_checkers_know_the_formats_of_the_table():
    """The names that `render` takes for type checkers are those of the table, and text."""
    assert {*get_args(ReportFormat)} == {*FORMATS, "text"}


def test_an_unknown_format_is_refused(archive):
    """A format that is not in the table is an error that names those that are."""
    report = list_update(Inbox.open(archive).between(*SAMPLE_RANGE))
    with pytest.raises(UsageError, match=r"docx: .*from: html, markdown, text; .*to_csv"):
        report.render("docx")


@pytest.mark.parametrize(
    ("command", "file", "name"),
    [
        ("update", "week.html", "html"),
        ("update", "week.JSON", "json"),
        ("waiting", "a.b/week.md", "markdown"),
        ("waiting", "week.csv", "csv"),
        ("waiting", "week.txt", "text"),
        ("waiting", "week", "text"),
        ("waiting", ".html", "text"),
        ("board", "board.html", "page"),
        ("board", "board", "page"),
        ("board", "board.txt", "text"),
        ("board", "board.json", "json"),
        ("search", "found.mbox", "mbox"),
        ("search", "found.jsonl", "jsonl"),
        ("changes", "found.xml", "atom"),
        ("changes", "found.txt", "text"),
    ],
)
def test_a_files_name_tells_its_format(index, tmp_path, command, file, name):
    """Without --format the end of the output's name chooses it."""
    more = {"search": ["s:kvm"], "changes": ["--since", "2025-06-01"]}.get(command, ["..HEAD"])
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    found = []
    for options in (["-o", str(path)], ["--format", name, "-o", str(tmp_path / "other")]):
        assert main([command, str(index), *more, *options]) == 0
        found.append(Path(options[-1]).read_bytes())
    assert found[0] == found[1]
    assert found[0]


def test_a_format_that_is_given_counts_more_than_a_name(index, tmp_path, capsys):
    """--format and --json are taken whatever the file is called; what is printed stays text."""
    for options in (["--json"], ["--format", "json"]):
        path = tmp_path / "b.txt"
        assert main(["board", str(index), "..HEAD", *options, "-o", str(path)]) == 0
        assert path.read_text().startswith("{")
    assert main(["waiting", str(index), "..HEAD", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("kvm-sample: Waiting for review")


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ("board", "week.htm", "<!DOCTYPE html>"),
        ("report", "week.htm", "<!DOCTYPE html>"),
        ("report", "week.MARKDOWN", "# "),
        ("report", "week.log", "kvm-sample: Report"),
        ("board", "week", "<!DOCTYPE html>"),
        ("report", "week.pdf", None),
        ("board", "week.pdf", None),
        ("report", "week.mbox", None),
        ("report", "week.atom", None),
        ("waiting", "week.jsonl", None),
    ],
)
def test_a_name_of_another_kind_of_file_is_refused(
    archive, tmp_path, capsys, command, name, begins
):
    """A page of HTML that is called week.pdf opens nowhere; other endings are the reader's own."""
    file = tmp_path / name
    code = main([command, str(archive), "..HEAD", "--output", str(file)])
    if begins is None:
        said = capsys.readouterr().err
        assert code == 2
        assert f"{name}: there is no format for a name in {file.suffix}; end the name in" in said
        assert not file.exists()
    else:
        assert code == 0
        assert file.read_text().startswith(begins)


def test_a_name_in_eml_is_a_mail(archive, tmp_path, capsys):
    """It needs its addresses, as `--format mail` does."""
    file = tmp_path / "week.eml"
    asked = ["report", str(archive), "..HEAD", "--output", str(file)]
    assert main(asked) == 2
    assert "a mail needs --from and --to" in capsys.readouterr().err
    assert main([*asked, "--from", "ada@silicon.example", "--to", "kvm@lists.example"]) == 0
    assert "Subject: kvm-sample: Report" in file.read_text()
