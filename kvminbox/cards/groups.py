"""Cards of groups of mails: threads, series, chains, comparisons, reviews."""

from collections.abc import Collection, Sequence
from typing import Final

from kvminbox.cards.html import (
    card,
    chip,
    code,
    day_text,
    details,
    diff,
    dim,
    evidence,
    facts,
    fold,
    heading,
    inline,
    label,
    link,
    moment_text,
    more,
    person,
    size_text,
    table,
    wide_card,
)
from kvminbox.dates import write_day
from kvminbox.models import (
    Applied,
    Chain,
    GivenTag,
    Patch,
    PatchComparison,
    Pulled,
    Refusal,
    Series,
    SeriesComparison,
    SeriesRef,
    SeriesReview,
    Thread,
    ThreadNode,
    VersionLink,
    Wait,
    Withdrawal,
)
from kvminbox.models.base import show_card
from kvminbox.models.placed import find_mail_url
from kvminbox.models.series import name_version
from kvminbox.words import count_things, find_runs, list_some, name_patches

_ONE_LINE: Final = "white-space:nowrap;overflow:hidden;text-overflow:ellipsis;"

OPEN_NODES: Final = 30
"""Mails of a thread that are open."""

FOLDED_NODES: Final = 70
"""Further ones that open on a click."""

MAX_DEPTH: Final = 10
"""Levels that are indented; deeper ones are marked with their number."""

INNER_LINES: Final = 30
"""Lines of a diff between two patches that are shown."""

CHAIN_ROWS: Final = 12
"""Versions of a chain that are open: each may take two or three rows."""

TAG_ROWS: Final = 12
"""Tags of a review that are open."""

OPEN_DIFFS: Final = 8
"""Patches whose diffs open by one click each; those of more by two."""

SHOWN_DIFFS: Final = 20
"""Patches of a series for which a diff is shown."""

_TINTS: Final = {
    "unchanged": "", "message_only": "odd", "context_only": "", "code_changed": "odd",
    "added": "good", "dropped": "bad",
}  # fmt: skip


@show_card.register
def show_thread(thread: Thread) -> str:
    """Show who answered whom, and when; a subject only where it differs from the parent's."""
    first = next(iter(thread.messages), None)
    ghosts = f"{len(thread.ghosts)} not here"
    chips = [
        chip(count_things(len(thread.messages), "mail")),
        *([chip(ghosts, "odd")] * bool(thread.ghosts)),
    ]
    nodes = [_node(thread, node) for node in thread.nodes[: OPEN_NODES + FOLDED_NODES]]
    rest = count_things(len(thread.nodes) - OPEN_NODES, "more mail")
    cut = more(len(thread.nodes) - len(nodes), "mail")
    return wide_card(
        heading(first.subject.raw if first else "", chips, first.url if first else None),
        *nodes[:OPEN_NODES],
        details(rest, "".join([*nodes[OPEN_NODES:], cut])), evidence(thread.evidence),
    )  # fmt: skip


def _node(thread: Thread, node: ThreadNode) -> str:
    depth = min(node.depth, MAX_DEPTH)
    level = dim(f"level {node.depth}: ") if node.depth > MAX_DEPTH else ""
    line = "border-left:2px solid #8886;padding-left:.5em" if depth else ""
    style = f"margin-left:{max(depth - 1, 0) * 0.9:.1f}em;{_ONE_LINE}{line}"
    return f'<div style="{style}">{level}{_node_words(thread, node)}</div>'


def _node_words(thread: Thread, node: ThreadNode) -> str:
    if node.message is None:
        return dim(f"not here: {code(node.message_id or 'no id')}")
    message = node.message
    words = [link(day_text(message.date), message.url), person(message.sender)]
    if message.kind not in {"reply", "discussion"}:
        words.append(chip(message.kind.replace("_", " ")))
    parent = thread.nodes[node.parent].message if node.parent is not None else None
    if parent is None or parent.subject.title != message.subject.title:
        words.append(inline(message.subject.raw or "(no subject)"))
    return " ".join(words)


