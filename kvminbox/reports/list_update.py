"""The mailing-list update: top domains and contributors, new series with their messages."""

from collections.abc import Iterator

from kvminbox.analysis import Count, ListedSubmission, ListUpdate, compute_list_update
from kvminbox.display import Block, Document, Heading, Listing, Verbatim, make_ranking
from kvminbox.models import Corpus, Progress
from kvminbox.reports.report import Report
from kvminbox.safe import safe_text

_RULE = "-" * 70


class ListUpdateReport(Report[ListUpdate]):
    """The report that `list_update` gives."""

    def to_text(self) -> str:
        """Give the classic text, for a mail to the list."""
        return "\n".join(self._iter_lines()) + "\n"

    @property
    def _title(self) -> str:
        name = f"{self.result.list_name} mailing" if self.result.list_name else "Mailing"
        return f"{name} list update {self._range}"

    @property
    def _range(self) -> str:
        return f"from {self.result.base or 'the beginning'} to {self.result.tip}"

    def _iter_lines(self) -> Iterator[str]:
        result = self.result
        yield safe_text(self._range.replace("from", "From", 1))
        yield safe_text(self._title)
        yield f"\nTop {result.top} contributor Email domains (Based on Email Body)\n"
        yield from _ranking_lines(result.domains, " ")
        yield f"\nTop {result.top} contributors (Based on Email Body)\n"
        yield from _ranking_lines(result.contributors, "  ")
        yield "\n===== Patch list in this time period =====\n"
        yield from map(safe_text, result.series)
        yield "\n===== Patch Commit Messages ====\n"
        for submission in result.submissions:
            yield from _submission_lines(submission)

    def to_document(self) -> Document:
        """Give the same content as blocks."""
        return Document(self._title, tuple(lay_out_update(self.result)))


def lay_out_update(result: ListUpdate) -> list[Block]:
    """Give the update's content as blocks."""
    blocks: list[Block] = [
        Heading(f"Top {result.top} contributor email domains"),
        make_ranking("domain", _rows(result.domains)),
        Heading(f"Top {result.top} contributors"),
        make_ranking("contributor", _rows(result.contributors)),
        Heading("Patch list in this time period"),
        Listing(result.series),
        Heading("Patch commit messages"),
    ]
    for submission in result.submissions:
        if submission.repeats is None:
            blocks.append(Heading(submission.subject, level=3))
            blocks.append(Verbatim(f"Author: {submission.sender}\n\n{submission.body}"))
        else:
            lines = f"Exist: {submission.repeats}\n Skip: {submission.subject}"
            blocks.append(Verbatim(lines))
    return blocks


def _rows(counts: tuple[Count, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((row.count, row.text) for row in counts)


def _ranking_lines(counts: tuple[Count, ...], gap: str) -> Iterator[str]:
    return (f"{row.count:7}{gap}{safe_text(row.text)}" for row in counts)


def _submission_lines(submission: ListedSubmission) -> Iterator[str]:
    subject = safe_text(submission.subject)
    if submission.repeats is not None:
        yield f"Exist: {safe_text(submission.repeats)}"
        yield f" Skip: {subject}"
        return
    yield f"New:  {safe_text(submission.title)}"
    yield subject
    yield f"Author: {safe_text(submission.sender)}\n"
    yield safe_text(submission.body, multiline=True)
    yield f"\n{_RULE}\n"


def list_update(
    corpus: Corpus, top: int = 15, *, name: str | None = None, progress: Progress | None = None
) -> ListUpdateReport:
    """Report on the patches of a window: who wrote them, and what they say.

    Args:
        corpus: a window, as `Inbox.between` and `Inbox.since` give it.
        top: how many domains and contributors to list at the most.
        name: the list's name; None to take it from List-Id (`kvm.vger.kernel.org` is KVM).
        progress: is told how many commits are done, of how many.

    Counted are patches and cover letters, by author: the in-body From, else the
    From header. Shown are cover letters, patches 1/N and lone patches, newest
    first; of several with one title the newest.
    """
    return ListUpdateReport(compute_list_update(corpus, top=top, name=name, progress=progress))
