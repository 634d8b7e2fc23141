"""What a list adds to a mail that it sends on: a tag in the subject, a footer, and a `>`."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from kvminbox.models.address import Address

MAX_FOOTER: Final = 1_000
"""Characters at the end of a text in which a list's footer is looked for."""

MAX_LINES: Final = 12
"""Lines at a mail's end in which a rule alone begins a list's footer."""

_URL_LINE: Final = r"[^\n]*https?://\S+[ \t\r]*\n"
_GROUP_LINE: Final = (
    r"(?:To (?:unsubscribe from this group|post to this group|view this discussion)"
    r"|For more options|Visit this group)[^\n]*\n\s*"
)
# As Mailman 2 and 3, Google Groups, and vger with majordomo (until 2023) write it:
#
#   _______________________________________________    --
#   lamps mailing list -- lamps@lists.example          To unsubscribe from this list: send the …
#   To unsubscribe send an email to …                  the body of a message to majordomo@…
_FOOTER: Final = re.compile(
    r"\n(?:_{40,}[ \t\r]*\n"
    r"(?:[^\n]*\S )?mailing list(?:[ \t]+(?:--[ \t]+)?\S+@\S+)?[ \t\r]*\n"
    rf"(?:\S+@\S+[ \t\r]*\n)?(?:To unsubscribe send an email to \S+[ \t\r]*\n)?(?:{_URL_LINE})?"
    r"|--[ \t\r]*\n(?:"
    rf"[^\n]*\S mailing list[ \t\r]*\n\S+@\S+[ \t\r]*\n{_URL_LINE}"
    rf"|Mailing list info: {_URL_LINE}"
    rf"|You received this message because you are subscribed to the Google Groups [^\n]*\n"
    rf"(?:{_GROUP_LINE}){{1,6}}"
    r"|To unsubscribe from this list: send the line \"[^\n]*\n"
    rf"the body of a message to \S+@\S+[ \t\r]*\n(?:{_URL_LINE}){{0,2}})"
    r"|To unsubscribe from this group and stop receiving emails from it, [^\n]*\n"
    r")\s*\Z"
)
_RULE: Final = "_" * 20
MIN_RULE: Final = 40
"""Underscores in the rule above a list's footer, which others write more shortly."""

_MOST: Final = 3
"""Footers of lists that one text may have, where a list got it from another one."""

_TAG: Final = re.compile(r"\[([\w.+-]+)\][ \t]*")


def cut_footer(text: str) -> str:
    """Return a text without the footers that lists added, and without blanks at its end."""
    text = text.rstrip()
    for _ in range(_MOST):
        start = max(0, len(text) - MAX_FOOTER)
        # with a line feed before it: a pattern that may begin at the start is tried at each letter
        found = _FOOTER.search(f"\n{text[start:]}\n")
        if found is None:
            break
        text = text[: start + max(0, found.start() - 1)].rstrip()
    return text


def unquote_from(text: str) -> str:
    """Return a text without the `>` of mbox files before each line that begins with `From `."""
    if ">From " not in text:
        return text
    return f"\n{text}".replace("\n>From ", "\nFrom ")[1:]


def find_footer(lines: Sequence[str]) -> int:
    """Return the number of the line with which Mailman's footer begins, or of all lines.

    Below a reply that is written above its quote the footer may be anywhere: then it says what
    list it is of. At the end a rule is enough.
    """
    last = len(lines) - MAX_LINES
    for number, line in enumerate(lines):
        if not line.startswith((_RULE, "--")):
            continue
        below = lines[number + 1].rstrip() if number + 1 < len(lines) else ""
        is_rule = number > last and len(line.rstrip()) >= MIN_RULE and not line.strip("_ \t\r")
        # `--` is a signature's mark, whose blank was lost
        is_mark = line.startswith(_RULE) or line.rstrip() == "--"
        if is_rule or (is_mark and below.endswith("mailing list")):
            return number
    return len(lines)


def cut_tags(subject: str, receivers: Collection[Address], list_id: str | None = None) -> str:
    """Return a subject without the tags of lists: `[lamps]` of a mail to `lamps@x.example`.

    The list from which the mail came has its tag there without being named, if it got a Bcc.
    Mailman's `(no subject)`, where there is none, goes as well.
    """
    if "[" not in subject:
        return "" if subject == "(no subject)" else subject
    if _TAG.search(subject) is None:
        return subject
    names = {one.email.partition("@")[0].lower() for one in receivers}
    names.add((list_id or "").partition(".")[0].lower())
    return _TAG.sub(lambda tag: "" if tag[1].lower() in names else tag[0], subject)
