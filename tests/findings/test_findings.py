"""What a program's mail says was found is read from each program's own form."""

import pytest

from kvminbox.findings import parse_finding
from kvminbox.models import FoundCheck
from tests.findings.robot_mails import (
    APPLIED,
    BISECTED,
    BUILD,
    CKI,
    CRASH,
    ISSUE,
    LKFT,
    REVIEW,
    SYZBOT,
    TESTS,
    TREE,
    lamp_patch,
    robot,
)

NIGHT = "0123456789abcdef0123456789abcdef01234567"
LORE = "lamp-1@silicon.example"


def read(*args, **more):
    """Return the finding of a program's mail."""
    found = parse_finding(robot(*args, **more))
    assert found is not None
    return found


def test_a_failed_build_of_a_patch():
    """0-day's own lines are those marked as new, each once, below what was built and how."""
    found = read(BUILD, "Re: [PATCH v2] lamp: count all of its blinks")
    assert (found.program, found.kind, found.verdict) == ("0-day", "build", "failed")
    assert (found.tree, found.branch) == ("https://git.lamp.example/lamp.git", "for-next")
    assert (found.commit, found.patch_link) == (NIGHT, LORE)
    assert found.patch_title == "[PATCH v2] lamp: count all of its blinks"
    assert (found.architecture, found.config) == ("riscv", "riscv-randconfig-001-20240304")
    assert found.compiler == "clang version 19.0.0git"
    told = [(line.path, line.line, line.level, line.is_new) for line in found.lines]
    assert told[:2] == [("lamp.c", 22, "error", True), ("", None, "error", True)]
    assert found.lines[0].text == "lamp.c:22:3: error: implicit declaration of function 'blink'"
    assert found.line_count == len(found.lines) == 3


def test_a_warning_of_a_tree():
    """A commit of a tree has its id and title; the subject says the rest."""
    found = read(TREE, "[lamp:for-next 3/9] drivers/lamp.c:7:5: warning: no previous prototype")
    assert (found.kind, found.verdict, found.commit) == ("build", "warned", "2" * 40)
    assert found.commit_title == "lamp: count all of its blinks"
    assert (found.architecture, found.compiler) == ("x86_64", "gcc-12 (Lampian 12.2.0-14) 12.2.0")
    assert [(line.path, line.line, line.level) for line in found.lines] == [
        ("drivers/lamp.c", 7, "warning")
    ]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("BUILD SUCCESS", "passed"),
        ("BUILD SUCCESS WITH WARNING", "warned"),
        ("BUILD REGRESSION", "failed"),
        ("BUILD INCOMPLETE", "unknown"),
    ],
)
def test_a_whole_tree(words, verdict):
    """The subject says what came of a tree's builds, and the text has its head."""
    text = f"tree/branch: https://git.lamp.example/lamp.git main\nbranch HEAD: {NIGHT}  lamp: on\n"
    found = read(text, f"[lamp:main] {words} {NIGHT}")
    assert (found.kind, found.verdict, found.commit) == ("build", verdict, NIGHT)
    assert (found.branch, found.commit_title) == ("main", "lamp: on")


def test_lines_of_a_report_end_where_doubtful_ones_begin():
    """Without a mark all lines of the block count, and none of what is unverified."""
    text = (
        "Error/Warning: (recently discovered and may have been fixed)\n\n"
        "lamp.c:7:5: warning: no blink\nld: bulb.c:(.text+0x12): undefined reference to `blink'\n\n"
        "Unverified Error/Warning (likely false positive):\n\nlamp.c:9: ERROR: no doubt\n"
    )
    found = read(text, f"[lamp:main] BUILD REGRESSION {NIGHT}")
    assert [(line.path, line.line) for line in found.lines] == [("lamp.c", 7), ("bulb.c", None)]


