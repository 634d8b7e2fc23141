"""Diffs built from known files: a mail must be read as what was built."""

import difflib

from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox.diffs import compute_diffstat, find_declared_diffstat, find_diff
from kvminbox.patch_id import compute_patch_id
from kvminbox.patches import read_message

HOSTILE = [
    "", " ", "\t", "-", "+", "--", "++", "-- ", "--- ", "+++ ", "--- a/x", "+++ b/x", "++i;",
    "--i;", "@@ -1 +1 @@", "@@", "diff --git a/x b/x", "index 0123456..6543210", "Index: x", "\\",
    "*** x",
    "\\ No newline at end of file", "Binary files a and b differ", "GIT binary patch", "___", "> q",
    "---", "-- \t", "2.43.0", "1 file changed, 1 insertion(+)", "\x0c", "\x85\u2028", "tüte", "=20",
]  # fmt: skip
LINES = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(categories=["L", "Nd"])))
FILES = st.lists(
    st.tuples(LINES, LINES, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=4
)
PIECES = st.sampled_from(
    [
        "diff --git ", "a/x b/x", "--- a/x", "+++ b/x", "\n", "\n", "@@ -1 +1 @@",
        "@@ -0,0 +1,2 @@",
        "@@ -1,99 +1 @@", "+", "-", " ", "\\ No newline", "index 0000000..e69de29", "rename from ",
        "new file mode 100644", "Index: ", "=====", "Binary files a and b differ",
        "GIT binary patch", "literal 1", "diff --cc ", "*** x", "***************", "-- ",
        " x | 1 +", " 1 file changed",
        '"', "\\", "\0", "\r", "\ud800",
    ]
)  # fmt: skip


def as_file(lines, ends_with_newline):
    kept = [f"{line}\n" for line in lines]
    if kept and not ends_with_newline:
        kept[-1] = kept[-1][:-1]
    return kept


def build_diff(number, old, new, *, with_git_header):
    """Return a diff as git writes it, with the counts of its two files."""
    lines = list(difflib.unified_diff(old, new, f"a/{number}.c", f"b/{number}.c"))
    body = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
    codes = difflib.SequenceMatcher(None, old, new).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    insertions = sum(end - start for *_, start, end in changed)
    deletions = sum(end - start for _, start, end, *_ in changed)
    header = f"diff --git a/{number}.c b/{number}.c\nindex 0123456..6543210 100644\n"
    return (header if with_git_header else "") + body, (f"{number}.c", insertions, deletions)


def build_all(files):
    built = []
    for number, (old, new, old_ends, new_ends, with_git_header) in enumerate(files):
        before, after = as_file(old, old_ends), as_file(new, new_ends)
        if before != after:
            built.append(build_diff(number, before, after, with_git_header=with_git_header))
    return "".join(text for text, _ in built), [counts for _, counts in built]


@settings(max_examples=200)
@given(FILES)
def test_built_diff_is_found_and_counted_exactly(files):
    """In a mail with signature and list footer, a diff's extent and counts are the true ones."""
    diff, counts = build_all(files)
    mail = (
        "From: Mara <mara@okafor.example>\nSubject: [PATCH] build\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"Say why.\n---\n{diff}-- \n2.43.0\n\n_______________\nlist@lists.example\n"
    )
    message = read_message(mail.encode())
    if not counts:
        assert not hasattr(message, "diff")
        return
    found = [
        (change.path, change.insertions, change.deletions) for change in message.diffstat.files
    ]
    assert (message.diff, found) == (diff, counts)
    assert not message.diffstat.damaged


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text())
def test_any_text_is_read_without_raising(text):
    """No text makes the readers raise, and the files found are in order inside the text."""
    find_declared_diffstat(text, 0, len(text))
    compute_patch_id(text)
    found = find_diff(text)
    if found is None:
        return
    compute_diffstat(found)
    compute_patch_id(found.diff)
    places = [place for file in found.files for place in (file.start, file.end)]
    assert places == sorted(places)
    assert 0 <= places[0] < places[-1] <= len(text)
