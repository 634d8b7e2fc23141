"""Two versions compared from their mails, and git's own comparison beside them."""

import random
import re

import pytest

import kvminbox.versions.compare as compare_room
from kvminbox import compare_series
from kvminbox.sample.compose import Edit
from kvminbox.versions.assignment import assign_pairs
from kvminbox.versions.linediff import Work, diff_lines, iter_hunks
from kvminbox.versions.normal import _normalise_diff
from tests.versions.range_diff import Author, read_range_diff, read_series
from tests.versions.version_mails import BASE, edit, group, make_series, patch

MARKS = {
    "unchanged": "=",
    "message_only": "!",
    "context_only": "!",
    "code_changed": "!",
    "added": ">",
    "dropped": "<",
}


def as_git_says(comparison):
    """Return the pairs as git would: a rewrite under its old title is one dropped, one added."""
    found = []
    for one in comparison.patches:
        old = one.old and one.old.subject.counter
        new = one.new and one.new.subject.counter
        if one.matched_by == "title":
            found += [(old, "<", None), (None, ">", new)]
        else:
            found.append((old, MARKS[one.verdict], new))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_pairs_agree_with_git_range_diff(tmp_path, seed):
    """On a random series and its revision, all pairs and marks are those of `git range-diff`."""
    author = Author(tmp_path / "repository", seed)
    drafts = [author.draft(number) for number in range(6)]
    author.write("old", drafts)
    author.write("new", author.revise(drafts))
    old = read_series(author.repository, "old", 1)
    new = read_series(author.repository, "new", 2)
    comparison = compare_series(old, new)
    found, expected = as_git_says(comparison), read_range_diff(author.repository)
    if any(one.matched_by == "title" for one in comparison.patches):
        assert set(found) == set(expected)
    else:
        assert found == expected  # in the same order, too


def compare(old, new):
    (before,), (after,) = (group(*(one if isinstance(one, list) else [one])) for one in (old, new))
    return compare_series(before, after)


OTHER = (*BASE[:8], "another line", *BASE[9:])


def _moved(*lines, path="virt/timer.c"):
    """Return the edit that `edit` returns, on a base of which a line near it differs."""
    return Edit(path, OTHER, (*OTHER[:10], *lines, *OTHER[10:]))


@pytest.mark.parametrize(
    ("edits", "text", "verdict"),
    [
        ((_moved("a new line"),), "Some words.\n", "context_only"),
        ((_moved("a new line"),), "Other words.\n", "message_only"),
        ((_moved("a newer line"),), "Some words.\n", "code_changed"),
        ((_moved("a new line", path="virt/other.c"),), "Some words.\n", "code_changed"),
        ((_moved("a new line", "and more"),), "Other words.\n", "code_changed"),
        ((edit(),), "Some words.\n", "unchanged"),
    ],
    ids=["context", "and message", "another line", "another file", "more lines", "nothing"],
)
def test_moved_context_is_no_changed_code(edits, text, verdict):
    """Where a patch adds and removes the same on another base, only its context differs."""
    old = patch("[PATCH] Lock it", "one@doe.example", edits=(edit(),))
    new = patch("[PATCH v2] Lock it", "two@doe.example", day=1, edits=edits, text=text)
    comparison = compare(old, new)
    (one,) = comparison.patches
    assert one.verdict == verdict
    is_moved = edits[0].old == OTHER
    assert ("- line 8\n" in one.inner_diff) == is_moved
    note = {"context_only": " (context only)", "message_only": " (message only)"}.get(verdict, "")
    sign = "=" if verdict == "unchanged" else "!"
    assert comparison.to_text().startswith(f"  1 {sign}   1  Lock it{note}\n")


def test_a_range_diff_is_text_and_safe_to_show():
    """Each patch has its line, those of one side a dash; letters that act are shown by number."""
    olds = make_series("PATCH", "old", 0, ["a gate", "a door"])
    news = make_series("PATCH v2", "new", 1, ["a gate", "a roof\u202e"])
    text = compare(olds, news).to_text()
    assert text == "  1 =   1  a gate\n  2 <   -  a door\n  - >   2  a roof<U+202E>\n"


