"""The tables of remarks, follow-ups, links and dependences hold what the models hold."""

import pytest

from kvminbox import frames, link_series
from kvminbox.findings import find_findings
from kvminbox.frames import remark_columns
from kvminbox.frames.columns import mail_key
from kvminbox.inbox.mails import MailList
from kvminbox.links import find_dependences, find_links
from kvminbox.remarks import collect_remarks, follow_up_all
from kvminbox.series import group_series
from tests.findings.robot_mails import BUILD, lamp_patch, robot
from tests.remarks.remark_mails import LAMP_DIFF, answer, lamp_mails, quote, read_mail

INIT = "+\ttimer_init(&lamp->timer, lamp_blink);"
REPLY = answer(quote(INIT) + "\nWhy init, and not setup?\n")
MAILS = (
    *lamp_mails(),
    REPLY,
    answer("Whoever answers says so.\n", identity="own@x", to=("s-0@x", "re@x"), hour=6),
    *lamp_mails("t", tag="PATCH v2", hour=48, diff=LAMP_DIFF.replace("timer_init", "timer_set")),
    read_mail("c@x", "Re: lamp", "See https://lore.kernel.org/r/s-1@x for it.\n", hour=50),
    read_mail("d@x", "[PATCH] lamp: more", "More.\n---\nprerequisite-message-id: <s-1@x>\n"
              "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n one\n+two\n", hour=60),
)  # fmt: skip
NAMES = ["remarks", "follow_ups", "links", "dependences", "findings"]


def rows(name):
    """Return the rows that the mails have in a table."""
    return getattr(frames, name)(MailList(MAILS)).to_arrow().to_pylist()


def test_remarks_are_those_of_the_models():
    """A row has the place, the words, the series' key and the mail's."""
    series = next(one for one in group_series(MAILS) if one.revision == 1 and one.cover)
    (expected, *_) = collect_remarks(series, MAILS)
    row, *others = rows("remarks")
    for name in ("place", "patch", "path", "side", "line", "hunk", "row", "text", "quoted"):
        assert row[name] == getattr(expected, name)
    assert (row["path"], row["side"], row["line"]) == ("drivers/lamp.c", "new", 23)
    assert row["series"] == mail_key(MAILS[0])
    assert (row["epoch"], row["commit"]) == (REPLY.entry.epoch, REPLY.entry.commit)
    assert (row["message_id"], row["sender_email"], row["revision"]) == (
        "re@x",
        "ewa@kvm.example",
        1,
    )
    assert [one["message_id"] for one in others] == ["own@x"]


def test_follow_ups_are_those_of_the_models():
    """A row has the outcome and the key of the version that was looked at."""
    found = list(follow_up_all(link_series(group_series(MAILS)), MAILS))
    told = rows("follow_ups")
    assert [row["outcome"] for row in told] == [one.outcome for one in found]
    first = told[0]
    assert (first["outcome"], first["next_revision"], first["next_patch"]) == ("changed", 2, 1)
    assert first["next"] == mail_key(MAILS[5])
    assert first["evidence"] == list(found[0].evidence)
    assert {row["message_id"] for row in told} <= {row["message_id"] for row in rows("remarks")}


def test_links_and_dependences_are_those_of_the_models():
    """A row for each link and each dependence, with what was found of it."""
    corpus = MailList(MAILS)
    found = list(find_links(corpus))
    assert [row["target"] for row in rows("links")] == [one.target for one in found] != []
    assert any(row["resolved"] and row["target"] == "s-1@x" for row in rows("links"))
    (dependence,) = find_dependences(corpus.chains())
    (row,) = rows("dependences")
    assert (row["value"], row["state"]) == (dependence.value, "superseded")
    assert (row["message_id"], row["base_message_id"], row["newest_message_id"]) == (
        "d@x", "s-0@x", "t-0@x",
    )  # fmt: skip
    assert (row["base_revision"], row["newest_revision"]) == (1, 2)


def test_findings_are_those_of_the_models():
    """A row has the verdict, the series, and the lines' texts and files."""
    mails = [lamp_patch(), robot(BUILD)]
    (found,) = find_findings(MailList(mails))
    (row,) = frames.findings(MailList(mails)).to_arrow().to_pylist()
    for name in ("program", "kind", "verdict", "commit", "architecture", "compiler", "patch"):
        assert row[name] == getattr(found, name)
    assert row["series_message_id"] == found.series.message_id == "lamp-1@silicon.example"
    assert row["lines"] == [line.text for line in found.lines]
    assert (row["paths"], row["failed"], row["line_count"]) == (["lamp.c"], [], 3)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_these_tables_are_the_same_for_any_jobs(sample, name, monkeypatch):
    """Whichever process looked for them, the rows and their order are the same."""
    monkeypatch.setattr(remark_columns, "_TASK", 1)
    table = getattr(frames, name)(sample)
    assert table.to_arrow(jobs=2).equals(table.to_arrow(), check_metadata=True)


@pytest.mark.parametrize("name", NAMES)
def test_no_mails_make_empty_tables(name):
    """A corpus without mails makes a table with all columns and no rows."""
    table = getattr(frames, name)(MailList(())).to_arrow()
    assert (table.num_rows, table.schema) == (0, getattr(frames, name)(MailList(())).schema)
