"""Which mail a commit was made from, and what says so."""

import pytest

from tests.upstream.trees import ADA, DAY, EWA, FILE, NOON, changed, text_of

ONE = {FILE: changed((5, "line 5, mended"), (6, "line 6, mended"))}
OTHER = {FILE: changed((20, "line 20, quite other"), (21, "line 21, quite other"))}
BOTH = {FILE: changed((5, "line 5, mended"), (6, "line 6, mended"), (7, "and 7"), (8, "and 8"))}
NEARLY = {FILE: changed((5, "line 5, mended"), (6, "line 6, mended"), (7, "and 7"), (8, "and 8."))}
HALF = {FILE: changed((5, "line 5, mended"), (6, "line 6, mended"), (27, "7!"), (28, "8!"))}
TITLE = "timer: mend lines"


def test_the_diff_and_the_date_are_the_mails(tree):
    """A commit with the mail's diff, and its Date as author date, was made from it for sure."""
    tree.mail(TITLE, ONE, identity="a@x")
    commit = tree.commit(TITLE, ONE, by=ADA, written=NOON)
    (found,) = tree.land()
    assert (found.commit, found.message.message_id) == (commit, "a@x")
    assert (found.relation, found.confidence) == ("applied", 1.0)
    assert found.evidence == ("the diff is the mail's", "the author date is the mail's Date")


def test_the_author_date_parts_resends(tree):
    """Of two mails with one diff the one whose Date is the author date was taken."""
    tree.mail(TITLE, ONE, identity="first@x", sent=NOON)
    tree.mail(TITLE, ONE, identity="resent@x", sent=NOON + 3600, mark="PATCH RESEND")
    tree.commit(TITLE, ONE, by=ADA, written=NOON)
    (found,) = tree.land()
    assert found.message.message_id == "first@x"
    assert [ref.message_id for ref in found.also] == ["resent@x"]


def test_without_a_date_the_last_mail_before_the_commit_is_taken(tree):
    """Of mails with the commit's diff the last one counts that was sent before it was made."""
    tree.mail(TITLE, ONE, identity="v1@x", sent=NOON - 9 * DAY)
    tree.mail(TITLE, ONE, identity="v2@x", sent=NOON - 5 * DAY, mark="PATCH v2")
    tree.mail(TITLE, ONE, identity="stable@x", sent=NOON + 30 * DAY, mark="PATCH 5.10")
    tree.commit(TITLE, ONE, by=ADA)
    (found,) = tree.land()
    assert found.message.message_id == "v2@x"
    assert found.evidence == ("the diff is the mail's", "the last such mail before the commit")


def test_a_mail_sent_after_the_commit_is_not_its_source(tree):
    """A backport that is mailed for review after the commit landed did not lead to it."""
    tree.mail(TITLE, ONE, identity="stable@x", sent=NOON + 30 * DAY, by=EWA, mark="PATCH 5.10")
    tree.commit(TITLE, ONE, by=ADA)
    assert tree.land() == []


