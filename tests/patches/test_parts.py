"""A patch mail's parts: message, notes, diffstat, diff, tail, and what is read from them."""

import pytest

from kvminbox.diffs import find_diff
from kvminbox.patches.split import find_message_end, find_signature, split_patch

SIGNED = "Signed-off-by: Lena Lamp <lena@lamp.example>\n"
STAT = " lamp.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"


def test_the_parts_of_a_formatted_patch(read, formatted, diff):
    """What git format-patch writes falls into its parts."""
    patch = read("[PATCH] light it", formatted)
    assert patch.title == "light it"
    assert patch.commit_message == f"Light the hall.\n\n{SIGNED}".rstrip()
    assert [trailer.name for trailer in patch.trailers] == ["Signed-off-by"]
    assert patch.notes == ""
    assert patch.declared_diffstat.files_changed == 1
    assert (patch.diffstat.insertions, patch.diffstat.deletions) == (1, 1)
    assert patch.diff == diff


def test_notes_below_the_separator(read, diff):
    """Text between `---` and the diffstat is a note, not part of the commit."""
    body = f"Light it.\n\n{SIGNED}---\nUpdate: v2 lights more.\n\n{STAT}{diff}"
    patch = read("[PATCH v2] light it", body)
    assert patch.notes == "Update: v2 lights more."
    assert patch.commit_message == f"Light it.\n\n{SIGNED}".rstrip()


def test_notes_without_a_diffstat(read, diff):
    """A hand-made patch has notes below its `---` and no diffstat."""
    patch = read("[PATCH] light it", f"Light it.\n---\nTested at home.\n\n{diff}")
    assert (patch.notes, patch.commit_message) == ("Tested at home.", "Light it.")
    assert patch.declared_diffstat is None


def test_several_separators(read, diff):
    """The first `---` ends the message; the others are in the notes."""
    patch = read("[PATCH] light it", f"Light it.\n---\nv2: more\n---\nv1: less\n\n{STAT}{diff}")
    assert patch.commit_message == "Light it."
    assert patch.notes == "v2: more\n---\nv1: less"


def test_a_text_that_ends_with_its_separator(read):
    """A `---` that ends the text, without a line feed, is followed by no note."""
    cover = read("[PATCH 0/2] light it", "From: Ed Ash <ed@wood.example>\n\nLight the hall.\n---")
    assert (cover.commit_message, cover.notes) == ("Light the hall.", "")


def test_an_interdiff_and_range_diff_in_the_notes(read, formatted, diff):
    """`--interdiff` and `--range-diff` are indented text in the notes, and are not counted."""
    notes = (
        "Interdiff against v1:\n  diff --git a/lamp.c b/lamp.c\n  @@ -1 +1 @@\n  -a\n  +b\n\n"
        "Range-diff against v1:\n1:  1111111 ! 1:  2222222 light it\n    @@ lamp.c\n"
        "     -a\n     +b\n"
    )
    patch = read("[PATCH v2] light it", f"Light it.\n---\n{notes}\n{STAT}{diff}")
    assert patch.notes == notes.strip("\n")
    assert patch.diff == diff
    assert patch.commit_message == "Light it."


def test_signature_and_footer_before_the_diff(read, diff):
    """A `-- ` line and a list's footer above the diff end neither message nor mail."""
    body = f"Light it.\n-- \nLena\n____________\nlamps mailing list\n\n{diff}"
    patch = read("[PATCH] light it", body)
    assert patch.diff == diff
    assert patch.commit_message.startswith("Light it.")


def test_a_removed_line_that_looks_like_a_signature(read):
    """The removal of a line `- ` prints as `-- `; the hunk's count says that it is no end."""
    diff = "--- a/lamp.c\n+++ b/lamp.c\n@@ -1,2 +1,2 @@\n-- \n-b\n+c\n+d\n"
    patch = read("[PATCH] light it", f"Light it.\n---\n{diff}-- \nLena\n")
    assert (patch.diffstat.insertions, patch.diffstat.deletions) == (2, 2)
    assert patch.diff == diff


