"""The parser of the command line, and how errors are printed."""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from importlib.metadata import version
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, Final, NoReturn

from kvminbox.cli.build import add_build_command
from kvminbox.cli.changes import add_changes_command
from kvminbox.cli.index import add_index_command
from kvminbox.cli.manual import add_manual_commands
from kvminbox.cli.output import drop_stdout
from kvminbox.cli.range_diff import add_range_diff_command
from kvminbox.cli.reports import add_report_commands
from kvminbox.cli.search import add_search_command
from kvminbox.cli.show import add_show_command
from kvminbox.cli.waiting import add_waiting_command
from kvminbox.errors import KvminboxError
from kvminbox.safe import safe_text

_ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0, or 2 with one line on standard error."""
    parser = _make_parser()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given:
        parser.print_help()
        return 2
    options = parser.parse_args(given)
    try:
        with _orderly_end():
            options.run(options)
    except KvminboxError as error:
        print(f"kvminbox: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `kvminbox update … | head`: the reader has seen enough
        drop_stdout()
        return 141
    except KeyboardInterrupt:
        return 130
    return 0


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does, so that no temporary file stays."""
    changed = []
    if current_thread() is main_thread():  # no other may set a handler
        # one that is ignored, as SIGHUP under nohup, stays so
        changed = [one for one in _ENDINGS if signal.getsignal(one) is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, _exit)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


def _exit(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


class _Parser(argparse.ArgumentParser):
    """A parser that prints an error in one line, like all other errors."""

    def _match_arguments_partial(self, actions: Any, arg_strings_pattern: str) -> Any:  # noqa: ANN401
        # Before Python 3.12.8, in `update PATH --top 3 A..B` the range, which is optional, was
        # taken for absent at the first option, and then `A..B` was an unknown argument.
        counts = super()._match_arguments_partial(actions, arg_strings_pattern)
        while counts and counts[-1] == 0 and "O" in arg_strings_pattern:
            counts.pop()
        return counts

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Parse all arguments; for one that a command does not know, name the command's help."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            parser = getattr(options, "parser", self)
            parser.error(f"unrecognized arguments: {' '.join(unknown)}{parser.suggest(unknown[0])}")
        return options

    def suggest(self, word: str) -> str:
        """Return a question whether another option was meant; empty if none is near."""
        name = word.partition("=")[0]
        near = get_close_matches(name, self._option_string_actions, 1) if name[:1] == "-" else []
        return f"; did you mean {near[0]}?" if near else ""

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError:
            near = get_close_matches(str(value), list(map(str, action.choices or ())), 1)
            if not near:
                raise
            raise argparse.ArgumentError(
                action, f"there is no {str(value)[:40]!r}; did you mean {near[0]!r}?"
            ) from None

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"kvminbox: {safe_text(message)}; see `{self.prog} --help`\n")


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kvminbox", description="Reports from public-inbox mailing-list archives."
    )
    parser.add_argument("--version", action="version", version=f"kvminbox {version('kvminbox')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_report_commands(commands)
    add_waiting_command(commands)
    add_build_command(commands)
    add_index_command(commands)
    add_search_command(commands)
    add_show_command(commands)
    add_range_diff_command(commands)
    add_changes_command(commands)
    add_manual_commands(commands, _make_parser)
    for command in commands.choices.values():
        command.set_defaults(parser=command)
    return parser