def test_what_a_maintainer_changed_is_edited(tree):
    """With the mail's Date, author and title, other lines make it an edited patch."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(TITLE, BOTH, by=ADA, written=NOON)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("a@x", "edited")
    assert "67% of the changed lines are the mail's" in found.evidence


def test_a_later_version_that_is_more_alike_wins_over_a_kept_date(tree):
    """`git commit --amend` keeps the first version's date, though a later one's lines went in."""
    tree.mail(TITLE, ONE, identity="v1@x")
    tree.mail(TITLE, BOTH, identity="v2@x", sent=NOON + 3600, mark="PATCH v2")
    tree.commit(TITLE, NEARLY, by=ADA, written=NOON)
    (found,) = tree.land()
    assert found.message.message_id == "v2@x"


def test_an_earlier_version_that_landed_is_told(tree):
    """Where the list has a later version with another diff, the relation says so."""
    tree.mail(TITLE, ONE, identity="v1@x", sent=NOON - 9 * DAY)
    tree.mail(TITLE, OTHER, identity="v2@x", sent=NOON - 5 * DAY, mark="PATCH v2")
    tree.commit(TITLE, ONE, by=ADA, written=NOON - 9 * DAY)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("v1@x", "earlier_version")
    assert found.evidence[-1] == "there is a later version of the mail, v2"


@pytest.mark.parametrize(
    ("apart", "said"),
    [(600, "less than an hour"), (5000, "an hour"), (5 * 3600, "5 hours"), (3 * DAY, "3 days")],
)
def test_a_commit_that_was_written_after_the_mail_is_of_a_later_version(tree, apart, said):
    """Another diff and a later author date tell of a version that did not come to the list."""
    tree.mail(TITLE, ONE, identity="v1@x")
    tree.commit(TITLE, BOTH, by=ADA, written=NOON + apart, at=NOON + 9 * DAY)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("v1@x", "earlier_version")
    assert found.evidence[-1] == (
        f"the author date is {said} after the mail's Date: a later version was applied, "
        "which is not in this archive"
    )


def test_a_resend_that_is_not_here_is_told(tree):
    """With the mail's diff and a later author date another mail may have been taken."""
    tree.mail(TITLE, ONE, identity="v1@x")
    tree.commit(TITLE, ONE, by=ADA, written=NOON + 3 * DAY, at=NOON + 9 * DAY)
    (found,) = tree.land()
    assert found.relation == "applied"
    assert found.evidence[-1] == (
        "the author date is 3 days after the mail's Date: it may have been sent again in a "
        "mail that is not in this archive"
    )


@pytest.mark.parametrize(
    ("by", "written", "at"),
    [
        (ADA, NOON, NOON + 9 * DAY),  # the maintainer amends what `git am` made
        (ADA, NOON - DAY, NOON + 9 * DAY),  # the author's own commit, sent a day later
        (ADA, NOON + 9 * DAY, NOON + 9 * DAY),  # `git commit --author=Ada`, by another
        (EWA, NOON + 3 * DAY, NOON + 9 * DAY),  # somebody else's commit of that title
    ],
)
def test_an_edited_patch_is_of_no_later_version(tree, by, written, at):
    """Dates that do not tell when the patch's author wrote the commit change nothing."""
    tree.mail(TITLE, ONE, identity="v1@x")
    tree.commit(TITLE, BOTH, by=by, written=written, at=at)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("v1@x", "edited")


def test_a_later_version_with_the_same_diff_does_not_make_it_an_earlier_one(tree):
    """A resend of what landed changes nothing about it."""
    tree.mail(TITLE, ONE, identity="v1@x", sent=NOON - 9 * DAY)
    tree.mail(TITLE, ONE, identity="v2@x", sent=NOON - 5 * DAY, mark="PATCH v2")
    tree.commit(TITLE, ONE, by=ADA, written=NOON - 9 * DAY)
    assert [found.relation for found in tree.land()] == ["applied"]


def test_title_file_and_lines_are_enough_together(tree):
    """A commit of another author date is found by the mail's title, with a fifth of its lines."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(TITLE, BOTH, by=EWA)
    (found,) = tree.land()
    assert (found.relation, found.evidence[0]) == ("edited", "the title is the mail's")


def test_the_author_date_and_a_file_are_enough(tree):
    """A mail's second and author with one of its files is that mail, however much was changed."""
    tree.mail("timer: something", ONE, identity="a@x")
    tree.commit("clock: different", OTHER, by=ADA, written=NOON)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation, found.confidence) == ("a@x", "edited", 0.7)


@pytest.mark.parametrize(
    ("title", "by", "written", "count"),
    [
        ("timer: mend lines five and six", ADA, NOON, 1),
        ("timer: mend lines five and six", EWA, NOON, 0),
        ("timer: mend lines five and six", ADA, NOON - 400 * DAY, 0),
        ("timer: mend", ADA, NOON, 0),
    ],
)
def test_a_title_of_its_own_is_enough_with_author_and_file(tree, title, by, written, count):
    """A rewritten patch is found by its long title, within a year, by its author."""
    tree.mail(title, ONE, identity="a@x", sent=written)
    tree.commit(title, OTHER, by=by, written=NOON - 5)
    assert len(tree.land()) == count


