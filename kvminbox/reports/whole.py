"""Reports that are one section: list update, what waits, new versions, landed, the board."""

from collections.abc import Iterable
from functools import partial

from kvminbox.analysis import (
    Board,
    Choose,
    Classify,
    LandedReport,
    ListUpdate,
    NewVersions,
    Waiting,
    compute_board,
    compute_landed,
    compute_list_update,
    compute_new_versions,
    compute_waiting,
)
from kvminbox.analysis.board import check_states
from kvminbox.analysis.board_state import BoardState
from kvminbox.display import Document, Paragraph, render_text
from kvminbox.inbox.jobs import read_in_jobs
from kvminbox.models import Corpus, Progress
from kvminbox.models.corpus import list_texts
from kvminbox.reports import sections
from kvminbox.reports.board_page import render_board_page
from kvminbox.reports.boards import sum_up_board
from kvminbox.reports.kept_sections import KeptSections
from kvminbox.reports.layout import name_before
from kvminbox.reports.report import R, Report
from kvminbox.reports.section import Section
from kvminbox.upstream import Code


class SectionReport(Report[R]):
    """A report that is one section; its `result` is the section's own."""

    def __init__(self, section: Section[R], result: R) -> None:
        super().__init__(result)
        self._section = section

    def to_text(self) -> str:
        """Return it as plain text, for a mail or a file."""
        page = self._section.page
        if page is None:
            return render_text(self.to_document())
        return "\n".join(page.lines(self.result)) + "\n"

    def to_document(self) -> Document:
        """Return the same content as blocks."""
        page = self._section.page
        title, layout = (
            (page.title(self.result), page.layout)
            if page
            else (self._section.title_of(self.result), self._section.layout)
        )
        if page is None:
            title = name_before(getattr(self.result, "list_name", "")) + title
        notes = map(Paragraph, self.notes)
        return Document(title, (*notes, *layout(self.result)))


def list_update(
    corpus: Corpus,
    top: int = 15,
    *,
    name: str | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> SectionReport[ListUpdate]:
    """Report on the patches of a window: who wrote them, and what they say.

    Args:
        corpus: a window, such as one of `Inbox.between` or `Inbox.since`.
        top: how many domains and contributors to list at most.
        name: the list's name; None to take it from List-Id (`kvm.vger.kernel.org` is KVM).
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many.

    Patches and cover letters are counted, by author: the in-body From, else the
    sender. Cover letters, patches 1/N and lone patches are shown, newest
    first; of several with one title, only the newest.
    """
    corpus = read_in_jobs(corpus, jobs)
    section = sections.update(top=top, name=name)
    compute = partial(compute_list_update, corpus, top=top, name=name, progress=progress)
    return SectionReport(section, KeptSections(corpus).ask(section, ListUpdate, compute, progress))


def waiting(
    corpus: Corpus,
    *,
    readers: Iterable[str] = (),
    only: Choose | None = None,
    chosen: str = "",
    tree: Code | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> SectionReport[Waiting]:
    """Report the series that nobody else has answered or tagged, oldest first.

    Args:
        corpus: a window, such as one of `Inbox.between` or `Inbox.since`.
        readers: addresses of one person, whose answer is waited for, whoever else answered.
        only: whether a series is asked for; `kvminbox.analysis.choose` has questions.
        chosen: the question in words, for the report: `touching arch/arm64`.
        tree: the code, to look for what landed without a word on the list.
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many.

    Superseded and applied series are left out and counted. Ages are up to the
    window's last arrival.
    """
    corpus, who = read_in_jobs(corpus, jobs), list_texts(readers, "addresses")
    section = sections.waiting(tree, readers=who, only=only, chosen=chosen)
    compute = partial(
        compute_waiting, corpus, readers=who, only=only, chosen=chosen, tree=tree, progress=progress
    )
    return SectionReport(section, KeptSections(corpus).ask(section, Waiting, compute, progress))


def new_versions(
    corpus: Corpus,
    *,
    tree: Code | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> SectionReport[NewVersions]:
    """Report what is new in each series that follows an older version in the same corpus.

    Args:
        corpus: a window that reaches back to the older versions.
        tree: the code, to tell what of the newer versions landed.
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many.
    """
    corpus, section = read_in_jobs(corpus, jobs), sections.new_versions(tree)
    compute = partial(compute_new_versions, corpus, tree=tree, progress=progress)
    return SectionReport(section, KeptSections(corpus).ask(section, NewVersions, compute, progress))


def landed(
    corpus: Corpus,
    tree: Code,
    *,
    only: Choose | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> SectionReport[LandedReport]:
    """Report the series that landed in a tree: when, after how long, in which release.

    Args:
        corpus: a window that reaches back to the first versions.
        tree: the code.
        only: whether a series is asked for, as `kvminbox.analysis.choose` makes it; None for all.
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many.
    """
    result = compute_landed(read_in_jobs(corpus, jobs), tree=tree, only=only, progress=progress)
    return SectionReport(sections.landed(tree), result)


class BoardReport(SectionReport[Board]):
    """The report that `board` returns."""

    def to_page(self) -> str:
        """Return it as one HTML page that is sorted and filtered in the browser.

        It works from a file and loads nothing. Its one script is this library's, and its
        Content-Security-Policy allows no other. `to_html()` has the same table without a
        script.
        """
        title = self.to_document().title
        notes = (*self.notes, *(f"{gap}." for gap in self.result.gaps))
        return render_board_page(self.result, title, (sum_up_board(self.result), *notes))


def board(
    corpus: Corpus,
    *,
    only: Choose | None = None,
    chosen: str = "",
    states: Iterable[BoardState] = (),
    classify: Classify | None = None,
    tree: Code | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> BoardReport:
    """Report the state of each series that has no newer version.

    Args:
        corpus: a window, such as one of `Index.since`; one that begins late does not know of
            earlier versions.
        only: whether a series is asked for; `kvminbox.analysis.choose` has questions.
        chosen: the question in words, for the report: `touching arch/arm64`.
        states: which states are listed, such as `["ready"]`; empty for all.
        classify: returns the subsystems of a patch; None for parts of KVM, else directories.
        tree: the code, to tell what landed without a word on the list.
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many.
    """
    corpus = read_in_jobs(corpus, jobs)
    asked = check_states(states)
    section = sections.board(tree, classify=classify, only=only, chosen=chosen, states=asked)
    compute = partial(
        compute_board, corpus, only=only, chosen=chosen, classify=classify, tree=tree,
        states=asked, progress=progress,
    )  # fmt: skip
    return BoardReport(section, KeptSections(corpus).ask(section, Board, compute, progress))