@pytest.mark.parametrize(
    ("text", "kind", "verdict", "summary"),
    [
        ('kernel test robot noticed "ltp.blink01.fail" on:\n', "test", "failed",
         "ltp.blink01.fail"),
        ("FYI, we noticed the following commit (built with gcc-9):\n", "test", "failed",
         "BUG:lamp_is_dark"),
        ("kernel test robot noticed a -5.1% regression of blink.per_second on:\n", "performance",
         "regressed", "-5.1% regression of blink.per_second"),
        ("kernel test robot noticed a 22.9% improvement of blink.ops on:\n", "performance",
         "improved", "22.9% improvement of blink.ops"),
        ("See you.\n", "notice", "unknown", "[lamp] 0123456789: BUG:lamp_is_dark"),
    ],
    ids=["noticed", "fyi", "regression", "improvement", "neither"],
)  # fmt: skip
def test_tests_and_measurements(text, kind, verdict, summary):
    """What 0-day noticed is told in one line."""
    commit = f'\ncommit: {NIGHT} ("lamp: on")\nhttps://git.lamp.example/lamp.git main\n'
    found = read(text + commit, "[lamp] 0123456789: BUG:lamp_is_dark")
    assert (found.kind, found.verdict, found.summary) == (kind, verdict, summary)
    assert (found.commit, found.commit_title, found.branch) == (NIGHT, "lamp: on", "main")


def test_a_crash():
    """Syzbot's crash has its bug, tree and commit, and the file of its first line."""
    found = read(CRASH, "[syzbot] [lamp?] KASAN: use-after-free in lamp_blink", SYZBOT)
    assert (found.program, found.kind, found.verdict) == ("syzbot", "crash", "found")
    assert (found.bug, found.summary) == (
        "fedcba9876543210fedc", "KASAN: use-after-free in lamp_blink",
    )  # fmt: skip
    assert (found.commit, found.branch, found.architecture) == ("0123456789ab", "main", "arm64")
    assert [(line.path, line.line) for line in found.lines] == [("drivers/lamp.c", 545)]


@pytest.mark.parametrize(
    ("words", "kind", "verdict"),
    [
        ("syzbot has tested the proposed patch and the reproducer did not trigger any issue:",
         "test", "passed"),
        ("syzbot has tested the proposed patch but the reproducer is still triggering an issue:",
         "test", "failed"),
        ("syzbot tried to test the proposed patch but the build/boot failed:", "test", "failed"),
        ("syzbot has found a reproducer for the following issue on:", "crash", "found"),
        ("This is a 31-day syzbot report for the lamp subsystem.", "notice", "unknown"),
    ],
    ids=["passed", "still", "no boot", "reproducer", "monthly"],
)  # fmt: skip
def test_what_syzbot_did(words, kind, verdict):
    """A patch that was tried, a reproducer, a monthly report: each is told apart."""
    found = read(f"Hello,\n\n{words}\n", "Re: [syzbot] lamp is dark", SYZBOT)
    assert (found.kind, found.verdict, found.bug) == (kind, verdict, "0123456789abcdef0123")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("syzbot has bisected this issue to:", "found"),
        ("syzbot suspects this issue was fixed by commit:", "fixed"),
    ],
)
def test_a_bisection_of_syzbot(words, verdict):
    """The commit is the one that was found, not the one where the search began."""
    text = (
        f"{words}\n\ncommit {NIGHT}\nAuthor: Jo Reed <jo@reed.example>\nDate:   Mon Mar 4 2024\n\n"
        "    lamp: on\n\nstart commit:   abcdefabcdef bulb: off\ngit tree:       upstream\n"
    )
    found = read(text, "Re: [syzbot] lamp is dark", SYZBOT)
    assert (found.kind, found.verdict) == ("bisection", verdict)
    assert (found.commit, found.commit_title, found.tree) == (NIGHT, "lamp: on", "upstream")