def test_words_like_diff_marks(read, diff):
    """Lines that begin with `difficult`, `Different` or `Indexing` end no message."""
    words = "It is\ndifficult to see.\nDifferent lamps\nIndexing: none\n---- four\n---x"
    patch = read("[PATCH] light it", f"{words}\n---\n{diff}")
    assert patch.commit_message == words


def test_an_old_style_patch_without_git_header(read):
    """Patches of quilt have no `diff --git`; the message ends at `--- name`."""
    diff = "--- hall.orig/lamp.c\n+++ hall/lamp.c\n@@ -1 +1 @@\n-off\n+on\n"
    patch = read("[patch 1/2] light it", f"Light it.\n\n{diff}\n")
    assert (patch.commit_message, patch.kind) == ("Light it.", "patch")
    assert [change.path for change in patch.diffstat.files] == ["lamp.c"]


def test_an_index_line_ends_the_message(read):
    """CVS writes `Index: name` above its diff; git ends the message there."""
    diff = "Index: lamp.c\n===================\n--- lamp.c\n+++ lamp.c\n@@ -1 +1 @@\n-off\n+on\n"
    patch = read("[PATCH] light it", f"Light it.\n\n{diff}")
    assert (patch.commit_message, patch.diff) == ("Light it.", diff)


def test_all_that_surrounds_trailers(read, diff):
    """Trailers are whole that a client has wrapped, with notes, above a hunk that can't be read."""
    block = (
        'Fixes: 0123456789ab ("lamp: light the hall\nand the stairs")\n'
        "Acked-by: Old Oak\n<oak@tree.example> # the stairs only\n[oak: said on the phone]\n"
    )
    body = f"Light it.\n\n{block}{SIGNED}---\n{diff.replace('@@', '@@@')}-- \n2.39.5\n"
    patch = read("[PATCH] light it", body)
    assert [(one.name, one.value, one.comment) for one in patch.trailers] == [
        ("Fixes", '0123456789ab ("lamp: light the hall and the stairs")', ""),
        ("Acked-by", "Old Oak <oak@tree.example>", "the stairs only; oak: said on the phone"),
        ("Signed-off-by", "Lena Lamp <lena@lamp.example>", ""),
    ]
    assert [defect.code for defect in patch.defects] == ["diff-damaged"]


def test_scissors_are_text(read, diff):
    """As with git's default, a scissors line cuts nothing, nor does a mention of one."""
    body = f"Hello.\n-- >8 --\nWords about 8< scissors.\n---\n{diff}"
    patch = read("[PATCH] light it", body)
    assert patch.commit_message == "Hello.\n-- >8 --\nWords about 8< scissors."


def test_a_stray_object_id_above_the_diff(read, diff):
    """`git show` and `git diff-tree` leave a 40-digit line above the diff: it is a note."""
    patch = read("[PATCH] light it", f"Light it.\n---\n\n{'0' * 40}\n{diff}")
    assert (patch.commit_message, patch.notes) == ("Light it.", "0" * 40)


ENDS = {
    "none": ("Words.\n", None),
    "at once": ("---\n", 0),
    "separator with blanks": ("Words.\n---  \t\n", 7),
    "a file name": ("Words.\n--- a/lamp.c\n", 7),
    "diff": ("Words.\ndiff -u a b\n", 7),
    "Index": ("Words.\nIndex: lamp.c\n", 7),
    "the first of several": ("Words.\nIndex: x\n---\ndiff -u\n", 7),
    "the first of two files": ("Words.\ndiff -u a b\n+x\ndiff -u c d\n+y\n", 7),
    "the first true separator": ("---x\n---\nWords.\n---\nMore.\n", 5),
    "a mark without a line feed": ("Words.\n---", 7),
    "dashes without a line feed": ("Words.\n---x", None),
    "dashes in prose": ("----\n--- \tx\n---x\n --- x\n-- \n", None),
    "difference": ("Words.\ndifference -u\nIndex:x\n", None),
}


