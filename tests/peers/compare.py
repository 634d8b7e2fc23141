"""Compare series and tags with b4's and liblore's, thread by thread, on a real archive.

Run by `nox -s peers -- INBOX [--series 200] [--list]`. It needs b4 and liblore,
which are no dependencies of the package. No network is used, and nothing is
written. With `--list`, each difference is printed with its Message-ID, to be read.
"""

import argparse
import random
from collections import Counter
from email import policy
from email.parser import BytesParser

import b4
import liblore
from liblore.series import summarize_thread

from kvminbox import Inbox, Patch, group_series, group_threads
from kvminbox.review import parse_reply_trailers, review_all
from kvminbox.review.names import split_name
from kvminbox.versions import link_series

b4.can_network = False


def read_corpus(path):
    inbox = Inbox.open(path)
    messages = list(inbox.between(None).messages())
    chains = link_series(group_series(messages))
    series = [one for chain in chains for one in chain.series]
    return inbox, messages, series


def pick_threads(messages, series, wanted, seed=3):
    """Take threads at random until they hold the wanted number of series."""
    homes = {patch.message_id: place for place, one in enumerate(series) for patch in one.patches}
    threads = [thread for thread in group_threads(messages) if thread.patches]
    random.Random(seed).shuffle(threads)
    picked, places = [], set()
    for thread in threads:
        if len(places) >= wanted:
            break
        picked.append(thread)
        places |= {homes[patch.message_id] for patch in thread.patches}
    return picked


def parse_raw(inbox, thread, message_policy):
    parser = BytesParser(policy=message_policy)
    return [parser.parsebytes(inbox.raw(message)) for message in thread.messages]


def tag_keys(name, email):
    """Return a key for each part of a name, so that `Reviewed-and-tested-by` compares as two."""
    return [(part, email.lower()) for part in split_name(name)]


# --- series ---------------------------------------------------------------------------


def list_our_series(thread, series):
    """Return (revision, patches there, total, has cover) for each of ours with a patch here."""
    ids = {message.message_id for message in thread.messages}
    return Counter(
        (one.revision, len(one.patches), one.total, one.cover is not None)
        for one in series
        if any(patch.message_id in ids for patch in one.patches)
    )


def read_b4_series(messages):
    """Read the mails of a thread as b4 does; a second `get_series` would add the cover again."""
    mailbox = b4.LoreMailbox()
    for message in messages:
        mailbox.add_message(message)
    found = [
        mailbox.get_series(revision, reroll=False, codereview_trailers=False)
        for revision in list(mailbox.series)
    ]
    return [one for one in found if one is not None]


def list_b4_series(series):
    return Counter(
        (one.revision, sum(map(bool, one.patches[1:])), one.expected, one.has_cover)
        for one in series
    )


def explain_series(ours, theirs):
    """Name the class of a difference, by what the two lists look like."""
    if sum(ours.values()) > sum(theirs.values()):
        return "more series in one thread than revisions"
    if sum(ours.values()) < sum(theirs.values()):
        return "fewer series than theirs"
    mine, other = sorted(ours.elements()), sorted(theirs.elements())
    fields = ("revision", "patches", "total", "cover")
    pairs = zip(mine, other, strict=True)
    differ = {f for a, b in pairs for f, x, y in zip(fields, a, b, strict=True) if x != y}
    return "same number, other " + ", ".join(sorted(differ))


def explain_liblore(ours, summary):
    if not summary.is_patch_series:
        return "no patch series for liblore"
    if sum(ours.values()) > 1:
        return "several series in the thread, one summary"
    revision, there, total, cover = next(iter(ours))
    seen = (summary.version, summary.patch_count, summary.expected, summary.has_cover)
    pairs = zip(("revision", "patches", "total", "cover"), (revision, there, total, cover), seen,
                strict=True)  # fmt: skip
    return ", ".join(name for name, one, other in pairs if one != other) or "agree"


# --- tags -----------------------------------------------------------------------------


def list_our_tags(thread, series, reviews):
    """Return (patch, tag, address) for the tags of persons who sent them themselves."""
    ids = {message.message_id for message in thread.messages}
    found = set()
    for one, review in zip(series, reviews, strict=True):
        by_number = {patch.subject.counter: patch.message_id for patch in one.patches}
        for tag in review.tags:
            if tag.self_attested and tag.carried_from is None and tag.message_id in ids:
                key = tag.name, tag.person.email.lower()
                found |= {(by_number.get(number), *key) for number in tag.patches}
    return {tag for tag in found if tag[0] in ids}


