"""The tree, and the commits, that the words about applied patches name."""

import re
from dataclasses import dataclass, replace
from typing import Final

from kvminbox.review.wording import set_of

MAX_WORDS: Final = 9
"""Words that are read as the name of a tree."""

_NOUNS: Final = set_of("tree trees branch branches repo repos repository queue subsystem fork")
# `to the next branch`, `in my tree`, `into Ben's tree`, `on its own branch`
_OWNERS: Final = set_of("the my our your their his her its own a an")
# names without any mark of one
_KNOWN: Final = set_of(
    "next fixes for-next master main mainline upstream trunk staging testing devel tip git"
    " autobuild"  # to which Samba's team pushes what it merges
)
# words that no name is made of
_STOP: Final = set_of(
    "and or to into with without for from so but after before by as at on in of it this that these"
    " those all both me you any some each every version versions patch patches revision spin respin"
    " iteration series submission commit commits previous i we is are was be thanks thank which"
    " please one linus new separate wrong other different device request work top general"
    " addition particular order time case fact mind place case favor favour hopes hope reply vain"
    " no not now here there below resend command-line terminal same more few several many further"
    " additional extra various two three four five go goes come he she they them"
)
# `my kvm test tree` is nobody else's; `my test tree` neither
_PRIVATE: Final = set_of("local test")
# `next` is no tree in `next version`, nor `upstream` in `upstream kernel`
_NO_TREE: Final = set_of(
    "version patch revision spin respin iteration series release window cycle kernel pull pr merge"
    " rc push week batch round update"
)
# what follows a tree; another word after `the x86-64` shows that it is none
_FOLLOWS: Final = set_of(
    "and or for with after at as so but on in by to from via if now today just already along since"
    " because without except minus once instead also again too thanks thank which when where though"
    " awaiting waiting pending tentatively during until then per given"
)
_TIMES: Final = set_of("while day week month year few couple")
# `libata for-6.6`
_FOR: Final = re.compile(
    r"#?for-(?:next|fixes|linus|curr(?:ent)?|v?\d[\w./-]*)(?:/[\w./-]+)?", re.IGNORECASE
)
# `powerpc topic/timers`, `kvm-arm64 review/timers`, `arm64 next-fixes/perf`
_SLASHED: Final = re.compile(
    r"(?:[\w.]+-)?(?:topics?|next|fixes|features?|heads|queue|merge|devel|review|staging|urgent)"
    r"(?:-[\w.]+)?/[\w./-]*\w",
    re.IGNORECASE,
)
_GIT_BRANCH: Final = re.compile(r"(?!\d+/\d+$|and/or)[\w.-]+/[\w./-]*\w")
# `Patch applied for fixes.`, `Queued up for kvm-next`; `for next` may be the next release
_FOR_BRANCH: Final = re.compile(
    r"(?:\sup)?\sfor\s(?:the\s)?(?P<tree>-?fixes|(?:[\w.]+[-/])*[\w.]+[-/](?:next|fixes)|for-(?:next|fixes|linus))"
    r"(?:\s(?:branch|tree))?(?=\s?(?:[.,;!)]|$)|\s(?:thanks|thank|with)\b)",
    re.IGNORECASE,
)
_UPSTREAM: Final = set_of(
    "linux mainline upstream kernel torvalds linus current latest vanilla the"
)
_IN_UPSTREAM: Final = re.compile(
    r"\b(?:Linus(?:['’]s?(?!\w)|(?=\s(?:git\s)?tree\b))|(?:mainline|upstream)\b)", re.IGNORECASE
)
_FILE: Final = re.compile(
    r"\.(?:[ch]|py|sh|rst|txt|md|policy|json|ya?ml|dtsi?|conf|cfg|patch|log|rs|mk|img|o|ko)$",
    re.IGNORECASE,
)
_RELEASE: Final = re.compile(
    r"(?:linux-)?next-?\d{8}$|[#-]?(?:v|rc)?\d[\d.]*(?:-?rc\d*)?$", re.IGNORECASE
)
_POINT_RELEASE: Final = re.compile(r"v?\d+\.\d+\.\d+\b")
_SHAPE: Final = re.compile(
    r"[#@\w-][\w@/.+#:-]*[/-][\w@/.+#:-]*|[\w-]+\.git(?:#\S+)?|\d+\.\d+\.y|vfs\.[\w.]+|-\w+"
    r"|[A-Za-z]\w+#[A-Za-z]\w+"  # `kvm#master`, a repository and its branch; `bug#1` is none
)
_NAME: Final = re.compile(r"[#@\w-][\w@/.+#:-]*")
# `with a fix via tools/lamp-style -f`, `via scripts/lamp-style.sh`
_TOOL: Final = re.compile(
    r"(?:\./\S|(?:bin|contrib|hack|hooks|scripts|tools|utils)/(?!\S*(?:next|fixes|urgent))|\S+\s(?:-[a-z]|--[a-z][\w-]+)(?![\w-]))",
    re.IGNORECASE,
)
_BRANCH: Final = re.compile(r"\((?=[\w./+-]*[/-]|next|fixes|master|main|devel|dev\))[\w./+-]+\)")
# `https://git.kvm.example/linux.git for-next`, `git@git.kvm.example:linux.git (next)`
_URL: Final = re.compile(
    r"(?P<url>(?:(?:https?|git|ssh)://|git@)[^\s,;()<>]+)"
    r"(?P<branch>\s(?!and/or)[\w.]*\w(?:[/_-][\w.]+)+|\s(?:next|master|main|fixes)\b"
    r"|\s\([\w/.-]+\))?(?:,?\s(?:in\s)?(?:the\s)?(?P<later>[\w/.-]*\w)\sbranch"
    r"(?=\s?(?:[.,;:()!]|$|\s(?:and|with|as|for|now|thanks)\b)))?",
    re.IGNORECASE,
)
# `to the ext4 with minor adjustment`, where `tree` was forgotten
_EDITED: Final = re.compile(
    r"\s?with\s(?:(?:an?|some|the|one|two|few)\s)*(?:(?:minor|small|slight|trivial|tiny|cosmetic)\s)"
    r"(?:adjustment|tweak|fix-?up|fix|edit|change|modification|clean-?up|rewording)s?\b",
    re.IGNORECASE,
)
_OF_CODE: Final = set_of(
    "kernel driver drivers code file files function functions patch series board device docs core"
    " documentation doc bindings binding dts dtsi makefile kconfig header headers test tests struct"
)
# `Applied: https://git.kvm.example/kvm/commits/next`, `…/kvm.git/log/?h=next`
_LINKED: Final = re.compile(
    r"(?:\sup)?\s?:?\s(?P<url>https?://[^\s,;()<>?]+?(?P<page>/(?:commits|tree|log)/(?!\?)[\w./-]+)?"
    r"(?:\?(?:[^\s<>]*?&)?h=(?P<branch>[\w./-]*\w)[^\s<>]*)?)(?=[.,;)]*(?:\s|$))"
)
# `kvm/linux.git, branch for-6.15`
_THEN: Final = re.compile(r",?\s(?:(?:in|on)\s)?(?:the\s)?branch\s([\w./-]*\w)(?=[\s.,;)\[]|$)")
_WORD: Final = re.compile(r"\S+")
_PLACE: Final = re.compile(
    r"\b(to|into|in|on(?:\s+top\s+of)?|onto|via|through|under)\b\s?:?\s+", re.IGNORECASE
)

