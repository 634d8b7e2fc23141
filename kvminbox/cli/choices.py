"""Which series a command is about: the options that choose among them."""

import argparse
import re

from kvminbox.analysis import Choose, choose
from kvminbox.errors import UsageError
from kvminbox.subsystems import AREAS, Maintainers, read_maintainers
from kvminbox.words import list_some, shorten


def add_choice_options(command: argparse.ArgumentParser, for_whom: str) -> None:
    """Add the options that choose series; `for_whom` tells what --for does."""
    who = command.add_argument_group("which series")
    for name, metavar, text in (
        ("for", "ADDRESS", for_whom),
        ("path", "PATH", "series that touch files below PATH, or a pattern such as '*.S'"),
        (
            "subsystem",
            "NAME",
            "series for a section of --maintainers or, without it, for a part of KVM",
        ),
        ("author", "WHO", "series sent or written by WHO: an address, a full name, or `me`"),
    ):
        who.add_argument(
            f"--{name}", dest=f"only_{name}", action="append", default=[], metavar=metavar,
            help=text,
        )  # fmt: skip
    who.add_argument(
        "--maintainers", metavar="FILE", help="the MAINTAINERS file for --for and --subsystem"
    )


def read_maintainers_of(options: argparse.Namespace) -> Maintainers | None:
    """Return the sections of the MAINTAINERS file that the options name."""
    return read_maintainers(options.maintainers) if options.maintainers else None


def choose_series(
    options: argparse.Namespace, maintainers: Maintainers | None
) -> tuple[Choose, str]:
    """Return what is asked of a series, and the same in words."""
    questions: list[Choose] = []
    words: list[str] = []
    if options.only_for:
        _check_addresses(options.only_for)
        people = " or ".join(options.only_for)
        if maintainers:
            questions.append(choose.is_maintained_by(options.only_for, maintainers))
            words.append(f"that touch what {people} maintains")
        else:
            questions.append(choose.is_sent_to(options.only_for))
            words.append(f"sent to {people}")
    if options.only_path:
        questions.append(choose.touches(options.only_path))
        words.append(f"that touch {' or '.join(options.only_path)}")
    if options.only_subsystem:
        _check_subsystems(options.only_subsystem, maintainers)
        questions.append(choose.is_of(options.only_subsystem, maintainers))
        words.append(f"of {' or '.join(options.only_subsystem)}")
    if options.only_author:
        questions.append(choose.is_by(options.only_author))
        words.append(f"by {' or '.join(options.only_author)}")
    return choose.choose_all(questions), " and ".join(words)


def _check_addresses(people: list[str]) -> None:
    for one in people:
        if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", one):
            cure = "write one, as --for ada@host.example, or `--for me` for those of your settings"
            raise UsageError("--for needs an address", shorten(one), cure)


def _check_subsystems(names: list[str], maintainers: Maintainers | None) -> None:
    known = [one.name for one in maintainers.sections] if maintainers else list(AREAS)
    folded = {name.casefold() for name in known}
    for name in names:
        if name.casefold() not in folded:
            where = "in the file" if maintainers else "among the parts of KVM"
            cure = (
                "give the name of one of its sections"
                if maintainers
                else f"choose from: {list_some(known, 30)}"
            )
            raise UsageError(f"no such subsystem {where}", name, cure)
