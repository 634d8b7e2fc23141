"""Whether the author answered a remark, by what the author's replies quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Message, Remark, Series
from kvminbox.remarks.lines import read_lines
from kvminbox.remarks.text import make_key
from kvminbox.trailers import is_same_person

MIN_KEY: Final = 4
"""Characters of a line that tells which remark is quoted."""

MAX_LINES: Final = 40
"""Lines of a remark of which one must be quoted."""


@dataclass(slots=True)
class _Reply:
    message: Message
    quoted: dict[str, int]
    """The last line that quotes each key."""

    last_own: int
    """The last line with own words; -1 without any."""


class Answers:
    """The author's replies to a series, by the mail that each answers."""

    def __init__(self, replies: Sequence[Message], series: Series) -> None:
        self._series = series
        self._replies: dict[str, list[Message]] = {}
        self._read: dict[int, _Reply] = {}
        for reply in replies:
            for identity in reply.in_reply_to:
                self._replies.setdefault(identity, []).append(reply)

    def find(self, remark: Remark) -> tuple[str, ...]:
        """Return the ids of the author's answers to a remark.

        An answer quotes a line of it and has own words further down, since one answer often
        stands below several remarks; or it quotes nothing at all.
        """
        keys = [make_key(line) for line in remark.text.split("\n", MAX_LINES)[:MAX_LINES]]
        keys = [key for key in keys if len(key) >= MIN_KEY] or keys
        found = []
        for reply in self._replies.get(remark.message_id or "", ()):
            if not self._is_author(reply, remark):
                continue
            read = self._look(reply)
            places = [read.quoted[key] for key in keys if key in read.quoted]
            is_answer = min(places) < read.last_own if places else not read.quoted
            if is_answer and read.last_own >= 0:
                found.append(reply.message_id or "")
        return tuple(found)

    def _is_author(self, reply: Message, remark: Remark) -> bool:
        people = [self._series.sender]
        people += [
            patch.author
            for patch in self._series.patches
            if patch.message_id == remark.patch_message_id
        ]
        return any(is_same_person(reply.sender, person) for person in people)

    def _look(self, reply: Message) -> _Reply:
        if id(reply) not in self._read:
            quoted: dict[str, int] = {}
            last = -1
            for number, line in enumerate(read_lines(reply)):
                if line.depth:
                    quoted[line.key] = number
                elif line.key and not line.is_attribution:
                    last = number
            self._read[id(reply)] = _Reply(reply, quoted, last)
        return self._read[id(reply)]
