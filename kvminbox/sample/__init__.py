"""A small archive of made-up mails to try things on, without a real archive.

It holds a series in two versions with a cover letter and one without, replies
with tags, a suggested diff, a pull request, a bot, odd charsets and headers, and
a deletion. Every call makes the same commit ids.
"""

import tempfile
from pathlib import Path
from typing import Final

from kvminbox.archive import MailWriter
from kvminbox.sample.compose import compose_mail
from kvminbox.sample.mails import AFTER, BEFORE, DELETED, WEEK

SAMPLE_RANGE: Final = ("week-from", "week-to")
"""The tags that bound the sample's week, for `Inbox.between`."""

_START: Final = 1_749_459_600  # Monday 2025-06-09, 09:00 UTC
_GAP: Final = 7_000


def make_sample(folder: Path | None = None) -> Path:
    """Make the sample inbox, a v2 archive of one epoch, and return its path.

    Args:
        folder: an existing folder to make it in, as `kvm-sample/`; None for a
            new temporary one, which the caller may remove.

    Raises:
        FileExistsError: it exists already.
    """
    inbox = (folder or Path(tempfile.mkdtemp(prefix="kvminbox-"))) / "kvm-sample"
    git_dir = inbox / "git" / "0.git"
    git_dir.mkdir(parents=True)
    writer = MailWriter(git_dir)
    seconds = _START - _GAP * (len(BEFORE) + 50)
    for draft in BEFORE:
        commit = writer.add(compose_mail(draft, seconds), seconds + 60)
        seconds += _GAP
    writer.tag(SAMPLE_RANGE[0], commit)
    seconds = _START
    mails = {}
    for draft in WEEK:
        mails[draft.message_id] = compose_mail(draft, seconds)
        writer.add(mails[draft.message_id], seconds + 60)
        seconds += _GAP
    commit = writer.delete(mails[DELETED.message_id], seconds)
    writer.tag(SAMPLE_RANGE[1], commit)
    for draft in AFTER:
        seconds += _GAP
        writer.add(compose_mail(draft, seconds), seconds + 60)
    return inbox
