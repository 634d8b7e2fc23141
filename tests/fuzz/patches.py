"""Targets of the readers of patches: subject, diff, the parts of a text, trailers."""

from typing import Final

from kvminbox import read_message
from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.models import Address, Message
from kvminbox.patch_id import compute_patch_id
from kvminbox.patches.split import split_patch
from kvminbox.review.reply_trailers import parse_reply_trailers
from kvminbox.series import group_series
from kvminbox.subject import parse_subject
from kvminbox.trailers import parse_trailers
from kvminbox.versions import parse_changelog

SENDER: Final = Address(name="Ida Birch", email="ida@wood.example")


def subject(data: bytes) -> None:
    """A subject line: the title ends it, and its numbers are numbers."""
    line = data.decode("utf-8", "replace").replace("\n", " ")
    found = parse_subject(line)
    assert found.raw == line
    assert line.endswith(found.title)
    assert found.revision >= 0
    assert 0 <= found.counter <= found.total or not found.counter_stated
    assert found == parse_subject(line)


def diff(data: bytes) -> None:
    """A text that may hold a diff: whatever is counted is in the text."""
    text = data.decode("utf-8", "replace")
    blocks = find_diff(text)
    if blocks is None:
        return
    assert text[blocks.start : blocks.end] == blocks.diff
    stat, _ = compute_diffstat(blocks)
    lines = blocks.diff.split("\n")
    assert 0 <= stat.insertions <= sum(line.startswith("+") for line in lines)
    assert 0 <= stat.deletions <= sum(line.startswith("-") for line in lines)
    assert len(stat.files) == len(blocks.files)
    compute_patch_id(blocks.diff)


def patch_split(data: bytes) -> None:
    """A patch mail's text: each of its parts is in it, in order."""
    text = data.decode("utf-8", "replace")
    blocks = find_diff(text)
    parts = split_patch(text, blocks)
    place = text.find(parts.message)
    assert place >= 0
    assert text.find(parts.notes, place) >= 0
    assert text.endswith(parts.tail)
    assert 0 <= parts.in_body.end <= len(text)


def trailers(data: bytes) -> None:
    """The trailers of a message, of a reply, and a list of changes."""
    text = data.decode("utf-8", "replace")
    for trailer in parse_trailers(text, SENDER, "patch"):
        assert trailer.name
    head = "From: Ida Birch <ida@wood.example>\nMessage-ID: <1@wood.example>\n"
    given = parse_reply_trailers(_read(f"{head}Subject: Re: [PATCH] x\n\n{text}"))
    assert all(found.name for found in given)
    cover = _read(f"{head}Subject: [PATCH v3 0/2] x\n\n{text}")
    for series in group_series([cover]):
        assert all(entry.text for entry in parse_changelog(series))


def _read(mail: str) -> Message:
    return read_message(mail.encode())
