"""What the tests of reviews share."""

import pytest

from tests.review.review_mails import EWA, read_mail


@pytest.fixture
def reply():
    """Return a function that makes a reply by Ewa with this text."""

    def make(text, *, parents=("s-0@x", "s-1@x"), sender=EWA, identity="re@x", hour=5,
             subject="Re: [PATCH 1/3] KVM: timer 1"):  # fmt: skip
        return read_mail(identity, subject, text, sender, parents, hour)

    return make
