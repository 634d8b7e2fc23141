"""The functions of the table, each as a function of one text, mail or list of mails."""

import contextlib
from datetime import UTC, datetime

from kvminbox import (
    Address,
    CoverLetter,
    Message,
    Patch,
    compare_series,
    group_series,
    group_threads,
    link_series,
    load_message,
    parse_changelog,
    parse_reply_trailers,
    parse_subject,
    read_message,
    review_all,
    safe_text,
)
from kvminbox.archive.objects import parse_commit, parse_tree
from kvminbox.diffs import compute_diffstat, find_declared_diffstat, find_diff
from kvminbox.display import (
    Document,
    Paragraph,
    Table,
    Verbatim,
    render_csv,
    render_html,
    render_mail,
    render_markdown,
    render_terminal,
    render_text,
)
from kvminbox.errors import QueryError, UsageError
from kvminbox.index.columns import divide_text
from kvminbox.index.extract import extract_mail
from kvminbox.index.query.parser import parse_query
from kvminbox.index.query.stems import compute_stem
from kvminbox.mail import parse_date
from kvminbox.mail.addresses import parse_addresses
from kvminbox.mail.flowed import unflow_text
from kvminbox.mail.html_text import extract_text
from kvminbox.mail.ids import parse_message_id, parse_references
from kvminbox.mail.parts import parse_content_type, parse_disposition
from kvminbox.mail.transfer import decode_transfer
from kvminbox.mail.words import decode_words
from kvminbox.mbox import write_mbox
from kvminbox.patch_id import compute_patch_id
from kvminbox.patches import excerpt_body
from kvminbox.patches.pull import find_pull
from kvminbox.people import (
    parse_aliases,
    parse_employers,
    parse_gitdm_config,
    parse_mailmap,
)
from kvminbox.remarks import parse_remarks
from kvminbox.remarks.done import is_done
from kvminbox.remarks.heard import list_points
from kvminbox.remarks.heeded import heeds_all
from kvminbox.review.applied import find_applied
from kvminbox.review.taking_back import read_taken_back
from kvminbox.subsystems import find_areas, parse_maintainers
from kvminbox.trailers import parse_trailers

ADA = Address(name="Ada Birch", email="ada@wood.example")
NOW = datetime(2023, 1, 1, tzinfo=UTC)
HEAD = (
    b"From: Ida Birch <ida@wood.example>\nDate: Tue, 5 Sep 2023 10:00:00 +0200\n"
    b"Message-ID: <1@wood.example>\n"
)


def ignore(code, words):
    """Ignore a defect."""


def refused(function):
    """Return a function that may refuse its input with one of our errors."""

    def call(text):
        with contextlib.suppress(UsageError, QueryError, ValueError):
            function(text)

    return call


def reply(text):
    """Return a reply with a text, or the mail itself."""
    return text if isinstance(text, Message) else Message(kind="reply", sender=ADA, body=text)


def series(text):
    """Return a series of a cover letter and a patch, both with this text."""
    cover = CoverLetter(
        message_id="c@b", sender=ADA, body=text, commit_message=text,
        title="walk", subject=parse_subject("[PATCH v2 0/1] walk"),
    )  # fmt: skip
    patch = Patch(
        message_id="p@b", sender=ADA, body=text, notes=text, commit_message=text, title="walk",
        in_reply_to=("c@b",), subject=parse_subject("[PATCH v2 1/1] walk"),
    )  # fmt: skip
    return group_series([cover, patch])


def document(text):
    """Return a document that holds a text in each kind of block."""
    rows = ((text, "1"), ("a", "2"))
    table = Table(("what", "count"), rows, numeric=frozenset({"count"}))
    return Document(text[:1_000], (Paragraph(text), table, Verbatim(text)))


def octets(text):
    """Return a text's bytes."""
    return text.encode("utf-8", "surrogatepass")


def count_diff(text):
    """Find a diff and count it."""
    found = find_diff(text)
    if found:
        compute_diffstat(found)