@pytest.mark.parametrize("what", ["code", "title", "message", "notes", "nothing"])
def test_each_change_has_its_verdict(what):
    """The diff counts first, then title and message; notes below the `---` do not count."""
    old = patch("[PATCH] Lock it", "one@doe.example", edits=(edit(),))
    more = {
        "code": {"subject": "[PATCH v2] Lock it", "edits": (edit(added="a new lime"),)},
        "title": {"subject": "[PATCH v2] Lock them"},
        "message": {"subject": "[PATCH v2] Lock it", "text": "Other words.\n"},
        "notes": {"subject": "[PATCH v2] Lock it", "notes": "v2: nothing\n"},
        "nothing": {"subject": "[PATCH v2] Lock it"},
    }[what]
    (one,) = compare(old, patch(identity="two@doe.example", **more)).patches
    expected = {"code": "code_changed", "title": "message_only", "message": "message_only"}
    assert one.verdict == expected.get(what, "unchanged")
    assert bool(one.inner_diff) == (what in expected)


def test_the_inner_diff_is_that_of_the_two_diffs():
    """An edited line shows as a removed and an added line of a diff, with its file's name."""
    old = patch("[PATCH] Lock it", "one@doe.example", edits=(edit(),))
    new = patch("[PATCH v2] Lock it", "two@doe.example", edits=(edit(added="a new lime"),))
    (one,) = compare(old, new).patches
    assert one.inner_diff == (
        "@@ virt/timer.c\n"
        "  line 7\n  line 8\n  line 9\n"
        "-+a new line\n++a new lime\n"
        "  line 10\n  line 11\n  line 12\n"
    )


def test_a_changed_message_shows_in_the_inner_diff():
    """A tag that came with the new version is an added line of the message."""
    old = patch("[PATCH] Lock it", "one@doe.example", text="It hangs.\n")
    new = patch(
        "[PATCH v2] Lock it",
        "two@doe.example",
        text="It hangs.\n\nReviewed-by: Rob <rob@roe.example>\n",
    )
    (one,) = compare(old, new).patches
    assert "+    Reviewed-by: Rob <rob@roe.example>\n" in one.inner_diff
    assert one.inner_diff.startswith("@@ Commit message\n")


def test_a_moved_patch_is_the_same_patch():
    """Another place in the series, or in the file, changes nothing."""
    old = make_series("PATCH", "a", 0, ("Lock one", "Read two", "Free three"))
    new = make_series("PATCH v2", "b", 1, ("Free three", "Lock one", "Read two"))
    comparison = compare(old, new)
    assert [(one.old.title, one.verdict) for one in comparison.patches] == [
        ("Free three", "unchanged"),
        ("Lock one", "unchanged"),
        ("Read two", "unchanged"),
    ]


def test_added_and_dropped_patches_stand_in_their_places():
    """A dropped patch is listed before the one it stood before, an added one where it is."""
    old = make_series("PATCH", "a", 0, ("Lock one", "Read two", "Free three"))
    new = make_series("PATCH v2", "b", 1, ("Lock one", "Free three", "Test four"))
    comparison = compare(old, new)
    assert [(one.verdict, (one.old or one.new).title) for one in comparison.patches] == [
        ("unchanged", "Lock one"),
        ("dropped", "Read two"),
        ("unchanged", "Free three"),
        ("added", "Test four"),
    ]
    assert (comparison.count("dropped"), comparison.count("unchanged")) == (1, 2)
    assert (comparison.old.revision, comparison.new.revision) == (1, 2)


