"""The command `review`: print a series of an index with the remarks between its lines."""

import argparse

from kvminbox.cli.arguments import add_file_argument, add_id_argument, read_id
from kvminbox.cli.problems import add_problem_option
from kvminbox.cli.reports import add_report_options, check_report_options, write_report
from kvminbox.cli.windows import open_index
from kvminbox.reports import review


def fill_review(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = (
        "Print a series with its state and why, or what supersedes it; and with its reviewers' "
        "remarks, each below the line that it is about, and what the next version did with that "
        "line."
    )
    add_file_argument(parser)
    add_id_argument(parser, "the cover letter, of a patch, or of a reply")
    add_problem_option(parser, "skip")
    add_report_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    check_report_options(options)
    with open_index(options) as index:
        write_report(review(index, read_id(options.message_id)), options)
