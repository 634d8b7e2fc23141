"""Which mail a commit was made from: the evidence, from the strongest to the weakest.

1. The commit names the mail, in a `Link:` or `Message-ID:`, and title or change agree.
2. The diff is the mail's, and the author date is its Date, which `git am` takes over to the
   second. That parts resends of one day, which a diff can't.
3. The diff is the mail's: of several such mails the last one before the commit.
4. The author date is the mail's Date, the author its author, and title or lines agree; unless
   a later version is more alike, since `git commit --amend` keeps the date.
5. The title is the mail's, and files and lines agree; or files and author, and the title says
   more than `Fix a typo`.
6. The author is the mail's, and nearly all lines agree.
7. The author date is the mail's Date, the author its author, and a file agrees.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kvminbox.models import Relation
from kvminbox.trailers import is_same_person
from kvminbox.upstream.commit_text import CommitText, find_mail_ids, find_upstream
from kvminbox.upstream.diffs import DiffFacts
from kvminbox.upstream.lines import could_be_alike, measure_alike
from kvminbox.upstream.mails import MAX_LAG, SLACK, MailFacts, MailIndex, fold_title

DATED: Final = 0.3
"""The share of lines that agrees with an author date."""

TITLED: Final = 0.2
"""The share of lines that agrees with a title."""

ALIKE: Final = 0.8
"""The share of lines that is enough with the author."""

HALF: Final = 0.5
"""The share of lines, and of words of the title, that is enough with the author."""

LONG_TITLE: Final = 4
"""Words of a title that an author gives to one change."""

MUCH_BETTER: Final = 0.05
"""How much more alike a later version must be to win over an author date."""

BY_HAND: Final = 60
"""Seconds between the two dates of a commit that was made on the spot, not from a mail."""


@dataclass(frozen=True, slots=True)
class Match:
    """A mail that a commit was made from, with the reasons."""

    mail: MailFacts
    relation: Relation
    evidence: tuple[str, ...]
    confidence: float
    also: tuple[MailFacts, ...] = ()


@dataclass
class Candidate:
    """A commit that may have been made from a mail; its diff is read when it is asked for."""

    text: CommitText
    read_facts: Callable[[CommitText], DiffFacts]
    read_paths: Callable[[CommitText], frozenset[str]]
    _alike: dict[int, float] = field(default_factory=dict)

    @cached_property
    def title(self) -> str:
        """Its title, as it is compared."""
        return fold_title(self.text.title)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The mails that it names."""
        return find_mail_ids(self.text.message)

    @cached_property
    def end(self) -> float:
        """The time up to which a mail may have led to it."""
        seconds = self.text.committer_time
        return (seconds if seconds is not None else self.text.author_time or 0) + SLACK

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths that it touches."""
        return self.facts.paths if "facts" in self.__dict__ else self.read_paths(self.text)

    @cached_property
    def facts(self) -> DiffFacts:
        """What it changes."""
        return self.read_facts(self.text)

    @cached_property
    def lines(self) -> tuple[frozenset[int], ...]:
        """The changed lines of its diff, without and with renames."""
        return tuple(map(frozenset, self.facts.lines))

    def alike(self, mail: MailFacts) -> float:
        """Return the share of changed lines that it has in common with a mail.

        Where neither has lines, as for files that were only renamed, paths are compared.
        """
        if id(mail) not in self._alike:
            shares = [measure_alike(lines, mail.lines) for lines in self.lines]
            if not mail.lines and any(not lines for lines in self.lines):
                both = len(self.paths) + len(mail.paths)
                shares.append(2 * len(self.paths & mail.paths) / both if both else 0.0)
            self._alike[id(mail)] = max(shares)
        return self._alike[id(mail)]

    def could_be(self, mail: MailFacts, least: float) -> bool:
        """Whether it can have such a share in common with a mail, by the number of lines."""
        if not mail.lines:
            return True
        return any(could_be_alike(len(lines), len(mail.lines), least) for lines in self.lines)

    def has_diff_of(self, mail: MailFacts) -> bool:
        """Whether its diff is the mail's."""
        return bool(mail.patch_id) and mail.patch_id in self.facts.patch_ids

    def is_by(self, mail: MailFacts) -> bool:
        """Whether its author is the mail's."""
        return is_same_person(self.text.author, mail.author) is True


def find_match(commit: Candidate, index: MailIndex, *, links: bool = True) -> list[Match]:
    """Return the mail that a commit was made from, and others that it only names.

    Args:
        commit: the commit; a merge has no diff and is asked for what it names alone.
        index: the mails.
        links: whether the mails that it names count; a test of the rest leaves them out.
    """
    named = [index.by_id[one] for one in commit.ids if one in index.by_id] if links else []
    if len(commit.text.parents) > 1:
        return [_link(mail) for mail in named]
    dated = [
        mail for mail in index.by_date.get(commit.text.author_time or -1, ()) if commit.is_by(mail)
    ]
    titled = index.by_title.get(commit.title, [])
    found = _find_best(commit, index, named, dated, titled)
    if found and links and commit.ids and not named:
        said = (*found.evidence, "the commit names another mail, which is not in this archive")
        found = replace(found, evidence=said)
    taken = (found.mail, *found.also) if found else ()
    others = [mail for mail in named if all(mail is not one for one in taken)]
    return [*([found] if found else []), *(_link(mail) for mail in others)]


