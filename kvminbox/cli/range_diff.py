"""The command `range-diff`: what changed from one version of a series to another."""

import argparse
from collections.abc import Iterator
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
from kvminbox.models import PatchComparison, Series, SeriesComparison
from kvminbox.models.versions import PatchVerdict
from kvminbox.safe import safe_text
from kvminbox.versions import compare_series
from kvminbox.versions.before import find_compared, list_passed, name_version

_SIGNS: Final[dict[PatchVerdict, str]] = {
    "unchanged": "=", "message_only": "!", "code_changed": "!", "added": ">", "dropped": "<",
}  # fmt: skip

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
    text = "\n".join(_tell(found, names, notes))
    if options.json:
        text = escape_json(found.model_dump_json(indent=2))
    write_output([f"{text}\n".encode()], options.output)


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


def _tell(found: SeriesComparison, names: tuple[str, str], notes: list[str]) -> Iterator[str]:
    yield " -> ".join(names)
    yield from notes
    for pair in found.patches:
        yield safe_text(_head(pair))
        if pair.inner_diff:
            lines = safe_text(pair.inner_diff, multiline=True).rstrip("\n").split("\n")
            yield from (f"    {line}".rstrip() for line in lines)


def _name(series: Series) -> str:
    return safe_text(f"{name_version(series)} <{series.ref.message_id or ''}>")


def _head(pair: PatchComparison) -> str:
    patch = pair.new or pair.old
    old = str(pair.old_number) if pair.old else "-"
    new = str(pair.new_number) if pair.new else "-"
    note = " (message only)" if pair.verdict == "message_only" else ""
    return f"{old:>3} {_SIGNS[pair.verdict]} {new:>3}  {patch.title if patch else ''}{note}"
