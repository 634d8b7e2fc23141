"""Mails written to an mbox, and read back with git and with Python."""

import mailbox
import subprocess
from contextlib import closing

from kvminbox.mbox import write_mbox

ODD = (
    b"From: Ida Birch <ida@wood.example>\nMessage-ID: <1@wood.example>\n\n"
    b"From here it goes on.\n>From there, too.\n"
    b"From ida@wood.example Tue Sep  5 10:00:00 2023\nthe end\n"
)
PLAIN = b"From: Ida Birch <ida@wood.example>\nMessage-ID: <2@wood.example>\n\nno end of line"


def split_with_git(folder, pieces):
    """Return the mails that `git mailsplit` finds."""
    (folder / "mbox").write_bytes(b"".join(pieces))
    subprocess.run(["git", "mailsplit", f"-o{folder}", folder / "mbox"], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("0*"))]


def test_git_splits_where_the_mails_end(tmp_path):
    """A line that looks like a separator to git does not split a mail; other lines stay."""
    found = split_with_git(tmp_path, write_mbox([ODD, PLAIN], quote_all=False))
    assert len(found) == 2
    assert b"\nFrom here it goes on.\n>From there, too.\n>From ida@" in found[0]
    assert PLAIN in found[1]


def test_every_quote_can_be_undone(tmp_path):
    """In the mboxrd form, removing one `>` from each quoted line restores the mail's bytes."""
    (tmp_path / "mbox").write_bytes(b"".join(write_mbox([ODD, PLAIN])))
    with closing(mailbox.mbox(tmp_path / "mbox")) as found:
        first, second = found
    lines = first.as_bytes().splitlines(keepends=True)
    undone = b"".join(
        line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line
        for line in lines
    )
    assert undone.rstrip(b"\n") == ODD.rstrip(b"\n")
    assert second["Message-ID"] == "<2@wood.example>"


def test_a_separator_of_the_archive_is_left_out():
    """A `From ` line that an old importer left above the headers is not written twice."""
    pieces = list(write_mbox([b"From ida Tue Sep  5 10:00:00 2023\n" + PLAIN]))
    assert pieces[1].startswith(b"From: Ida")
