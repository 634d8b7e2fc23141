"""What a mail is, and why."""

import pytest

from kvminbox import read_message
from kvminbox.models import CoverLetter, Message, Patch, PullRequest, SuggestedPatch

PULL = """\
The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  Light one lamp (2023-09-01 12:00:00 +0200)

are available in the Git repository at:

  https://lamp.example/hall.git tags/lamps-1

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  Light all lamps (2023-09-02 12:00:00 +0200)

"""
WORDS = "I have looked at the lamp.\n"
QUOTED = (
    "> diff --git a/lamp.c b/lamp.c\n> --- a/lamp.c\n> +++ b/lamp.c\n> @@ -1 +1 @@\n> -a\n> +b\n"
)
PARENT = {"in_reply_to": "<0@lamp.example>"}

# name: subject, body ("D" is a bare diff, "F" a formatted patch), headers, kind
MAILS = {
    "patch": ("[PATCH] light it", "F", {}, "patch"),
    "patch in a thread": ("[PATCH 2/3] light it", "F", PARENT, "patch"),
    "patch without diffstat": ("[RFC] light it", "D", {}, "patch"),
    "patch by its counter only": ("[1/2] light it", "D", {}, "patch"),
    "formatted, without a mark": ("light it", "F", {}, "patch"),
    "GIT PULL n/m with a diff": ("[GIT PULL 1/4] light it", "F", PARENT, "patch"),
    "diff without a mark": ("the lamp is dark", WORDS + "D", {}, "patch_unmarked"),
    "diff without a mark in a thread": ("the lamp is dark", WORDS + "D", PARENT, "patch_unmarked"),
    "reply with a diff": ("Re: the lamp is dark", WORDS + "D", PARENT, "reply_with_patch"),
    "reply with a marked patch": ("re: [PATCH] light it", "F", PARENT, "reply_with_patch"),
    "Chinese reply with a diff": ("答复: [PATCH] light it", "D", PARENT, "reply_with_patch"),
    "AW: with a diff": ("Aw: [PATCH] light it", "D", PARENT, "reply_with_patch"),
    "reply with a quoted diff": ("Re: [PATCH] light it", QUOTED, PARENT, "reply"),
    "quoted diff without Re": ("[PATCH] light it", QUOTED, PARENT, "reply"),
    "follow-up without Re": ("[PATCH 1/2] light it", WORDS, PARENT, "reply"),
    "References alone": ("light it", WORDS, {"references": "<0@lamp.example>"}, "reply"),
    "Re without a parent": ("Re: light it", WORDS, {}, "reply"),
    "cover letter": ("[PATCH 0/3] lamps", WORDS, {}, "cover_letter"),
    "cover letter 00": ("[RFC v2 00/12] lamps", WORDS, {}, "cover_letter"),
    "cover letter in a thread": ("[PATCH v2 0/3] lamps", WORDS, PARENT, "cover_letter"),
    "cover letter with a diff": ("[PATCH v2 0/3] lamps", WORDS + "D", {}, "cover_letter"),
    "cover letter with pull words": ("[PATCH 0/3] lamps", PULL, {}, "cover_letter"),
    "cover letter that says please pull": (
        "[PATCH 0/3] lamps",
        f"Please pull.\n\n{PULL}",
        {},
        "pull_request",
    ),
    "cover letter that says consider pulling": (
        "[PATCH 0/3] lamps",
        f"{PULL}Please consider pulling,\nLena\n",
        {},
        "pull_request",
    ),
    "cover letter that says please, pull": (
        "[PATCH net 0/3] lamps",
        f"Please, pull these changes from:\n\n{PULL}",
        {},
        "pull_request",
    ),
    "cover letter that says please consider to pull": (
        "[PATCH 0/3] lamps",
        f"Please consider to pull the next patches.\n\n{PULL}",
        {},
        "pull_request",
    ),
    "cover letter that says you can pull": (
        "[PATCH net 0/3] lamps",
        f"You can pull these changes from:\n\n{PULL}",
        {},
        "pull_request",
    ),
    "cover letter that calls itself a pull request": (
        "[PATCH net 0/3] pull-request: lamps 2026-05-05",
        f"Hello,\n\nthis is a pull request of 3 patches for net/main.\n\n{PULL}",
        {},
        "pull_request",
    ),
    "cover letter with the tag of a pull request": (
        "[PATCH net 0/3] lamps",
        f"Here are three fixes.\n\n{PULL}\nlamp pull request 26-05-05\n",
        {},
        "pull_request",
    ),
    "cover letter that speaks of a later pull request": (
        "[PATCH 0/3] lamps",
        f"I'll send a pull request later, then you can pull it.\n\n{PULL}",
        {},
        "cover_letter",
    ),
    "cover letter that can be pulled for a test": (
        "[PATCH 0/3] lamps",
        f"If you want to try it, you can pull the branch below.\n\n{PULL}",
        {},
        "cover_letter",
    ),
    "cover letter that is no pull request": (
        "[PATCH 0/3] lamps",
        f"I will send a pull request with these; this is no pull request of 3 patches.\n\n{PULL}",
        {},
        "cover_letter",
    ),
    "cover letter of an RFC that may be pulled": (
        "[RFC PATCH 0/3] lamps",
        f"Please pull.\n\n{PULL}",
        {},
        "cover_letter",
    ),
    "cover letter that you can pull in part": (
        "[PATCH 0/3] lamps",
        f"You can pull these changes from:\n\n{PULL.partition('for you')[0]}",
        {},
        "cover_letter",
    ),
    "cover letter that quotes please pull": (
        "[PATCH 0/3] lamps",
        f"> Please pull.\n\n{PULL}",
        {},
        "cover_letter",
    ),
    "cover letter that names its tree in part": (
        "[PATCH 0/3] lamps",
        f"Please pull.\n\n{PULL.partition('for you')[0]}",
        {},
        "cover_letter",
    ),
    "cover letter of Mercurial": ("[PATCH 0 of 2] lamps", WORDS, {}, "cover_letter"),
    "cover letter that lost a bracket": ("PATCH v4 00/11] lamps", WORDS, {}, "cover_letter"),
    "reply to a cover letter": ("Re: [PATCH 0/3] lamps", WORDS, PARENT, "reply"),
    "pull request": ("[GIT PULL] lamps", PULL, {}, "pull_request"),
    "pull request with n/m": ("[PULL 0/4] lamps", PULL, {}, "pull_request"),
    "pull request by its words": ("please take the lamps", PULL, {}, "pull_request"),
    "pull request by its mark": ("[GIT PULL] lamps", WORDS, {}, "pull_request"),
    "pull words marked PATCH": ("[PATCH] please pull", PULL, {}, "pull_request"),
    "pull request with a diff": ("[GIT PULL] lamps", PULL + "D", {}, "pull_request"),
    "reply to a pull request": ("Re: [GIT PULL] lamps", PULL, PARENT, "reply"),
    "series that names its tree": ("[PATCH 1/2] lamps", PULL + "F", {}, "patch"),
    "prose like git's marks": ("lamps", "diff --brief\n--- a lamp\ndifficult\n", {}, "discussion"),
    "question": ("which lamp?", WORDS, {}, "discussion"),
    "RFC in words only": ("[RFC] shall we light it?", WORDS, {}, "discussion"),
    "empty": ("", "", {}, "discussion"),
}


