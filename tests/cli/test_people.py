"""Who is suggested for a person that nothing has."""

import pytest

from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.cli.people import People
from kvminbox.models import Address
from tests.mails import write_mail

DIFF = "Why.\n\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-old\n+new\n"
ADA = "Ada Quist <ada@plum.example>"
BEN = "Ben Quist <bquist@plum.example>"
EVE = "Eve Larsson <eve.larsson@plum.example>"
FILE = f"PLUMS\nM: {ADA}\nR: {EVE}\nF: a\n"


def known(*written):
    """Return people as they are written; each is a name and an address."""
    people = People()
    people.add(*(Address(name=name, email=email) for name, email in written))
    return people


@pytest.mark.parametrize(
    ("asked", "names", "addresses"),
    [
        ("quist", "Ben Quist or Ada Quist", "b@plum.example (Ben Quist) or ada.q@plum.example"),
        ("ADA", "Ada Quist", "ada.q@plum.example (Ada Quist)"),
        ("ada.q", "ada.q@plum.example", "ada.q@plum.example (Ada Quist)"),
        ("Quist, Ada", "Ada Quist", "ada.q@plum.example (Ada Quist)"),
        ("ada.q@plum.exmaple", "ada.q@plum.example", "ada.q@plum.example"),
        ("Adda Quist", "Ada Quist", ""),
        ("is", "", ""),
        ("", "", ""),
        ("@", "", ""),
        ("plum", "", ""),
    ],
)
def test_a_part_of_a_name_names_all_who_have_it(asked, names, addresses):
    """Whole words of a name or address are looked for, the frequent first, else what is alike."""
    people = known(
        ("Ada Quist", "ada.q@plum.example"),
        ("", "ada.q@plum.example"),
        ("Ben Quist", "b@plum.example"),
        ("Ben Quist", "b@plum.example"),
    )
    assert people.suggest(asked) == names
    assert people.suggest(asked, addresses=True).startswith(addresses)
    assert bool(people.suggest(asked, addresses=True)) == bool(addresses)


def test_of_many_people_three_are_named():
    """Of five people of one name three are named, and the others counted."""
    people = known(*((f"{letter} Quist", f"{letter}@plum.example") for letter in "ABCDE"))
    assert people.suggest("quist") == "A Quist or B Quist or C Quist, or 2 more"


@pytest.fixture
def archive(tmp_path):
    """An archive of two series by people of one name, sent to a third, and a MAINTAINERS file."""
    writer = MailWriter(tmp_path / "a.git")
    for number, sender in enumerate((ADA, BEN)):
        mail = write_mail(
            f"[PATCH] Change {number}",
            DIFF,
            f"To: {EVE}",
            ids=[f"{number}@plum.example"],
            sender=sender,
        )
        writer.add(mail, 1_600_000_000 + number)
    (tmp_path / "MAINTAINERS").write_text(FILE)
    return tmp_path


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ("--author QUIST", 0, "QUIST: no series has it; did you mean Ada Quist or Ben Quist?"),
        ("--author eve", 0, ""),
        ("--author bquist", 0, "did you mean bquist@plum.example?"),
        ("--author bquist@plum.example", 0, ""),
        (
            "--for eve", 2,
            "--for needs an address; did you mean eve.larsson@plum.example (Eve Larsson)?",
        ),
        ("--for quist", 2, "--for needs an address; write one, such as"),
        ("--for quist --maintainers {}", 2, "did you mean ada@plum.example (Ada Quist)?"),
        (
            "--for eve.larson@plum.example --maintainers {}", 0,
            "no section of the file has it; did you mean eve.larsson@plum.example?",
        ),
        ("--for eve.larsson@plum.example --maintainers {}", 0, ""),
    ],
)  # fmt: skip
def test_people_are_suggested_who_would_be_found(archive, capsys, options, code, told):
    """Authors are suggested for --author, and recipients, or the file's people, for --for."""
    words = options.replace("{}", f"{archive}/MAINTAINERS").split()
    assert main(["waiting", f"{archive}/a.git", *words]) == code
    said = capsys.readouterr().err
    assert told in said
    assert told or not said
