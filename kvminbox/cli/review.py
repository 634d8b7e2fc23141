"""The command `review`: print a series of an index with the remarks between its lines."""

import argparse

from kvminbox.cli.reports import add_report_options, write_report
from kvminbox.cli.windows import add_problem_option, open_index
from kvminbox.reports import review


def fill_review(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = (
        "Print a series with its reviewers' remarks, each below the line that it is about, and "
        "what the next version did with that line."
    )
    parser.add_argument("file", metavar="FILE", help="the index file (@: the default index)")
    parser.add_argument(
        "message_id", metavar="MESSAGE-ID",
        help="the id of the cover letter, of a patch, or of a reply",
    )  # fmt: skip
    add_problem_option(parser, "skip")
    add_report_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    with open_index(options) as index:
        write_report(review(index, options.message_id), options)