@pytest.mark.parametrize("changes", [OTHER, {"other.c": text_of(["one", "two"])}])
def test_a_title_alone_is_not_enough(tree, changes):
    """`Fix a typo` is the title of many: without common lines nothing is found."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(TITLE, changes, by=EWA)
    assert tree.land() == []


def test_author_and_lines_find_a_patch_with_another_title(tree):
    """What has nearly all lines of a mail by its author was made from it, whatever its title."""
    tree.mail("arm: rewrite the timer", BOTH, identity="a@x")
    tree.commit("clock: something quite different", NEARLY, by=ADA)
    (found,) = tree.land()
    assert found.message.message_id == "a@x"
    assert 0.5 <= found.confidence < 0.9


@pytest.mark.parametrize(("title", "count"), [("arm: mend that old timer", 1), ("x86: other", 0)])
def test_half_of_the_lines_need_half_of_the_title(tree, title, count):
    """Half of the lines are enough only where half of the title's words agree, too."""
    tree.mail("arm: mend the old timer", BOTH, identity="a@x")
    tree.commit(title, HALF, by=ADA)
    assert len(tree.land()) == count


def test_a_stranger_with_the_same_lines_is_not_the_author(tree):
    """Lines alone, without diff, title, date or author, find nothing."""
    tree.mail("arm: rewrite the timer", BOTH, identity="a@x")
    tree.commit("clock: something quite different", NEARLY, by=("Zoe Y", "zoe@x.example"))
    assert tree.land() == []


def test_a_date_that_two_people_share_is_no_evidence(tree):
    """Another author's mail of the same second does not win by its date."""
    tree.mail("net: quite other", OTHER, identity="a@x", by=("Zoe Y", "zoe@x.example"))
    tree.commit(TITLE, ONE, by=ADA, written=NOON)
    assert tree.land() == []


def test_the_mail_that_a_commit_names_is_taken(tree):
    """A `Link:` to one of two resends decides, against the author date."""
    tree.mail(TITLE, ONE, identity="first@x", sent=NOON)
    tree.mail(TITLE, ONE, identity="resent@x", sent=NOON + 3600, mark="PATCH RESEND")
    message = f"{TITLE}\n\nIt is needed.\n\nLink: https://lore.example/r/resent@x/"
    tree.commit(message, ONE, by=ADA, written=NOON)
    (found,) = tree.land()
    assert found.message.message_id == "resent@x"
    assert found.evidence[0] == "the commit names the mail"


def test_a_named_mail_of_another_change_is_only_linked(tree):
    """A `Link:` to a mail with another title and change makes no landing of it."""
    tree.mail("net: quite other", OTHER, identity="other@x")
    tree.mail(TITLE, ONE, identity="a@x")
    message = f"{TITLE}\n\nIt is needed.\n\nLink: https://lore.example/r/other@x/"
    tree.commit(message, ONE, by=ADA, written=NOON)
    found = {one.message.message_id: one.relation for one in tree.land()}
    assert found == {"a@x": "applied", "other@x": "linked"}


@pytest.mark.parametrize(
    "says", ["commit {} upstream.\n\nMend.", "Mend.\n\n(cherry picked from commit {})"]
)
def test_a_backport_says_so(tree, says):
    """A commit that says that it was made from another is a backport of the mail."""
    tree.mail(TITLE, ONE, identity="a@x")
    commit = tree.commit(TITLE, ONE, by=ADA, written=NOON)
    stable = tree.commit(
        f"{TITLE}\n\n{says.format(commit)}", ONE, by=ADA, written=NOON, at=NOON + 9 * DAY,
        parents=[tree.root], branch="stable",
    )  # fmt: skip
    found = {one.commit: one.relation for one in tree.land(refs=("master", "stable"))}
    assert found == {commit: "applied", stable: "backport"}


