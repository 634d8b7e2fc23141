"""A subject line, taken apart."""

from typing import Literal

from kvminbox.models.base import Model

TokenKind = Literal["patch", "rfc", "resend", "pull", "revision", "counter", "tree", "label"]
"""What a word of the subject prefix is; a `label` is in brackets without any of the others."""


class SubjectToken(Model):
    """One word of the bracketed groups at the start of a subject."""

    text: str
    """The word as written."""

    kind: TokenKind
    """What it says; `tree` is a tree, project or subsystem (`net-next`, `kvm-unit-tests`),
    `label` a word of a group without any patch mark (`[syzbot]`)."""


class Subject(Model):
    """A subject line, with what it states and what can be inferred from it.

    A number that the subject does not state has its usual value, and the flag
    `revision_stated` or `counter_stated` is false. A stated number is the sender's
    claim: `[PATCH 2/3]` does not mean that three patches exist.
    """

    raw: str = ""
    """The whole subject, decoded and unfolded, white space collapsed."""

    title: str = ""
    """The subject without reply marks and the leading bracketed groups."""

    tokens: tuple[SubjectToken, ...] = ()
    """The words of the leading groups, in order."""

    revision: int = 1
    """The `N` of `vN`; 1 if none is stated."""

    minor_revision: int | None = None
    """The `M` of a partial re-roll `vN.M`."""

    revision_stated: bool = False
    """Whether the subject states the revision."""

    counter: int = 1
    """The `n` of `n/m`; 0 is a cover letter; 1 if none is stated."""

    total: int = 1
    """The `m` of `n/m`, raised to the counter if that is greater (`[PATCH 6/5]`)."""

    counter_stated: bool = False
    """Whether the subject states a counter and a total."""

    is_reply: bool = False
    """Whether a reply or forward mark precedes the title, in any known language."""

    has_patch_mark: bool = False
    """Whether a bracketed group marks the mail as a patch (PATCH, RFC, a version or counter)."""

    is_rfc: bool = False
    """Whether it is marked RFC."""

    is_resend: bool = False
    """Whether it is marked RESEND, REPOST, RESUBMIT or REBASED."""

    is_pull: bool = False
    """Whether it is marked as a pull request."""

    def _describe(self) -> str:
        return repr(self.raw[:120])

    @property
    def trees(self) -> tuple[str, ...]:
        """The tree, project and subsystem tokens, in order."""
        return tuple(token.text for token in self.tokens if token.kind == "tree")
