"""From remarks to what the next version did with their places."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from kvminbox.diffs.lines import DiffMap
from kvminbox.models import (
    Chain,
    FollowUp,
    Message,
    Patch,
    Remark,
    Series,
    SeriesComparison,
    SeriesRef,
)
from kvminbox.models.corpus import check_series, check_several
from kvminbox.order import sent_time
from kvminbox.patches import is_reviewer
from kvminbox.remarks.answered import Answers
from kvminbox.remarks.fate import (
    ALIKE,
    Fate,
    FileFate,
    changed_rows,
    is_telling,
    share_of,
    tell_of_text,
)
from kvminbox.remarks.find import find_remarks, is_by_program
from kvminbox.remarks.heard import Point, find_hearings, list_points
from kvminbox.remarks.pointers import find_referred
from kvminbox.remarks.text import SeriesText
from kvminbox.review.answers import AnswerIndex
from kvminbox.trailers import is_same_person
from kvminbox.versions import compare_series
from kvminbox.versions.linediff import Work

Compare = Callable[[Series, Series], SeriesComparison]
"""Compares the older with the newer one of two versions."""

MAX_VERSIONS: Final = 100
"""Later versions that are looked at for one remark."""


def follow_up(chain: Chain, messages: Iterable[Message]) -> tuple[FollowUp, ...]:
    """Return what became of each remark that others made on a chain's series.

    Answers to others' words, remarks of the author, and mails of programs that do not
    review are left out. The version that is looked at is the first that was sent after the
    remark. It says what differs there, never that a remark was addressed.

    Args:
        chain: the versions of one piece of work.
        messages: the mails in which replies are looked for: their threads', or more.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the messages.
    """
    return tuple(follow_up_all([chain], messages))


def follow_up_all(chains: Iterable[Chain], messages: Iterable[Message]) -> Iterator[FollowUp]:
    """Yield the same for many chains, in their order, with one walk over all messages."""
    check_several(chains, "chains")
    check_several(messages, "mails")
    for answered in find_answers(chains, messages):
        for _, _, found in answered.follow_up():
            yield found


def collect_remarks(series: Series, messages: Iterable[Message]) -> tuple[Remark, ...]:
    """Return the remarks of all replies to a series, in the order of the replies.

    Args:
        series: the series.
        messages: the mails in which replies are looked for: its thread's, or more.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the messages.
    """
    check_series(series)
    check_several(messages, "mails")
    answers = AnswerIndex(messages, [series]).answers.get(0, [])
    return tuple(remark for _, remark in _collect(series, [one.message for one in answers]))


def _collect(series: Series, replies: Iterable[Message]) -> Iterator[tuple[Message, Remark]]:
    text = SeriesText(series)
    for reply in replies:
        for remark in find_remarks(reply, text):
            yield reply, remark


class AnsweredChain(NamedTuple):
    """A chain with the replies to it: all that its remarks and follow-ups are made of."""

    chain: Chain
    replies: tuple[tuple[Message, ...], ...]
    """The mails that answer each of its series."""

    patches: tuple[tuple[Message, ...], ...]
    """The patches sent below each that are no next version: with one the author answers, too."""

    def collect_remarks(self) -> Iterator[tuple[Series, Message, Remark]]:
        """Yield each remark with its series and its mail, series by series."""
        for series, replies in zip(self.chain.series, self.replies, strict=True):
            for reply, remark in _collect(series, replies) if replies else ():
                yield series, reply, remark

    def follow_up(
        self, compare: Compare = compare_series
    ) -> Iterator[tuple[Series, Message, FollowUp]]:
        """Yield what became of each remark of a reviewer, with its series and its mail.

        `compare` compares two versions; another one than `compare_series` may know them already.
        """
        follower = Follower(self, compare)
        for place in range(len(self.chain.series)):
            yield from follower.follow(place)

    @property
    def is_answered(self) -> bool:
        """Whether any mail answers it."""
        return any(self.replies)


def find_answers(chains: Iterable[Chain], messages: Iterable[Message]) -> Iterator[AnsweredChain]:
    """Yield each chain with the mails that answer it, with one walk over all messages."""
    listed = list(chains)
    index = AnswerIndex(messages, [one for chain in listed for one in chain.series])
    yield from divide_answers(listed, index)


def divide_answers(chains: Iterable[Chain], index: AnswerIndex) -> Iterator[AnsweredChain]:
    """Yield the same where the answers to the series of all chains, in order, are known."""
    place = 0
    for chain in chains:
        numbers = range(place, place + len(chain.series))
        place += len(chain.series)
        replies = (index.answers.get(number, ()) for number in numbers)
        patches = tuple(tuple(index.patches.get(number, ())) for number in numbers)
        yield AnsweredChain(
            chain, tuple(tuple(one.message for one in found) for found in replies), patches
        )


def is_open_to_follow(remark: Remark) -> bool:
    """Whether a remark is one that a next version may follow: a reviewer's own on the series."""
    is_review = not remark.by_program or is_reviewer(remark.sender)
    return is_review and not remark.by_author and not remark.is_answer


