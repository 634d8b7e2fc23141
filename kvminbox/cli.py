"""The command line: thin, for a shell or a cron job. The only part that prints."""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final, NoReturn

from kvminbox.display import progress_bar
from kvminbox.errors import KvminboxError, OutputError, RangeError, UsageError
from kvminbox.inbox import Inbox, Window
from kvminbox.models import Problem, Progress
from kvminbox.reports import (
    ListUpdateReport,
    NewVersionsReport,
    Report,
    WaitingReport,
    list_update,
    new_versions,
    waiting,
)
from kvminbox.safe import safe_text
from kvminbox.sample import SAMPLE_RANGE, make_sample

_FORMATS: Final[dict[str, Callable[[Report], str]]] = {  # type: ignore[type-arg]  # any result
    "text": lambda report: report.to_text(),
    "markdown": lambda report: report.to_markdown(),
    "html": lambda report: report.to_html(),
    "json": lambda report: report.to_json(),
    "rich": lambda report: report.to_terminal(color=sys.stdout.isatty()),
}
_OUTPUT_CURE: Final = "name a file with --output, in a folder that you may write to"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit code: 0, or 2 with one line on standard error."""
    options = _make_parser().parse_args(arguments)
    try:
        options.run(options)
    except KvminboxError as error:
        print(f"kvminbox: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `kvminbox update … | head`: the reader has seen enough
        _drop_stdout()
        return 141
    except KeyboardInterrupt:
        return 130
    return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other error."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"kvminbox: {safe_text(message)}; see `{self.prog} --help`\n")


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kvminbox", description="Reports from public-inbox mailing-list archives."
    )
    parser.add_argument("--version", action="version", version=f"kvminbox {version('kvminbox')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    update = commands.add_parser(
        "update",
        help="print the mailing-list update for a range of archive commits",
        description="Print top domains, top contributors and new series of a range of commits.",
    )
    update.add_argument("--name", help="the list's name; else from the mails' List-Id")
    _add_top(update)
    update.set_defaults(run=_run_report, make=_make_update)
    waits = commands.add_parser(
        "waiting",
        help="print the series that nobody has answered or tagged",
        description="Print the series of a range without a reply or tag, oldest first.",
    )
    waits.set_defaults(run=_run_report, make=_make_waiting)
    versions = commands.add_parser(
        "versions",
        help="print what is new in each new version of a series",
        description="Compare each series of a range with the version before, if it holds both.",
    )
    versions.set_defaults(run=_run_report, make=_make_versions)
    for command in (update, waits, versions):
        _add_window_options(command)
        _add_report_options(command)
    demo = commands.add_parser(
        "demo",
        help="print the update of a small sample inbox that is made for it",
        description="Print the update of a sample inbox, which is made in a temporary folder.",
    )
    _add_top(demo)
    _add_report_options(demo)
    demo.set_defaults(run=_run_demo, make=_make_update, name=None)
    return parser


def _add_window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="an epoch, an inbox, or a clone of one")
    parser.add_argument(
        "range", metavar="BASE..TIP", nargs="?",
        help="archive commits as git names them; BASE is left out, TIP is not; "
        "`..TIP` is from the beginning, `BASE..` up to the newest; N:REV names an epoch",
    )  # fmt: skip
    parser.add_argument("--since", metavar="DATE", help="what arrived from then on, as 2025-08-01")
    parser.add_argument("--until", metavar="DATE", help="with --since: what arrived before then")
    parser.add_argument(
        "--skip-problems", action="store_true",
        help="leave out mails that can't be read, and say so, instead of stopping",
    )  # fmt: skip


def _add_top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=_positive, default=15, metavar="N", help="length of the rankings (15)"
    )


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=sorted(_FORMATS), default="text", help="how to print it (text)"
    )
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")


def _positive(text: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number from 1 up")
    return int(text)


def _make_update(
    window: Window, options: argparse.Namespace, progress: Progress | None
) -> ListUpdateReport:
    return list_update(window, options.top, name=options.name, progress=progress)


def _make_waiting(
    window: Window, _: argparse.Namespace, progress: Progress | None
) -> WaitingReport:
    return waiting(window, progress=progress)


def _make_versions(
    window: Window, _: argparse.Namespace, progress: Progress | None
) -> NewVersionsReport:
    return new_versions(window, progress=progress)


def _run_report(options: argparse.Namespace) -> None:
    window = _choose_window(Inbox.open(options.path), options)
    if options.skip_problems:
        window.on_problem = _print_problem
    _print_report(window, options)


def _run_demo(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="kvminbox-") as folder:
        inbox = Inbox.open(make_sample(Path(folder)))
        _print_report(inbox.between(*SAMPLE_RANGE), options)


def _choose_window(inbox: Inbox, options: argparse.Namespace) -> Window:
    if options.until and options.since is None:
        raise UsageError("--until goes with --since")
    if (options.range is None) == (options.since is None):
        raise UsageError("give either a range BASE..TIP (`..HEAD` is everything) or --since DATE")
    if options.since is None:
        return inbox.between(*_split_range(options.range))
    window = inbox.since(options.since, options.until)
    if not len(window):
        raise RangeError("no mail arrived in that time", cure="give other dates")
    return window


def _split_range(text: str) -> tuple[str | None, str | None]:
    base, dots, tip = text.partition("..")
    if not dots or tip.startswith(".") or text == "..":
        raise UsageError("it is no range", where=text, cure="write BASE..TIP, as git's A..B")
    return base or None, tip or None


def _print_problem(problem: Problem) -> None:
    print(f"kvminbox: left out: {safe_text(problem.text)}", file=sys.stderr)


def _print_report(window: Window, options: argparse.Namespace) -> None:
    with progress_bar("reading") as progress:
        report = options.make(window, options, progress)
    text = _FORMATS[options.format](report)
    if options.output is not None:
        _write_file(Path(options.output), text)
    else:
        _write_stdout(text)


def _write_stdout(text: str) -> None:
    if sys.stdout is None:  # `kvminbox update … >&-`
        raise OutputError("it is closed", where="standard output", cure=_OUTPUT_CURE)
    try:
        sys.stdout.flush()
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(text)
        else:
            rest = memoryview(text.encode())  # the same bytes whatever the locale says
            while rest:  # with PYTHONUNBUFFERED a write may take only a part
                rest = rest[binary.write(rest) or 0 :]
            binary.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _drop_stdout()
        what = f"it can't be written ({error.strerror or error})"
        raise OutputError(what, where="standard output", cure=_OUTPUT_CURE) from None


def _drop_stdout() -> None:
    """Let what is still in Python's buffer go nowhere, lest its own last flush complains."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a pipe, or /dev/stdout
            return
        path = path.resolve()  # a link stays one
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kvminbox-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            _copy_mode(path, temporary)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        what = f"it can't be written ({getattr(error, 'strerror', None) or error})"
        raise OutputError(what, where=str(path), cure=_OUTPUT_CURE) from None


def _copy_mode(path: Path, temporary: str) -> None:
    # mkstemp makes files for one's own eyes; a report has the mode that others have
    mask = os.umask(0)
    os.umask(mask)
    Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
