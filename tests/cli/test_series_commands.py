"""The commands on series: what waits, and what is new in new versions."""

import json

import pytest

from kvminbox import Inbox
from kvminbox.cli import main
from kvminbox.reports import new_versions, waiting
from kvminbox.sample import make_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.mark.parametrize(("command", "report"), [("waiting", waiting), ("versions", new_versions)])
def test_a_command_prints_its_report(sample, capfdbinary, command, report):
    """The command prints the bytes that the library gives for the same range."""
    assert main([command, str(sample), "..HEAD"]) == 0
    expected = report(Inbox.open(sample).between(None, "HEAD")).to_text()
    assert capfdbinary.readouterr().out.decode() == expected


@pytest.mark.parametrize("command", ["waiting", "versions"])
def test_formats(sample, capfdbinary, command):
    """Each format is that of the report, and JSON can be read."""
    for form in ("markdown", "html", "rich"):
        assert main([command, str(sample), "..HEAD", "--format", form]) == 0
        assert capfdbinary.readouterr().out
    assert main([command, str(sample), "..HEAD", "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["format_version"] == 1


@pytest.mark.parametrize("command", ["waiting", "versions"])
def test_a_bad_range_is_one_line(sample, capfd, command):
    """An error is one line, with exit code 2, as in update."""
    assert main([command, str(sample), "nowhere..HEAD"]) == 2
    told = capfd.readouterr().err
    assert told.startswith("kvminbox: nowhere: ")
    assert told.count("\n") == 1


def test_a_name_with_nul(sample, capfd):
    """An output name that no file can have is an error of one line."""
    assert main(["versions", str(sample), "..HEAD", "--output", "a\0b"]) == 2
    assert capfd.readouterr().err.count("\n") == 1