def test_a_revert_is_told_by_the_mail_that_it_takes_back(tree):
    """A commit that reverts a landed one is another landing of its mail, a revert."""
    tree.mail(TITLE, ONE, identity="a@x")
    commit = tree.commit(TITLE, ONE, by=ADA, written=NOON)
    text = f'Revert "{TITLE}"\n\nThis reverts commit {commit[:12]}.'
    back = tree.commit(text, {FILE: changed()}, at=NOON + 2 * DAY)
    found = tree.land()
    assert [(one.commit, one.relation) for one in found] == [(commit, "applied"), (back, "revert")]
    assert {one.message.message_id for one in found} == {"a@x"}


def test_a_revert_of_what_no_mail_brought_is_none(tree):
    """A commit that reverts one without a mail gives no landing."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(f"x\n\nThis reverts commit {tree.root}.", OTHER)
    assert tree.land() == []


def test_a_mail_with_renames_meets_its_commit(tree):
    """A mail made with `-M` has the id of the diff with renames, and is found by it."""
    moved = {FILE: None, "virt/clock.c": changed((5, "line 5, mended"))}
    mail = tree.mail("timer: call it a clock", moved, identity="a@x")
    assert "rename from" in mail.diff
    tree.commit("timer: call it a clock", moved, by=ADA)
    assert [one.relation for one in tree.land()] == ["applied"]


def test_a_pure_rename_is_compared_by_its_files(tree):
    """Without changed lines the paths are compared."""
    mail = tree.mail("timer: move", {FILE: None, "virt/clock.c": changed()}, identity="a@x")
    assert mail.diffstat.insertions == 0
    changes = {FILE: None, "virt/clock.c": changed(), "MAINTAINERS": b"me\n"}
    tree.commit("timer: move", changes, by=ADA, written=NOON)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("a@x", "edited")


def test_one_mail_may_have_several_commits(tree):
    """The same patch in two branches is found twice."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(TITLE, ONE, by=ADA, written=NOON)
    tree.commit(
        TITLE, ONE, by=ADA, written=NOON, at=NOON + 2 * DAY, parents=[tree.root], branch="b"
    )
    assert [one.relation for one in tree.land(refs=("master", "b"))] == ["applied", "applied"]


def test_a_merge_has_no_diff_of_its_own(tree):
    """A merge is no landing of the patch that it merges, whatever its title."""
    tree.mail(TITLE, ONE, identity="a@x")
    side = tree.commit(TITLE, ONE, by=ADA, written=NOON, parents=[tree.root], branch="side")
    tree.commit(TITLE, ONE, by=ADA, written=NOON, parents=[tree.root, side], at=NOON + 2 * DAY)
    assert [one.commit for one in tree.land()] == [side]


def test_an_empty_commit_and_a_mail_of_its_title_do_not_meet(tree):
    """A commit that changes nothing is made from no mail."""
    tree.mail(TITLE, ONE, identity="a@x")
    tree.commit(TITLE, {}, by=EWA)
    assert tree.land() == []


def test_a_submission_is_taken_before_a_diff_in_a_reply(tree):
    """A suggested diff counts, but a submitted patch with that diff comes before it."""
    tree.mail(TITLE, ONE, identity="a@x", sent=NOON - DAY)
    parent = "In-Reply-To: <a@x>\n"
    reply = tree.mail(TITLE, ONE, identity="b@x", mark="x", headers=parent, prefix="Re: ")
    assert reply.kind == "reply_with_patch"
    tree.commit(TITLE, ONE, by=ADA)
    (found,) = tree.land()
    assert (found.message.message_id, found.also[0].message_id) == ("a@x", "b@x")


def test_a_mail_that_is_not_here_is_told(tree):
    """A commit that names a mail which the corpus lacks is found by its diff, and that is said."""
    tree.mail("timer: one", ONE, identity="1@x")
    tree.commit("timer: one\n\nLink: https://lore.kernel.org/r/2@x", ONE, by=ADA)
    (found,) = tree.land()
    assert (found.message.message_id, found.relation) == ("1@x", "applied")
    assert found.evidence[-1] == "the commit names another mail, which is not in this archive"
    tree.mail("timer: one", ONE, identity="2@x", sent=NOON + 60)
    (found,) = tree.land()
    assert found.message.message_id == "2@x"
    assert "which is not here" not in " ".join(found.evidence)