@pytest.mark.parametrize("name", MAILS)
def test_kind(read, diff, formatted, name):
    """Reply, mark, diff and pull words together decide what a mail is."""
    subject, body, headers, kind = MAILS[name]
    ending = {"D": diff, "F": formatted}.get(body[-1:], "")
    message = read(subject, body[:-1] + ending if ending else body, **headers)
    assert message.kind == kind
    assert message.evidence


CLASSES = {
    "patch": Patch,
    "diff without a mark": SuggestedPatch,
    "reply with a diff": SuggestedPatch,
    "cover letter": CoverLetter,
    "pull request": PullRequest,
    "question": Message,
    "Re without a parent": Message,
}


@pytest.mark.parametrize("name", CLASSES)
def test_model(read, diff, formatted, name):
    """Each kind has its own model, so that a patch is never mistaken for a suggestion."""
    subject, body, headers, _ = MAILS[name]
    body = body.replace("D", diff).replace("F", formatted) if body[-1:] in "DF" else body
    assert type(read(subject, body, **headers)) is CLASSES[name]


BOTS = [
    "tip-bot2@linutronix.de", "tipbot@zytor.com", "pr-tracker-bot@kernel.org",
    "patchwork-bot+netdevbpf@kernel.org", "git-patchwork-notify@kernel.org", "lkp@intel.com",
    "syzbot+0123456789@syzkaller.appspotmail.com", "syzbot@syzkaller.appspotmail.com",
    "bot@kernelci.org", "kernelci-results@groups.io", "bot+bpf-ci@kernel.org",
    "sashiko-bot@kernel.org", "noreply@github.com", "no-reply@patchew.org",
    "oe-kbuild@lists.linux.dev", "kernelci.org-bot@kernelci.org", "mailer-daemon@lamp.example",
]  # fmt: skip


