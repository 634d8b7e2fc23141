"""The other versions of a series are found in an index without grouping the whole list."""

from datetime import UTC, timedelta

import pytest

from kvminbox import Inbox, Index
from kvminbox.cli import main
from kvminbox.index import related
from kvminbox.index.related import find_previous, find_versions
from tests.archive.git_archive import Archive
from tests.mails import MORNING, write_mail

DIFF = (
    "---\n {path} | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
    "diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-off\n+on {number}\n"
)
LONG = "lemon: squeeze each of the fruits before they are put into the bowl that is in the hall"


def post(archive, name, revision, titles, *, words=""):
    """Commit a cover letter and its patches; the first title is the cover letter's."""
    sent = MORNING + timedelta(days=7 * revision)
    mark = f" v{revision}" if revision > 1 else ""
    for number, title in enumerate(titles):
        path = f"lemon/{number}.c"
        raw = write_mail(
            f"[PATCH{mark} {number}/{len(titles) - 1}] {title}",
            DIFF.format(path=path, number=revision) if number else f"{words}\n",
            ids=[f"{name}-{number}@lemon.example"],
            in_reply_to=f"{name}-0@lemon.example" if number else None,
            sent=sent + timedelta(minutes=number),
        )
        archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()) + 60 * number)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (("lemon: add FEAT_WFxT", "one"), ("lemon: add FEAT_WFxT", "other"), ""),
        ((LONG, "one"), (LONG, "other"), ""),
        (("lemon: begin", "lemon: peel", "lemon: cut"),
         ("citrus: begin", "lemon: peel", "lemon: cut"), ""),
        (("lemon: begin", "one"), ("citrus: fresh", "other"),
         "v1: https://lore.kernel.org/all/old-0@lemon.example/"),
    ],
    ids=["an underscore", "a long title", "a renamed cover letter", "a link"],
)  # fmt: skip
def test_the_version_before_is_found(tmp_path, first, second, words):
    """By the title as the index divides it, by patches of the same titles, or by a link."""
    archive = Archive(tmp_path / "0.git")
    post(archive, "old", 1, first)
    post(archive, "another", 1, ("apple: peel", "apple: cut"))
    post(archive, "new", 2, second, words=words)
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        series = index.series_of("new-1@lemon.example")
        chain = find_versions(index, series)
        assert [one.ref.message_id for one in chain.series] == [
            "old-0@lemon.example",
            "new-0@lemon.example",
        ]
        whole = next(one for one in index.between(None).chains() if len(one.series) > 1)
        assert [one.ref for one in whole.series] == [one.ref for one in chain.series]


@pytest.mark.parametrize("path", ["lemon/1.c", 'a "b".c', "-"])
def test_a_lone_patch_of_another_title_is_found_by_its_file(tmp_path, path):
    """Its sender's patches to the same file are looked through, if its name can be looked for."""
    archive = Archive(tmp_path / "0.git")
    titles = ("lemon: squeeze them in the machine", "lemon: squeeze fruits in the machine")
    for number, title in enumerate(titles, 1):
        mark = " v2" if number == 2 else ""
        sent = MORNING + timedelta(days=number)
        raw = write_mail(
            f"[PATCH{mark}] {title}", DIFF.format(path=path, number=number),
            ids=[f"lone-{number}@lemon.example"], sent=sent,
        )  # fmt: skip
        archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()))
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        series = index.series_of("lone-2@lemon.example")
        assert len(find_versions(index, series).series) == 1
        found = find_previous(index, series)
        whole = [one.previous for chain in index.between(None).chains() for one in chain.series]
        if path == "lemon/1.c":
            assert found.ref.message_id == "lone-1@lemon.example"
            assert found.ref in whole
        else:
            assert found is None
        assert find_previous(index, index.series_of("lone-1@lemon.example")) is None


