"""A small series about a lamp, and short ways to answer it."""

from datetime import UTC, datetime, timedelta

from kvminbox import group_series
from tests.mails import read_made

START = datetime(2025, 3, 3, 9, tzinfo=UTC)
ADA = "Ada Pfeiffer <ada@silicon.example>"
EWA = "Ewa Lis <ewa@kvm.example>"

COVER = """Lamps flicker when two of them share a timer. This series gives each lamp
a timer of its own.

The first patch is the one that matters.

Ada Pfeiffer (2):
  lamp: give each lamp a timer
  lamp: count the blinks

 drivers/lamp.c | 24 ++++++++++++
 1 file changed, 24 insertions(+)

-- 
2.43.0
"""

LAMP = """Two lamps that share a timer flicker: the second one stops
the timer of the first. Give each lamp a timer, and stop
only that one.

Fixes: 0123456789ab ("lamp: blink")
Signed-off-by: Ada Pfeiffer <ada@silicon.example>
---
Changes since v1: none so far.

 drivers/lamp.c | 22 ++++++++++++++++++++++
 1 file changed, 22 insertions(+), 1 deletion(-)

"""

LAMP_DIFF = """diff --git a/drivers/lamp.c b/drivers/lamp.c
index 1111111..2222222 100644
--- a/drivers/lamp.c
+++ b/drivers/lamp.c
@@ -10,6 +10,27 @@ struct lamp {
 	int colour;
 	int power;
 
+	struct timer timer;
+
+	/* how often it blinked */
+	unsigned int count;
+};
+
+static int lamp_start(struct lamp *lamp)
+{
+	if (!lamp)
+		return -EINVAL;
+	timer_init(&lamp->timer, lamp_blink);
+	return 0;
+}
+
+static int lamp_stop(struct lamp *lamp)
+{
+	if (!lamp)
+		return -EINVAL;
+	timer_stop(&lamp->timer);
+	return 0;
+}
 
 static int shared;
 
@@ -60,4 +81,3 @@ static void lamp_exit(void)
 {
 	lamp_free();
-	timer_stop(&shared_timer);
 }
"""

BLINK_DIFF = """diff --git a/drivers/blink.c b/drivers/blink.c
index 3333333..4444444 100644
--- a/drivers/blink.c
+++ b/drivers/blink.c
@@ -1,3 +1,4 @@
 int first;
+int blinks_of_this_lamp;
 int second;
 int third;
"""


def read_mail(identity, subject, text, sender=EWA, parents=(), hour=0):
    """Read a mail that came some hours after the first one."""
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


def patch_text(message=LAMP, diff=LAMP_DIFF):
    """Return the text of a patch mail."""
    return f"{message}{diff}-- \n2.43.0\n"


def lamp_mails(name="s", *, tag="PATCH", hour=0, message=LAMP, diff=LAMP_DIFF, blink=BLINK_DIFF):
    """Return a cover letter and two patches, `NAME-0@x` to `NAME-2@x`."""
    head = f"{name}-0@x"
    lamp, counted = patch_text(message, diff), patch_text("Count them.\n---\n", blink)
    return [
        read_mail(head, f"[{tag} 0/2] lamp: a timer each", COVER, ADA, hour=hour),
        read_mail(f"{name}-1@x", f"[{tag} 1/2] lamp: give each lamp a timer", lamp, ADA,
                  [head], hour),
        read_mail(f"{name}-2@x", f"[{tag} 2/2] lamp: count the blinks", counted, ADA,
                  [head], hour),
    ]  # fmt: skip


def lamp_series(**more):
    """Return that series."""
    (series,) = group_series(lamp_mails(**more))
    return series


def quote(text, mark="> "):
    """Return a text with a mark before each line."""
    return "".join(f"{mark}{line}\n" for line in text.rstrip("\n").split("\n"))


def answer(text, *, to=("s-0@x", "s-1@x"), sender=EWA, identity="re@x", hour=5, number=1):
    """Return a reply to a mail of the series."""
    return read_mail(identity, f"Re: [PATCH {number}/2] lamp", text, sender, to, hour)
