"""Corpora for the reports: lists of mails instead of archives."""

import base64

from kvminbox import read_message


class Mails:
    """A corpus of a few messages."""

    def __init__(self, messages, base="base", tip="tip"):
        self.base, self.tip = base, tip
        self._messages = messages

    def messages(self, *, progress=None):
        """Return its messages."""
        return iter(self._messages)


def encoded_word(text):
    """Write a text as RFC 2047 allows in a header, controls and all."""
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


DIFF = "---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n"


def mail_with(text, block):
    """Make a patch that holds a text in each place, both encoded and as it is."""
    word = encoded_word(text)
    head = (
        f"From: {word} <ada@sample.example>\n"
        f"To: {word} <list@sample.example>\n"
        f"Subject: [PATCH] {word}\n"
        f"Message-ID: <{text}@sample.example>\n"
        f"List-Id: <{text}.sample.example>\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "\n"
        f"From: {text} <{text.replace(' ', '')}@sample.example>\n"
        "\n"
    )
    return f"{head}{text}\n{block}\n{DIFF}".encode()


def patch_with(text, block="body"):
    """Read such a patch."""
    return read_message(mail_with(text, block))
