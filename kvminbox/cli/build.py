"""The command `report`: the sections that a user chooses, with maps and templates."""

import argparse
from difflib import get_close_matches
from functools import partial
from inspect import signature
from typing import Any, Final

from kvminbox.cli.arguments import positive
from kvminbox.cli.before import add_before_option, choose_before
from kvminbox.cli.reports import add_report_options, print_report
from kvminbox.cli.trees import add_tree_options, choose_stable, choose_tree
from kvminbox.cli.windows import add_window_options, choose_window, open_inbox
from kvminbox.errors import UsageError
from kvminbox.inbox import SentWindow
from kvminbox.models import Corpus, Model, Progress
from kvminbox.people import GitdmMaps, Mailmap, People, read_gitdm, read_mailmap
from kvminbox.reports import SECTIONS, BuiltReport, Section, build_report, read_layout
from kvminbox.subsystems import read_maintainers

_USUAL: Final = "overview,domains,authors,reviewers,new_series,waiting,applied,discussions"


def fill_report(report: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    report.description = (
        f"Print a report made of some or all of these sections: {', '.join(SECTIONS)}."
    )
    add_window_options(report)
    report.add_argument(
        "--sections",
        default=_USUAL,
        metavar="A,B,...",
        help=f"which sections, in order (default: {_USUAL.replace(',', ', ')})",
    )
    report.add_argument("--title", default="Report", help="the report's title")
    add_before_option(report)
    report.add_argument(
        "--top", type=positive, default=15, metavar="N", help="length of the rankings (default: 15)"
    )
    report.add_argument(
        "--diffs",
        action="store_true",
        help="in new_versions, show each patch and what changed inside of it",
    )
    report.add_argument(
        "--mailmap", metavar="FILE", help="a mailmap, to count all addresses of a person as one"
    )
    report.add_argument(
        "--employers", metavar="FILE", help="a gitdm.config, to rank employers instead of domains"
    )
    report.add_argument(
        "--maintainers",
        metavar="FILE",
        help="a MAINTAINERS file, whose sections become the subsystems",
    )
    report.add_argument(
        "--template", action="append", default=[], metavar="SECTION=FILE",
        help="lay out a section with a Jinja2 template; may be repeated",
    )  # fmt: skip
    add_tree_options(report, stable=True)
    add_report_options(report)
    report.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    with open_inbox(options) as inbox:
        window = choose_window(inbox, options)
        before = choose_before(inbox, options)
        if isinstance(before, SentWindow) and not isinstance(window, SentWindow):
            options.by = "date"  # what is compared is chosen alike
            window = choose_window(inbox, options)
        print_report(window, options, partial(_make, before))


def _make(
    before: Corpus | None, window: Corpus, options: argparse.Namespace, progress: Progress | None
) -> BuiltReport:
    sections = _choose_sections(options)
    return build_report(
        options.title, window, sections, before=before, jobs=options.jobs, progress=progress
    )


def _choose_sections(options: argparse.Namespace) -> list[Section[Model]]:
    names = [name.strip() for name in options.sections.split(",") if name.strip()]
    unknown = [name for name in names if name not in SECTIONS]
    if unknown or not names:
        what = "no such section" if unknown else "no section is given"
        where, cure = ", ".join(unknown) or "--sections", f"choose from: {', '.join(SECTIONS)}"
        near = [get_close_matches(name, SECTIONS, 1) for name in unknown]
        if near and all(near):
            cure = f"did you mean {', '.join(found for (found,) in near)}?"
        raise UsageError(what, where, cure)
    twice = [name for name in SECTIONS if names.count(name) > 1]
    if twice:
        raise UsageError("a section is given twice", ", ".join(twice), "give it once")
    layouts = dict(_split_template(written, names) for written in options.template)
    given = _read_section_options(options)
    made = [_make_section(name, given) for name in names]
    return [
        section.with_layout(read_layout(layouts[section.name])) if section.name in layouts
        else section
        for section in made
    ]  # fmt: skip


def _split_template(given: str, names: list[str]) -> tuple[str, str]:
    name, equals, path = given.partition("=")
    if not equals or name not in names:
        raise UsageError(
            "not a section of this report", where=given, cure="write --template SECTION=FILE"
        )
    return name, path


def _read_section_options(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line sets for sections, by the name of a section's parameter."""
    found: dict[str, Any] = {"top": options.top, "diffs": options.diffs}
    mailmap = read_mailmap(options.mailmap) if options.mailmap else Mailmap()
    maps = read_gitdm(options.employers) if options.employers else GitdmMaps()
    people = People(mailmap=mailmap, aliases=maps.aliases, employers=maps.employers)
    if options.mailmap:
        found["who"] = lambda address, day: people.resolve(address, day).mailbox
    if options.employers:
        found["employer"] = lambda address, day: people.resolve(address, day).employer or "unknown"
    tree = choose_tree(options)
    if tree is not None:
        found["tree"] = tree
        found["stable"] = choose_stable(options, tree)
    if options.maintainers:
        maintainers = read_maintainers(options.maintainers)
        found["classify"] = lambda patch: [
            match.section.name for match in maintainers.group_patch(patch)
        ]
    return found


def _make_section(name: str, given: dict[str, Any]) -> Section[Model]:
    """Make a section with those of the given options that are among its parameters."""
    make = SECTIONS[name]
    return make(**{key: given[key] for key in signature(make).parameters if key in given})
