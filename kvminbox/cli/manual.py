"""The commands `completion` and `man`: what a shell and `man` know of the command line."""

import argparse
from collections.abc import Iterator
from typing import Final

from kvminbox.cli.output import write_output
from kvminbox.errors import MissingExtraError, UsageError

SHELLS: Final = ("bash", "zsh", "fish")
"""The shells for which there are completions."""

_FILES: Final = frozenset({"FILE", "PATH", "SECTION=FILE"})
"""The names of values that a shell completes as files."""


def fill_completion(completion: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    completion.description = (
        "Print a completion script: for bash, put "
        '`eval "$(kvminbox completion bash)"` into ~/.bashrc. Needs the extra `completion`.'
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell")
    completion.set_defaults(
        run=lambda options: _complete(options.make_whole_parser(), options.shell)
    )


def fill_man(manual: argparse.ArgumentParser) -> None:
    """Give the command its options, of which there are none."""
    manual.description = (
        "Print the manual page, made from the --help texts: `kvminbox man | man -l -`."
    )
    manual.set_defaults(run=_run_man)


def _run_completion(options: argparse.Namespace) -> None:
    _complete(options.make_whole_parser(), options.shell)


def _run_man(options: argparse.Namespace) -> None:
    _print_manual(options.make_whole_parser())


def _complete(parser: argparse.ArgumentParser, shell: str) -> None:
    try:
        import shtab  # an extra
    except ImportError:
        raise MissingExtraError.of("completion", "completions need shtab") from None
    for command in list_commands(parser).values():
        for action in command._actions:  # noqa: SLF001  # argparse offers no other way
            if action.dest == "sections":
                action.complete = _complete_sections()  # type: ignore[attr-defined]  # shtab's
            elif action.metavar in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    try:
        text = shtab.complete(parser, shell)
    except NotImplementedError:
        cure = "install a newer one: pip install -U shtab"
        raise UsageError("this version of shtab has no completions for it", shell, cure) from None
    write_output([f"{text}\n".encode()], None)


def _complete_sections() -> dict[str, object]:
    """Return how each shell completes the names of sections, with commas between them."""
    from kvminbox.reports import SECTIONS  # which the manual page does without

    names = " ".join(SECTIONS)
    function = (
        "_kvminbox_sections() {\n"
        '  local before=""\n'
        '  [[ "$1" == *,* ]] && before="${1%,*},"\n'
        f'  compgen -P "$before" -W "{names}" -- "${{1##*,}}"\n'
        "}\n"
    )
    return {
        "bash": "_kvminbox_sections",
        "zsh": f"_values -s , section {names}",
        "fish": names,
        "preamble": {"bash": function},
    }


def _print_manual(parser: argparse.ArgumentParser) -> None:
    write_output(["\n".join([*_write_manual(parser), ""]).encode()], None)


def _write_manual(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of the page in man(7)'s macros."""
    yield f'.TH {parser.prog.upper()} 1 "" "" "User Commands"'
    yield ".SH NAME"
    yield _escape(f"{parser.prog} - {(parser.description or '').rstrip('.')}")
    yield ".SH SYNOPSIS"
    yield f".B {_escape(parser.prog)}"
    yield "[--config FILE] COMMAND [OPTION]..."
    yield ".SH COMMANDS"
    for name, command in list_commands(parser).items():
        yield f'.SS "{_escape(name)}"'
        yield _escape(command.description or "")
        for action in command._actions:  # noqa: SLF001  # argparse offers no other way
            if action.help is not argparse.SUPPRESS and action.dest != "help":
                yield ".TP"
                yield f".B {_escape(_name_action(action))}"
                yield _escape((action.help or "").replace("%%", "%"))
    yield ".SH EXIT STATUS"
    for code, text in _CODES:
        yield from (".TP", f".B {code}", _escape(text))
    yield ".SH ENVIRONMENT"
    for name, text in _VARIABLES:
        yield from (".TP", f".B {name}", _escape(text))
    yield ".SH FILES"
    yield from (".TP", _escape("~/.config/kvminbox/config.toml"))
    yield _escape("The configuration file on Linux: index, tree, me, and [searches].")
    yield from (".TP", _escape("~/.local/state/kvminbox"))
    yield _escape("The position of each saved search of `kvminbox changes`.")


_CODES: Final = (
    ("0", "Success, even if nothing was found."),
    ("2", "An error: one line on standard error says what is wrong, where, and what to do."),
    ("130, 141", "Interrupted, or the reader of the output, such as head(1), has exited."),
)
_VARIABLES: Final = (
    ("KVMINBOX_CONFIG", "The configuration file; empty for none. --config takes precedence."),
    ("PAGER", "The pager for long output on a terminal (default: less); empty or cat for none."),
    ("NO_COLOR", "If it is set, the output has no colours."),
)


def list_commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands by name."""
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _name_action(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else ""
    if action.choices is not None and not value:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    takes_value = action.nargs != 0
    if not action.option_strings:
        return value or action.dest
    names = ", ".join(action.option_strings)
    return f"{names} {value or action.dest.upper()}" if takes_value else names


def _escape(text: str) -> str:
    """Return text without what roff would read as a request or an escape."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{text}" if text[:1] in {".", "'"} else text
