"""What the tables contain."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import Inbox, frames, read_message
from kvminbox.errors import UsageError
from kvminbox.frames import batches
from kvminbox.frames.columns import mail_key
from kvminbox.frames.frame import FRAMES
from kvminbox.index import Index
from kvminbox.sample import make_sample
from kvminbox.words import count_things
from tests.frames.counted import count_rows
from tests.reports.corpora import Mails, patch_with

NAMES = [frame.name for frame in FRAMES]
each_table = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The sample inbox in an index."""
    folder = tmp_path_factory.mktemp("index")
    index = Index.open(folder / "sample.sqlite", create=True)
    index.update(Inbox.open(make_sample(folder)))
    yield index
    index.close()


def _rows(name, corpus):
    return getattr(frames, name)(corpus).to_arrow().to_pylist()


@each_table
def test_a_table_has_as_many_rows_as_the_models_say(name, sample):
    """Each table has exactly one row for each thing that it lists."""
    assert len(_rows(name, sample)) == count_rows(list(sample.messages()))[name] > 0


@pytest.mark.parametrize(
    "name", [*NAMES, "remarks", "follow_ups", "links", "dependences", "findings"]
)
def test_an_index_gives_the_same_as_its_archive(name, sample, index):
    """A table of an index is that of the window it was made from."""
    assert getattr(frames, name)(index).to_arrow().equals(getattr(frames, name)(sample).to_arrow())


@each_table
def test_a_schema_says_what_it_is(name, sample):
    """The schema has the number of its shape, and each column a sentence."""
    schema = getattr(frames, name)(sample).schema
    assert schema.metadata[b"kvminbox.table"] == name.encode()
    assert schema.metadata[b"kvminbox.format"] == b"1"
    for field in schema:
        assert field.metadata[b"description"].endswith(b".")
    assert len(set(schema.names)) == len(schema)


def test_messages_hold_what_the_models_hold(sample):
    """A row of `messages` has the mail's key, its people, its ids, its text and its oddities."""
    for row, mail in zip(_rows("messages", sample), sample.messages(), strict=True):
        assert (row["epoch"], row["commit"], row["blob"]) == (0, mail.entry.commit, mail.entry.blob)
        assert row["arrived"] == mail.entry.arrived
        assert (row["subject"], row["kind"], row["body"]) == (
            mail.subject.raw, mail.kind, mail.body
        )  # fmt: skip
        assert row["sender_domain"] == mail.sender.domain
        assert tuple(row["reference_ids"]) == mail.references
        assert tuple(row["in_reply_to"]) == mail.in_reply_to
        assert row["defects"] == [defect.code for defect in mail.defects]


def test_patches_hold_what_the_models_hold(sample):
    """A row of `patches` has the author, the counted lines and the patch-id."""
    for row, patch in zip(_rows("patches", sample), sample.patches(), strict=True):
        assert row["author_email"] == patch.author.email
        assert (row["insertions"], row["deletions"], row["files"]) == (
            patch.diffstat.insertions, patch.diffstat.deletions, len(patch.diffstat.files),
        )  # fmt: skip
        assert row["patch_id"] == patch.patch_id()
        assert row["commit_message"] == patch.commit_message


def test_files_join_their_patches(sample):
    """The lines of the files, added up for each patch's key, are those of the patch."""
    found = {}
    for row in _rows("files", sample):
        key = (row["epoch"], row["commit"], row["blob"])
        found[key] = found.get(key, 0) + row["insertions"]
    assert found == {
        (row["epoch"], row["commit"], row["blob"]): row["insertions"]
        for row in _rows("patches", sample)
    }


def test_series_hold_their_reviews_and_chains(sample):
    """Of the timer's two revisions the second has tags, was applied, and follows the first."""
    rows = {row["message_id"]: row for row in _rows("series", sample)}
    old, new = rows["timer-v1-0@silicon.example"], rows["timer-v2-0@silicon.example"]
    assert (new["previous"], new["chain"], old["next"]) == (
        old["series"],
        old["chain"],
        new["series"],
    )
    assert (old["chain"], old["previous"], new["relation"]) == (old["series"], None, "revision")
    assert (old["superseded"], new["superseded"]) == (True, False)
    assert new["reviewers"] == ["maintainer@kvm.example", "ben.okafor@cloud.example"]
    assert new["first_tag_seconds"] > new["first_reply_seconds"] - 1 > 0
    assert (new["first_tag_open"], old["first_tag_open"]) == (False, True)
    assert (new["applied"], new["untagged"]) == (1, 0)
    assert new["applied_date"] > new["date"]


