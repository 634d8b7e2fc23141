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
from kvminbox.sample.mails import AFTER, DELETED, WEEK
from kvminbox.sample.tree import GAP, make_sample_tree, schedule_mails

__all__ = ["SAMPLE_RANGE", "make_sample", "make_sample_tree"]

SAMPLE_RANGE: Final = ("week-from", "week-to")
"""The tags that bound the sample's week, for `Inbox.between`."""


def make_sample(folder: Path | None = None) -> Path:
    """Make the sample inbox, a v2 archive of one epoch, and return its path.

    Args:
        folder: an existing directory to make it in, as `kvm-sample/`; None for a
            new temporary one, which the caller may remove.

    Raises:
        FileExistsError: it exists already.
    """
    inbox = (folder or Path(tempfile.mkdtemp(prefix="kvminbox-"))) / "kvm-sample"
    git_dir = inbox / "git" / "0.git"
    git_dir.mkdir(parents=True)
    writer = MailWriter(git_dir)
    mails = {draft.message_id: compose_mail(draft, sent) for draft, sent in schedule_mails()}
    commit = ""
    for draft, sent in schedule_mails():
        if draft is AFTER[0]:
            commit = writer.delete(mails[DELETED.message_id], sent - GAP)
            writer.tag(SAMPLE_RANGE[1], commit)
        elif draft is WEEK[0]:
            writer.tag(SAMPLE_RANGE[0], commit)
        commit = writer.add(mails[draft.message_id], sent + 60)
    return inbox