@pytest.mark.parametrize(("hour", "zone"), [(20, b"-0800"), (5, b"+0900")], ids=["west", "east"])
def test_a_version_of_the_same_night_is_found_in_every_zone(tmp_path, hour, zone):
    """The days that are looked through are those of UTC, as the index has them."""
    archive = Archive(tmp_path / "0.git")
    titles = ("lemon: squeeze them in the machine", "lemon: squeeze fruits in the machine")
    for number, title in enumerate(titles, 1):
        mark = " v2" if number == 2 else ""
        raw = write_mail(
            f"[PATCH{mark}] {title}", DIFF.format(path="lemon/1.c", number=number),
            ids=[f"lone-{number}@lemon.example"], sent=MORNING.replace(hour=hour, minute=number),
        )  # fmt: skip
        raw = raw.replace(b"+0000", zone, 1)
        archive.commit({"m": archive.blob(raw)}, seconds=int(MORNING.timestamp()) + number)
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        first, second = (index.series_of(f"lone-{one}@lemon.example") for one in (1, 2))
        assert first.date.date() != first.date.astimezone(UTC).date()
        assert find_previous(index, second).ref == first.ref
        assert len(list(related._find_by_files(index, first, later=True))) == 2


def test_a_version_is_found_by_a_file_among_several(tmp_path):
    """The file that both change need not be the first of the series' files."""
    archive = Archive(tmp_path / "0.git")
    titles = ("lemon: squeeze fruits in the new machine", "lemon: squeeze fruits in the machine")
    for number, title in enumerate(titles, 1):
        mark = " v2" if number == 2 else ""
        sent = MORNING + timedelta(days=number)
        paths = [f"lemon/{name}.c" for name in ("abcdef" if number == 2 else "f")]
        text = "".join(DIFF.format(path=path, number=number) for path in paths)
        raw = write_mail(
            f"[PATCH{mark}] {title}", f"Changes from v1:\n - more files\n\n{text}",
            ids=[f"lone-{number}@lemon.example"], sent=sent,
        )  # fmt: skip
        archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()))
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        found = find_previous(index, index.series_of("lone-2@lemon.example"))
        assert found.ref.message_id == "lone-1@lemon.example"


def test_another_matter_is_no_version(tmp_path):
    """A series that shares no title, file or link stays alone."""
    archive = Archive(tmp_path / "0.git")
    post(archive, "old", 1, ("lemon: begin", "lemon: peel"))
    post(archive, "new", 1, ("apple: begin", "apple: peel"))
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        assert len(find_versions(index, index.series_of("new-0@lemon.example")).series) == 1


def answer(archive, name, parent, *references, subject="Re: [PATCH 1/1] lemon: peel"):
    """Commit a mail that answers another one, and names some others."""
    sent = MORNING + timedelta(days=20)
    raw = write_mail(
        subject, ids=[f"{name}@lemon.example"], sent=sent, in_reply_to=f"{parent}@lemon.example",
        references=[f"{one}@lemon.example" for one in references],
    )  # fmt: skip
    archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()))


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("old-1", "old-0"),
        ("direct", "old-0"),
        ("second", "old-0"),
        ("lost", "old-0"),
        ("alone", None),
        ("talk", None),
        ("nobody", None),
    ],
)
def test_the_series_above_a_reply_is_found(tmp_path, capsys, asked, first):
    """An answer, one to that, and one whose parent is missing lead to the series; talk does not."""
    archive = Archive(tmp_path / "0.git")
    post(archive, "old", 1, ("lemon: begin", "lemon: peel"))
    post(archive, "new", 2, ("lemon: begin", "lemon: peel"))
    answer(archive, "direct", "old-1")
    answer(archive, "second", "direct")
    answer(archive, "lost", "gone", "old-0", "gone")
    answer(archive, "alone", "gone-2")
    answer(archive, "talk", "talk-1", subject="lemon: which tree?")
    file = tmp_path / "x.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(archive.path))
        found = index.series_about(f"{asked}@lemon.example")
        assert (found.ref.message_id if found else None) == (first and f"{first}@lemon.example")
    code = main(["show", str(file), f"{asked}@lemon.example", "--as", "series"])
    assert code == (0 if first else 2)
    shown = capsys.readouterr()
    assert shown.out.count("\nSubject: [PATCH 1/1] lemon: peel\n") == bool(first)
    assert ("belongs to no series" in shown.err) == (asked in {"alone", "talk"})
