"""Notices that a patch was put into a tree or taken out: what they say, and of which patch.

Andrew Morton's and the stable trees' maintainers' programs, and that of the tip tree until 2019,
send them to everybody concerned, with a copy of the patch, and mostly in no thread. What such a
mail tells is read once, and kept where its text is not: see `kvminbox.gist`.
"""

import json
import re
from typing import Final, NamedTuple

from kvminbox.mail import ignore, parse_address, parse_date
from kvminbox.mail.given_ids import read_given_id
from kvminbox.models import Address, Message
from kvminbox.patterns import compile_later
from kvminbox.versions.titles import normalise_title

MAX_TEXT: Final = 40_000
"""Characters of a mail that are read; the trailers of a patch are before its diff."""

MAX_LINKS: Final = 20
"""Mails that a patch links to, of which one may be itself."""

# `+ lamp-blink.patch added to mm-unstable branch`, `Patch "lamp: blink" has been added to the
# 6.6-stable tree`, `patch "lamp: blink" added to usb-next`
_SUBJECT: Final = re.compile(
    r"(?:[+-] )?\S+\.patch (?:was )?(?:added to|removed from) \S"
    r'|patch ".*" (?:(?:has been|was|is) )?(?:added|queued(?: up)?|backported) (?:to|for) \S',
    re.IGNORECASE,
)
# `[tip:timers/core] timers: blink`; later ones, `[tip: timers/core]`, say it in a sentence
_TIP_SUBJECT: Final = re.compile(r"\[tip:(?P<branch>[^\]\s]+)\] (?P<title>\S.*)", re.IGNORECASE)
_TIP: Final = compile_later(
    r"\s{0,20}Commit-ID: +(?P<commit>[0-9a-f]{12,40})[ \t]*\n"
    r"(?P<header>(?:[A-Z][\w-]{1,30}:[ \t].*\n){1,12})"
)
_TIP_HEADER: Final = re.compile(r"(Author|AuthorDate): +(\S.*)")
# of the title of a patch, which may go on in lines that are indented
_TITLE: Final = r"(?P<title>\S.{0,300}(?:\n[ \t]+\S.{0,200}){0,3})"
# `The patch titled\n     Subject: lamp: blink\nhas been added to the -mm mm-unstable branch.`
_TITLED: Final = compile_later(
    r"^The (?:quilt )?patch titled[ \t]*\n\s{0,50}(?:Subject:[ \t]*)?"
    rf"{_TITLE}\n\s{{0,50}}has been (?P<deed>added to|removed from) the "
    r"(?P<tree>[^\n.]{1,80}?) (?P<what>tree|branch)\b",
    re.MULTILINE,
)
_BECAUSE: Final = re.compile(
    r"^This patch was dropped because (.{1,400}?)[ \t]*(?:\n[ \t]*\n|\n-{20,}|\Z)",
    re.MULTILINE | re.DOTALL,
)
_INTO: Final = re.compile(
    r"it was merged into (?:the )?(?P<tree>mainline or a subsystem tree|[\w./-]+)"
)
_STAYS: Final = re.compile(r"it was folded into (?P<into>\S+)")
# `I've just added the patch titled\n\n    lamp: blink\n\nto the 6.6-stable tree which`, and of
# other trees `to my usb git tree which can be found at\n    git://…\nin the usb-next branch.`
_ADDED: Final = compile_later(
    r"^This is a note to let you know that I(?:'|’)ve just (?:added|queued|applied) the patch "
    rf"titled[ \t]*\n\s{{0,50}}{_TITLE}\n\s{{0,50}}"
    r"to (?:the|my) (?P<tree>\S{1,60})(?: git)? tree\b"
    r"(?:(?:\n|.){0,400}?\bin the (?P<branch>\S{1,60}) branch\b)?",
    re.MULTILINE,
)
# what is above the copy of the patch
_ABOVE: Final = re.compile(
    r"^(?:-{30,}[ \t]*|commit [0-9a-f]{40}[ \t]*"
    r"|>?From (?P<commit>[0-9a-f]{40}|\S{1,200}) {1,2}[A-Z][a-z]{2} .*)\n",
    re.MULTILINE,
)
_HEADER: Final = re.compile(
    r"(from|author|subject|date):[ \t]*(\S.*)", re.IGNORECASE | re.MULTILINE
)
# of which the rest of a mail is no text of the patch any more
_END: Final = re.compile(r"^(?:---[ \t]*$|--- \S|diff -|Index: )", re.MULTILINE)
_LINK: Final = re.compile(
    r"^[ \t]*(Link|Message-ID): ?<?([^\s<>]{3,400})>?", re.MULTILINE | re.IGNORECASE
)
# how maintainers' programs link to the mail that a commit was made from
_OWN_LINK: Final = re.compile(
    r"https?://(?:lkml\.kernel\.org/r/|lore\.kernel\.org/r/|(?:patch\.)?msgid\.link/"
    r"|patchwork\.freedesktop\.org/patch/msgid/)"
)
_UPSTREAM: Final = re.compile(
    r"^[ \t(\[]*(?:upstream commit ([0-9a-f]{8,40})|commit ([0-9a-f]{8,40}) upstream)",
    re.IGNORECASE | re.MULTILINE,
)


