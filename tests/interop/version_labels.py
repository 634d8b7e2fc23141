"""Draw later versions of real lists, to be labelled before the code has read them; then judge.

    python -m tests.interop.version_labels draw list.git 50 > sample.txt
    python -m tests.interop.version_labels judge list.git labels.tsv

`draw` reads the raw mails and shares nothing with the code: it takes cover letters, lone and
first patches that state a v2 or more, and for four of these one that has a title of its sender's
again; below each stand the earlier ones that may be meant, by title, sender, files and links.
Who reads them writes `Message-ID<TAB>the nearest previous one's`, or `none` where it is not
here; of several that are as near, all. `judge` tells how many were found, and lists the rest.
"""

import argparse
import difflib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as RawMail
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from kvminbox import Inbox
from kvminbox.models import Series
from tests.interop.applied_labels import read_header, read_ids, read_raw

NEWEST = 40_000
BRACKETS = re.compile(r"((?:\[[^\]]*\]\s*)+)(.*)")
NUMBER = re.compile(r"(\d+)\s*/\s*\d+")
VERSION = re.compile(r"v\.?\s?(\d+)\b", re.IGNORECASE)
PATH = re.compile(r"^(?:\+\+\+ b/(\S+)| (\S+/\S+) +\| +\d+)", re.MULTILINE)
YEARS = 3 * 366 * 86_400
NEAR = 200 * 86_400


@dataclass
class Head:
    """A cover letter, or a patch that may begin a series."""

    identity: str
    sender: tuple[str, str]
    subject: str
    seconds: float
    number: int
    version: int
    title: str
    files: set[str]
    named: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        """Say when, who and what."""
        who = self.sender[0] or self.sender[1]
        return f"{self.seconds:.0f} {who} | {self.subject} <{self.identity}>"


def read_heads(mails: Iterator[RawMail]) -> list[Head]:
    """Return the mails that may begin a series, oldest first, each id once."""
    found: dict[str, Head] = {}
    for mail in mails:
        subject = read_header(mail, "Subject")
        marks = BRACKETS.match(subject)
        identity = (read_ids(mail, "Message-ID") or [""])[0]
        if not marks or not re.search(r"patch|rfc", marks[1], re.IGNORECASE) or identity in found:
            continue
        number, version = NUMBER.search(marks[1]), VERSION.search(marks[1])
        if number and int(number[1]) > 1:
            continue
        texts = (part for part in mail.walk() if part.get_content_type() == "text/plain")
        data = b"\n".join(part.get_payload(decode=True) or b"" for part in texts)
        text = data.decode("utf-8", "replace")
        try:
            seconds = parsedate_to_datetime(read_header(mail, "Date")).timestamp()
        except (TypeError, ValueError, OverflowError):
            seconds = 0.0
        named = {*read_ids(mail, "In-Reply-To", "References")}
        found[identity] = Head(
            identity,
            parseaddr(read_header(mail, "From")),
            subject,
            seconds,
            int(number[1]) if number else -1,
            int(version[1]) if version else 1,
            re.sub(r"\W+", " ", marks[2].lower()).strip(),
            {one or other for one, other in PATH.findall(text)},
            named | set(re.findall(r"[^\s<>/]+@[^\s<>/]+", text)),
        )
    heads = sorted(found.values(), key=lambda head: head.seconds)
    covers = {head.identity for head in heads if not head.number}
    return [head for head in heads if head.number != 1 or covers.isdisjoint(head.named)]


def find_candidates(head: Head, heads: list[Head]) -> list[Head]:
    """Return the earlier ones that may be meant, the most likely first."""
    rated = []
    for old in heads:
        gap = head.seconds - old.seconds
        if old is head or not 0 <= gap <= YEARS:
            continue
        is_own = old.sender[1].lower() == head.sender[1].lower() or old.sender[0] == head.sender[0]
        alike = difflib.SequenceMatcher(None, old.title, head.title).ratio()
        shared = len(old.files & head.files) / max(1, min(len(old.files), len(head.files)))
        is_named = old.identity in head.named
        if alike > 0.75 or is_named or (is_own and shared >= 0.3 and gap < NEAR):
            rate = 2 * alike + is_own + shared + 2 * is_named - gap / NEAR / 2
            rated.append((rate, old.identity, old))
    return [old for _, _, old in sorted(rated, reverse=True)][:6]


def draw(path: Path, count: int) -> None:
    """Print a sample: each later version, and the earlier ones that may be meant."""
    heads = read_heads(read_raw(path, NEWEST))
    later = [head for head in heads[len(heads) // 8 :] if head.version > 1]
    first: dict[tuple[str, str], Head] = {}
    for head in heads:
        first.setdefault((head.title, head.sender[1]), head)
    again = [
        head
        for head in heads
        if head.version == 1 and first[head.title, head.sender[1]] is not head
    ]
    chosen = random.Random(0)
    sample = chosen.sample(later, min(count, len(later)))
    sample += chosen.sample(again, min(count // 4, len(again)))
    for head in sorted(sample, key=lambda one: one.seconds):
        print(head, *(f"    {old}" for old in find_candidates(head, heads)), "", sep="\n")


def judge(path: Path, labels: Path) -> None:
    """Print how many of the nearest previous ones were found, and list the others."""
    window = Inbox.open(path).between(None)
    window.on_problem = lambda _: None
    found = list(window.series())
    of_ref = {series.ref: series for series in found}
    of_id = {identity: series for series in found for identity in list_ids(series)}
    rows = [line.split() for line in labels.read_text().splitlines() if "\t" in line]
    there = hits = given = 0
    for identity, *wanted in rows:
        series = of_id.get(identity)
        previous = of_ref.get(series.previous) if series and series.previous else None
        is_hit = previous is not None and not list_ids(previous).isdisjoint(wanted)
        there, hits = there + (wanted != ["none"]), hits + is_hit
        given += previous is not None
        if not is_hit and (previous or wanted != ["none"]):
            print(f"{identity}: {series}\n    wanted {' '.join(wanted)}\n    found {previous}")
    print(f"{path}: {len(rows)} labelled, {hits} of {there} found, {given - hits} of {given} wrong")


def list_ids(series: Series) -> set[str]:
    """Return all ids of a series' mails."""
    mails = (*series.messages, *series.duplicates)
    return {one for mail in mails for one in (mail.message_id or "", *mail.other_message_ids)}


def main(words: list[str] | None = None) -> None:
    """Draw, or judge, as the words of the command line say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    does = parser.add_subparsers(dest="does", required=True)
    drawing = does.add_parser("draw", help="print later versions of an archive, to be labelled")
    drawing.add_argument("archive", type=Path)
    drawing.add_argument("count", type=int)
    judging = does.add_parser("judge", help="print what of the labelled ones is found")
    judging.add_argument("archive", type=Path)
    judging.add_argument("labels", type=Path, help="lines of Message-ID, tab, ids or none")
    given = parser.parse_args(words)
    if given.does == "draw":
        draw(given.archive, given.count)
    else:
        judge(given.archive, given.labels)


if __name__ == "__main__":
    main()
