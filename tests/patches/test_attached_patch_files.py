"""A patch file of git format-patch that is attached to a mail."""

import pytest

from kvminbox import read_message
from tests.mails import write_mail

HEADERS = (
    "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"
    "From: =?UTF-8?q?J=C3=BCrgen=20Oak?= <oak@tree.example>\n"
    "Date: Mon, 4 Mar 2024 08:00:00 +0000\n"
    "Subject: [PATCH v2 1/2] lamp: light the\n hall\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\n"
)
CHANGE = (
    "It was dark.\n\nSigned-off-by: Old Oak <oak@tree.example>\n---\nv2: brighter\n\n"
    " lamp.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
    "diff --git a/lamp.c b/lamp.c\nindex 1111111..2222222 100644\n--- a/lamp.c\n+++ b/lamp.c\n"
    "@@ -1 +1 @@\n-off\n+on\n-- \n2.43.0\n\nbase-commit: 1234567890123456789012345678901234567890\n"
)


def read_attached(*files, subject="[PATCH] a lamp", text="See attached.\n", **more):
    """Read a mail with files attached as text/x-patch."""
    parts = "".join(
        f"--b\nContent-Type: text/x-patch; name=x.patch\n"
        f"Content-Disposition: attachment; filename=x.patch\n\n{file}\n"
        for file in files
    )
    body = f"--b\nContent-Type: text/plain\n\n{text}\n{parts}--b--\n"
    kind = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b"
    return read_message(write_mail(subject, body, kind, ids=["1@lamp.example"], **more))


def test_an_attached_patch_file_is_read_as_git_am_reads_it():
    """Author, title, message, notes, diffstat and base are those of the file."""
    patch = read_attached(HEADERS + CHANGE)
    assert (patch.kind, patch.body) == ("patch", "See attached.\n")
    assert (patch.author.name, patch.author.email) == ("Jürgen Oak", "oak@tree.example")
    assert (patch.author_source, patch.sender.email) == ("in-body", "jane@doe.example")
    assert patch.title == "lamp: light the hall"
    assert patch.commit_message.startswith("It was dark.")
    assert [one.address.email for one in patch.trailers] == ["oak@tree.example"]
    assert (patch.notes, patch.base_commit[:10]) == ("v2: brighter", "1234567890")
    assert (patch.declared_diffstat.insertions, patch.diffstat.insertions) == (1, 1)
    assert patch.defects == ()


@pytest.mark.parametrize("name", ["From", "Subject"])
def test_a_file_without_author_or_subject_is_a_diff_alone(name):
    """A header that git am would refuse names nobody: the patch is the mail's."""
    patch = read_attached((HEADERS + CHANGE).replace(f"\n{name}: ", "\nX-Was: "))
    assert (patch.author.email, patch.title) == ("jane@doe.example", "a lamp")
    assert patch.diffstat.insertions == 1


def test_its_own_in_body_from_is_the_stronger():
    """A From in the file's text is its author, as for a mail."""
    patch = read_attached(f"{HEADERS}From: Ida <ida@lamp.example>\n\n{CHANGE}")
    assert patch.author.email == "ida@lamp.example"


def test_the_subject_of_the_mail_stays_what_it_says():
    """The file's subject is the title; revision and number are the mail's."""
    patch = read_attached(HEADERS + CHANGE, subject="[PATCH v5 3/4] a lamp")
    assert (patch.subject.revision, patch.subject.counter) == (5, 3)


def test_a_reply_with_an_attached_patch_file():
    """A patch file attached to a reply is a suggestion with its own author."""
    patch = read_attached(HEADERS + CHANGE, subject="Re: dark", in_reply_to="0@lamp.example")
    assert (patch.kind, patch.author.email) == ("reply_with_patch", "oak@tree.example")


@pytest.mark.parametrize(
    "file",
    [
        CHANGE[CHANGE.index("diff --git") :],  # git diff
        CHANGE,  # no header
        f"commit 0123456\nAuthor: Old Oak <oak@tree.example>\n\n    Light.\n\n{CHANGE}",  # git show
        f"From: Old Oak <oak@tree.example>\n\n{CHANGE}",  # no Subject
    ],
)
def test_a_file_that_is_no_mail(file):
    """A diff that is attached without a mail's header has the mail's author and title."""
    patch = read_attached(file)
    assert (patch.author.email, patch.title) == ("jane@doe.example", "a lamp")
    assert (patch.diffstat.insertions, patch.trailers) == (1, ())


def test_several_patch_files_have_no_author_of_their_own():
    """Of several files the diffs are counted together; author and title are the mail's."""
    other = CHANGE.replace("lamp.c", "bulb.c")
    patch = read_attached(HEADERS + CHANGE, HEADERS + other)
    assert (patch.author.email, patch.title) == ("jane@doe.example", "a lamp")
    assert len(patch.diffstat.files) == 2


def test_a_file_beside_a_diff_in_the_text_is_not_read():
    """Where the text has the diff, an attached file says nothing, and a defect tells of it."""
    text = CHANGE.replace("lamp.c", "bulb.c")
    patch = read_attached(HEADERS + CHANGE, text=text)
    assert patch.author.email == "jane@doe.example"
    assert [one.code for one in patch.defects] == ["diff-in-attachment"]


def test_a_cover_letter_and_its_attached_file():
    """A cover letter is its own text, whatever is attached."""
    cover = read_attached(HEADERS + CHANGE, subject="[PATCH 0/2] lamps")
    assert (cover.kind, cover.title) == ("cover_letter", "lamps")
    assert cover.author.email == "jane@doe.example"
