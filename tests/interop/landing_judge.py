"""How often `find_landings` finds the mail that a commit's own trailer names.

    python -m tests.interop.landing_judge TREE LIST... [--cache FILE]

The truth are commits whose `Link:` or `Message-ID:` names exactly one patch of the lists; the
trailers themselves are left out of the evidence. Each disagreement is printed, to be read.
"""

import argparse
import pickle
import sys
import time
from collections import Counter
from pathlib import Path

from kvminbox import Inbox, Submission
from kvminbox.upstream import Tree
from kvminbox.upstream.commit_text import find_mail_ids
from kvminbox.upstream.landings import match_tree
from kvminbox.upstream.lines import measure_alike
from kvminbox.upstream.mails import MailFacts, MailIndex, index_mails


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


def main() -> int:
    """Print the counts, and each disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree")
    parser.add_argument("lists", nargs="+")
    parser.add_argument("--cache")
    parser.add_argument("--ref", default="HEAD")
    parser.add_argument("--brief", action="store_true")
    options = parser.parse_args()
    index = read_index(options.lists, options.cache)
    tree = Tree.open(options.tree, [options.ref])
    start = time.process_time()
    found: dict[str, list] = {}
    rows = list(match_tree(index, tree, links=False))
    for landing in rows:
        if landing.relation not in {"revert", "linked"}:
            found.setdefault(landing.commit, []).append(landing)
    took = time.process_time() - start
    by_ref = {id(mail.ref): mail for mail in index.mails}
    counts: Counter[str] = Counter()
    for node in tree.history.nodes(index.begin):
        text = tree.read_text(node.id)
        ids = find_mail_ids(text.message)
        if len(text.parents) > 1 or not ids:
            continue
        here = {id(index.by_id[one]): index.by_id[one] for one in ids if one in index.by_id}
        landing = next(iter(found.get(node.id, [])), None)
        mail = by_ref[id(landing.message)] if landing else None
        if not here:
            counts["elsewhere"] += 1
            if mail:
                counts["elsewhere, but given"] += 1
                tell("GIVEN", text, [], landing, mail, options)
        elif len(here) > 1:
            counts["several named"] += 1
        else:
            truth = next(iter(here.values()))
            counts["named"] += 1
            if mail is truth:
                counts["same"] += 1
            elif mail is None:
                counts["missed"] += 1
                tell("MISSED", text, [truth], None, None, options)
            else:
                same = is_same_work(mail, truth)
                counts["other version" if same else "other work"] += 1
                tell("VERSION" if same else "OTHER", text, [truth], landing, mail, options)
    named, given = counts["named"], counts["named"] - counts["missed"]
    print(dict(counts))
    print(
        f"{len(index.mails)} mails, {len(tree.history)} commits, {len(rows)} landings, "
        f"{Counter(row.relation for row in rows)}, {took:.1f} s"
    )
    print(
        f"exact {counts['same'] / max(given, 1):.2%}, "
        f"right work {(counts['same'] + counts['other version']) / max(given, 1):.2%}, "
        f"recall {given / max(named, 1):.2%}, "
        f"elsewhere {counts['elsewhere, but given'] / max(counts['elsewhere'], 1):.2%}"
    )
    return 0


def tell(kind, text, truths, landing, mail, options) -> None:
    """Print a disagreement."""
    print(f"{kind} {text.id[:12]} {text.title[:90]!r} by {text.author.name} {text.committed:%F}")
    if options.brief:
        return
    for truth in truths:
        print(f"   trailer: {describe(truth)} same date {truth.seconds == text.author_time}")
    if mail:
        print(f"   found:   {describe(mail)} {landing.confidence} {'; '.join(landing.evidence)}")
        if len(landing.also):
            print(f"   also:    {len(landing.also)}")


def describe(mail: MailFacts) -> str:
    """Return a mail's name in one line."""
    ref = mail.ref
    kind = " SUGGESTED" if mail.is_suggestion else ""
    return f"v{ref.revision} {ref.title[:80]!r} {ref.date:%F %T} <{ref.message_id}>{kind}"


if __name__ == "__main__":
    sys.exit(main())