def test_a_rewrite_under_its_title_is_one_patch():
    """A patch with only its title in common is matched by title, and says so."""
    old = patch("[PATCH] Lock it", "one@doe.example", edits=(edit("virt/timer.c"),))
    new = patch("[PATCH v2] Lock it", "two@doe.example", edits=(edit("arch/mmu.c", "else"),))
    other = patch("[PATCH v2] Other", "two@doe.example", edits=(edit("arch/mmu.c", "else"),))
    (one,) = compare(old, new).patches
    assert (one.verdict, one.matched_by) == ("code_changed", "title")
    assert [pair.verdict for pair in compare(old, other).patches] == ["dropped", "added"]


def test_a_reindented_patch_is_matched_by_its_patch_id():
    """White space does not change a patch-id, though it changes the code."""
    lines = [f"do_{number}();" for number in range(20)]
    old = patch("[PATCH] One", "one@doe.example", edits=(edit(added="\n+".join(lines)),))
    new = patch(
        "[PATCH v2] Two",
        "two@doe.example",
        edits=(edit(added="\n+".join("\t" + x for x in lines)),),
    )
    assert old.patch_id() == new.patch_id()
    (one,) = compare(old, new).patches
    assert (one.verdict, one.matched_by) == ("code_changed", "patch_id")


def write_versions(count):
    """Return two versions of a series: each patch adds the same lines, in another order."""
    words = ("lemon", "lime", "orange", "citron", "pomelo")
    return [
        [
            patch(
                f"[PATCH v{revision} {number}/{count}] Lock door {number}",
                f"{revision}.{number}@doe.example",
                day=revision,
                edits=[
                    Edit(f"virt/{number}.c", BASE, (*BASE[:10], *added, *BASE[10:]))
                    for added in [[f"{word} {number}" for word in order]]
                ],
            )
            for number in range(1, count + 1)
        ]
        for revision, order in ((1, words), (2, (*words[3:], *words[:3])))
    ]


def test_a_diff_that_is_found_once_is_that_which_is_found_twice(monkeypatch):
    """What is kept of the search for pairs changes nothing, wherever the work comes to its end."""
    (old,), (new,) = ((group(*mails),) for mails in write_versions(2))
    match, diffs = compare_room._match_by_cost, set()
    works = []

    def begin():
        works.append(Work(left))
        return works[-1]

    monkeypatch.setattr(compare_room, "Work", begin)
    for left in range(130):  # noqa: B007  # `begin` reads it
        once = compare_series(*old, *new)
        with monkeypatch.context() as patched:
            patched.setattr(compare_room, "_match_by_cost", lambda *one: match(*one) and {})
            assert compare_series(*old, *new) == once
        assert works[-1].left == works[-2].left
        diffs.add(once)
    assert works[-1].left > 0  # and at first there was too little
    assert len(diffs) > 2


def test_a_pair_is_compared_once(monkeypatch):
    """The lines of two diffs that were compared to find the pair are not compared again."""
    compared = []
    diff = compare_room.diff_lines
    monkeypatch.setattr(
        compare_room, "diff_lines", lambda *given: compared.append(given[0]) or diff(*given)
    )
    old, new = write_versions(1)
    (one,) = compare(old, new).patches
    assert one.matched_by == "similarity"
    assert one.inner_diff
    assert sum(" ## virt/1.c ##" in lines for lines in compared) == 1


def test_versions_in_a_row_are_compared_as_each_two_alone(monkeypatch):
    """The texts of the version between two others are kept, and change nothing."""
    read = []
    normalise = compare_room.normalise_patch
    monkeypatch.setattr(
        compare_room, "normalise_patch", lambda one: read.append(one) or normalise(one)
    )
    (first,), (second,) = ((group(*mails),) for mails in write_versions(2))
    (first,), (second,) = first, second
    comparer = compare_room.SeriesComparer()
    found = [comparer.compare(*two) for two in ((first, second), (second, first), (second, first))]
    assert len(read) == 4 + 2 + 2
    assert found[0] == compare_series(first, second)
    assert found[1] == found[2] == compare_series(second, first)


