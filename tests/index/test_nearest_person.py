"""Somebody whom no mail has: who may have been meant."""

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.errors import UsageError
from kvminbox.index.no_match import list_person_terms
from tests.mails import write_mail

ADA, BEN = "Ada Pfeiffer <ada.pfeiffer@silicon.example>", "Ben Okafor <ben@cloud.example>"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """An index of mails by two people, of which one went to a third."""
    folder = tmp_path_factory.mktemp("people")
    writer = MailWriter(folder / "a.git")
    for number, sender in enumerate((ADA, BEN, ADA)):
        mail = write_mail(
            f"Mail {number}", "Words.\n", "To: Ewa Lis <ewa@kvm.example>", sender=sender,
            ids=[f"{number}@x"],
        )  # fmt: skip
        writer.add(mail, 1_700_000_000 + number)
    with Index.open(folder / "a.sqlite", create=True) as index:
        index.update(Inbox.open(folder / "a.git"))
    return str(folder / "a.sqlite")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("ada.pfeifer@silicon.example", "ada.pfeiffer@silicon.example"),
        ("ada.pfeiffer@silicon.exmaple", "ada.pfeiffer@silicon.example"),
        ("Pfeiffer Ada", "Ada Pfeiffer"),
        ("Ewa Liss", "Ewa Lis"),
        ("ewa", "Ewa Lis"),
        ("ADA.PFEIFFER@silicon.example", None),
        ("Ben Okafor", None),
        ("zoe@nowhere.example", None),
        ("", None),
    ],
)
def test_the_nearest_person_is_one_of_the_mails(file, given, meant):
    """Who is misspelt is named as the mails do; nobody is where somebody has it, or nobody near."""
    with Index.open(file) as index:
        assert index.nearest_person(given) == meant


def test_what_is_no_text_is_refused(file):
    """A person is given as a text."""
    with Index.open(file) as index, pytest.raises(UsageError, match="expected a person"):
        index.nearest_person(None)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("f:ewa@kvm.exampel", "f:ewa@kvm.exampel: no mail has it; did you mean ewa@kvm.example?"),
        ('s:mail (t:"ewa liss" OR f:zoe)', 't:"ewa liss": no mail has it; did you mean Ewa Lis?'),
        ('s:mail (t:"ewa liss" OR f:zoe)', "f:zoe: no mail has it; check the spelling"),
        ("f:ada s:nothing", None),
        ("s:nothing", None),
        ("f:zo* s:nothing", None),
        ("s:nothing -f:zoe", None),
    ],
)
def test_a_search_says_whom_no_mail_has(file, query, told, capsys):
    """A search that finds nothing names the people who are nowhere, and who may be meant."""
    assert main(["search", file, query]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    first, *more = said.err.splitlines()
    assert first == "kvminbox: no mail matches"
    assert f"kvminbox: {told}" in more if told else not more


def test_the_terms_of_a_query_that_name_people():
    """Each once, whole, and no word of another prefix or of a phrase."""
    assert list_person_terms('f:a@x f:a@x xf:b "f:c d" NOT a:"e f" s:f') == ["f:a@x", 'a:"e f"']
