"""Shortcuts to read a mail that is made for one test."""

import pytest

from kvminbox.mail import read_mail


@pytest.fixture(scope="session")
def read(make_mail):
    """Read a mail made from a body and headers, as `make_mail` takes them."""
    return lambda body="", **headers: read_mail(make_mail(body, **headers))


@pytest.fixture(scope="session")
def codes():
    """Return the codes of a mail's defects, in order."""
    return lambda mail: [defect.code for defect in mail.defects]