def test_checks_of_bluez():
    """Each check has its verdict, in the old form too, and the worst one is the mail's."""
    found = read(TESTS, "RE: lamp: on", "bluez.test.bot@mail.example")
    assert (found.program, found.kind, found.verdict) == ("BlueZ CI", "test", "failed")
    assert found.checks == (
        FoundCheck(name="CheckPatch", verdict="failed"),
        FoundCheck(name="BuildKernel", verdict="passed"),
        FoundCheck(name="Incremental Build with patches", verdict="passed"),
        FoundCheck(name="CheckSparse", verdict="warned"),
    )
    assert [(line.path, line.line) for line in found.lines] == [("lamp.c", 9)]
    text = (
        "the patches you submitted couldn't be applied to the current HEAD\n\nerror: lamp.c: no\n"
    )
    found = read(text, "RE: lamp: on", "bluez.test.bot@mail.example")
    assert (found.kind, found.verdict, found.line_count) == ("apply", "failed", 1)


def test_regressions_of_lkft():
    """Tests that fail and did not before, and those that do no more, with their machines."""
    found = read(LKFT, "[REGRESSION] lkft lamp for v6.8-12", "lkft@lab.example")
    assert (found.program, found.verdict, found.branch) == ("LKFT", "failed", "linux-6.8.y")
    assert found.checks == (
        FoundCheck(name="blink01", verdict="failed", where="qemu_arm64, ltp-lamp"),
        FoundCheck(name="blink02", verdict="passed", where="qemu_i386, ltp-lamp"),
    )
    better = LKFT.replace("  - blink01\n", "")
    assert read(better, "lkft lamp for v6.8-12", "lkft@lab.example").verdict == "passed"


def test_a_report_of_cki():
    """The tests that failed, each with its architecture."""
    found = read(
        CKI, "❌ FAIL: Test report for kernel 6.8", "CKI Project <cki-project@lab.example>"
    )
    assert (found.program, found.kind, found.verdict) == ("CKI", "test", "failed")
    assert (found.commit, found.commit_title) == ("0123456789ab", "lamp: count all of its blinks")
    assert [(check.name, check.where) for check in found.checks] == [
        ("Lamp suite", "ppc64le"), ("Blink test", "x86_64"),
    ]  # fmt: skip


def test_reports_of_kernelci():
    """A bisection names the commit it blames, an issue the tree it is in."""
    sender = "kernelci.org bot <bot@kernelci.example>"
    found = read(BISECTED, "lamp/for-next boot bisection: v6.8-12 on bulb", sender)
    assert (found.kind, found.verdict, found.commit) == ("bisection", "found", "abcdefabcdef")
    assert (found.architecture, found.config, found.compiler) == ("arm", "lamp_defconfig", "gcc-8")
    found = read(ISSUE, "[REGRESSION] lamp/for-next: (build) no 'blink' in drivers/lamp.o", sender)
    assert (found.kind, found.verdict, found.branch) == ("build", "failed", "for-next")
    assert (found.commit, found.lines[0].path) == (NIGHT, "drivers/lamp.c")
    found = read("x\n", "next/main boot: 53 boots: 2 failed, 51 passed (next-20240304)", sender)
    assert (found.kind, found.verdict) == ("test", "failed")


def test_what_was_applied_or_queued():
    """patchwork-bot, pr-tracker-bot, tip-bot and maintainers' scripts each say where it went."""
    found = read(APPLIED, "Re: [PATCH v2] lamp", "patchwork-bot+lamp@kernel.example")
    assert (found.program, found.verdict, found.tree) == (
        "patchwork-bot", "applied", "lamp/lamp-next.git",
    )  # fmt: skip
    assert (found.branch, found.commit) == ("main", "5cfe5612ca95")
    text = f"The pull request\n\nhas been merged into jo/linux.git:\nhttps://g.example/c/{NIGHT}\n"
    found = read(text, "Re: [GIT PULL] lamp", "pr-tracker-bot@kernel.example")
    assert (found.program, found.tree, found.commit) == ("pr-tracker-bot", "jo/linux.git", NIGHT)
    text = f"The commit has been merged into the x86/lamp branch of tip:\n\nCommit-ID: {NIGHT}\n"
    found = read(text, "[tip: x86/lamp] lamp: on", "tip-bot2 for Jo <tip-bot2@tip.example>")
    assert (found.program, found.branch, found.commit) == ("tip-bot", "x86/lamp", NIGHT)
    text = f"Commit-ID:  {NIGHT}\nAuthor:     Jo Reed <jo@reed.example>\n\nlamp: on\n"
    found = read(text, "[tip:x86/lamp] lamp: on", "tip-bot for Jo <tipbot@tip.example>")
    assert (found.program, found.branch, found.commit) == ("tip-bot", "x86/lamp", NIGHT)
    text = f"> Blink.\n\nSeries applied to lamp topic/on, thanks.\n\nhttps://g.example/c/{NIGHT}\n"
    found = read(text, "Re: [PATCH 1/2] lamp", "Jo Reed <patch-notifications@reed.example>")
    assert (found.tree, found.branch, found.commit) == ("lamp", "topic/on", NIGHT)


