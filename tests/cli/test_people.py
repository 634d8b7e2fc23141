"""Who is suggested for a person that nothing has."""

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.models import Address
from kvminbox.people.nearest import Seen
from tests.mails import write_mail

DIFF = "Why.\n\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-old\n+new\n"
ADA = "Ada Quist <ada@plum.example>"
BEN = "Ben Quist <bquist@plum.example>"
EVE = "Eve Larsson <eve.larsson@plum.example>"
FILE = f"PLUMS\nM: {ADA}\nR: {EVE}\nF: a\n"


def known(*written):
    """Return people as they are written; each is a name and an address."""
    people = Seen()
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
        ("adaq@plum.example", "ada.q@plum.example", "ada.q@plum.example"),
        ("ida.w@plum.example", "", ""),
        ("ada.q@fig.example", "", ""),
        ("adaq", "ada.q@plum.example", "ada.q@plum.example"),
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


def test_an_address_is_like_another_in_each_of_its_parts():
    """Of people of one host the one whose own part is alike is suggested, and nobody else."""
    people = known(*(("", f"{name}@long.plum.example") for name in ("jikos", "kristine", "ewas")))
    assert people.suggest("kees@long.plum.example", addresses=True) == ""
    assert people.suggest("kristin@long.plum.example") == "kristine@long.plum.example"
    assert people.suggest("kristin@lonk.plum.example") == "kristine@long.plum.example"


def test_of_many_people_three_are_named():
    """Of five people of one name three are named, and the others counted."""
    people = known(*((f"{letter} Quist", f"{letter}@plum.example") for letter in "ABCDE"))
    assert people.suggest("quist") == "A Quist or B Quist or C Quist, or 2 more"


def test_a_name_is_one_that_its_owner_writes():
    """A wrong name that some Cc lines give an address leads nobody to it."""
    people = known(
        *[("Ben Quist", "b@plum.example")] * 3, ("Ada Quist", "b@plum.example"),
        ("Eve", "eve@plum.example"), *[("Ada Larsson", "eve@plum.example")] * 2,
    )  # fmt: skip
    assert people.suggest("ada", addresses=True) == "eve@plum.example (Ada Larsson)"
    people.learn_names(Address(name="Eve", email="EVE@plum.example"))
    assert people.suggest("ada", addresses=True) == ""
    assert people.suggest("eve", addresses=True) == "eve@plum.example (Eve)"
    assert people.suggest("ben", addresses=True) == "b@plum.example (Ben Quist)"
    assert not people.has("b@fig.example")


@pytest.fixture
def archive(tmp_path):
    """An archive of two series by people of one name, sent to a third, and a MAINTAINERS file."""
    writer = MailWriter(tmp_path / "a.git")
    for number, sender in enumerate((ADA, BEN)):
        mail = write_mail(
            f"[PATCH] Change {number}",
            DIFF,
            f"To: {EVE}, list@plum.example",
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
        ("--author eve", 0, "eve: no series has it; check the spelling"),
        ("--author bquist", 0, "did you mean bquist@plum.example?"),
        ("--author bquist@plum.example", 0, ""),
        (
            "--for eve", 2,
            "--for needs an address; did you mean eve.larsson@plum.example (Eve Larsson)?",
        ),
        ("--for quist", 2, "--for needs an address; write one, such as"),
        ("--for quist --maintainers {}", 2, "did you mean ada@plum.example (Ada Quist)?"),
        (
            "--for eve.larson@plum.example --maintainers {}", 2,
            "no section of the file has it; did you mean eve.larsson@plum.example?",
        ),
        ("--for eve@fig.example --maintainers {}", 2, "no section of the file has it; check the"),
        (
            "--for eve@fig.example --for eve.larsson@plum.example --maintainers {}", 0,
            "eve@fig.example: no section of the file has it; check the spelling",
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


@pytest.fixture
def index(archive):
    """An index of that archive and of a reply that Eve sent, later, to another list."""
    writer = MailWriter(archive / "b.git")
    for number in range(2):
        ids = [f"{number}@fig.example", "1@plum.example"]
        reply = write_mail("Re: [PATCH] Change 1", "Fine.\n", ids=ids, sender=EVE)
        writer.add(reply, 1_700_000_000 + number)
    with Index.open(archive / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive / "a.git"), name="plums")
        index.update(Inbox.open(archive / "b.git"), name="figs")
    return archive / "x.sqlite"


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (
            "--author eve.larsson@plum.example", 0,
            "sent 2 mails in all, but no series in this period",
        ),
        (
            "--inbox figs --author bquist@plum.example", 0,
            "sent 1 mail in all, but no series to figs",
        ),
        (
            "--inbox figs --for ADA@plum.example", 0,
            "sent 1 mail in all, but got no series of figs",
        ),
        ("--inbox figs --for eve.larsson@plum.example", 0, "sent 2 mails in all"),
        ("--inbox figs --for list@plum.example", 0, "got no series of figs in this period"),
        ("--inbox figs --author larsson", 1, "no series has it; did you mean Eve Larsson?"),
        ("--author eve", 1, "no series has it; did you mean Eve Larsson?"),
        ('--author "', 1, '": no series has it; check the spelling'),
        ("--for list@plum.exampel", 1, "no series has it; did you mean list@plum.example?"),
        ("--author eve --author bquist@plum.example", 0, "eve: no series has it"),
        ("--for x@y.example --for list@plum.example", 0, "x@y.example: no series has it"),
        ("--author eve --for list@plum.example", 1, "eve: no series has it"),
        ("--inbox figs --path a", 0, "a: no series touches it"),
        ("--path b/c", 1, "b/c: no series touches it"),
        ("--path b/c*", 0, "b/c*: no series touches it"),
        ("--path /", 0, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["waiting", "board"])
def test_who_is_known_is_not_told_to_check_the_spelling(
    index, capsys, command, options, code, told
):
    """Who or what is nowhere in the index is misspelt: no report, exit status 1; others are not."""
    for more in ([], ["--json"]) if command == "waiting" else ([], ["--format", "page"]):
        assert main([command, str(index), "..HEAD", *options.split(), *more]) == code
        printed = capsys.readouterr()
        assert told in printed.err
        assert bool(printed.out) == (code == 0)


def test_a_report_does_not_doubt_a_name(archive, capsys):
    """What is printed says that there is no series, and leaves the spelling to standard error."""
    assert main(["waiting", f"{archive}/a.git", "--author", "zzz"]) == 0
    printed = capsys.readouterr()
    assert "There is no series by zzz in this period.\n" in printed.out
    assert printed.err == "kvminbox: zzz: no series has it; check the spelling\n"
