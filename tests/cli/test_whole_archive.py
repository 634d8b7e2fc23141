"""Without a range and without dates a report is of all mails."""

from kvminbox.cli.main import main
from kvminbox.sample import make_sample


def test_no_window_is_all_mails(tmp_path, capsys):
    """A report without a window is that of `..HEAD`, as `git log` takes all commits."""
    path = str(make_sample(tmp_path))
    assert main(["report", path, "..HEAD", "--json"]) == 0
    whole = capsys.readouterr().out
    assert main(["report", path, "--json"]) == 0
    assert capsys.readouterr().out == whole
