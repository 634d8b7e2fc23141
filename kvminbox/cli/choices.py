"""Which series a command is about: the options that choose among them."""

import argparse
import re
import sys
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Final

from kvminbox.analysis import Choose, choose
from kvminbox.analysis.choose import find_from_root, is_below, list_paths
from kvminbox.cli.arguments import read_person
from kvminbox.cli.senders import find_senders, has_author, has_path, has_reader, is_index
from kvminbox.errors import UsageError
from kvminbox.mail import ignore, parse_address
from kvminbox.models import Series
from kvminbox.people.nearest import LIKE, Seen
from kvminbox.safe import safe_text
from kvminbox.subsystems import AREAS, Maintainers, find_series_areas, read_maintainers
from kvminbox.words import count_things, shorten

MISSPELT: Final = 1
"""The exit status where a person or path that is asked for is nowhere in an index."""

_ADDRESS: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_PATTERN: Final = re.compile(r"[*?\[]")


class Asked:
    """A question of series that remembers what there is, for who asked for something else.

    Args:
        question: the question.
        paths: the paths that are asked for.
        part: a subsystem that is asked for, and is no part of KVM.
    """

    def __init__(self, question: Choose, paths: list[str], part: str | None = None) -> None:
        self._question = question
        self._asked_paths = paths
        self._asked_part = part
        self._authors = Seen()
        self._readers = Seen()
        self._paths: set[str] = set()
        self._parts: set[str] = set()

    def __call__(self, series: Series) -> bool:
        """Whether the series is meant."""
        authors = (series.sender, series.author, *(one.author for one in series.patches))
        self._authors.add(*dict.fromkeys(authors))
        readers = (person for mail in series.messages for person in mail.recipients)
        self._readers.add(*dict.fromkeys(readers))
        self._readers.learn_names(*authors)
        if self._asked_paths:  # which else need not be read
            self._paths.update(list_paths(series))
        if self._asked_part is not None:
            self._parts.update(found.area for found in find_series_areas(series))
        return self._question(series)

    def tell_nearest(self, options: argparse.Namespace) -> None:
        """Say on standard error of a person or path that no series has what may be wrong with it.

        That is no error: somebody may have sent nothing for half a year. Where the whole index
        has nothing of all that an option asks for, it is misspelt, and the exit status tells so.

        Raises:
            UsageError: a subsystem is none, or `--for` has no address; it names those that there
                are.
        """
        if self._asked_part is not None:
            raise _refuse_part(self._asked_part, self._parts, options)
        # with a MAINTAINERS file, the address of --for is one of the file's
        readers = [] if options.maintainers else options.only_for
        asked = (
            [self._is_known_reader(one, options) for one in readers],
            [self._is_known_author(one, options) for one in options.only_author],
            [self._is_known_path(one, options) for one in self._asked_paths],
        )
        # of several addresses of one person, an old one may be in none
        if is_index(options) and any(known and not any(known) for known in asked):
            options.exit_status = MISSPELT

    def _is_known_reader(self, asked: str, options: argparse.Namespace) -> bool:
        """Whether the index has a mail to an address; say what is wrong if no series has it."""
        if not _ADDRESS.fullmatch(asked):
            raise _refuse_name(asked, self._readers)
        what = f"got no series{_name_inbox('of', options)}"
        return self._readers.has(asked) or _tell_person(
            asked, what, self._readers, options, addresses=True
        )

    def _is_known_author(self, asked: str, options: argparse.Namespace) -> bool:
        what = f"no series{_name_inbox('to', options)}"
        return self._authors.has(asked) or _tell_person(
            asked, what, self._authors, options, addresses=False
        )

    def _is_known_path(self, asked: str, options: argparse.Namespace) -> bool:
        if any(is_below(path, asked) for path in self._paths):
            return True
        near = "".join(_find_near_path(asked, self._paths)[:1])
        _tell(asked, "no series touches it", f"did you mean {near}?" if near else "")
        is_plain = find_from_root(asked) and not _PATTERN.search(asked)
        return not is_plain or has_path(asked, options)


def is_misspelt(options: argparse.Namespace) -> bool:
    """Whether it was told that what an option asks for is nowhere in the index.

    A report would say that there is no series, which is not the answer.
    """
    return getattr(options, "exit_status", 0) == MISSPELT


def _name_inbox(word: str, options: argparse.Namespace) -> str:
    return f" {word} {options.inbox}" if options.inbox else ""


def _tell_person(
    asked: str, what: str, people: Seen, options: argparse.Namespace, *, addresses: bool
) -> bool:
    """Return whether somebody whom no series has is known; say so, or else who may be meant."""
    senders = find_senders(asked, options)
    if sent := senders.count(asked):
        _tell(asked, f"sent {count_things(sent, 'mail')} in all, but {what} in this period")
        return True
    if (has_reader if addresses else has_author)(asked, options):
        _tell(asked, f"{what} in this period")
        return True
    near = people.suggest(asked, addresses=addresses) or senders.suggest(asked, addresses=addresses)
    _tell(asked, "no series has it", f"did you mean {near}?" if near else "check the spelling")
    return False


def _tell(asked: str, what: str, cure: str = "") -> None:
    print(safe_text(f"kvminbox: {asked}: {what}{f'; {cure}' if cure else ''}"), file=sys.stderr)


def _find_near_path(asked: str, paths: set[str]) -> list[str]:
    """Return a path, or a folder of some, that ends so or looks alike; the shortest first."""
    known = paths | {str(folder) for path in paths for folder in PurePosixPath(path).parents[:-1]}
    listed = sorted(known, key=lambda path: (len(path), path))
    name = find_from_root(asked)
    ending = [path for path in listed if name and path.endswith(f"/{name}")]
    return ending or get_close_matches(name, listed, 1, LIKE)


