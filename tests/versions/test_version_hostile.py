"""Series designed to be expensive to link, to name, and to compare."""

import random

import pytest

from kvminbox import compare_series, link_series, read_message
from kvminbox.versions import compare, linediff
from kvminbox.versions.chains import MAX_NAMED
from kvminbox.versions.facts import MAX_PREREQUISITES
from kvminbox.versions.mentions import (
    find_mentions,
    find_said_revisions,
    find_superseded,
    find_told,
)
from tests.versions.version_mails import JANE, edit, group, mail, make_series, patch

TEXTS = {
    "one word": ("a@b.example ", "a", ""),
    "slashes in one word": ("a@b.example ", "://", ""),
    "colons and slashes": ("a@b.example\n", ":/", ""),
    "a footnote of at signs": ("[a] ", "@", " x"),
    "many footnotes": ("[a] a@b.example\n", "[a]", ""),
    "escapes": ("a@b.example ", "%40", ""),
    "versions": ("a@b.example ", "v1 ", ""),
    "superseded": ("Supersedes: ", "a@", ""),
    "sentences": ("", "this supersedes ", "a@b.example"),
    "sentences to links": ("", "this replaces the series [1] a@b.example\n", ""),
    "sentences with quotes": ("this supersedes ", '"this replaces series [x] ', '"'),
    "brackets in quotes": ('this supersedes "', "[x] ", 'y"'),
    "since": ("", "since ", "v1"),
    "changes from versions": ("", "changes from v", "1"),
    "arrows": ("", "v1 ->", "v2"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_links_are_found_in_time_that_grows_with_the_text(name, assert_linear):
    """Whatever a cover letter repeats, its links cost no more than its length."""
    before, piece, after = TEXTS[name]

    def make(size):
        text = before + piece * (size // len(piece)) + after
        (series,) = group(mail("[PATCH 0/1] Timers", "a@doe.example", text=text))
        return series

    def read(series):
        superseded = find_superseded(series.messages)
        return find_mentions(series), superseded, find_told(series), find_said_revisions(series)

    assert_linear(read, make, 19_000)


def shuffled_series(revision, count, lines, chance):
    """Return a series whose patches all have the same lines, each in another order."""
    mails = []
    for number in range(1, count + 1):
        added = "".join(f"+line {line}\n" for line in chance.sample(range(lines), lines))
        mails.append(
            f"From: Jane Doe <jane@doe.example>\nMessage-ID: <{revision}-{number}@doe.example>\n"
            f"Date: Tue, {revision} Jul 2025 10:00:00 +0000\n"
            f"References: <{revision}-0@doe.example>\n"
            f"Subject: [PATCH v{revision} {number}/{count}] Part {revision}.{number}\n\n"
            f"Words.\n---\n--- /dev/null\n+++ b/{number}.c\n@@ -0,0 +1,{lines} @@\n{added}"
        )
    (series,) = group([read_message(raw.encode()) for raw in mails])
    return series


def test_comparing_ends_when_its_work_is_used_up(monkeypatch):
    """Patches that are alike in all but the order of their lines are not compared to the end."""
    work = linediff.Work(100_000)
    monkeypatch.setattr(compare, "Work", lambda: work)
    old, new = (shuffled_series(n, 8, 200, random.Random(n)) for n in (1, 2))
    compared = compare_series(old, new)
    assert -10_000 < work.left < 0
    assert [pair.new.subject.counter for pair in compared.patches if pair.new] == [*range(1, 9)]


def many(count, subject, path, sender=JANE, **more):
    """Return lone patches, a minute apart, from templates of their subject, file and sender."""
    return group(
        [
            patch(
                subject.format(n, n % 5 + 1),
                f"{n}@doe.example",
                n / 1440,
                (edit(path.format(n), f"line {n}"),),
                sender=sender.format(n),
                **more,
            )
            for n in range(count)
        ]
    )


CROWDS = {
    "titles of one file": ("[PATCH v{1}] virt: Fix thing {0}", "virt/timer.c", JANE),
    "one title, many files": ("[PATCH v{1}] virt: Fix it all at once", "virt/{0}.c", JANE),
    "senders": ("[PATCH v{1}] virt: Fix it all at once", "virt/timer.c", "Jo <jo{0}@doe.example>"),
    "resends": ("[PATCH RESEND] virt: Fix it all at once", "virt/timer.c", JANE),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CROWDS)
def test_crowds_are_linked_in_linear_time(name, assert_linear):
    """A thousand lone patches that are alike in some way cost no more than their share."""
    series = many(800, *CROWDS[name])
    assert_linear(link_series, lambda count: series[:count], 800, counted=400)


@pytest.mark.slow
def test_one_patch_in_very_many_series_takes_linear_time(assert_linear):
    """Series that all hold one lone patch, and each other's, cost no more than their share."""
    mails = [patch("[PATCH] Fix thing 0", "a@doe.example", 0, (edit("virt/0.c"),))]
    for n in range(1, 480):
        mails += make_series(f"PATCH v{n}", f"s{n}", n / 1440, ("Fix thing 0", f"Fix thing {n}"))
    series = group(mails)
    assert_linear(link_series, lambda count: series[:count], 480, counted=480)


def test_prerequisites_of_a_mail_are_bounded():
    """A mail that names very many series builds on the first hundred of them."""
    bases = [patch(f"[PATCH] Fix thing {n}", f"{n}@doe.example", n) for n in range(120)]
    text = "".join(f"Based-on: <{n}@doe.example>\n" for n in range(120))
    top = mail("[PATCH 0/1] Top", "top@doe.example", 200, text=text)
    series = [one for chain in link_series(group(bases, top)) for one in chain.series]
    (found,) = (one.depends_on for one in series if one.title == "Top")
    assert len(found) == MAX_PREREQUISITES


def test_a_long_chain_is_not_named_by_each_of_its_series():
    """Among very many revisions each names the nearest ones, including itself."""
    series = group(
        [patch(f"[PATCH v{n}] Fix it", f"{n}@doe.example", n / 1000) for n in range(300)]
    )
    (chain,) = link_series(series)
    assert len(chain.series) == 300
    for place, one in enumerate(chain.series):
        assert one.ref in one.chain
        assert len(one.chain) == MAX_NAMED
        assert (one.previous is None) == (place == 0)
        assert one.previous is None or one.previous in one.chain
        assert one.next is None or one.next in one.chain