def test_keys_of_series_are_distinct_and_lead_to_mails(sample):
    """Each series and thread has a key of its own, that of its first mail."""
    keys = {mail_key(mail) for mail in sample.messages()}
    series = [row["series"] for row in _rows("series", sample)]
    assert len(set(series)) == len(series)
    members = _rows("members", sample)
    assert {row["series"] for row in members} == set(series) <= keys
    assert {row["thread"] for row in _rows("threads", sample)} <= keys


def test_members_tell_cover_letters_from_patches(sample):
    """The timer's second revision is a cover letter and two numbered patches."""
    rows = [row for row in _rows("members", sample) if row["message_id"].startswith("timer-v2")]
    assert [(row["role"], row["number"]) for row in rows] == [
        ("cover_letter", 0), ("patch", 1), ("patch", 2),
    ]  # fmt: skip
    assert len({row["series"] for row in rows}) == 1


def test_trailers_tell_patches_from_replies(sample):
    """A reply's tag names its series and the patches it is for; a patch's own names that one."""
    rows = _rows("trailers", sample)
    given_tags = [row for row in rows if row["origin"] == "reply"]
    shown = [(row["name"], row["person_email"], row["scope"], row["patches"]) for row in given_tags]
    assert shown == [
        ("Reviewed-by", "maintainer@kvm.example", "patch", [1]),
        ("Tested-by", "ben.okafor@cloud.example", "series", [1, 2]),
    ]  # fmt: skip
    assert all(row["commit"] and row["self_attested"] for row in given_tags)
    borne = [row for row in rows if row["message_id"] == "timer-v2-1@silicon.example"]
    assert [(row["name"], row["kind"], row["patches"], row["person_email"]) for row in borne] == [
        ("Fixes", "utility", [1], None), ("Signed-off-by", "person", [1], "ada@silicon.example"),
    ]  # fmt: skip
    assert {row["series"] for row in borne} == {row["series"] for row in given_tags}


def test_a_combined_tag_is_a_row_for_each_part(make_corpus, make_mail):
    """`Reviewed-and-tested-by` in a patch counts as two tags, and says how it was written."""
    body = "Why.\n\nReviewed-and-tested-by: Jo Reed <jo@reed.example>\n---\n" + DIFF
    rows = _rows("trailers", make_corpus(make_mail(body, subject="[PATCH] one")))
    assert [(row["name"], row["written"]) for row in rows] == [
        ("Reviewed-by", "Reviewed-and-tested-by"), ("Tested-by", "Reviewed-and-tested-by"),
    ]  # fmt: skip


def test_a_reply_whose_id_two_mails_bear_has_no_place(make_corpus, make_mail):
    """If two mails have the Message-ID of a tag's reply, the row names no commit."""
    patch = make_mail("Why.\n---\n" + DIFF, subject="[PATCH] one")
    reply = make_mail(
        "Acked-by: Jo Reed <jo@reed.example>\n", subject="Re: [PATCH] one",
        message_id="<2@x.example>", in_reply_to="<1@wood.example>",
    )  # fmt: skip
    other = reply + b"Thanks.\n"
    alone = _rows("trailers", make_corpus(patch, reply))[-1]
    twice = _rows("trailers", make_corpus(patch, reply, other))[-1]
    assert _rows("trailers", make_corpus(patch, reply, reply))[-1] == alone
    assert (alone["origin"], alone["commit"]) == ("reply", f"{1:040x}")
    assert (twice["origin"], twice["commit"], twice["message_id"]) == ("reply", None, "2@x.example")


def test_threads_hold_ghosts_and_parents(make_corpus, make_mail):
    """An answer to a mail that is not there hangs below a ghost, which has no place."""
    rows = _rows("threads", make_corpus(make_mail(in_reply_to="<gone@wood.example>")))
    assert [(row["place"], row["parent"], row["depth"], row["ghost"]) for row in rows] == [
        (0, None, 0, True), (1, 0, 1, False),
    ]  # fmt: skip
    assert (rows[0]["message_id"], rows[0]["commit"]) == ("gone@wood.example", None)
    assert rows[1]["commit"] == f"{0:040x}"


