"""Compare searches with public-inbox's own, query by query, on a real archive.

`python tests/peers/compare_lei.py INBOX [QUERY ...]` prints where the two differ, for
the queries of queries.toml or for those given. Public-inbox's search is what `lei q`
runs; it is asked through its Perl modules, since lei would leave a daemon behind.
Making its index takes two minutes or so, so that a folder which `public-inbox-index`
has made before may be named in KVMINBOX_TEST_PUBLIC_INBOX.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kvminbox import Inbox
from kvminbox.errors import QueryError
from kvminbox.index.index import Index

QUERIES = Path(__file__).with_name("queries.toml")

NOW = datetime(2023, 1, 10, tzinfo=UTC)
"""The present for both; git takes it from its environment."""

ASK = r"""
use strict;
use JSON::PP;
use Encode qw(encode_utf8);
use PublicInbox::Inbox;
use PublicInbox::Search;
my $inbox = PublicInbox::Inbox->new({ inboxdir => $ARGV[0], name => 'compared' });
my ($search, $overview) = ($inbox->search, $inbox->over);
my $json = JSON::PP->new->utf8->allow_nonref;
while (my $line = <STDIN>) {
    my $query = encode_utf8($json->decode($line));
    my $found = eval {
        $search->query_approxidate($inbox->git, $query);
        my $numbers = $search->mset_to_artnums($search->mset($query, { limit => 1_000_000 }));
        [ map { $overview->get_art($_)->{mid} } @$numbers ];
    };
    print $json->encode($found // "$@"), "\n";
}
"""


class Answers(NamedTuple):
    """What both find for a query: Message-IDs, the newest first."""

    text: str
    differs: str
    """Why they differ, in words; empty where they are not to."""

    ours: list[str]
    theirs: list[str]
    refusal: str
    """What one of the two says instead of an answer; usually nothing."""

    times: dict[str, int]
    """When each Message-ID was received, as we have it."""

    @property
    def are_same(self):
        """Whether both find the same mails."""
        return set(self.ours) == set(self.theirs)

    @property
    def are_in_order(self):
        """Whether theirs come in our order, but for mails of the same second."""
        times = [self.times[identity] for identity in self.theirs]
        return times == sorted(times, reverse=True)


def read_queries():
    return tomllib.loads(QUERIES.read_text("utf-8"))["query"]


def make_public_inbox(archive, folder):
    """Return the folder of public-inbox's full index of an archive, made if none is named."""
    if made := os.environ.get("KVMINBOX_TEST_PUBLIC_INBOX"):
        return made
    inbox = folder / "inbox"
    home = {**os.environ, "HOME": str(folder), "PI_CONFIG": str(folder / "config")}
    for command in (
        ["git", "clone", "--mirror", "-q", archive, inbox / "git" / "0.git"],
        ["public-inbox-init", "-V2", "-L", "full", "real", inbox, "http://x", "real@x.example"],
        ["public-inbox-index", "-L", "full", inbox],
    ):
        subprocess.run(command, check=True, env=home, capture_output=True)
    return inbox


def ask_public_inbox(inbox, texts):
    """Return for each query the Message-IDs that public-inbox finds, the newest first."""
    run = subprocess.run(
        ["perl", "-e", ASK, str(inbox)],
        input="".join(json.dumps(text) + "\n" for text in texts),
        capture_output=True, text=True, check=True,
        env={**os.environ, "TZ": "UTC", "GIT_TEST_DATE_NOW": f"{NOW.timestamp():.0f}"},
    )  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()]


def read_times(path):
    """Return when each Message-ID was received, as the index has it."""
    sql = """
        SELECT identifier.text, message.received FROM message
        JOIN message_identifier AS link ON link.message = message.id
        JOIN identifier ON identifier.id = link.identifier
    """
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute(sql))


def compare(archive, public_inbox, path, queries):
    """Return the answers of both to each query."""
    all_theirs = ask_public_inbox(public_inbox, [query["text"] for query in queries])
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive))
        times = read_times(path)
        for query, theirs in zip(queries, all_theirs, strict=True):
            found, refusal = (theirs, "") if isinstance(theirs, list) else ([], f"theirs: {theirs}")
            text, differs, ours = query["text"], query.get("differs", ""), []
            try:
                ours = list(index.search(text, now=NOW).message_ids())
            except QueryError as error:
                refusal += f"ours: {error}"
            yield Answers(text, differs, ours, found, refusal, times)


def main(archive, *texts):
    queries = [{"text": text} for text in texts] or read_queries()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        public_inbox = make_public_inbox(archive, folder)
        same = 0
        for answers in compare(archive, public_inbox, folder / "index.sqlite", queries):
            same += answers.are_same
            if not answers.are_same or not answers.are_in_order:
                print_difference(answers)
    print(f"{same} of {len(queries)} queries have the same answers")


def print_difference(answers):
    ours, theirs = set(answers.ours), set(answers.theirs)
    print(answers.text, "" if answers.are_in_order else "(in another order)")
    for name, some in (("ours", ours - theirs), ("theirs", theirs - ours)):
        print(f"  only {name}: {len(some)} of {len(ours | theirs)}", *sorted(some)[:3])
    for note in filter(None, (answers.refusal, answers.differs)):
        print(f"  {note}")


if __name__ == "__main__":
    if not shutil.which("public-inbox-index"):
        sys.exit("public-inbox is not installed")
    main(*sys.argv[1:])
