"""Mails of a mailing list, written as a table: id, minute, sender, parents, subject.

A patch has a diff. A cover letter, a reply, and a mail whose id begins with `~` have
none. A parent `-` means that nothing is referred to; of several the last is the nearest.
A `+` marks an id that a mail gateway appended to References, and that is not answered.
"""

import re
from datetime import timedelta

from tests.mails import MORNING, read_made

# `[PATCH 0/2] topic`, `[PATCH v6,0/2] topic`, `[PATCH 0 of 2] topic`
BARE = re.compile(r"Re:|[^]]*\b0+(?:/\d|/n| of )")
# what programs write that send several mails at once
IDS = {
    "send1": "20240304090155.7345-1-jane@jane.example",
    "send2": "20240304090155.7345-2-jane@jane.example",
    "send3": "20240304090155.7345-3-jane@jane.example",
    "send4": "20240304090155.7345-4-jane@jane.example",
    "send5": "20240304090155.7345-5-jane@jane.example",
    "send6": "20240304090155.7345-6-jane@jane.example",
    "run1": "20240304085500.6868-1-jane@jane.example",
    "old2": "1410337282-4711-2-git-send-email-jane@jane.example",
    "old3": "1410337282-4711-3-git-send-email-jane@jane.example",
    "quilt1": "20240304090155.101817263@jane.example",
    "quilt2": "20240304090155.203928374@jane.example",
    "quilt3": "20240304090155.305564738@jane.example",
    "b4-1": "20240304-topic-v1-1-0a1b2c3d@jane.example",
    "b4-2": "20240304-topic-v1-2-4e5f6071@jane.example",
    "git1": "0123456789012345678901234567890123456789.1709542915.git.jane@jane.example",
    "git2": "abcdef6789012345678901234567890123456789.1709542915.git.jane@jane.example",
}
NAMES = {identity: name for name, identity in IDS.items()}
DIFF = """---
 file.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/file.c b/file.c
--- a/file.c
+++ b/file.c
@@ -1 +1 @@
-old
+new {subject}
"""


def post_all(table):
    """Return the messages of a table, one for each line."""
    return [post(*line.split(None, 4)) for line in table.splitlines() if line.strip()]


def post(name, minute, sender, parents, subject):
    """Return one message of a list on which the minutes are counted from a Monday morning."""
    moment = MORNING + timedelta(minutes=float(minute))
    parents = [parent for parent in parents.split(",") if parent != "-"]
    answered = [_identity(parent) for parent in parents if not parent.startswith("+")]
    address = sender if "@" in sender else f"{sender.title()} <{sender}@{sender}.example>"
    bare = name.startswith("~") or BARE.match(subject)
    return read_made(
        subject,
        "Some words.\n" + ("" if bare else DIFF.format(subject=subject)),
        sender=address,
        ids=[_identity(name)],
        sent=moment,
        references=[_identity(parent.lstrip("+")) for parent in parents],
        in_reply_to=answered[-1] if answered else None,
        arrived=moment,
        name=name,
    )


def _identity(name):
    return IDS.get(name.lstrip("~")) or f"{name}@mail.example"


def short_id(message):
    """Return the id of a message as its table has it."""
    identity = message.message_id
    return NAMES.get(identity) or identity.removesuffix("@mail.example")


def describe(series):
    """Return a series in one line: `v2 incomplete, missing 3: c 1 2 (+2b)`."""
    minor = "" if series.minor_revision is None else f".{series.minor_revision}"
    missing = ", missing " + " ".join(map(str, series.missing)) if series.missing else ""
    ids = " ".join(map(short_id, series.messages))
    more = "".join(f" (+{short_id(message)})" for message in series.duplicates)
    return f"v{series.revision}{minor} {series.status}{missing}: {ids}{more}"
