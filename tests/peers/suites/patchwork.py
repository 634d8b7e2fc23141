"""Patchwork's own tests, run with kvminbox in the place of its parser.

The test files of the user's checkout are executed as they are; what they import from
Django and Patchwork is replaced by the functions below, which answer from kvminbox.
"""

import mailbox
import sys
import unittest
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import ClassVar
from unittest.mock import MagicMock, patch

from kvminbox import CoverLetter, Patch, PullRequest, Submission, group_series, read_message
from kvminbox.subject import parse_subject

_PROJECT = SimpleNamespace(listid="test.example.com", listemail="test@example.com")
_CHANGE = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
PARSER_CASES = (
    "InlinePatchTest", "AttachmentPatchTest", "AttachmentXDiffPatchTest", "UTF8InlinePatchTest",
    "NoCharsetInlinePatchTest", "SignatureCommentTest", "UpdateSigCommentTest", "ListFooterTest",
    "DiffWordInCommentTest", "UpdateCommentTest", "SenderEncodingTest", "SenderCorrelationTest",
    "SubjectEncodingTest", "ListIdHeaderTest", "PatchParseTest",
    "EncodingParseTest", "CommentParseTest", "SubjectTest", "WeirdMailTest",
    "TestFindMessageID", "TestFindReferences",
)  # fmt: skip
SERIES_CASES = ("BaseSeriesTest", "RevisedSeriesTest", "SeriesTotalTest", "MercurialSeriesTest")


def run_tests(folder):
    """Yield each test of its parser and of its series, and whether it fails with kvminbox."""
    with patch.dict(sys.modules, _stand_ins(folder / "patchwork/tests")):
        parser = _execute(folder / "patchwork/tests/unit/test_parser.py")
        series = _execute(folder / "patchwork/tests/unit/test_series.py")
        parser["EncodingParseTest"]._test_encoded_patch_parse = _expect_one_patch
        series["_BaseTestCase"]._parse_mbox = _parse_mbox
        series["_BaseTestCase"].assertSerialized = _assert_serialized
        for space, names in ((parser, PARSER_CASES), (series, SERIES_CASES)):
            for name in names:
                for test, failed in _run_case(space[name]):
                    yield f"{space['__name__']}.py {name}.{test}", ["fails"] if failed else []


def _run_case(case):
    for test in unittest.defaultTestLoader.loadTestsFromTestCase(case):
        result = unittest.TestResult()
        test.run(result)
        if not result.skipped:
            yield test._testMethodName, not result.wasSuccessful()


def _execute(path):
    space = {"__name__": path.stem, "__file__": str(path)}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), space)
    return space


def _stand_ins(folder):
    names = (
        "django", "django.db", "django.db.transaction", "django.test", "patchwork",
        "patchwork.models", "patchwork.parser", "patchwork.tests", "patchwork.tests.utils",
        "patchwork.views", "patchwork.views.utils",
    )  # fmt: skip
    modules = {name: MagicMock() for name in names}
    modules["django.test"].TestCase = unittest.TestCase
    modules["django.test"].TransactionTestCase = unittest.TestCase
    tests, utils = modules["patchwork.tests"], modules["patchwork.tests.utils"]
    tests.TEST_MAIL_DIR = str(folder / "data/mail")
    tests.TEST_FUZZ_DIR = str(folder / "data/fuzz")
    tests.TEST_SERIES_DIR = str(folder / "data/series")
    utils.read_patch = lambda name, encoding=None: (folder / "data/patches" / name).read_text(
        encoding or "utf-8"
    )
    utils.SAMPLE_DIFF = ""
    utils.create_project = lambda **_: _PROJECT
    modules["patchwork.models"].Person = SimpleNamespace(objects=_People)
    modules["patchwork.views.utils"].patch_to_mbox = lambda message: "Content-Type:"
    parser = ModuleType("patchwork.parser")
    vars(parser).update(
        (name, globals().get(f"_{name}", MagicMock()))
        for name in (
            "clean_subject", "get_or_create_author", "find_patch_content", "find_comment_content",
            "find_project", "find_series", "parse_mail", "parse_pull_request",
            "parse_series_marker", "parse_version", "split_prefixes", "subject_check",
            "DuplicateMailError", "find_message_id", "find_references",
        )
    )  # fmt: skip
    modules["patchwork"].parser = modules["patchwork.parser"] = parser
    modules["patchwork"].models = modules["patchwork.models"]
    modules["patchwork"].tests = tests
    return modules