@show_card.register
def show_series(series: Series) -> str:
    """Show a series with the titles and sizes of its patches, and which are missing."""
    tint = "good" if series.status == "complete" else "odd"
    chips = [
        chip(name_version(series)), chip(f"{len(series.patches)} of {series.total}"),
        chip(series.status.replace("_", " "), tint),
    ]  # fmt: skip
    return card(
        heading(series.title, chips, _url_of(series)),
        facts([
            ("from", inline(series.sender.mailbox or "nobody")),
            ("date", inline(moment_text(series.date) or "no date")),
            ("changes", inline(size_text(series.diffstat))),
            ("older version", _ref(series.previous)),
            ("newer version", _ref(series.next)),
            ("cut", "the missing parts may be outside the corpus" if series.cut else ""),
        ]),
        _patch_table(series),
        evidence((f"confidence {series.confidence:.2f}", *series.evidence)),
    )  # fmt: skip


def _url_of(series: Series) -> str | None:
    """Return where the first mail of a series is shown; None if that is not known."""
    return series.messages[0].url if series.messages else None


def _ref(ref: SeriesRef | None, patches: Sequence[Patch] = ()) -> str:
    """Return the name of a series; with patches of it, it leads to the first of them."""
    if ref is None:
        return ""
    words = f"{ref.label} {ref.title}, {day_text(ref.date)}"
    return link(inline(words), next((patch.url for patch in patches), None))


def _patch_table(series: Series) -> str:
    rows = {(number, 0): _patch_row(series, number, patch)
            for number, patch in zip(series.numbers, series.patches, strict=True)}  # fmt: skip
    for first, last in find_runs(series.missing):
        numbers = str(first) if first == last else f"{first}–{last}"
        rows[first, 1] = [numbers, dim("not here"), ""]
    again = [
        ["", link(inline(f"also {patch.title}"), patch.url), ""] for patch in series.duplicates
    ]
    listed = [rows[key] for key in sorted(rows)] + again
    return table(("n.", "patch", "lines."), listed, "patch") if listed else ""


def _patch_row(series: Series, number: int, patch: Patch) -> list[str]:
    is_own = patch.author == series.sender
    author = "" if is_own else " " + dim(f"by {person(patch.author)}")
    title = link(inline(patch.title), patch.url) + author
    return [str(number), title, size_text(patch.diffstat)]


@show_card.register
def show_chain(chain: Chain) -> str:
    """Show the revisions of a piece of work, and why they were joined."""
    title = chain.series[-1].title if chain.series else ""
    labels = {one.ref: name_version(one) for one in chain.series}
    above: SeriesRef | None = None
    rows: list[list[str]] = []
    for one in chain.series:
        rows.append(_version_row(one, title, _tell_joins(chain, one, above, labels)))
        above = one.ref
    columns = ("v.", "date.", "patches.", "why it is the next version")
    return wide_card(
        heading(title, [chip(_count_versions(chain))]),
        table(columns, rows, "series", CHAIN_ROWS),
    )


def _count_versions(chain: Chain) -> str:
    """Return how many versions there are; of parts that share a number, which numbers they have."""
    known = sorted(
        {(one.revision, one.minor_revision or 0, name_version(one)) for one in chain.series}
    )
    if len(known) == len(chain.series):
        return count_things(len(known), "version")
    numbers = known[0][2] if len(known) == 1 else f"{known[0][2]} to {known[-1][2]}"
    return f"{count_things(len(chain.series), 'series')}, {numbers}"


def _tell_joins(
    chain: Chain, series: Series, above: SeriesRef | None, labels: dict[SeriesRef, str]
) -> str:
    """Return why a series follows others as HTML, a line for each that it follows.

    One that is not the row above is named: a series may collect some that were sent long before.
    """
    return "".join(
        f"<div>{inline(_tell_join(link, above, labels))}</div>" for link in chain.links_to(series)
    )


def _tell_join(link: VersionLink, above: SeriesRef | None, labels: dict[SeriesRef, str]) -> str:
    older = link.older
    named = f", from {labels.get(older, older.label)} of {day_text(older.date)}"
    relation = link.relation.replace("_", " ") + (named if older != above else "")
    return f"{relation}: {'; '.join(link.reasons[:2])}"


