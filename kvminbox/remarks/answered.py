"""Whether the author answered a remark, by what the author's replies quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kvminbox.models import Message, Remark, Series
from kvminbox.remarks.heeded import heeds_all
from kvminbox.remarks.lines import read_lines
from kvminbox.remarks.rewrapped import AnsweredRun, find_answered_runs, quotes_rewrapped
from kvminbox.remarks.talk import MIN_TOLD, find_talked
from kvminbox.remarks.text import make_key
from kvminbox.review.own_text import own_lines
from kvminbox.review.phrases import find_claims, may_claim
from kvminbox.review.withdrawn import find_withdrawal, may_withdraw
from kvminbox.trailers import is_same_person

MAX_OWN: Final = 4_000
"""Characters of a reply's own words in which it is looked for whether they answer all remarks."""

MIN_KEY: Final = 4
"""Characters of a line that tells which remark is quoted."""

MAX_LINES: Final = 40
"""Lines of a remark of which one must be quoted."""


@dataclass
class _Reply:
    message: Message
    quoted: dict[str, int]
    """The last line that quotes each key."""

    first_quote: int
    """The first line of a quote; 0 without any."""

    last_own: int
    """The last line with own words; -1 without any."""

    revision: int
    """The version of the series that it answers."""

    @cached_property
    def runs(self) -> list[AnsweredRun]:
        """The quotes directly above its own words."""
        return find_answered_runs(read_lines(self.message))

    @cached_property
    def own(self) -> str:
        """Its own words."""
        return "\n".join(
            line.text
            for line in read_lines(self.message)
            if not line.depth and not line.is_attribution
        )

    @cached_property
    def withdraws(self) -> bool:
        """Whether its own words withdraw the patch, which they name."""
        if not may_withdraw(self.message.body):
            return False
        return find_withdrawal(self.own.split("\n"), revision=self.revision) is not None

    @cached_property
    def withdraws_answered(self) -> bool:
        """Whether its own words withdraw the patch that it answers: `Please ignore this.`."""
        if not may_withdraw(self.message.body):
            return False
        lines = own_lines(self.message)
        return find_withdrawal(lines, revision=self.revision, is_direct=True) is not None

    @cached_property
    def answers_all(self) -> bool:
        """Whether it answers all remarks of the mail, and not only those that it quotes.

        It says that all are heeded, or that its sender committed the patch.
        """
        own = self.own[:MAX_OWN]
        if heeds_all(own):
            return True
        return may_claim(own) and any(
            claim.subject == "sender" and claim.named and not (claim.is_wish or claim.is_tried)
            for paragraph in re.split(r"\n\s*\n", own)
            for claim in find_claims(paragraph)
        )


class Answers:
    """The author's replies to a series, by the mail that each answers."""

    def __init__(self, replies: Sequence[Message], series: Series) -> None:
        self._series = series
        self._replies: dict[str, list[Message]] = {}
        self._read: dict[int, _Reply] = {}
        self._talks: dict[int, frozenset[str]] = {}
        self._authors: dict[tuple[int, str | None], bool] = {}
        self._below: dict[str, list[Message]] = {}
        """Those further below each mail, which answer an answer to it."""
        for reply in replies:
            above = reply.references if len(reply.references) > 1 else ()
            for identity in above:
                if identity not in reply.in_reply_to:
                    self._below.setdefault(identity, []).append(reply)
            for identity in reply.in_reply_to:
                self._replies.setdefault(identity, []).append(reply)

    def find(self, remark: Remark, *, is_alone: bool) -> tuple[str, ...]:
        """Return the ids of the author's answers to a remark.

        An answer quotes a line of it and has own words further down, since one answer often
        stands below several remarks; or it quotes nothing at all. Where a mail program broke
        the quoted lines anew, the own words must stand directly below them. Words that
        withdraw the patch answer all remarks on it, and of the mail that they reply to; the
        latter do words that tell of all remarks at once, or that the patch was committed.
        Own words below a talk answer the remark that it began with.

        Args:
            remark: the remark.
            is_alone: whether its mail has no other, so that words above the quote answer it.
        """
        keys = [make_key(line) for line in remark.text.split("\n", MAX_LINES)[:MAX_LINES]]
        keys = [key for key in keys if len(key) >= MIN_KEY] or keys
        found = []
        for reply in self._replies.get(remark.message_id or "", ()):
            if not self._is_author(reply, remark):
                continue
            read = self._look(reply)
            places = [read.quoted[key] for key in keys if key in read.quoted]
            if places:
                is_answer = min(places) < read.last_own
            else:
                is_answer = not read.quoted or quotes_rewrapped(
                    read.runs, remark.text, reply.sender
                )
            if read.last_own >= 0 and not is_answer:
                is_answer = read.answers_all or (is_alone and read.last_own < read.first_quote)
            if (is_answer and read.last_own >= 0) or read.withdraws:
                found.append(reply.message_id or "")
        if not found:
            found += self._find_talks(remark)
        found += [
            reply.message_id or ""
            for reply in self._replies.get(remark.patch_message_id or "", ())
            if self._is_author(reply, remark) and self._look(reply).withdraws_answered
        ]
        return tuple(found)

    def _find_talks(self, remark: Remark) -> list[str]:
        below = self._below.get(remark.message_id or "")
        if not below:
            return []
        told = {make_key(line): line.strip() for line in remark.text.split("\n")[:MAX_LINES]}
        told = {key: line for key, line in told.items() if len(key) >= MIN_TOLD}
        return [
            reply.message_id or ""
            for reply in below
            if any(line in reply.body for line in told.values())
            and self._is_author(reply, remark)
            and not self._read_talk(reply).isdisjoint(told)
        ]

    def _read_talk(self, reply: Message) -> frozenset[str]:
        if id(reply) not in self._talks:
            self._talks[id(reply)] = find_talked(read_lines(reply))
        return self._talks[id(reply)]

    def _is_author(self, reply: Message, remark: Remark) -> bool:
        key = id(reply), remark.patch_message_id
        if key not in self._authors:
            people = [self._series.sender]
            people += [
                patch.author
                for patch in self._series.patches
                if patch.message_id == remark.patch_message_id
            ]
            self._authors[key] = any(is_same_person(reply.sender, person) for person in people)
        return self._authors[key]

    def _look(self, reply: Message) -> _Reply:
        if id(reply) not in self._read:
            quoted: dict[str, int] = {}
            first = last = -1
            for number, line in enumerate(read_lines(reply)):
                if line.depth:
                    quoted[line.key] = number
                    first = number if first < 0 else first
                elif line.key and not line.is_attribution:
                    last = number
            self._read[id(reply)] = _Reply(
                reply, quoted, max(0, first), last, self._series.revision
            )
        return self._read[id(reply)]
