"""What is beyond a limit is reported, and costs no memory."""

import tracemalloc

import pytest

from kvminbox import Message, group_series, parse_reply_trailers, read_message
from kvminbox.diffs.diffstat import MAX_DEFECTS
from kvminbox.diffs.headers import MAX_PATH
from kvminbox.errors import UsageError
from kvminbox.mail.transfer import decode_transfer
from kvminbox.review import review_all
from kvminbox.review.scope import MAX_NUMBERS
from kvminbox.subsystems import parse_maintainers
from kvminbox.subsystems.automaton import MAX_ALL_PLACES
from kvminbox.trailers import MAX_TRAILERS
from tests.growth import clear_caches, count_characters, find_caches
from tests.worst_inputs.readers import ADA, HEAD, read_all
from tests.worst_inputs.worst_mails import DIFF, MAILS


def codes(message):
    """Return the codes of a mail's defects, each once."""
    return {defect.code for defect in message.defects}


def test_more_trailers_than_anybody_writes():
    """Only five thousand of ten thousand trailers are read, which is a defect."""
    message = read_message(MAILS["signers"](400_000))
    assert len(message.trailers) == MAX_TRAILERS
    assert "trailer-limit" in codes(message)
    assert "trailer-limit" not in codes(read_message(MAILS["signers"](40_000)))


def test_a_path_longer_than_linux_takes():
    """A path of more than 4,096 characters is suspicious, one of exactly 4,096 is not."""
    for length, is_odd in ((MAX_PATH, False), (MAX_PATH + 1, True)):
        diff = DIFF.replace("a/x b/x", f"a/{'x' * length} b/{'x' * length}")
        diff = diff.replace("--- a/x\n+++ b/x\n", "").replace("@@ -1 +1 @@\n-a\n+b\n", "")
        raw = HEAD + f"Subject: [PATCH] walk\n\n{diff}new file mode 100644\n".encode()
        message = read_message(raw)
        assert len(message.diffstat.files[0].path) == length
        assert ("diff-path-suspicious" in codes(message)) is is_odd


def test_twenty_thousand_odd_files():
    """A thousand odd files of a diff are listed, and the last defect says there are more."""
    message = read_message(HEAD + b"Subject: [PATCH] walk\n\n" + b"diff --cc x\n" * 20_000)
    odd = [defect for defect in message.defects if defect.code == "diff-unsupported"]
    assert len(odd) == MAX_DEFECTS + 1
    assert f"more than {MAX_DEFECTS} files" in odd[-1].text
    assert all(change.damaged for change in message.diffstat.files)


def test_uuencoded_lines_that_stand_for_more_than_they_hold():
    """A line `_` means 63 NULs: data longer than its source is damaged, and is cut."""
    found = []
    data = decode_transfer(
        b"begin 644 x\n" + b"_\n" * 500_000, "uuencode", lambda code, words: found.append(code)
    )
    assert found == ["mime-encoding-broken"]
    assert len(data) < 1_100_000


def test_a_phrase_that_names_all_numbers():
    """If a tag names ten thousand patch numbers, a thousand count."""
    text = "Acked-by: Ida <ida@wood.example> # for patches 1-9999\n"
    (trailer,) = parse_reply_trailers(Message(kind="reply", sender=ADA, body=text))
    assert trailer.numbers == tuple(range(1, MAX_NUMBERS + 1))


def test_patterns_that_make_a_million_places():
    """The error names the line of MAINTAINERS at which the patterns become too large."""
    text = "Walks\n" + "N: (a{99}){19}\n" * 1_000
    number = MAX_ALL_PLACES // (99 * 19) + 2
    with pytest.raises(UsageError, match=f"more than {MAX_ALL_PLACES} states") as caught:
        parse_maintainers(text)
    assert f":{number}" in str(caught.value)


def test_a_pattern_longer_than_a_path():
    """A pattern longer than any path is refused."""
    with pytest.raises(UsageError, match="more than 4096 characters"):
        parse_maintainers(f"Walks\nF: {'a' * 5_000}\n")


def read_long_headers(number):
    """Read and review a mail of long headers, which differ for each number."""
    words = " ".join(f"{number}w{place}" for place in range(10_000))
    raw = (
        f"From: {words} <{number}@wood.example>\n"
        f"To: {','.join(f'{number}@{place}' for place in range(400))}\n"
        f"Content-Type: text/plain{''.join(f';a{place}={number}' for place in range(8_000))}\n"
        f"Subject: [PATCH {words[:190]}] {words}\n\n"
        f"Acked-by: {words[:900]} <b@wood.example>\n---\n{DIFF.replace('a/x', f'a/{words}')}"
    )
    message = read_message(raw.encode())
    review_all(group_series([message]), [message])


def test_caches_keep_little_of_long_headers():
    """After eight mails of long headers the caches hold at most a twentieth of their text."""
    clear_caches()
    for number in range(8):
        read_long_headers(number)
    assert 0 < count_characters(find_caches()) < 100_000


@pytest.mark.worst
def test_what_is_kept_between_mails_stays_small():
    """After eight mails of long headers at most a tenth of their size stays in memory."""
    read_long_headers(0)
    tracemalloc.start()
    for number in range(1, 9):
        read_long_headers(number)
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 500_000


@pytest.mark.worst
@pytest.mark.parametrize("hard", MAILS)
def test_a_mail_of_a_megabyte_takes_some_tens_of_megabytes(hard):
    """Reading a mail of 1 MB needs at most fifty times as much memory, whatever is in it."""
    raw = MAILS[hard](1_000_000)
    tracemalloc.start()
    read_all(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
