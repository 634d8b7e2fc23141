"""Names of tags: usual spelling, combined names, misspelt names."""

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

APPROVALS: Final = frozenset(["Reviewed-by", "Acked-by", "Tested-by"])
"""The tags that count as a review of a patch."""

OPINIONS: Final = APPROVALS | {"Nacked-by"}
"""The tags by which reviewers say what they think of a patch."""

_DEEDS: Final = (
    "reviewed", "acked", "tested", "nacked", "reported", "suggested", "signed-off", "debugged",
    "co-developed", "co-authored", "helped", "assisted", "analyzed", "analysed", "requested",
    "bisected", "diagnosed", "fixed", "proposed", "inspired", "noticed", "improved", "found",
    "regression-tested", "build-tested", "boot-tested", "based-on-patch", "spotted",
)  # fmt: skip
_UTILITY: Final = {
    name.lower(): name for name in ("Fixes", "Link", "BugLink", "Closes", "Obsoleted-by", "Cc")
}
_PARTS: Final = re.compile(r"\s*[/&+,]\s*|[\s-]+and[\s-]+", re.IGNORECASE)
_BY: Final = re.compile(r"[\s-]by$", re.IGNORECASE)
_MISSPELT: Final = 0.8
"""How similar two words must be, from 0 to 1, for one to be the other misspelt."""


@lru_cache(maxsize=1024)
def split_name(written: str) -> tuple[str, ...]:
    """Return each tag of a name in its usual spelling.

    >>> split_name("Reviewed-and-tested-by")
    ('Reviewed-by', 'Tested-by')
    >>> split_name("acked/Tested-By")
    ('Acked-by', 'Tested-by')
    """
    if written.lower() in _UTILITY:
        return (_UTILITY[written.lower()],)
    if not _BY.search(written):
        return (written,)
    parts = (_strip_by(part) for part in _PARTS.split(written))
    return tuple(dict.fromkeys(f"{deed.capitalize()}-by" for deed in parts if deed))


def _strip_by(part: str) -> str:
    return _BY.sub("", part.strip()).strip("- ").lower()


@lru_cache(maxsize=1024)
def suggest_name(name: str) -> str:
    """Return the tag that a misspelt name probably means; empty for any other name.

    >>> suggest_name("Reveiwed-by"), suggest_name("Reviewed-by"), suggest_name("Sniffed-by")
    ('Reviewed-by', '', '')
    """
    deed = _BY.sub("", name).lower()
    if not _BY.search(name) or (deed in _DEEDS and " " not in name):
        return ""
    likely = get_close_matches(deed, _DEEDS, n=1, cutoff=_MISSPELT)
    return f"{likely[0].capitalize()}-by" if likely else ""
