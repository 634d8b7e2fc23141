"""The project's own mails with small damage: what a hostile or careless sender makes of them.

All chance comes from one number, so that a mail that fails can be made again.
"""

from pathlib import Path

TESTS = Path(__file__).parents[1]
MAILS = {
    path.stem: path.read_bytes()
    for folder in ("diffs", "patches")
    for path in sorted((TESTS / folder / "mails").glob("*.eml"))
}
TOKENS = [
    b"=?utf-8?q?", b"?=", b"=?utf-8?q?a_b?=", b"(", b")", b'"', b"<", b">", b",", b";", b":", b"\\",
    b"[", b"]", b" ", b"\t", b"=", b"_", b"@", b"-", b".", b"\r", b"\0", b"\x80", b"\xc3\xa4",
    b"\x1b", b"a", b"Re: ", b"[PATCH] ", b"[v2]",
]  # fmt: skip
LINES = [
    b"", b" ", b"\t", b" x", b"---", b"--- ", b"--- a/lamp.c", b"diff --git a/x b/x", b"Index: x",
    b"-- ", b"From: Ben Bo <ben@bo.example>", b"Subject: [PATCH] other",
    b"Date: Tue, 5 Sep 2023 10:00:00 +0200",
    b">From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001",
    b"From ben Tue Sep  5 10:00:00 2023", b"[PATCH] light", b"To: x@y.example", b"X-A: b",
    b"no colon", b"Content-Type: text/plain; charset=utf-8", b"Content-Transfer-Encoding: 8bit",
    b"-- >8 --",
]  # fmt: skip
DIFF_TOKENS = [
    b" ", b"\t", b"+", b"-", b"@", b"a/", b"/dev/null", b",", b"1", b"0", b"9", b'"', b"\\", b"\r",
    b".git/", b"--- ", b"+++ ", b"@@", b"\\ ", b"b/", b" b/",
]  # fmt: skip
DIFF_LINES = [
    b"", b" ", b"+", b"-", b" x", b"+x", b"-x", b"---", b"--- a/lamp.c", b"+++ b/lamp.c",
    b"@@ -1 +1 @@", b"@@ -0,0 +1 @@", b"@@ -1,3 +1,3 @@", b"diff --git a/x b/x",
    b"diff --git a/lamp.c b/lamp.c", b"Index: x", b"-- ", b"--", b"\\ No newline at end of file",
    b"new file mode 100644", b"deleted file mode 100644", b"old mode 100644", b"new mode 100755",
    b"rename from x", b"rename to y", b"similarity index 100%", b"Binary files a/x and b/x differ",
    b"GIT binary patch", b"literal 3", b"index 0000000..e69de29", b"index 1234567..89abcde 100644",
    b"diff -urN a/x b/x", b"diff --cc x", b"words", b"*** a", b"base-commit: 1",
]  # fmt: skip


def change_anywhere(raw, chance):
    """Damage a mail in one to three places, more often in its header and first lines."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if chance.random() < 0.1 and raw:
            place = chance.randrange(min(len(raw), 600))
            flipped = raw[place] ^ 1 << chance.randrange(8)
            raw = raw[:place] + bytes((flipped,)) + raw[place + 1 :]
            continue
        lines = raw.split(b"\n")
        last = min(len(lines), 15) if chance.random() < 0.6 else len(lines)
        _change_line(lines, range(last), chance, LINES, TOKENS)
        raw = b"\n".join(lines)
    return raw


def change_diff(raw, chance):
    """Damage the lines of a mail's diff in one to four places, or cut it off."""
    head, _, body = raw.partition(b"\n\n")
    lines = body.split(b"\n")
    marks = (b"diff ", b"--- ", b"Index")
    first = next((place for place, line in enumerate(lines) if line.startswith(marks)), 1)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        _change_line(lines, range(first - 1, len(lines)), chance, DIFF_LINES, DIFF_TOKENS)
    if lines and chance.random() < 0.03:
        del lines[chance.randrange(len(lines)) :]
    return head + b"\n\n" + b"\n".join(lines)


def _change_line(lines, places, chance, others, tokens):
    """Drop, double, swap or add a line, or put something into one or take it out."""
    if not places or not lines:
        return
    place, other = chance.choice(places), chance.choice(places)
    place, other = min(place, len(lines) - 1), min(other, len(lines) - 1)
    line = lines[place]
    start, end = sorted((chance.randrange(len(line) + 1), chance.randrange(len(line) + 1)))
    match chance.randrange(8):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, line)
        case 2:
            lines[place], lines[other] = lines[other], line
        case 3:
            lines.insert(place, chance.choice(others))
        case 4:
            lines[place] = line[:start] + line[end:]
        case 5:
            lines[place] = chance.choice(tokens) + line
        case _:
            lines[place] = line[:start] + chance.choice(tokens) + line[start:]
