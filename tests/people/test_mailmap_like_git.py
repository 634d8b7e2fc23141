"""Mailmaps beside git itself: the same answer to the same question."""

import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import Address, Inbox
from kvminbox.errors import UsageError
from kvminbox.people import parse_mailmap

NAMES = ["Ada", "ada", "ADA Lee", "Ünal", "ünal", "a  b", ""]
EMAILS = ["a@x.example", "A@X.example", "b@x.example", "é@x.example", "É@x.example", "c", " a@x"]
ASKED = [(name, email) for name in NAMES for email in EMAILS]

blanks = st.sampled_from(["", " ", "\t ", "\r"])
names = st.builds("{}{}{}".format, blanks, st.sampled_from([*NAMES, "# Ada", "#"]), blanks)
emails = st.builds("<{}>".format, st.sampled_from([*EMAILS, ""]))
junk = st.sampled_from(["", "", " ", "x", "<", ">", "<q@x.example>", " # said Ben"])
lines = st.builds("".join, st.tuples(names, emails, names, emails, junk)) | st.builds(
    "".join, st.tuples(names, emails | junk, junk)
)


class Git:
    """`git check-mailmap` in a repository of its own, deaf to the machine's configuration."""

    def __init__(self, folder):
        self.folder = folder
        self.env = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        self.run("init", "-q", "--bare", ".")

    def run(self, *words, text=""):
        """Return what git prints for a text."""
        command = ["git", *words]
        result = subprocess.run(
            command, cwd=self.folder, env=self.env, input=text.encode(), capture_output=True,
            check=True,
        )  # fmt: skip
        return result.stdout.decode()

    def map(self, text, asked):
        """Return what a mailmap makes of each of some people."""
        (self.folder / "map").write_text(text, encoding="utf-8", newline="")
        people = "".join(f"{write(*one)}\n" for one in asked)
        words = ("-c", "mailmap.file=map", "check-mailmap", "--stdin")
        return self.run(*words, text=people).split("\n")[:-1]


@pytest.fixture(scope="module")
def git(tmp_path_factory):
    return Git(tmp_path_factory.mktemp("mailmap"))


def write(name, email):
    return f"{name} <{email}>" if name else f"<{email}>"


def map_ours(mailmap, asked):
    mapped = [mailmap.map(Address(name=name, email=email)) for name, email in asked]
    return [write(one.name, one.email) for one in mapped]


def is_sound(line):
    try:
        parse_mailmap(line)
    except UsageError:
        return False
    return True


@pytest.mark.slow
@settings(max_examples=150)
@given(st.lists(lines, min_size=1, max_size=12))
def test_generated_mailmaps_say_what_git_reads(git, written):
    """Any mailmap gives git's answers; a line that is an error here says nothing to git."""
    ours = parse_mailmap("\n".join(filter(is_sound, written)))
    assert map_ours(ours, ASKED) == git.map("\n".join(written), ASKED)


@pytest.mark.real
@pytest.mark.interop
def test_people_of_the_real_archive_are_mapped_as_git_does(git, real_inbox_path):
    """Everybody who wrote to the archive gets git's answer from a map of half of them."""
    messages = Inbox.open(real_inbox_path).between(None).messages()
    found = {(message.sender.name, message.sender.email) for message in messages}
    asked = sorted(one for one in found if is_plain(*one))
    assert len(asked) > 400
    text = "".join(make_line(number, *one) for number, one in enumerate(asked[::2]))
    ours = map_ours(parse_mailmap(text), asked)
    assert ours == git.map(text, asked)
    assert sum(now != write(*one) for now, one in zip(ours, asked, strict=True)) > 200


def is_plain(name, email):
    """Whether git's own input can express it: no brackets, and no blank twice or at an end."""
    return bool(email) and not set("<>\n") & set(name + email) and name == " ".join(name.split())


def make_line(number, name, email):
    mapped = f"Person {number} <person{number}@wood.example>"
    old_name = f"{name.upper()} " if number % 3 == 0 and name.isascii() else ""
    return f"{mapped} {old_name}<{email.swapcase() if email.isascii() else email}>\n"
