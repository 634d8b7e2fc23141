"""Whole mails, and floods of mails, that are costly to read."""

from kvminbox import read_message
from tests.worst_inputs.readers import HEAD

DIFF = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
MAX_HEADER = 100_000


def body(unit, before="", after="", headers="Subject: [PATCH v2 1/2] walk\n"):
    """Return a function that makes a mail whose body repeats a unit."""
    return lambda size: (
        HEAD + (headers + "\n" + before + unit * (size // len(unit)) + after).encode()
    )


def typed(content_type, unit, before=""):
    """Return a function that makes a mail of a content type."""
    return body(unit, before, headers=f"Subject: walk\nContent-Type: {content_type}\n")


def encoded(name, unit, before=""):
    """Return a function that makes a mail of a transfer encoding."""
    return body(unit, before, headers=f"Subject: walk\nContent-Transfer-Encoding: {name}\n")


def headers(name, unit):
    """Return a function that makes a mail with several headers of one name, all of full length."""

    def make(size):
        one = f"{name}: {unit * (min(size, MAX_HEADER) // len(unit))}\n"
        return HEAD + one.encode() * (size // len(one) or 1) + b"\nHello.\n"

    return make


def rewritten(size):
    """Return a mail whose From a list rewrote, with names as like as can be in other headers."""
    near = "".join(f"o{'a ' * 40}b <a{n}@wood.example>," for n in range(size // 300))
    head = "From: o" + "a " * 90 + "via x via <x@wood.example>\nList-Id: <x.wood.example>\n"
    return f"{head}Reply-To: {near}\nCc: {near}\nTo: {near}\n\nHello.\n".encode()


def lines(name, unit):
    """Return a function that makes a mail with thousands of short headers of one name."""
    one = f"{name}: {unit}\n"
    return lambda size: HEAD + one.encode() * (size // len(one)) + b"\nHello.\n"


def several_types(encoding, unit, kind="text/plain"):
    """Return a function that makes a mail of six Content-Types, each of which could be right."""

    def make(size):
        types = "".join(f"Content-Type: {kind}; charset=y{n}; boundary=x\n" for n in range(6))
        head = f"{types}Content-Transfer-Encoding: {encoding}\n\n".encode()
        return HEAD + head + unit.encode() * (size // len(unit))

    return make


def multiparts(size):
    """Return a mail of multiparts with nine hundred parts each."""
    inner = "Content-Type: multipart/mixed; boundary=b{}\n\n" + "--b{}\n\na\n" * 900
    parts = (f"--a\n{inner.replace('{}', str(n))}\n" for n in range(size // 9_000 + 1))
    return HEAD + f"Content-Type: multipart/mixed; boundary=a\n\n{''.join(parts)}".encode()


def deep_multiparts(size):
    """Return a mail of twenty levels that ends all levels again and again."""
    heads = "".join(
        f"--x{n}\nContent-Type: multipart/mixed; boundary=x{n + 1}\n\n" for n in range(19)
    )
    ends = "".join(f"--x{n % 20}\n\na\n" for n in range(size // 8))
    return HEAD + f"Content-Type: multipart/mixed; boundary=x0\n\n{heads}{ends}".encode()


def attachments(size):
    """Return a mail of attachments, each with a diff."""
    part = f"--a\nContent-Type: text/x-c; name=a\n\n{DIFF}\n"
    return (
        HEAD + f"Content-Type: multipart/mixed; boundary=a\n\n{part * (size // len(part))}".encode()
    )


def in_body(name, unit):
    """Return a function that makes a patch with a long in-body header."""
    return body(unit, f"{name}: ", f"\n\nText.\n---\n{DIFF}", "Subject: [PATCH] walk\n")


def signed(line):
    """Return a function that makes a patch with many trailers, each with another number in it."""

    def make(size):
        trailers = "".join(line.replace("{}", str(n)) for n in range(size // (len(line) + 4)))
        return HEAD + f"Subject: [PATCH] walk\n\nText.\n\n{trailers}---\n{DIFF}".encode()

    return make


def bits(size):
    """Return a mail with a bit of everything slow, a tenth of the size of each."""
    tenth = size // 10
    text = "".join([
        "Text.\n\n", "Acked-by: a <a@b.example>\n" * (tenth // 26), "\n---\n",
        "v1: a@b " * (tenth // 8), "\n", " a | 1 +\n" * (tenth // 9), " 1 file changed\n\n",
        DIFF * (tenth // len(DIFF)), "diff --cc x\n" * (tenth // 12), "applied. " * (tenth // 9),
    ])  # fmt: skip
    many = b"To: " + b"a b," * (tenth // 4) + b"\nReferences: " + b"<a@b>" * (tenth // 5)
    return (
        HEAD + many + b"\nSubject: " + b"=?utf-8?q?a?= " * (tenth // 14) + b"\n\n" + text.encode()
    )


def nearly_ends_so(size):
    """Return a reply whose commit message ends in a line that its notes nearly repeat."""
    text = (
        f"Text.\n\nab{'a' * (size // 3)}\n---\n{'a' * (size // 2)}\n a | 1 +\n 1 file changed\n\n"
    )
    return read_message(HEAD + f"Subject: Re: [PATCH] walk\n\n{text}{DIFF}".encode())


MAILS = {
    "To ten times": headers("To", "a@b,"),
    "To of odd mailboxes": headers("To", "a b,"),
    "To of quotes": headers("Cc", '"'),
    "From of words": headers("From", "=?utf-8?q?a?= "),
    "From of lists": headers("From", "via a "),
    "a list's From, and thousands who may be meant": rewritten,
    "References": headers("References", "<a@b>"),
    "Message-IDs": lines("Message-ID", "<a@"),
    "other headers": lines("X-A", "b"),
    "no header at all": lambda size: b"abc \n" * (size // 5),
    "six types of base64": several_types("base64", "QQ==\n"),
    "six types of HTML": several_types("8bit", "<b>", "text/html"),
    "six types of multiparts": several_types("8bit", "--x\n\na\n", "multipart/mixed"),
    "base64": encoded("base64", "QQ==\n"),
    "uuencode that grows": encoded("uuencode", "_\n", "begin 644 x\n"),
    "soft breaks": encoded("quoted-printable", "=\n"),
    "HTML": typed("text/html", "<b>"),
    "HTML of one tag": typed("text/html", "a", "<"),
    "HTML of entities": typed("text/html", "&a"),
    "flowed diffs": typed("text/plain; format=flowed; delsp=yes", DIFF),
    "UTF-7": typed("text/plain; charset=utf-7", "+2AA-"),
    "parts": typed("multipart/mixed; boundary=x", "--x\n\na\n"),
    "multiparts": multiparts,
    "deep multiparts": deep_multiparts,
    "attachments": attachments,
    "files": body(DIFF),
    "combined diffs": body("diff --cc x\n"),
    "half headers of diffs": body("--- x\n", "\n@@ -1\n"),
    "one hunk": body("+\n", "--- a\n+++ b\n@@ -0,0 +1,9999999 @@\n"),
    "an in-body Subject": in_body("Subject", "=?utf-8?q?a?= "),
    "an in-body From": in_body("From", "a b,"),
    "signers": signed("Acked-by: {} a <{}@b.example>\n"),
    "prerequisites": body("prerequisite-patch-id: a\n", "---\n", f"\n{DIFF}"),
    "bases": body("Based-on: <a@b>\n", "---\n", f"\n{DIFF}"),
    "a base of slashes": body("a/", "Depends-on: x://", f"@b\n---\n{DIFF}"),
    "replies": body("Acked-by: a <a@b.example>\n", headers="Subject: Re: walk\n"),
    "bytes that are no UTF-8": lambda size: HEAD + b"Subject: walk\n\n" + b"\xff" * size,
    "NUL": body("\0"),
    "blank lines": body("\n"),
    "one line": body("a"),
    "a bit of everything": bits,
}
"""Functions that make a mail of a given size."""


def post(number, subject, text="", more="", sender="ida"):
    """Return a mail of a flood."""
    return read_message((
        f"From: {sender} <{sender}@wood.example>\n"
        f"Date: Tue, 5 Sep 2023 10:{number // 60 % 60:02}:{number % 60:02} +0000\n"
        f"Message-ID: <{number}.{sender}@wood.example>\nSubject: {subject}\n{more}\n{text}"
    ).encode())  # fmt: skip


def flood(subject, text="", more="", size_of_one=400):
    """Return a function that makes mails; `{n}` becomes their number, `{before}` the last one."""

    def make(size):
        total = size // size_of_one
        return [
            post(n, *(one.format(n=n, before=n - 1, total=total) for one in (subject, text, more)))
            for n in range(1, total + 1)
        ]

    return make


def two_versions(size):
    """Yield the mails of two revisions of a series with the same few lines in other orders."""
    total = size // 4_000 + 1
    for revision in (1, 2):
        for n in range(1, total + 1):
            text = "".join(f"+{revision * n * k * k % 41}\n" for k in range(500))
            diff = f"diff --git a/{n} b/{n}\n--- a/{n}\n+++ b/{n}\n@@ -0,0 +1,500 @@\n{text}"
            answers = f"In-Reply-To: <{revision}@wood.example>\n"
            subject = f"[PATCH v{revision} {n}/{total}] walk {n}"
            yield post(n + 10_000 * revision, subject, f"Text.\n---\n{diff}", answers)


def copies(size):
    """Return seven mails of one Message-ID, again and again."""
    texts = (f"Text {n % 7}.\n---\n{DIFF}" for n in range(size // 400))
    return [post(1, "[PATCH 1/2] walk", text) for text in texts]


FLOODS = {
    "copies of seven mails of one id": copies,
    "one series": flood(
        "[PATCH {n}/{total}] walk {n}", f"Text.\n---\n{DIFF}", "In-Reply-To: <c@wood.example>\n"
    ),
    "lone patches of one title": flood("[PATCH] walk", f"Text.\n---\n{DIFF}"),
    "a revision each": flood("[PATCH v{n}] walk", f"change-id: a\n---\n{DIFF}"),
    "patches that link to each other": flood(
        "[PATCH v2] walk {n}",
        "Text.\n---\nv1: https://l.example/{before}.ida@wood.example\n" + DIFF,
    ),
    "a chain of answers": flood("Re: walk", "Hello.", "In-Reply-To: <{before}.ida@wood.example>\n"),
    "one number": flood("[PATCH 1/9999] walk", f"Text.\n---\n{DIFF}"),
    "two versions of one series": lambda size: list(two_versions(size)),
}
"""Functions that make mails of a given size together."""
