"""Things that came as an Atom feed (RFC 4287), for a feed reader."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from kvminbox.dates import to_utc
from kvminbox.safe import safe_html, safe_url


class FeedEntry(NamedTuple):
    """One thing that came."""

    title: str
    author: str
    message_id: str
    moment: datetime
    url: str
    text: str = ""


def render_atom(title: str, entries: Iterable[FeedEntry], moment: datetime) -> Iterator[str]:
    """Yield the pieces of a feed; its texts are plain.

    Args:
        title: what the feed is of.
        entries: what came.
        moment: when it was made.
    """
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{safe_html(title)}</title>\n"
        f"<id>urn:kvminbox:{quote(title.encode('utf-8', 'replace'), safe='')}</id>\n"
        f"<updated>{_write(moment)}</updated>\n"
    )
    for entry in entries:
        url = safe_url(entry.url)
        link = f'<link href="{safe_html(url)}"/>\n' if url else ""
        identity = quote(entry.message_id.encode("utf-8", "replace"), safe="@")
        text = f"<content>{safe_html(entry.text, multiline=True)}</content>\n" if entry.text else ""
        yield (
            f"<entry>\n<title>{safe_html(entry.title) or '(no subject)'}</title>\n"
            f"<id>mid:{identity}</id>\n<updated>{_write(entry.moment)}</updated>\n"
            f"<author><name>{safe_html(entry.author) or 'nobody'}</name></author>\n{link}{text}"
            "</entry>\n"
        )
    yield "</feed>\n"


def _write(moment: datetime) -> str:
    return f"{to_utc(moment).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
