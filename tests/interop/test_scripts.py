"""The scripts of this folder that are run by hand."""

import pytest

from tests.interop import applied_labels, applied_sample, board_labels, tag_scan, version_labels


@pytest.mark.parametrize(
    "script", [applied_labels, applied_sample, board_labels, tag_scan, version_labels]
)
def test_each_tells_how_it_is_used(script, capsys):
    """`--help` shows what a script is for, and how it is called."""
    with pytest.raises(SystemExit) as ended:
        script.main(["--help"])
    assert ended.value.code == 0
    assert script.__doc__.strip().splitlines()[0] in capsys.readouterr().out


@pytest.mark.parametrize("script", [applied_labels, board_labels, version_labels])
def test_labels_are_of_an_archive_and_a_file(script):
    """A word that is missing ends the script with an error."""
    with pytest.raises(SystemExit) as ended:
        script.main(["judge"])
    assert ended.value.code == 2
