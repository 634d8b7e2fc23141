"""The command `index`: create an index file from inboxes, or update one."""

import argparse
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from kvminbox.cli.arguments import positive
from kvminbox.cli.output import write_output
from kvminbox.cli.problems import add_problem_option, has_only_accepted, print_problem
from kvminbox.cli.windows import open_file
from kvminbox.display import escape_json, progress_bar
from kvminbox.errors import IndexDamagedError, KvminboxError, ObjectError, UsageError
from kvminbox.inbox import Inbox
from kvminbox.index import Index
from kvminbox.models import EpochUpdate, IndexUpdate
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home
from kvminbox.words import count_things

_EPOCH: Final = re.compile(r"\d{1,6}(?:\.git)?")


def fill_index(index: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    index.description = (
        "Add new mails to an index file: from the given inboxes or, if none are given, from "
        "every inbox already in it, including new epochs."
    )
    index.add_argument(
        "file", metavar="FILE", nargs="?",
        help="the index file, created if it does not exist (@ or nothing: the default index)",
    )  # fmt: skip
    index.add_argument("paths", metavar="PATH", nargs="*", help="an epoch, an inbox, or a clone")
    index.add_argument(
        "--name", help="the inbox's name in the index (default: its directory's or its list's)"
    )
    index.add_argument(
        "--jobs", type=positive, default=min(os.cpu_count() or 1, 4), metavar="N",
        help="number of processes that read mails (default: one per core, up to 4)",
    )  # fmt: skip
    index.add_argument(
        "--accept-loss", action="store_true",
        help="drop an epoch whose branch is gone or that another archive has replaced",
    )  # fmt: skip
    index.add_argument(
        "--groups", action="store_true",
        help="also group the mails, for the SQL views series, members, threads, tags and decisions",
    )  # fmt: skip
    index.add_argument(
        "--reports", action="store_true",
        help="also prepare the results of every report section, so that reports are fast",
    )  # fmt: skip
    index.add_argument(
        "--check", action="store_true", help="check all rows and words against the mails"
    )
    index.add_argument(
        "--list", action="store_true", help="only list the inboxes and the paths of their archives"
    )
    index.add_argument(
        "--json", action="store_true", help="print the result, or the --list, as JSON"
    )
    more = "; to skip or tell is remembered, and all commands then do without these mails"
    add_problem_option(index, "skip", more)
    index.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if options.name and len(options.paths) > 1:
        what, cure = "--name takes a single inbox", "run the command once for each inbox"
        raise UsageError(what, options.name, cure)
    if options.name and not options.paths:
        cure = f"give its path: kvminbox index {options.file} PATH --name {options.name}"
        raise UsageError("--name is for an inbox that is given", options.name, cure)
    if options.list:
        with open_file(options) as index:
            write_output([_write_archives(index.archives(), options.json).encode()], None)
        return
    if not options.paths and not options.check and not expand_home(options.file).exists():
        cure = f"give their paths: kvminbox index {options.file} PATH"
        raise UsageError("no inboxes to read", options.file, cure)
    inboxes = [(options.name, Inbox.open(path)) for path in options.paths]  # before a file is made
    is_new = not expand_home(options.file).exists()
    try:
        _update(options, inboxes)
    except KvminboxError:
        if is_new:
            _remove_empty(options.file)
        raise


def _remove_empty(path: str) -> None:
    """Remove an index file that was made for an archive which was then refused."""
    with suppress(KvminboxError, OSError):
        with Index.open(path) as index:
            is_empty = not index.mark().epochs
        if is_empty:
            file = expand_home(path)
            file.unlink()
            # on a full disk SQLite leaves them behind, and the log fills it
            for more in ("-wal", "-shm"):
                file.with_name(file.name + more).unlink(missing_ok=True)


def _update(options: argparse.Namespace, inboxes: list[tuple[str | None, Inbox]]) -> None:
    with Index.open(options.file, create=bool(inboxes), urls=options.urls) as index:
        if not options.paths and not options.check:
            known = index.archives()
            inboxes = [(name, _reopen(epochs)) for name, epochs in known.items() if epochs]
            if not inboxes:
                cure = f"give one: kvminbox index {options.file} PATH"
                raise UsageError("the index has no inbox yet", options.file, cure)
        for named, inbox in inboxes:
            name = index.name_of(inbox)
            known = index.archives()
            if named and named not in known and name in known:
                cure = "leave out --name: under a second name each mail would be there twice"
                raise UsageError(f"the index has this archive already, as {name}", named, cure)
            name = named or name
            with progress_bar("indexing") as progress:
                done = index.update(
                    inbox, name=named, jobs=options.jobs,
                    accept_loss=options.accept_loss, progress=progress,
                )  # fmt: skip
            options.accepted = index.accepted
            stops = not options.says_on_problem and not has_only_accepted(options, index)
            text = _write_json(name, done) if options.json else (
                _write_update(name, done, stops=stops)
            )  # fmt: skip
            write_output([text.encode()], None)
        if inboxes and options.says_on_problem:
            index.accept_problems(accept=options.on_problem != "raise")
            _refuse_unread(index, options)
        if options.groups:
            _write_groups(index, options.jobs)
        if options.reports:
            _prepare_reports(index)
        if options.check:
            _check(index, options.file)


def _reopen(epochs: dict[int, str]) -> Inbox:
    """Open the archive of an inbox again, with the epochs that came since, but no older ones.

    Whoever indexed only the last epochs of a list chose to.
    """
    last = Path(epochs[max(epochs)])
    if _EPOCH.fullmatch(last.name):
        folder = last.parent.parent if last.parent.name == "git" else last.parent
        inbox = Inbox.open(folder)
        source = inbox.sources.get(max(epochs))
        if source and os.path.realpath(source.path) == os.path.realpath(last):
            sources = inbox.sources.items()
            return Inbox({number: one for number, one in sources if number >= min(epochs)})
    return Inbox.open(last)


def _write_archives(archives: dict[str, dict[int, str]], as_json: bool) -> str:
    if as_json:
        return f"{escape_json(json.dumps(archives, indent=2))}\n"
    lines = [
        f"{name}: epoch {number}: {path}"
        for name, epochs in archives.items()
        for number, path in epochs.items()
    ]
    return "".join(f"{safe_text(line)}\n" for line in lines) or "no inbox is indexed yet\n"


def _write_json(name: str, done: IndexUpdate) -> str:
    found = {"inbox": name, **done.model_dump(mode="json")}
    return f"{escape_json(json.dumps(found))}\n"


def _write_update(name: str, done: IndexUpdate, *, stops: bool) -> str:
    """Return what was done in words, and whether reports stop at what can't be read."""
    lines = [_write_epoch(epoch) for epoch in done.epochs] or ["nothing new"]
    if done.unread:
        them = "it" if done.unread == 1 else "them"
        stop = f", and reports stop at {them}" if stops else ""
        how = f"; --on-problem skip has all commands do without {them}" if stops else ""
        lines.append(
            f"{count_things(done.unread, 'mail')} can't be read{stop}; the next update tries again"
            f" (--on-problem tell says which{how})"
        )
    if not done.erased:
        lines.append("another process still reads the removed text: update again when it is done")
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
    elif options.on_problem == "raise" and problems:
        what = (
            f"{count_things(len(problems), 'mail')} could not be read; all others are in the index"
        )
        them = "it" if len(problems) == 1 else "them"
        cure = f"fetch {them} and update the index; or use --on-problem skip"
        raise ObjectError(what, options.file, cure)


def _write_groups(index: Index, jobs: int) -> None:
    from kvminbox.frames import write_groups  # which needs pyarrow

    index.on_problem = "skip"  # what can't be read has been told
    with progress_bar("grouping") as progress:
        write_groups(index, jobs=jobs, progress=progress)


def _prepare_reports(index: Index) -> None:
    from kvminbox.reports import prepare_reports  # which other updates start without

    index.on_problem = "skip"  # likewise
    with progress_bar("reporting") as progress:
        prepare_reports(index, progress=progress)


def _check(index: Index, path: str) -> None:
    with progress_bar("checking") as progress:
        found = index.check(progress=progress)
    if found:
        raise IndexDamagedError("; ".join(found), where=path, cure="delete it and rebuild it")
    write_output([b"the index is sound\n"], None)
