"""Draw series of a real list, whose state is to be labelled before the code has read them; judge.

    python -m tests.interop.board_labels draw list.git 15 > sample.txt
    python -m tests.interop.board_labels judge list.git labels.tsv

`draw` reads the raw mails and shares nothing with the code. It chooses half a year at random in
which at least forty series begin, prints it, and draws cover letters, lone and first patches of it.
Who labels them reads what arrived in that time and no more, and writes under the same first line
`Message-ID<TAB>state`: how far the series had come at its end. That is a state of the board, or
`superseded`, or `not_a_series`; `applied` is what the board divides into `landed` and `claimed`. A
third column may have another state that a careful reader could hold. `judge` tells how many of
these the board has, state by state, and lists the others.
"""

import argparse
import random
import re
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kvminbox import Inbox
from kvminbox.analysis import Snapshot, compute_board
from tests.interop.applied_labels import read_header, read_ids, read_raw

ALL = 10_000_000
HALF_A_YEAR = timedelta(days=182)
LEAST = 40
TRIES = 400
MARK = re.compile(r"\s*\[[^\]]*PATCH[^\]]*\]", re.IGNORECASE)
NUMBER = re.compile(r"\b(\d+)\s*/\s*(\d+)\b")
NAMES = {"landed": "applied", "claimed": "applied"}


def read_heads(path: Path) -> list[tuple[datetime, str]]:
    """Return when each mail arrived that begins a series, with its id, sender and subject."""
    command = ["git", "-C", str(path), "log", "--topo-order", "--reverse", "--format=%ct", "HEAD"]
    times = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    found = []
    covered = set()
    for seconds, mail in zip(times, read_raw(path, ALL), strict=True):
        subject, sender = read_header(mail, "Subject"), read_header(mail, "From")
        marks = MARK.match(subject)
        number = NUMBER.search(marks[0]) if marks else None
        place, key = int(number[1]) if number else 0, (sender, number[2] if number else "")
        if number and not place:
            covered.add(key)
        if marks and (not place or (place == 1 and key not in covered)):
            identity = (read_ids(mail, "Message-ID") or [""])[0]
            found.append(
                (datetime.fromtimestamp(int(seconds), UTC), f"{identity}\t{sender}\t{subject}")
            )
    return found


def draw(path: Path, count: int) -> None:
    """Print half a year of an archive, and series that begin in it."""
    chance = random.Random(path.name)
    heads = read_heads(path)
    first, last = min(heads)[0], max(heads)[0] - HALF_A_YEAR
    for _ in range(TRIES):
        begin = (first + (last - first) * chance.random()).replace(hour=0, minute=0, second=0)
        chosen = [told for when, told in heads if begin <= when < begin + HALF_A_YEAR]
        if len(chosen) >= LEAST:
            break
    else:
        raise SystemExit(f"in no half a year of {path} {LEAST} series begin")
    print(f"# {begin:%Y-%m-%d} {begin + HALF_A_YEAR:%Y-%m-%d}")
    print("\n".join(chance.sample(chosen, min(count, len(chosen)))))


def read_states(path: Path, since: str, until: str) -> dict[str, str]:
    """Return what the library says of each mail's series at the end of a time."""
    snapshot = Snapshot(Inbox.open(path).since(since, until, on_problem="skip"))
    found = {
        ref.message_id or "": NAMES.get(row.state, row.state)
        for row in compute_board(snapshot).series
        for ref in row.messages
    }
    for one, review in snapshot.reviews():
        for mail in one.messages:
            state = "superseded" if review.superseded else "not_a_series"
            found.setdefault(mail.message_id or "", state)
    return found


def judge(path: Path, labels: Path) -> None:
    """Print how many labelled series have their state, and the others."""
    head, *rows = labels.read_text("utf-8").splitlines()
    _, since, until = head.split()
    states = read_states(path, since, until)
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        identity, label, *more = row.split("\t")
        found = states.get(identity.strip("<> "), "not_a_series")
        verdict = "right" if found == label else "may be" if found in more[:1] else "wrong"
        counts[found, verdict] += 1
        if verdict != "right":
            print(f"{verdict}: <{identity}> is {found}, labelled {' or '.join([label, *more[:1]])}")
    for (state, verdict), count in sorted(counts.items()):
        print(f"{state}: {count} {verdict}")
    right = sum(count for (_, verdict), count in counts.items() if verdict == "right")
    print(f"{counts.total()} labelled, {right} right")


def main(words: list[str] | None = None) -> None:
    """Draw or judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    does = parser.add_subparsers(dest="does", required=True)
    drawing = does.add_parser("draw", help="print series of an archive, to be labelled")
    drawing.add_argument("path", type=Path)
    drawing.add_argument("count", type=int)
    judging = does.add_parser("judge", help="print which of the labelled ones have their state")
    judging.add_argument("path", type=Path)
    judging.add_argument("labels", type=Path)
    given = parser.parse_args(words)
    if given.does == "draw":
        draw(given.path, given.count)
    else:
        judge(given.path, given.labels)


if __name__ == "__main__":
    main()