def _version_row(series: Series, title: str, joins: str) -> list[str]:
    return [
        name_version(series),
        link(day_text(series.date), _url_of(series)),
        f"{len(series.patches)} of {series.total}",
        joins + (f"{dim('titled')} {inline(series.title)}" if series.title != title else ""),
    ]


@show_card.register
def show_comparison(comparison: SeriesComparison) -> str:
    """Show each patch with its verdict, and on a click what changed in it."""
    old, new = comparison.old, comparison.new
    before = [pair.old for pair in comparison.patches if pair.old]
    after = [pair.new for pair in comparison.patches if pair.new]
    rows = [_pair_row(pair) for pair in comparison.patches]
    changed = [patch for patch in comparison.patches if patch.inner_diff]
    inner = "".join(_details(patch) for patch in changed[:SHOWN_DIFFS])
    inner += more(len(changed) - SHOWN_DIFFS, "changed patch")
    if len(changed) > OPEN_DIFFS:
        inner = details(f"what changed in {count_things(len(changed), 'patch')}", inner)
    return card(
        heading(f"{old.label} → {new.label}: {new.title}"),
        facts([("old", _ref(old, before)), ("new", _ref(new, after))]),
        # its size, and not that of what changed in it
        table(("n.", "patch", "verdict.", "whole patch."), rows, "patch"),
        inner,
    )


@show_card.register
def show_patch_comparison(comparison: PatchComparison) -> str:
    """Show what happened to one patch."""
    patch = comparison.new or comparison.old
    matched = (comparison.matched_by or "").replace("_", " ")
    return card(
        heading(patch.title if patch else "", [_verdict(comparison)], patch.url if patch else None),
        facts([("matched by", inline(matched) if matched else "")]),
        diff(comparison.inner_diff, INNER_LINES),
    )


def _verdict(comparison: PatchComparison) -> str:
    return chip(comparison.verdict.replace("_", " "), _TINTS[comparison.verdict])


def _pair_row(comparison: PatchComparison) -> list[str]:
    old, new = comparison.old, comparison.new
    patch = new or old
    size = size_text(patch.diffstat) if patch else ""
    before = str(comparison.old_number) if old else "–"
    after = str(comparison.new_number) if new else "–"
    number = after if before == after else f"{before} → {after}"
    title = link(inline(patch.title), patch.url) if patch else ""
    return [number, title, _verdict(comparison), size]


def _details(comparison: PatchComparison) -> str:
    patch = comparison.new or comparison.old
    title = f"what changed in {patch.title[:100] if patch else 'it'}"
    return details(title, diff(comparison.inner_diff, INNER_LINES))


_LANDED: Final = {"all": "in the tree", "partly": "partly in the tree", "none": "not in the tree"}


@show_card.register
def show_review(review: SeriesReview) -> str:
    """Show tags and waits; an open wait is marked as such."""
    chips = [chip(review.series.label)]
    chips += [chip("superseded")] if review.superseded else []
    if review.withdrawals:
        numbers = {number for one in review.withdrawals for number in one.patches}
        chips.append(chip(f"withdrawn{_name_part(numbers)}"))
    chips += _applied_chips(review.applied)
    if review.pulled:
        is_released = any(one.release for one in review.pulled)
        chips.append(chip("in a release" if is_released else "in a pull request", "good"))
    if review.landed is not None:
        chips.append(
            chip(_LANDED[review.landed.state], "" if review.landed.state == "none" else "good")
        )
    tags = [_tag_row(tag) for tag in review.tags]
    applied = [_applied(review, one) for one in review.applied]
    refused = [_refused(review, one) for one in review.refusals]
    return card(
        heading(review.series.title, chips),
        facts([
            ("Message-ID", code(review.series.message_id) if review.series.message_id else ""),
            ("first reply", inline(_wait_text(review.first_reply))),
            ("first tag", inline(_wait_text(review.first_tag))),
            ("next version", "not looked for" if review.superseded is None
             else inline(_wait_text(review.next_revision))),
            ("replies by others", str(review.replies)),
            ("patches without a tag", list_some(review.untagged, 20) or "none"),
        ]),
        table(("tag", "by", "for.", "date."), tags, "tag", TAG_ROWS) if tags else "",
        label("applied") + fold(applied, "mail", 3) if applied else "",
        label("refused") + fold(refused, "mail", 3) if refused else "",
        evidence((
            *review.evidence,
            *map(_tell_withdrawn, review.withdrawals),
            *map(_tell_pulled, review.pulled),
        )),
    )  # fmt: skip


