"""Mailmaps: the four forms of a line, what wins, and what is malformed."""

import pytest

from kvminbox import Address
from kvminbox.errors import UsageError
from kvminbox.people import Mailmap, parse_mailmap, read_mailmap

WRITTEN = Address(name="ada", email="ada@old.example", written="ada <ada@old.example>")


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Ada Pfeiffer <ada@old.example>", "Ada Pfeiffer", "ada@old.example"),
        ("<ada@new.example> <ada@old.example>", "ada", "ada@new.example"),
        ("Ada Pfeiffer <ada@new.example> <ada@old.example>", "Ada Pfeiffer", "ada@new.example"),
        ("Ada <ada@new.example> ada <ada@old.example>", "Ada", "ada@new.example"),
        ("Ada <ada@new.example> Eve <ada@old.example>", "ada", "ada@old.example"),
        ("  Ada\t<ada@old.example>\r", "Ada", "ada@old.example"),
        ("Ada <ada@old.example> # since May", "Ada", "ada@old.example"),
        ("Ada <eve@old.example>", "ada", "ada@old.example"),
    ],
)
def test_each_form_of_a_line(line, name, email):
    """A line maps name, address or both, by the address or by name and address."""
    mapped = parse_mailmap(line).map(WRITTEN)
    assert (mapped.name, mapped.email, mapped.written) == (name, email, WRITTEN.written)


def test_letter_case_does_not_count_but_only_in_ascii():
    """Names and addresses are found in any case of ASCII letters, and of no others, as in git."""
    mailmap = parse_mailmap("Ünal <u@wood.example> ÜNAL <U@WOOD.example>")
    assert mailmap.find("Ünal", "u@wood.EXAMPLE")
    assert mailmap.find("ünal", "u@wood.example") is None


def test_the_later_line_wins_and_keeps_what_it_does_not_say():
    """A second line for an address replaces what it names, and leaves the rest of the first."""
    mailmap = parse_mailmap(
        "Ada <one@new.example> <ada@old.example>\n"
        "Ada Pfeiffer <ada@old.example>\n"
        "<two@new.example> <ADA@old.example>\n"
    )
    mapped = mailmap.map(WRITTEN)
    assert (mapped.name, mapped.email) == ("Ada Pfeiffer", "two@new.example")
    assert mailmap.find("", "ada@old.example").line == 3


def test_a_line_for_a_name_goes_before_one_for_the_address():
    """One address of two people is told apart by the name, in whatever order the lines stand."""
    mailmap = parse_mailmap(
        "Ada <ada@new.example> ada <desk@old.example>\nThe Desk <desk@old.example>\n"
    )
    assert mailmap.map(Address(name="ADA", email="desk@old.example")).name == "Ada"
    assert mailmap.map(Address(name="Ben", email="desk@old.example")).name == "The Desk"


def test_comments_and_blank_lines_say_nothing():
    """Lines that begin with # and blank ones are left out, and numbers go on counting them."""
    mailmap = parse_mailmap("# people\n\n   \n # <x\nAda <ada@old.example>\n")
    assert [entry.line for entry in mailmap.entries] == [5]


@pytest.mark.parametrize(
    "line", ["Ada Pfeiffer", "Ada ada@old.example", "Ada <>", "Ada <ada@old.example", "> <"]
)
def test_a_malformed_line_is_named(line):
    """A line without an address in <> is an error with file, line, what is there and is wanted."""
    with pytest.raises(UsageError) as caught:
        parse_mailmap(f"# a\n{line}\n", source="my.mailmap")
    message = str(caught.value)
    assert message.startswith("my.mailmap:2: found ")
    assert repr(line) in message
    assert "expected 'Name <email>'" in message


def test_an_error_is_one_safe_line():
    """Escape sequences of a malformed file do not reach who reads the error."""
    with pytest.raises(UsageError) as caught:
        parse_mailmap("\x1b[2J\u202e" + "x" * 5000)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_mailmap_is_read_from_a_file(tmp_path):
    """A file gives what its text gives, and is named as its path."""
    path = tmp_path / "map"
    path.write_text("\ufeffJosé <jose@wood.example>\n", encoding="utf-8")
    mailmap = read_mailmap(path)
    assert mailmap.source == str(path)
    assert mailmap.entries[0].name == "José"


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path):
    """Bytes of another charset are an error that says where they stand."""
    path = tmp_path / "map"
    path.write_bytes(b"# one\nJos\xe9 <jose@wood.example>\n")
    with pytest.raises(UsageError, match=r"map:2: found the byte 0xe9; expected text in UTF-8"):
        read_mailmap(path)


@pytest.mark.parametrize("name", ["absent", "", "nul\0"])
def test_a_file_that_is_not_there_is_named(tmp_path, name):
    """A path that can't be read is our error."""
    with pytest.raises(UsageError, match="can't be read"):
        read_mailmap(f"{tmp_path}/{name}")


def test_a_mailmap_is_a_value():
    """A mailmap that was asked is still equal to one that was not, and comes back from JSON."""
    mailmap = parse_mailmap("Ada <ada@old.example>")
    assert mailmap.find("", "ada@old.example")
    assert mailmap == parse_mailmap("Ada <ada@old.example>")
    assert hash(mailmap) == hash(parse_mailmap("Ada <ada@old.example>"))
    assert Mailmap.model_validate_json(mailmap.model_dump_json()) == mailmap