@pytest.mark.parametrize("name", ENDS)
def test_where_a_message_ends(name):
    """Only git's marks at the start of a line end a message."""
    text, end = ENDS[name]
    assert find_message_end(text, 0) == (len(text) if end is None else end)


@pytest.mark.parametrize("words", ["  Indented words.", "XFS, to the MAX"])
def test_blanks_around_message_and_notes(diff, words):
    """Message and notes lose the blank lines around them, and keep the first line's indent."""
    text = f"\n\n{words}\n \t\n\n---\n\n{words}\n\n{diff}"
    parts = split_patch(text, find_diff(text))
    assert (parts.message, parts.notes) == (words, words)


def test_notes_stand_below_the_separator_only(diff):
    """Without a `---` there are no notes, though a line of the message may look like a mark."""
    for body in (f"Light it.\n\n{diff}", f"Light it.\nIndex: none\nMore.\n\n{diff}"):
        parts = split_patch(body, find_diff(body))
        assert (parts.message, parts.notes, parts.has_separator) == ("Light it.", "", False)


def test_the_first_line_of_an_old_style_patch_is_no_separator():
    """`--- a/lamp.c` right above its hunk begins the diff; it is not a separator."""
    body = "Light it.\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-off\n+on\n"
    assert split_patch(body, find_diff(body)).has_separator is False


def test_the_tail_begins_behind_the_diff(formatted):
    """The tail is what follows the diff, and nothing above it."""
    assert split_patch(formatted, find_diff(formatted)).tail == "-- \n2.39.5\n"


def test_the_tail_beside_an_attached_diff(diff):
    """Where the diff is in an attachment, the text's tail is its own signature."""
    text = "Light it, as attached.\n-- \nLena\n"
    parts = split_patch(text, find_diff(f"A much longer text above it.\n{diff}"))
    assert (parts.message, parts.tail) == ("Light it, as attached.", "-- \nLena\n")


def test_a_diffstat_above_the_separator_is_prose(diff):
    """A patch with a `---` declares its diffstat below it; numbers above it are its message."""
    text = f"It was:\n{STAT}Light it.\n---\nNotes.\n\n{diff}"
    parts = split_patch(text, find_diff(text))
    assert parts.declared is None
    assert parts.message == f"It was:\n{STAT}Light it."


@pytest.mark.parametrize(
    ("text", "start", "place"),
    [
        ("Words.\n-- \nLena\n", 0, 7),
        ("\n-- \nLena\n", 0, 1),
        ("Words.\n-- \nLena\n-- \nlist\n", 0, 16),
        ("Words.\n-- \nLena\n", 9, 16),
        ("Words.\n--\nLena -- \n", 0, 19),
    ],
)
def test_where_a_signature_begins(text, start, place):
    """The last `-- ` line after a position begins the signature; without one it is the end."""
    assert find_signature(text, start) == place


def test_a_text_that_is_its_signature():
    """A signature is found at a text's beginning, below one blank line."""
    assert find_signature("\n-- \nLena\n") == 1


BASE = "0123456789abcdef0123456789abcdef01234567"
OTHER = "89abcdef0123456789abcdef0123456789abcdef"
TAIL = (
    f"base-commit: {BASE}\nprerequisite-patch-id: {OTHER}\nprerequisite-patch-id: {BASE}\n"
    "prerequisite-change-id: 20230101-hall-0123456789ab:v2\n"
    "prerequisite-message-id: <2@lamp.example>\nchange-id: 20230102-lamp-0123456789ab\n"
)


