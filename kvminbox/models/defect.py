"""Something odd in a mail, kept with it."""

from typing import TYPE_CHECKING, Final, Literal

from kvminbox.models.base import Model

DefectCode = Literal[
    # the envelope
    "no-header",
    "list-wrapped",
    "header-junk-before",
    "header-line-without-colon",
    "header-oversized",
    "header-raw-8bit",
    "header-encoded-word",
    "header-repeated",
    "header-controls",
    "header-invisible",
    # single headers
    "message-id-missing",
    "message-id-odd",
    "message-id-several",
    "references-odd",
    "references-prose",
    "from-missing",
    "from-odd",
    "address-odd",
    "date-missing",
    "date-unreadable",
    "date-zone-odd",
    "subject-missing",
    # MIME and charsets
    "mime-boundary-missing",
    "mime-preamble",
    "mime-boundary-unclosed",
    "mime-limit",
    "mime-encoding-unknown",
    "mime-encoding-broken",
    "mime-type-odd",
    "charset-unknown",
    "charset-wrong",
    "text-nul",
    "text-invisible",
    "text-html-only",
    "flowed-not-stuffed",
    "text-crlf",
    "line-too-long",
    # patches
    "diff-damaged",
    "diff-unsupported",
    "diff-oversized",
    "diff-in-attachment",
    "diff-path-suspicious",
    "diffstat-differs",
    "trailer-limit",
    "inbody-from-odd",
]
"""The code of a defect: a stable name. A new one needs its meaning in `DEFECT_CODES`."""

DEFECT_CODES: Final[dict[str, str]] = {
    # the envelope
    "no-header": "the mail has no header block; all of it is read as the body",
    "list-wrapped": "a list wrapped the mail into one of its own; the sender's mail is read",
    "header-junk-before": "blank lines, an mbox From line or other text come before the header",
    "header-line-without-colon": (
        "a header line has no colon: it continues the header above it, or begins the body"
    ),
    "header-oversized": "a header block or a header is over the limit and was cut",
    "header-raw-8bit": "a header contains bytes that are not ASCII and not encoded",
    "header-encoded-word": "an encoded word (RFC 2047) can't be decoded as declared",
    "header-repeated": "a header that may occur once occurs more than once; the first counts",
    "header-controls": "a header contains control characters",
    "header-invisible": (
        "a header contains invisible characters in Latin words, or changes of direction"
    ),
    # single headers
    "message-id-missing": "there is no Message-ID",
    "message-id-odd": "the Message-ID has no angle brackets, or there is text outside them",
    "message-id-several": "there is more than one Message-ID; the first counts",
    "references-odd": "an id in In-Reply-To or References was encoded, or lacks a bracket",
    "references-prose": "In-Reply-To or References contain words besides ids",
    "from-missing": "there is no From, or it names nobody",
    "from-odd": "From has no address, or several people; the first counts",
    "address-odd": "a mailbox in a header is malformed, or has no address",
    "date-missing": "there is no Date",
    "date-unreadable": "the Date can't be understood",
    "date-zone-odd": "the Date's zone is absent, unknown or impossible; UTC is assumed",
    "subject-missing": "there is no Subject",
    # MIME and charsets
    "mime-boundary-missing": "a multipart has no boundary, or it never occurs; it is read as text",
    "mime-preamble": "text with a colon comes before the first part; it is kept as text",
    "mime-boundary-unclosed": "a multipart's closing boundary is missing",
    "mime-limit": "MIME parts are nested too deep or too many; the rest are kept unread",
    "mime-encoding-unknown": (
        "the Content-Transfer-Encoding is unknown; the bytes are used as they are"
    ),
    "mime-encoding-broken": (
        "base64 or quoted-printable text is damaged; as much as possible is decoded"
    ),
    "mime-type-odd": "the Content-Type can't be understood; text/plain is assumed",
    "charset-unknown": "the charset's name is not on the allow-list",
    "charset-wrong": "the text is not valid in its charset",
    "text-nul": "the text contains NUL, shown as U+FFFD",
    "text-invisible": (
        "the text contains invisible characters in Latin words, or changes of direction"
    ),
    "text-html-only": "there is no plain text; the text is taken from the HTML",
    "flowed-not-stuffed": "the text is declared format=flowed, but the diff is only intact as sent",
    "text-crlf": "the text had CRLF line ends; they are read as LF",
    "line-too-long": "a line is too long for a parser; it was kept but not interpreted",
    # patches
    "diff-damaged": "a hunk or a header of a diff is incomplete, or contradicts itself",
    "diff-unsupported": "the diff has a format that can't be counted (combined or context diff)",
    "diff-oversized": "the diff is over the limit; not all of it was counted",
    "diff-in-attachment": (
        "an attachment contains a diff that is not counted, but that `git am` applies"
    ),
    "diff-path-suspicious": (
        "a path is absolute, leaves the tree, is too long, or has odd characters"
    ),
    "diffstat-differs": "the declared diffstat does not match the diff",
    "trailer-limit": "there are more trailers than the limit; the rest are left out",
    "inbody-from-odd": "an in-body From has no address; the header's From is used",
}
"""What each `DefectCode` means. The keys are plain strings, as `Defect.code` is."""

if TYPE_CHECKING:
    _Code = DefectCode
else:  # that JSON of a later version, which has others, can be read
    _Code = str


class Defect(Model):
    """Something odd in a mail, in words. It never keeps the mail from being read."""

    code: _Code
    """A stable name, one of `DEFECT_CODES`. Type checkers know them as `DefectCode`; a later
    version may have others, and their JSON can be read."""

    text: str
    """What was seen, in one line."""
