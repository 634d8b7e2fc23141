"""The tools about series: versions, reviews, changes, remarks, landings, and what waits."""

from kvminbox.analysis import choose, compute_waiting
from kvminbox.analysis.by_date import is_better_by_date
from kvminbox.analysis.waiting import WaitingSeries
from kvminbox.dates import read_span
from kvminbox.errors import RevisionError
from kvminbox.inbox import MailList
from kvminbox.inbox.keeping import keep_nothing
from kvminbox.index.gathered import review_found
from kvminbox.index.related import find_chain, find_previous, find_versions
from kvminbox.mcp import answers, questions
from kvminbox.mcp.brief import (
    MAX_TITLE,
    tell_applied,
    tell_evidence,
    tell_people,
    tell_person,
    tell_ref,
    tell_series,
)
from kvminbox.mcp.desk import Desk
from kvminbox.mcp.pages import check_limit, cut_page, cut_text
from kvminbox.models import (
    Chain,
    Corpus,
    FollowUp,
    Patch,
    PatchComparison,
    Series,
)
from kvminbox.reports import review
from kvminbox.upstream import find_landings, landings_of
from kvminbox.versions import compare_series, parse_changelog
from kvminbox.words import shorten

MOST = 60
"""Patches, tags and commits of a series that an answer lists."""

DAY = 86_400


def tell_one(desk: Desk, question: questions.Series) -> answers.SeriesAnswer:
    """Show a series: its patches, its versions, and the tags and replies that it got."""
    series = desk.find_series(question.message_id)
    chain = find_chain(desk.index, series)
    given = review_found(desk.index, chain, series)
    wait = given.first_reply
    return answers.SeriesAnswer(
        series=tell_series(series.ref), sender=tell_person(series.sender),
        total=series.total, status=series.status, missing=series.missing[:50],
        patches=tuple(map(_tell_patch, series.numbers[:MOST], series.patches[:MOST])),
        patches_left_out=max(len(series.patches) - MOST, 0),
        confidence=series.confidence, evidence=tell_evidence((*series.evidence, *given.evidence)),
        versions=_tell_versions(chain),
        tags=tuple(
            answers.TagLine(
                name=shorten(tag.name, 40), person=tell_person(tag.person),
                message_id=tag.message_id, patches=tag.patches[:MOST], by_person=tag.self_attested,
            )
            for tag in given.tags[:MOST]
        ),
        tags_left_out=max(len(given.tags) - MOST, 0),
        reviewers=tell_people(given.reviewers), repliers=tell_people(given.repliers),
        untagged=given.untagged[:MOST],
        days_to_first_reply=None if wait.open or wait.seconds is None else _days(wait.seconds),
        applied=tuple(map(tell_applied, given.applied[:20])),
    )  # fmt: skip


def _days(seconds: float) -> float:
    return round(seconds / DAY, 2)


def _tell_patch(number: int, patch: Patch) -> answers.PatchLine:
    return answers.PatchLine(
        number=number, message_id=patch.message_id,
        title=shorten(patch.title, MAX_TITLE), author=tell_person(patch.author),
        files=len(patch.diffstat.files), insertions=patch.diffstat.insertions,
        deletions=patch.diffstat.deletions,
    )  # fmt: skip


def _tell_versions(chain: Chain) -> tuple[answers.VersionLine, ...]:
    return tuple(
        answers.VersionLine(
            **tell_ref(one.ref), relation=link.relation if link else None,
            reasons=tell_evidence(link.reasons) if link else (),
        )
        for one in chain.series[-20:]
        for link in [next(iter(chain.links_to(one)), None)]
    )  # fmt: skip


def tell_changes(desk: Desk, question: questions.Changes) -> answers.ChangesAnswer:
    """Show what changed between two versions, patch by patch, and what the author says of it."""
    newer = desk.find_series(question.message_id)
    older = desk.find_series(question.older) if question.older else _find_older(desk, newer)
    found = compare_series(older, newer)
    diff = None
    if question.patch is not None:
        diff = cut_text(question, _find_patch(found.patches, question.patch).inner_diff)
    return answers.ChangesAnswer(
        older=tell_series(found.old), newer=tell_series(found.new),
        patches=tuple(map(_tell_change, found.patches[:100])),
        patches_left_out=max(len(found.patches) - 100, 0),
        changelog=tuple(
            answers.ChangelogLine(
                revision=one.revision, patch=one.counter, text=shorten(one.text, 1_000)
            )
            for one in parse_changelog(newer)[:20]
        ),
        diff=diff,
    )  # fmt: skip


def _find_older(desk: Desk, newer: Series) -> Series:
    previous = find_previous(desk.index, newer)
    if previous is not None:
        return previous
    what, cure = (
        "no older version with patches was found",
        "give the Message-ID of one of its mails as `older`",
    )
    raise RevisionError(what, newer.ref.message_id or "", cure)


def _find_patch(pairs: tuple[PatchComparison, ...], number: int) -> PatchComparison:
    for pair in pairs:
        if pair.new and pair.new_number == number:
            return pair
    cure = "give a new_number of this tool's answer without `patch`"
    raise RevisionError("the newer version has no such patch", f"patch={number}", cure)


def _tell_change(pair: PatchComparison) -> answers.PatchChange:
    patch = pair.new or pair.old
    return answers.PatchChange(
        old_number=pair.old_number,
        new_number=pair.new_number,
        title=shorten(patch.title if patch else "", MAX_TITLE),
        verdict=pair.verdict, matched_by=pair.matched_by,
    )  # fmt: skip