@pytest.mark.parametrize(("zone", "minutes"), [("+0530", 330), ("-0730", -450), ("+0000", 0)])
def test_a_date_keeps_its_zone(make_corpus, make_mail, zone, minutes):
    """`date` is the moment in UTC, and with `date_offset` it is the sender's clock again."""
    corpus = make_corpus(make_mail(date=f"Tue, 5 Sep 2023 01:00:00 {zone}"))
    row = _rows("messages", corpus)[0]
    assert row["date_offset"] == minutes
    assert row["date"].utcoffset() == timedelta(0)
    assert row["date"] == corpus.kept[0].date
    assert (row["date"] + timedelta(minutes=minutes)).hour == 1


@pytest.mark.parametrize("date", ["1 Jan 9998 00:00:00 -2300", "1 Jan 0002 00:00:00 +2300"])
def test_dates_at_the_ends_of_the_calendar(make_corpus, make_mail, date):
    """A date at either end of the calendar comes through."""
    corpus = make_corpus(make_mail(date=date))
    assert _rows("messages", corpus)[0]["date"] == corpus.kept[0].date is not None


def test_a_mail_without_a_date_has_null(make_corpus, make_mail):
    """A date that can't be understood is null, and so is its zone."""
    row = _rows("messages", make_corpus(make_mail(date="yesterday")))[0]
    assert (row["date"], row["date_offset"]) == (None, None)
    assert row["arrived"] is not None


def test_lone_surrogates_are_replaced(make_corpus, make_mail):
    """Half of a surrogate pair, which UTF-8 can't hold, is U+FFFD, in lists, too."""
    mail = read_message(make_mail())
    odd = mail.model_copy(update={"body": "a\ud800b\ud83d\ude00", "references": ("x\udfff@y",)})
    row = _rows("messages", make_corpus(odd))[0]
    assert (row["body"], row["reference_ids"]) == ("a\ufffdb\U0001f600", ["x\ufffd@y"])
    assert row["commit"] is None  # read from elsewhere than an archive


def test_mails_of_no_archive_keep_their_series(make_mail, make_corpus):
    """Two patches with one Message-ID and from no archive are two series."""
    mails = [
        read_message(make_mail("Why.\n---\n" + DIFF, subject=f"[PATCH] {word}"))
        for word in ("one", "two")
    ]
    assert [row["title"] for row in _rows("series", make_corpus(*mails))] == ["one", "two"]


@each_table
def test_no_mails_make_an_empty_table(name, make_corpus):
    """A corpus without mails makes a table with all columns and no rows."""
    table = getattr(frames, name)(make_corpus()).to_arrow()
    assert (table.num_rows, table.schema) == (0, getattr(frames, name)(make_corpus()).schema)


def test_batches_are_bounded_by_rows(make_corpus, make_mail, monkeypatch):
    """No batch has more rows than the limit, and none is lost between two."""
    monkeypatch.setattr(batches, "MAX_ROWS", 4)
    found = list(frames.messages(make_corpus(*[make_mail()] * 10)).batches())
    assert [batch.num_rows for batch in found] == [4, 4, 2]


def test_batches_are_bounded_by_text(make_corpus, make_mail, monkeypatch):
    """Long mails make short batches."""
    monkeypatch.setattr(batches, "MAX_TEXT", 1_000)
    mails = [make_mail("long " * 100)] * 6
    assert [batch.num_rows for batch in frames.messages(make_corpus(*mails)).batches()] == [2, 2, 2]


def test_a_stream_begins_before_all_was_read(make_corpus, make_mail, monkeypatch):
    """The first batch comes as soon as its mails are read, and nothing is read before."""
    monkeypatch.setattr(batches, "MAX_ROWS", 3)
    corpus = make_corpus(*[make_mail()] * 9)
    stream = frames.messages(corpus).batches()
    assert corpus.given == 0
    next(stream)
    assert corpus.given == 3


