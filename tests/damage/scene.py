"""A small archive, all that is asked of it, and how an answer is held against the right one."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kvminbox import Entry, Inbox
from kvminbox.errors import KvminboxError, ObjectError
from kvminbox.inbox import Window
from kvminbox.safe import safe_text
from tests.archive.git_archive import git
from tests.index.histories import Add, Delete, Epoch, Nothing, Purge

HISTORY = (
    *(Add(number) for number in range(8)), Purge(8), Add(9), Delete(3), Add(9), Nothing(),
    *(Add(number, 1) for number in range(10, 14)),
)  # fmt: skip
OLD = 7
"""So many commits has the beginning of it that an index knows before."""

TAG = "object {}\ntype commit\ntag v2\ntagger A Writer <a@lemon.example> 1700000000 +0000\n\nx\n"
CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"


class Row(NamedTuple):
    """What a window says of one change."""

    entry: tuple[str, ...]
    raw: bytes | None
    shown: bytes | None
    """The mail's model, where the window shows it."""

    is_problem: bool
    """Whether it is said that it can't be read."""


Rows = list[Row]
Question = Callable[[Inbox], Rows]


def make_archive(path: Path) -> list[str]:
    """Write the archive, with two tags; give its commits, the oldest first."""
    epoch = Epoch(path)
    epoch.write(HISTORY)
    commits = git(path, "rev-list", "--reverse", "HEAD").decode().split()
    epoch.archive.ref("tags/v1", commits[OLD - 1])
    epoch.archive.ref("tags/v2", epoch.archive.put("tag", TAG.format(commits[OLD + 2]).encode()))
    (path / "config").write_text(CONFIG)
    return commits


def make_questions(commits: list[str]) -> dict[str, Question]:
    """Return ways to choose a part of the archive, as its users do."""
    ranges = {
        "ids": (commits[2], commits[-2]),
        "short ids": (commits[2][:12], commits[-2][:12]),
        "a tag": ("v1", None),
        "an annotated tag": (None, "v2"),
        "steps": ("HEAD~4", "master^"),
        "git's syntax": (None, ":/subject"),
    }
    chosen = {name: _list(base, tip) for name, (base, tip) in ranges.items()}
    return {
        "all": lambda inbox: read_rows(inbox, inbox.between(None)),
        "a date": lambda inbox: list_rows(inbox.since("2023-11-14T22:15:00")),
        **chosen,
    }


def _list(base: str | None, tip: str | None) -> Question:
    return lambda inbox: list_rows(inbox.between(base, tip))


def list_rows(window: Window) -> Rows:
    """Return the changes of a window, without the mails."""
    return [Row(_plain(entry), None, None, entry.change == "problem") for entry in window.entries()]


def _plain(entry: Entry) -> tuple[str, ...]:
    return (entry.commit, entry.change, entry.blob, str(entry.arrived))


def read_rows(inbox: Inbox, window: Window) -> Rows:
    """Read all of a window, and see that its parts agree."""
    told: list[object] = []
    window.on_problem = told.append
    shown = {mail.entry: mail.model_dump_json().encode() for mail in window.messages()}
    problems = {problem.entry for problem in window.problems()}
    assert len(told) == len(problems)
    found = []
    for entry in window.entries():
        raw, is_lost = _read(inbox, entry) if entry.change == "message" else (None, False)
        found.append(Row(_plain(entry), raw, shown.get(entry), is_lost or entry in problems))
    summary = window.summary()
    parts = (summary.messages, summary.deletions, summary.purged, summary.unchanged)
    assert sum(parts) + summary.problems == summary.commits == len(window)
    return found


def _read(inbox: Inbox, entry: Entry) -> tuple[bytes | None, bool]:
    try:
        return inbox.raw(entry), False
    except ObjectError:
        return None, True


def judge(given: Rows, right: Rows) -> str:
    """Say in a word whether an answer is the right one, or says where it is not."""
    if given == right:
        return "equal"
    if [row.entry[0] for row in given] != [row.entry[0] for row in right]:
        return f"wrong: {len(given)} commits of {len(right)}"
    has_problem = any(row.is_problem for row in given)
    for one, other in zip(given, right, strict=True):
        # a deletion that can't be read takes no mail away
        came_back = other.shown is None and one[:2] == other[:2] and has_problem
        if not (one == other or one.is_problem or came_back):
            return f"wrong: {one} for {other}"
    return "error"


def ask(inbox: Callable[[], Inbox], questions: dict[str, Question]) -> dict[str, Rows | str]:
    """Ask an inbox everything; where one of our own errors is the answer, the word for it."""
    try:
        opened = inbox()
    except KvminboxError as error:
        return dict.fromkeys(questions, read_error(error))
    return {name: _answer(question, opened) for name, question in questions.items()}


def _answer(question: Question, inbox: Inbox) -> Rows | str:
    try:
        return question(inbox)
    except KvminboxError as error:
        return read_error(error)


def read_error(error: KvminboxError) -> str:
    """Check that an error is one safe line; return the word for it."""
    assert error.what
    assert str(error) == safe_text(str(error))
    return "error"


def judge_all(given: dict[str, Rows | str], right: dict[str, Rows]) -> dict[str, str]:
    """Say of each answer in a word what it is."""
    return {
        name: answer if isinstance(answer, str) else judge(answer, right[name])
        for name, answer in given.items()
    }


def to_plain(answers: dict[str, Rows | str]) -> dict[str, list[tuple[object, ...]]]:
    """Return right answers as values that one process can pass to another."""
    assert not any(isinstance(answer, str) for answer in answers.values()), answers
    return {name: [tuple(row) for row in answer] for name, answer in answers.items()}


def from_plain(answers: object) -> dict[str, Rows]:
    """Return right answers from such values."""
    assert isinstance(answers, dict), answers
    return {name: [Row(*row) for row in rows] for name, rows in answers.items()}
