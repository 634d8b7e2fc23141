"""liblore's own tests of mails and threads, run with kvminbox in the place of liblore.

The test files of the user's checkout are executed as they are; what they import from
liblore is replaced by the functions below, which answer from kvminbox.
"""

import inspect
import sys
from email import message_from_bytes, policy
from types import SimpleNamespace
from unittest.mock import MagicMock, patch

from kvminbox import group_threads, read_message

MODULES = ("test_message", "test_email_utils", "test_thread")


def run_tests(folder):
    """Yield each test of mails and threads, and whether it fails with kvminbox."""
    utils = SimpleNamespace(
        clean_header=_clean_header, get_clean_msgid=_get_clean_msgid,
        get_strict_thread=_get_strict_thread, msg_get_author=_msg_get_author,
        msg_get_payload=_msg_get_payload, msg_get_recipients=_msg_get_recipients,
        msg_get_subject=_msg_get_subject, sort_msgs_by_received=_sort_msgs_by_received,
        parse_message=lambda raw: message_from_bytes(raw, policy=policy.default),
    )  # fmt: skip
    # as liblore writes headers: unfolded, and in UTF-8
    written = policy.EmailPolicy(utf8=True, cte_type="8bit", max_line_length=None)
    stand_ins = {
        "pytest": SimpleNamespace(fixture=lambda *_, **__: lambda function: function),
        "responses": MagicMock(),
        "liblore": SimpleNamespace(emlpolicy=written, utils=utils),
        "liblore.utils": utils,
    }
    with patch.dict(sys.modules, stand_ins):
        fixtures = _execute(folder / "tests/conftest.py")
        sys.modules["conftest"] = SimpleNamespace(**fixtures)
        for name in MODULES:
            space = _execute(folder / f"tests/{name}.py")
            for case in [one for key, one in space.items() if key.startswith("Test")]:
                for test in [key for key in vars(case) if key.startswith("test_")]:
                    failed = _fails(case(), test, fixtures)
                    yield f"{name}.py {case.__name__}.{test}", ["fails"] if failed else []


def _fails(case, test, fixtures):
    method = getattr(case, test)
    given = {name: fixtures[name]() for name in inspect.signature(method).parameters}
    try:
        method(**given)
    except Exception:  # noqa: BLE001  # a failure of their test, whatever it is
        return True
    return False


def _execute(path):
    space = {"__name__": path.stem, "__file__": str(path)}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), space)
    return space


# --- what the tests call ---------------------------------------------------------------


def _read(mail):
    # headers as they were given, so that Python's writer changes nothing
    raw = "".join(f"{name}: {value}\n" for name, value in mail.raw_items())
    text = mail.get_payload(decode=True)
    end = b"" if text is None else b"\n" + text
    return read_message(raw.encode("utf-8", "surrogateescape") + end)


def _clean_header(text):
    return read_message(f"Subject: {text}\n\n".encode()).subject.raw if text else ""


def _get_clean_msgid(mail, header="Message-Id"):
    message = _read(mail)
    if header == "Message-Id":
        return message.message_id
    return message.in_reply_to[0] if message.in_reply_to else None


def _get_strict_thread(mails, identity, noparent=False):
    messages = [_read(mail) for mail in mails]
    if noparent:
        messages = [_cut(one) if one.message_id == identity else one for one in messages]
    for thread in group_threads(messages):
        ids = [one.message_id for one in thread.messages]
        if identity in ids:
            return [mail for mail in mails if _get_clean_msgid(mail) in ids]
    return None


def _cut(message):
    """Return a mail that answers nothing."""
    return message.model_copy(update={"in_reply_to": (), "references": ()})


def _msg_get_author(mail):
    sender = _read(mail).sender
    return sender.name, sender.email or "missing@address.local"


def _msg_get_payload(mail, strip_signature=True, strip_quoted=False):
    text = _read(mail).body
    if strip_signature:
        text = text.split("\n-- \n")[0]
    if strip_quoted:
        text = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return text


def _msg_get_recipients(mail):
    message = _read(mail)
    return {one.email.lower() for one in (message.sender, *message.to, *message.cc)} - {""}


def _msg_get_subject(mail, strip_prefixes=False):
    subject = _read(mail).subject
    return subject.title if strip_prefixes else subject.raw


def _sort_msgs_by_received(mails):
    return sorted((one for one in mails if _read(one).date), key=lambda one: _read(one).date)
