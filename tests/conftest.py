"""What all tests share: the real archive, where it is at hand."""

import os
import subprocess
from pathlib import Path

import pytest

BUNDLE = Path(__file__).parents[2] / "shared" / "data" / "kvmarm-epoch0.bundle"


@pytest.fixture(scope="session")
def real_inbox_path(tmp_path_factory):
    """Give the path of the real archive, cloned once where it is a bundle."""
    given = Path(os.environ.get("KVMINBOX_TEST_INBOX") or BUNDLE)
    if not given.exists():
        pytest.skip(f"no real archive at {given}; KVMINBOX_TEST_INBOX can name one")
    if given.is_dir():
        return given
    path = tmp_path_factory.mktemp("real") / "kvmarm.git"
    subprocess.run(["git", "clone", "--mirror", "-q", given, path], check=True)
    return path


@pytest.fixture(scope="session")
def make_mail():
    """Give a factory of mails; `message_id=None` leaves a header out, a list repeats it."""
    usual = {
        "From": "Ida Birch <ida@wood.example>",
        "Date": "Tue, 5 Sep 2023 10:00:00 +0200",
        "Message-ID": "<1@wood.example>",
        "Subject": "A walk",
    }

    def make(body="", **headers):
        fields = dict(usual)
        for name, value in headers.items():
            written = "Message-ID" if name == "message_id" else name.replace("_", "-").title()
            fields[written] = value
        lines = [
            _as_bytes(name) + b": " + _as_bytes(value) + b"\n"
            for name, values in fields.items()
            for value in (values if isinstance(values, list) else [values])
            if value is not None
        ]
        return b"".join(lines) + b"\n" + _as_bytes(body)

    return make


def _as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()
