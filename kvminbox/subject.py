"""The subject line: reply marks, bracketed groups, numbers, title.

Small readers of a line that people, git, quilt, Mercurial and mail clients in
many languages write. Each word that is read becomes a token, so that
nothing of the line is lost.
"""

import re
from functools import lru_cache
from typing import Final, TypedDict

from kvminbox.cache import cache_short
from kvminbox.given import check_text
from kvminbox.models import Subject, SubjectToken, TokenKind
from kvminbox.models.base import skip_validation

# Reply and forward marks that mean nothing else: English, German (AW, WG,
# Antwort), Scandinavian (SV), Dutch (ANTW), Polish (ODP), Portuguese (RES),
# Turkish (YNT), Italian (RIF), French (RÉF), Russian, Chinese, Japanese.
_REPLY_WORDS: Final = (
    r"re|aw|antw|antwort|wg|sv|fw|fwd|forwarded|odp|res|ynt|rif|réf|ответ|"
    r"回复|回覆|答复|答覆|转发|轉寄|返信|転送"
)
# `Re:`, `RE[2]:`, `Re^2:`, and no blank is needed after it
_REPLY = re.compile(
    rf"(?:{_REPLY_WORDS}) ?(?:\[\d{{1,4}}\]|\^\d{{1,4}}|\(\d{{1,4}}\))? ?: *", re.IGNORECASE
)
# Up to three letters before a bracket, as b4 takes two or three: `TR: [PATCH] x`,
# `R: [PATCH] x`. A subsystem, as in `mm: fix` or `rv: fix`, has no bracket after it.
_REPLY_BEFORE_BRACKET = re.compile(r"[^\W\d_]{1,3}: *(?=\[)")
# what filters put before a reply mark, `***SPAM*** Re: x`, b4 after it when only a
# part was applied, `Re: (subset) [PATCH 0/2] x`, and people who paste the whole line
_NOISE = re.compile(
    r"(?:\*{3,5}[A-Z ]{2,20}\*{3,5}|\{SPAM\??\}|\(subset\)(?= *\[)|Subject:(?= *\[)) *",
    re.IGNORECASE,
)
# `kvmtool: fix (was Re: [PATCH] kvmtool)`
_WAS_REPLY = re.compile(rf"\(was:? +(?:{_REPLY_WORDS}) ?:", re.IGNORECASE)

# `PATCHv3`, `PATCH1/8`, `RFCv2`, `v2PATCH12/15`, `RFC/PATCH`, `PATCHSETv2`, `PATCH-v2`,
# `stable:PATCH`, `v2/resend`, `v2-RESEND`, `RESEND/v2`
_GLUED = re.compile(
    r"(?<=PATCH)(?=v?\d)|(?<=PATCHSET)(?=v?\d)|(?<=PATCHES)(?=v?\d)|(?<=RFC)(?=v?\d|PATCH)"
    r"|(?<=PATCH)[-_](?=v\d)|(?<=:)(?=PATCH\b)|(?<=\d)(?=PATCH|RFC)|(?<=RFC)/(?=[A-Z])|(?<=PATCH)/(?=[A-Z])|(?<=RFT)/(?=[A-Z])"
    r"|(?<=\d)[-/_.]?(?=RE-?SEN[DT]|RE-?POST)|(?<=\d)/(?=RFC|PATCH)|(?<=RESEND)[-/_](?=v\d)",
    re.IGNORECASE,
)
# `2 / 7`, `1 of 2`, `1of2`
_make_token: Final = skip_validation(SubjectToken)
_make_subject: Final = skip_validation(
    Subject,
    *("revision", "minor_revision", "revision_stated"),
    *("counter", "total", "counter_stated"),
)
_SPACED_COUNTER = re.compile(r"\b(\d{1,4})(?: */ *| *of *)(\d{1,4})\b", re.IGNORECASE)
_BLANKS = re.compile(" *")
_SEPARATORS = re.compile(r"[\s,;]+")