def tell_remarks(desk: Desk, question: questions.Remarks) -> answers.RemarksAnswer:
    """Show what reviewers said about which line, and what the next version did there."""
    limit = check_limit(question.limit, 50)
    mail = desk.find_mail(question.message_id)
    found = review(desk.index, mail.message_id or question.message_id).result
    page, cursor = cut_page(question, found.follow_ups, limit)
    return answers.RemarksAnswer(
        series=tell_series(found.series), total=len(found.follow_ups),
        by_programs=sum(one.remark.by_program for one in found.follow_ups),
        remarks=tuple(map(_tell_remark, page)), next_cursor=cursor,
    )  # fmt: skip


def _tell_remark(one: FollowUp) -> answers.RemarkLine:
    remark = one.remark
    return answers.RemarkLine(
        message_id=remark.message_id, by=tell_person(remark.sender),
        by_program=remark.by_program, date=remark.date, patch=remark.patch, place=remark.place,
        path=shorten(remark.path, MAX_TITLE), line=remark.line, quoted=remark.quoted[-300:],
        text=shorten(remark.text, 800), refers_to=remark.refers_to,
        outcome=one.outcome, answered=one.answered,
        evidence=tell_evidence((*remark.evidence, *one.evidence)),
    )  # fmt: skip


def tell_landed(desk: Desk, question: questions.Landed) -> answers.LandedAnswer:
    """Show which commits of the tree were made from a series, and who says that it was applied."""
    series = desk.find_series(question.message_id)
    chain = find_versions(desk.index, series)
    tree = desk.tree
    found = None
    if tree is not None:
        mails = MailList(mail for one in chain.series for mail in one.messages)
        found = landings_of(series, find_landings(mails, tree))
    return answers.LandedAnswer(
        series=tell_series(series.ref),
        tree=tree.name if tree else None, tree_gaps=tree.gaps if tree else (),
        state=found.state if found else None, lacking=found.lacking[:MOST] if found else (),
        landings=tuple(
            answers.LandingLine(
                commit=one.commit, title=shorten(one.title, MAX_TITLE),
                message_id=one.message.message_id, relation=one.relation,
                confidence=one.confidence, committed=one.committed, release=one.release,
                evidence=tell_evidence(one.evidence),
            )
            for one in (found.landings[:MOST] if found else ())
        ),
        said=tuple(map(tell_applied, review_found(desk.index, chain, series).applied[:20])),
    )  # fmt: skip


def tell_waiting(desk: Desk, question: questions.Waiting) -> answers.WaitingAnswer:
    """List the series that wait for an answer, oldest first: anybody's, or one person's."""
    limit = check_limit(question.limit, 50)
    asked = []
    words = []
    if question.reader:
        asked.append(choose.is_sent_to([question.reader]))
        words.append(f"sent to {question.reader}")
    if question.path:
        asked.append(choose.touches([question.path]))
        words.append(f"touching {question.path}")
    if question.author:
        asked.append(choose.is_by([question.author]))
        words.append(f"by {question.author}")
    arrived = desk.index.since(question.since, now=desk.clock(), on_problem="skip")
    window: Corpus = arrived
    begin, _ = read_span(question.since, None, desk.clock())
    # answers that came before are in no window by arrival
    if is_better_by_date(desk.index, arrived, begin.moment, None):
        window = desk.index.sent_since(question.since, now=desk.clock(), on_problem="skip")
    keep_nothing(window)  # a question of an agent's writes nothing, not even what came of it
    found = compute_waiting(
        window, readers=[question.reader] if question.reader else (),
        only=choose.choose_all(asked) if asked else None, chosen=" and ".join(words),
        tree=desk.tree,
    )  # fmt: skip
    page, cursor = cut_page(question, found.series, limit)
    return answers.WaitingAnswer(
        chosen=" ".join(["series", *words, f"since {question.since}"]),
        newest=found.end or desk.find_newest(), asked=found.total, total=len(found.series),
        series=tuple(map(_tell_waiting, page)),
        evidence=(
            tuple(f"{one.count} {one.label}" for one in found.figures if one.count)
            or (" ".join(["no series", *words, f"was sent since {question.since}"]),)
        ) + _tell_nearest(desk, question) + found.dates.sentences,
        next_cursor=cursor,
    )  # fmt: skip


def _tell_nearest(desk: Desk, question: questions.Waiting) -> tuple[str, ...]:
    """Return of each person of a question whom no mail has who may be meant."""
    named = filter(None, (question.reader, question.author))
    found = ((one, desk.index.nearest_person(one)) for one in named)
    return tuple(f"no mail has {one}; did you mean {near}?" for one, near in found if near)


def _tell_waiting(one: WaitingSeries) -> answers.WaitingLine:
    return answers.WaitingLine(
        message_id=one.message_id, title=shorten(one.title, MAX_TITLE), revision=one.revision,
        minor_revision=one.minor_revision, is_rfc=one.is_rfc, date=one.date,
        sender=tell_person(one.sender),
        days=None if one.age is None else _days(one.age), patches=one.patches,
        insertions=one.insertions, deletions=one.deletions,
        so_far=tuple(shorten(told, MAX_TITLE) for told in one.so_far),
    )  # fmt: skip
