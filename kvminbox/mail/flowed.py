"""format=flowed (RFC 3676): lines that were broken only to be shown are joined again."""

import re

_QUOTES = re.compile(r">*")


def unflow_text(text: str, *, delsp: bool) -> str:
    """Undo the soft line breaks and space stuffing of flowed text.

    Only for parts that are declared so: a patch's context line may well end in
    a blank. The signature mark `-- ` is never joined (RFC 3676, 4.3).

    Args:
        text: the decoded part, LF line ends.
        delsp: whether the part is declared `delsp=yes`, where the blank before
            a soft break is not part of the text.
    """
    paragraphs: list[str] = []
    depth, open_paragraph = 0, False
    for line in text.split("\n"):
        quotes = _QUOTES.match(line)[0]  # type: ignore[index]  # matches always
        content = line[len(quotes) :].removeprefix(" ")
        if open_paragraph and len(quotes) == depth and content != "-- ":
            paragraphs[-1] += content
        else:
            paragraphs.append(f"{quotes} {content}" if quotes else content)
        depth = len(quotes)
        open_paragraph = content.endswith(" ") and content != "-- "
        if open_paragraph and delsp:
            paragraphs[-1] = paragraphs[-1][:-1]
    return "\n".join(paragraphs)
