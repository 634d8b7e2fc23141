"""A small tree of made-up code, in which some patches of the sample inbox have landed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kvminbox.archive import Stamp, TreeWriter
from kvminbox.models import Patch
from kvminbox.patches import read_message
from kvminbox.sample.compose import Draft, Edit, compose_mail
from kvminbox.sample.mails import AFTER, BEFORE, WEEK

START: Final = 1_749_459_600  # Monday 2025-06-09, 09:00 UTC
GAP: Final = 7_000

_DAY: Final = 86_400
_LINK: Final = "Link: https://lore.example/r/{}\n"
_EWA: Final = ("Ewa Lis", "maintainer@kvm.example")


def schedule_mails() -> Iterator[tuple[Draft, int]]:
    """Yield the sample's mails with the seconds since 1970 at which each is sent."""
    groups = (
        (BEFORE, START - GAP * (len(BEFORE) + 50)),
        (WEEK, START),
        (AFTER, START + GAP * (len(WEEK) + 1)),
    )
    for drafts, start in groups:
        for place, draft in enumerate(drafts):
            yield draft, start + GAP * place


def make_sample_tree(folder: Path | None = None) -> Path:
    """Make a repository for the sample inbox's patches, and return its path.

    Its maintainer applied the second version of the series about a timer, changed a line of
    another patch, applied a third one and took it back, and pushed a change that no mail
    holds. Two tags are releases. Every call makes the same commit ids.

    Args:
        folder: an existing directory to make it in, as `kvm-sample-tree.git`; None for a
            new temporary one, which the caller may remove.

    Raises:
        FileExistsError: it exists already.
    """
    path = (folder or Path(tempfile.mkdtemp(prefix="kvminbox-"))) / "kvm-sample-tree.git"
    path.mkdir()
    _Maintainer(TreeWriter(path)).work()
    return path


class _Maintainer:
    """Ewa, who applies the sample's patches."""

    def __init__(self, writer: TreeWriter) -> None:
        self._writer = writer
        self._mails = {draft.message_id: (draft, sent) for draft, sent in schedule_mails()}
        self._seconds = START - 60 * _DAY

    def work(self) -> None:
        """Make all commits."""
        before = {
            edit.path: _content(edit.old)
            for draft, _ in self._mails.values()
            for edit in draft.edits
            if edit.old
        }
        self._writer.tag("v6.15", self._commit(before, "KVM: begin\n"))
        self._seconds = START + 2 * _DAY
        self._apply("timer-v2-1@silicon.example", _LINK)
        self._apply("timer-v2-2@silicon.example", _LINK)
        self._apply("dirty-1@cloud.example", "", ("slot < 0", "slot <= -1"))
        guess = self._apply("mmu-1@silicon.example", "")
        self._writer.tag("v6.16-rc1", guess)
        (edit,) = self._mails["mmu-1@silicon.example"][0].edits
        title = "KVM: x86/mmu: top up as many as are used"
        reason = f'Revert "{title}"\n\nThis reverts commit {guess}.\n\nNR_OBJS is not defined.\n'
        self._commit({edit.path: _content(edit.old)}, reason)
        self._commit({"MAINTAINERS": b"Ewa Lis\n"}, "MAINTAINERS: it is me\n")

    def _apply(self, message_id: str, link: str, amend: tuple[str, str] = ("", "")) -> str:
        draft, sent = self._mails[message_id]
        mail = read_message(compose_mail(draft, sent))
        assert isinstance(mail, Patch)
        link = link.format(message_id)
        signed = f"Signed-off-by: {_EWA[0]} <{_EWA[1]}>\n"
        message = f"{mail.title}\n\n{mail.commit_message.rstrip()}\n{link}{signed}"
        author = Stamp(mail.author.name, mail.author.email, sent)
        return self._commit(_changed(draft.edits, amend), message, author)

    def _commit(self, changes: dict[str, bytes], message: str, author: Stamp | None = None) -> str:
        self._seconds += 3_600
        stamp = Stamp(*_EWA, self._seconds, 120)
        return self._writer.commit(dict(changes), message, author or stamp, stamp)


def _changed(edits: tuple[Edit, ...], amend: tuple[str, str]) -> dict[str, bytes]:
    old, new = (text.encode() for text in amend)
    return {
        edit.path: _content(edit.new).replace(old, new) if old else _content(edit.new)
        for edit in edits
    }


def _content(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
