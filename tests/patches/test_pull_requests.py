"""What a pull request asks to pull, in the words of each git."""

import socket
import subprocess

import pytest

from kvminbox import group_series
from kvminbox.patches.pull import find_pull

BASE = "0123456789abcdef0123456789abcdef01234567"
TIP = "89abcdef0123456789abcdef0123456789abcdef"
NEW = """\
The following changes since commit {base}:

  Light one lamp (2023-09-01 12:00:00 +0200)

are available in the Git repository at:

  {place}

for you to fetch changes up to {tip}:

  Light all lamps (2023-09-02 12:00:00 +0200)
"""
WRAPPED = """\
The following changes since commit
{base}:
  Lena Lamp (1):
        Light one lamp

are available in the git
repository at:

  {place}
"""
OLD = """\
The following changes since commit {base}:
  Lena Lamp (1):
        Light one lamp

are available in the git repository at:

  {place}
"""
OLDEST = """\
The following changes since commit {base}:
  Lena Lamp (1):
        Light one lamp are available in the git repository at:

  {place}
"""


HALL = "https://lamp.example/hall.git"
PLACES = {
    "a tag": (f"{HALL} tags/lamps-1", HALL, "tags/lamps-1"),
    "http": ("http://lamp.example/hall.git lamps", "http://lamp.example/hall.git", "lamps"),
    "git+ssh": ("git+ssh://lamp.example/hall lamps", "git+ssh://lamp.example/hall", "lamps"),
    "ssh": ("ssh://lamp.example/hall lamps", "ssh://lamp.example/hall", "lamps"),
    "scp": ("git@lamp.example:hall.git   lamps", "git@lamp.example:hall.git", "lamps"),
    "a tag in the next line": (f"{HALL}\n  tags/lamps-1", HALL, "tags/lamps-1"),
    "a blank behind the URL": (f"{HALL} ", HALL, None),
    "a URL alone": (HALL, HALL, None),
}


@pytest.mark.parametrize("wording", [NEW, WRAPPED, OLD], ids=["new", "wrapped", "old"])
@pytest.mark.parametrize(("place", "repository", "ref"), PLACES.values(), ids=PLACES)
def test_place_and_ref(wording, place, repository, ref):
    """URL and ref are found in each wording, wrapped or not, and kept as written."""
    pull = find_pull(wording.format(base=BASE, tip=TIP, place=place))
    assert (pull.repository, pull.ref, pull.base) == (repository, ref, BASE)
    assert pull.tip == (TIP if wording is NEW else None)


def test_the_sentence_went_on_in_one_line():
    """Before git 1.7 the words followed the shortlog's last title in its line."""
    pull = find_pull(OLDEST.format(base=BASE, place="git://lamp.example/hall.git lamps"))
    assert (pull.repository, pull.base) == ("git://lamp.example/hall.git", BASE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The lamp is available in the hall.",
        "".join(f"> {line}\n" for line in NEW.format(base=BASE, tip=TIP, place="x y").split("\n")),
        "these patches are available in a repository of mine",
    ],
)
def test_no_pull_request(text):
    """Quoted or other words are not a pull request."""
    assert find_pull(text) is None


def test_the_model_has_what_the_words_say(read):
    """A pull request's model carries URL, ref, base and tip."""
    body = NEW.format(base=BASE, tip=TIP, place="https://lamp.example/hall.git tags/lamps-1")
    message = read("[GIT PULL] lamps", body)
    assert (message.repository, message.ref) == ("https://lamp.example/hall.git", "tags/lamps-1")
    assert (message.pull_base, message.pull_tip) == (BASE, TIP)


def test_with_a_diff_below_it(read, diff):
    """A pull request with its diff keeps the files, and is a pull request, not a series."""
    body = NEW.format(base=BASE, tip=TIP, place="https://lamp.example/hall.git lamps")
    message = read("[GIT PULL] lamps", f"{body}\n{diff}")
    assert message.kind == "pull_request"
    assert [change.path for change in message.diffstat.files] == ["lamp.c"]
    assert group_series([message]) == []


@pytest.mark.parametrize("place", [place for place, *_ in PLACES.values()], ids=PLACES)
def test_nothing_is_fetched(read, monkeypatch, place):
    """Reading a pull request opens no connection, starts no program and resolves no name."""
    for room, name in ((socket, "socket"), (socket, "getaddrinfo"), (subprocess, "Popen")):
        monkeypatch.setattr(room, name, None)
    message = read("[GIT PULL] lamps", NEW.format(base=BASE, tip=TIP, place=place))
    assert message.kind == "pull_request"
    assert place.startswith(message.repository)
    assert message.model_dump_json()


RESOLUTION = "Please pull!\n\n  git://git.lamp.example/lamps.git tags/for-5.6\n\nIt conflicts:\n\n"


@pytest.mark.parametrize("mark", ["[GIT PULL]", "[GIT PULL v2]", "[PULL RESEND]", "[GIT PULL RFC]"])
def test_a_pull_request_with_a_diff(read, diff, mark):
    """A diff in a mail that is marked as a pull resolves a conflict, and submits nothing."""
    message = read(f"{mark} lamp changes", RESOLUTION + diff)
    assert message.kind == "pull_request"
    assert message.diffstat.insertions == 1


@pytest.mark.parametrize(
    "subject", ["[GIT PULL 3/9] light it", "[GIT PULL][PATCH v2] light it", "[PATCH PULL] light it"]
)
def test_a_patch_of_a_pull_request(read, diff, subject):
    """A patch of a series that asks for a pull is a patch."""
    assert read(subject, RESOLUTION + diff).kind == "patch"


def test_a_formatted_patch_marked_as_a_pull(read, formatted):
    """What git format-patch made is no pull request, whatever its mark; unless it says so."""
    assert read("[PULL] light it", formatted).kind == "patch"
    assert read("Re: [GIT PULL] light it", formatted).kind == "reply_with_patch"