def list_b4_tags(series):
    found = set()
    for one in series:
        one.add_cover_trailers()
        for patch in filter(None, one.patches[1:]):
            borne = [trailer for trailer in patch_trailers(patch) if trailer.addr]
            own = {key for one in borne for key in tag_keys(one.name, one.addr[1])}
            for trailer in patch.followup_trailers:
                if trailer.type == "person" and trailer.addr:
                    keys = set(tag_keys(trailer.name, trailer.addr[1])) - own
                    found |= {(patch.msgid, *key) for key in keys}
    return found


def patch_trailers(patch):
    """Return the trailers of the patch's own commit message."""
    return b4.LoreMessage.get_body_parts(patch.body)[2]


def list_liblore_tags(summary):
    return {
        (message.msgid, *key)
        for message in summary.messages
        if not message.has_diff and not message.is_submission
        for trailer in message.trailers
        if trailer.is_person
        for key in tag_keys(trailer.name, trailer.addr[1])
    }


def list_our_reply_tags(thread):
    return {
        (message.message_id, trailer.name, trailer.address.email.lower())
        for message in thread.messages
        if message.kind in {"reply", "bot", "discussion"}
        for trailer in parse_reply_trailers(message)
        if trailer.address and trailer.self_attested and trailer.standing == "given"
    }


# --- all ------------------------------------------------------------------------------


def compare(path, wanted, *, show):
    inbox, messages, series = read_corpus(path)
    threads = pick_threads(messages, series, wanted)
    picked = {message.message_id for thread in threads for message in thread.messages}
    mine = [one for one in series if any(patch.message_id in picked for patch in one.patches)]
    reviews = review_all(mine, [message for thread in threads for message in thread.messages])
    counts = {"b4 series": Counter(), "liblore series": Counter(), "b4 tags": Counter(),
              "liblore tags": Counter()}  # fmt: skip
    for thread in threads:
        for title, outcome, what in compare_thread(inbox, thread, mine, reviews):
            counts[title][outcome] += 1
            if show and outcome not in {"agree", "both"}:
                print(f"{title}: {outcome}: {what}")
    patches = sum(isinstance(message, Patch) for t in threads for message in t.messages)
    print(f"b4 {b4.__VERSION__}, liblore {liblore.__version__}")
    print(f"{len(threads)} threads, {len(picked)} mails, {patches} patches, {len(mine)} series")
    for title, outcomes in counts.items():
        print(f"\n{title}")
        for outcome, count in outcomes.most_common():
            print(f"  {count:6}  {outcome}")


def compare_thread(inbox, thread, series, reviews):
    root = next(iter(thread.messages)).message_id
    ours = list_our_series(thread, series)
    b4_series = read_b4_series(parse_raw(inbox, thread, b4.emlpolicy))
    theirs = list_b4_series(b4_series)
    outcome = "agree" if ours == theirs else explain_series(ours, theirs)
    yield "b4 series", outcome, f"<{root}> {dict(ours)} {dict(theirs)}"
    yield from compare_sets("b4 tags", list_our_tags(thread, series, reviews),
                            list_b4_tags(b4_series))  # fmt: skip
    try:
        summary = summarize_thread(parse_raw(inbox, thread, policy.default))
    except (TypeError, ValueError, LookupError) as error:
        yield "liblore series", f"raises {type(error).__name__}", f"<{root}> {error}"
        return
    yield "liblore series", explain_liblore(ours, summary), f"<{root}> {dict(ours)}"
    yield from compare_sets("liblore tags", list_our_reply_tags(thread),
                            list_liblore_tags(summary))  # fmt: skip


def compare_sets(title, ours, theirs):
    for tag in sorted(ours | theirs, key=str):
        outcome = (
            "both" if tag in ours & theirs else "only kvminbox" if tag in ours else "only they"
        )
        yield title, outcome, " ".join(map(str, tag))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("inbox")
    arguments.add_argument("--series", type=int, default=200)
    arguments.add_argument("--list", action="store_true")
    given = arguments.parse_args()
    compare(given.inbox, given.series, show=given.list)