def _find_best(
    commit: Candidate,
    index: MailIndex,
    named: Sequence[MailFacts],
    dated: Sequence[MailFacts],
    titled: Sequence[MailFacts],
) -> Match | None:
    authored: list[MailFacts] = []
    if not (named or dated or titled):
        authored = _find_authored(commit, index)
        if not authored:
            return None
    same = [mail for one in commit.facts.patch_ids for mail in index.by_patch_id.get(one, ())]
    found = (
        _by_name(commit, named)
        or _by_diff(commit, same)
        or _by_date(commit, dated, titled)
        or _by_title(commit, titled)
        or _by_author(commit, authored or _find_authored(commit, index))
        or _by_date_and_file(commit, dated)
    )
    if found is None:
        return None
    mail, evidence, confidence = found
    also = sorted((one for one in same if one is not mail), key=lambda one: one.sent)
    relation, reason = _relate(commit, mail, titled)
    return Match(mail, relation, (*evidence, *reason), confidence, tuple(also))


_Found = tuple[MailFacts, tuple[str, ...], float]


def _by_name(commit: Candidate, named: Sequence[MailFacts]) -> _Found | None:
    agreeing = [
        mail
        for mail in named
        if mail.title == commit.title or commit.has_diff_of(mail) or commit.alike(mail) >= DATED
    ]
    if not agreeing:
        return None
    mail = max(agreeing, key=lambda mail: (_worth(commit, mail), mail.sent))
    said = ["the commit names the mail"]
    if mail.title == commit.title:
        said.append("the title is the mail's")
    said.append(_tell_lines(commit, mail))
    return mail, tuple(said), 1.0


def _worth(commit: Candidate, mail: MailFacts) -> tuple[bool, bool, float]:
    is_dated = mail.seconds == commit.text.author_time
    return commit.has_diff_of(mail), is_dated, commit.alike(mail)


def _by_diff(commit: Candidate, same: Sequence[MailFacts]) -> _Found | None:
    dated = [mail for mail in same if mail.seconds == commit.text.author_time]
    if dated:
        said = ("the diff is the mail's", "the author date is the mail's Date")
        return _choose_last(dated), said, 1.0
    before = [mail for mail in same if mail.sent <= commit.end]
    if not before:
        return None
    mail = _choose_last(before)
    rest = len(same) - 1
    what = "the last such mail before the commit" if rest else "no other mail has it"
    is_known = mail.title == commit.title or commit.is_by(mail)
    return mail, ("the diff is the mail's", what), 0.97 if is_known else 0.9


def _choose_last(mails: Iterable[MailFacts]) -> MailFacts:
    """Return the last of some mails; one in a reply only where none is a submission."""
    return max(mails, key=lambda mail: (not mail.is_suggestion, mail.sent))


def _by_date(
    commit: Candidate, dated: Sequence[MailFacts], titled: Sequence[MailFacts]
) -> _Found | None:
    agreeing = [mail for mail in dated if mail.title == commit.title or commit.alike(mail) > DATED]
    if not agreeing:
        return None
    mail = max(agreeing, key=lambda mail: (mail.title == commit.title, commit.alike(mail)))
    share = commit.alike(mail)
    later = [
        other
        for other in titled
        if mail.sent < other.sent <= commit.end
        and commit.is_by(other)
        and commit.alike(other) > share + MUCH_BETTER
    ]
    if later:
        mail = max(later, key=lambda other: (commit.alike(other), other.sent))
        return mail, (
            "the title and the author are the mail's, and of its versions this is the most similar",
            _tell_lines(commit, mail),
        ), 0.9  # fmt: skip
    said = ["the author date is the mail's Date", "the author is its author"]
    if mail.title == commit.title:
        said.append("the title is the mail's")
    said.append(_tell_lines(commit, mail))
    return mail, tuple(said), 0.97 if mail.title == commit.title else 0.9


def _by_title(commit: Candidate, titled: Sequence[MailFacts]) -> _Found | None:
    agreeing = [
        mail
        for mail in titled
        if mail.sent <= commit.end
        and not commit.paths.isdisjoint(mail.paths)
        and (commit.alike(mail) >= TITLED or _is_titled_by(commit, mail))
    ]
    if not agreeing:
        return None
    mail = max(
        agreeing, key=lambda mail: (commit.is_by(mail), round(commit.alike(mail), 2), mail.sent)
    )
    share = commit.alike(mail)
    said = ["the title is the mail's"]
    if commit.is_by(mail):
        said.append("the author is its author")
    said.append(_tell_lines(commit, mail))
    return mail, tuple(said), min(0.95, 0.55 + share * 0.4 + (0.05 if commit.is_by(mail) else 0))


