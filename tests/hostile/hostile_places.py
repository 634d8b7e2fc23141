"""Mails that hold a text in every place that can hold text."""

import base64
import re
from urllib.parse import quote

from kvminbox.archive import MailWriter

PATCH = """\
From: {word} <patch-{n}@sample.example>
To: {word} <kvm@sample.example>, {line}
Cc: "{line}" <cc@sample.example>, {line}@sample.example
Date: Tue, 5 Sep 2023 10:{minute:02}:{second:02} +0200
Subject: [PATCH {line} {n}/566 {word}] {word}
Message-ID: <{line}-{n}@sample.example>
References: <{line}@ghost.example>
In-Reply-To: <{line}@ghost.example>
List-Id: {word} <{list_id}>
X-Mailer: {line}
Content-Type: multipart/mixed; boundary=cut; charset="{line}"; name="{line}"

--cut
Content-Type: text/plain; charset=utf-8; format="{line}"

From: {line} <author-{n}@sample.example>
Subject: {line}
Date: {line}

{text}

v2: {line}
 - {line}
Link: {line}
Fixes: {line} ("{line}")
Change-Id: {line}
Reviewed-by: {line} <r-{n}@sample.example>
{line}: {line}
Supersedes: <{line}>
Signed-off-by: {line} <author-{n}@sample.example>
---
{text}

Changes in v2:
- {line}

 {line} | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
 create mode 100644 {line}

diff --git a/{line} b/{line}
--- a/{line}
+++ b/{line}
@@ -1 +1 @@ {line}
-{line}
+{line}
diff --git "a/{quoted}" "b/{quoted}"
similarity index 100%
rename from {line}
rename to "{quoted}"
--
{line}

base-commit: {line}
prerequisite-patch-id: {line}
--cut
Content-Type: application/{line}; name="{line}"
Content-Disposition: attachment; filename*=utf-8''{percent}

{text}
--cut--
"""

REPLY = """\
From: {word} <reply-{n}@sample.example>
Subject: Re: [PATCH {n}/566] {word}
Date: {line}
Message-ID: <reply-{n}@sample.example>
In-Reply-To: <{line}-{n}@sample.example>
List-Id: <kvm.vger.kernel.org>

On a day, {line} wrote:
> {line}

Applied to {line} as {line}, thanks!

Reviewed-by: {line} <reply-{n}@sample.example>
Tested-by: {line}
"""

PULL = """\
From: {word} <pull-{n}@sample.example>
Subject: [GIT PULL] {word}
Message-ID: <pull-{n}@sample.example>
List-Id: <kvm.vger.kernel.org>

The following changes since commit {line}:

  {line}

are available in the Git repository at:

  {line} {line}

for you to fetch changes up to {line}:

  {line}
"""

ROBOT = """\
From: {word} <lkp@bot.example>
Subject: [syzbot] {word}
Message-ID: <{line}@bot.example>
List-Id: <kvm.vger.kernel.org>

{text}
"""


def encoded_word(text):
    """Encode a text for a header (RFC 2047), controls, line ends and surrogates included."""
    octets = text.encode("utf-8", "surrogatepass")
    return f"=?utf-8?b?{base64.b64encode(octets).decode()}?="


def mails_with(text, number):
    """Yield two mails that hold the text: a patch, and another that `number` chooses.

    Of five numbers in a row two choose a reply, the others a pull request, a bot's mail,
    and another version of the patch.
    """
    line = re.sub(r"[\r\n]", " ", text)
    octets = text.encode("utf-8", "surrogatepass")
    fields = {
        "text": text,
        "line": line,
        "word": encoded_word(text),
        "quoted": "".join(f"\\{octet:03o}" for octet in octets),
        "percent": quote(octets, safe=""),
        "n": number,
        "minute": number // 60 % 60,
        "second": number % 60,
        "list_id": "kvm.vger.kernel.org" if number % 2 else f"{line}.kvm.vger.kernel.org",
    }
    again = PATCH.replace("[PATCH", "[PATCH v2").replace("Message-ID: <", "Message-ID: <v2-")
    for form in (PATCH, (REPLY, PULL, ROBOT, again, REPLY)[number % 5]):
        yield form.format(**fields).encode("utf-8", "surrogatepass")


def write_archive(path, texts):
    """Write an archive of the mails that hold the texts, one per minute."""
    writer = MailWriter(path)
    raws = [raw for number, text in enumerate(texts) for raw in mails_with(text, number)]
    for number, raw in enumerate(raws):
        writer.add(raw, 1_700_000_000 + 60 * number)
