"""A Message-ID that nobody has: which one may have been meant."""

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.errors import RevisionError
from kvminbox.reports import review
from tests.mails import write_mail

IDS = [
    "20250601120000.4711-1-ada@plum.example",
    "20250601120000.4711-2-ada@plum.example",
    "20250714.quince-jam@fig.example",
    "short@a.example",
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """An index of a few mails, of which the last is deleted."""
    folder = tmp_path_factory.mktemp("ids")
    writer = MailWriter(folder / "a.git")
    for number, name in enumerate([*IDS, "20260101.gone-away@fig.example"]):
        writer.add(write_mail(f"Mail {number}", ids=[name], references=["unseen@lime.example"]),
                   1_700_000_000 + number)  # fmt: skip
    last = list(Inbox.open(folder / "a.git").messages())[-1]
    writer.delete(Inbox.open(folder / "a.git").raw(last), 1_700_000_100)
    with Index.open(folder / "a.sqlite", create=True) as index:
        index.update(Inbox.open(folder / "a.git"))
    return str(folder / "a.sqlite")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (IDS[0][:-1], IDS[0]),
        (IDS[0][:-3], IDS[0]),
        (f"<{IDS[0][:-2]}>", IDS[0]),
        (f"[{IDS[2]}]", IDS[2]),
        (f"{IDS[2]}xyz", IDS[2]),
        (IDS[1].replace("ada", "Ada"), IDS[1]),
        (IDS[2].replace("quince", "qiunce"), IDS[2]),
        (IDS[2].replace("0714", "0741"), IDS[2]),
        (f"https://lore.kernel.org/r/{IDS[2][:-1]}", IDS[2]),
        ("shor@a.example", IDS[3]),
        (IDS[2][:12], None),
        ("2026-quite@other.example", None),
        ("20260101.gone-awa@fig.example", None),
        ("unsee@lime.example", None),
        ("sho", None),
        ("", None),
    ],
)
def test_the_nearest_id_is_one_that_a_mail_has(file, given, meant):
    """Some three letters may be missing or wrong; ids that are only named are none."""
    with Index.open(file) as index:
        assert index.nearest_id(given) == meant


@pytest.mark.parametrize("words", [["show"], ["show", "--as", "tree"], ["review"], ["range-diff"]])
def test_commands_ask_whether_it_was_meant(file, capsys, words):
    """Whoever copied an id without its end is told the whole of it."""
    assert main([words[0], file, IDS[2][:-2], *words[1:]]) == 2
    assert f"; did you mean {IDS[2]}?" in capsys.readouterr().err
    assert main([words[0], file, "nobody@nowhere.example", *words[1:]]) == 2
    assert "mean" not in capsys.readouterr().err


def test_a_review_in_python_asks_likewise(file):
    """The error for an id that no mail has names the nearest."""
    with Index.open(file) as index, pytest.raises(RevisionError, match="did you mean 20250714"):
        review(index, IDS[2][:-2])
