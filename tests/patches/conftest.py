"""Mails for the tests of this room, made from their parts."""

import pytest

from kvminbox.patches import read_message
from tests.mails import fill_in

DIFF = """\
diff --git a/lamp.c b/lamp.c
index 1111111..2222222 100644
--- a/lamp.c
+++ b/lamp.c
@@ -1,3 +1,3 @@
 int lamp;
-int off;
+int on;
 int end;
"""
STAT = """\
 lamp.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

"""
SIGNED = "Signed-off-by: Lena Lamp <lena@lamp.example>\n"
FORMATTED = f"Light the hall.\n\n{SIGNED}---\n{STAT}{DIFF}-- \n2.39.5\n"
"""What git format-patch writes."""


USUAL = {
    "From": "Lena Lamp <lena@lamp.example>",
    "Date": "Tue, 5 Sep 2023 10:00:00 +0200",
    "Message-ID": "<1@lamp.example>",
}


@pytest.fixture
def read():
    """Read a mail made from a subject, a body and headers."""

    def read_made(subject, body, **headers):
        return read_message(fill_in(USUAL, body, subject=subject, **headers))

    return read_made


@pytest.fixture
def diff():
    """A diff of one file, one line added and one removed."""
    return DIFF


@pytest.fixture
def formatted():
    """The body of a patch as git format-patch writes it."""
    return FORMATTED
