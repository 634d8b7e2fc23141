"""The tools about mails: what is there, a search, a mail, a thread."""

from itertools import islice
from typing import Final

from kvminbox.errors import RevisionError, UsageError
from kvminbox.index.no_match import explain_no_match
from kvminbox.mcp import answers, questions
from kvminbox.mcp.brief import MAX_TITLE, tell_evidence, tell_mail, tell_people
from kvminbox.mcp.desk import Desk
from kvminbox.mcp.pages import check_limit, cut_page, cut_text, read_cursor, write_cursor
from kvminbox.models import Diffstat, FileChange, Submission, Trailer
from kvminbox.words import shorten

MAX_PLACE: Final = 2_000
"""Hits of a search that can be paged through: each page reads those before it again."""


def tell_about(desk: Desk, _: questions.About) -> answers.AboutAnswer:
    """Show what the index contains, how recent it is, and which source tree is used."""
    index, tree = desk.index, desk.tree
    return answers.AboutAnswer(
        inboxes=tuple(
            answers.InboxLine(name=name, commits=len(index.inbox(name).between(None)))
            for name, epochs in index.archives().items()
            if epochs
        ),
        newest=desk.find_newest(), unread=index.unread,
        tree=tree.name if tree else None, tree_gaps=tree.gaps if tree else (),
    )  # fmt: skip


def search(desk: Desk, question: questions.Search) -> answers.SearchAnswer:
    """Search the mails of the index; each hit has the Message-ID that the other tools take."""
    limit = check_limit(question.limit, 50)
    place = read_cursor(question)
    if place + limit > MAX_PLACE:
        cure = "narrow the query, for example by date: d:2025-01-01..2025-02-01"
        raise UsageError(f"only the first {MAX_PLACE:,} hits can be paged through", "cursor", cure)
    found = desk.index.search(question.query, order=question.order, now=desk.clock())
    total = len(found)
    hits = islice(found.hits(place + limit), place, None)
    return answers.SearchAnswer(
        total=total, hits=tuple(tell_mail(hit.message) for hit in hits),
        newest=desk.find_newest(), next_cursor=write_cursor(question, place + limit, total),
        evidence=() if total else tell_evidence(explain_no_match(desk.index, question.query)),
    )  # fmt: skip


def tell_message(desk: Desk, question: questions.Message) -> answers.MessageAnswer:
    """Show one mail: headers, kind with evidence, trailers, changed files, and its text."""
    mail = desk.find_mail(question.message_id)
    files: tuple[FileChange, ...] = ()
    trailers: tuple[Trailer, ...] = ()
    if isinstance(mail, Submission):
        files, trailers = mail.diffstat.files, mail.trailers[:40]
    return answers.MessageAnswer(
        mail=tell_mail(mail), to=tell_people(mail.to), cc=tell_people(mail.cc),
        in_reply_to=mail.in_reply_to[:20], evidence=tell_evidence(mail.evidence),
        defects=tell_evidence(f"{one.code}: {one.text}" for one in mail.defects),
        trailers=tuple(shorten(f"{one.name}: {one.value}", MAX_TITLE) for one in trailers),
        files=tuple(
            shorten(f"{one.path} +{one.insertions} -{one.deletions}", MAX_TITLE)
            for one in files[:50]
        ),
        insertions=Diffstat(files=files).insertions, deletions=Diffstat(files=files).deletions,
        body=cut_text(question, mail.body),
    )  # fmt: skip


def tell_thread(desk: Desk, question: questions.Thread) -> answers.ThreadAnswer:
    """Show the thread of a mail as a list in reading order, with the depth of each mail."""
    limit = check_limit(question.limit, 100)
    thread = desk.index.thread_of(question.message_id)
    if thread is None:
        near = desk.index.nearest_id(question.message_id)
        what = "no mail in the index has or mentions this id"
        cure = f"did you mean {near}?" if near else "the tool `search` finds ids"
        raise RevisionError(what, question.message_id, cure)
    nodes, cursor = cut_page(question, thread.nodes, limit)
    return answers.ThreadAnswer(
        total=len(thread.nodes),
        places=tuple(
            answers.ThreadLine(
                depth=node.depth, missing=node.message is None, message_id=node.message_id,
                mail=tell_mail(node.message) if node.message else None,
            )
            for node in nodes
        ),
        evidence=tell_evidence(thread.evidence), next_cursor=cursor,
    )  # fmt: skip
