"""Texts that do harm where they are not made safe: in a terminal, rich, HTML or Markdown."""

import unicodedata

TEXTS = {
    # terminals
    "clear-screen": "\x1b[2Jgone",
    "colour": "\x1b[31mred\x1b[0m",
    "cursor-up": "a\x1b[1A\x1b[2Kb",
    "ask-for-a-reply": "\x1b[6n",
    "window-title": "\x1b]0;title\x07",
    "clipboard-osc-52": "\x1b]52;c;cm0gLXJm\x07",
    "false-link-osc-8": "\x1b]8;;https://evil.example\x1b\\kernel.org\x1b]8;;\x1b\\",
    "device-control": "\x1bP0;1|17/ab\x1b\\",
    "one-byte-csi": "\x9b2Jgone",
    "one-byte-osc": "\x9d52;c;cm0=\x9c",
    "nul": "a\x00b",
    "delete": "a\x7fb",
    "backspaces": "harmful\x08\x08\x08less",
    "carriage-return": "rm -rf\rls    ",
    "vertical-tab-and-form-feed": "a\x0bb\x0cc",
    "bell": "\x07\x07\x07",
    "shift-out": "\x0eabc\x0f",
    "next-line": "a\x85b",
    "line-separator": "a\u2028b",
    "paragraph-separator": "a\u2029b",
    "file-and-group-separators": "a\x1c\x1d\x1e\x1fb",
    # directions
    "right-to-left-override": "exe.\u202etxt",
    "left-to-right-override": "\u202dabc",
    "embedding": "\u202aabc\u202bdef\u202c",
    "isolates": "\u2066abc\u2067def\u2068ghi\u2069",
    "direction-marks": "a\u200eb\u200fc\u061cd",
    # rich
    "rich-colour": "[red]x[/red]",
    "rich-closing-tag-alone": "x[/]",
    "rich-wrong-closing-tag": "[/dev/kvm] is busy",
    "rich-link": "[link=javascript:alert(1)]x[/link]",
    "rich-click": "[@click=app.bell]x[/]",
    "rich-backslash": "\\[bold]x",
    "rich-emoji": "a :smile: b :warning:",
    # HTML
    "script": "<script>alert(1)</script>",
    "image-that-fails": "<img src=x onerror=alert(1)>",
    "closing-tags": "</pre></td></table></body></html><h1>x",
    "closing-title": "</title><script>alert(1)</script>",
    "closing-style": "</style><script>alert(1)</script>",
    "comment": "<!-- x",
    "comment-end": "--><b>x</b>",
    "cdata": "<![CDATA[<b>x</b>]]>",
    "processing-instruction": "<?php x ?>",
    "attribute-double-quote": '" onmouseover="alert(1)',
    "attribute-single-quote": "' onmouseover='alert(1)",
    "entities": "&lt;b&gt;&#60;b&#62;&colon;",
    "javascript-link": '<a href="javascript:alert(1)">x</a>',
    "svg": "<svg/onload=alert(1)>",
    "form": "<form action=https://evil.example><input type=password>",
    # Markdown
    "link": "[x](javascript:alert(1))",
    "image": "![x](https://evil.example/pixel.png)",
    "reference-link": "[x]: https://evil.example",
    "autolink": "<https://evil.example>",
    "bare-link": "https://evil.example www.evil.example",
    "heading": "# x",
    "emphasis": "*x* **y** _z_ ~~a~~",
    "one-backtick": "a ` [x](https://evil.example) ` b",
    "many-backticks": "```` <b>x</b> ``` y `` z",
    "backtick-at-each-end": "`x`",
    "table-cells": "a | b | [x](https://evil.example)",
    "backslash-before-bar": "a \\| `[x](https://evil.example)` \\\\| b",
    "list-mark": "- [ ] x",
    "quote-mark": "> x",
    "rule": "---",
    "mention": "@everyone fixes #1",
    "backslash-at-the-end": "x\\",
    "front-of-a-formula": "=cmd|'/c calc'!A1",
}
"""Each is one line, so that it fits any place."""

BLOCKS = {
    "fence": "text\n```\n<script>alert(1)</script>\n# heading\n```\n[x](javascript:x)",
    "longer-fence": "``````\n<b>x</b>\n``````",
    "tilde-fence": "~~~\n<b>x</b>\n~~~",
    "html-block": "\n\n<div>\n\n*x*\n\n</div>\n",
    "setext-heading": "x\n===\n\ny\n---",
    "indented": "    code\n\n\ttab",
    "another-report": "New:  x\nx\nAuthor: y",
}
"""Several lines each, as only a body has them."""

_TURNS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def find_live(text):
    """Return the characters that act on a terminal or turn the text around.

    They are found by their Unicode properties, not by the library's own list.
    """
    return {char for char in text if char not in "\n\t" and _is_live(char)}


def _is_live(char):
    return (
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(char) in _TURNS
        or char in "\u200e\u200f\u061c"
    )
