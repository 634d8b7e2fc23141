"""The command `waiting`: the series that wait for an answer, anybody's or one's own."""

import argparse
from typing import Any

from kvminbox.analysis import Choose, choose
from kvminbox.cli.reports import add_report_options, run_report
from kvminbox.cli.trees import add_tree_options, choose_tree
from kvminbox.cli.windows import add_window_options
from kvminbox.errors import UsageError
from kvminbox.models import Corpus, Progress
from kvminbox.reports import Report, waiting
from kvminbox.subsystems import AREAS, Maintainers, read_maintainers
from kvminbox.words import list_some


def fill_waiting(command: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    command.description = (
        "List the series that nobody but their sender has answered or tagged, oldest first. "
        "With --for, list those that wait for that person, whoever else has answered: the series "
        "sent to the address, or with --maintainers those that touch what it maintains. The "
        "other options narrow the list; each may be repeated."
    )
    who = command.add_argument_group("which series")
    for name, metavar, text in (
        ("for", "ADDRESS", "whose answer is awaited; repeat it for each of their addresses"),
        (
            "path",
            "PATH",
            "series that touch files below PATH, or that match a pattern such as '*.S'",
        ),
        ("subsystem", "NAME", "series of a section of --maintainers, or else of a part of KVM"),
        ("author", "WHO", "series sent or written by WHO, an address or a full name"),
    ):
        who.add_argument(
            f"--{name}", dest=f"only_{name}", action="append", default=[], metavar=metavar,
            help=text,
        )  # fmt: skip
    who.add_argument(
        "--maintainers", metavar="FILE", help="the MAINTAINERS file for --for and --subsystem"
    )
    add_tree_options(command)
    add_window_options(command)
    add_report_options(command)
    command.set_defaults(run=run_report, make=_make)


def _make(window: Corpus, options: argparse.Namespace, progress: Progress | None) -> Report[Any]:
    maintainers = read_maintainers(options.maintainers) if options.maintainers else None
    questions, words = _list_questions(options, maintainers)
    return waiting(
        window, readers=options.only_for, only=choose.choose_all(questions),
        chosen=" and ".join(words), tree=choose_tree(options), jobs=options.jobs,
        progress=progress,
    )  # fmt: skip


def _list_questions(
    options: argparse.Namespace, maintainers: Maintainers | None
) -> tuple[list[Choose], list[str]]:
    """Return what is asked of a series, and the same in words."""
    if maintainers and not (options.only_for or options.only_subsystem):
        raise UsageError("--maintainers goes with --for or --subsystem", options.maintainers)
    questions: list[Choose] = []
    words: list[str] = []
    if options.only_for:
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
    return questions, words


def _check_subsystems(names: list[str], maintainers: Maintainers | None) -> None:
    known = [one.name for one in maintainers.sections] if maintainers else list(AREAS)
    folded = {name.casefold() for name in known}
    for name in names:
        if name.casefold() not in folded:
            where = "in the file" if maintainers else "among the parts of KVM"
            cure = "name a section of it" if maintainers else f"name one of {list_some(known, 30)}"
            raise UsageError(f"no such subsystem {where}", name, cure)
