"""How often `find_landings` finds the mail that a commit's own trailer names.

    python -m tests.interop.landing_judge TREE LIST... [--cache FILE]

The truth are commits whose `Link:` or `Message-ID:` names exactly one patch of the lists; the
trailers themselves are left out of the evidence. A trailer that names another matter, as that
of the bug, is counted apart where diff, author date and title are all those of the mail that
was found, and none is that of the named one.

Then each of these commits is asked for again twice, as if its mail had not come to the list:
without that mail and its equal copies, and without any mail about the same work. Each
disagreement is printed, to be read.
"""

import argparse
import pickle
import sys
import time
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kvminbox import Inbox, Submission
from kvminbox.upstream import Tree
from kvminbox.upstream.commit_text import find_mail_ids
from kvminbox.upstream.lines import measure_alike
from kvminbox.upstream.mails import MailFacts, MailIndex, author_keys, index_mails
from kvminbox.upstream.match import Candidate, Match, find_match

DAY = 86_400


def read_index(lists: list[str], cache: str | None) -> MailIndex:
    """Return the mails of the lists, from the cache where it is there."""
    if cache and Path(cache).exists():
        return pickle.loads(Path(cache).read_bytes())
    mails = (
        message
        for path in lists
        for message in Inbox.open(path).since("1990-01-01", on_problem="skip").messages()
        if isinstance(message, Submission)
    )
    index = index_mails(mails)
    if cache:
        Path(cache).write_bytes(pickle.dumps(index))
    return index


def is_same_work(one: MailFacts, other: MailFacts) -> bool:
    """Whether two mails are versions or resends of one patch."""
    if one.title == other.title or (one.patch_id and one.patch_id == other.patch_id):
        return True
    return measure_alike(frozenset(one.lines), other.lines) >= 0.5


def is_certain(commit: Candidate, found: Match, truth: MailFacts | None = None) -> bool:
    """Whether all that is known says that a commit was made from the found mail.

    Args:
        commit: the commit.
        found: what was found for it.
        truth: the mail that its trailer names, if it is here.
    """
    if truth and (truth.title == commit.title or commit.alike(truth) >= 0.5):
        return False
    return (
        commit.has_diff_of(found.mail)
        and found.mail.seconds == commit.text.author_time
        and found.mail.title == commit.title
    )


class Works:
    """The mails by what two of one work share: title, diff, or a file and half of the lines."""

    def __init__(self, index: MailIndex) -> None:
        self._index = index
        self._by_path: dict[str, list[MailFacts]] = {}
        for mail in index.mails:
            for path in mail.paths:
                self._by_path.setdefault(path, []).append(mail)

    def of_mail(self, mail: MailFacts) -> list[MailFacts]:
        """Return the mails about the same work, with the mail itself."""
        near = {id(other): other for other in self._index.by_title.get(mail.title, ())}
        if mail.patch_id:
            near.update((id(one), one) for one in self._index.by_patch_id[mail.patch_id])
        for path in mail.paths:
            near.update((id(one), one) for one in self._by_path[path])
        near[id(mail)] = mail
        return [other for other in near.values() if is_same_work(mail, other)]

    def copies_of(self, mail: MailFacts) -> list[MailFacts]:
        """Return a mail, and those with its diff."""
        return [mail] if not mail.patch_id else list(self._index.by_patch_id[mail.patch_id])


@contextmanager
def without(index: MailIndex, mails: Sequence[MailFacts]) -> Iterator[None]:
    """Take mails out of an index, as if they had not come, and put them back."""
    for mail in mails:
        for found in _lists_with(index, mail):
            found[:] = [other for other in found if other is not mail]
    yield
    for mail in mails:
        for found in _lists_with(index, mail):
            insort(found, mail, key=lambda one: one.sent)


def _lists_with(index: MailIndex, mail: MailFacts) -> list[list[MailFacts]]:
    found = [index.by_author[key] for key in author_keys(mail.author)]
    if mail.seconds is not None:
        found.append(index.by_date[mail.seconds])
    if mail.title:
        found.append(index.by_title[mail.title])
    if mail.patch_id:
        found.append(index.by_patch_id[mail.patch_id])
    return found


