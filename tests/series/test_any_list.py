"""Lists on which anybody writes anything: dates, ids, answers, numbers and names at random."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import (
    Chain,
    CoverLetter,
    Entry,
    Patch,
    group_series,
    group_threads,
    link_series,
    read_message,
)
from kvminbox.review import review_all

START = datetime(2024, 3, 4, tzinfo=UTC)
WORDS = [
    "PATCH", "PATCHv2", "v1", "v2", "v5.1", "v9999", "0/2", "1/2", "2/2", "3/2", "0/3", "3/n",
    "0/0", "9999/9999", "1 of 2", "RFC", "RESEND", "GIT PULL", "kvmtool", "(v2)",
]  # fmt: skip
SENDERS = ["Jane Doe <j@x.example>", "Jane Doe <jd@y.example>", "Eve <eve@x.example>", "Jo", ""]
IDS = [
    *(f"{name}@x" for name in "abcdefgh"),
    *(f"20240304090155.7345-{number}-j@x" for number in (1, 2)),
    *(f"{name}.1624387080.git.j@x" for name in ("cover", "0" * 40)),
]
TEXTS = [
    "", "Words.\n", "Applied, thanks!\n", "Changes in v2:\n- less\n",
    "v1: <a@x>\nSupersedes: <b@x>\nchange-id: 20240101-a-0a1b2c\n",
    "For patches 1-2:\nReviewed-by: Jane Doe <j@x.example>\n",
    "For the series:\nAcked-by: Eve <eve@x.example>\n",
]  # fmt: skip
DIFF = (
    "\nSigned-off-by: Jane Doe <j@x.example>\n---\ndiff --git a/f{0}.c b/f{0}.c\n"
    "--- a/f{0}.c\n+++ b/f{0}.c\n@@ -1 +1 @@\n-a\n+b{1}\n"
)


def write_any(chance, number):
    """Return a random mail, whose Date, arrival and ids are unrelated to those of others."""
    marks = " ".join(chance.sample(WORDS, chance.randint(0, 4)))
    lines = [
        f"From: {chance.choice(SENDERS)}",
        f"Subject: {chance.choice(['', '', 'Re: '])}[{marks}] {chance.choice(['one', 'two'])}",
        *(f"Message-ID: <{chance.choice(IDS)}>" for _ in range(chance.choice([0, 1, 1, 1, 2]))),
    ]
    if chance.random() < 0.8:
        moment = START + timedelta(minutes=chance.randint(0, 3_000))
        lines.append(f"Date: {moment:%a, %d %b %Y %H:%M:%S +0000}")
    if chance.random() < 0.6:
        lines.append("References: " + " ".join(f"<{one}>" for one in chance.sample(IDS, 3)))
    if chance.random() < 0.4:
        lines.append(f"In-Reply-To: <{chance.choice(IDS)}>")
    body = chance.choice(TEXTS)
    if chance.random() < 0.6:
        body += DIFF.format(chance.randint(0, 2), chance.randint(0, 3))
    arrived = START + timedelta(minutes=chance.randint(0, 3_000))
    hexes = f"{number:040x}"
    entry = Entry(epoch=0, commit=hexes, blob=hexes, arrived=arrived, change="message")
    return read_message("\n".join([*lines, "", body]).encode(), entry)


def count(messages):
    """Count the archive commits of the patches and cover letters of some messages."""
    kinds = (Patch, CoverLetter)
    return Counter(message.entry.commit for message in messages if isinstance(message, kinds))


@pytest.mark.parametrize("seed", range(60))
def test_any_list_is_grouped(seed):
    """Nothing raises, nothing is lost, duplicated or order-dependent; all of it can be written."""
    chance = random.Random(seed)
    mails = [write_any(chance, number) for number in range(chance.randint(1, 14))]
    others = chance.sample(mails, len(mails))
    series, threads = group_series(mails), group_threads(mails)
    assert (series, threads) == (group_series(others), group_threads(others))
    members = [mail for one in series for mail in (*one.messages, *one.duplicates)]
    assert count(members) == count(mails)
    assert sum(len(thread.messages) for thread in threads) == len(mails)
    chains = link_series(series)
    assert chains == link_series(chance.sample(series, len(series)))
    linked = [one for chain in chains for one in chain.series]
    assert review_all(linked, mails) == review_all(linked, others)
    assert [Chain.model_validate_json(chain.model_dump_json()) for chain in chains] == chains
