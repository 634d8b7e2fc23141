"""Mails for the tests of analysis: patches, replies and others, in a list."""

from datetime import UTC, datetime, timedelta

from tests.mails import read_made

START = datetime(2025, 3, 3, 9, tzinfo=UTC)
ADA = "Ada Pfeiffer <ada@silicon.example>"
BEN = '"Okafor, Ben" <ben@cloud.example>'
EWA = "Ewa Lis <ewa@kvm.example>"


class Mails:
    """A corpus of some messages, which counts how often it is read."""

    def __init__(self, *messages, base="start", tip="end"):
        self.base, self.tip = base, tip
        self.read = 0
        self._messages = messages

    def messages(self, *, progress=None):
        """Return the messages."""
        self.read += 1
        if progress:
            progress(len(self._messages), len(self._messages))
        return iter(self._messages)


def diff(path, added=1, removed=1):
    """Write a diff of one file."""
    lines = "".join(["-old\n"] * removed + ["+new\n"] * added)
    head = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
    return f"{head}@@ -1,{removed} +1,{added} @@\n{lines}"


def mail(name, subject, body="Words.\n", sender=ADA, hour=0, **more):
    """Make a mail whose Message-ID is `NAME@x` and which arrives `hour` hours after the start.

    `parent` names the mail that it answers, `references` those above it, too; `dated` hours
    change its Date alone.
    """
    moment = START + timedelta(hours=hour)
    sent = moment + timedelta(hours=more.get("dated", 0))
    parent = more.get("parent")
    return read_made(
        subject,
        body,
        f"List-Id: <{more.get('list_id', 'kvm.vger.kernel.org')}>",
        sender=sender,
        ids=[f"{name}@x"] if name else [],
        sent=sent,
        in_reply_to=f"{parent}@x" if parent else None,
        references=[f"{one}@x" for one in more.get("references", ())],
        arrived=moment,
        name=more.get("serial", name or subject),
    )


def patch(name, subject="", path="virt/kvm/a.c", added=1, removed=1, **more):
    """Make a patch of one file."""
    text = more.pop("text", "Say why.\n")
    body = f"{text}---\n{diff(path, added, removed)}"
    return mail(name, subject or f"[PATCH] KVM: {name}", body, **more)


def reply(name, parent, body="I see.\n", sender=EWA, **more):
    """Make a reply."""
    return mail(
        name, more.pop("subject", "Re: [PATCH] KVM: x"), body, sender, parent=parent, **more
    )


def rows_of(ranking):
    """Return a ranking's texts with their counts."""
    return [(row.text, row.count) for row in ranking.rows]


def figures_of(result):
    """Return a result's figures by their labels."""
    return {figure.label: figure.count for figure in result.figures}


def ids_of(refs):
    """Return the Message-IDs of references without their common suffix."""
    return [(ref.message_id or "").removesuffix("@x") for ref in refs]
