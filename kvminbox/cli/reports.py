"""The commands that print a report: update, versions, demo, and how each is written."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kvminbox.cli.arguments import Commands, positive
from kvminbox.cli.output import write_output
from kvminbox.cli.windows import add_window_options, choose_window
from kvminbox.display import FORMATS, progress_bar
from kvminbox.errors import UsageError
from kvminbox.inbox import Inbox
from kvminbox.models import Corpus, Progress
from kvminbox.reports import Report, list_update, new_versions
from kvminbox.sample import SAMPLE_RANGE, make_sample


def add_report_commands(commands: Commands) -> None:
    """Add the commands to the parser."""
    update = commands.add_parser(
        "update",
        help="print the mailing-list update for a range of archive commits",
        description="Print top domains, top contributors and new series of a range of commits.",
    )
    update.add_argument("--name", help="the list's name; else from the mails' List-Id")
    _add_top(update)
    update.set_defaults(run=run_report, make=_make_update)
    versions = commands.add_parser(
        "versions",
        help="print what is new in each new version of a series",
        description="Compare each series of a range with the version before, if it holds both.",
    )
    versions.set_defaults(run=run_report, make=_make_versions)
    for command in (update, versions):
        add_window_options(command)
        add_report_options(command)
    demo = commands.add_parser(
        "demo",
        help="print the update of a small sample inbox that is made for it",
        description="Print the update of a sample inbox, which is made in a temporary folder.",
    )
    _add_top(demo)
    add_report_options(demo)
    demo.set_defaults(run=_run_demo, make=_make_update, name=None)


def _add_top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=positive, default=15, metavar="N", help="length of the rankings (15)"
    )


def _to_mail(report: Report[Any], options: argparse.Namespace) -> str:
    if not options.sender or not options.to:
        cure = "write --from 'Ada <ada@host.example>' --to list@host.example"
        raise UsageError("a mail needs --from and --to", "--format mail", cure)
    return report.to_mail(
        sender=options.sender, to=options.to, cc=options.cc, subject=options.subject
    )


_OWN_FORMATS: Final[dict[str, Callable[[Report[Any], argparse.Namespace], str]]] = {
    "text": lambda report, _: report.to_text(),
    "json": lambda report, _: report.to_json(),
    "rich": lambda report, _: report.to_terminal(color=sys.stdout.isatty()),
    "csv": lambda report, options: report.to_csv(options.table),
    "mail": _to_mail,
}
"""The formats that need more than the report's blocks."""


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how and where a report is written."""
    formats = sorted({*FORMATS, *_OWN_FORMATS})
    parser.add_argument("--format", choices=formats, default="text", help="how to print it (text)")
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="as --format json"
    )
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.add_argument("--table", metavar="NAME", help="with --format csv: which table")
    mail = parser.add_argument_group("with --format mail")
    mail.add_argument("--from", dest="sender", metavar="ADDRESS", help="who sends it")
    for name in ("to", "cc"):
        mail.add_argument(f"--{name}", action="append", default=[], metavar="ADDRESS",
                          help=f"who is in {name.title()}; may be repeated")  # fmt: skip
    mail.add_argument("--subject", help="else the report's title")


def _make_update(
    window: Corpus, options: argparse.Namespace, progress: Progress | None
) -> Report[Any]:
    return list_update(window, options.top, name=options.name, progress=progress)


def _make_versions(window: Corpus, _: argparse.Namespace, progress: Progress | None) -> Report[Any]:
    return new_versions(window, progress=progress)


def run_report(options: argparse.Namespace) -> None:
    """Print the report that the options' `make` makes of their window."""
    print_report(choose_window(options), options)


def _run_demo(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="kvminbox-") as folder:
        inbox = Inbox.open(make_sample(Path(folder)))
        print_report(inbox.between(*SAMPLE_RANGE), options)


def print_report(window: Corpus, options: argparse.Namespace) -> None:
    """Make a report of a window, and write it."""
    with progress_bar("reading") as progress:
        report = options.make(window, options, progress)
    for sentence in report.left_out.sentences:  # a CSV file has no room for it
        print(f"kvminbox: {sentence}", file=sys.stderr)
    own = _OWN_FORMATS.get(options.format)
    text = own(report, options) if own else report.render(options.format)
    write_output([text.encode()], options.output)