def _is_titled_by(commit: Candidate, mail: MailFacts) -> bool:
    """Whether a mail's author wrote the commit, within a year, under a title of its own."""
    is_own = len(commit.title.split()) >= LONG_TITLE and commit.is_by(mail)
    return is_own and commit.end - mail.sent <= MAX_LAG / 2


def _find_authored(commit: Candidate, index: MailIndex) -> list[MailFacts]:
    """Return the mails of a commit's author that touch a file of it, from not too long before."""
    mails = list(index.by_same_author(commit.text.author, commit.end - MAX_LAG, commit.end))
    return [mail for mail in mails if not commit.paths.isdisjoint(mail.paths)] if mails else []


def _by_author(commit: Candidate, authored: Iterable[MailFacts]) -> _Found | None:
    best: MailFacts | None = None
    best_key = (0.0, 0.0)
    for mail in authored:
        if not commit.could_be(mail, HALF):
            continue
        share = commit.alike(mail)
        if share >= ALIKE or (share >= HALF and _share_words(commit.title, mail.title) >= HALF):
            key = (round(share, 2), mail.sent)
            if best is None or key > best_key:
                best, best_key = mail, key
    if best is None:
        return None
    said = ["the author is the mail's", _tell_lines(commit, best)]
    words = _share_words(commit.title, best.title)
    if words >= HALF:
        said.append(f"{words:.0%} of the title's words are the mail's")
    return best, tuple(said), round(min(0.9, 0.3 + 0.4 * commit.alike(best) + 0.2 * words), 2)


def _by_date_and_file(commit: Candidate, dated: Sequence[MailFacts]) -> _Found | None:
    near = [mail for mail in dated if not commit.paths.isdisjoint(mail.paths)]
    if not near:
        return None
    mail = max(near, key=commit.alike)
    said = [
        "the author date is the mail's Date",
        "the author is its author",
        "a file is the mail's",
    ]
    return mail, (*said, _tell_lines(commit, mail)), 0.7


def _share_words(one: str, other: str) -> float:
    words, others = set(one.split()), set(other.split())
    return len(words & others) / max(len(words), len(others), 1)


def _relate(
    commit: Candidate, mail: MailFacts, titled: Sequence[MailFacts]
) -> tuple[Relation, tuple[str, ...]]:
    """Return how the commit stands to the mail that it was made from, and why."""
    if upstream := find_upstream(commit.text.message):
        return "backport", (f"the commit says that it is made from {upstream[0][:12]}",)
    versions = find_versions(mail, titled)
    later = [one for one in versions if mail.sent < one.sent <= commit.end - SLACK
             and not commit.has_diff_of(one)]  # fmt: skip
    if later:
        newest = max(one.ref.revision for one in later)
        return "earlier_version", (f"there is a later version of the mail, v{newest}",)
    is_same = commit.has_diff_of(mail)
    if not _is_written_anew(commit, mail):
        return "applied" if is_same else "edited", ()
    when = _tell_span(commit.text.author_time or 0, mail.seconds or 0)
    date = f"the author date is {when} after the mail's Date"
    if is_same:
        return "applied", (
            f"{date}: it may have been sent again in a mail that is not in this archive",
        )
    return "earlier_version", (
        f"{date}: a later version was applied, which is not in this archive",
    )


def _is_written_anew(commit: Candidate, mail: MailFacts) -> bool:
    """Whether the mail's author wrote the commit after the mail was sent.

    Who edits a patch leaves its author date alone, but for those who commit a file that they
    patched by hand: then both dates of the commit are that moment.
    """
    text = commit.text
    if text.author_time is None or mail.seconds is None or not commit.facts.is_known:
        return False
    if text.author_time <= mail.seconds or not commit.is_by(mail):
        return False
    is_by_hand = is_same_person(text.committer, text.author) is not True and (
        abs(text.author_time - (text.committer_time or 0)) <= BY_HAND
    )
    return not is_by_hand


def _tell_span(later: int, earlier: int) -> str:
    hours = (later - earlier) / 3600
    if hours < 1:
        return "less than an hour"
    if hours < 2:
        return "an hour"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def find_versions(mail: MailFacts, titled: Sequence[MailFacts]) -> list[MailFacts]:
    """Return the other mails of one title by the same author: versions and resends."""
    return [
        other
        for other in titled
        if other is not mail
        and other.title == mail.title
        and is_same_person(other.author, mail.author) is True
    ]


def _link(mail: MailFacts) -> Match:
    said = ("the commit names the mail", "neither its title nor its diff is the mail's")
    return Match(mail, "linked", said, 0.3)


def _tell_lines(commit: Candidate, mail: MailFacts) -> str:
    if commit.has_diff_of(mail):
        return "the diff is the mail's"
    if not commit.facts.is_known:
        return "its diff could not be compared"
    return f"{commit.alike(mail):.0%} of the changed lines are the mail's"
