"""The formats of a report: one table for Python and the command line."""

import pytest

from kvminbox import Inbox
from kvminbox.cli import main
from kvminbox.display import FORMATS
from kvminbox.errors import UsageError
from kvminbox.reports import build_report, list_update, sections
from kvminbox.sample import SAMPLE_RANGE, make_sample


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("formats"))


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


def test_an_unknown_format_is_refused(archive):
    """A format that is not in the table is an error that names those that are."""
    report = list_update(Inbox.open(archive).between(*SAMPLE_RANGE))
    with pytest.raises(UsageError, match=r"docx: .*from: html, markdown; .*to_csv"):
        report.render("docx")