def test_progress_is_told(sample):
    """The caller can follow the reading of a table."""
    steps = []
    frames.series(sample).to_arrow(progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > 0


@settings(max_examples=40)
@given(
    mails=st.lists(st.binary(max_size=300) | st.sampled_from([b"Date: 1 Jan 2020\n", b"\xff" * 9]))
)
def test_any_bytes_make_rows(mails, make_corpus):
    """Whatever bytes the mails are, each table can be made, and `messages` has them all."""
    corpus = make_corpus(*mails)
    assert len(_rows("messages", corpus)) == len(mails)
    for name in NAMES:
        _rows(name, corpus)


DIFF = "diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,3 @@\n one\n+two\n three\n"


def test_a_patch_archived_twice_is_one_series(make_corpus, make_mail):
    """A copy makes no series, though the tables of mails have it; another text does."""
    patch = make_mail("Why.\n---\n" + DIFF, subject="[PATCH] one")
    copy = b"Received: from relay.example\n" + patch
    other = make_mail("Why not.\n---\n" + DIFF, subject="[PATCH] one")
    corpus = make_corpus(patch, copy, other)
    assert [len(_rows(name, corpus)) for name in ("messages", "patches", "series")] == [3, 3, 2]


@each_table
def test_a_row_is_a_dictionary_of_its_columns(name, sample):
    """Iterating gives each row as Arrow has it, and a column by its name is that column."""
    table = getattr(frames, name)(sample)
    whole = table.to_arrow()
    assert list(table) == whole.to_pylist()
    assert list(table.columns) == whole.column_names == table._ipython_key_completions_()
    for column in table.columns:
        assert table[column].to_pylist() == whole[column].to_pylist()
        assert table[column].type == whole[column].type


@each_table
def test_the_head_of_a_table_is_a_table(name, sample):
    """The first rows are a table of their own, of which length, card and data are the head's."""
    table = getattr(frames, name)(sample)
    head = table.head(3)
    assert list(head) == list(table)[:3]
    assert len(head) == len(head.to_arrow()) == min(3, len(table))
    assert len(head.head(9)) == len(head)
    assert head.head(1)["epoch" if "epoch" in head.columns else head.columns[0]].length() == 1
    rows = count_things(len(head), "row")
    assert "the first 3 rows" in repr(head)
    assert rows in head._repr_html_()
    assert head.to_arrow(jobs=2).equals(head.to_arrow())
    assert list(table.head(0)) == []


def test_the_head_reads_no_more_mails_than_it_needs():
    """Of a table of mails the first rows take the first mails."""

    class Read(Mails):
        count = 0

        def messages(self, *, progress=None):
            for message in super().messages(progress=progress):
                self.count += 1
                yield message

    mails = Read([patch_with("x", "y")] * 50)
    assert sum(1 for _ in frames.patches(mails).head(4)) == 4
    assert mails.count <= 5


def test_half_a_surrogate_pair_in_a_column_is_replaced():
    """A column, too, is as UTF-8 can have it."""
    patch = patch_with("x", "y").model_copy(update={"title": "\ud800x"})
    (title,) = frames.patches(Mails([patch]))["title"].to_pylist()
    assert title == "\ufffdx"


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda table: table["titel"], "titel: no such column of patches; did you mean title"),
        (lambda table: table[0], "no row by its number .* iterate over it, or take table.head"),
        (lambda table: table[:3], "no row by its number"),
        (lambda table: table.head(-1), "rows=-1: not a number of rows"),
        (lambda table: table.head(True), "not a number of rows"),
    ],
)
def test_what_a_table_lacks_is_told_with_the_way_out(wrong, what, sample):
    """A misspelt column is told with the nearest, and a row's number with what there is."""
    with pytest.raises(UsageError, match=what):
        wrong(frames.patches(sample))


def test_groups_are_written_into_an_open_index():
    """A path in place of an index is an error that says to open it."""
    with pytest.raises(UsageError, match="expected an index, not this str; open it"):
        frames.write_groups("kvm.sqlite")


def test_what_a_table_has_not_names_what_has_it(tmp_path):
    """A column as an attribute, a data frame's method, a slip, and several columns at once."""
    table = frames.series(Inbox.open(make_sample(tmp_path / "sample")).between(None))
    for name, told in (
        ("title", "it is a column: table['title']"),
        ("groupby", "table.to_pandas() and table.to_polars() give a data frame"),
        ("to_csv", "table.to_pandas() and"),
        ("to_panda", "did you mean to_pandas?"),
    ):
        assert not hasattr(table, name)
        with pytest.raises(AttributeError) as caught:
            getattr(table, name)
        assert told in str(caught.value)
    with pytest.raises(UsageError, match=r"one column at a time \(series\); take table.to_pandas"):
        table[["title", "date"]]
    assert not hasattr(table, "__dataframe__")
