"""Programs among the senders, known by their addresses or their names."""

import pytest

from kvminbox.models import Address
from kvminbox.patches import is_program, is_reviewer, is_tester

PROGRAMS = [
    ("kernel test robot", "perf@lab.example"),
    ("kbuild test robot", "fengguang@lab.example"),
    ("0day robot", "zero@lab.example"),
    ("Hulk Robot", "hulk@lab.example"),
    ("Linux Kernel Functional Testing", "lab@lab.example"),
    ("CKI Project", "cki@lab.example"),
    ("KernelCI bot", "ci@lab.example"),
    ("syzbot", "x@lab.example"),
    ("syzbot ci", "x@lab.example"),
    ("Bugspray Bot", "bugs@lab.example"),
    ("Kernel.org Bugbot", "bugs@lab.example"),
    ("tip-bot2 for Old Oak", "tip@lab.example"),
    ("Regzbot (on behalf of Old Oak)", "regressions@tree.example"),
    ("Patchwork", "pw@lab.example"),
    ("lamps-actions[bot]", "41898282+lamps@hub.example"),
    ("Lamps (bot)", "lamps@hub.example"),
    ("patchwork-bot+lamps", "pw@lab.example"),
    ("bluez.test.bot", "tests@mail.example"),
    ("Lamps Review Bot", "x@lab.example"),
    ("Old Oak", "patch-notifications@tree.example"),
    ("", "bugbot@kernel.example"),
    ("", "lkft@lab.example"),
    ("", "bugzilla-daemon@kernel.example"),
    ("", "bluez.test.bot@mail.example"),
    ("", "cki-project@lab.example"),
    ("", "buildbot@lab.example"),
    ("", "do-not-reply@lab.example"),
]
PEOPLE = [
    ("Jan Bot", "jan@tree.example"),
    ("Bot, Jan", "jan@tree.example"),
    ("Jan Bot (Lamps)", "jan@tree.example"),
    ("Ann Talbot", "talbot@tree.example"),
    ("Abbot", "abbot@tree.example"),
    ("Daniel Bristot", "bristot@tree.example"),
    ("Robotham Lee", "robotham@tree.example"),
    ("Old Oak", "oak-robots@tree.example"),
    ("David T", "davidt-robot@tree.example"),
    ("Testa Bottini", "testa@tree.example"),
    ("Sashiko Oki", "sashiko.oki@tree.example"),
    ("Patch Adams", "patch@tree.example"),
    ("Lukas Patchworker", "lukas@tree.example"),
    ("Kernel Hacker", "kernel@tree.example"),
]
REVIEWERS = [
    ("", "sashiko-bot@kernel.example"),
    ("sashiko", "x@lab.example"),
    ("Sashiko AI review", "x@lab.example"),
    ("", "bot+bpf-ci@kernel.example"),
    ("Lamps AI Reviewer", "x@lab.example"),
    ("LLM code review", "x@lab.example"),
    ("", "ai-review-bot@lab.example"),
]


@pytest.mark.parametrize(("name", "email"), [*PROGRAMS, *REVIEWERS])
def test_programs(read, name, email):
    """A program is known by its address or its name; its reply is no person's."""
    assert is_program(Address(name=name, email=email))
    message = read("Re: [PATCH] x", "Hm.\n", **{"from": f'"{name}" <{email}>'})
    assert message.kind == "bot"
    assert message.evidence[-1 - is_reviewer(message.sender)].endswith("is a known bot")


@pytest.mark.parametrize(("name", "email"), PEOPLE)
def test_people_with_such_names(read, name, email):
    """People are called Bot and Talbot, and their replies are replies."""
    assert not is_program(Address(name=name, email=email))
    assert read("Re: [PATCH] x", "Hm.\n", **{"from": f'"{name}" <{email}>'}).kind == "reply"


@pytest.mark.parametrize(("name", "email"), REVIEWERS)
def test_programs_that_review(read, name, email):
    """A program that reads patches is told apart from one that builds or takes them."""
    assert is_reviewer(Address(name=name, email=email))
    message = read("Re: [PATCH] x", "Hm.\n", **{"from": f'"{name}" <{email}>'})
    assert message.evidence[-1] == "it is known to review patches"


@pytest.mark.parametrize(("name", "email"), [*PROGRAMS[:18], *PEOPLE])
def test_programs_that_do_not_review(name, email):
    """A build robot reports, and gives no opinion."""
    assert not is_reviewer(Address(name=name, email=email))


def test_a_program_behind_a_list(read):
    """A program whose From the list rewrote is one, by the name that is left."""
    via = {"from": "kernel test robot via lamps <lamps@lists.example>",
           "list_id": "<lamps.lists.example>"}  # fmt: skip
    message = read("Re: [PATCH] x", "Hm.\n", **via)
    assert message.kind == "bot"
    assert message.evidence[-1] == "the sender kernel test robot is a known bot"


def test_a_program_that_sends_a_patch(read, formatted):
    """A robot's marked patch is a patch all the same."""
    robot = {"from": "kernel test robot <perf@lab.example>"}
    assert read("[PATCH] lamp: fix it", formatted, **robot).kind == "patch"
    reviewer = read("[PATCH] lamp: fix it", formatted, **{"from": "sashiko-bot@lab.example"})
    assert reviewer.kind == "patch"
    assert "it is known to review patches" not in reviewer.evidence


TESTERS = [
    ("kernel test robot", "jo@lab.example"),
    ("Linux Kernel Functional Testing", "lab@lab.example"),
    ("CKI Project", "cki@lab.example"),
    ("", "lkp@lab.example"),
    ("", "syzbot+0123@lab.example"),
    ("", "ci_notify@lab.example"),
]
KEEPERS = [
    ("Old Oak", "patch-notifications@tree.example"),
    ("", "patchwork-bot+lamps@kernel.example"),
    ("", "pr-tracker-bot@kernel.example"),
    ("tip-bot2 for Old Oak", "tip-bot2@tree.example"),
    ("", "bugzilla-daemon@kernel.example"),
]


@pytest.mark.parametrize(("name", "email"), [*TESTERS, *KEEPERS, *PEOPLE])
def test_programs_that_test(name, email):
    """Those that test patches are told apart from those that tell what became of them."""
    assert is_tester(Address(name=name, email=email)) is ((name, email) in TESTERS)
