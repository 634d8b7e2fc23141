"""Invisible characters: kept, and reported where they may hide something."""

import pytest

from kvminbox import read_message

DIFF = "---\n--- a/wood.c\n+++ b/wood.c\n@@ -1 +1 @@\n-int oak;\n+int {};\n"
HIDING = {
    "a non-joiner in a Latin word": "pay\u200cload",
    "a blank without width at its end": "payload\u200b",
    "a byte order mark before a number": "\ufeff1",
    "a word joiner beside an underscore": "_\u2060",
    "a soft hyphen": "pay\u00adload",
    "tags, which spell a text": "payload\U000e0061",
    "a text that is turned around": "\u202edaol\u202c",
    "an isolate": "\u2066/* begin */\u2069",
}
HARMLESS = {
    "a non-joiner in Persian": "می\u200cخواهم",
    "a joiner in Hindi": "नम\u094d\u200dस",
    "joined emoji": "👩\u200d💻",
    "the flag of Wales": "🏴\U000e0067\U000e0062\U000e007f",
    "a mark of direction in Hebrew": "שלום\u200f!",
    "letters with accents": "naïve café",
    "plain": "payload",
}


@pytest.mark.parametrize("text", HIDING.values(), ids=HIDING)
def test_what_hides_something_is_told(make_mail, text):
    """In a patch, a Subject and a name they are a defect, and are kept."""
    raw = make_mail(DIFF.format(text), subject=f"[PATCH] x {text}", **{"from": f"{text} <a@b.c>"})
    message = read_message(raw)
    codes = [defect.code for defect in message.defects]
    assert codes.count("text-invisible") == codes.count("header-invisible") == 1
    assert text in message.diff
    assert (message.subject.title, message.sender.name) == (f"x {text}", text)


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_a_script_needs_is_no_defect(make_mail, text):
    """Joiners that shape letters, emoji and marks of Hebrew hide nothing."""
    raw = make_mail(DIFF.format(text), subject=f"[PATCH] x {text}")
    codes = {defect.code for defect in read_message(raw).defects}
    assert codes <= {"header-raw-8bit"}


@pytest.mark.parametrize("how", ["encoded", "attached"])
def test_no_encoding_hides_it(make_mail, how):
    """Encoded words and attached patches are checked after they are decoded."""
    if how == "encoded":
        raw = make_mail("Hello.\n", subject="=?utf-8?q?pay=E2=80=8Cload?=")
    else:
        part = "--b\nContent-Type: text/x-patch\nContent-Disposition: attachment\n\n"
        body = part + DIFF.format("pay\u200cload")
        raw = make_mail(f"{body}\n--b--\n", content_type="multipart/mixed; boundary=b")
    codes = [defect.code for defect in read_message(raw).defects]
    assert codes == ["header-invisible" if how == "encoded" else "text-invisible"]