# `Applied (kvm/kvm.git#timers)`, `Queued (for-next/timers).`
_IN_BRACKETS: Final = re.compile(
    r"(?:\sup)?(?:,\sthanks)?\s\((?:(?:to|in|on)\s)?(?:the\s)?(?P<tree>[\w./-]*\w\.git(?:#[\w./-]*\w)?|[\w.-]+#[\w./-]*[/-][\w./-]*\w"
    r"|(?:[\w.]+[-/])*(?:for-(?:next|fixes|linus)|[\w.]+[-/](?:next|fixes))(?:[-/][\w.]+)*)(?:\s(?:tree|branch))?\)",
    re.IGNORECASE,
)

_HASH: Final = r"[0-9a-f]{7,64}"
_LABELLED: Final = re.compile(
    rf"^[^\S\n]*+([0-9a-f]{{12,40}})[^\S\n]*$(?<!\d{{12}})|(?:^[^\S\n]*+commit:?\s+|^Commit-ID:\s+|/c/|[?&;]id=|\bh=|/commits?/)({_HASH})\b",
    re.MULTILINE | re.IGNORECASE,
)
# `applied as 0123456789ab`, `merged (0123456789ab)`, `applied, thanks! [commit 01234567]`
_TOLD: Final = re.compile(
    rf"(?:\bas(?:\s+commit)?\s+|\bcommit\s+(?:id\s+|is\s+)?|[(\[](?:commit:?\s+|sha1?:?\s+)?)({_HASH})\b"
    r"(?<!\d{7})(?!['’])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence says that patches went."""

    tree: str
    """The tree or branch, as written; empty for `my tree`."""

    is_sure: bool
    """Whether the words have the shape of a tree; any word may follow `applied to`."""

    start: int = 0
    """Where the words about it start, with `to` or `in`."""

    end: int = 0
    """Where they end."""


def find_place(text: str) -> Place | None:
    """Find the first tree or branch that follows `to`, `into`, `in` and the like.

    A word without the mark of a tree counts right at the start only: `to pinctrl, thanks`.

    >>> find_place("to the togreg branch of iio.git, thanks").tree
    'togreg branch of iio.git'
    >>> find_place("in the next version") is None
    True
    """
    for match in _PLACE.finditer(text):
        if match[1].lower() in {"via", "through"} and _TOOL.match(text, match.end()):
            continue
        place = read_place(text, match.end())
        is_near = match.start() <= 1 and match[1].lower() in {"to", "into"}
        if place and (place.is_sure or is_near):
            return replace(place, start=match.start())
    return None


def read_place(text: str, start: int = 0) -> Place | None:
    """Read the tree or branch that a text names at `start`; None if it names none."""
    if match := _URL.match(text, start):
        url = match["url"].rstrip(".:")
        branch = match["later"] or match["branch"] or ""
        return Place(" ".join(f"{url} {branch}".split()).rstrip("."), True, end=match.end())
    words = _read_words(text, start)
    owners = 0
    while owners < len(words) and (words[owners].is_owner or _is_linus(words[owners:])):
        owners += 1
    if 0 < owners < len(words) - 1 and words[owners].text.lower() == "new":
        owners += 1  # `into the new kvm-timers branch`
    named = words[owners:]
    if not named:
        return None
    place = (
        _read_noun(text, named, has_owner=owners > 0)
        or _read_name(
            named, has_the=any(word.text.lower() in {"the", "a", "an"} for word in words[:owners])
        )
        or (_read_bare(named) if not owners else _read_edited(text, words, named))
    )
    if (
        place is not None
        and place.tree.endswith(".git")
        and (match := _THEN.match(text, place.end))
    ):
        return replace(place, tree=f"{place.tree} {match[1]}", end=match.end())
    return place


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a clause, without its quotes and the punctuation that ends the clause."""

    text: str
    end: int
    is_last: bool

    @property
    def is_owner(self) -> bool:
        return not self.is_last and (
            self.text.lower() in _OWNERS or self.text.endswith(("'s", "’s", "s'", "s’"))
        )

    @property
    def is_stop(self) -> bool:
        return self.text.lower() in _STOP


def _is_linus(words: list[_Word]) -> bool:
    """Whether words begin as `Linus tree` does, where the apostrophe was forgotten."""
    is_said = words[0].text.lower() == "linus" and not words[0].is_last and len(words) > 1
    return is_said and words[1].text.lower() in {"tree", "branch", "git", "repo"}


def _read_words(text: str, start: int) -> list[_Word]:
    found: list[_Word] = []
    for match in _WORD.finditer(text, start, start + 400):
        said = match[0].lstrip("\"'`‘“<")
        bare = re.sub(r"\[\d[\d,]*\]", "", said)
        bare = bare if bare.endswith(("s'", "s’")) else bare.rstrip("\"'`’”>")
        name = bare.rstrip(".,;:!?…") if bare.startswith("(") else bare.rstrip(".,;:!?…)")
        name = name.rstrip("\"'`’”>") if not name.endswith(("s'", "s’")) else name
        is_last = name != bare
        found.append(_Word(name, match.end(), is_last))
        if is_last or len(found) == MAX_WORDS:
            break
    return found


def _read_noun(text: str, words: list[_Word], *, has_owner: bool) -> Place | None:
    """Read `watchdog-next branch`, `togreg branch of iio.git`, `branch kvm-5.20`, `tree`."""
    count = next((n for n, word in enumerate(words) if word.text.lower() in _NOUNS), -1)
    name = words[: max(count, 0)]
    is_name = all(_NAME.fullmatch(word.text) and not word.is_stop for word in name)
    if len(name) > 1 and (name[-1].text.lower(), words[count].text) == ("patch", "queue"):
        name = name[:-1]  # `the timers patch queue`
        is_name = not any(word.is_stop for word in name)
    if not is_name and has_owner and count <= 5:  # `my review and testing queue`
        is_name = all(word.text.lower() in {"and", "linus"} or not word.is_stop for word in name)
    if (
        count < 0
        or not is_name
        or (name and name[0].text.lower() == "test")
        or any(word.text.lower() in _PRIVATE for word in name[1:])
    ):
        return None
    noun, rest = words[count], words[count + 1 :]
    said = " ".join(word.text for word in name)
    if _RELEASE.match(said) or _POINT_RELEASE.match(said):
        return None  # `a 5.6-rc2 tree`, `our 6.1.36 stable branch` are somebody's own
    is_called = rest and not noun.is_last and not rest[0].is_stop
    if (
        not name
        and is_called
        and (
            _is_shaped(rest[0].text.replace("_", "-"))
            or (noun.text == "branch" and rest[0].is_last and not rest[0].text.isdigit())
        )
    ):
        return Place(rest[0].text, True, end=rest[0].end)
    if not name and not has_owner:
        return None
    if rest and not noun.is_last and _BRANCH.fullmatch(rest[0].text):
        return Place(f"{said} {rest[0].text}".strip(), True, end=rest[0].end)
    if name and len(rest) > 1 and rest[0].text.lower() in {"of", "in"} and not noun.is_last:
        whose = rest[1:]
        while whose and whose[0].is_owner:
            whose = whose[1:]
        # `the timers tree in 5.3` tells a release
        is_tree = whose and not whose[0].is_stop and not _RELEASE.match(whose[0].text)
        if is_tree and whose[0].text.lower() not in _NOUNS:
            url = _URL.match(text, whose[0].end - len(whose[0].text))
            tree = url["url"] if url else whose[0].text
            return Place(f"{said} {noun.text} of {tree}", True, end=whose[0].end)
    is_local = said.lower().split()[:1] == ["local"]
    if is_local and len(name) > 1 and _is_shaped(name[1].text):
        said, is_local = said.partition(" ")[2], False  # `my local kvm-next branch`
    if len(rest) > 2 and rest[0].text.lower() in {"at", "on", "in"} and not noun.is_last:
        is_branch = rest[2].text.lower() == "branch" and _is_shaped(rest[1].text)
        if is_branch:  # `Rob's kvm tree at "timers/for-6.18" branch`
            return Place(rest[1].text, True, end=rest[2].end)
    return Place(said, not is_local, end=noun.end)


def _read_name(words: list[_Word], *, has_the: bool) -> Place | None:
    """Read `kvm/next`, `arm64 (for-next/fixes)`, `powerpc next`, `-next`."""
    first, rest = words[0], words[1:]
    following = "" if first.is_last or not rest else rest[0].text
    if first.is_stop or first.text.lower() == "kernel" or not _NAME.fullmatch(first.text):
        return None
    if _FILE.search(first.text):
        return None
    if _BRANCH.fullmatch(following):
        return Place(f"{first.text} {following}", True, end=rest[0].end)
    is_main = following.lower() in {"master", "main", "devel"}
    # `applied on linux master` is what a tester says
    is_main = is_main and not has_the and first.text.lower() not in _UPSTREAM
    if following.lower() in {"next", "fixes"} or _FOR.fullmatch(following) or is_main:
        return Place(f"{first.text} {following}", True, end=rest[0].end)
    if _SLASHED.fullmatch(following) and _ends_name(rest):
        return Place(f"{first.text} {following}", True, end=rest[0].end)
    # `linux-lamps.git v5.5/dt64`
    is_branch = first.text.endswith(".git") and _GIT_BRANCH.fullmatch(following) is not None
    if is_branch and _ends_name(rest):
        return Place(f"{first.text} {following}", True, end=rest[0].end)
    if first.text == "git" and following[:1].isdigit():
        return None  # `applied to git 6.13.0-09954`, a tester's kernel
    if first.text.lower() in _KNOWN and following.lower() not in _NO_TREE:
        is_name = not following or following.lower() in _FOLLOWS or not following[:1].islower()
        # `in next a week ago`
        is_name = is_name or (following == "a" and len(rest) > 1 and rest[1].text in _TIMES)
        return Place(first.text, True, end=first.end) if is_name else None
    is_followed = has_the and following and following.lower() not in _FOLLOWS
    if not _is_shaped(first.text) or (is_followed and following[:1].islower()):
        return None
    return Place(first.text, True, end=first.end)


def _ends_name(words: list[_Word]) -> bool:
    """Whether the first of these words is the last one of a name, by what follows it."""
    return words[0].is_last or len(words) == 1 or words[1].text.lower() in _FOLLOWS


def _read_bare(words: list[_Word]) -> Place | None:
    first, rest = words[0], words[1:]
    following = "" if first.is_last or not rest else rest[0].text.lower()
    # `Applied to pending at: https://…`
    is_at_url = following.startswith(("http", "git://")) or (following == "at" and rest[0].is_last)
    ends = not following or following in {"thanks", "thank", "cheers", "with", "after", "-", "--"}
    ends = ends or is_at_url or (following == "for" and _is_version(rest[1:4]))
    is_name = _NAME.fullmatch(first.text) and not first.is_stop and not first.text[0].isdigit()
    if (
        not ends
        or not is_name
        or _RELEASE.match(first.text)
        or re.match(r"v\d+\b|_|(?!for_)\w+_\w", first.text)
    ):
        return None
    return Place(first.text, False, end=first.end)


def _read_edited(text: str, words: list[_Word], named: list[_Word]) -> Place | None:
    """Read `the ext4` of `to the ext4 with minor adjustment`."""
    first = named[0]
    is_name = re.fullmatch(r"[a-z][\w-]+", first.text) is not None and not first.is_stop
    if [word.text.lower() for word in words[: -len(named)]] != ["the"] or not is_name:
        return None
    if first.is_last or first.text in _OF_CODE or _EDITED.match(text, first.end) is None:
        return None
    return Place(first.text, False, end=first.end)


def _is_version(words: list[_Word]) -> bool:
    """Whether words are a release, maybe with its project: `LAMP v86`."""
    return any(re.fullmatch(r"v?\d+(?:\.\d+)+|v[4-9]\d|v\d{3}", word.text) for word in words)


def find_linked_branch(rest: str) -> str:
    """Return the branch to which a link right behind `Applied` leads; empty if it names none.

    >>> find_linked_branch(" https://git.lamp.example/lamp/commits/pending")
    'https://git.lamp.example/lamp/commits/pending'
    >>> find_linked_branch(": https://git.lamp.example/lamp.git/commit/?h=lamp-next&id=0123456789ab")
    'lamp-next'
    """
    match = _LINKED.match(rest)
    if match is None:
        return ""
    return match["branch"] or (match["url"].rstrip(".,;") if match["page"] else "")


def find_bracketed(rest: str) -> str:
    """Return the tree that stands in brackets right behind `Applied`; empty if none does.

    >>> find_bracketed(" (kvm/kvm.git#timers), thanks"), find_bracketed(" (kvm-next)")
    ('kvm/kvm.git#timers', 'kvm-next')
    >>> find_bracketed(" (with a fix)"), find_bracketed(" (lib/timers.git-send)")
    ('', '')
    """
    match = _IN_BRACKETS.match(rest)
    return match["tree"] if match else ""


def find_branch_for(rest: str) -> str:
    """Return the branch that `Applied for fixes.` tells; empty where it may be a release.

    >>> find_branch_for(" up for kvm-next, thanks"), find_branch_for(" for next, thanks")
    ('kvm-next', '')
    """
    match = _FOR_BRANCH.match(rest)
    return match["tree"] if match else ""


def is_upstream(sentence: str) -> bool:
    """Whether a sentence names Linus's tree, by whichever of its names."""
    return _IN_UPSTREAM.search(sentence) is not None


def _is_shaped(word: str) -> bool:
    """Whether a word has the shape of a branch or tree, and of no release, path or `1/5`."""
    if _SHAPE.fullmatch(word) is None or _RELEASE.match(word) or "()" in word:
        return False
    return word.count("/") < 4 and not re.fullmatch(
        r"\d+(?:/\d+)?|[vV]\d+-\w+|\d+-[a-z]+|[A-Z]\w+-by|\w+-(?:in|out|up|on|off)|#?-?", word
    )


def find_commits(text: str, claim: str = "") -> tuple[str, ...]:
    """Return the commits that a text names, each once, as written.

    Args:
        text: paragraphs around the claim; `commit: …` and links to commits count.
        claim: the sentence itself; hashes in brackets, and after `as`, count, too.
    """
    found = [match[1] or match[2] for match in _LABELLED.finditer(text)]
    told = [match[1] for match in _TOLD.finditer(claim) if re.search(r"\d", match[1])]
    return tuple(dict.fromkeys([*found, *told]))
