"""A text as a mail that no quoted mail can tamper with."""

import email
import email.policy
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import safe_text
from kvminbox.display import render_mail
from kvminbox.errors import UsageError

# what git send-email takes as a person to copy the mail to
TRAILER = re.compile(r"^(?:[a-z][a-z-]*-by|cc): ", re.IGNORECASE | re.MULTILINE)
ACTING = "Cc: victim@host.example\nSigned-off-by: V <v@host.example>\nFrom here\n.\nplain\n"


def make(text="Hello.\n", **fields):
    """Render a mail with the usual fields."""
    usual = {"subject": "A week", "sender": "ada@a.example", "to": ["list@a.example"]}
    return render_mail(text, **(usual | fields))


def parse(raw):
    """Read a mail as the standard library does."""
    return email.message_from_string(raw, policy=email.policy.default)


@given(st.text(max_size=300), st.text(max_size=200))
def test_text_and_subject_come_back(text, subject):
    """Whatever the text and the subject, the mail holds them in short ASCII lines."""
    raw = make(text, subject=subject)
    assert raw.isascii()
    head, _, body = raw.partition("\n\n")
    assert all(len(line) <= 76 for line in body.split("\n"))
    assert all(len(line) <= 998 for line in head.split("\n"))
    found = parse(raw)
    assert found.keys() == [
        "From", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    wanted = safe_text(text, multiline=True)
    assert found.get_content() == wanted + ("" if wanted.endswith("\n") else "\n")
    assert not found.defects


@given(st.text(alphabet="ab:- Cc.Fromé=\t", max_size=300))
def test_no_line_of_the_raw_text_acts(text):
    """No line of the raw body, soft breaks included, looks like a trailer or a new mail."""
    body = make(f"{text}\n{ACTING}{text}").partition("\n\n")[2]
    assert not TRAILER.search(body)
    assert not re.search(r"^(?:From |\.$)", body, re.MULTILINE)


@pytest.mark.parametrize("pad", range(60, 82))
def test_a_broken_line_does_not_act_either(pad):
    """Where a long line is broken, what would act at the start of the next raw line is encoded."""
    for gap in ("", " ", "/"):
        line = f"{'x' * pad}{gap}Cc: victim@host.example{'x' * pad}{gap}From you{gap}Acked-by: V"
        raw = make(f"é\n{line}\n")
        body = raw.partition("\n\n")[2]
        assert not TRAILER.search(body)
        assert not re.search(r"^From ", body, re.MULTILINE)
        assert parse(raw).get_content() == f"é\n{line}\n"


def test_a_long_line_is_broken_between_words():
    """Quoted-printable stays readable: no word is cut, and an address behind a slash."""
    words = "a line of a report that has more characters than a line of a mail may have at once"
    assert f"é\n{words}\n" in parse(make(f"é\n{words}\n")).get_content()
    assert "a mail may have =\nat once\n" in make(f"é\n{words}\n")
    url = f"https://lists.example/{'a' * 40}/{'b' * 40}/"
    assert f"{'a' * 40}/=\n{'b' * 40}/\n" in make(f"é\n{url}\n")


def test_labels_of_a_report_leave_it_plain():
    """A word and a colon are no header below the first lines, so an ASCII report is not encoded."""
    report = "Two series.\n\nsent: 2025-06-09    patches: 2\nseries: KVM: x\ndate: x\nWindows: 2\n"
    assert make(report).endswith(f"Content-Transfer-Encoding: 7bit\n\n{report}")
    assert make(f"x\n{'long ' * 30}\n").endswith(f"7bit\n\nx\n{'long ' * 30}\n")


@pytest.mark.parametrize(
    "line",
    ["From: Eve <e@e.example>", "Subject: x", "date: now", "From 0123", "[PATCH] x", "Windows: 2"],
)
def test_the_first_lines_are_no_headers_of_a_patch(line):
    """What git am would read as in-body headers, blank lines above it or not, is encoded."""
    for text in (f"{line}\n\nx\n", f"\n{line}\n", f"x\n{line}\n"):
        raw = make(text)
        assert not re.search(f"^{re.escape(line)}$", raw.partition("\n\n")[2], re.MULTILINE)
        assert parse(raw).get_content() == text


@pytest.mark.parametrize(
    "line", ["Fixes: 0123456789ab", "Control: close -1", "pw-bot: accepted", "#syz fix: x"]
)
def test_no_robot_of_a_list_is_told_anything(line):
    """Commands for trackers and robots that stand in a quoted text are encoded."""
    raw = make(f"x\n\n{line}\n")
    assert f"\n{line}\n" not in raw
    assert parse(raw).get_content() == f"x\n\n{line}\n"


def test_a_plain_text_stays_readable():
    """Short ASCII lines that do nothing are sent as they are."""
    assert make("Hello.\n  You.\n").endswith("Content-Transfer-Encoding: 7bit\n\nHello.\n  You.\n")


def test_trailing_blanks_survive():
    """A blank at a line's end is encoded, since servers strip it."""
    assert "x=20\n" in make("é\nx \n")


@pytest.mark.parametrize(
    "mailbox",
    [
        "ada@a.example\nBcc: eve@e.example", "ada@a.example\r\n\r\nbody", "ada", "", "a@b, c@d",
        "Ada <a@b> <c@d>", "Ada <a@b", "ä@a.example", "A\x00 <a@b>", "a@b\u2028c", "list:;",
        "a..b@c.example <", "x" * 400 + "@a.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["sender", "to", "cc"])
def test_what_is_no_mailbox_is_refused(mailbox, field):
    """No header can be smuggled in: anything but one plain mailbox is refused in one line."""
    value = mailbox if field == "sender" else ["ok@a.example", mailbox]
    with pytest.raises(UsageError, match="is not a mail address") as caught:
        make(**{field: value})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("ada@a.example", "", "ada@a.example"),
        ("Ada Pfeiffer <ada@a.example>", "Ada Pfeiffer", "ada@a.example"),
        ('"Okafor, Ben" <ben@a.example>', "Okafor, Ben", "ben@a.example"),
        ("Chloé Martín <c+x@a.example>", "Chloé Martín", "c+x@a.example"),
        (r'"A \"B\" C" <abc@a.example>', 'A "B" C', "abc@a.example"),
    ],
)
def test_mailboxes_come_back(written, name, address):
    """Names in any script, and with commas, can be read back unchanged."""
    found = parse(make(sender=written, to=[written, "x@a.example"], cc=[written]))
    for field in ("From", "To", "Cc"):
        mailbox = found[field].addresses[0]
        assert (mailbox.display_name, mailbox.addr_spec) == (name, address)


def test_a_date_is_written_if_given():
    """Without a date there is no Date header, so that the same text gives the same bytes."""
    assert "Date:" not in make()
    assert "\nDate: Mon, 09 Jun 2025 00:00:00 +0000\n" in make(
        date=datetime(2025, 6, 9, tzinfo=UTC)
    )


def test_git_send_email_takes_it(tmp_path):
    """A sent mail goes only to those in its headers, with its text and subject unchanged."""
    if not shutil.which("git") or not (git_core() / "git-send-email").exists():
        pytest.skip("git send-email is not installed")
    (tmp_path / "mail.eml").write_text(
        make(f"Grüße\n{ACTING}", subject="Öl – " * 30 + "x", sender="Ada <ada@a.example>")
    )
    script = tmp_path / "sendmail"
    script.write_text('#!/bin/sh\nfor a; do echo "$a"; done >"$0.to"\ncat >"$0.mail"\n')
    script.chmod(0o700)
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@a.example"]
    subprocess.run(
        ["git", *identity, "send-email", f"--smtp-server={script}", "--confirm=never",
         "--quiet", "mail.eml"],
        cwd=tmp_path, check=True, capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    sent_to = {line for line in script.with_suffix(".to").read_text().split() if "@" in line}
    assert sent_to == {"list@a.example", "ada@a.example"}
    sent = email.message_from_bytes(
        script.with_suffix(".mail").read_bytes(), policy=email.policy.default
    )
    assert sent.get_content() == f"Grüße\n{ACTING}"
    assert sent["Subject"] == "Öl – " * 30 + "x"


def git_core():
    """Return the directory of git's programs."""
    run = subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True)
    return Path(run.stdout.strip())


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?a=0D=0ABcc:_eve@e.example?=", "=?utf-8?b?YQ0KQmNjOiBlQGUuZXhhbXBsZQ==?= x",
        "x =?utf-8?q?=1B[2J?=", "=?", "Zoë =?utf-8?q?=0A?=", "=?utf-8?q?a=0D=0A=0D=0Abody?=",
    ],
)  # fmt: skip
def test_an_encoded_word_in_a_subject_is_text(subject):
    """A title that looks like an encoded word with line ends adds no recipient and no body."""
    raw = make(subject=subject)
    assert parse(raw)["Subject"] == subject
    assert not re.search(r"^Bcc|^body|\r", raw, re.MULTILINE)


@pytest.mark.parametrize(
    "mailbox",
    [
        "=?utf-8?q?a=0D=0ABcc:_eve@e.example?= <a@b.example>", "Ada\u202e <a@b.example>",
        "Ada\u200b <a@b.example>", "Ada\t<a@b.example>", '"Ada \x1b[2J" <a@b.example>',
    ],
)  # fmt: skip
def test_a_name_that_hides_something_is_refused(mailbox):
    """A sender whose name reverses text, or is an encoded word, is refused."""
    with pytest.raises(UsageError, match="From is not a mail address"):
        make(sender=mailbox)
