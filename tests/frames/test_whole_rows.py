"""Rows of mails that have something in each column, whole."""

from datetime import UTC, datetime

import pyarrow.parquet

from kvminbox import frames

PATCH = """\
From: Jo Reed <jo@reed.example>

Why.

Signed-off-by: Jo Reed <jo@reed.example>
---
Below.

diff --git a/old.c b/new.c
similarity index 90%
rename from old.c
rename to new.c
old mode 100644
new mode 100755
--- a/old.c
+++ b/new.c
@@ -1,2 +1,4 @@
 one
-two
+2
+3
diff --git a/pic.png b/pic.png
index 1234567..89abcde 100644
Binary files a/pic.png and b/pic.png differ
base-commit: 0123456789abcdef0123456789abcdef01234567
change-id: 20230905-walk-0a1b2c3d4e5f
"""
SMALL = (
    "Why.\n---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,3 @@\n one\n+two\n three\n"
)
KEY = {"epoch": 0, "commit": f"{0:040x}", "blob": f"{0:040x}"}
DATE = {"date": datetime(2023, 9, 5, 8, tzinfo=UTC), "date_offset": 120}


def _rows(name, corpus):
    return getattr(frames, name)(corpus).to_arrow().to_pylist()


def _make_patch(make_mail):
    subject = "[RFC net-next PATCH v3 RESEND 2/4] A walk"
    return make_mail(PATCH, subject=subject, date=["Tue, 5 Sep 2023 10:00:00 +0200"] * 2)


def test_a_patch(make_corpus, make_mail):
    """Everything that a patch says is in its row."""
    row = _rows("patches", make_corpus(_make_patch(make_mail)))[0]
    assert len(row.pop("patch_id")) == 40
    assert row == KEY | DATE | {
        "message_id": "1@wood.example",
        "title": "A walk",
        "author_name": "Jo Reed",
        "author_email": "jo@reed.example",
        "author_domain": "reed.example",
        "author_source": "in-body",
        "sender_email": "ida@wood.example",
        "revision": 3,
        "counter": 2,
        "total": 4,
        "counter_stated": True,
        "is_rfc": True,
        "is_resend": True,
        "trees": ["net-next"],
        "commit_message": "Why.\n\nSigned-off-by: Jo Reed <jo@reed.example>",
        "notes": "Below.",
        "files": 2,
        "insertions": 2,
        "deletions": 1,
        "damaged": True,
        "base_commit": "0123456789abcdef0123456789abcdef01234567",
        "change_id": "20230905-walk-0a1b2c3d4e5f",
        "defects": ["header-repeated", "diff-damaged"],
    }


def test_the_files_of_a_patch(make_corpus, make_mail):
    """Everything that a diff says about a file is in its row."""
    renamed, picture = _rows("files", make_corpus(_make_patch(make_mail)))
    assert renamed == KEY | {
        "message_id": "1@wood.example",
        "place": 0,
        "path": "new.c",
        "old_path": "old.c",
        "status": "renamed",
        "insertions": 2,
        "deletions": 1,
        "binary": False,
        "damaged": True,
        "old_mode": "100644",
        "new_mode": "100755",
        "similarity": 90,
    }
    assert (picture["place"], picture["path"], picture["binary"]) == (1, "pic.png", True)
    assert (picture["old_path"], picture["similarity"], picture["damaged"]) == (None, None, False)


def test_a_message(make_corpus, make_mail):
    """Everything that a mail says is in its row."""
    mail = make_mail(
        "Hello.\n", subject="Re: [PATCH] A walk", to="Jo <jo@reed.example>, Al <al@reed.example>",
        cc="list@wood.example", in_reply_to="<0@wood.example>", references="<00@wood.example>",
        list_id="A list <a.wood.example>",
    )  # fmt: skip
    assert _rows("messages", make_corpus(mail)) == [
        KEY
        | DATE
        | {
            "arrived": datetime(2023, 9, 5, tzinfo=UTC),
            "message_id": "1@wood.example",
            "kind": "reply",
            "subject": "Re: [PATCH] A walk",
            "title": "A walk",
            "is_reply": True,
            "sender_name": "Ida Birch",
            "sender_email": "ida@wood.example",
            "sender_domain": "wood.example",
            "sender_source": "header",
            "from_email": "ida@wood.example",
            "to_emails": ["jo@reed.example", "al@reed.example"],
            "cc_emails": ["list@wood.example"],
            "in_reply_to": ["0@wood.example"],
            "reference_ids": ["00@wood.example"],
            "list_id": "a.wood.example",
            "body": "Hello.\n",
            "attachments": 0,
            "defects": [],
            "evidence": [
                "the subject has a reply mark",
                "the subject marks a patch",
                "it names the mail it replies to",
            ],
        }
    ]


