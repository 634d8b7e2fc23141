"""Mails enclosed in each other: how deep their words are found, and what that costs."""

import pytest

from kvminbox.index import extract
from kvminbox.index.extract import MAX_ENCLOSED, MAX_NESTED, extract_mail


def enclose(depth):
    """Return a mail around as many others, each in the one before it, with a subject each."""
    heads = (
        f"From: Ada <ada@silicon.example>\nSubject: level{level}\nMessage-ID: <{level}@x>\n"
        "Content-Type: message/rfc822\n\n"
        for level in range(depth)
    )
    return f"{''.join(heads)}From: Ada <ada@silicon.example>\nSubject: heart\n\nIn it.\n".encode()


def test_words_of_five_levels_are_found():
    """Words of the mails down to the fifth within each other are found, and of no further one."""
    found = extract_mail(enclose(9), 0).words
    assert found.s.split() == [f"level{level}" for level in range(MAX_NESTED + 1)]
    assert extract_mail(enclose(5), 0).words.s.split()[-1] == "heart"


def test_mails_beside_each_other_do_not_count_as_nested():
    """Of a digest's mails, side by side, all are found up to the limit for one mail."""
    one = "--b\nContent-Type: message/rfc822\n\nSubject: elm{}\n\nA tree.\n"
    parts = "".join(map(one.format, range(MAX_ENCLOSED + 5)))
    raw = f'Subject: all\nContent-Type: multipart/mixed; boundary="b"\n\n{parts}--b--\n'
    words = extract_mail(raw.encode(), 0).words.s.split()
    assert words == ["all", *(f"elm{place}" for place in range(MAX_ENCLOSED))]


@pytest.mark.parametrize("depth", [100, 1_000])
def test_a_deep_nest_is_read_a_few_times_only(depth, monkeypatch):
    """However deep mails are nested, no more than five times their bytes are read."""
    sizes = []

    def read_mail(raw, read=extract.read_mail):
        sizes.append(len(raw))
        return read(raw)

    monkeypatch.setattr(extract, "read_mail", read_mail)
    raw = enclose(depth)
    extract_mail(raw, 0)
    assert 0 < sum(sizes) <= MAX_NESTED * len(raw)
