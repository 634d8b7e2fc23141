"""Notices of programs that patches were put into trees: their shapes, with made-up patches."""

from datetime import timedelta
from email.utils import format_datetime

from tests.mails import write_mail
from tests.review.review_mails import ADA, START, patch_text, read_mail

KEEPER = "Nora Quilt <nora@quilt.example>"
STABLE = "<stable-keeper@queue.example>"

QUILT = """
The {quilt}patch titled
     Subject: {title}
has been {deed} the {where}.  Its filename {be}
     {name}.patch
{because}
------------------------------------------------------
From: {author}
Subject: {title}
Date: {written}

Say it.

{links}Signed-off-by: {author}
---

 virt/timer1.c |    2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

--- a/virt/timer1.c~{name}
+++ a/virt/timer1.c
@@ -1,2 +1,2 @@
 int timer;
-int old1;
+int new;
_

Patches currently in -mm which might be from ada@silicon.example are

{name}.patch
"""

QUEUED = """
This is a note to let you know that I've just added the patch titled

    {title}

to {tree}

If you have any questions about this process, please let me know.


{mark}From {commit} Mon Sep 17 00:00:00 2001
From: {author}
Date: {written}
Subject: {title}
{header}
{first}{upstream}Say it.

{links}Signed-off-by: {author}
---
 virt/timer1.c |    2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

--- a/virt/timer1.c
+++ b/virt/timer1.c
@@ -1,2 +1,2 @@
 int timer;
-int old1;
+int new;
"""

GONE = {
    "merged": "it was merged into the mm-stable branch\nof git://trees.example/quilt/mm",
    "mainline": "it was merged into mainline or a subsystem tree",
    "obsolete": "it is obsolete",
    "failures": "it had testing failures",
    "updated": "an updated version will be issued",
    "folded": "it was folded into kvm-timers.patch",
}


def write_raw(identity, subject, text, sender=KEEPER, parents=(), hour=0):
    """Return the bytes of what `read_mail` reads."""
    return write_mail(
        subject,
        text,
        "Content-Type: text/plain; charset=utf-8",
        sender=sender,
        ids=[identity],
        sent=START + timedelta(hours=hour),
        references=parents,
        in_reply_to=parents[-1] if parents else None,
    )


def write_history():
    """Return the bytes of patches, each in a thread of its own, and of notices about them."""
    titles = [f"KVM: timer {name}" for name in "abcd"]
    patches = [
        write_raw(f"{name}@x", f"[PATCH] {title}", patch_text(place), ADA, hour=place)
        for place, (name, title) in enumerate(zip("abcd", titles, strict=True))
    ]
    other = "Sat, 01 Mar 2025 09:00:00 +0000"
    again = write_raw("b2@x", f"[PATCH v2] {titles[1]}", patch_text(1, added="int b;"), ADA, hour=9)
    return [
        *patches,
        again,
        quilt(titles[0], "a@x", make=write_raw),
        quilt(titles[1], make=write_raw, written=other),
        quilt(titles[2], "c@x", make=write_raw),
        quilt(titles[2], make=write_raw, written=other, deed="obsolete", hour=48),
        queued(titles[3], "d@x", make=write_raw),
        quilt("lamp: blink", make=write_raw),
    ]


def _name(title):
    return "-".join("".join(one if one.isalnum() else " " for one in title.lower()).split())


def _links(*ids, base="https://lkml.kernel.org/r/"):
    return "".join(f"Link: {base}{one}\n" for one in ids)


def quilt(title, *links, deed="added", tree="mm-unstable", **more):
    """Return Andrew Morton's kind of notice; `deed` is `added` or a key of `GONE`."""
    is_added = deed == "added"
    where = "-mm tree" if tree == "-mm" or not is_added else f"-mm {tree} branch"
    label = "" if is_added else f"[{deed} mm-stable] "
    place = f"{tree} branch" if is_added and tree != "-mm" else "-mm tree"
    hour = more.get("hour", 24)
    text = QUILT.format(
        quilt="" if is_added else "quilt ",
        title=title,
        deed="added to" if is_added else "removed from",
        where=where,
        be="is" if is_added else "was",
        name=_name(title),
        because="" if is_added else f"\nThis patch was dropped because {GONE[deed]}\n",
        author=more.get("author", ADA),
        written=more.get("written", format_datetime(START)),
        links=_links(*links),
    )
    subject = f"{label or '+ '}{_name(title)}.patch {'added to' if is_added else 'removed from'} "
    identity = f"{deed}-{_name(title)}-{hour}@quilt.example"
    make = more.get("make", read_mail)
    return make(identity, subject + place, text, more.get("sender", KEEPER), hour=hour)


def queued(title, *links, tree="6.6-stable", **more):
    """Return the notice of a stable tree, or of another one of the same programs."""
    is_stable = tree.endswith("-stable")
    commit = more.get("commit", "0123456789abcdef0123456789abcdef01234567")
    hour = more.get("hour", 24 * 20)
    text = QUEUED.format(
        title=title,
        tree=f"the {tree} tree which can be found at:\n    https://trees.example/stable-queue"
        if is_stable
        else "my lamp git tree which can be found at\n    git://trees.example/lamp.git\n"
        f"in the {tree} branch.",
        mark=more.get("mark", ""),
        commit=commit,
        author=more.get("author", ADA),
        written=more.get("written", format_datetime(START)),
        header=more.get("header", ""),
        first=more.get("first", ""),
        upstream=f"commit {commit} upstream.\n\n"
        if is_stable and more.get("upstream", True)
        else "",
        links=_links(*links, base="https://lore.kernel.org/r/"),
    )
    has = "has been added to the" if is_stable else "added to"
    subject = f'Patch "{title}" {has} {tree}{" tree" if is_stable else ""}'
    parents = [more["parent"]] if "parent" in more else []
    make = more.get("make", read_mail)
    return make(f"{tree}-{hour}@queue.example", subject, text, STABLE, parents, hour)