_COUNTER = re.compile(r"(\d{1,4})/(\d{1,4}|n)", re.IGNORECASE)
# `v2`, `-v2`, `=v2`, `v2b`, `v2-bis`, `v3fix`, `v5.1`; `-v4.4` is a kernel's, and so are `v5.10`,
# `v5.4-rc1`; `v2019`, `v2019.04-aspeed` are a boot loader's; `v9fs`, `v4l-utils`, `v3d-next` names
_REVISION = re.compile(
    r"(?:[-=](?=v\d{1,3}$))?(?:v|ver|rev)(\d{1,3})(?:\.(\d)[a-z]?|[a-h]|-\S*|(?:fix|rev)\w*)?",
    re.IGNORECASE,
)
_WORDS: Final[tuple[tuple[re.Pattern[str], TokenKind], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)  # type: ignore[misc]  # a Literal of its table
    for pattern, kind in (
        (r"patch", "patch"),
        (r"rfc\b", "rfc"),
        (r"(?:re-?sen[dt]|re-?post)", "resend"),
        (r"(?:pull|git-?pull|gitpull)\b", "pull"),
    )
)
# words that say it beside another mark only: a mail `[rebased] x` may be anything
_SENT_AGAIN = re.compile(r"re-?submit(?:ted)?|re-?based", re.IGNORECASE)
_MARKS: Final = frozenset({"patch", "rfc", "resend", "pull", "revision", "counter"})

# `PATCH v2 1/3: title`, without brackets or with one lost, `PATCH v4 00/11] title`,
# `[PATCH v4 1/2 title`; `PATCH v2 title`; `PATCH net v2] title`; and `[PATCH] 1/3: title`
_BARE_GROUP = re.compile(
    r"\[?(?:(?:RFC|PATCH|RESEND|V\d{1,3})[ ,:]+){1,4}\d{1,4}/\d{1,4}(?:\]|(?=[:\s-]))"
    r"|(?-i:\[?(?:RFC |RESEND ){0,2}PATCH[ ,]+[vV]\d{1,3})(?=[: ])"
    r"|(?:(?:RESEND|V\d{1,3})[ ,:]+){0,3}(?:RFC|PATCH)\b[^][(){}]{0,60}\]",
    re.IGNORECASE,
)
# `[PATCH RFC} title`, `{PATCH 1/2] title`, `[PATCH v2) title`, `{PATCH} title`
_MISTYPED_GROUP = re.compile(r"\[[^][(){}]{1,60}[)}]|\{[^][(){}]{1,60}[]}]")
_BARE_COUNTER = re.compile(r"(\d{1,4})/(\d{1,4})[:\s-]")
# `light it (v2)`, `light it [ver #2]`, `light it (ver. 2)`; not `(v2 hardware)`, `[ver 2.0]`
_FINAL_REVISION = re.compile(
    r"[(\[](?:v|ver(?:sion)? {1,3}#|ver\.? {0,3})(\d{1,3})[)\]]$", re.IGNORECASE
)

_FULL_WIDTH: Final = str.maketrans("：［］【】", ":[][]")


MAX_KEPT: Final = 300
"""Characters of the longest subject that is cached."""

MAX_KEPT_GROUP: Final = 60
"""Characters of a bracketed group that is kept; and twice the words of all groups."""

MAX_GROUP: Final = 200
"""Characters of one bracketed group; a longer one belongs to the title."""

MAX_TOKENS: Final = 64
"""Words of all groups, and as many groups and marks, after which the title begins."""


class _Facts(TypedDict, total=False):
    """The fields of a `Subject` that its groups and title state; absent ones are the defaults."""

    has_patch_mark: bool
    is_rfc: bool
    is_resend: bool
    is_pull: bool
    counter: int
    total: int
    counter_stated: bool
    revision: int
    minor_revision: int | None
    revision_stated: bool


def cut_revision(title: str) -> str:
    """Return a title without the revision in brackets at its end.

    >>> cut_revision("afs: light it [ver #2]"), cut_revision("afs: light it [ver 2.0]")
    ('afs: light it', 'afs: light it [ver 2.0]')
    """
    match = _FINAL_REVISION.search(title) if title.endswith((")", "]")) else None
    return title[: match.start()].rstrip() if match else title


