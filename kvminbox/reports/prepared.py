"""What the shipped sections find in all mails of an index, found before anybody asks."""

from kvminbox.index import Index
from kvminbox.models import Progress
from kvminbox.reports.build import build_report
from kvminbox.reports.sections import SECTIONS


def prepare_reports(index: Index, *, progress: Progress | None = None) -> None:
    """Make an index keep the results of each shipped section for all its mails.

    Then reports of any sections, `list_update`, `waiting`, `new_versions` and `board` of the
    index with their default options need not read any mail, until an update adds some. Call it
    after an update, when nobody waits for it. Results on remarks and on pairs of versions are
    kept for the next time.

    Other windows, sections with options, and whatever asks a tree are not prepared. Nothing is
    kept of fewer than a hundred mails, or where some can't be read.

    Args:
        index: the index; the mails of several inboxes are taken together.
        progress: called with how many mails are read, of how many.

    Raises:
        kvminbox.errors.ObjectError: a mail can't be read, and the policy of the index is "raise".
    """
    build_report("All mails", index, [make() for make in SECTIONS.values()], progress=progress)
