"""Searches find what public-inbox's search finds, over the whole real archive."""

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from kvminbox.index.query.stems import MAX_STEMMED, _find_beginning, compute_stem
from tests.peers.compare_lei import compare, make_public_inbox, read_queries

STEM = r"""
use strict;
use open qw(:std :encoding(UTF-8));
use Search::Xapian;
my $stem = Search::Xapian::Stem->new('english');
while (my $word = <STDIN>) { chomp $word; print $stem->stem_word($word), "\n"; }
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder for both indexes."""
    if not shutil.which("public-inbox-index"):
        pytest.skip("public-inbox-index is not installed (Debian's package public-inbox)")
    return tmp_path_factory.mktemp("lei")


@pytest.fixture(scope="module")
def answers(real_inbox_path, folder):
    """Return what both find for each of the queries."""
    public_inbox = make_public_inbox(real_inbox_path, folder)
    return list(compare(real_inbox_path, public_inbox, folder / "index.sqlite", read_queries()))


@pytest.fixture(scope="module")
def words(answers, folder):
    """Return the words of the archive that may have a stem."""
    del answers  # the index is there when they are
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        found = [word for (word,) in database.execute("SELECT term FROM vocabulary")]
    return [word for word in found if word.isascii() and word[0].isalpha()]


@pytest.mark.real
@pytest.mark.interop
def test_searches_find_the_same_mails(answers):
    """The two differ for those queries only of which the list says why."""
    assert len(answers) > 50
    # to git a bare day ends at the present's time of day: late at night both are the same
    sure = [one for one in answers if "present's time" not in one.differs or not one.are_same]
    differing = {one.text for one in answers if not one.are_same}
    assert differing == {one.text for one in sure if one.differs}


@pytest.mark.real
@pytest.mark.interop
def test_searches_give_the_newest_first(answers):
    """What public-inbox finds comes in the order of our times, the topmost Received."""
    assert [one.text for one in answers if not one.are_in_order] == []


@pytest.mark.real
@pytest.mark.interop
def test_every_query_finds_something(answers):
    """The queries are of this archive, so that equal answers mean something."""
    assert [one.text for one in answers if not one.ours] == []


@pytest.mark.real
@pytest.mark.interop
def test_stems_are_xapians(words):
    """Each word of the archive has the stem that Xapian gives it; longer ones it does not index."""
    words = [word for word in words if len(word) <= MAX_STEMMED]
    asked = "".join(f"{word}\n" for word in words)
    run = subprocess.run(
        ["perl", "-e", STEM], input=asked, capture_output=True, text=True, check=True
    )
    ours = [compute_stem(word) for word in words]
    assert len(words) > 50_000
    assert [*zip(words, ours, strict=True)] == [*zip(words, run.stdout.split(), strict=True)]


@pytest.mark.real
@pytest.mark.interop
def test_all_forms_of_a_word_are_looked_at(words):
    """No word is outside of the part of the index in which words of its stem are looked for."""
    assert [
        word for word in words if not word.startswith(_find_beginning(compute_stem(word)))
    ] == []