def parse_subject(raw: str) -> Subject:
    """Parse a subject line that is decoded and unfolded.

    >>> subject = parse_subject("Re: [PATCH v6,19/24] arm64: fix it")
    >>> subject.title, subject.revision, subject.counter, subject.total, subject.is_reply
    ('arm64: fix it', 6, 19, 24, True)
    """
    check_text(raw, "a subject line", "give the text of one")
    return _parse_line(raw)


# Half of a list's mails repeat the subject of the one they answer.
@cache_short(512, MAX_KEPT)
def _parse_line(raw: str) -> Subject:
    # one character for one, so that positions in it are positions in `raw`
    line = raw if raw.isascii() else raw.translate(_FULL_WIDTH)
    tokens: list[SubjectToken] = []
    position, is_reply = _read_prefix(line, tokens)
    if not tokens and (bare := _BARE_GROUP.match(line, position)):
        tokens.extend(_read_group(bare[0]))  # short by its pattern
        position = bare.end()
    title = raw[position:].lstrip(" :") if position else raw
    return _make_subject(
        raw=raw,
        title=title,
        tokens=tuple(tokens),
        is_reply=is_reply or ("(" in line and _WAS_REPLY.search(line) is not None),
        **_read_facts(tuple(tokens), title),
    )


def _read_prefix(line: str, tokens: list[SubjectToken]) -> tuple[int, bool]:
    """Read marks and groups; return where the title begins, and whether it is a reply."""
    position, is_reply, marked = 0, False, False
    for _ in range(MAX_TOKENS):  # of `[][][]` no group has a word
        if len(tokens) >= MAX_TOKENS:
            break
        if line.startswith(("[", "{"), position) and (found := _find_group(line, position)):
            end, group = found[0], _read_group(found[1])
            tokens.extend(group)
            marked = marked or any(token.kind in _MARKS for token in group)
        elif match := _NOISE.match(line, position):
            end = match.end()
        elif not marked and (match := _match_reply(line, position)):
            end, is_reply = match.end(), True
        elif marked and line[position : position + 3].lower() == "re:":
            end = position + 3  # `[PATCH] Re: x` is no reply, but its title is `x`, as for git
        else:
            break
        position = _BLANKS.match(line, end).end()  # type: ignore[union-attr]  # matches always
    return position, is_reply


def _match_reply(line: str, position: int) -> re.Match[str] | None:
    return _REPLY.match(line, position) or _REPLY_BEFORE_BRACKET.match(line, position)


def _find_group(line: str, start: int) -> tuple[int, str] | None:
    """Return the end of the group at `start`, and what is in it; None if there is none."""
    end = _group_end(line, start) if line[start] == "[" else 0
    if not end and (match := _MISTYPED_GROUP.match(line, start)):
        kinds = {token.kind for token in _read_group(match[0][1:-1])}
        if kinds & {"patch", "rfc"} or line.startswith("[", match.end()):
            end = match.end()
    return (end, line[start + 1 : end - 1]) if end else None


def _group_end(line: str, start: int) -> int:
    """Return the end of the group at `start`, nested brackets counted; 0 if it is too far."""
    depth, last = 0, min(len(line), start + MAX_GROUP)
    end = line.find("]", start, last)
    if end < 0 or line.find("[", start + 1, end) < 0:
        return end + 1
    for position in range(start, last):
        char = line[position]
        depth += (char == "[") - (char == "]")
        if depth == 0:
            return position + 1
    return 0


