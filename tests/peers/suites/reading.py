"""Mails and diffs of any suite, compared with git's reading."""

import ast
import re
import subprocess
import tempfile
import textwrap
from pathlib import Path

from kvminbox import CoverLetter, PullRequest, Submission, read_message
from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.patch_id import compute_patch_id
from tests.interop.differences import as_git_author, find_differences, numstat_of
from tests.interop.git_reading import ENVIRONMENT, count_with_git, read_with_git, sum_with_git

_MAIL = re.compile(r"(?im)\A\s*(?:From .*\n)?(?:[a-z-]+:.*\n(?:[ \t].*\n)*)*(?:from|subject):")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0"}
_DIFF = re.compile(r"(?m)^diff --git |^--- .*\n\+\+\+ .*\n@@ -")


def split_mbox(path, *options):
    """Return the mails of an mbox by number, as `git mailsplit` splits it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["git", "mailsplit", *options, f"-o{folder}", str(path)]
        subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
        return [mail.read_bytes() for mail in sorted(Path(folder).iterdir())]


def compare_mail(raw):
    """Return the fields in which our reading of a mail differs from git's."""
    message, git = read_message(raw), read_with_git(raw)
    if isinstance(message, Submission) and not isinstance(message, CoverLetter | PullRequest):
        return find_differences(message, git)
    submits = isinstance(message, Submission)
    # without a diff, git does not heed a line `From:` in the body
    author = message.author if submits and git.numstat else message.sender
    counted = numstat_of(message) if submits else []
    found = {
        # git says nothing of a sender without an address
        "author": bool(author.email) and as_git_author(author) != (git.name, git.email),
        "title": message.subject.title != git.title,
        "numstat": counted != sorted(git.numstat or ()),
    }
    return [field for field, differs in found.items() if differs]


def compare_diff(text):
    """Return the fields in which our reading of a diff differs from git's."""
    blocks = find_diff(text)
    data = text.encode("utf-8", "surrogateescape")
    with tempfile.TemporaryDirectory() as folder:
        numstat, patch_id = count_with_git(folder, data), sum_with_git(folder, data)
    if blocks is None:
        return ["diff"] if numstat else []
    stat, _ = compute_diffstat(blocks)
    ours = sorted((change.path, change.insertions, change.deletions) for change in stat.files)
    found = {
        "numstat": numstat is not None and ours != sorted(numstat),
        "patch-id": numstat is not None and compute_patch_id(blocks.diff) != patch_id,
    }
    return [field for field, differs in found.items() if differs]


def find_texts(path):
    """Return the mails and diffs written in a source file: the kind, and the text as bytes."""
    source = path.read_text("utf-8", "replace")
    literals = {".py": _python, ".rs": _rust, ".go": _go}.get(path.suffix, _here_documents)
    for literal in literals(source):
        text = literal.encode() if isinstance(literal, str) else literal
        words = text.decode("utf-8", "replace")
        if _MAIL.match(words.replace("\r\n", "\n")):
            yield "mail", text
        elif _DIFF.search(words):
            yield "diff", text


def _python(source):
    nodes = list(ast.walk(ast.parse(source)))
    parts = {id(part) for one in nodes if isinstance(one, ast.JoinedStr) for part in one.values}
    values = (one.value for one in nodes if isinstance(one, ast.Constant) and id(one) not in parts)
    return [value for value in values if isinstance(value, str | bytes)]


def _rust(source):
    for match in re.finditer(r'r#"(.*?)"#|"((?:[^"\\]|\\.)*)"', source, re.DOTALL):
        yield match[1] if match[1] is not None else unescape(match[2])


def unescape(text):
    """Return the bytes of a Rust string, given as it is written between its quotes."""
    text = re.sub(r"\\\n\s*", "", text)  # a string that goes on in the next line
    return re.sub(rb"\\(x[0-9A-Fa-f]{2}|.)", _unescape_one, text.encode())


def _unescape_one(match):
    if len(match[1]) > 1:
        return bytes.fromhex(match[1][1:].decode())
    return _ESCAPED.get(match[1], match[1])


def _go(source):
    return re.findall(r"`([^`]*)`", source)


def _here_documents(source):
    for match in re.finditer(
        r"<<[-~]?\s*\\?(['\"]?)([A-Z_]\w*)\1[^\n]*\n(.*?\n)[ \t]*\2\n", source, re.DOTALL
    ):
        text = match[3] if match[1] == "'" else re.sub(r"\\([@$\\])", r"\1", match[3])
        # `<<-` removes tabs; `<<~` what all lines have in common
        undented = {"-": re.sub(r"(?m)^\t+", "", text), "~": textwrap.dedent(text)}
        yield undented.get(match[0][2], text)
