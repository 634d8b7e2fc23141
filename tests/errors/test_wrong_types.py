"""A number, a mail or a path where a function wants something else: the error tells what."""

import re
from types import SimpleNamespace

import pytest

from kvminbox import Chain, Inbox, Index, frames, parse_subject, plots, reports
from kvminbox.analysis import Snapshot, compute_reviewers
from kvminbox.dates import parse_month, parse_week
from kvminbox.errors import UsageError
from kvminbox.inbox import MailList
from kvminbox.people import parse_aliases, parse_employers, parse_mailmap, read_mailmap
from kvminbox.remarks import collect_remarks
from kvminbox.reports import sections
from kvminbox.review import review_series
from kvminbox.sample import make_sample
from kvminbox.subsystems import parse_maintainers
from kvminbox.upstream import Tree
from tests.reports.corpora import patch_with

MAIL = patch_with("x")
MAILS = MailList([MAIL])


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """An inbox, an index of it, a window, and a window by Date."""
    folder = tmp_path_factory.mktemp("wrong")
    inbox = Inbox.open(make_sample(folder / "sample"))
    with Index.open(folder / "index.sqlite", create=True) as index:
        index.update(inbox)
        window = inbox.between(None)
        sent = inbox.sent_since("2025-06-01")
        yield SimpleNamespace(inbox=inbox, index=index, window=window, sent=sent)


CALLS = {
    "a path, not this Inbox; it is open": lambda given: Inbox.open(given.inbox),
    "a path, not this int": lambda _: Inbox.open(5),
    "a path, not this NoneType": lambda _: Index.open(None),
    "a path, not this list": lambda _: read_mailmap([]),
    "a path, not this Patch; give the path of a clone": lambda _: Tree.open(MAIL),
    "a path, not this float": lambda given: frames.patches(given.window).to_parquet(1.5),
    "a revision, not this int; give a commit": lambda given: given.inbox.between(5),
    "a query, not this int; give a text such": lambda given: given.index.search(5),
    "a Message-ID, not this Patch; give its message_id": lambda given: given.index.get(MAIL),
    "a Message-ID, not this int; give a text": lambda given: given.index.thread_of(5),
    "the name of an inbox, not this int": lambda given: given.index.inbox(5),
    "an inbox, not this int": lambda given: given.index.name_of(5),
    "a series, not this Patch": lambda given: given.index.find_end(MAIL),
    "a series, not this str": lambda _: review_series("x", []),
    "a series, not this int": lambda _: collect_remarks(5, []),
    "a series, not this list": lambda given: Snapshot(given.window).compare([], []),
    "a function, not this str": lambda given: given.window.map("x"),
    "a function, not this int": lambda given: given.sent.map(5),
    "a function, not this list": lambda given: given.index.map_batches([]),
    "a function, not this Patch": lambda _: MAILS.map(MAIL),
    "a subject line, not this Patch": lambda _: parse_subject(MAIL),
    "a week, not this int; write it as '2025-W31'": lambda _: parse_week(31),
    "a month, not this int": lambda _: parse_month(202508),
    "the text of a file, not this int; read_aliases takes": lambda _: parse_aliases(5),
    "the text of a file, not this list; read_employers": lambda _: parse_employers([]),
    "the text of a file, not this float; read_mailmap": lambda _: parse_mailmap(1.5),
    "the text of a file, not this Patch; read_maintainers": lambda _: parse_maintainers(MAIL),
}


@pytest.mark.parametrize("words", CALLS)
def test_what_is_of_another_type_is_told(given, words):
    """The error names what was wanted and what was given, and mostly what to write."""
    with pytest.raises(UsageError, match=f"expected {words}") as caught:
        CALLS[words](given)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda w: reports.build_report("x", w, [sections.authors(top="3")]), "top='3': not a"),
        (lambda w: compute_reviewers(w, top=True), "top=True: not a"),
        (lambda w: plots.domain_share(w, top="3"), "top='3': not a"),
        (lambda w: list(w.spread("3")), "most='3': not a number of mails"),
        (lambda w: list(w.map(repr, jobs="2")), "jobs='2': not a number of processes"),
    ],
)
def test_a_text_is_no_number(given, call, words):
    """A number as a text, or a truth value, is refused with what a number is."""
    with pytest.raises(UsageError, match=f"{words}.*give a whole number, 1 or more"):
        call(given.window)


def test_numbers_of_a_search_and_of_shards(given):
    """How many hits or mails is a number, too."""
    with pytest.raises(UsageError, match="limit='3': not a number of mails"):
        list(given.index.search("kvm").hits("3"))
    with pytest.raises(UsageError, match="mails='3': not a number of mails of a shard"):
        given.inbox.shards(mails="3")


def test_an_index_is_looked_at_evenly(given):
    """`spread` of an index yields its mails, as that of its windows does."""
    assert len(list(given.index.spread(5))) == 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (sections.authors(), r"authors: a single section; give a list of it: \[sections.authors"),
        ("authors", r"authors: a text, not sections; give a list: \[sections\.authors\(\)\]"),
        ("athors", r"a text, not sections; give a list: \[sections\.overview\(\)\]"),
        (5, r"expected sections, not this int; give a list of them: \[sections.overview\(\)\]"),
    ],
)
def test_a_single_section_is_no_list(wrong, words):
    """The error shows how a list of sections is written, and nothing of how one is made."""
    with pytest.raises(UsageError, match=words) as caught:
        reports.build_report("x", MAILS, wrong)
    assert "functools" not in str(caught.value)


def test_another_word_for_what_is_there_is_understood(given):
    """Mails are messages here, and the lines that a patch adds are of its diffstat."""
    for owner, name, meant in (
        (frames, "mails", "messages"), (given.window, "mails", "messages"),
        (frames, "tags", "trailers"), (MAIL, "insertions", "diffstat.insertions"),
        (Chain(series=()), "patches", "series[-1].patches"),
        (MAIL, "files", "diffstat.files"), (MAIL, "revision", "subject.revision"),
    ):  # fmt: skip
        with pytest.raises(AttributeError, match=rf"did you mean (?:\w+ or )?{re.escape(meant)}\b"):
            getattr(owner, name)


def test_a_frozen_value_says_how_a_changed_copy_is_made():
    """Neither a field nor a name of one's own can be set or deleted."""
    with pytest.raises(UsageError, match=r"title: this Patch is frozen; .*model_copy\(update={'ti"):
        MAIL.title = "y"
    with pytest.raises(UsageError, match="this Patch is frozen"):
        del MAIL.title
    with pytest.raises(UsageError, match="state: this Patch is frozen; keep what you find"):
        MAIL.state = "y"
    assert MAIL.model_copy(update={"body": "y"}).body == "y"


@pytest.mark.parametrize("text", ["1.1.22", "1/1/22", "31-12-99"])
def test_a_year_has_four_digits(given, text):
    """A day with a year of two digits is refused with how the year is written."""
    with pytest.raises(UsageError, match="its year has two digits; write the year with four"):
        given.inbox.since(text)
