"""Draw replies to patches of real lists, to be labelled before the code has read them; then judge.

    python -m tests.interop.applied_labels draw list.git 200 > sample.txt
    python -m tests.interop.applied_labels judge list.git labels.tsv

`draw` reads the raw mails and shares nothing with the code: it takes replies below a patch
in whose own first lines any of many words stands, without the lists of `b4 ty`. Who reads
them writes `Message-ID<TAB>yes`, `no` or `unsure`, whether the mail says that patches of the
series that it answers were applied; and in a third column, if he likes, which: `all`,
`1,3-5`, or `part` of them. `judge` tells what of these was found, and lists the rest;
`unsure` counts for neither.
"""

import argparse
import contextlib
import email
import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message as RawMail
from pathlib import Path

from kvminbox.models import Applied, Series
from kvminbox.review.scope import parse_numbers
from tests.interop.applied_sample import read_reviews

NEWEST = 7_000
OWN_LINES = 15
WIDE = re.compile(
    r"appl(?:y|ied|ying|ies)|\bapp?\w{0,4}ied\b|queu|merg|pick|\btook\b|\btak(?:e|en|ing)\b|push"
    r"|\bland|fold|squash|commit|in my|-next|grab|thank|\btree\b|\bbranch\b|staged|pull",
    re.IGNORECASE,
)
PROGRAM = re.compile(r"patchwork-bot|pr-tracker|robot|syzbot|tip-bot|no-?reply", re.IGNORECASE)
# some lists put their name before: `[plums] Re: [PATCH] …`
REPLY = re.compile(r"\s*(?:\[[\w-]+\]\s*)?(?:re|aw|sv)\b", re.IGNORECASE)


def read_raw(path: Path, newest: int = NEWEST) -> Iterator[RawMail]:
    """Yield the newest mails of an archive, oldest first, as Python's email reads them."""
    git = ["git", "-C", str(path)]
    command = [*git, "rev-list", "--topo-order", "--reverse", f"-n{newest}", "HEAD"]
    commits = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    wanted = "".join(f"{commit}:m\n" for commit in commits).encode()
    command = [*git, "cat-file", "--batch"]
    data = subprocess.run(command, input=wanted, capture_output=True, check=True).stdout
    start = 0
    while start < len(data):
        end = data.index(b"\n", start)
        head = data[start:end].split()
        start = end + 1
        if head[1:2] == [b"blob"]:
            size = int(head[2])
            yield email.message_from_bytes(data[start : start + size])
            start += size + 1


def read_header(mail: RawMail, name: str) -> str:
    """Return a header's text on one line, decoded where it can be."""
    value = str(mail.get(name, ""))
    with contextlib.suppress(LookupError, UnicodeDecodeError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.split())


def read_ids(mail: RawMail, *names: str) -> list[str]:
    """Return the ids of some headers."""
    values = (str(value) for name in names for value in mail.get_all(name) or [])
    return [found for value in values for found in re.findall(r"<([^<>\s]+)>", value)]


def read_own(mail: RawMail) -> list[str]:
    """Return the lines of the first text part that are no quote, up to the signature."""
    part = next((one for one in mail.walk() if one.get_content_type() == "text/plain"), None)
    data = part.get_payload(decode=True) if part else b""
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    own = text.replace("\r", "").split("\n-- \n")[0].split("\n")
    return [
        line.strip()
        for line in own
        if line.strip() and line.lstrip()[:1] != ">" and not line.rstrip().endswith("wrote:")
    ]


