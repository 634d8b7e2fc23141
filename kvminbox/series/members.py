"""The facts of a patch or cover letter that decide which series it belongs to."""

import re
from dataclasses import dataclass
from functools import cached_property

from kvminbox.models import CoverLetter, Message, Patch, PullRequest
from kvminbox.order import parent_ids, sent_time

_TOTAL = re.compile(r"\d{1,4}/(\d{1,4})")
# git send-email `20190910093642.4711-3-jane@…`, before 2016
# `1410337282-4711-3-git-send-email-jane@…`, b4 `20240328-topic-v1-3-0a1b2c3d@…`,
# git format-patch --thread `cover.1624387080.git.jane@…` and `<sha>.1624387080.git.jane@…`,
# quilt `20210302190551.473015400@host`
_STEMS = (
    re.compile(r"(\d{14}\.\d+)-\d+-.*"),
    re.compile(r"(\d{10}-\d+)-\d+-(git-send-email-.*)"),
    re.compile(r"(\d{8}-[\w.-]+-v\d+)-\d+-[0-9a-f]+@.*"),
    re.compile(r"(?:cover|[0-9a-f]{40})\.(\d{9,10}\.git\..*)"),
    re.compile(r"(\d{14})\.\d+(@.*)"),
)
# the number of a mail within its sending, which the first three have; a cover letter is 1, or 0
_COUNT = re.compile(r"(?:\d{14}\.\d+|\d{10}-\d+|\d{8}-[\w.-]+-v\d+)-(\d{1,4})-.*")


@dataclass(eq=False)
class Member:
    """A cover letter or patch, with the facts by which it is grouped."""

    message: Message

    def __post_init__(self) -> None:
        subject = self.message.subject
        self.number: int = subject.counter
        self.is_inferred: bool = False
        self.revision: tuple[int, int | None] = (subject.revision, subject.minor_revision)
        self.revision_stated: bool = subject.revision_stated
        self.sender: str = self.message.sender.key
        self.trees: tuple[str, ...] = tuple(tree.lower() for tree in subject.trees)
        self.total: int | None = _stated_total(self.message)
        self.time: float = sent_time(self.message)
        # a pull request `[GIT PULL 00/23]` is a cover letter, too
        self.is_cover: bool = isinstance(self.message, CoverLetter | PullRequest)

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The ids it refers to, the nearest first.

        In-Reply-To is the nearest where References have it, too: some mail gateways append
        an id of their own to References, a different one to each mail.
        """
        found = parent_ids(self.message)[::-1]
        answered = self.message.in_reply_to
        if len(answered) == 1 and answered[0] in found[1:]:
            return (*answered, *(identity for identity in found if identity != answered[0]))
        return found

    @cached_property
    def root(self) -> str | None:
        """The farthest id it refers to."""
        return next(iter(parent_ids(self.message)), None)

    @cached_property
    def stem(self) -> str:
        """The part that all Message-IDs of one sending share; empty if no pattern matches."""
        return find_stem(self.message.message_id or "")

    @cached_property
    def count(self) -> int | None:
        """Which mail of its sending it is, by its Message-ID; None if that does not say."""
        return find_count(self.message.message_id or "")

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What all members of a series share when no thread joins them."""
        return (self.sender, self.revision, self.total, self.trees)


def find_stem(identity: str) -> str:
    """Return the part that all Message-IDs of one sending share; empty if no pattern matches."""
    matches = (pattern.fullmatch(identity) for pattern in _STEMS)
    return next(("".join(match.groups()) for match in matches if match), "")


def find_count(identity: str) -> int | None:
    """Return which mail of its sending a Message-ID is of; None if it does not say."""
    match = _COUNT.fullmatch(identity)
    return int(match[1]) if match else None


def _stated_total(message: Message) -> int | None:
    """Return the `m` of `n/m` as written; None for `3/n`, where the sender did not know it."""
    for token in message.subject.tokens:
        if token.kind == "counter":
            match = _TOTAL.search(token.text)
            return int(match[1]) if match else None
    return message.subject.total


def is_numbered(message: Message) -> bool:
    """Whether a message may be a member of a series of several."""
    subject = message.subject
    if isinstance(message, PullRequest):
        return subject.counter == 0
    return isinstance(message, Patch | CoverLetter) and subject.counter_stated
