"""What a program found: a build, a test, a crash, a check, or that something was applied."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model
from kvminbox.models.series import SeriesRef

FindingKind = Literal[
    "build", "test", "performance", "crash", "bisection", "check", "review", "apply", "applied",
    "notice",
]  # fmt: skip
"""What the program did: built, ran tests, measured, met a crash, looked for the commit that
brought one, ran checkers such as checkpatch, read the patch, tried to apply it, tells that
it was applied; or something else."""

FindingVerdict = Literal[
    "passed", "warned", "failed", "improved", "regressed", "found", "fixed", "applied", "queued",
    "remarked", "unknown",
]  # fmt: skip
"""The result that it states: `found` a crash or a commit, `fixed` by a commit, `remarked` of a
review that has remarks; `unknown` where it says nothing that is understood."""

FoundLevel = Literal["error", "warning", "other"]
"""How bad a compiler or a checker calls a line."""


class FoundLine(Model):
    """A line in which a compiler, a checker or a kernel says what is wrong."""

    text: str
    """The line, without the bot's mark and outer spaces."""

    path: str = ""
    """The file that it names; never open it. Empty where it names none."""

    line: int | None = None
    """The line's number in that file, in the tree that was tested."""

    level: FoundLevel = "other"
    """How bad the line calls it."""

    is_new: bool = False
    """Whether the bot marks it as new with this commit."""


class FoundCheck(Model):
    """One of many checks or tests of a report."""

    name: str
    """Its name, as written."""

    verdict: FindingVerdict
    """What came of it."""

    where: str = ""
    """The machine or architecture, if stated."""


class Finding(Model):
    """What one bot mail says was found. It is neither a review by a person nor proof."""

    message_id: str | None = None
    """The Message-ID of the mail."""

    sender: Address = NOBODY
    """Who sent it."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    program: str
    """The program: `0-day`, `syzbot`, `LKFT`, `CKI`, `KernelCI`, `BlueZ CI`, `Intel-gfx CI`,
    `patchew`, `sashiko`, `bpf-ci`, `patchwork-bot`, `pr-tracker-bot`, `tip-bot`, `stable`; else
    the sender's name."""

    kind: FindingKind = "notice"
    """What it did."""

    verdict: FindingVerdict = "unknown"
    """What it says came of that."""

    summary: str = ""
    """The one line that says it: a crash's title, what was measured, the report's subject."""

    tree: str = ""
    """The tree that was tested, or that the patch was applied to, as written: usually a URL."""

    branch: str = ""
    """The branch of that tree, if stated."""

    base: str = ""
    """The commit that the patch was applied to, if the mail names that and no tree."""

    commit: str = ""
    """The commit that was tested or blamed, or that a patch became, in hex as written."""

    commit_title: str = ""
    """The title of that commit, if stated."""

    patch_title: str = ""
    """The subject of the patch that was tested, if the mail says so."""

    patch_link: str = ""
    """The Message-ID of the patch that was tested, if the mail says so."""

    architecture: str = ""
    """The architecture, as the configuration or the report names it."""

    config: str = ""
    """The kernel's configuration, as written."""

    compiler: str = ""
    """The compiler, as written."""

    bug: str = ""
    """The id of a bug in the program's own tracker: syzbot's `extid`."""

    lines: tuple[FoundLine, ...] = ()
    """The first lines that say what is wrong, each once; new ones only, where some are marked."""

    line_count: int = 0
    """How many such lines the mail has in all."""

    checks: tuple[FoundCheck, ...] = ()
    """The checks or tests that it lists by name."""

    series: SeriesRef | None = None
    """The series that it is about, where the corpus has it: see `find_findings`."""

    patch: int | None = None
    """The number of the patch in it; 0 for the series as a whole."""

    evidence: tuple[str, ...] = ()
    """How the bot and the series were recognised."""

    def _describe(self) -> str:
        return f"{self.program} {self.kind} {self.verdict}: {self.summary[:80]!r}"