@pytest.mark.parametrize("address", BOTS)
def test_bots_by_their_address(read, address):
    """A known program's mail is a bot's, even if it is a reply."""
    message = read("Re: [PATCH 1/2] light it", "It builds.\n", **{"from": address}, **PARENT)
    assert message.kind == "bot"
    assert f"the sender {address} is a known bot" in message.evidence


@pytest.mark.parametrize(
    "address",
    ["abbott@lamp.example", "lena@robots.example", "lkp.lamp@lamp.example", "bots@lamp.example"],
)
def test_people_with_names_like_bots(read, address):
    """A person whose address resembles a program's stays a person."""
    assert read("Re: light it", "Yes.\n", **{"from": address}, **PARENT).kind == "reply"


def test_a_bots_patch_is_a_patch(read, formatted):
    """The test robot fixes what it finds: its `[PATCH]` with a diff is a patch."""
    assert read("[PATCH] light it", formatted, **{"from": "lkp@intel.com"}).kind == "patch"


def test_a_bots_copy_of_a_patch_is_not(read, formatted):
    """tip-bot2 sends each commit with its diff; that submits nothing."""
    headers = {"from": "tip-bot2 for Lena Lamp <tip-bot2@linutronix.de>"}
    assert read("[tip: lamps/core] light it", formatted, **headers).kind == "bot"


NOTICES = [
    'Patch "lamp: light it" has been added to the 5.10-stable tree',
    'patch "lamp: light it" added to usb-next tree',
    'patch "lamp: light it" added to usb-next',
    '[LIST] Patch "lamp: light it" has been added to the 6.1-stable tree',
    '[lamps-next] patch "lamp: light it" added to usb-next',
    '[3.13.y.z extended stable] Patch "lamp: light it" has been added to staging queue',
    'Patch "lamp: light it" queued up for 6.6',
    'FAILED: patch "[PATCH] lamp: light it" failed to apply to 5.10-stable tree',
    'FAILED: Patch "lamp: light it" failed to apply to 5.10-stable tree',
    '[LIST] FAILED: patch "[PATCH] lamp: light it" failed to apply to 5.10-stable tree',
    'WTF: patch "[PATCH] lamp: light it" was seriously submitted to be applied to 6.1-stable?',
    'Applied "lamp: light it" to the lamps tree',
    "+ lamp-light-it.patch added to mm-unstable branch",
    "+ lamp-light-it.patch added to -mm tree",
    "- lamp-light-it.patch removed from -mm tree",
    "[merged] lamp-light-it.patch removed from -mm tree",
    "[merged mm-stable] lamp-light-it.patch removed from -mm tree",
    "[tip: lamps/urgent] lamp: light it",
    "[tip:lamps/core] lamp: light it",
    "[LIST] [tip: lamps/urgent] lamp: light it",
    "[git:lamp_tree/master] lamp: light it",
    "[git commit] lamp: light it",
    "[git commit branch/next] lamp: light it",
]


@pytest.mark.parametrize("subject", NOTICES)
def test_notices_about_a_patch(read, formatted, subject):
    """A script's notice that a patch was taken, with its diff, is not a new patch."""
    message = read(subject, formatted)
    assert message.kind == "bot"
    assert "the subject is a bot's notice about a patch" in message.evidence


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ('[PATCH] docs: Patch "x" has been added to the tree', "patch"),
        ('[PATCH] patch "x" added to the tree', "patch"),
        ('[PATCH] lamp: "queued up for" is a word', "patch"),
        ('lamp: patch "x" added to the tree', "patch"),
        ("[PATCH] lamp.patch added to the tree", "patch"),
        ("[PATCH tip] lamp: light it", "patch"),
        ("[tip] lamp: light it", "patch"),
        ("[git] lamp: light it", "patch"),
        ("[PATCH] [tip: lamps/urgent] lamp: light it", "patch"),
        ('patch "lamp: light it" for you', "patch"),
    ],
)
def test_no_notices(read, formatted, subject, kind):
    """A patch whose words are like a notice's is a patch."""
    assert read(subject, formatted).kind == kind


