"""The parser of the command line, and how errors are printed.

A command's own module, with all that it does, is imported when the command is given, so
that `--version` and `--help` need none of them.
"""

import argparse
import gc
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, Final, NoReturn

from kvminbox.cli.output import drop_stdout
from kvminbox.errors import KvminboxError
from kvminbox.lazy import import_later
from kvminbox.safe import safe_text

_COMMANDS: Final = {
    "update": "print the mailing-list update for a range of commits or dates",
    "waiting": "list the series that wait for review, by anybody or by you",
    "board": "show the state of each series, and why",
    "versions": "show what changed in each new version of a series",
    "landed": "list the series that landed in a tree, and when",
    "demo": "print the update of a small sample inbox",
    "report": "print a report made of sections that you choose",
    "index": "create an index file from inboxes, or update one",
    "search": "search an index with lei's prefixes",
    "review": "print a series with its reviewers' remarks between the lines",
    "show": "print a mail, its thread, or its series",
    "range-diff": "print what changed between two versions of a series",
    "changes": "print the mails that arrived since a date or since the last run",
    "mcp": "serve an index to an agent or an editor",
    "completion": "print a completion script for a shell",
    "man": "print the manual page",
}
"""Each command, and what it does."""

_SETTINGS: Final = frozenset({"config", "configure", "configuration", "setting", "settings"})
"""What is no command, but may be looked for as one."""

_LONE: Final = frozenset({"QUERY", "MESSAGE-ID", "NEW"})
"""What may stand where FILE should."""

_LONE_ID: Final = re.compile(r"https?://\S+|(?!@$|[@:])[^/]*[@:][^/]*", re.DOTALL)
"""What stands in place of an index file, if there is none of that name."""

_FORMATS: Final = frozenset({"format", "form"})
"""Where the options of formats are kept."""

_BEGUN: Final = 3
"""Letters of an option that tell which it is."""

_ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0, or 2 with one line on standard error.

    It is 1 where a person or path that an answer would be about is misspelt, and none is printed.
    """
    parser = _make_parser()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given:
        parser.print_help()
        return 2
    given = _name_usual_index(parser, _turn_help(parser, given))
    options = parser.parse_args(given)
    from kvminbox.cli.config import fill_in  # which questions about the command do not need

    try:
        with _orderly_end(), _fewer_collections():
            fill_in(options, options.config)
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
    return int(getattr(options, "exit_status", 0))


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


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Let Python look for garbage seldom, since this process is ours and soon ends.

    A report holds a million objects, hardly one of them in a cycle, and looking through them
    again and again took a quarter of its time. The memory stays the same: a stream of mails
    still has its cycles taken away after each ten thousand objects.
    """
    before = gc.get_threshold()
    gc.set_threshold(10_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _exit(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _tell_settings() -> str:
    """Return where the settings are, which no command writes."""
    from kvminbox.cli.config import name_file  # most commands are spelt right

    return f'the settings are lines such as index = "kvm.sqlite" in {name_file(None)}'


def _tell_section(word: str) -> str:
    """Return how to print the sections of a report that a word names; empty if it names none."""
    from kvminbox.reports.sections import SECTIONS  # as above

    meant = word.replace("-", "_")
    named = [name for name in SECTIONS if meant == name or meant in name.split("_")]
    return f"write `kvminbox report FILE --sections {','.join(named)}`" if named else ""


class _Parser(argparse.ArgumentParser):
    """A parser that prints an error in one line, like all other errors.

    Options are written in full: a misspelt one would else be taken for another.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**{"allow_abbrev": False} | options)
        self.commands: dict[str, _Command] = {}

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
            hint = parser.suggest(unknown[0], self._list_owners(unknown[0]))
            parser.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
        return options

    def skip_options(self, args: Sequence[str]) -> int:
        """Return the place of the first word that is no option, nor an option's value."""
        place = 0
        while place < len(args) and len(args[place]) > 1 and args[place][0] == "-":
            option = self._option_string_actions.get(args[place])
            place += 2 if option is not None and option.nargs is None else 1
        return min(place, len(args))

    def _list_owners(self, word: str) -> list[str]:
        """Return the commands that have an option which another one was given."""
        option = word.partition("=")[0]
        return [name for name, one in self.commands.items() if one.has_option(option)]

    def suggest(self, word: str, owners: Sequence[str] = ()) -> str:
        """Return a question whether another option was meant; empty if none is near.

        It is a format of this name, as `--format html` for `--html`, or one that begins so, or
        looks alike. An option that other commands have, the owners, is hardly a misspelt one.
        """
        option = word.partition("=")[0]
        name = option.strip("-")
        if option[:1] != "-":
            return ""
        known = {one.strip("-"): one for one in self._option_string_actions}  # all begin so
        values = {
            str(value): f"{action.option_strings[0]} {value}"
            for action in self._actions
            if action.option_strings and action.dest in _FORMATS
            for value in action.choices or ()
        }
        if owners and name not in values:
            return f"; {option} is an option of {', '.join(owners)}"
        begun = [known[one] for one in known if one.startswith(name) and len(name) >= _BEGUN]
        near = [known[one] for one in get_close_matches(name, known, 1)]
        meant = next(iter((*begun, *filter(None, [values.get(name)]), *near)), None)
        return f"; did you mean {meant}?" if meant else ""

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError:
            known = list(map(str, action.choices or ()))
            near = get_close_matches(str(value), known, 1)
            cure = f"did you mean {near[0]!r}?" if near else f"choose from: {', '.join(known)}"
            if action.metavar == "COMMAND":
                if value in _SETTINGS:
                    cure = _tell_settings()
                elif not near:
                    cure = _tell_section(str(value)) or cure
                what = f"there is no command {str(value)[:40]!r}; {cure}"
                raise argparse.ArgumentError(None, what) from None
            raise argparse.ArgumentError(
                action, f"there is no {str(value)[:40]!r}; {cure}"
            ) from None

    def error(self, message: str) -> NoReturn:
        said = safe_text(message.removeprefix("argument "))
        see = "? See" if said.endswith("?") else "; see"
        self.exit(2, f"kvminbox: {said.removesuffix('?')}{see} `{self.prog} --help`\n")


_find = import_later(
    __name__,
    {
        "kvminbox.cli.board": "fill_board",
        "kvminbox.cli.build": "fill_report",
        "kvminbox.cli.changes": "fill_changes",
        "kvminbox.cli.index": "fill_index",
        "kvminbox.cli.manual": "fill_completion fill_man",
        "kvminbox.cli.mcp": "fill_mcp",
        "kvminbox.cli.range_diff": "fill_range_diff",
        "kvminbox.cli.reports": "fill_demo fill_landed fill_update fill_versions",
        "kvminbox.cli.review": "fill_review",
        "kvminbox.cli.search": "fill_search",
        "kvminbox.cli.show": "fill_show",
        "kvminbox.cli.waiting": "fill_waiting",
    },
)


class _Command(_Parser):
    """The parser of one command, which gets its options when the command is given."""

    is_filled = False

    _given: Sequence[str] = ()
    """The words that it was given."""

    def fill(self) -> None:
        """Give it its options, unless it has them."""
        if not self.is_filled:
            self.is_filled = True
            fill: Any = _find(f"fill_{self.prog.rpartition(' ')[2].replace('-', '_')}")
            fill(self)
            # a command can't import this module, which imports it
            self.set_defaults(parser=self, make_whole_parser=make_whole_parser)

    def has_option(self, option: str) -> bool:
        """Whether it has an option of this name, which begins with two hyphens."""
        self.fill()
        return option.startswith("--") and option in self._option_string_actions

    def error(self, message: str) -> NoReturn:
        """Tell what is missing where FILE, or what follows it, has been left out."""
        arguments = self._get_positional_actions()
        names = [f"[{one.metavar}]" if one.nargs == "?" else one.metavar for one in arguments]
        _, required, missing = message.partition("required: ")
        if required and names[:1] == ["FILE"]:
            line = " ".join(map(str, (self.prog, *names)))
            what = self._tell_missing(missing.replace(", ", " and "))
            super().error(f"{what}; write `{line}`, where @ is the default index")
        super().error(message)

    def _tell_missing(self, missing: str) -> str:
        """Return what is wrong with a command that was given one word or none, and needs more."""
        place = self.skip_options(self._given)
        word = self._given[place] if place < len(self._given) else ""
        if not word:
            return f"{missing} {'are' if ' and ' in missing else 'is'} missing"
        from kvminbox.words import shorten  # which a command that is right does without

        what = shorten(word)
        if _LONE_ID.fullmatch(word):
            return f"{what} stands where the index file should, and no default index is set"
        # a name that no file can have is none
        with suppress(OSError, ValueError):
            if Path(word).exists():
                return f"{what} is the index file, and {missing} is missing"
        if missing not in {"MESSAGE-ID", "NEW"}:
            return f"{what} is no index file, and {missing} is missing"
        return f"{what} is neither an index file nor a Message-ID, which has an @"

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  # overloaded
        self.fill()
        self._given = list(args or ())
        return super().parse_known_args(args, namespace)

    def find_lone_id(self, args: Sequence[str]) -> int | None:
        """Return the place of a query or Message-ID that stands where FILE should.

        It holds a `:` or an `@` and names no file. A bare word does not count: it may be the
        misspelt name of an index, whose words would be looked for in another one.
        """
        self.fill()
        names = [one.metavar for one in self._get_positional_actions()]
        if names[:1] != ["FILE"] or not _LONE & set(names):
            return None
        place = self.skip_options(args)
        word = args[place] if place < len(args) else ""
        if not _LONE_ID.fullmatch(word):
            return None
        # a name that no file can have is none
        with suppress(OSError, ValueError):
            if Path(word).exists():
                return None
        return place


def _turn_help(parser: _Parser, given: list[str]) -> list[str]:
    """Return `help COMMAND` as `COMMAND --help`, and all other words as they are."""
    place = parser.skip_options(given)
    if given[place : place + 1] != ["help"]:
        return given
    rest = [word for word in given[place + 1 :] if word not in {"help", "-h", "--help"}]
    return [*given[:place], *rest, "--help"]


def _name_usual_index(parser: _Parser, given: list[str]) -> list[str]:
    """Put in the usual index where a query or a Message-ID stands in its place."""
    start = parser.skip_options(given)
    command = parser.commands.get(given[start]) if start < len(given) else None
    place = command.find_lone_id(given[start + 1 :]) if command else None
    if place is None:
        return given
    from kvminbox.cli.config import USUAL, has_usual_index  # most commands name their index

    config = None
    for word, following in pairwise(given[: start + 1]):
        if word == "--config":
            config = following
        elif word.startswith("--config="):
            config = word.partition("=")[2]
    place += start + 1
    return [*given[:place], USUAL, *given[place:]] if has_usual_index(config) else given


class _PrintVersion(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        from importlib.metadata import version  # it takes longer than all else here

        sys.stdout.write(f"kvminbox {version('kvminbox')}\n")
        parser.exit()


def _make_parser() -> _Parser:
    parser = _Parser(
        prog="kvminbox",
        description="Reports from public-inbox mailing-list archives.",
        epilog="`kvminbox help COMMAND` prints the options of a command. `kvminbox demo` needs no "
        "archive; with one, begin with `kvminbox index FILE CLONE`, which is done once, and "
        "`kvminbox report FILE --week`.",
    )
    parser.add_argument(
        "-V",
        "--version",
        action=_PrintVersion,
        nargs=0,
        help="show program's version number and exit",
    )
    parser.add_argument(
        "--config", metavar="FILE",
        help="the configuration file, which may name the usual index, tree, addresses, searches "
            "and lists (default: $KVMINBOX_CONFIG, or else kvminbox/config.toml in the platform's "
            "folder for settings, as ~/.config)",
    )  # fmt: skip
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", parser_class=_Command
    )
    for name, text in _COMMANDS.items():
        parser.commands[name] = commands.add_parser(name, help=text)
    return parser


def make_whole_parser() -> argparse.ArgumentParser:
    """Return a parser whose commands have their options, to describe it."""
    parser = _make_parser()
    for action in parser._actions:  # noqa: SLF001  # argparse offers no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                command.fill()
    return parser