@cache_short(2048, MAX_KEPT_GROUP)
def _read_group(text: str) -> tuple[SubjectToken, ...]:
    """Read the words of one group, `PATCH v2 3/5`; brackets inside it are ignored."""
    flat = text.replace("[", " ").replace("]", " ")
    flat = _SPACED_COUNTER.sub(r"\1/\2", _GLUED.sub(" ", flat))
    words = [word for word in _SEPARATORS.split(flat) if word]
    kinds = list(map(_word_kind, words))
    if "pull" in kinds:
        pairs = zip(words, kinds, strict=True)
        kinds = ["pull" if word.lower() == "git" else kind for word, kind in pairs]
    _mark_kernel_versions(words, kinds)
    if _MARKS.intersection(filter(None, kinds)):
        _mark_sent_again(words, kinds)
    rest: TokenKind = "tree" if _MARKS.intersection(filter(None, kinds)) else "label"
    return tuple(_read_token(word, kind or rest) for word, kind in zip(words, kinds, strict=True))


def _mark_sent_again(words: list[str], kinds: list[TokenKind | None]) -> None:
    """Mark the `REBASED` of `[PATCH REBASED v5]` as a resend; what is `to be rebased` is none."""
    for index, word in enumerate(words):
        is_planned = index > 0 and words[index - 1].lower() == "be"
        if _SENT_AGAIN.fullmatch(_bare(word)) and not is_planned:
            kinds[index] = "resend"


@lru_cache(1024)
def _read_token(text: str, kind: TokenKind) -> SubjectToken:
    """Return a word of a group: one for all subjects that have it, such as `PATCH`."""
    return _make_token(text=text, kind=kind)


def _mark_kernel_versions(words: list[str], kinds: list[TokenKind | None]) -> None:
    """Mark the `v4.9` of `[PATCH stable v4.9 v2]` as a tree; `v5.5` alone is a re-roll."""
    revisions = [index for index, kind in enumerate(kinds) if kind == "revision"]
    dotted = [index for index in revisions if "." in _bare(words[index])]
    if dotted and (len(dotted) < len(revisions) or "stable" in words):
        for index in dotted:
            kinds[index] = "tree"


def _bare(word: str) -> str:
    """Return a word without the punctuation around it: `(RESEND)`, `v2:`, `v1>`."""
    return word.strip(":.()>?")


@cache_short(1024, MAX_KEPT_GROUP)
def _word_kind(word: str) -> TokenKind | None:
    bare = _bare(word)
    match = _COUNTER.fullmatch(bare)
    if match and not (match[2].isdigit() and int(match[2]) == 0):  # `0/0` in any script
        return "counter"
    if _REVISION.fullmatch(bare):
        return "revision"
    return next((kind for pattern, kind in _WORDS if pattern.match(bare)), None)


@cache_short(2048, MAX_KEPT_GROUP // 2)
def _group_facts(tokens: tuple[SubjectToken, ...]) -> _Facts:
    kinds = {token.kind for token in tokens}
    facts: _Facts = {
        "has_patch_mark": bool(kinds & _MARKS - {"pull"}),
        "is_rfc": "rfc" in kinds,
        "is_resend": "resend" in kinds,
        "is_pull": "pull" in kinds,
    }
    for token in reversed(tokens):  # of several numbers the first counts
        if token.kind == "counter":
            facts |= _counter_facts(*_COUNTER.match(_bare(token.text)).groups())  # type: ignore[union-attr]
        elif token.kind == "revision":
            match = _REVISION.match(_bare(token.text))
            facts |= {"revision": int(match[1]), "revision_stated": True}  # type: ignore[index]
            facts["minor_revision"] = int(match[2]) if match[2] else None  # type: ignore[index]
    return facts


def _counter_facts(counter: str, total: str) -> _Facts:
    number = int(counter)
    # `3/n` states no total, and `6/5` a wrong one: there must be at least that many
    stated = int(total) if total.isdigit() else 1
    return {"counter": number, "total": max(number, stated), "counter_stated": True}


def _read_facts(tokens: tuple[SubjectToken, ...], title: str) -> _Facts:
    facts = _group_facts(tokens)
    if facts["has_patch_mark"] and not facts.get("counter_stated"):
        match = _BARE_COUNTER.match(title)
        if match and int(match[2]):
            facts = facts | _counter_facts(match[1], match[2])
    if not facts.get("revision_stated") and (match := _FINAL_REVISION.search(title)):
        facts = facts | {"revision": int(match[1]), "revision_stated": True}
    return facts
