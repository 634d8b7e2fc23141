"""The table `decisions`: who applied, refused or withdrew patches."""

import pytest

import kvminbox.frames.grouping as grouping_room
from kvminbox import Inbox, Index, frames
from kvminbox.archive import MailWriter
from tests.index.test_views import compare_view
from tests.mails import write_mail

ADA, BEN, EWA = "Ada <ada@silicon.example>", "Ben <ben@cloud.example>", "Ewa <ewa@kvm.example>"
DIFF = "---\ndiff --git a/{0} b/{0}\n--- a/{0}\n+++ b/{0}\n@@ -1 +1 @@\n-old\n+new\n"
SERIES = "[PATCH 0/2] KVM: plant a plum"
SAID = (
    ("nak", "1", EWA, "NAK. It leaks.\n"),
    ("nacked", "2", BEN, "Nacked-by: Ben <ben@cloud.example>\n"),
    ("sorry", "nacked", BEN, "I withdraw my NAK.\n"),
    ("gone", "0", ADA, "Please ignore this series.\n"),
    ("done", "pear", EWA, "Applied to kvm/next, thanks!\n"),
)
DECIDED = [
    ("0@x", "refused", [2], "ben@cloud.example", "tag", "sorry@x", "nacked@x"),
    ("0@x", "refused", [1], "ewa@kvm.example", "words", None, "nak@x"),
    ("0@x", "withdrawn", [1, 2], "ada@silicon.example", None, None, "gone@x"),
    ("pear@x", "applied", [1], "ewa@kvm.example", "formula", None, "done@x"),
]


def write_list():
    """Yield the mails of a series that was refused and withdrawn, and of an applied patch."""
    yield write_mail(SERIES, "Why.\n", sender=ADA, ids=["0@x"])
    for number in "12":
        subject, body = f"[PATCH {number}/2] KVM: plum {number}", f"Why.\n{DIFF.format(number)}"
        yield write_mail(subject, body, sender=ADA, ids=[f"{number}@x"], in_reply_to="0@x")
    pear = f"Why.\n{DIFF.format('pear')}"
    yield write_mail("[PATCH] KVM: plant a pear", pear, sender=ADA, ids=["pear@x"])
    for name, parent, sender, body in SAID:
        yield write_mail(
            "Re: [PATCH] KVM: x", body, sender=sender, ids=[f"{name}@x"], in_reply_to=f"{parent}@x"
        )


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Return the list as an archive."""
    path = tmp_path_factory.mktemp("decided") / "kvm.git"
    writer = MailWriter(path)
    for place, mail in enumerate(write_list()):
        writer.add(mail, 1_600_000_000 + 60 * place)
    return Inbox.open(path)


def test_each_decision_has_its_mail(inbox):
    """Who refused, withdrew or applied which patches of which series, and whether it holds."""
    ids = {row["series"]: row["message_id"] for row in frames.series(inbox.between(None))}
    rows = list(frames.decisions(inbox.between(None)))
    names = ("kind", "patches", "by_email", "form", "taken_back", "message_id")
    assert [(ids[row["series"]], *(row[name] for name in names)) for row in rows] == DECIDED
    assert [(row["tree"], row["commits"]) for row in rows[2:]] == [(None, None), ("kvm/next", [])]
    assert rows[0]["evidence"].startswith("Nacked-by: Ben")
    assert rows[1]["evidence"] == "NAK."


def test_series_count_what_stands(inbox):
    """Of each series the refusals that were not taken back are counted, and what withdraws it."""
    rows = list(frames.series(inbox.between(None)))
    names = ("refused", "withdrawn", "applied")
    assert [tuple(row[name] for name in names) for row in rows] == [(1, 1, 0), (0, 0, 1)]


def test_datasets_and_indexes_have_the_same_rows(inbox, tmp_path, monkeypatch):
    """A dataset of small bins, an index and its views have the rows of the window."""
    monkeypatch.setattr(grouping_room, "_BIN", 2)
    expected = {
        name: getattr(frames, name)(inbox.between(None)) for name in ("decisions", "series")
    }
    frames.write_dataset(inbox, tmp_path / "set", mails=3)
    assert frames.group_dataset(tmp_path / "set")["decisions"] == len(DECIDED)
    file = tmp_path / "index.sqlite"
    with Index.open(file, create=True) as index:
        index.update(inbox)
        frames.write_groups(index)
        for name, table in expected.items():
            assert getattr(frames, name)(index).to_arrow().equals(table.to_arrow())
    for name, table in expected.items():
        made = frames.open_dataset(tmp_path / "set", name).to_table()
        assert made.equals(table.to_arrow(), check_metadata=True)
        compare_view(file, name, table.to_arrow().to_pylist())
