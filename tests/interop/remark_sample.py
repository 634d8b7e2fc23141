"""Remarks and follow-ups of a list at random, with what they stand below, to be read by eye.

Run as `python -m tests.interop.remark_sample ARCHIVE [--remarks N] [--follow-ups N] [--seed N]`.
It prints how many remarks have which place, why some have none, the processor time of a
reply, and then each sampled remark with the rows of the patch around its place, and each
sampled follow-up with those of both versions.
"""

import argparse
import random
import time
from collections import Counter

from kvminbox import Inbox, link_series, safe_text
from kvminbox.remarks import follow_up_all
from kvminbox.remarks.find import find_remarks
from kvminbox.remarks.text import SeriesText
from kvminbox.review.answers import AnswerIndex
from kvminbox.series import group_series

AROUND = 3


def show(text):
    """Print lines, safe and not too long."""
    for line in text.split("\n"):
        print(f"    {safe_text(line)[:110]}")


def rows_of(mail, remark):
    """Return the rows that a remark counts in."""
    return (mail.diff if remark.place in {"line", "file"} else mail.body).split("\n")


def show_rows(rows, row):
    """Print the rows around one."""
    for number in range(max(0, row - AROUND), min(len(rows), row + AROUND + 1)):
        print(f"  {'>>' if number == row else '  '}{safe_text(rows[number])[:110]}")


def show_like(rows, wanted, around):
    """Print where a row, or what is around it, stands in the next version."""
    best, most = None, 0
    near = set(around)
    for number in range(len(rows)):
        window = rows[max(0, number - AROUND) : number + AROUND + 1]
        alike = sum(line in near and bool(line.strip("+- ")) for line in window)
        alike += 3 * (rows[number] == wanted)
        if alike > most:
            best, most = number, alike
    if best is None:
        print("    (nothing like it)")
    else:
        show_rows(rows, best)


def main():
    """Print the counts and the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--remarks", type=int, default=100)
    parser.add_argument("--follow-ups", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    messages = list(Inbox.open(options.archive).between(None).messages())
    chains = link_series(group_series(messages))
    series = [one for chain in chains for one in chain.series]
    answers = AnswerIndex(messages, series).answers
    found, replies, began = [], 0, time.process_time()
    for place, one in enumerate(series):
        text = SeriesText(one)
        for answer in answers.get(place, ()):
            if answer.message.kind != "bot":
                replies += 1
                remarks = find_remarks(answer.message, text)
                found += [(remark, one, answer.message) for remark in remarks]
    spent = 1000 * (time.process_time() - began) / max(replies, 1)
    print(f"{len(series)} series, {replies} replies, {len(found)} remarks, {spent:.2f} ms a reply")
    print(Counter((remark.place, remark.is_answer) for remark, *_ in found))
    print(Counter(remark.evidence[0] for remark, *_ in found if remark.place == "unknown"))
    chosen = random.Random(options.seed)
    for remark, one, reply in chosen.sample(found, min(options.remarks, len(found))):
        print(f"=== {reply.message_id} {remark!r} {remark.evidence}")
        mails = {mail.message_id: mail for mail in (*one.messages, *one.duplicates)}
        mail = mails.get(remark.patch_message_id)
        if mail is not None and remark.row is not None:
            show_rows(rows_of(mail, remark), remark.row)
        first = remark.text.split("\n")[0]
        place = max(reply.body.find(f"\n{first}"), 0)
        show("\n".join(reply.body[:place].split("\n")[-6:]))
        print("  -----")
        show("\n".join(remark.text.split("\n")[:6]))
    began = time.process_time()
    followed = list(follow_up_all(chains, messages))
    spent = time.process_time() - began
    print(f"{len(followed)} follow-ups, {spent:.0f} s")
    print(Counter(one.outcome for one in followed))
    by_ref = {one.ref: one for one in series}
    told = [one for one in followed if one.next and one.remark.row is not None]
    for one in chosen.sample(told, min(options.follow_ups, len(told))):
        remark, old, new = one.remark, by_ref[one.series], by_ref[one.next]
        print(f"=== {one.outcome} {remark!r} {one.evidence} {remark.message_id}")
        show("\n".join(remark.text.split("\n")[:3]))
        mails = {mail.message_id: mail for mail in (*old.messages, *old.duplicates)}
        rows = rows_of(mails[remark.patch_message_id], remark)
        show_rows(rows, remark.row)
        print("  -----")
        for mail in new.messages:
            if mail.subject.counter == one.next_patch:
                around = rows[max(0, remark.row - AROUND) : remark.row + AROUND + 1]
                show_like(rows_of(mail, remark), rows[remark.row], around)
                break


if __name__ == "__main__":
    main()
