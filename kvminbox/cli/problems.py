"""What a command does with mails that can't be read: the option, and what an index was told."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from kvminbox.errors import ObjectError
from kvminbox.index import Index
from kvminbox.index.accepted import name_problem
from kvminbox.models import OnProblem, Problem
from kvminbox.safe import safe_text


def print_problem(problem: Problem) -> None:
    """Print a mail that is left out to standard error."""
    print(f"kvminbox: left out: {safe_text(problem.text)}", file=sys.stderr)


_POLICIES: Final[dict[str, OnProblem]] = {"raise": "raise", "skip": "skip", "tell": print_problem}


class _Store(argparse.Action):
    """Stores what becomes of mails that can't be read, and that this was said."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        del parser, option_string
        namespace.on_problem = values
        namespace.says_on_problem = True


def add_problem_option(parser: argparse.ArgumentParser, default: str, more: str = "") -> None:
    """Add the option that says what becomes of mails that can't be read."""
    parser.set_defaults(says_on_problem=False, accepted=frozenset())
    parser.add_argument(
        "--on-problem", action=_Store, choices=[*_POLICIES], default=default,
        help="what to do with mails that can't be read: stop with an error; skip and count "
            f"them; or also report each on standard error{more} (default: {default})",
    )  # fmt: skip


def take_accepted(options: argparse.Namespace, index: Index) -> None:
    """Take over which mails the index was told to do without, unless the command says otherwise."""
    if not options.says_on_problem:
        options.accepted = index.accepted


def has_only_accepted(options: argparse.Namespace, index: Index) -> bool:
    """Whether each mail that the index lacks is one that it was told to do without."""
    accepted: frozenset[str] = options.accepted
    return bool(accepted) and all(name_problem(one) in accepted for one in index.problems())


def find_policy(options: argparse.Namespace) -> OnProblem:
    """Return what becomes of a mail that can't be read."""
    policy = _POLICIES[options.on_problem]
    if not options.accepted or policy == "skip":
        return policy
    return partial(_leave_out, options.accepted, policy, options.path)


def _leave_out(accepted: frozenset[str], policy: OnProblem, path: str, problem: Problem) -> None:
    """Leave out a mail that an index was told to do without; of another one, do what is said."""
    if name_problem(problem) in accepted:
        return
    if callable(policy):
        policy(problem)
        return
    cure = (
        f"it is none of those that the index was told to do without: `kvminbox index {path} "
        "--on-problem skip` adds it to them, and --on-problem skip here leaves it out once"
    )
    raise ObjectError(problem.text, f"commit {problem.entry.commit}", cure)
