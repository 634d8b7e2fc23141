"""The limits of the library, as the code states them, and what each leaves behind."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "kvminbox"

ROOMS = {
    "mail": "Headers and text of a mail",
    "subject": "The subject",
    "trailers": "Trailers",
    "diffs": "Diffs and diffstats",
    "patches": "The parts of a patch mail",
    "review": "Replies",
    "series": "Series",
    "order": "References",
    "versions": "Versions of a series",
    "archive": "The archive",
    "upstream": "Trees",
    "index": "The index and its queries",
    "people": "Files about people",
    "subsystems": "MAINTAINERS files",
    "safe": "Text that is shown",
    "display": "Reports",
    "dates": "Dates as people write them",
    "findings": "What bots found",
    "asked": "Whom MAINTAINERS names",
    "mcp": "Tools for agents",
}
"""The rooms that read what strangers wrote, with their headings on the page."""

NO_LIMITS = {
    # decide what belongs together
    "series.joins.MAX_GAP", "series.joins.MAX_PAUSE", "series.joins.MAX_DELAY",
    "index.reading._MAX_BLOCK",  # divides work
    "upstream.diffs.MAX_USES",  # only frees memory
    "findings.syzbot.MAX_LOOK",  # says where a crash names its file
    "display.mail.MAX_LINE",  # says which encoding a mail needs
}  # fmt: skip
"""Constants with such a name that bound nothing."""

_LEFT_OUT = "the rest is left out"
_KEPT = "nothing; it is read again each time"

LEAVES = {
    "mail.addresses.MAX_ADDRESSES": "`header-oversized`",
    "mail.addresses.MAX_KEPT": _KEPT,
    "mail.addresses.MAX_KEPT_COMMAS": _KEPT,
    "mail.body.MAX_TEXT": "the attachment is listed in `attachments`, with its size",
    "mail.body.MAX_TYPES": "`header-repeated`",
    "mail.body.MAX_TRIED": "`header-repeated`",
    "mail.envelope.MAX_HEAD": "`header-oversized`",
    "mail.envelope.MAX_HEADER": "`header-oversized`",
    "mail.html_text.MAX_HTML": "`mime-limit`",
    "mail.parts.MAX_DEPTH": "`mime-limit`",
    "mail.parts.MAX_PARTS": "`mime-limit`",
    "mail.parts.MAX_BOUNDARY": "`mime-boundary-missing`",
    "mail.parts.MAX_KEPT": _KEPT,
    "mail.wrapped.MAX_WRAPPERS": "the text is the innermost notice that was reached",
    "mail.defects.MAX_SAME": "twenty of a code are listed",
    "mail.defects.MAX_WORDS": "the text ends with `…`",
    "subject.MAX_KEPT": _KEPT,
    "subject.MAX_KEPT_GROUP": _KEPT,
    "subject.MAX_GROUP": "it is part of `title`",
    "subject.MAX_TOKENS": "it is part of `title`",
    "upstream.commit_text.MAX_MESSAGE": _LEFT_OUT,
    "upstream.commit_text.MAX_NAMED": _LEFT_OUT,
    "upstream.diffs.MAX_FILES": "the commit has no patch-id; its paths are compared",
    "upstream.diffs.MAX_DIFF": "the commit has no patch-id; its paths are compared",
    "upstream.mails.MAX_LAG": "only stronger evidence finds the commit",
    "upstream.mails.MAX_TITLE": "the rest of the title is not compared",
    "upstream.renames.MAX_RENAMES": "only files with equal content count as renamed",
    "upstream.tree.MAX_COMMIT": "an `object-oversized` error",
    "index.trees.MAX_CORPORA": _KEPT,
    "trailers.MAX_LINE": "it is only in `commit_message`",
    "trailers.MAX_TRAILERS": "`trailer-limit`",
    "trailers.MAX_NAME": "nothing",
    "trailers.MAX_NOTE": "they are only in `commit_message`",
    "diffs.find.MAX_FILES": "`diff-oversized`",
    "diffs.declared.MAX_ROWS": "fewer `files` than `files_changed` says",
    "diffs.declared.MAX_ROW": "fewer `files` than `files_changed` says",
    "diffs.diffstat.MAX_DIFF": "`diff-oversized`",
    "diffs.diffstat.MAX_LINE": "`line-too-long`",
    "diffs.diffstat.MAX_DEFECTS": "a last defect says that there are more",
    "diffs.headers.MAX_PATH": "`diff-path-suspicious`",
    "diffs.headers.MAX_NAMES": "the path is the whole line: `diff-path-suspicious`",
    "diffs.headers.MAX_BLANKS": "the path is the whole line",
    "patches.programs.MAX_TEXT": "the rest is not compared",
    "patches.senders.MAX_NAME": "the rest is not looked at",
    "patches.senders.MAX_PEOPLE": "the rest is not looked at",
    "patches.shortlog.MAX_ENTRIES": _LEFT_OUT,
    "patches.split.MAX_IN_BODY": "they stand in `commit_message`",
    "review.claim_text.MAX_ABOVE": "the paragraphs are read one by one",
    "review.claim_text.MAX_PARAGRAPHS": _LEFT_OUT,
    "review.cited.MAX_BETWEEN": "the link is not read",
    "review.claim.MAX_VERBS": _LEFT_OUT,
    "review.enough.MAX_GAP": "the patch is not taken as added there",
    "review.naks.MAX_NAK_LINES": _LEFT_OUT,
    "review.withdrawn.MAX_ALONE": "below a quote, `ignore this` may mean a line",
    "review.withdrawn.MAX_SENTENCE": _LEFT_OUT,
    "review.withdrawn.MAX_TEXT": _LEFT_OUT,
    "review.naks.MAX_SENTENCE": _LEFT_OUT,
    "review.proposals.MAX_QUOTED": _LEFT_OUT,
    "review.named_parts.MAX_EVIDENCE": _LEFT_OUT,
    "review.sentences.MAX_PARAGRAPH": _LEFT_OUT,
    "review.trees.MAX_WORDS": "no tree is given",
    "review.commented.MAX_HEAD": "the line is text, and the daemon the sender",
    "review.listed_titles.MAX_TITLES": _LEFT_OUT,
    "review.own_text.MAX_LINES": _LEFT_OUT,
    "review.own_text.MAX_PASSES": "it is text",
    "review.noticed.MAX_CLOCK": "they are not taken for the same",
    "review.noticed.MAX_LAG": "the patch waits on, unless it is linked or its Date is told",
    "review.notices.MAX_LINKS": "the rest is left out",
    "review.notices.MAX_TEXT": "the patch is known by its title only",
    "review.pulled.MAX_LAG": "the patch waits on",
    "review.quoting.MAX_ELIDED": "it is text",
    "review.quoting.MAX_GREETING": "nothing",
    "review.quoting.MAX_HEADERS": "they are text",
    "review.quoting.MAX_LABEL": "it is text",
    "review.quoting.MAX_LINE": "it is text",
    "review.quoting.MAX_WRAPPED": "they are text",
    "review.releases.MAX_TEXT": "patches listed after them are not found in the release",
    "review.reply_trailers.MAX_COMMENT": "the end of them is kept",
    "review.reply_trailers.MAX_HEAD": "it is text",
    "review.reply_trailers.MAX_TRAILERS": _LEFT_OUT,
    "review.reply_trailers.MAX_ABOVE": _LEFT_OUT,
    "review.scope.MAX_NUMBER": "the phrase is ignored",
    "review.scope.MAX_NUMBERS": _LEFT_OUT,
    "review.scope.MAX_PHRASE": _LEFT_OUT,
    "review.tag_lines.MAX_LEAD": "the rest is left out",
    "review.taking_back.MAX_SHORT": "it takes nothing back",
    "review.taking_back.MAX_TEXT": _LEFT_OUT,
    "review.tags.MAX_NOTED": "how many more there are",
    "series.group.MAX_MISSING": "a line in `evidence`",
    "series.group.MAX_SHORTLOG": _LEFT_OUT,
    "series.joins.MAX_TRIED": "a series of its own",
    "series.unnumbered.MAX_TOTAL": "a series of its own",
    "series.revision.MAX_CHANGELOG": _LEFT_OUT,
    "index.nearest_person.MAX_PEOPLE": "nobody of the others is named",
    "order.MAX_REFERENCES": "those in the middle are ignored",
    "versions.assignment.MAX_EXACT": "pairs may differ from git's",
    "versions.chains.MAX_RIVALS": _LEFT_OUT,
    "versions.before.MAX_LINE": "`NewVersion.line` ends before it",
    "versions.chains.MAX_NAMED": "the whole chain is in `Chain.series`",
    "versions.changelog.MAX_TEXT": _LEFT_OUT,
    "versions.changelog.MAX_HEADING": "it is not a heading",
    "versions.compare.MAX_COMPARED": "patches that look added and dropped",
    "versions.alike.MAX_TITLE": _LEFT_OUT,
    "versions.facts.MAX_PREREQUISITES": _LEFT_OUT,
    "versions.evidence.MAX_KEYS": _LEFT_OUT,
    "versions.facts.MAX_FILES": _LEFT_OUT,
    "versions.stable.MAX_BACKPORT": _LEFT_OUT,
    "versions.later.MAX_STEPS": "a patch below more answers is linked by its title and files",
    "versions.linediff.MAX_EDITS": "an inner diff that changes all lines",
    "versions.linediff.MAX_WORK": "patches that look added and dropped, and such inner diffs",
    "versions.mentions.MAX_TEXT": _LEFT_OUT,
    "versions.mentions.MAX_NOTED": _LEFT_OUT,
    "versions.mentions.MAX_SENTENCE": _LEFT_OUT,
    "versions.nearest.MAX_STEPS": "a version whose line is longer follows the one that it names",
    "versions.places.MAX_DIFF": "it may be taken for a version of another patch of its file",
    "archive.loose.MAX_ALTERNATES": "`object-missing`, if the object is deeper",
    "archive.packs.MAX_DELTAS": "`object-corrupt`",
    "archive.packs.MAX_BASE": "`object-oversized`",
    "archive.store.MAX_MAIL": "`object-oversized`",
    "archive.changes.MAX_CHANGES": "`object-oversized`",
    "archive.store.MAX_COMMIT": "`OversizedObjectError`, which ends the walk",
    "archive.store.MAX_TREE": "`object-oversized`",
    "archive.store.MAX_PARENTS": "`OversizedObjectError`, which ends the walk",
    "archive.revisions.MAX_TAGS": "`RevisionError`",
    "index.columns.MAX_KEPT": _KEPT,
    "index.extract.MAX_ENCLOSED": "those of the others are not found",
    "index.extract.MAX_NESTED": "those of mails further in are not found",
    "index.extract.MAX_REFERENCES": "those in the middle are not found",
    "index.extract.MAX_HEAD": "the Date counts for `rt:`",
    "dates.approxidate.MAX_LENGTH": "`QueryError`",
    "index.related.MAX_FILES": "a version under another title may not be found",
    "index.related.MAX_FOUND": "other versions of a series may not be found",
    "index.related.MAX_NEAR": "a version under another title may not be found",
    "index.related.MAX_DAYS": "a version under another title may not be found",
    "index.related.MAX_PATCHES": "other versions of a series may not be found",
    "index.related.MAX_TITLES": "notices about the others are not found",
    "index.related.MAX_TITLE": "the rest of the title is not compared",
    "index.query.costs.MAX_BEGINNINGS": "`QueryError`",
    "index.query.costs.MAX_UNCOUNTED": "nothing: what the query reads is counted first",
    "index.query.parser.MAX_DEPTH": "`QueryError`",
    "index.query.parser.MAX_WORDS": "`QueryError`",
    "index.query.parser.MAX_DISTANCE": "`QueryError`",
    "index.query.stems.MAX_FORMS": "`QueryError`",
    "index.query.stems.MAX_CANDIDATES": "`QueryError`",
    "index.query.stems.MAX_STEMMED": "it is found as written only",
    "index.query.stems.MAX_ENDING": "it is found as written only",
    "index.query.tokens.MAX_LENGTH": "`QueryError`",
    "index.search.MAX_STEPS": "`QueryError`; `search(steps=)` allows more",
    "people.employers.MAX_LABELS": _LEFT_OUT,
    "subsystems.automaton.MAX_PLACES": "`UsageError`",
    "subsystems.automaton.MAX_ALL_PLACES": "`UsageError`",
    "subsystems.automaton.MAX_KEPT": _KEPT,
    "subsystems.automaton.MAX_WAYS": _KEPT,
    "subsystems.maintainers.MAX_KEPT": _KEPT,
    "subsystems.maintainers.MAX_PATH": _KEPT,
    "subsystems.perl_pattern.MAX_PATTERN": "`UsageError`",
    "subsystems.perl_pattern.MAX_DEPTH": "`UsageError`",
    "subsystems.perl_pattern.MAX_REPEAT": "`UsageError`",
    "subsystems.wildcards.MAX_WILDCARD": "`UsageError`",
    "safe.MAX_MARKS": "they are shown as `<U+0301>`",
    "display.drawing.MAX_TOLD": "the span, and the highest",
    "display.document.MAX_LINKS": "a line that says how many more there are",
    "display.mail.MAX_MAILBOX": "`UsageError`",
    "display.mail.MAX_PLAIN": "a text with a longer line is sent as quoted-printable",
    "display.markdown._MAX_BARE": "the text as code",
    "display.markdown._MAX_SPANS": "the whole line as code",
    "display.terminal.MAX_GUIDES": "they are drawn at the last level",
    "display.terminal.MAX_LINES": "a line that says how much more there is",
    "display.terminal.MAX_TEXT": "a line that says how much more there is",
    "mcp.brief.MAX_TITLE": "`…`",
    "mcp.brief.MAX_NAME": "`…`",
    "mcp.brief.MAX_EVIDENCE": _LEFT_OUT,
    "asked.expected.MAX_REASONS": _LEFT_OUT,
    "asked.expected.MAX_RECEIVERS": "anybody beyond counts as missing",
    "asked.history.MAX_KEPT": _KEPT,
    "findings.ci.MAX_CHECKS": _LEFT_OUT,
    "findings.lines.MAX_FOUND": _LEFT_OUT,
    "findings.lines.MAX_TEXT": _LEFT_OUT,
    "findings.lines._MAX_WORDS": _LEFT_OUT,
    "findings.lines._MAX_PARTS": _LEFT_OUT,
    "findings.text.MAX_LINE": _LEFT_OUT,
    "findings.text.MAX_LINES": _LEFT_OUT,
    "findings.text.MAX_VALUE": _LEFT_OUT,
    "subsystems.maintainers.MAX_LINE": _LEFT_OUT,
    "subsystems.maintainers.MAX_LINES": _LEFT_OUT,
    "mcp.mails.MAX_PLACE": "`UsageError`",
    "mcp.pages.MAX_TEXT": "`next_cursor`",
    "mcp.pages.MAX_PLACE": "`UsageError`",
    "mcp.server.MAX_STRING": "`…`",
}
"""What is there instead of that which is beyond: a defect's or problem's code, an error, or that
there is no mark."""


def find_limits():
    """Return the room, name, value and docstring of each limit in the code, by its name."""
    found = {}
    for room in ROOMS:
        for path in sorted([*(PACKAGE / room).rglob("*.py"), *PACKAGE.glob(f"{room}.py")]):
            module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            body = ast.parse(path.read_text("utf-8")).body
            known = {}
            for node, following in zip(body, [*body[1:], None], strict=True):
                name = _name(node)
                if name is None:
                    continue
                known[name] = eval(ast.unparse(node.value), {}, known)
                if f"{module}.{name}" not in NO_LIMITS:
                    found[f"{module}.{name}"] = (room, known[name], _docstring(following))
    return found


def _name(node):
    target = getattr(node, "target", None) or getattr(node, "targets", [None])[0]
    name = getattr(target, "id", "")
    return name if name.lstrip("_").startswith("MAX_") else None


def _docstring(node):
    value = node.value if isinstance(node, ast.Expr) else None
    text = value.value if isinstance(value, ast.Constant) else ""
    return " ".join(text.split()) if isinstance(text, str) else ""