def _may_be_open(reply: Message, series: Series) -> bool:
    """Whether a mail may have such remarks, by its sender alone."""
    is_review = not is_by_program(reply) or is_reviewer(reply.sender)
    return is_review and not is_same_person(reply.sender, series.sender)


def _is_of_author(later: Series, series: Series, remark: Remark) -> bool:
    """Whether who sent a version, or wrote the patch that a remark is on, sent a later one."""
    people = [series.sender]
    people += [
        patch.author for patch in series.patches if patch.message_id == remark.patch_message_id
    ]
    return any(is_same_person(later.sender, person) for person in people)


class Follower:
    """Follows the remarks of one chain; each two versions are compared once."""

    def __init__(self, answered: AnsweredChain, compare: Compare) -> None:
        chain = answered.chain
        self._answered = answered
        self._compare = compare
        self._by_ref = {one.ref: one for one in chain.series}
        self._parts: dict[SeriesRef, list[SeriesRef]] = {}
        for link in chain.links:
            if link.relation == "split":
                self._parts.setdefault(link.older, []).append(link.newer)
        self._steps: dict[tuple[SeriesRef, SeriesRef], _Step] = {}
        self._diffs = _Diffs()

    def follow(self, place: int) -> Iterator[tuple[Series, Message, FollowUp]]:
        """Yield what became of the remarks in the replies to one series, by its place."""
        series, replies = self._answered.chain.series[place], self._answered.replies[place]
        if not replies:
            return
        text = SeriesText(series)
        given = Answers([*replies, *self._answered.patches[place]], series)
        for reply in replies:
            found = find_remarks(reply, text) if _may_be_open(reply, series) else ()
            for number, remark in enumerate(found):
                if is_open_to_follow(remark):
                    own = given.find(remark, is_alone=len(found) == 1)
                    if not own and (other := find_referred(found, number)):
                        own = given.find(other, is_alone=False)
                    yield series, reply, self._follow(series, remark, reply, own)

    def _follow(
        self, series: Series, remark: Remark, reply: Message, answers: tuple[str, ...]
    ) -> FollowUp:
        followed: FollowUp | None = None
        for later in self._later(series, reply):
            step = self._step(series, later)
            found = step.tell(remark)
            if found is None or (followed and found.fate.outcome == "dropped"):
                continue
            hearings = () if answers else step.find_hearings(remark, found)
            told = [f"its changelog names the writer: {one}" for one in hearings]
            # what is sent again under the same number may be no more than a reminder
            is_new = later.ref.label != series.ref.label
            is_answer = is_new and not answers and _is_of_author(later, series, remark)
            if is_answer:
                told.append(f"the author wrote no reply, and sent {later.ref.label}")
            followed = FollowUp(
                remark=remark,
                series=series.ref,
                next=later.ref,
                outcome=found.fate.outcome,
                next_patch=found.patch,
                next_path=found.path,
                quoted_changed=found.fate.quoted_changed,
                answers=answers,
                answering=later.ref if is_answer else None,
                hearings=hearings,
                evidence=(*found.notes, found.fate.evidence, *told),
            )
            if followed.outcome != "dropped" or not self._is_part(later):
                break  # else another part may have its patch
        return followed or FollowUp(
            remark=remark,
            series=series.ref,
            outcome="no_version",
            answers=answers,
            evidence=("no later version contains its place",),
        )

    def _is_part(self, series: Series) -> bool:
        return any(series.ref in parts for parts in self._parts.values())

    def _later(self, series: Series, reply: Message) -> Iterator[Series]:
        """Yield the versions that were sent after a reply, the nearest first.

        Of a series that was divided each part is one, as are the versions of each.
        """
        moment = sent_time(reply)
        near, seen = deque([series]), {series.ref}
        while near and len(seen) <= MAX_VERSIONS:
            current = near.popleft()
            for ref in (current.next, *self._parts.get(current.ref, ())):
                if ref is None or ref in seen or ref not in self._by_ref:
                    continue
                seen.add(ref)
                near.append(self._by_ref[ref])
                if sent_time(near[-1].messages[0]) > moment:
                    yield near[-1]

    def _step(self, old: Series, new: Series) -> "_Step":
        key = old.ref, new.ref
        if key not in self._steps:
            self._steps[key] = _Step(old, new, self._compare, self._diffs)
        return self._steps[key]


