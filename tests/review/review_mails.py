"""Mails for the tests of reviews: a short way to write a patch, a cover letter, a reply."""

from datetime import UTC, datetime, timedelta

from kvminbox import Entry, read_message

START = datetime(2025, 3, 3, 9, tzinfo=UTC)
ADA = "Ada Pfeiffer <ada@silicon.example>"
BEN = '"Okafor, Ben" <ben.okafor@cloud.example>'
EWA = "Ewa Lis <ewa@kvm.example>"

DIFF = """diff --git a/virt/timer{n}.c b/virt/timer{n}.c
--- a/virt/timer{n}.c
+++ b/virt/timer{n}.c
@@ -1,2 +1,2 @@
 int timer;
-int old{n};
+{added}
"""


def read_mail(identity, subject, text, sender=EWA, parents=(), hour=0):
    """Read a mail with these headers; `parents` are References, the last is In-Reply-To."""
    moment = START + timedelta(hours=hour)
    ids = " ".join(f"<{parent}>" for parent in parents)
    lines = [
        f"From: {sender}",
        f"Subject: {subject}",
        f"Message-ID: <{identity}>",
        f"Date: {moment:%a, %d %b %Y %H:%M:%S} +0000",
        *([f"References: {ids}", f"In-Reply-To: <{parents[-1]}>"] if parents else []),
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
    ]
    entry = Entry(epoch=0, commit=f"{hash_of(identity)}", blob=f"{hash_of(identity)}",
                  arrived=moment + timedelta(minutes=5), change="message")  # fmt: skip
    return read_message("\n".join(lines).encode(), entry)


def hash_of(text):
    return text.encode().hex()[:40].ljust(40, "0")


def patch_text(number=1, trailers="", added="int new;"):
    diff = DIFF.format(n=number, added=added)
    signed = f"{trailers}Signed-off-by: {ADA}"
    return f"Say it.\n\n{signed}\n---\n{diff}-- \n2.43.0\n"


def make_series(name="s", total=3, revision=1, hour=0, trailers=None, added="int new;"):
    """Return a cover letter `NAME-0@x` and patches `NAME-1@x` … by Ada, threaded below it."""
    version = f" v{revision}" if revision > 1 else ""
    mails = [
        read_mail(
            f"{name}-0@x", f"[PATCH{version} 0/{total}] KVM: timers", "A series.\n", ADA, hour=hour
        )
    ]
    for n in range(1, total + 1):
        text = patch_text(n, (trailers or {}).get(n, ""), added)
        subject = f"[PATCH{version} {n}/{total}] KVM: timer {n}"
        mails.append(read_mail(f"{name}-{n}@x", subject, text, ADA, [f"{name}-0@x"], hour))
    return mails
