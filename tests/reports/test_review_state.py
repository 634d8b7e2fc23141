"""The state of a series above its review: the same as on a board, or why it is on none."""

from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import compute_board
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.reports import review
from tests.mails import write_mail

ADA, EWA = "Ada Quist <ada@plum.example>", "Ewa Lis <ewa@fig.example>"
START = datetime(2025, 3, 3, 9, tzinfo=UTC)
PULL = (
    "The following changes since commit 0123456789ab:\n\n  fig: zero\n\n"
    "are available in the Git repository at:\n\n  https://fig.example/fig.git tags/fig-1\n\n"
    "Ada Quist (1):\n      fig: water it\n"
)


def make_patch(subject, name, day, path, **more):
    """Return the day and the bytes of a patch to a file."""
    body = (
        "Why.\n\n---\n"
        f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-old\n+new\n"
    )
    sent = START + timedelta(days=day)
    return sent, write_mail(subject, body, sender=ADA, ids=[f"{name}@x"], sent=sent, **more)


def make_reply(name, parent, day, body, subject="Re: [PATCH] fig"):
    """Return the day and the bytes of a mail of a reviewer's."""
    sent = START + timedelta(days=day)
    known = {"in_reply_to": f"{parent}@x"} if parent else {}
    return sent, write_mail(subject, body, sender=EWA, ids=[f"{name}@x"], sent=sent, **known)


MAILS = (
    make_patch("[PATCH] fig: sow it", "quiet", 0, "a.c"),
    make_patch("[PATCH] fig: weed the beds", "first", 1, "b.c"),
    make_reply("ok", "first", 2, "Reviewed-by: Ewa Lis <ewa@fig.example>\n"),
    make_patch("[PATCH] fig: weed all the beds", "again", 30, "b.c"),
    make_patch("[PATCH] fig: water it", "pulled", 3, "d.c"),
    make_reply("pull", "", 9, PULL, "[GIT PULL] Figs for today"),
    make_patch("[PATCH] fig: prune it", "v1", 4, "e.c"),
    make_patch("[PATCH v2] fig: prune it", "v2", 5, "e.c"),
    make_reply("why", "v2", 6, "> +new\n\nThis can overflow, please check it.\n"),
    make_patch("[PATCH 2/9] fig: eat it", "part", 7, "f.c"),
    make_patch("[PATCH AUTOSEL 5.10 2/8] fig: keep it", "stable", 8, "g.c"),
    make_reply("talk", "", 60, "Minutes.\n", "Minutes"),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """An index of these mails."""
    folder = tmp_path_factory.mktemp("state")
    writer = MailWriter(folder / "figs.git")
    for sent, raw in sorted(MAILS):
        writer.add(raw, int(sent.timestamp()))
    with Index.open(folder / "x.sqlite", create=True) as index:
        index.update(Inbox.open(folder / "figs.git"))
    return folder / "x.sqlite"


def test_the_state_is_that_of_the_board(file):
    """With its reasons, which other threads, earlier versions and pull requests tell, too."""
    with Index.open(file) as index:
        rows = compute_board(index).series
        found = {row.message_id: review(index, row.message_id).result.standing for row in rows}
    assert {row.message_id: (row.state, row.evidence) for row in rows} == {
        name: (one.state, one.evidence) for name, one in found.items()
    }
    assert {name: one.state for name, one in found.items()} == {
        "quiet@x": "waiting", "again@x": "ready", "pulled@x": "landed", "v2@x": "needs_version",
        "part@x": "waiting",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quiet", "State: waiting; no reply or tag from anybody else."),
        ("first", "State: superseded by a later sending <again@x> of 2025-04-02."),
        (
            "again",
            "has a Reviewed-by, Acked-by or Tested-by (Ewa Lis as of the sending of 2025-03-04).",
        ),
        (
            "pulled",
            "State: applied; it is in the pull request <pull@x> of 2025-03-12 by Ewa Lis.",
        ),
        ("v1", "State: superseded by v2 <v2@x> of 2025-03-08."),
        (
            "v2",
            "State: needs a new version; 1 remark by Ewa Lis on 2025-03-09, and no approval since",
        ),
        ("stable", "State: a backport for stable trees; nobody has answered or tagged it."),
    ],
)
def test_the_head_tells_the_state(file, capsys, name, told):
    """`kvminbox review` says why a series is listed or not, and by what it is superseded."""
    assert main(["review", str(file), f"{name}@x"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert told in said
    assert ("There is no later version." in said) == (name not in {"first", "v1"})


@pytest.mark.parametrize(("name", "is_told"), [("quiet", True), ("stable", True), ("first", False)])
def test_what_was_answered_is_not_said_to_lack_comments(file, capsys, name, is_told):
    """A series with nothing but a tag has no remarks; only of one without any is more said."""
    assert main(["review", str(file), f"{name}@x"]) == 0
    said = capsys.readouterr().out
    assert ("Nobody has commented on it yet." in said) == is_told
    assert "No remarks." in said


def test_a_stored_review_without_a_state_is_shown(file):
    """JSON of an older version has no state, and is laid out without one."""
    with Index.open(file) as index:
        result = review(index, "v2@x").result
    from kvminbox.reports.layout import lay_out

    old = result.model_copy(update={"standing": None})
    assert len(list(lay_out(result))) == len(list(lay_out(old))) + 1