# --- what test_parser.py calls ---------------------------------------------------------


def _read(mail):
    return read_message(mail.as_bytes())


def _find_patch_content(mail):
    message = _read(mail)
    if not isinstance(message, Submission):
        return None, message.body
    if isinstance(message, PullRequest):
        return message.diff or None, _Pulled(message.body, message)
    words = message.commit_message
    if message.notes:
        words += f"\n---\n{message.notes}"
    return message.diff or None, words


class _Pulled(str):
    """The text of a pull request, which knows what is asked for."""

    def __new__(cls, text, message):
        made = super().__new__(cls, text)
        made.message = message
        return made


def _parse_pull_request(text):
    message = getattr(text, "message", None)
    return f"{message.repository} {message.ref or ''}".strip() if message else None


def _find_comment_content(mail):
    return None, _read(mail).body


def _parse_mail(mail, list_id=None):
    return _read(mail)


def _find_message_id(mail):
    identity = _read(mail).message_id
    if identity is None:
        raise ValueError
    return f"<{identity}>"


def _find_references(mail):
    message = _read(mail)
    ids = dict.fromkeys([*message.in_reply_to, *reversed(message.references)])
    return [f"<{identity}>" for identity in ids]


class _People:
    known: ClassVar = {}
    found = None

    @staticmethod
    def get(**_):
        return _People.found


def _get_or_create_author(mail, project=None):
    """Return who wrote a mail, were it a patch: the address is the person."""
    if project:
        mail["List-Id"] = project.listid
    mail.set_payload(_CHANGE)
    author = _read(mail).author
    if not author.email:
        raise ValueError
    key = author.email.lower()
    state = SimpleNamespace(adding=key not in _People.known)
    person = SimpleNamespace(name=author.name, email=author.email, id=key, _state=state)
    person.save = lambda: _People.known.update({key: person})
    _People.found = person
    return person


def _find_project(mail, list_id=None):
    return _PROJECT if _read(mail).list_id == _PROJECT.listid else None


def _clean_subject(text, drop=()):
    subject = read_message(f"Subject: {' '.join(text.split())}\n\n".encode()).subject
    kept = [
        one.text for one in subject.tokens
        if one.text.lower() not in {"patch", "re", *map(str.lower, drop)}
    ]  # fmt: skip
    return (f"[{','.join(kept)}] " if kept else "") + subject.title, kept


def _split_prefixes(text):
    return [one.text for one in parse_subject(f"[{text}] x").tokens]


def _subject_check(text):
    return parse_subject(text).is_reply or None


def _parse_series_marker(words):
    subject = parse_subject(f"[{' '.join(words)}] x")
    return (subject.counter, subject.total) if subject.counter_stated else (None, None)


def _parse_version(title, words):
    return parse_subject(f"[{' '.join(words)}] {title}" if words else title).revision


def _expect_one_patch(self, name):
    raw = Path(sys.modules["patchwork.tests"].TEST_MAIL_DIR, name).read_bytes()
    self.assertIsInstance(read_message(raw), Patch)


# --- what test_series.py calls ---------------------------------------------------------


def _parse_mbox(self, name, counts, project=None):
    box = mailbox.mbox(sys.modules["patchwork.tests"].TEST_SERIES_DIR + f"/{name}", create=False)
    messages = [read_message(mail.as_bytes()) for mail in box]
    box.close()
    self.found = list(group_series(messages))
    submitted = [one for one in messages if isinstance(one, Submission)]
    covers = [one for one in submitted if isinstance(one, CoverLetter)]
    patches = [one for one in submitted if one not in covers]
    others = [one for one in messages if one not in submitted]
    results = [[_in_series(self, one) for one in some] for some in (covers, patches, others)]
    self.assertParsed(results, counts)
    return results


def _in_series(self, message):
    homes = [one for one in self.found if message in (*one.messages, *one.duplicates)]
    series = SimpleNamespace(received_all=bool(homes) and homes[0].status != "incomplete")
    return SimpleNamespace(message=message, series=series, homes=homes)


def _assert_serialized(self, wrapped, counts):
    """Compare the sizes of the series, oldest first, with those that their test expects."""
    is_cover = bool(wrapped) and isinstance(wrapped[0].message, CoverLetter)
    sizes = [
        int(one.cover is not None) if is_cover else len(one.patches)
        for one in sorted(self.found, key=lambda one: one.date)
    ]
    loose = 0 if is_cover else sum(not one.homes for one in wrapped)
    self.assertEqual(sizes + [1] * loose, counts)