def add_choice_options(command: argparse.ArgumentParser, for_whom: str) -> None:
    """Add the options that choose series; `for_whom` tells what --for does."""
    who = command.add_argument_group("which series")
    for name, metavar, read, text in (
        ("for", "ADDRESS", read_person, for_whom),
        ("path", "PATH", str, "series that touch files below PATH, or a pattern such as '*.S'"),
        ("subsystem", "NAME", str,
         "series for a section of --maintainers or, without it, for a part of KVM"),
        ("author", "WHO", read_person,
         "series sent or written by WHO: an address, a full name, or `me`"),
    ):  # fmt: skip
        who.add_argument(
            f"--{name}", dest=f"only_{name}", type=read, action="append", default=[],
            metavar=metavar, help=text,
        )  # fmt: skip
    who.add_argument(
        "--maintainers", metavar="FILE", help="the MAINTAINERS file for --for and --subsystem"
    )


def read_maintainers_of(options: argparse.Namespace) -> Maintainers | None:
    """Return the sections of the MAINTAINERS file that the options name."""
    return read_maintainers(options.maintainers) if options.maintainers else None


def choose_series(
    options: argparse.Namespace, maintainers: Maintainers | None
) -> tuple[Asked, str]:
    """Return what is asked of a series, and the same in words."""
    questions: list[Choose] = []
    words: list[str] = []
    if options.only_for:
        if maintainers:
            _check_addresses(options.only_for, maintainers)
        people = " or ".join(options.only_for)
        if maintainers:
            questions.append(choose.is_maintained_by(options.only_for, maintainers))
            words.append(f"touching what {people} maintains")
        else:
            questions.append(choose.is_sent_to(options.only_for))
            words.append(f"sent to {people}")
    if options.only_path:
        questions.append(choose.touches(options.only_path))
        words.append(f"touching {' or '.join(options.only_path)}")
    if options.only_subsystem:
        if maintainers:
            _check_sections(options.only_subsystem, maintainers)
        questions.append(choose.is_of(options.only_subsystem, maintainers))
        words.append(f"of {' or '.join(options.only_subsystem)}")
    if options.only_author:
        questions.append(choose.is_by(options.only_author))
        words.append(f"by {' or '.join(options.only_author)}")
    known = {one.casefold() for one in AREAS}
    asked = [] if maintainers else options.only_subsystem
    part = next((name for name in asked if name.casefold() not in known), None)
    return Asked(choose.choose_all(questions), options.only_path, part), " and ".join(words)


def _check_addresses(asked: list[str], maintainers: Maintainers) -> None:
    people = Seen()
    for section in maintainers.sections:
        for letter in "MR":
            people.add(*(parse_address(one, ignore) for one in section.values(letter)))
    for one in asked:
        if not _ADDRESS.fullmatch(one):
            raise _refuse_name(one, people)
    unknown = [one for one in asked if not people.has(one)]
    for one in unknown:
        near = people.suggest(one, addresses=True)
        cure = f"did you mean {near}?" if near else "check the spelling"
        if unknown == asked:  # of several addresses of one person, an old one may be in none
            raise UsageError("no section of the file has it", one, cure)
        _tell(one, "no section of the file has it", cure)


def _refuse_name(asked: str, people: Seen) -> UsageError:
    """Return what to do about a name in place of an address: which addresses it may mean."""
    near = people.suggest(asked, addresses=True)
    cure = (
        f"did you mean {near}?" if near else
        "write one, such as --for ada@host.example, or `--for me` if the setting me has one"
    )  # fmt: skip
    return UsageError("--for needs an address", shorten(asked), cure)


_MOST_NEAR: Final = 3
"""Names that are suggested for one that there is not."""


def _find_near(name: str, known: list[str]) -> list[str]:
    """Return the names that begin with one that is not known, or have its words, or look alike."""
    asked = name.casefold()
    folded = {one.casefold(): one for one in known}
    words = set(asked.split())
    begun = [one for one in folded if words and one.startswith(asked)]
    wordy = [one for one in folded if words and words <= set(one.split())]
    alike = get_close_matches(asked, folded, _MOST_NEAR, LIKE)
    found = begun or wordy or alike
    return [folded[one] for one in found[:_MOST_NEAR]]


def _check_sections(names: list[str], maintainers: Maintainers) -> None:
    known = [one.name for one in maintainers.sections]
    folded = {name.casefold() for name in known}
    for name in names:
        if name.casefold() not in folded:
            near = " or ".join(_find_near(name, known))
            cure = f"did you mean {near}?" if near else "give the name of one of its sections"
            raise UsageError("no such subsystem in the file", name, cure)


def _refuse_part(name: str, parts: set[str], options: argparse.Namespace) -> UsageError:
    """Return what to do about a subsystem that is no part of KVM.

    Of those parts only the ones are named of which there are series: a list of another subsystem
    has none.
    """
    files = [str(Path(tree) / "MAINTAINERS") for tree in options.tree or ()]
    file = next((one for one in files if Path(one).is_file()), "FILE")
    cure = f"give the MAINTAINERS file of the code with --maintainers {file}"
    if not parts:
        what = "no such subsystem: without a MAINTAINERS file only parts of KVM are known"
        return UsageError(what, name, cure)
    here = [part for part in AREAS if part in parts]
    near = " or ".join(_find_near(name, here))
    if near:
        return UsageError("no such subsystem", name, f"did you mean {near}? For others {cure}")
    return UsageError("no such subsystem", name, f"{cure}, or a part of KVM: {', '.join(here)}")