@pytest.mark.parametrize(
    ("subject", "verdict", "tree", "title"),
    [
        ('Patch "lamp: on" has been added to the 6.6-stable tree', "queued", "6.6-stable",
         "lamp: on"),
        ('FAILED: patch "[PATCH] lamp: on" failed to apply to 6.6-stable tree', "failed",
         "6.6-stable", "[PATCH] lamp: on"),
        ('Applied "lamp: on" to the lamp tree', "applied", "lamp", "lamp: on"),
        ("+ lamp-on.patch added to mm-unstable branch", "queued", "mm-unstable", ""),
    ],
    ids=["stable", "not stable", "applied", "queue"],
)  # fmt: skip
def test_notices_in_subjects(subject, verdict, tree, title):
    """A maintainer's script says in its subject what it did."""
    found = read("Words.\n", subject, "Jo Reed <jo@reed.example>")
    assert (found.verdict, found.tree, found.patch_title) == (verdict, tree, title)


def test_a_program_that_reviews():
    """A review by a program has its points as lines; without any it passed."""
    found = read(REVIEW, "Re: [PATCH] lamp", "sashiko-bot@review.example")
    assert (found.program, found.kind, found.verdict) == ("sashiko", "review", "remarked")
    assert [line.text for line in found.lines] == [
        "[High] The timer is never stopped.", "[Low] A word is spelled wrong.",
    ]  # fmt: skip
    assert (found.line_count, found.commit) == (2, NIGHT)
    clean = "Sashiko has reviewed this patch and found no issues. It looks great!\n"
    assert read(clean, "Re: [PATCH] lamp", "sashiko-bot@review.example").verdict == "passed"


def test_graphics_and_qemu():
    """Patchwork of graphics tells a state; patchew tells in words what failed."""
    text = "== Series Details ==\n\nSeries: lamp: on\nState : failure\n"
    found = read(text, "✗ Fi.CI.BAT: failure for lamp: on", "Patchwork <patchwork@emeril.example>")
    assert (found.program, found.verdict, found.patch_title) == (
        "Intel-gfx CI", "failed", "lamp: on",
    )  # fmt: skip
    text = "Patchew URL: https://patchew.example/1/\n\nIt has some coding style problems.\n"
    found = read(text, "Re: [PATCH] lamp", "no-reply@patchew.example")
    assert (found.program, found.kind, found.verdict) == ("patchew", "check", "failed")


def test_an_unknown_program_gives_a_notice():
    """A program whose form is not known says no more than its subject."""
    found = read("Words.\n", "[lamp/lamp] on", "Lamp Build Bot <bot@lamp.example>")
    assert (found.program, found.kind, found.verdict) == ("Lamp Build Bot", "notice", "unknown")
    assert found.summary == "[lamp/lamp] on"


@pytest.mark.parametrize(
    "mail",
    [
        robot(BUILD, "Re: [PATCH] lamp", "Jane Doe <jane@doe.example>"),
        robot("> " + BUILD.replace("\n", "\n> "), "Re: lamp", "Jane Doe <jane@doe.example>"),
        lamp_patch(),
    ],
    ids=["a copy by a person", "an answer", "a patch"],
)
def test_people_make_no_findings(mail):
    """Whatever a person writes, quotes or copies is not a program's finding."""
    assert parse_finding(mail) is None
