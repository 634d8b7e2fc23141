"""The command `range-diff`: what changed from one version of a series to another."""

import argparse
from typing import Final

from kvminbox.cli.arguments import add_file_argument, add_output_option, read_id
from kvminbox.cli.output import write_output
from kvminbox.cli.problems import add_problem_option
from kvminbox.cli.show import find_series
from kvminbox.cli.windows import open_index
from kvminbox.display import escape_json
from kvminbox.errors import RevisionError
from kvminbox.index import Index
from kvminbox.index.related import find_chain_back, find_versions
from kvminbox.models import Series
from kvminbox.safe import safe_text
from kvminbox.versions import compare_series
from kvminbox.versions.before import find_compared, list_passed, name_version

_UNKNOWN: Final = "Nothing in their mails tells that the two are versions of one series."


def fill_range_diff(command: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    command.description = (
        "Compare two versions of a series patch by patch, as git range-diff does, from "
        "their mails alone. Two versions may be given in either order. Without OLD, it looks for "
        "the previous version by change-id, by title and patch titles, in the links of the "
        "cover letter, and among its sender's patches to the same files."
    )
    add_file_argument(command)
    command.add_argument("new", metavar="NEW", help="the Message-ID of a mail of the newer version")
    command.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help="the Message-ID of a mail of the older version (default: the previous version)",
    )
    command.add_argument("--json", action="store_true", help="print the comparison as JSON")
    add_output_option(command)
    add_problem_option(command, "skip")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    with open_index(options) as index:
        new = find_series(index, read_id(options.new))
        passed: list[Series] = []
        if options.old:
            old = find_series(index, options.old)
        else:
            old, passed = _find_previous(index, new)
        if options.old and _number(old) > _number(new):  # as git's range-diff takes them
            old, new = new, old
        found = compare_series(old, new)
        names = _name(old), _name(new)
        notes = [f"Of {_name(one)} only the cover letter is here." for one in passed]
        if options.old and not options.json and not _are_known(index, old, new):
            notes.append(_UNKNOWN)
    text = "".join(f"{line}\n" for line in (" -> ".join(names), *notes)) + found.to_text()
    if options.json:
        text = escape_json(found.model_dump_json(indent=2)) + "\n"
    write_output([text.encode()], options.output)


def _number(series: Series) -> tuple[int, int]:
    return series.revision, series.minor_revision or 0


def _are_known(index: Index, old: Series, new: Series) -> bool:
    """Whether the two are in one chain, looked for from either."""
    return any(
        other.ref in {series.ref for series in find_versions(index, one).series}
        for one, other in ((new, old), (old, new))
    )


def _find_previous(index: Index, new: Series) -> tuple[Series, list[Series]]:
    """Return the version before, and those between of which there is but the cover letter."""
    chain = find_chain_back(index, new)
    previous = find_compared(chain, new)
    if previous is not None:
        return previous, list_passed(chain, new)
    cure = "give the Message-ID of one of its mails as OLD"
    what = "no older version with patches was found"
    raise RevisionError(what, new.ref.message_id or "", cure)


def _name(series: Series) -> str:
    return safe_text(f"{name_version(series)} <{series.ref.message_id or ''}>")
