"""Mails for the tests of reviews: a short way to write a patch, a cover letter, a reply."""

from datetime import UTC, datetime, timedelta

from tests.mails import read_made

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
    return read_made(
        subject,
        text,
        "Content-Type: text/plain; charset=utf-8",
        sender=sender,
        ids=[identity],
        sent=moment,
        references=parents,
        in_reply_to=parents[-1] if parents else None,
        arrived=moment + timedelta(minutes=5),
        name=identity,
    )


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
