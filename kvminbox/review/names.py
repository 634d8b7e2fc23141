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
_SPACED: Final = re.compile(r"\sby$", re.IGNORECASE)
_MISSPELT: Final = 0.8
"""How similar two words must be, from 0 to 1, for one to be the other misspelt."""

_SHORT: Final = {"ack": "acked", "rev": "reviewed", "review": "reviewed", "test": "tested"}
"""Deeds in short, which are too unlike for `_MISSPELT`."""

_NACKS: Final = frozenset(["nak", "nack", "naked", "nakked", "nak'ed", "nakd", "nackd"])
"""Other spellings of `nacked`: a NACK must not be lost for a letter, as an ACK may be."""


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
    parts = (_read_deed(part) for part in _PARTS.split(written))
    return tuple(dict.fromkeys(f"{deed.capitalize()}-by" for deed in parts if deed))


@lru_cache(maxsize=1024)
def read_names(written: str) -> tuple[tuple[str, str], ...]:
    """Return each tag of a reply's name, and what is meant if it is misspelt.

    A name with a blank before `by` is misspelt in all its parts.

    >>> read_names("Reveiwed-and-tested-by")
    (('Reveiwed-by', 'Reviewed-by'), ('Tested-by', ''))
    >>> read_names("Reviewed and Tested by"), read_names("Written by"), read_names("NAKed-by")
    ((('Reviewed by', 'Reviewed-by'), ('Tested by', 'Tested-by')), (), (('Nacked-by', ''),))
    """
    if not _SPACED.search(written):
        return tuple((name, suggest_name(name)) for name in split_name(written))
    meant = [_find_deed(_read_deed(part).replace(" ", "-")) for part in _PARTS.split(written)]
    return tuple((f"{deed.capitalize()} by", f"{deed.capitalize()}-by") for deed in meant if deed)


def suggest_name(name: str) -> str:
    """Return the tag that a misspelt name probably means; empty for any other name.

    >>> suggest_name("Reveiwed-by"), suggest_name("Reviewed-by"), suggest_name("Sniffed-by")
    ('Reviewed-by', '', '')
    """
    deed = _read_deed(name)
    meant = _find_deed(deed) if _BY.search(name) else ""
    return f"{meant.capitalize()}-by" if meant and meant != deed else ""


def is_deed(word: str) -> bool:
    """Whether a word is a part of a tag's name: `tested`, `Acked-by`, `Sniffed-by`."""
    return _BY.search(word) is not None or _read_deed(word) in _DEEDS


@lru_cache(maxsize=1024)
def is_known(name: str) -> bool:
    """Whether a name, or a part of it, is that of a known tag, be it misspelt."""
    return any(_find_deed(_read_deed(part).replace(" ", "-")) for part in _PARTS.split(name))


def _read_deed(part: str) -> str:
    deed = _BY.sub("", part.strip()).strip("- ").lower()
    return "nacked" if deed in _NACKS else deed


def _find_deed(written: str) -> str:
    if written in _DEEDS:
        return written
    if written in _SHORT:
        return _SHORT[written]
    likely = get_close_matches(written, _DEEDS, n=1, cutoff=_MISSPELT)
    return likely[0] if likely else ""
