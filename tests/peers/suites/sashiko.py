"""What sashiko's tests expect of subjects and of mails that it takes for patches."""

import re

from kvminbox import Submission, read_message
from kvminbox.subject import parse_subject
from tests.peers.suites.reading import unescape

_TEST = re.compile(r"fn (test_\w+)\(\) \{\n(.*?)\n    \}\n", re.DOTALL)
_CALL = re.compile(
    r'assert_eq!\(\s*(\w+)\("((?:[^"\\]|\\.)*)"\),\s*(Some\(\d+\)|None|"[^"]*"|vec!\[[^]]*\]'
    r"|Vec::<String>::new\(\))"
)
_INDEX = re.compile(
    r'let subject = "([^"]*)";.*?\(index, (\d+)\);\s*assert_eq!\(total, (\d+)\)', re.DOTALL
)
_MAIL = re.compile(
    r'let raw\w* =\s*b"((?:[^"\\]|\\.)*)";(?:(?!let raw).)*?assert!\(\s*(!?)\w+\.is_patch_or_cover',
    re.DOTALL,
)


def compare_facts(folder):
    """Yield each fact that the tests of its patch reader state, and whether ours differs."""
    source = (folder / "src/patch.rs").read_text("utf-8")
    for test, body in _TEST.findall(source):
        for number, (function, text, expected) in enumerate(_CALL.findall(body)):
            if (ours := _answer(function, text)) is not None:
                theirs = re.sub(r"^Some\((.*)\)$|^vec!\[(.*)\]$", r"\1\2", expected)
                differs = ours != theirs.replace("Vec::<String>::new()", "")
                yield f"patch.rs {test}.{function}.{number}", ["value"] if differs else []
        for number, (text, index, total) in enumerate(_INDEX.findall(body)):
            subject = parse_subject(text)
            differs = (subject.counter, subject.total) != (int(index), int(total))
            yield f"patch.rs {test}.index.{number}", ["value"] if differs else []
        for number, (text, negation) in enumerate(_MAIL.findall(body)):
            message = read_message(unescape(text))
            submits = isinstance(message, Submission) and message.kind != "reply_with_patch"
            yield f"patch.rs {test}.mail.{number}", ["kind"] if submits == bool(negation) else []


def _answer(function, text):
    subject = parse_subject(text)
    match function:
        case "extract_email":
            sender = read_message(f"From: {text}\n\n".encode()).sender
            return f'"{sender.email}"'
        case "clean_subject":
            return f'"{subject.title}"'
        case "parse_subject_version":
            return str(subject.revision) if subject.revision_stated else "None"
        case "get_subject_prefixes":
            return ", ".join(f'"{tree}"' for tree in sorted(subject.trees))
    return None