class _Diffs:
    """The diffs of a chain's patches, each prepared once for all of its versions."""

    def __init__(self) -> None:
        self._maps: dict[int, DiffMap] = {}
        self._rows: dict[tuple[int, str], Counter[str]] = {}

    def map(self, patch: Patch) -> DiffMap:
        """Return the lines of a patch's diff."""
        found = self._maps.get(id(patch))
        if found is None:
            found = self._maps[id(patch)] = DiffMap(patch.diff)
        return found

    def changed_rows(self, patch: Patch, path: str) -> Counter[str]:
        """Return the added and removed rows of a file of a patch."""
        key = id(patch), path
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = changed_rows(self.map(patch), path)
        return found


class _Found:
    """What was found of one remark."""

    def __init__(
        self, fate: Fate, patch: int | None = None, path: str = "", notes: Sequence[str] = ()
    ) -> None:
        self.fate = fate
        self.patch = patch
        self.path = path
        self.notes = tuple(notes)


class _Step:
    """Two versions of a series, and what became of places of the older one."""

    def __init__(self, old: Series, new: Series, compare: Compare, diffs: _Diffs) -> None:
        self._old = old
        self._new = new
        self._compare = compare
        self._changed_rows = diffs.changed_rows
        self._map = diffs.map
        self._fates: dict[tuple[int, str, int, str], FileFate] = {}
        self._work = Work()
        self._points: dict[int | None, tuple[Point, ...]] = {}
        """What the changelog of the new version says, for each of its patches."""
        self._mails = {mail.message_id: mail for mail in (*old.messages, *old.duplicates)}

    @cached_property
    def _pairs(self) -> dict[int, tuple[Patch | None, str]]:
        """The patch of the new version, and the verdict, for each old patch by its identity."""
        compared = self._compare(self._old, self._new).patches
        return {id(one.old): (one.new, one.verdict) for one in compared if one.old is not None}

    @property
    def _is_whole(self) -> bool:
        """Whether what is not in the new version was left out, and no mail is merely missing."""
        new = self._new
        is_part = new.status == "partial_reroll" or new.minor_revision is not None
        return not new.missing and not is_part

    def tell(self, remark: Remark) -> _Found | None:
        """Tell what became of a remark's place; None if this version does not say."""
        mail = self._mails.get(remark.patch_message_id)
        if mail is None:
            return None
        if not isinstance(mail, Patch) or remark.patch == 0:
            return self._tell_of_cover(remark, mail)
        new, verdict = self._pairs.get(id(mail), (None, "dropped"))
        if remark.place in {"line", "file"}:
            return self._tell_of_file(remark, mail, new)
        if new is None:
            return self._dropped()
        number = self._new.number_of(new)
        if remark.place in {"message", "notes"}:
            return _Found(_tell_of_words(remark, mail, new), number)
        if verdict == "unchanged":
            return _Found(Fate("unchanged", "the patch is the same"), number)
        return _Found(Fate("elsewhere", "the patch differs"), number)

    def find_hearings(self, remark: Remark, found: _Found) -> tuple[str, ...]:
        """Return what the new version's changelog says of a remark whose place is as it was."""
        if found.fate.outcome not in {"unchanged", "elsewhere"}:
            return ()
        if found.patch not in self._points:
            self._points[found.patch] = list_points(self._new, found.patch)
        return find_hearings(remark, self._points[found.patch])

    def _dropped(self) -> _Found | None:
        fate = Fate("dropped", "its patch is not in that version")
        return _Found(fate) if self._is_whole else None

    def _tell_of_cover(self, remark: Remark, mail: Message) -> _Found | None:
        cover = self._new.cover
        if remark.place == "cover" and remark.row is not None:
            if cover is None:
                fate = Fate("dropped", "that version has no cover letter")
                return _Found(fate) if self._is_whole else None
            lines = mail.body.split("\n")
            first = remark.row if remark.first_row is None else remark.first_row
            return _Found(tell_of_text(lines, remark.row, first, cover.body), 0)
        if all(verdict == "unchanged" for _, verdict in self._pairs.values()):
            return _Found(Fate("unchanged", "its patches are the same"), 0)
        return _Found(Fate("elsewhere", "the series differs"), 0)

    def _tell_of_file(self, remark: Remark, old: Patch, new: Patch | None) -> _Found | None:
        home = self._find_home(remark, old, new)
        if home is None:
            if new is None:
                return self._dropped()
            if not self._is_whole:
                return None
            number = self._new.number_of(new)
            return _Found(Fate("gone", "the file is not in that version's patch"), number)
        patch, path, notes = home
        fate = self._fate(old, remark.path, patch, path)
        row = remark.row
        moved = path if path != remark.path else ""
        if row is not None and remark.place == "line" and fate.has(row):
            told = fate.tell(row, row if remark.first_row is None else remark.first_row)
        else:
            told = fate.tell_of_hunk(self._rows_of_hunk(old, remark))
        return _Found(told, self._new.number_of(patch), moved, notes)

    def _find_home(
        self, remark: Remark, old: Patch, new: Patch | None
    ) -> tuple[Patch, str, tuple[str, ...]] | None:
        """Find the patch and file of the new version where a remark's file went."""
        path = remark.path
        has_path = new is not None and path in self._map(new).paths
        if new is not None and has_path and self._keeps(old, new, remark):
            return new, path, ()
        rows = self._changed_rows(old, path)
        others = [one for one in self._new.patches if one is not new]
        for other in others:
            if path not in self._map(other).paths or not self._keeps(old, other, remark):
                continue
            # a line may be in two patches by chance, unless more of the file went there
            if not has_path or share_of(rows, self._changed_rows(other, path)) >= ALIKE:
                number = self._new.number_of(other)
                return other, path, (f"the file's changes are in patch {number}",)
        if new is not None and has_path:
            return new, path, ()
        best, most = None, ALIKE
        for other in [new, *others] if new is not None else others:
            for name in self._map(other).paths:
                share = share_of(rows, self._changed_rows(other, name))
                if share >= most and (best is None or share > most):
                    best, most = (other, name), share
        if best is None:
            return None
        patch, name = best
        note = f"the file is {name!r} now" if name != path else "its changes are in another patch"
        return patch, name, (note,)

    def _keeps(self, old: Patch, new: Patch, remark: Remark) -> bool:
        """Whether a patch has a remark's line; one that can't be recognised counts as there."""
        if remark.row is None or remark.place != "line":
            return True
        line = self._map(old).rows[remark.row]
        if not is_telling(line) or line[:1] not in {"+", "-"}:
            return remark.path in self._map(new).paths
        return self._fate(old, remark.path, new, remark.path).is_kept(remark.row)

    def _rows_of_hunk(self, old: Patch, remark: Remark) -> list[int]:
        diff = self._map(old)
        rows = diff.find_rows(remark.path)
        if remark.hunk is None:
            return rows
        return [row for row in rows if (at := diff.locate(row)) and at.hunk == remark.hunk]

    def _fate(self, old: Patch, path: str, new: Patch, new_path: str) -> FileFate:
        key = id(old), path, id(new), new_path
        if key not in self._fates:
            found = FileFate(self._map(old), path, self._map(new), new_path, self._work)
            self._fates[key] = found
        return self._fates[key]


def _tell_of_words(remark: Remark, old: Patch, new: Patch) -> Fate:
    """Tell what became of words of a message, or of its notes."""
    if remark.row is None:
        return Fate("elsewhere", "the patch differs")
    body = old.body.split("\n")
    if remark.place == "notes":
        after = new.notes
        lines = old.notes.split("\n")
    else:
        after = f"{new.title}\n{_plain(new)}"
        lines = [old.title, *_plain(old).split("\n")]
    words = body[remark.row]
    # the row is in the body; the text that is compared has no headers and no trailers
    try:
        row = lines.index(words)
    except ValueError:  # a trailer is held against trailers
        return tell_of_text([words], 0, 0, f"{after}\n{new.commit_message}")
    count = remark.row - (remark.row if remark.first_row is None else remark.first_row)
    return tell_of_text(lines, row, max(0, row - count), after)


def _plain(patch: Patch) -> str:
    """Return a commit message without its trailers: a new Reviewed-by changes no words."""
    if not patch.trailers:
        return patch.commit_message
    head, _, _ = patch.commit_message.rpartition("\n\n")
    return head
