"""Each prefix finds the mails that have the word in its place, from the archive to the hit."""

import pytest

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from kvminbox.index import Index
from kvminbox.index.query.prefixes import PREFIXES

PATCH = """\
From: Kim Alder <kim@wood.example>

Say what wordbody is.

Reviewed-by: Wordtag Lark <lark@birds.example>
---
 wordpath/tree.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/wordpath/tree.c b/wordpath/tree.c
index 1234567..abcdef0 100644
--- a/wordpath/tree.c
+++ b/wordpath/tree.c
@@ -1,3 +1,3 @@ int wordhunk(void)
 wordcontext
-wordremoved
+wordadded
 more

---
base-commit: 0123456789abcdef0123456789abcdef01234567
change-id: 20230920-wordchange-0123456789ab
"""

ATTACHED = """\
--b
Content-Type: text/plain

See there.
--b
Content-Type: text/x-log; name="wordname.log"
Content-Disposition: attachment; filename="wordname.log"

x
--b--
"""

FORWARD = """\
--b
Content-Type: text/plain

Look.
--b
Content-Type: message/rfc822

From: Wordauthor Elm <elm@wood.example>
Subject: [PATCH] wordinnersubject
Message-ID: <wordinnerid.1@wood.example>
Content-Type: multipart/mixed; boundary="c"

--c
Content-Type: text/plain

Saying wordinnerbody.
--c
Content-Type: message/rfc822

From: Oak <oak@wood.example>
Subject: Two deep, worddeepsubject

> worddeepquote
--c--
--b--
"""
INLINE = """\
--b
Content-Type: text/plain; name="wordinline.txt"
Content-Disposition: inline

Shown.
--b--
"""
BINARY = """\
Why.
---
diff --git a/logo.png b/logo.png
new file mode 100644
index 0000000..1111111
GIT binary patch
literal 26
hcmZQ5Pt3_?%*<0L$w*Zw&(BX$NX$!7NJ>o31^{w12*v;a

literal 0
HcmV?d00001

"""

MAILS = {
    "from": {"from": "Wordfrom Oak <oak@wood.example>"},
    "to": {"to": "Wordto Elm <elm@wood.example>, b@wood.example"},
    "cc": {"cc": "b@wood.example, Wordcc Ash <ash@wood.example>"},
    "subject": {"subject": "About wordsubject"},
    "id": {"message_id": "<wordid.1@wood.example>"},
    "list": {"list_id": "<wordlist.wood.example>"},
    "quoted": {"body": "> wordquoted\n"},
    "own": {"body": "wordown\n"},
    "attached": {"content_type": 'multipart/mixed; boundary="b"', "body": ATTACHED},
    "forward": {"content_type": 'multipart/mixed; boundary="b"', "body": FORWARD},
    "inline": {"content_type": 'multipart/mixed; boundary="b"', "body": INLINE},
    "binary": {"subject": "Re: tree: paint", "from": "Ash <ash@wood.example>", "body": BINARY},
    "patch": {"subject": "[PATCH v3] tree: grow", "body": PATCH},
}

FOUND = {
    "f:wordfrom": "from", "t:wordto": "to", "c:wordcc": "cc",
    "t:wordcc": "", "c:wordto": "", "f:wordto": "", "t:wordfrom": "", "c:wordfrom": "",
    "tc:wordto": "to", "tc:wordcc": "cc", "tc:wordfrom": "",
    "tcf:wordto": "to", "tcf:wordcc": "cc", "tcf:wordfrom": "from",
    "a:wordto": "to", "a:wordcc": "cc", "a:wordfrom": "from", "a:wordsubject": "",
    "wordto": "", "wordcc": "", "wordfrom": "from",
    "s:wordsubject": "subject", "bs:wordsubject": "subject", "b:wordsubject": "",
    "m:wordid": "id", "mid:wordid.1@wood.example": "id", "f:wordid": "",
    "l:wordlist": "list", "lid:wordlist.wood.example": "list", "wordlist": "",
    "q:wordquoted": "quoted", "b:wordquoted": "quoted", "nq:wordquoted": "",
    "nq:wordown": "own", "b:wordown": "own", "bs:wordown": "own", "q:wordown": "",
    "n:wordname": "attached", "b:wordname": "", "n:wordinline": "inline",
    "s:wordinnersubject": "forward", "m:wordinnerid": "forward", "wordinnerbody": "forward",
    "wordauthor": "forward", "f:wordauthor": "", "mid:wordinnerid.1@wood.example": "",
    "s:worddeepsubject": "forward", "q:worddeepquote": "forward",
    "hcmZQ5Pt3_": "", "nq:literal": "", "nq:binary": "binary",
    "dfn:wordpath": "patch", "dfa:wordremoved": "patch", "dfb:wordadded": "patch",
    "dfa:wordadded": "", "dfb:wordremoved": "", "dfhh:wordhunk": "patch",
    "dfctx:wordcontext": "patch", "dfctx:wordadded": "", "nq:wordadded": "patch",
    "dfpre:1234567": "patch", "dfpost:abcdef0": "patch", "dfpre:abcdef0": "",
    "dfpost:1234567": "", "dfblob:1234567": "patch", "dfblob:abcdef0": "patch",
    "kind:patch": "patch", "revision:3": "patch", "series:patch@wood.example": "patch",
    "author:alder": "patch", "author:ida": "", "tag:wordtag": "patch", "tag:alder": "",
    "changeid:20230920-wordchange-0123456789ab": "patch", "z:600..": "patch",
    "rt:2023-09-20": "patch", "dt:20230920": "patch", "d:20230920..20230920": "patch",
}  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Return an index of one mail for each place in which a word can be."""
    folder = tmp_path_factory.mktemp("prefixes")
    writer = MailWriter(folder / "a.git")
    for seconds, (name, fields) in enumerate(MAILS.items(), 1_690_000_000):
        writer.add(write_mail(name, **fields), seconds)
    with Index.open(folder / "index.sqlite", create=True) as opened:
        opened.update(Inbox.open(folder / "a.git"))
        yield opened


def write_mail(name, body="Nothing.\n", **fields):
    day = 20 if name == "patch" else 5
    headers = {
        "From": "Ida Birch <ida@wood.example>",
        "Date": f"{day} Sep 2023 10:00:00 +0000",
        "Message-Id": f"<{name}@wood.example>",
        "Subject": "A walk",
    }
    headers |= {field.replace("_", "-").title(): value for field, value in fields.items()}
    return "".join([*(f"{key}: {value}\n" for key, value in headers.items()), "\n", body]).encode()


@pytest.mark.parametrize("query", FOUND)
def test_a_prefix_finds_the_mail_that_has_it_there(index, query):
    """A word is found where it is, and not in the next column."""
    ids = {"wordid.1@wood.example": "id"}
    found = [ids.get(one, one.partition("@")[0]) for one in index.search(query).message_ids()]
    assert " ".join(found) == FOUND[query]


def test_a_patch_id_finds_its_patch(index):
    """The patch-id that a patch has as a model finds it."""
    patch = index.get("patch@wood.example")
    assert [*index.search(f"patchid:{patch.patch_id()}").message_ids()] == ["patch@wood.example"]


def test_every_prefix_is_asked():
    """The queries here have each prefix, so that a new one is tried from end to end, too."""
    asked = {query.partition(":")[0] for query in FOUND if ":" in query}
    assert asked | {"patchid"} == {*PREFIXES}