def check_tail(message):
    assert message.base_commit == BASE
    assert message.change_id == "20230102-lamp-0123456789ab"
    assert [(one.kind, one.value) for one in message.prerequisites] == [
        ("patch-id", OTHER),
        ("patch-id", BASE),
        ("change-id", "20230101-hall-0123456789ab:v2"),
        ("message-id", "2@lamp.example"),
    ]


@pytest.mark.parametrize(
    "place", ["---\n{tail}\n{stat}{diff}-- \n2.39\n", "---\n{stat}{diff}\n{tail}-- \n2.39\n"]
)
def test_the_base_block_of_a_patch(read, diff, place):
    """Base, change-id and prerequisites are read from the notes and from below the diff."""
    body = "Light it.\n" + place.format(tail=TAIL, stat=STAT, diff=diff)
    patch = read("[PATCH] light it", body)
    check_tail(patch)
    assert patch.diff == diff


@pytest.mark.parametrize("signature", ["-- \n2.39.5\n", ""])
def test_the_base_block_of_a_cover_letter(read, signature):
    """A cover letter has them below its diffstat, with or without a signature."""
    check_tail(read("[PATCH 0/2] lamps", f"Lamps.\n\n{STAT}\n{TAIL}{signature}"))


def test_words_about_a_base(read, diff):
    """Prose and quoted blocks do not state a base."""
    body = f"Light it.\n\n> {TAIL}\n---\nThe base-commit: is missing.\n{STAT}{diff}"
    patch = read("[PATCH] light it", body)
    assert (patch.base_commit, patch.change_id) == (None, None)


def test_the_parts_of_a_cover_letter(read):
    """A cover letter has message and diffstat; its trailers speak for the series."""
    body = f"Lamps for all.\n\n{SIGNED}\n{STAT}-- \n2.39.5\n"
    cover = read("[PATCH v2 0/2] lamps", body)
    assert cover.commit_message == f"Lamps for all.\n\n{SIGNED}".rstrip()
    assert cover.declared_diffstat.insertions == 1
    assert [trailer.scope for trailer in cover.trailers] == ["series"]
    assert cover.diff == ""


@pytest.mark.parametrize("words", ["Interdiff:", "Interdiff against v1:"])
def test_an_interdiff_in_a_cover_letter(read, diff, words):
    """The interdiff that `git format-patch` puts into a cover letter is not the series' diff."""
    cover = read("[PATCH v2 0/2] lamps", f"Lamps.\n\n{STAT}{words}\n{diff}-- \n2.39.5\n")
    assert (cover.kind, cover.diff, cover.defects) == ("cover_letter", "", ())
    assert (cover.commit_message, cover.declared_diffstat.insertions) == ("Lamps.", 1)
    assert diff in cover.body


def test_a_diff_in_a_cover_letter(read, diff):
    """Any other diff in a cover letter is kept as one."""
    assert read("[PATCH 0/2] lamps", f"Lamps.\nNo Interdiff:\n\n{diff}").diff == diff


def test_a_declared_diffstat_that_differs_is_a_defect(read, formatted):
    """If the written diffstat does not match the diff, both are kept, with a defect."""
    patch = read("[PATCH] light it", formatted.replace("1 insertion(+)", "7 insertions(+)"))
    assert (patch.declared_diffstat.insertions, patch.diffstat.insertions) == (7, 1)
    assert [defect.code for defect in patch.defects] == ["diffstat-differs"]


def test_a_sound_patch_has_no_defect(read, formatted):
    """A mail as git itself writes it has no defects."""
    assert read("[PATCH] light it", formatted).defects == ()


def test_a_flowed_mail_that_was_not_stuffed(read, diff):
    """A client declares flowed text but stuffs nothing: the diff is read as it was sent."""
    headers = {"content_type": "text/plain; charset=utf-8; format=flowed"}
    patch = read("[PATCH] light it", f"Light it.\n---\n{diff}", **headers)
    assert patch.diff == diff
    assert "flowed-not-stuffed" in {defect.code for defect in patch.defects}
