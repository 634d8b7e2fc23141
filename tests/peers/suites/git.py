"""git's t5100: what its own test expects `git mailinfo` to print for each sample."""

from kvminbox import Submission, read_message
from tests.interop.differences import as_git_author
from tests.peers.suites.reading import compare_diff, compare_mail, split_mbox


def compare_samples(folder):
    """Yield each sample and the fields in which ours differ from git's expected files."""
    data = folder / "t/t5100"
    for number, raw in enumerate(split_mbox(data / "sample.mbox"), 1):
        info, message, patch = (data / f"{kind}{number:04}" for kind in ("info", "msg", "patch"))
        yield f"sample.mbox {number:04}", _compare(raw, info, message, patch)
    for number, raw in enumerate(split_mbox(data / "rfc2047-samples.mbox"), 1):
        yield f"rfc2047-samples.mbox {number:04}", _compare(raw, data / f"rfc2047-info-{number:04}")
    for name in ("info-from", "embed-from", "quoted-string", "comment"):
        [raw] = split_mbox(data / f"{name}.in", "-b")
        yield f"{name}.in expected", _compare(raw, data / f"{name}.expect")
    [raw] = split_mbox(data / "quoted-from.in", "-b")
    yield "quoted-from.in expected", _compare(raw, None, data / "quoted-from.expect")
    for number, raw in enumerate(split_mbox(data / "sample.mboxrd", "--mboxrd"), 1):
        yield f"sample.mboxrd {number:04}", _compare(raw, None, data / f"{number:04}mboxrd")
    for number, raw in enumerate(split_mbox(data / "quoted-cr.mbox"), 1):
        yield f"quoted-cr.mbox {number:04}", compare_mail(raw)
    for name in ("nul-plain", "nul-b64.in"):
        yield f"{name} git", compare_mail((data / name).read_bytes())


def _compare(raw, info=None, message=None, patch=None):
    ours = read_message(raw)
    is_patch = isinstance(ours, Submission)
    author = ours.author if is_patch else ours.sender
    text = ours.commit_message if is_patch else ours.body
    differs = []
    if info:
        lines = info.read_text("utf-8", "surrogateescape").splitlines()
        facts = dict(line.split(": ", 1) for line in lines if ": " in line)
        if as_git_author(author) != (facts.get("Author", ""), facts.get("Email", "")):
            differs.append("author")
        if (ours.title if is_patch else ours.subject.title) != facts.get("Subject", ""):
            differs.append("title")
    if message:
        expected = message.read_text("utf-8", "surrogateescape").strip()
        # what is no patch has no commit message; its words are in its text
        if text.strip() != expected if is_patch else expected not in text:
            differs.append("message")
    if patch:
        expected = patch.read_text("utf-8", "surrogateescape")
        differs += compare_diff(expected)
        if is_patch and not expected.startswith(ours.diff[:200]) and ours.diff not in expected:
            differs.append("diff")
        if not is_patch and expected.strip():
            differs.append("diff")
    return differs
