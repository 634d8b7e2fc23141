"""The commands that print a report: update, versions, landed, demo; and how each is written."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

from kvminbox.cli.arguments import (
    STDIN,
    add_format_option,
    add_output_option,
    choose_format,
    positive,
)
from kvminbox.cli.choices import (
    add_choice_options,
    choose_series,
    is_misspelt,
    read_maintainers_of,
)
from kvminbox.cli.output import check_writable, write_output
from kvminbox.cli.trees import add_tree_options, choose_tree
from kvminbox.cli.windows import add_window_options, choose_window, open_inbox
from kvminbox.display import FORMATS, progress_bar
from kvminbox.errors import UsageError
from kvminbox.inbox import Inbox
from kvminbox.models import Corpus, Progress
from kvminbox.reports import Report, landed, list_update, new_versions
from kvminbox.sample import SAMPLE_RANGE, make_sample

_Make: TypeAlias = Callable[[Corpus, argparse.Namespace, Progress | None], Report[Any]]


def fill_update(update: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    update.description = (
        "Print the top domains, top contributors and new series of a range of commits."
    )
    update.add_argument("--name", help="the list's name (default: from the mails' List-Id)")
    _add_top(update)
    update.add_argument(
        "--tree",
        metavar="PATH",
        action="append",
        help="a git clone of the code, whose tags --release names",
    )
    _add_options(update, _make_update)


def fill_versions(versions: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    versions.description = (
        "Compare each series of a range with its previous version, if the range holds both; of the "
        "others only their number is told, and a longer range has them."
    )
    add_tree_options(versions)
    _add_options(versions, _make_versions)


def fill_landed(lands: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    lands.description = (
        "List the series of a range that landed in a clone of the code: all of them, or with "
        "--author ADDRESS those of one sender."
    )
    add_choice_options(lands, "series sent to ADDRESS, or that touch what it maintains")
    add_tree_options(lands)
    _add_options(lands, _make_landed)


def fill_demo(demo: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    demo.description = "Print the update of a sample inbox, created in a temporary directory."
    _add_top(demo)
    add_report_options(demo)
    demo.set_defaults(run=_run_demo, make=_make_update, name=None)


def _add_options(parser: argparse.ArgumentParser, make: _Make) -> None:
    add_window_options(parser)
    add_report_options(parser)
    parser.set_defaults(run=run_report, make=make)


def _add_top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=positive, default=15, metavar="N", help="length of the rankings (default: 15)"
    )


def _to_mail(report: Report[Any], options: argparse.Namespace) -> str:
    if not options.sender or not options.to:
        cure = "write --from 'Ada <ada@host.example>' --to list@host.example"
        raise UsageError("a mail needs --from and --to", "--format mail", cure)
    return report.to_mail(
        sender=options.sender, to=options.to, cc=options.cc, subject=options.subject
    )


def _to_csv(report: Report[Any], options: argparse.Namespace) -> str:
    names = list(report.tables())
    if options.table is None and len(names) > 1:
        cure = f"choose one with --table: {', '.join(names)}"
        raise UsageError("there are several tables", "--format csv", cure)
    return report.to_csv(options.table)


_OWN_FORMATS: Final[dict[str, Callable[[Report[Any], argparse.Namespace], str]]] = {
    "text": lambda report, _: report.to_text(),
    "json": lambda report, _: report.to_json(),
    "rich": lambda report, _: report.to_terminal(color=sys.stdout.isatty()),
    "csv": _to_csv,
    "mail": _to_mail,
}
"""The formats that need more than the report's blocks."""


def add_report_options(parser: argparse.ArgumentParser, *more: str) -> None:
    """Add the options that say how and where a report is written; in more formats, if named."""
    usual = f"{more[0]} with --output, text without" if more else "text"
    add_format_option(
        parser, {*FORMATS, *_OWN_FORMATS, *more},
        "output format: text has 78 columns, rich the terminal's width", usual,
    )  # fmt: skip
    add_output_option(parser)
    parser.add_argument("--table", metavar="NAME", help="with --format csv: the table to print")
    parser.add_argument(
        "--jobs",
        type=positive,
        default=1,
        metavar="N",
        help="number of processes that read the mails of an archive (default: 1)",
    )
    mail = parser.add_argument_group("with --format mail")
    mail.add_argument("--from", dest="sender", metavar="ADDRESS", help="the sender")
    for name in ("to", "cc"):
        mail.add_argument(f"--{name}", action="append", default=[], metavar="ADDRESS",
                          help=f"a recipient in {name.title()}; may be repeated")  # fmt: skip
    mail.add_argument("--subject", help="the mail's subject (default: the report's title)")


def _make_update(
    window: Corpus, options: argparse.Namespace, progress: Progress | None
) -> Report[Any]:
    return list_update(window, options.top, name=options.name, jobs=options.jobs, progress=progress)


def _make_versions(
    window: Corpus, options: argparse.Namespace, progress: Progress | None
) -> Report[Any]:
    tree = choose_tree(options)
    return new_versions(window, jobs=options.jobs, tree=tree, progress=progress)


def _make_landed(
    window: Corpus, options: argparse.Namespace, progress: Progress | None
) -> Report[Any]:
    tree = choose_tree(options)
    if tree is None:
        raise UsageError("no tree is given", "landed", "give a clone of the code with --tree PATH")
    only, chosen = choose_series(options, read_maintainers_of(options))
    report = landed(
        window, tree, only=only if chosen else None, jobs=options.jobs, progress=progress
    )
    only.tell_nearest(options)
    return report


def run_report(options: argparse.Namespace) -> None:
    """Print the report that the options' `make` makes of their window."""
    with open_inbox(options) as inbox:
        print_report(choose_window(inbox, options), options, options.make)


def _run_demo(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="kvminbox-") as folder:
        inbox = Inbox.open(make_sample(Path(folder)))
        print_report(inbox.between(*SAMPLE_RANGE), options, options.make)


def check_report_options(options: argparse.Namespace) -> None:
    """Choose the format, and make sure that no option is given that it takes no notice of.

    Nor is a file given that can't be written, which would be told after all mails are read.

    Raises:
        UsageError: one is; which format it is for.
        OutputError: the file can't be written.
    """
    options.format = choose_format(options)
    given = {
        "--table": options.table, "--from": options.sender, "--to": options.to,
        "--cc": options.cc, "--subject": options.subject,
    }  # fmt: skip
    for name, value in given.items():
        wanted = "csv" if name == "--table" else "mail"
        if value and options.format != wanted:
            cure = f"add --format {wanted}, or leave {name} out"
            raise UsageError(f"{name} is for --format {wanted}", cure=cure)
    if options.output and options.output != STDIN:
        check_writable(options.output, "--output")


def print_report(window: Corpus, options: argparse.Namespace, make: _Make) -> None:
    """Make a report of a window, and write it."""
    check_report_options(options)
    with progress_bar("reading") as progress:
        report = make(window, options, progress)
    if not is_misspelt(options):
        write_report(report, options)


def write_report(report: Report[Any], options: argparse.Namespace) -> None:
    """Write a report in the format that the options name."""
    # a CSV file has no room for it
    notes = report.notes if options.format == "csv" else report.left_out.sentences
    for sentence in notes:
        print(f"kvminbox: {sentence}", file=sys.stderr)
    own = _OWN_FORMATS.get(options.format)
    text = own(report, options) if own else report.render(options.format)
    write_output([text.encode()], options.output)