def test_words_below_a_commits_mark(read):
    """A mail about a tree of that name, without a diff, is no notice."""
    assert read("[tip: lamps/urgent] it does not light", WORDS).kind == "discussion"


def test_an_answer_to_a_notice(read):
    """A person's reply to such a notice is a reply."""
    assert read(f"Re: {NOTICES[0]}", WORDS, **PARENT).kind == "reply"


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        (
            "patch",
            (
                "the subject marks a patch",
                "a diff of 1 file",
                "the text has the shape of git format-patch",
            ),
        ),
        ("cover letter", ("the subject marks a patch", "the subject states 0/3")),
        (
            "pull request",
            ("the subject marks a pull request", "it has the text of git request-pull"),
        ),
        ("reply with a diff", ("the subject has a reply mark", "a diff of 1 file")),
        ("References alone", ("it names the mail it replies to",)),
        ("question", ("no reply mark, no patch mark, no diff, no pull request",)),
    ],
)
def test_evidence(read, diff, formatted, name, evidence):
    """The rules that fired, and no others, are named in words."""
    subject, body, headers, _ = MAILS[name]
    body = body.replace("D", diff).replace("F", formatted) if body[-1:] in "DF" else body
    assert read(subject, body, **headers).evidence == evidence


def with_part(text, content_type, disposition="attachment"):
    return (
        f"--lamp\nContent-Type: text/plain\n\n{WORDS}\n--lamp\nContent-Type: {content_type}\n"
        f'Content-Disposition: {disposition}; filename="0001-lamp.patch"\n\n{text}\n--lamp--\n'
    )


MULTIPART = {"content_type": 'multipart/mixed; boundary="lamp"'}


@pytest.mark.parametrize(
    "content_type", ["text/x-patch", "text/x-diff", "text/plain", "application/octet-stream"]
)
def test_a_patch_in_an_attachment(read, diff, content_type):
    """A diff in an attachment that is text makes a patch, and the evidence names the file."""
    message = read("[PATCH] light it", with_part(diff, content_type), **MULTIPART)
    assert message.kind == "patch"
    assert "a diff of 1 file in the attachment '0001-lamp.patch'" in message.evidence
    assert message.diff == diff
    assert message.commit_message == WORDS.strip()


def test_an_inline_patch_part(read, diff):
    """`git format-patch --inline` puts the diff into an inline part, so it is in the body."""
    message = read("[PATCH] light it", with_part(diff, "text/x-patch", "inline"), **MULTIPART)
    assert (message.kind, message.diff) == ("patch", diff)
    assert diff in message.body


def test_attachments_of_a_reply(read, diff):
    """A reply with an attached diff suggests a patch."""
    message = read("Re: dark", with_part(diff, "text/x-patch"), **MULTIPART, **PARENT)
    assert message.kind == "reply_with_patch"


def test_several_attached_patches_are_one_diff(read, diff):
    """The files of several attached patches are counted together."""
    parts = with_part(diff, "text/x-patch").removesuffix("--lamp--\n")
    second = diff.replace("lamp.c", "hall.c")
    parts += f"--lamp\nContent-Type: text/x-patch\nContent-Disposition: attachment\n\n{second}"
    message = read("[PATCH] light it", f"{parts}\n--lamp--\n", **MULTIPART)
    assert [change.path for change in message.diffstat.files] == ["lamp.c", "hall.c"]


@pytest.mark.parametrize("subject", ["", None], ids=["empty", "none"])
def test_a_patch_without_a_subject(make_mail, formatted, subject):
    """A formatted patch with an empty or missing Subject is a patch without a title."""
    patch = read_message(make_mail(formatted, subject=subject))
    assert (patch.kind, patch.subject.raw, patch.title) == ("patch", "", "")
    assert patch.diffstat.insertions == 1
    assert "subject-missing" in [defect.code for defect in patch.defects]


def test_a_patchless_patch(read):
    """A `[PATCH]` without a diff and without a parent submits nothing."""
    assert read("[PATCH] light it", WORDS).kind == "discussion"