def _applied_chips(applied: Sequence[Applied]) -> list[str]:
    """Return what was applied: what is said in usual words as such, what free words tell in doubt.

    Free words are told of patches of which no other mail tells.
    """
    sure = {number for one in applied if one.form != "free" for number in one.patches}
    free = {number for one in applied if one.form == "free" for number in one.patches} - sure
    forms = {one.form for one in applied}
    chips: list[str] = []
    if forms - {"free"}:
        chips.append(chip(f"applied{_name_part(sure)}", "good"))
    if free or forms == {"free"}:
        chips += [chip(f"said to be applied{_name_part(free)}", "odd"), chip("in own words", "odd")]
    return chips


def _name_part(patches: Collection[int]) -> str:
    return f": {name_patches(patches)}" if patches else " in part"


def _tell_pulled(one: Pulled) -> str:
    sent = f" of {write_day(one.date)}" if one.date else ""
    by = one.by.name_or_email
    what = "announcement" if one.release else "pull request"
    return f"{name_patches(one.patches)} in the {what}{sent} by {by}: {one.title}"


def _tell_withdrawn(one: Withdrawal) -> str:
    sent = f" on {write_day(one.date)}" if one.date else ""
    part = name_patches(one.patches) if one.patches else "some of it"
    return f"{one.by.name_or_email} withdrew {part}{sent}: {one.evidence}"


def _tag_row(tag: GivenTag) -> list[str]:
    carried = f" from v{tag.carried_from}" if tag.carried_from is not None else ""
    doubt = " " + chip("written by somebody else", "odd") if tag.self_attested is False else ""
    scope = "series" if tag.scope == "series" else list_some(tag.patches, 20)
    return [
        inline(tag.name), person(tag.person) + doubt,
        inline((scope or "nothing new") + carried), day_text(tag.date),
    ]  # fmt: skip


def _applied(review: SeriesReview, applied: Applied) -> str:
    where = f" to {inline(applied.tree)}" if applied.tree else ""
    commits = " ".join(code(commit) for commit in applied.commits[:5])
    which = " " + inline(name_patches(applied.patches)) if applied.patches else ""
    day = link(day_text(applied.date), find_mail_url(review, applied.message_id))
    who = f"{person(applied.by)}{which}{where}, {day}"
    words = dim(inline(applied.evidence))
    if applied.form == "free":
        words = f"{chip('in own words', 'odd')} {words}"
    name = code(f"<{applied.message_id}>") if applied.message_id else ""
    return " ".join(filter(None, [who, words, commits, dim(name) if name else ""]))


def _refused(review: SeriesReview, refusal: Refusal) -> str:
    which = " " + inline(name_patches(refusal.patches)) if refusal.patches else ""
    day = link(day_text(refusal.date), find_mail_url(review, refusal.message_id))
    gone = " " + chip("taken back") if refusal.taken_back is not None else ""
    name = " " + dim(code(f"<{refusal.message_id}>")) if refusal.message_id else ""
    who = f"{person(refusal.by)}{which}, {day}{gone}"
    return f"{who} {dim(inline(refusal.evidence))}{name}"


def _wait_text(wait: Wait) -> str:
    """Return how long something took, and by whom it came; or that it has not happened yet."""
    by = f", by {wait.by.name_or_email}" if wait.by else ""
    if wait.seconds is None:
        return "not yet" if wait.open else f"came{by}, but the time is not known"
    minutes = int(wait.seconds) // 60
    days = minutes // (24 * 60)
    span = f"{days:,} days" if days >= 3 else f"{minutes // 60} h {minutes % 60} min"
    return f"not within {span}" if wait.open else f"after {span}{by}"
