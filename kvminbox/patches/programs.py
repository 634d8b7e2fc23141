"""Programs among the senders, by address or by name; and which of them review patches."""

import re
from functools import lru_cache
from typing import Final

from kvminbox.models import Address

# programs that read patches and say what they think of them, as reviewers do
_REVIEWERS: Final = re.compile(
    r"(?:sashiko(?:-bot)?|bot\+bpf-ci|(?:[\w-]+[.-])?ai-?review(?:er)?(?:-bot)?"
    r"|(?:[\w-]+[.-])?review-?bot)(?:\+.*)?@.*",
    re.IGNORECASE | re.DOTALL,
)
_REVIEWER_NAMES: Final = re.compile(
    r"sashiko(?:[ .-]?(?:bot|dev|ai|review).*)?"
    r"|(?:.*\s)?(?:ai|llm)[\s-](?:patch |code )?review(?:er|s| ?bot)?"
    r"|(?:.*[\s.-])?review[\s._-]?(?:ro)?bot",
    re.IGNORECASE | re.DOTALL,
)
# programs that test and report, and take no patches
_TESTERS: Final = re.compile(
    r"(?:lkp|lkft|oe-kbuild|kbuild(?:-all)?|syzbot(?:\+.*)?|kernelci.*|cki-project|hulkci|ci_notify"
    r"|bluez\.test\.bot|snowpatch|regzbot(?:\+.*)?)@.*"
    r"|(?:.*@)(?:kernelci\.org|patchew\.org|syzkaller\..*)",
    re.IGNORECASE | re.DOTALL,
)
_TESTER_NAMES: Final = re.compile(
    r"(?:.*[\s.-])?(?:kernel|kbuild|k?build|0-?day|hulk|test)[\s._-]?(?:test )?(?:ro)?bot"
    r"|(?:lkp|lkft|kernelci|syzbot|syzkaller|regzbot|snowpatch)(?:[\s(+@.].*)?"
    r"|linux kernel functional testing(?:\s.*)?|cki(?: project| bot)?|intel-gfx ci",
    re.IGNORECASE | re.DOTALL,
)
# by address, as seen on kernel lists
_ADDRESSES: Final = re.compile(
    r"(?:tip-bot2?|tipbot|pr-tracker-bot|patchwork-bot(?:\+.*)?|git-patchwork-notify|patchwork"
    r"|patch-notifications|lkp|lkft|oe-kbuild|kbuild(?:-all)?|syzbot(?:\+.*)?|bot|bugbot"
    r"|kernelci.*|cki-project|hulkci|regzbot(?:\+.*)?|buildbot|bugzilla-(?:daemon|noreply)"
    r"|ci_notify|(?:do-?not|no)-?reply|mailer-daemon|[\w.-]+[.-]bot(?:\+.*)?|robot)@.*"
    r"|syzbot\+.*|.*@bot\..*",
    re.IGNORECASE | re.DOTALL,
)
# By name, from whatever address: `kernel test robot <perf@lab.example>`. The word `bot` alone
# tells nothing, since people are called Bot; so `test bot`, `Bugspray Bot`, `tip-bot2 for Jane`.
_NAMES: Final = re.compile(
    r"(?:.*[\s.-])?(?:robot|bugbot)|.*\S *[\[(]bot[\])]"
    r"|(?:.*[\s.-])?(?:test|patch|build|ci|lint|merge|backport|checkpatch|bugspray|bugzilla"
    r"|kernel\.org|kernelci|kunit|patchwork|stable|release|git|github)[\s._-]?bot"
    r"|(?:lkp|lkft|kernelci|syzbot|syzkaller|regzbot|bugbot|buildbot|patchwork|snowpatch"
    r"|patchwork-bot|pr-tracker-bot|tip-bot2?|git-patchwork-notify)(?:[\s(+@.].*)?"
    r"|linux kernel functional testing(?:\s.*)?|cki(?: project| bot)?|intel-gfx ci"
    r"|patch notifications?",
    re.IGNORECASE | re.DOTALL,
)
MAX_TEXT: Final = 300
"""Characters of an address or a name that are compared with those of bots."""


def is_program(address: Address) -> bool:
    """Whether an address, or the name beside it, is that of a known program."""
    return bool(program_sign(address))


def program_sign(address: Address) -> str:
    """Return the address or the name by which a program is known; empty for anybody else."""
    return _program_sign(address.email[:MAX_TEXT], address.name[:MAX_TEXT])


def is_reviewer(address: Address) -> bool:
    """Whether it is that of a program known to review patches: an AI reviewer, for one."""
    return _is_reviewer(address.email[:MAX_TEXT], address.name[:MAX_TEXT])


def is_tester(address: Address) -> bool:
    """Whether it is that of a program known to test patches or trees: the 0-day robot, for one."""
    return _is_tester(address.email[:MAX_TEXT], address.name[:MAX_TEXT])


@lru_cache(maxsize=4096)
def _program_sign(email: str, name: str) -> str:
    if _ADDRESSES.fullmatch(email) or _REVIEWERS.fullmatch(email):
        return email
    return name if _NAMES.fullmatch(name) or _REVIEWER_NAMES.fullmatch(name) else ""


@lru_cache(maxsize=4096)
def _is_reviewer(email: str, name: str) -> bool:
    return bool(_REVIEWERS.fullmatch(email) or _REVIEWER_NAMES.fullmatch(name))


@lru_cache(maxsize=4096)
def _is_tester(email: str, name: str) -> bool:
    return bool(_TESTERS.fullmatch(email) or _TESTER_NAMES.fullmatch(name))