def read_line_by_line(diff):
    """Return a diff's hunks as they are normalised, with the counts looked at for each line."""
    found, old, new = [], 0, 0
    for line in diff.split("\n"):
        if old > 0 or new > 0:
            old -= line[:1] in {" ", "-", ""}
            new -= line[:1] in {" ", "+", ""}
            found.append(line or " ")
        elif match := re.match(r"@@ -1,(\d) \+1,(\d) @@", line):
            old, new = int(match[1]), int(match[2])
            found.append("@@")
        elif line.startswith("\\ "):
            found.append(line)
    return found


@pytest.mark.parametrize("seed", range(300))
def test_a_hunk_ends_where_its_lines_are_counted_out(seed):
    """However damaged a hunk is, as many of its lines are taken as its header says."""
    chance = random.Random(seed)
    lines = [
        chance.choice(
            ("+a", "-a", " a", "", "\\ No newline", "x", f"@@ -1,{seed % 5} +1,{seed % 4} @@")
        )
        for _ in range(30)
    ]
    diff = "\n".join(["@@ -1,3 +1,4 @@", *lines, " end"])
    found = [line for line in _normalise_diff(diff) if not line.startswith(" ## ")]
    assert [line for line in found if line] == read_line_by_line(diff)


def test_series_without_patches_compare_to_nothing():
    """A cover letter alone has no patch that could be dropped or added."""
    cover = make_series("PATCH", "a", 0, ("Lock one", "Read two"))[0]
    assert compare(cover, cover).patches == ()


@pytest.mark.parametrize("seed", range(30))
def test_the_line_diff_is_a_smallest_one(seed):
    """Both sides can be rebuilt from the edits, which keep as many lines as any diff could."""
    chance = random.Random(seed)
    old, new = ([chance.choice("abcde") for _ in range(chance.randrange(25))] for _ in "xy")
    edits = diff_lines(old, new)
    assert [line for mark, line in edits if mark != "+"] == old
    assert [line for mark, line in edits if mark != "-"] == new
    assert sum(mark == " " for mark, _ in edits) == longest_common(old, new)


def longest_common(old, new):
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row, left in enumerate(old):
        for column, right in enumerate(new):
            best[row + 1][column + 1] = (
                best[row][column] + 1
                if left == right
                else max(best[row][column + 1], best[row + 1][column])
            )
    return best[-1][-1]


def test_hunks_keep_three_lines_and_join_when_they_touch():
    """Two changes with six lines between are one hunk, with seven they are two."""
    near = diff_lines([*"1abcdef2"], [*"3abcdef4"])
    far = diff_lines([*"1abcdefg2"], [*"3abcdefg4"])
    assert list(iter_hunks(near)) == [(0, 10)]
    assert list(iter_hunks(far)) == [(0, 5), (6, 11)]


@pytest.mark.parametrize("seed", range(40))
def test_pairs_are_assigned_at_the_highest_gain(seed):
    """No other pairing of a few rows and columns gains more, as trying all of them shows."""
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 5), chance.randint(1, 5)
    gains = {
        (row, column): chance.randint(-5, 30)
        for row in range(rows)
        for column in range(columns)
        if chance.random() < 0.7
    }
    found = assign_pairs(gains)
    assert len(set(found.values())) == len(found)
    assert sum(gains[pair] for pair in found.items()) == best_gain(gains, 0, rows, frozenset())


def best_gain(gains, row, rows, taken):
    if row == rows:
        return 0
    options = [best_gain(gains, row + 1, rows, taken)]
    options += [
        gain + best_gain(gains, row + 1, rows, taken | {column})
        for (here, column), gain in gains.items()
        if here == row and column not in taken
    ]
    return max(options)


def test_very_many_alike_are_assigned_the_best_first():
    """A crowd of patches that could all be each other is paired in time, each once."""
    gains = {(row, column): 100 - abs(row - column) for row in range(200) for column in range(200)}
    assert assign_pairs(gains) == {row: row for row in range(200)}