class Notice(NamedTuple):
    """What a notice tells, in plain values."""

    title: str
    """The title of the patch."""

    name: str = ""
    """Its author's name."""

    email: str = ""
    """The author's address; empty with the name where the notice does not say."""

    written: float | None = None
    """When the patch was written, in seconds since 1970: that is mostly the Date of its mail."""

    queued: tuple[str, ...] = ()
    """The Message-IDs in the header of the copy: the mail that was put into the tree."""

    own: tuple[str, ...] = ()
    """The Message-IDs of the mails that it was made from, as maintainers' programs write them."""

    links: tuple[str, ...] = ()
    """Further mails that its trailers link to: itself, an earlier version, or a report."""

    tree: str = ""
    """The tree that it is now in, as written: `mm-unstable`, `6.6-stable`; empty where it is in
    none any more."""

    words: str = ""
    """The words by which that was recognised."""

    commits: tuple[str, ...] = ()
    """The commit upstream, of a stable tree's patch; that in the tree, of another one's."""

    is_gone: bool = False
    """Whether it was taken out of a tree, and was not merged into another one."""

    family: str = ""
    """By what the notice that takes a patch out is known to be of the same tree: `-mm`."""

    @property
    def ids(self) -> tuple[str, ...]:
        """All Message-IDs of mails that it may be about."""
        return tuple(dict.fromkeys((*self.queued, *self.own, *self.links)))

    @property
    def key(self) -> tuple[str, str]:
        """What tells the patch apart from others that are not here: its title and author."""
        return normalise_title(self.title), self.email.lower() or self.name.casefold()

    @property
    def release(self) -> str:
        """The release of a stable tree, `6.6`; empty for another tree."""
        match = re.fullmatch(r"v?(\d{1,2}\.\d{1,3})-stable", self.tree)
        return match[1] if match else ""


def may_notice(message: Message) -> bool:
    """Whether a mail's kind and subject are those of such a notice."""
    if message.kind != "bot":
        return False
    is_tip = _TIP_SUBJECT.match(message.subject.raw) is not None
    return is_tip or _SUBJECT.match(message.subject.title) is not None


def read_notice(message: Message) -> Notice | None:
    """Return what a notice tells of a patch; None if the mail is none, or tells of no patch."""
    if not may_notice(message):
        return None
    kept = message.gist
    if kept is not None:
        return unpack_notice(kept.notes)
    return _read(message.body) or _read_tip(message)


def pack_notice(message: Message) -> str:
    """Return what a notice tells as a line of text; empty if the mail is none."""
    found = read_notice(message) if may_notice(message) else None
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def unpack_notice(packed: str) -> Notice | None:
    """Return what was packed."""
    if not packed:
        return None
    title, name, email, written, queued, own, links, tree, words, commits, is_gone, family = (
        json.loads(packed)
    )
    return Notice(
        title, name, email, written, tuple(queued), tuple(own), tuple(links), tree, words,
        tuple(commits), is_gone, family,
    )  # fmt: skip


def _read(text: str) -> Notice | None:
    text = text[:MAX_TEXT]
    if match := _TITLED.search(text):
        return _read_titled(text, match)
    if match := _ADDED.search(text):
        return _read_added(text, match)
    return None