def _make_series(make_mail):
    """Write a cover letter and 2/3 twice; 1/3 and 3/3 are missing."""
    patches = [
        make_mail(SMALL, subject="[PATCH v2 2/3] A step", message_id=f"<{number}@wood.example>",
                  in_reply_to="<cover@wood.example>")
        for number in (1, 2)
    ]  # fmt: skip
    cover = make_mail(
        "All of it.\n", subject="[PATCH v2 0/3] A walk", message_id="<cover@wood.example>"
    )
    return [cover, *patches]


def test_a_series(make_corpus, make_mail):
    """Everything that is known about a series is in its row."""
    row = _rows("series", make_corpus(*_make_series(make_mail)))[0]
    assert row.pop("evidence")
    key = f"0:{0:040x}:{0:040x}"
    waits = {}
    for wait in ("first_reply", "first_tag", "next_revision"):
        waits |= {f"{wait}_seconds": 0.0, f"{wait}_open": True}  # it arrived before it was sent
        waits |= {f"{wait}_message_id": None, f"{wait}_email": None}
    person = {"name": "Ida Birch", "email": "ida@wood.example", "domain": "wood.example"}
    people = {f"{who}_{name}": person[name] for who in ("sender", "author") for name in person}
    assert row == DATE | people | waits | {
        "series": key,
        "message_id": "cover@wood.example",
        "title": "A walk",
        "revision": 2,
        "revision_stated": True,
        "is_rfc": False,
        "is_pull": False,
        "has_cover": True,
        "status": "incomplete",
        "total": 3,
        "patches": 1,
        "missing": 2,
        "duplicates": 1,
        "cut": True,
        "confidence": 1.0,
        "files": 1,
        "insertions": 1,
        "deletions": 0,
        "chain": key,
        "previous": None,
        "next": None,
        "relation": None,
        "replies": 0,
        "reviewers": [],
        "untagged": 1,
        "superseded": False,
        "applied": 0,
        "applied_date": None,
        "applied_form": None,
        "refused": 0,
        "withdrawn": 0,
    }


def test_a_second_patch_of_a_number_is_a_member(make_corpus, make_mail):
    """A second patch of a number is a row of `members`, with the role `duplicate`."""
    rows = _rows("members", make_corpus(*_make_series(make_mail)))
    assert [(row["role"], row["number"], row["commit"]) for row in rows] == [
        ("cover_letter", 0, f"{0:040x}"), ("patch", 2, f"{1:040x}"),
        ("duplicate", 2, f"{2:040x}"),
    ]  # fmt: skip


def test_a_carried_tag(make_corpus, make_mail):
    """The tag of v1 has a row for v1, and one, as carried, for the unchanged v2."""
    person = "Jo Reed <jo@reed.example>"
    corpus = make_corpus(
        make_mail(SMALL, subject="[PATCH] A walk"),
        make_mail(f"Acked-by: {person} # for arm64\n", subject="Re: [PATCH] A walk", From=person,
                  message_id="<re@reed.example>", in_reply_to="<1@wood.example>"),
        make_mail(SMALL, subject="[PATCH v2] A walk", message_id="<2@wood.example>",
                  date="Wed, 6 Sep 2023 10:00:00 +0200"),
    )  # fmt: skip
    series = [row["series"] for row in _rows("series", corpus)]
    given, carried = _rows("trailers", corpus)
    assert given == DATE | {
        "epoch": 0,
        "commit": f"{1:040x}",
        "blob": f"{1:040x}",
        "message_id": "re@reed.example",
        "origin": "reply",
        "name": "Acked-by",
        "written": "Acked-by",
        "kind": "person",
        "value": person,
        "person_name": "Jo Reed",
        "person_email": "jo@reed.example",
        "person_domain": "reed.example",
        "comment": "for arm64",
        "self_attested": True,
        "scope": "patch",
        "series": series[0],
        "patches": [1],
        "carried_from": None,
    }
    assert carried == given | {"series": series[1], "carried_from": 1}


def test_mails_without_an_id_are_in_all_tables(make_corpus, make_mail, tmp_path):
    """A patch without a Message-ID is a message, a series and a thread, also in Parquet."""
    corpus = make_corpus(make_mail(SMALL, subject="[PATCH] A walk", message_id=None))
    frames.write_parquet(corpus, tmp_path)
    for name in ("messages", "patches", "series", "members", "threads"):
        rows = _rows(name, corpus)
        assert [row["message_id"] for row in rows] == [None]
        assert pyarrow.parquet.read_table(tmp_path / f"{name}.parquet").to_pylist() == rows
