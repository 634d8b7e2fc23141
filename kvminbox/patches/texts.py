"""The texts of a mail: its body, and a patch's message, notes and diff."""

from typing import NamedTuple

from kvminbox.diffs import DiffBlocks, find_diff
from kvminbox.mail import Body, Note, Stages, read_content, stage
from kvminbox.models import Subject
from kvminbox.patches.split import PatchText, is_interdiff, split_patch, split_patch_file
from kvminbox.words import list_some


class _Found(NamedTuple):
    """The diff of a mail, and the text as it is read with it."""

    text: str
    blocks: DiffBlocks | None
    place: str
    """Where it is, in words, if that is an attachment."""

    names: list[str]
    """The attachments that hold it."""


class TextParts(Stages):
    """What follows from a mail's text and attachments, and its subject.

    Attributes:
        subject: its subject, taken apart.
        body: its text; the one that was sent, where undoing `format=flowed` damaged the diff.
        blocks: the diff, in the text or attached; None without one.
    """

    subject: Subject
    body: str

    def __init__(self, content: Body, subject: Subject) -> None:
        super().__init__()
        self.subject = subject
        self._is_cover = subject.counter_stated and not subject.counter
        self._found = found = _find_in_mail(content, self._begin_stage("found"))
        self.body = found.text
        is_aside = found.blocks and self._is_cover and is_interdiff(found.blocks)
        self.blocks = None if is_aside else found.blocks

    def read_field(self, name: str, /) -> object:
        """Return a field of the mail's model."""
        return getattr(self, name)

    @stage
    def patch(self, _: Note) -> PatchText:
        """The text as a patch's: in-body headers, message, notes, diffstat, diff, tail."""
        return self._attached_patch or split_patch(self.body, self.blocks)

    @stage
    def _attached_patch(self, _: Note) -> PatchText | None:
        """The same of an attached file, as git format-patch wrote it."""
        if not self.blocks or len(self._found.names) != 1:
            return None
        is_other = self._is_cover or self.subject.is_pull
        return None if is_other else split_patch_file(self.blocks.text)

    @property
    def commit_message(self) -> str:
        """The text from the in-body headers to the `---` or the diff."""
        return self.patch.message

    @property
    def notes(self) -> str:
        """The text between the `---` and the diffstat or diff."""
        return self.patch.notes

    @property
    def diff(self) -> str:
        """The diff."""
        return self.patch.blocks.diff if self.patch.blocks else ""


def read_texts(raw: bytes, subject: Subject) -> TextParts:
    """Return the texts of a mail whose subject is known, without reading the rest of it."""
    return TextParts(read_content(raw), subject)


def _find_in_mail(content: Body, note: Note) -> _Found:
    """Find the diff in the text, else in attached texts."""
    text, as_sent = content.text, content.as_sent
    blocks, place, names = find_diff(text), "", []
    if blocks and as_sent is not None:
        blocks = _choose_as_sent(blocks, as_sent, note)
        text = blocks.text
    if not blocks and content.texts:
        found = [(name, attached) for name, attached in content.texts if find_diff(attached)]
        if found:
            joined = "".join(one if one.endswith("\n") else f"{one}\n" for _, one in found)
            names = [name for name, _ in found]
            blocks, place = find_diff(joined), f" in the attachment {', '.join(map(repr, names))}"
    if content.with_diff:
        _note_other_diffs(content, names, note)
    return _Found(text, blocks, place, names)


def _note_other_diffs(content: Body, read: list[str], note: Note) -> None:
    """Note the attachments with a diff that were not read: `git am` joins all parts of a mail."""
    others = list(content.with_diff)
    for name in read:
        if name in others:
            others.remove(name)
    if others:
        note("diff-in-attachment", f"not counted: the diff in {list_some([*map(repr, others)], 5)}")


def _choose_as_sent(blocks: DiffBlocks, as_sent: str, note: Note) -> DiffBlocks:
    """Use the text as it was sent if its diff is less damaged than that of the joined lines.

    NeoMutt with text_flowed=yes declares `format=flowed` but does not stuff a blank
    before context lines, so that undoing it takes the first column of each diff.
    """
    sent = find_diff(as_sent)
    if sent is None or _count_damaged(sent) >= _count_damaged(blocks):
        return blocks
    note("flowed-not-stuffed", "declared format=flowed, but not space-stuffed; read as sent")
    return sent


def _count_damaged(blocks: DiffBlocks) -> int:
    return sum(bool(block.trouble) for block in blocks.files)
