"""A plain scan of replies for tags, which shares nothing with the library's readers.

Mails are taken from an archive with git alone and read with Python's `email`. A tag is
anything that looks like `word-by: Name <address>` outside `>` quotes, wherever it is
in a line. The scan knows nothing of signatures, copies, patches or sentences: what
it finds beyond the library is put into classes, each with a rule of its own.

Run as a script, it prints the classes of each list, and what no class explains:

    KVMINBOX_TEST_LISTS=lists.git python -m tests.interop.tag_scan
"""

import argparse
import email
import os
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

NEWEST = 12_000
"""Mails of a list that are looked at."""

TAG = re.compile(
    r"(?<![\w-])([A-Za-z][A-Za-z'/&, -]{1,60}?[ -]by)[\s*]*[:\uff1a](.{0,300})", re.IGNORECASE
)
ADDRESS = re.compile(r"[^\s<>\"'(\[:,;`]+@[^\s<>\"')\],;`]+")
QUOTE = re.compile(r"\s*(?:[>|]|\w{1,12}>)")
BEGINS_COPY = re.compile(
    r"[-_ ]{2,}.*(?:message|nachricht|mail|messag|mensa|邮件|郵件).*[-_ ]{2,}$"
    r"|\*?(?:from|von|de|da|van|od|发件人|寄件者)\s?:\s?\*?"
    r"|.{0,200}(?:wrote|写道|schrieb.*|a écrit|writes)\s?:\s*$",
    re.IGNORECASE,
)
HEADER = re.compile(r"\*?[^\W\d_][\w -]{0,20}\s?\*?[:\uff1a]")
COMMIT = re.compile(r"\s*commit [0-9a-f]{7,}|\s*From [0-9a-f]{40} ")


@dataclass
class Found:
    """What looks like a tag in a reply."""

    name: str
    address: str
    number: int
    line: str


@dataclass
class Result:
    """What a list's replies have, and how much of it the library gives."""

    replies: int = 0
    found: int = 0
    given: int = 0
    classes: Counter = field(default_factory=Counter)
    unexplained: list = field(default_factory=list)


def list_paths():
    """Return the archives that the environment names: paths, or a folder of them."""
    named = filter(None, os.environ.get("KVMINBOX_TEST_LISTS", "").split(os.pathsep))
    found = []
    for path in map(Path, named):
        is_archive = (path / "HEAD").exists() or (path / ".git").exists()
        found += [path] if is_archive else sorted(one.parent for one in path.glob("*/HEAD"))
    return found


def read_raw(path, newest=NEWEST):
    """Yield the newest mails of an archive, as bytes."""
    log = ["git", "-C", str(path), "rev-list", f"-{newest}", "HEAD"]
    commits = subprocess.run(log, check=True, capture_output=True, text=True).stdout.split()
    asked = "".join(f"{commit}:m\n" for commit in commits).encode()
    batch = ["git", "-C", str(path), "cat-file", "--batch"]
    with subprocess.Popen(batch, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as git:  # fmt: skip
        for start in range(0, len(commits), 100):
            lines = asked.split(b"\n")[start : start + 100]
            for line in filter(None, lines):
                git.stdin.write(line + b"\n")
                git.stdin.flush()
                head = git.stdout.readline().split()
                if len(head) == 3:
                    yield git.stdout.read(int(head[2]))
                    git.stdout.read(1)


def read_text(raw):
    """Return a reply's text; None for a mail that is no reply."""
    mail = email.message_from_bytes(raw)
    if not mail["In-Reply-To"] and not str(mail["Subject"]).lower().startswith("re:"):
        return None
    if re.search(r"\[[^\]]*patch[^\]]*\]", str(mail["Subject"])[:12], re.IGNORECASE):
        return None
    texts = []
    for part in mail.walk():
        if part.get_content_type() == "text/plain" and not part.get_filename():
            octets = part.get_payload(decode=True) or b""
            try:
                texts.append(octets.decode(part.get_content_charset() or "utf-8", "replace"))
            except LookupError:
                texts.append(octets.decode("latin-1"))
    return "\n".join(texts).replace("\r\n", "\n")


def scan(text):
    """Yield what looks like a tag with an address, outside `>` quotes."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if QUOTE.match(line):
            continue
        for match in TAG.finditer(line[:500]):
            address = ADDRESS.search(match[2])
            below = lines[number + 1] if number + 1 < len(lines) else ""
            if address is None and not QUOTE.match(below) and not TAG.search(below):
                address = ADDRESS.search(below[:120])
            if address:
                yield Found(match[1].strip(), address[0].lower().rstrip(".?!"), number, line)


def explain(found, text, told):
    """Return the class of a tag that the library does not give; empty for none."""
    lines = text.split("\n")
    above, below = lines[: found.number], lines[found.number + 1 :]
    if found.address in told:
        return told[found.address]
    if "-- " in above:
        return "below the signature"
    if any(re.match(r"(?:diff --git|@@ -|--- a/|\+\+\+ )", line) for line in above):
        return "in a diff, or below"
    if any(re.match(r"(?:diff --git|--- a/|Index: )", line) for line in below):
        return "of a patch that the reply holds"
    if begins_copy(above):
        return "of a copied mail"
    if any(COMMIT.match(line) for line in above):
        return "of a commit"
    if re.search(
        r"(?:^|[^\w])(?:sed|grep|git|echo|warning|check|error)\b.*by\s?:|mismatch|!=",
        found.line,
        re.IGNORECASE,
    ):
        return "in a command or its output"
    return ""


def begins_copy(above):
    """Whether a mark of another mail is above, with text below it that is not quoted."""
    for number, line in enumerate(above):
        if not BEGINS_COPY.match(line.strip()):
            continue
        below = [one for one in above[number + 1 :] if one.strip() and not HEADER.match(one)]
        if below and not QUOTE.match(below[0]):
            return True
    return False


def compare(path):
    """Scan a list's replies, and compare with what the library gives."""
    from kvminbox import read_message
    from kvminbox.review import parse_reply_trailers

    result = Result()
    for raw in read_raw(path):
        text = read_text(raw)
        found = list(scan(text)) if text else []
        result.replies += text is not None
        if not found:
            continue
        message = read_message(raw)
        if message.kind not in {"reply", "reply_with_patch", "bot"}:
            continue
        trailers = [one for one in parse_reply_trailers(message) if one.address]
        given = {one.address.email.lower() for one in trailers if one.standing == "given"}
        told = {
            one.address.email.lower(): f"told: {one.standing}"
            for one in trailers
            if one.standing != "given"
        }
        for one in found:
            result.found += 1
            kind = "given" if one.address in given else explain(one, text, told)
            result.given += kind == "given"
            result.classes[kind or "unexplained"] += 1
            if not kind:
                result.unexplained.append((message.message_id, one.line.strip()))
    return result


def main(words=None):
    """Print the classes of each list, and what no class explains."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args(words)
    for path in list_paths():
        result = compare(path)
        print(f"{path}: {result.replies} replies, {result.found} tags, {result.given} given")
        for name, count in result.classes.most_common():
            print(f"  {count:6} {name}")
        for identity, line in result.unexplained:
            print(f"    <{identity}> {line[:160]}")


if __name__ == "__main__":
    main()