def _read_titled(text: str, match: re.Match[str]) -> Notice | None:
    """Read a notice of Andrew Morton's: `The patch titled …`."""
    tree = match["tree"].removeprefix("-mm ").strip()
    words = f"has been {match['deed']} the {match['tree']} {match['what']}"
    found = _read_patch(text[match.end() :], _squeeze(match["title"]))
    if match["deed"] == "added to":
        return found._replace(tree=tree, words=words, family="-mm")
    because = _BECAUSE.search(text, match.end())
    reason = _squeeze(because[1]) if because else ""
    words = f"{words}, because {reason}"[:200] if reason else words
    if into := _INTO.match(reason):
        return found._replace(tree=into["tree"], words=words, family="-mm")
    if folded := _STAYS.match(reason):  # and is in the tree with that
        return found._replace(tree="-mm", words=f"was folded into {folded['into']}", family="-mm")
    return found._replace(is_gone=True, words=words, family="-mm")


def _read_added(text: str, match: re.Match[str]) -> Notice:
    """Read a notice of a stable tree, or of another one that is kept with the same programs."""
    tree = match["branch"] or match["tree"]
    found = _read_patch(text[match.end() :], _squeeze(match["title"]))
    below = _ABOVE.search(text, match.end())
    is_stable = match["branch"] is None
    if is_stable:
        upstream = _UPSTREAM.search(_cut(text[match.end() :]))
        commits = (upstream[1] or upstream[2],) if upstream else ()
    else:
        named = (below["commit"] or "") if below else ""
        commits = (named,) if re.fullmatch(r"[0-9a-f]{40}", named) else ()
    words = f"I've just added the patch to the {tree} tree"
    if is_stable and commits:
        words += f", commit {commits[0]} upstream"
    return found._replace(tree=tree, words=words, commits=commits)


def _read_tip(message: Message) -> Notice | None:
    """Read a notice of the tip tree, of the time when it was no more than a header and a copy."""
    text = message.body[:MAX_TEXT]
    subject, match = _TIP_SUBJECT.match(message.subject.raw), _TIP.match(text)
    if subject is None or match is None:
        return None
    named = dict(_TIP_HEADER.findall(match["header"]))
    person = parse_address(named.get("Author", ""), ignore)
    moment = parse_date(named["AuthorDate"], ignore) if "AuthorDate" in named else None
    found = _read_patch(text[match.end() :], _squeeze(subject["title"]))
    tree = f"{subject['branch']} branch of tip"
    return found._replace(
        name=person.name,
        email=person.email,
        written=moment.timestamp() if moment else None,
        queued=message.in_reply_to[:1],
        tree=tree,
        words=f"Commit-ID: {match['commit']} in the {tree}",
        commits=(match["commit"],),
    )


def _read_patch(text: str, title: str) -> Notice:
    """Read who wrote the patch below a notice, when, and what its trailers link to."""
    below = _ABOVE.search(text)
    copy = _cut(text[below.end() :] if below else text)
    header, _, rest = copy.strip("\n").partition("\n\n")
    named = {key.lower(): value.strip() for key, value in _HEADER.findall(header)}
    author = named.get("from") or named.get("author", "")
    # as git am reads it: who sent a backport is above, who wrote the patch is in its first line
    first = _HEADER.match(rest.lstrip("\n"))
    if first and first[1].lower() == "from":
        author = first[2].strip()
    person = parse_address(author, ignore) if author else Address()
    moment = parse_date(named["date"], ignore) if "date" in named else None
    queued: list[str] = []
    own: list[str] = []
    links: list[str] = []
    for match in _LINK.finditer(copy):
        identity = read_given_id(match[2]) if "@" in match[2] or "/" in match[2] else ""
        if "@" not in identity:
            continue
        if match[1].lower() != "link":
            queued.append(identity)
        else:
            (own if _OWN_LINK.match(match[2]) else links).append(identity)
    return Notice(
        title=title,
        name=person.name,
        email=person.email,
        written=moment.timestamp() if moment else None,
        queued=tuple(dict.fromkeys(queued))[:1],
        own=tuple(dict.fromkeys(own))[:MAX_LINKS],
        links=tuple(dict.fromkeys(links))[:MAX_LINKS],
    )


def _cut(text: str) -> str:
    """Return the text of the patch before its diff."""
    begin = _ABOVE.search(text)
    end = _END.search(text, begin.end() if begin else 0)
    return text[: end.start()] if end else text


def _squeeze(text: str) -> str:
    return " ".join(text.split())
