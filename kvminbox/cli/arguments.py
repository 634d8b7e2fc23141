"""What the parsers of the commands share."""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from kvminbox.errors import UsageError

STDIN: Final = "-"
"""What stands for standard input."""

MAX_STDIN: Final = 1 << 20
"""Bytes of standard input that are looked at."""

_ENDINGS: Final = {
    ".txt": ("text",), ".html": ("page", "html"), ".md": ("markdown",), ".json": ("json",),
    ".csv": ("csv",), ".eml": ("mail",), ".jsonl": ("jsonl",), ".mbox": ("mbox",),
    ".xml": ("atom",),
}  # fmt: skip
"""The formats that the end of a file's name may mean; of several the first that a command has."""

_SPELT: Final = {".htm": ".html", ".markdown": ".md", ".atom": ".xml"}
"""Endings that mean another one."""

_FOREIGN: Final = frozenset({
    ".doc", ".docx", ".ods", ".odt", ".parquet", ".pdf", ".png", ".svg", ".tsv", ".xls", ".xlsx",
    ".yaml", ".yml",
})  # fmt: skip
"""Endings of files of which no command makes the content."""

_MAILBOX: Final = re.compile(r"[^<>]*<\s*([^\s<>@]+@[^\s<>@]+)\s*>\s*")
_MESSAGE_ID: Final = re.compile(r"^message-id:\s*(<[^>\n]*>|\S+)", re.IGNORECASE | re.MULTILINE)
_ID_HELP: Final = (
    "an id with or without <>, id:ID, a lore URL, or - to read a mail or an id from stdin"
)


def positive(text: str) -> int:
    """Parse a number from 1 up."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a whole number of 1 or more")
    return int(text)


def read_person(given: str) -> str:
    """Return the address of a mailbox, as a report prints it or a mail has it; else what is given.

    >>> read_person('"Lis, Ewa" <ewa@kvm.example>'), read_person("Ewa Lis"), read_person("me")
    ('ewa@kvm.example', 'Ewa Lis', 'me')
    """
    found = _MAILBOX.fullmatch(given)
    return found[1] if found else given


def add_output_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the file to write to."""
    parser.add_argument(
        "-o", "--output", metavar="FILE",
        help="write to FILE (default: -, standard output)",
    )  # fmt: skip


def add_format_option(
    parser: argparse.ArgumentParser, formats: Iterable[str], text: str, usual: str = "text"
) -> None:
    """Add the options that name the format; `text` tells of the formats, `usual` the default."""
    listed = sorted(formats)
    parser.set_defaults(formats=listed)
    endings = _list_endings(listed)
    parser.add_argument(
        "--format", choices=listed,
        help=f"{text} (default: by the name of --output, if it ends in {', '.join(endings)}; "
        f"else {usual})",
    )  # fmt: skip
    meant = "json" if "json" in listed else "jsonl"
    parser.add_argument(
        "--json", dest="format", action="store_const", const=meant, help=f"same as --format {meant}"
    )


def choose_format(options: argparse.Namespace, usual: str = "text") -> str:
    """Return the format that the options name, else that of the output's name, else the usual.

    Raises:
        UsageError: the output's name is that of another kind of file.
    """
    if options.format:
        return str(options.format)
    suffix = PurePath(options.output or "").suffix.lower()
    ending = _SPELT.get(suffix, suffix)
    meant = _ENDINGS.get(ending, ())
    found = next((one for one in meant if one in options.formats), None)
    if found is None and (meant or ending in _FOREIGN):
        endings = ", ".join(_list_endings(options.formats))
        cure = f"end the name in one of {endings}, or give --format"
        raise UsageError(f"there is no format for a name in {suffix}", options.output, cure)
    return found or usual


def _list_endings(formats: Iterable[str]) -> list[str]:
    return [one for one, meant in _ENDINGS.items() if {*meant} & {*formats}]


def add_file_argument(parser: argparse.ArgumentParser, lone: str = "an id") -> None:
    """Add the argument that names an index file; `lone` is what may stand in its place."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help=f"the index file (@: the default index; may be left out before {lone})",
    )


def add_id_argument(parser: argparse.ArgumentParser, which: str) -> None:
    """Add the argument that names a mail; `which` says which mail."""
    parser.add_argument(
        "message_id", metavar="MESSAGE-ID", help=f"the Message-ID of {which}: {_ID_HELP}"
    )


def read_id(given: str) -> str:
    """Return a Message-ID as it was given; `-` is that of the mail on standard input, or its text.

    So a mail reader can pipe the mail that it shows.
    """
    if given != STDIN:
        return given
    text = _read_stdin(MAX_STDIN).decode("utf-8", "replace")
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    found = _MESSAGE_ID.search(head)
    words = text.split(maxsplit=1)
    if found or (words and len(text.split()) == 1):
        return found[1] if found else words[0]
    cure = "pipe in a mail, or a Message-ID alone"
    raise UsageError("neither a mail with a Message-ID nor an id", "standard input", cure)


def read_query(words: list[str]) -> str:
    """Return the words of a query; `-` alone is the text of standard input."""
    if words != [STDIN]:
        return " ".join(words)
    return " ".join(_read_stdin(MAX_STDIN).decode("utf-8", "replace").split())


def _read_stdin(size: int) -> bytes:
    if sys.stdin is None:  # `kvminbox show … - <&-`
        raise UsageError("it is closed", "standard input", "pipe something in")
    return sys.stdin.buffer.read(size)
