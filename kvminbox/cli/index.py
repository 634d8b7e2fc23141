"""The command `index`: make an index file of inboxes, or bring one up to date."""

import argparse
import os

from kvminbox.cli.arguments import positive
from kvminbox.cli.output import write_output
from kvminbox.cli.windows import add_problem_option, print_problem
from kvminbox.display import progress_bar
from kvminbox.errors import IndexDamagedError, ObjectError, UsageError
from kvminbox.inbox import Inbox
from kvminbox.index import Index
from kvminbox.models import EpochUpdate, IndexUpdate
from kvminbox.safe import safe_text
from kvminbox.words import count_things


def fill_index(index: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    index.description = "Read what is new in some inboxes into an index file."
    index.add_argument("file", metavar="FILE", help="the index file; made where there is none")
    index.add_argument("paths", metavar="PATH", nargs="*", help="an epoch, an inbox, or a clone")
    index.add_argument("--name", help="what the index calls the inbox; else its folder's name")
    index.add_argument(
        "--jobs", type=positive, default=min(os.cpu_count() or 1, 4), metavar="N",
        help="processes that read mails (one for each core, up to 4)",
    )  # fmt: skip
    index.add_argument(
        "--accept-loss", action="store_true",
        help="let a whole epoch go whose branch is gone or belongs to another archive",
    )  # fmt: skip
    index.add_argument(
        "--check", action="store_true", help="compare all rows and words with the mails"
    )
    add_problem_option(index, "skip")
    index.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if not options.paths and not options.check:
        cure = f"name them: kvminbox index {options.file} PATH; or give --check"
        raise UsageError("there are no inboxes to read", options.file, cure)
    if options.name and len(options.paths) > 1:
        what, cure = "--name goes with one inbox", "run the command once for each inbox"
        raise UsageError(what, options.name, cure)
    inboxes = [Inbox.open(path) for path in options.paths]  # before a file is made for nothing
    with Index.open(options.file, create=bool(inboxes)) as index:
        for inbox in inboxes:
            with progress_bar("indexing") as progress:
                done = index.update(
                    inbox, name=options.name, jobs=options.jobs,
                    accept_loss=options.accept_loss, progress=progress,
                )  # fmt: skip
            write_output([_write_update(options.name or inbox.name, done).encode()], None)
        if inboxes and options.on_problem != "skip":
            _refuse_unread(index, options)
        if options.check:
            _check(index, options.file)


def _write_update(name: str, done: IndexUpdate) -> str:
    lines = [_write_epoch(epoch) for epoch in done.epochs] or ["nothing new"]
    if done.unread:
        lines.append(f"{done.unread} mails can't be read; the next update tries them again")
    if not done.erased:
        lines.append("a reader still holds removed text: update again when it has ended")
    return "".join(f"{safe_text(name)}: {line}\n" for line in lines)


def _write_epoch(epoch: EpochUpdate) -> str:
    gone = f", {epoch.removed:,} removed (its history was rewritten)" if epoch.removed else ""
    return f"epoch {epoch.epoch}: {epoch.added:,} added{gone}"


def _refuse_unread(index: Index, options: argparse.Namespace) -> None:
    """Tell of each mail that could not be read, or raise an error for them all."""
    problems = list(index.problems())
    if options.on_problem == "tell":
        for problem in problems:
            print_problem(problem)
    elif problems:
        what = f"{count_things(len(problems), 'mail')} could not be read, and all others are in it"
        raise ObjectError(what, options.file, "fetch them, and update it; or use --on-problem skip")


def _check(index: Index, path: str) -> None:
    with progress_bar("checking") as progress:
        found = index.check(progress=progress)
    if found:
        raise IndexDamagedError("; ".join(found), where=path, cure="delete it and make it anew")
    write_output([b"the index is sound\n"], None)