def undo_encoding(text):
    """Undo the transfer encoding that is named before the first colon."""
    name, _, encoded = text.partition(":")
    decode_transfer(octets(encoded), name, ignore)


def read_all(raw):
    """Read a mail, and all that is made of one: index rows, tags, areas, card."""
    message = read_message(raw)
    extract_mail(raw, 0)
    parse_reply_trailers(message)
    find_applied(message)
    find_areas(message)
    message._repr_html_()


def read_remark(text):
    """Read a remark: whether it asks for anything, and whether its words settle it."""
    parse_remarks(reply(f"> a\n\n{text}"), series("a\n")[0])
    is_done(text)
    heeds_all(text)


def group_all(messages):
    """Group mails into series, chains and threads, and review them."""
    found = group_series(messages)
    group_threads(messages)
    review_all(found, messages)
    chains = link_series(found)
    for one in chains[:1]:
        parse_changelog(one.series[-1])
        compare_series(one.series[0], one.series[-1])


READERS = {
    "parse_subject": parse_subject,
    "parse_addresses": lambda text: parse_addresses(text, ignore),
    "parse_date": lambda text: parse_date(text, ignore),
    "decode_words": lambda text: decode_words(text, ignore),
    "parse_references": lambda text: (
        parse_references(text, ignore),
        parse_message_id(text, ignore),
    ),
    "extract_text": extract_text,
    "unflow_text": lambda text: unflow_text(text, delsp=True),
    "parse_content_type": lambda text: (parse_content_type(text), parse_disposition(text)),
    "decode_transfer": undo_encoding,
    "find_diff": count_diff,
    "find_declared_diffstat": lambda text: find_declared_diffstat(text, 0, len(text)),
    "compute_patch_id": compute_patch_id,
    "parse_trailers": lambda text: parse_trailers(f"x\n\n{text}", ADA, "patch"),
    "parse_reply_trailers": lambda text: parse_reply_trailers(reply(text)),
    "find_applied": lambda text: find_applied(reply(text)),
    "read_taken_back": lambda text: read_taken_back(text.split("\n"), answers_own=True),
    "read a remark": read_remark,
    "what a changelog has heard": lambda text: list_points(series(f"v2:\n - {text}")[0], 1),
    "parse_changelog": lambda text: parse_changelog(series(text)[0]),
    "link_series": lambda text: link_series(series(text)),
    "find_pull": find_pull,
    "excerpt_body": excerpt_body,
    "divide_text": lambda text: divide_text([text], find_diff(text)),
    "extract_mail": lambda text: extract_mail(HEAD + b"Subject: Re: a\n\n" + octets(text), 0),
    "parse_query": refused(lambda text: parse_query(text, NOW)),
    "compute_stem": compute_stem,
    "parse_mailmap": refused(parse_mailmap),
    "parse_aliases": refused(parse_aliases),
    "parse_employers": refused(parse_employers),
    "parse_gitdm_config": refused(parse_gitdm_config),
    "parse_maintainers": refused(lambda text: parse_maintainers(text).find_sections("a/b")),
    "parse_tree": lambda text: parse_tree(octets(text)),
    "parse_commit": lambda text: parse_commit(
        "a" * 40, b"tree " + b"a" * 40 + b"\n" + octets(text) + b"\ncommitter a"
    ),
    "safe_text": lambda text: safe_text(text, multiline=True),
    "write_mbox": lambda text: list(write_mbox([octets(text)], quote_all=False)),
    "render_mail": lambda text: render_mail(
        text, subject="a", sender="a@b.example", to=["a@b.example"]
    ),
    "render_text": lambda text: render_text(document(text)),
    "render_markdown": lambda text: render_markdown(document(text)),
    "render_html": lambda text: render_html(document(text)),
    "render_terminal": lambda text: render_terminal(Document("a", (Verbatim(text),)), width=80),
    "render_csv": lambda text: render_csv(document(text).blocks[1]),
    "show a card": lambda text: reply(text)._repr_html_(),
    "load_message": refused(load_message),
    "read_message": read_all,
    "series and threads": group_all,
}
"""Each reader by its name in the table."""
