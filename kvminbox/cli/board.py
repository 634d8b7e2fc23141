"""The command `board`: how far each series of a list has come, on a page or as a report."""

import argparse

from kvminbox.analysis.board_state import BOARD_STATES
from kvminbox.cli.arguments import choose_format
from kvminbox.cli.choices import (
    add_choice_options,
    choose_series,
    is_misspelt,
    read_maintainers_of,
)
from kvminbox.cli.output import write_output
from kvminbox.cli.reports import add_report_options, check_report_options, write_report
from kvminbox.cli.trees import add_tree_options, choose_tree
from kvminbox.cli.windows import add_window_options, choose_window, open_inbox
from kvminbox.display import progress_bar
from kvminbox.models import Patch
from kvminbox.reports import board


def fill_board(command: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    command.description = (
        "Show the state of each series that has no newer version: waiting, under review, needs "
        "a new version, ready, said to be applied, or applied; and why. With --output, write one "
        "HTML page that can be sorted and filtered in the browser, and needs no other file. "
        "Without a range or a date, show the six months before the newest mail of the archive."
    )
    add_choice_options(command, "series sent to ADDRESS, or that touch what it maintains")
    command.add_argument(
        "--state", action="append", default=[], choices=list(BOARD_STATES),
        help="only series in this state; `claimed` is said to be applied, and `landed` is applied; "
        "may be repeated",
    )  # fmt: skip
    add_tree_options(command)
    add_window_options(command, is_recent=True)
    add_report_options(command, "page")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    options.format = choose_format(options, "page" if options.output else "text")
    check_report_options(options)
    sections = read_maintainers_of(options)

    def classify(patch: Patch) -> list[str]:
        assert sections is not None
        return [found.section.name for found in sections.group_patch(patch)]

    with open_inbox(options) as inbox, progress_bar("reading") as progress:
        window = choose_window(inbox, options)
        only, chosen = choose_series(options, sections)
        report = board(
            window, only=only if chosen else None, chosen=chosen, states=options.state,
            classify=classify if sections else None, tree=choose_tree(options),
            jobs=options.jobs, progress=progress,
        )  # fmt: skip
    only.tell_nearest(options)
    if is_misspelt(options):
        return
    if options.format == "page":
        write_output([report.to_page().encode()], options.output)
    else:
        write_report(report, options)