class Judge:
    """Asks for each commit, and counts."""

    def __init__(self, index: MailIndex, *, brief: bool, withhold: bool) -> None:
        self.index = index
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        self._mails = {id(mail.ref): mail for mail in index.mails}
        self._works = Works(index)
        self._brief = brief
        self._withhold = withhold

    def ask(self, commit: Candidate) -> None:
        """Judge the answer for a commit."""
        here = {
            id(self.index.by_id[one]): self.index.by_id[one]
            for one in find_mail_ids(commit.text.message)
            if one in self.index.by_id
        }
        start = time.process_time()
        found = self._find(commit)
        self.seconds += time.process_time() - start
        if not here:
            if found and is_certain(commit, found):
                self.counts["elsewhere, but the trailer is of another matter"] += 1
                self._tell("OTHER MATTER", commit, found, None)
            else:
                self.counts["elsewhere"] += 1
                self._judge_absent("elsewhere", commit, found, None)
        elif len(here) > 1:
            self.counts["several named"] += 1
        else:
            truth = next(iter(here.values()))
            if found and found.mail is not truth and is_certain(commit, found, truth):
                self.counts["named, but the trailer is of another matter"] += 1
                self._tell("OTHER MATTER", commit, found, truth)
                return
            self._judge_named(commit, found, truth)
            if self._withhold:
                with without(self.index, self._works.copies_of(truth)):
                    self._judge_absent("mail withheld", commit, self._find(commit), truth)
                with without(self.index, self._works.of_mail(truth)):
                    self._judge_absent("work withheld", commit, self._find(commit), truth)
                self.counts["withheld"] += 1

    def _find(self, commit: Candidate) -> Match | None:
        return next(iter(find_match(commit, self.index, links=False)), None)

    def _judge_named(self, commit: Candidate, found: Match | None, truth: MailFacts) -> None:
        self.counts["named"] += 1
        if found is None:
            kind = "missed"
        elif found.mail is truth:
            kind = "same"
        elif is_same_work(found.mail, truth):
            kind = "other version"
        else:
            kind = "other work"
        self.counts[kind] += 1
        if found and kind != "missed":
            self.counts[f"{kind}, {found.relation}{_apart(commit, found)}"] += 1
        if kind != "same":
            self._tell(kind.upper(), commit, found, truth)

    def _judge_absent(
        self, case: str, commit: Candidate, found: Match | None, truth: MailFacts | None
    ) -> None:
        if found is None:
            return
        kind = f"{case}, given as {found.relation}{_apart(commit, found)}"
        self.counts[kind] += 1
        if case != "mail withheld":
            self._tell(kind.upper(), commit, found, truth)
        elif truth is not None and not is_same_work(found.mail, truth):
            self._tell("MAIL WITHHELD, OTHER WORK", commit, found, truth)

    def _tell(
        self, kind: str, commit: Candidate, found: Match | None, truth: MailFacts | None
    ) -> None:
        text = commit.text
        when = f"{text.committed:%F}" if text.committed else ""
        print(f"{kind} {text.id[:12]} {text.title[:90]!r} by {text.author.name} {when}")
        if self._brief:
            return
        for name, mail in (("trailer", truth), ("found", found.mail if found else None)):
            if mail:
                apart = (text.author_time or 0) - (mail.seconds or 0)
                print(f"   {name}: {describe(mail)}; author date {apart / DAY:+.2f} days")
        if found:
            print(f"   {found.confidence:.2f} {'; '.join(found.evidence)}; also {len(found.also)}")


def main() -> int:
    """Print the counts, and each disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree")
    parser.add_argument("lists", nargs="+")
    parser.add_argument("--cache")
    parser.add_argument("--ref", default="HEAD")
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--no-withholding", action="store_true")
    options = parser.parse_args()
    index = read_index(options.lists, options.cache)
    tree = Tree.open(options.tree, [options.ref])
    judge = Judge(index, brief=options.brief, withhold=not options.no_withholding)
    for node in tree.history.nodes(index.begin):
        text = tree.read_text(node.id)
        if len(text.parents) < 2 and find_mail_ids(text.message):
            judge.ask(Candidate(text, tree.read_facts, tree.read_paths))
    tell_counts(judge.counts)
    print(f"{len(index.mails)} mails, {len(tree.history)} commits, {judge.seconds:.1f} s")
    return 0


def tell_counts(counts: Counter[str]) -> None:
    """Print the counts, and the shares that are asked for."""
    for name in sorted(counts):
        print(f"{counts[name]:7} {name}")
    named, given = counts["named"], counts["named"] - counts["missed"]

    def absent(case: str) -> str:
        total = counts["elsewhere" if case == "elsewhere" else "withheld"]
        count = sum(counts[name] for name in counts if name.startswith(f"{case}, given"))
        return f"{count} of {total}, {count / max(total, 1):.2%}"

    print(
        f"exact {counts['same'] / max(given, 1):.2%}, "
        f"right work {(counts['same'] + counts['other version']) / max(given, 1):.2%}, "
        f"recall {given / max(named, 1):.2%}; given though the mail is elsewhere: "
        f"{absent('elsewhere')}; though it is withheld: {absent('mail withheld')}; "
        f"though its work is: {absent('work withheld')}"
    )


def _apart(commit: Candidate, found: Match) -> str:
    """Return how far the author date is from the mail's Date, where the diff differs."""
    if found.relation == "applied":
        return ""
    apart = (commit.text.author_time or 0) - (found.mail.seconds or 0)
    for limit in (-86400 * 7, -86400, -3600, -1, 1, 3600, 86400, 86400 * 7):
        if apart < limit:
            return f" <{limit}"
    return " >"


def describe(mail: MailFacts) -> str:
    """Return a mail's name in one line."""
    ref = mail.ref
    kind = " SUGGESTED" if mail.is_suggestion else ""
    return f"v{ref.revision} {ref.title[:80]!r} {ref.date:%F %T} <{ref.message_id}>{kind}"


if __name__ == "__main__":
    sys.exit(main())