def draw(path: Path, count: int) -> None:
    """Print a sample: the id, who and what it answers, and all own lines."""
    patches: dict[str, str] = {}
    found = []
    for mail in read_raw(path):
        subject, sender = read_header(mail, "Subject"), read_header(mail, "From")
        identity = (read_ids(mail, "Message-ID") or [""])[0]
        if not REPLY.match(subject):
            if re.search(r"\[[^\]]*patch", subject, re.IGNORECASE):
                patches[identity] = sender
            continue
        own = read_own(mail)
        is_listed = any(line.startswith("commit: ") for line in own)
        above = read_ids(mail, "References", "In-Reply-To")
        answered = next((one for one in reversed(above) if one in patches), None)
        is_candidate = not is_listed and WIDE.search("\n".join(own[:OWN_LINES]))
        if answered and is_candidate and not PROGRAM.search(sender):
            who = "author" if patches[answered] == sender else "other"
            found.append(f"{identity}\n  {who}: {subject}\n  " + "\n  ".join(own))
    print(f"{len(found)} candidates")
    print(*random.Random(0).sample(found, min(count, len(found))), sep="\n\n")


@dataclass(frozen=True)
class Label:
    """What a reader says of a reply."""

    says_so: str
    """`yes`, `no` or `unsure`."""

    patches: str = ""
    """Which patches were applied: `all`, `1,3-5`, or `part` of them; empty where it is not said."""

    def is_same(self, series: Series, found: Iterable[Applied]) -> bool:
        """Whether just these patches were found."""
        numbers = {number for one in found for number in one.patches}
        if self.patches in {"all", "part"}:
            return (numbers == {*series.numbers}) == (self.patches == "all")
        return numbers == {*parse_numbers(self.patches)}


def read_labels(path: Path) -> dict[str, Label]:
    """Read the labels of replies, by their ids."""
    rows = (line.split("\t") for line in path.read_text().splitlines() if "\t" in line)
    return {
        row[0].strip("<> "): Label(*(one.strip().removeprefix("-") for one in row[1:3]))
        for row in rows
    }


def judge(path: Path, labels: Path) -> None:
    """Print how many of the mails that say so were found, and which were not, or wrongly.

    A user asks whether a patch is told as applied: by any mail, a pull request or a release.
    """
    label = read_labels(labels)
    said = sum(one.says_so == "yes" for one in label.values())
    count: Counter[str] = Counter()
    differing: dict[str, str] = {}
    for series, review, answers in read_reviews(path, newest=NEWEST):
        for answer in answers:
            name = answer.message.message_id or ""
            one = label.get(name, Label("unsure"))
            found = [told for told in review.applied if told.message_id == name]
            sureness = "free" if all(told.form == "free" for told in found) else "sure"
            if one.says_so == "no" and found:
                count[f"wrong, {sureness}"] += 1
                differing[name] = f"wrong, {sureness}: {found[0].evidence}"
            if one.says_so != "yes":
                continue
            count["by any"] += bool(review.applied or review.pulled)
            count[sureness if found else "missed"] += 1
            if not found:
                differing[name] = "missed"
            elif one.patches:
                is_same = one.is_same(series, found)
                count["patches right" if is_same else "patches wrong"] += 1
                numbers = sorted({number for told in found for number in told.patches})
                if not is_same:
                    differing[name] = f"patches {one.patches}, found {numbers}"
    found_here = count["sure"] + count["free"]
    print(f"{path}: {said} say so, found {found_here} of them, {count['sure']} of these surely")
    print(f"    told of the series by any mail: {count['by any']}")
    print(f"    patches: {count['patches right']} right, {count['patches wrong']} wrong")
    print(f"    wrongly: {count['wrong, sure']} surely, {count['wrong, free']} in free words")
    print(*(f"    {name}: {what}" for name, what in sorted(differing.items())), sep="\n")


def main(words: list[str] | None = None) -> None:
    """Draw, or judge, as the words of the command line say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    does = parser.add_subparsers(dest="does", required=True)
    drawing = does.add_parser("draw", help="print replies of an archive, to be labelled")
    drawing.add_argument("archive", type=Path)
    drawing.add_argument("count", type=int)
    judging = does.add_parser("judge", help="print what of the labelled ones is found")
    judging.add_argument("archive", type=Path)
    judging.add_argument(
        "labels", type=Path, help="lines of Message-ID, tab, yes, no or unsure; tab, which patches"
    )
    given = parser.parse_args(words)
    if given.does == "draw":
        draw(given.archive, given.count)
    else:
        judge(given.archive, given.labels)


if __name__ == "__main__":
    main()
