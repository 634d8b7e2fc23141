"""What a mail points to: other mails, commits, bugs; and what a series builds on."""

from typing import Literal

from kvminbox.models.base import Model
from kvminbox.models.message import PrerequisiteKind
from kvminbox.models.series import SeriesRef

LinkKind = Literal[
    "mail", "commit", "patch_id", "change_id", "bug", "syzbot", "regzbot", "cve", "url"
]  # fmt: skip
"""What a link leads to."""

LinkRole = Literal[
    "mention", "fixes", "closes", "link", "base", "prerequisite", "builds_on", "supersedes",
    "upstream", "cherry_pick", "reverts",
]  # fmt: skip
"""What the text says of it. `prerequisite` is a line that git, b4 or QEMU's people write;
`builds_on` are words such as `depends on` in the same sentence, which are a hint; `mention`
says nothing in particular."""

DependenceState = Literal["found", "superseded", "missing"]
"""Whether what a series builds on is in the corpus, and is the newest version of it."""


class Link(Model):
    """One thing that a mail's own text links to; quoted text is left out.

    It says what is written. Nothing is fetched; whether a commit exists is known only where a
    tree was asked.
    """

    source: str | None
    """The Message-ID of the mail."""

    kind: LinkKind
    """What it links to."""

    role: LinkRole = "mention"
    """What the text says of it."""

    target: str
    """What it names: a Message-ID, a commit as written, `bugzilla.kernel.org#123`, a syzbot or
    CVE number, a regzbot command, else the URL."""

    title: str = ""
    """The title given with a commit."""

    resolved: bool | None = None
    """Whether the corpus has the mail, patch or series, or the tree that was asked the commit;
    None for anything else."""

    commit: str | None = None
    """The full id of the commit, where a tree was asked that has it."""

    evidence: str = ""
    """The text that contains it."""

    def _describe(self) -> str:
        return f"{self.role} {self.kind} {self.target[:100]!r}"


class Dependence(Model):
    """One thing that a series says it builds on, and whether it is there."""

    series: SeriesRef
    """The series that builds on it."""

    kind: PrerequisiteKind
    """The kind of id that names it."""

    value: str
    """The id as written."""

    base: SeriesRef | None = None
    """The series that holds it; None if the corpus does not."""

    newest: SeriesRef | None = None
    """The newest version of that series, where it is another one."""

    state: DependenceState = "missing"
    """`superseded` says that there is a newer version, not that this one does not apply."""

    def _describe(self) -> str:
        return f"{self.state} {self.kind} {self.value[:100]!r} for {self.series.title[:60]!r}"
