"""The worst inputs we could think of, for each public function that reads a stranger's text.

A row is a function, what is hard in its input, and what makes that of a given size. The
inputs were found by reading each pattern and each loop as an attacker does, and by trying
pieces of them at random; where one was slow once, the comment says how slow.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.worst_inputs import worst_mails
from tests.worst_inputs.readers import READERS

MEGA = 1_000_000


@dataclass(frozen=True)
class Row:
    """One of the worst inputs of a function."""

    function: str
    hard: str
    make: Callable[[int], object]

    @property
    def read(self) -> Callable[[object], object]:
        """The function that is measured."""
        return READERS[self.function]


def repeat(unit, before="", after=""):
    """Return a function that makes a text of a size by repeating a unit."""
    return lambda size: before + unit * (size // len(unit)) + after


def count(line, before="", after=""):
    """Return a function that makes a text of lines, or words, in which `{}` counts up."""

    def make(size):
        number = size // (len(line) + 3)
        return before + "".join(line.replace("{}", str(n)) for n in range(number)) + after

    return make


DIFF = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
SERIES = "a series of as many mails as a megabyte takes"

TEXTS = {
    "parse_subject": {
        "empty brackets": repeat("[]"),  # half a second a megabyte
        "brackets within brackets": repeat("["),
        "words in brackets": repeat("[a b c d] "),
        "reply marks": repeat("Re: "),
        "replies of old": repeat("(was "),
        "numbers": repeat("1/1 ", "PATCH "),
    },
    "parse_addresses": {
        "mailboxes": repeat("a@b,"),  # 1.6 seconds and 150 MB
        "names": repeat("a b,"),
        "quotes": repeat('"'),
        "escaped quotes": repeat('\\"', '"'),
        "comments": repeat("("),
        "commas in names": repeat('a,"b"<c@d>,'),
        "encoded words": repeat("=?utf-8?q?a?=,"),
        "unfinished words": repeat("=?a?q?"),
        "groups": repeat("a:;"),
        "angles": repeat("<"),
    },
    "parse_date": {
        "blanks": repeat(" ", "Tue, 5 "),
        "digits": repeat("1"),
        "signs": repeat("+-", "Tue, 5 Sep 2023 10:00:00 "),
        "letters": repeat("a", "1 "),
        "comments": repeat("(", "Tue, 5 Sep 2023 10:00:00 "),
        "names of zones": repeat("GMT ", "Tue, 5 Sep 2023 10:00:00 "),
    },
    "decode_words": {
        "words of one letter": repeat("=?utf-8?q?a?= "),  # each was copied for the next one
        "one word": repeat("=41", "=?utf-8?q?", "?="),
        "unfinished words": repeat("=?a?q?"),
        "question marks": repeat("?=", "=?utf-8?q?"),
        "base64": repeat("QQ==", "=?utf-8?b?", "?="),
    },
    "parse_references": {
        "ids": repeat("<a@b>"),
        "open ids": repeat("<a"),
        "prose": repeat("(a <b> "),
        "one word": repeat("a"),
        "half ids": repeat("<a@b "),
        "other halves": repeat("a@b> "),
        "encoded words": repeat("=?utf-8?q?=3Ca=40b=3E?= "),
    },
    "extract_text": {
        "a tag of one letter": repeat("a", "<"),  # the square: 100 kB took minutes
        "tags": repeat("<b>"),
        "open tags": repeat("<a b='"),
        "angles": repeat("<"),
        "comments": repeat("<!--"),
        "scripts": repeat("<script>"),
        "entities": repeat("&#"),
    },
    "unflow_text": {
        "flowed lines": repeat("a \n"),
        "flowed quotes": repeat("> a \n"),
        "depth": repeat(">", "", " \n"),
    },
    "parse_content_type": {
        "parameters": repeat(";a=b", "text/plain"),
        "counted parameters": count(";a{}=b", "text/plain"),
        "pieces": count(";a*{}*=%41", "text/plain"),
        "quotes": repeat(';a="\\"', "text/plain"),
        "comments": repeat(";(", "text/plain"),
        "blanks": repeat(" ", "text/plain;a", "b"),
    },
    "decode_transfer": {
        "base64 in pieces": repeat("QQ==\n", "base64:"),
        "damaged base64": repeat("QUJD!\n", "base64:"),
        "padding": repeat("Q=", "base64:"),
        "soft breaks": repeat("=\n", "quoted-printable:"),
        "uuencoded lines of one sign": repeat("_\n", "uuencode:begin 644 x\n"),  # became 30 MB
        "damaged uuencode": repeat("\x01\n", "uuencode:begin 644 x\n"),
    },
    "find_diff": {
        "files": repeat("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n"),
        "git's files": repeat(DIFF),
        "files without lines": repeat("diff --git a/x b/x\nnew file mode 100644\n"),
        "combined diffs": repeat("diff --cc x\n"),
        "suspicious paths": repeat("diff --git a/../x b/../x\nnew file mode 100644\n"),
        "hunks": repeat("@@ -1 +1 @@\n-a\n+b\n", "--- a\n+++ b\n"),
        "hunks of no lines": repeat("@@ -0,0 +0,0 @@\n", "--- a\n+++ b\n"),
        "a hunk too long": repeat("+a\n", "--- a\n+++ b\n@@ -9999999 +9999999 @@\n"),
        "a hunk too short": repeat("+a\n", "--- a\n+++ b\n@@ -1 +1 @@\n"),
        "damaged hunks": repeat("@@ -1,9 +1,9 @@\n+a\n", "--- a\n+++ b\n"),
        "broken hunks": repeat("@@ -1,9 +1,9 @@\n a\nb\n", "--- a\n+++ b\n"),
        "a damaged hunk and marks": repeat("@@ -\n", "--- a\n+++ b\n@@ -1,9 +1,9 @@\n+a\n"),
        "damaged hunks of lines without mark": repeat(
            "@@ -1,9 +1 @@\na\nb\n--- c\n", "--- a\n+++ b\n"
        ),
        "half headers": repeat("--- x\n", "\n@@ -1\n"),
        "marks without a file": repeat("*** x\n"),
        "one long header": repeat("a ", "diff --git ", "\nnew file mode 100644\n"),
        "quoted names": lambda size: (  # each was undone once for each of the others
            f"diff --git x {' '.join([chr(34) + chr(92) * (size // 62) + chr(34)] * 61)}\n"
            "new file mode 100644\n"
        ),
        "a long line": repeat("Binary files a and ", "--- a\n+++ b\n@@ -0,0 +1 @@\n+"),
        "binary data": repeat("literal 1\nzA\n\n", "diff --git a/x b/x\nGIT binary patch\n"),
    },
    "find_declared_diffstat": {
        "rows": repeat(" a | 1 +\n", "", " 1 file changed\n"),
        "summaries": repeat(" changed"),
        "lines that are nearly one": repeat(" 1 file changed, \n"),
        "rows of blanks": repeat(f" a{' ' * 990}b | 1\n", "", " 1 file changed\n"),
    },
    "compute_patch_id": {
        "files": repeat(DIFF),
        "lines": repeat("+\n", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1,9999999 @@\n"),
        "header lines": repeat("index 0..1\n", "diff --git a/x b/x\n"),
    },
    "parse_trailers": {
        "people": repeat("Acked-by: a <a@b.example>\n"),
        "different people": count("Acked-by: {} a <{}@b.example>\n"),
        "wrapped lines": repeat(" a\n", "Acked-by: a\n"),
        "notes": repeat("[a\n", "Acked-by: a <a@b.example>\n"),
        "a long line": repeat("a", "Acked-by: "),
        "Fixes": repeat('Fixes: 0123456789ab ("a\nb")\n'),
        "links of addresses": repeat("Acked-by: a <mailto:a@b.example>\n"),
        "blanks and a link": repeat(f"Acked-by: a{' ' * 1_900}mailto:a@b.example\n"),
    },
    "parse_reply_trailers": {
        "different people": count("Acked-by: {} a <{}@b.example>\n"),
        "lines of one letter": repeat(f"Acked-by: {'a' * 1_900}\n"),  # ten seconds
        "phrases of blanks": repeat(f"Acked-by: a <a@b.example> # for the{' ' * 1_900}\n"),
        "blank lines below tags": lambda size: "Acked-by: a <a@b.c>\n" * 500 + "\n" * size,
        "a long paragraph above tags": lambda size: (  # read for each of them: minutes
            f"for the{' ' * size}\n" + "Acked-by: a <a@b.c>\n" * 500
        ),
        "a thousand numbers for each": count("Acked-by: {} <a{}@b.c> # patches 1-999,2-1000\n"),
        "many tags in a line": repeat(f"Acked-by: a <a@b.example>{', Acked-by: a <a@b.c>' * 80}\n"),
        "numbers behind a tag": repeat(f"Acked-by: a <a@b.example> on {'#1, ' * 450}\n"),
        "numbers above tags": lambda size: (
            "add to #1, " * (size // 11) + "\n" + "Acked-by: a <a@b.c>\n" * 500
        ),
        "misspelt names": count("Revieweed{}-by: a <a{}@b.example>\n"),
        "by": repeat("by: "),
        "words before tags": repeat("a, Acked-by: a <a@b.example>\n"),
        "long words before tags": repeat(f"{'a ' * 900}Acked-by: a <a@b.example>\n"),
        "joined names before a tag": repeat(f"so {'Acked, ' * 250}Tested-by: a@b.example\n"),
        "no colon": repeat(f"Acked-by {'a ' * 900}<a@b.example>\n"),
        "commits": repeat("commit 0123456789ab\nAuthor: a\n\n    Acked-by: a@b.example\n"),
        "commits without an author": repeat("commit 0123456789ab\n"),
        "sign-offs": repeat("Signed-off-by: a <a@b.example>\n"),
        "what is asked": lambda size: (
            "please add " * (size // 11) + "\n" + "Acked-by: a <a@b.c>\n" * 500
        ),
        "attributions": repeat("On 2024-05-01, Ada wrote:\n", "> a\n"),
        "attributions that are no such": repeat("2024 a@b.example:\n\n"),
        "copied headers": repeat("From: a@b.example\n"),
        "headers and blank lines": repeat("From: a@b.example\n\n\n\n\n\n\n\n"),
        "separators": repeat("---- original ----\n"),
        "a reply's patch below a page that nearly ends so": worst_mails.nearly_ends_so,
    },
    "find_applied": {
        "blank lines": repeat("\n", "Applied, thanks\n"),  # the square: 24 kB took 1.6 seconds
        "lines of blanks": repeat(f"{' ' * 48}\n", "Applied, thanks\n"),
        "sentences": repeat("applied. "),
        "paragraphs": repeat("applied if\n\n"),
        "what is applied": repeat(f"{'series ' * 120}applied\n\n"),
        "applied again": repeat(f"{'applied ' * 120}\n\n"),
        "thanks before it": repeat(f"{'thanks ' * 120}applied\n\n"),  # 2 ** n
        "deeds before it": repeat(f"I {'now fixed and ' * 60}applied it\n\n"),
        "patches before it": repeat(f"{'the patches 1, ' * 60}are applied\n\n"),
        "places behind it": repeat(f"applied {'to the ' * 130}x\n\n"),
        "brackets behind it": repeat(f"applied {'(' * 900}\n\n"),
        "a state": repeat(f"{'the patches ' * 70}is in next\n\n"),
        "a list": repeat("[1/2] a\n commit: 12345678\n"),
        "names of tests": repeat(f"{'timer04, ' * 90}merged\n\n"),
        "exceptions": repeat(f"Applied {'all but the first patch ' * 35}\n\n"),
        "a title": repeat(f"'{'a: the ' * 120}' is applied\n\n"),
        "a list of deeds": repeat(f"{'fixed, ' * 120}and applied them to next\n\n"),
        "topics": repeat(f"applied the patches {'to the a/b ' * 80}drivers\n\n"),
        "topics left out": repeat(f"applied them except {'a/b (c) and ' * 80}drivers\n\n"),
        "a plan": repeat(f"get {'the patches ' * 90}applied\n\n"),
        "titles and notes": repeat(">   a: b\n\n[ c d ]\n\n>   a: c\n\n[...]\n\nApplied.\n\n"),
        "a long note": repeat(">   a: b\n\n[ c\n" * 40 + "Applied these:\n\n"),
        "commits": repeat("Applied these:\n\n" + "0123456789ab a: b\n" * 40 + "\n"),
    },
    "read_taken_back": {
        "drops": repeat("I've dropped "),
        "deeds before it": repeat("and so I'll have to "),
        "words before it": repeat("ok, so, sorry, "),
        "patches behind it": repeat("dropped the patch "),
        "sentences": repeat("None of this is. "),
        "lines": repeat("I had to to to\n\n"),
    },
    "read a remark": {
        "thanks": repeat("thanks "),
        "leads": repeat("oh, well, "),
        "praise": repeat("looks good and "),
        "promises": repeat("I will "),
        "tests": repeat("with this it works, "),
        "names": repeat("Ben, "),
        "agreement": repeat("all of the comments "),
        "dropped patches": repeat("I will drop this patch "),
        "laughter": repeat("ha"),
        "commas": repeat(", ", "Thanks"),
        "lines of a letter": repeat("a\n"),
        "blank lines": repeat("\n", "Thanks", "a"),
        "rules": repeat("--\n"),
        "asked trees": repeat("I updated a "),
    },
    "what a changelog has heard": {
        "one word": repeat("a"),  # the square: 100 kB took 47 seconds
        "words of two cases": repeat("aB"),
        "dashes": repeat("-"),
        "underscores": repeat("a_"),
        "calls": repeat("a()"),
        "files": repeat("a.c "),
        "items": repeat("\n - a"),
    },
    "parse_changelog": {
        "links within links": repeat("a://-", "v2:\n - ", " !"),  # 2 ** n
        "letters of link": repeat("link", "v2:\n - ", "!"),
        "entries of lines": repeat("-a\n", "Changes in v2:\n"),  # the square
        "headings": repeat("v2 -> v3\n"),
        "versions": repeat("v1 "),
        "deep indents": repeat(" ", "v2:\n", "a"),
    },
    "link_series": {
        "a word of a page": repeat("a", "v1: ", "@"),
        "footnotes of many ids": repeat("@", "[a] ", " x"),
        "marks of one footnote": repeat("[1]", "[1] a@b,c@d\nv1: "),
        "ids": repeat("v1: a@b "),
        "sentences": repeat("this supersedes the series "),
        "quoted titles": repeat('this replaces patch "a b c d e" '),
        "brackets of a title": repeat("[a] ", 'this supersedes "', '"'),
        "changes since": repeat("changes since "),
        "blank lines below a label": repeat("\n", "v1:\n", "a@b"),
    },
    "find_pull": {
        "blanks": repeat(" ", "The following changes since commit ", "\navailable epository"),
        "the old words": repeat("available in the git repository at: "),
        "places": repeat("are available in the git repository at:\n"),
    },
    "excerpt_body": {
        "separators": repeat("---\n"),
        "signatures": repeat("-- \n"),
        "headers": repeat("From: a\n"),
    },
    "divide_text": {
        "a header of blanks": repeat(
            " x", "diff --git a/", "\nnew file mode 100644\n"
        ),  # the square
        "files": repeat(DIFF),
        "quotes": repeat(">\n"),
        "hunk headers": repeat("@@ -0,0 +0,0 @@ a\n", "--- a\n+++ b\n"),
    },
    "extract_mail": {
        "a quoted line of by": repeat("by:", ">"),  # 11 seconds
        "words": count("w{} "),
        "Received": repeat("Received: a\n"),
    },
    "parse_query": {
        "words": repeat("a "),
        "signs": repeat("a.b/"),
        "quotes": repeat('"a" '),
        "brackets": repeat("("),
    },
    "compute_stem": {"y": repeat("y"), "endings": repeat("ational")},
    "parse_mailmap": {"lines": repeat("A <a@b>\n"), "one name": repeat("a ", "", "<a@b>")},
    "parse_aliases": {
        "lines": repeat("a@b c@d\n"),
        "signs": repeat("@", "a ", " x"),  # the square
    },
    "parse_employers": {"lines": repeat("a.b c\n"), "a name": repeat(" c", "a.b", "<")},
    "parse_gitdm_config": {"maps": repeat("EmailMap a\n")},
    "parse_maintainers": {
        "sections": repeat("A\nF: a\n\n"),
        "open classes": repeat("[", "A\nF: "),  # the square
        "names of many places": repeat("N: (a{99}){19}\n", "A\n"),  # gigabytes
    },
    "parse_tree": {"digits": repeat("11111 "), "entries": repeat("100644 m\0" + "a" * 20)},
    "parse_commit": {"parents": repeat("parent " + "a" * 40 + "\n"), "zones": repeat("1 +1 ")},
    "safe_text": {
        "escapes": repeat("\x1b"),
        "directions": repeat("\u202e"),
        "selectors": repeat("1\ufe0f"),
        "marks": repeat("\u0300"),
    },
    "write_mbox": {"clocks": repeat("1:11 ", "From "), "froms": repeat("From \n")},  # the square
    "render_mail": {"one line": repeat("a"), "lines": repeat("\u00e9\n")},  # 1 MB took minutes
    "render_text": {"one line": repeat("a"), "lines": repeat("a\n")},
    "render_markdown": {"backticks": repeat("`"), "bars": repeat("|")},
    "render_html": {"angles": repeat("<"), "lines": repeat("a\n")},
    "render_terminal": {"lines": repeat("a\n"), "escapes": repeat("\x1b")},  # 15 seconds
    "render_csv": {"quotes": repeat('"'), "lines": repeat("a\n")},
    "show a card": {"lines": repeat("a\n"), "one line": repeat("<")},
    "load_message": {
        "brackets": repeat("["),
        "text": repeat("a", '{"kind":"reply","body":"', '"}'),
    },
}
"""Functions of a text."""

TABLE = [
    *(Row(function, hard, make) for function, rows in TEXTS.items() for hard, make in rows.items()),
    *(Row("read_message", hard, make) for hard, make in worst_mails.MAILS.items()),
    *(Row("series and threads", hard, make) for hard, make in worst_mails.FLOODS.items()),
]
