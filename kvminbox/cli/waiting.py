"""The command `waiting`: the series that wait for an answer, anybody's or one's own."""

import argparse
from typing import Any

from kvminbox.cli.choices import add_choice_options, choose_series, read_maintainers_of
from kvminbox.cli.reports import add_report_options, run_report
from kvminbox.cli.trees import add_tree_options, choose_tree
from kvminbox.cli.windows import add_window_options
from kvminbox.errors import UsageError
from kvminbox.models import Corpus, Progress
from kvminbox.reports import Report, waiting


def fill_waiting(command: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    command.description = (
        "List the series that nobody but their sender has answered or tagged, oldest first. "
        "With --for, list those that wait for that person, whoever else has answered: the series "
        "sent to the address, or with --maintainers those that touch what it maintains. The "
        "other options narrow the list; each may be repeated. Without a range or a date, list "
        "those of the six months before the newest mail of the archive; `..HEAD` lists all."
    )
    add_choice_options(
        command,
        "whose reply is awaited: an address, or `me` (the addresses in the configuration file)",
    )
    add_tree_options(command)
    add_window_options(command, is_recent=True)
    add_report_options(command)
    command.set_defaults(run=run_report, make=_make)


def _make(window: Corpus, options: argparse.Namespace, progress: Progress | None) -> Report[Any]:
    if options.maintainers and not (options.only_for or options.only_subsystem):
        raise UsageError("--maintainers needs --for or --subsystem", options.maintainers)
    only, chosen = choose_series(options, read_maintainers_of(options))
    report = waiting(
        window, readers=options.only_for, only=only if chosen else None, chosen=chosen,
        tree=choose_tree(options), jobs=options.jobs, progress=progress,
    )  # fmt: skip
    only.tell_nearest(options)
    return report
