"""What a URL leads to: a mail, a bug, a report of syzbot, or anything else."""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from kvminbox.models import LinkKind

MAX_URL: Final = 2_000
"""Characters of a URL that are looked at."""

URL: Final = re.compile(r"https?://\w[^\s<>\"'`\]}|\\]{1,2000}+")
"""A URL in a text; what ends a sentence may be at its end, see `trim_url`."""

# hosts that show a mail below its Message-ID
_ARCHIVES: Final = re.compile(
    r"(?:lore|lkml|patch\.msgid|inbox\.\w+|public-inbox|yhbt)\.(?:kernel\.org|link|org|net|dev)"
    r"|lists\.gnu\.org|msgid\.link|patch\.msgid\.link",
)
_ID: Final = re.compile(r"[^\s/@<>]+@[^\s/@<>]+")


class Target(NamedTuple):
    """What a URL leads to."""

    kind: LinkKind
    value: str


def trim_url(url: str) -> str:
    """Return a URL without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!*_")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!")
    return url


@lru_cache(maxsize=4096)
def read_url(url: str) -> Target:
    """Return what a URL leads to.

    >>> read_url("https://lore.kernel.org/kvm/20240501.1-2@silicon.example/T/#u").value
    '20240501.1-2@silicon.example'
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return Target("url", url)
    if _ARCHIVES.fullmatch(host):
        for piece in parts.path.split("/"):
            identity = unquote(piece)
            if _ID.fullmatch(identity):
                return Target("mail", identity)
    if "bugzilla" in host and (number := query.get("id")):
        return Target("bug", f"{host}#{number[0]}")
    if host == "syzkaller.appspot.com" and (found := query.get("extid") or query.get("id")):
        return Target("syzbot", found[0])
    return Target("url", url)
