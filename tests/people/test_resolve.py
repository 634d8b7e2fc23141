"""The resolver: which map speaks, and what it says about why."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kvminbox import Address, Message, read_message
from kvminbox.people import People, Person, parse_aliases, parse_employers, parse_mailmap

PATCH = "A fix.\n\n---\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n"
EMPLOYERS = parse_employers(
    "silicon.example Silicon < 2022-01-01\n"
    "silicon.example Cloud\n"
    "home.example (Unknown)\n"
    "ada@home.example University < 2020-01-01\n"
)


@pytest.fixture
def people():
    return People(
        mailmap=parse_mailmap(
            "Ada Pfeiffer <ada@home.example> <ada@silicon.example>\nBen <ben@old.example>"
        ),
        aliases=parse_aliases("ben@old.example ben@silicon.example"),
        employers=EMPLOYERS,
    )


def address(email, name=""):
    return Address(name=name, email=email, written=f"{name} <{email}>")


def test_without_maps_somebody_is_what_is_written():
    """A resolver that was given nothing changes nothing, and says that no map tells."""
    person = People().resolve(address("Ada@home.example", "Ada"), date(2021, 1, 1))
    assert (person.name, person.email, person.employer) == ("Ada", "Ada@home.example", None)
    assert person.evidence == ("no map has an employer for Ada@home.example",)


def test_who_wrote_from_a_firm_worked_there(people):
    """The domain that was written from counts, not the one that the mailmap puts in its place."""
    person = people.resolve(address("ada@silicon.example", "ada"), date(2021, 5, 1))
    assert (person.name, person.email) == ("Ada Pfeiffer", "ada@home.example")
    assert person.employer == "Silicon"
    assert person.written.email == "ada@silicon.example"
    assert person.evidence == (
        ".mailmap:1 writes Ada Pfeiffer <ada@home.example>",
        "domain-map:1 gives silicon.example to Silicon before 2022-01-01",
    )


def test_a_line_for_the_person_goes_before_one_for_a_domain(people):
    """A whole address, even one that the mailmap gave, is surer than the domain written from."""
    person = people.resolve(address("ada@silicon.example"), date(2019, 5, 1))
    assert person.employer == "University"
    assert person.evidence[-1] == (
        "domain-map:4 gives ada@home.example to University before 2020-01-01"
    )


def test_of_two_addresses_the_written_one_goes_first():
    """Where the map has a line for both addresses of somebody, the one in the mail counts."""
    people = People(
        mailmap=parse_mailmap("<ada@new.example> <ada@old.example>"),
        employers=parse_employers("ada@new.example New\nada@old.example Old"),
    )
    assert people.resolve(address("ada@old.example")).employer == "Old"
    assert people.resolve(address("ada@new.example")).employer == "New"


def test_an_alias_follows_the_mailmap(people):
    """The aliases are asked with what the mailmap gave; both stand in the evidence."""
    person = people.resolve(address("BEN@old.example"), date(2023, 1, 1))
    assert (person.name, person.email, person.employer) == ("Ben", "ben@silicon.example", "Cloud")
    assert person.evidence == (
        ".mailmap:2 writes Ben <BEN@old.example>",
        "aliases:1 counts it as ben@silicon.example",
        "domain-map:2 gives silicon.example to Cloud",
    )


def test_a_map_can_say_that_nobody_knows(people):
    """The employer (Unknown) of gitdm is no employer, and the line that says so is named."""
    person = people.resolve(address("eve@home.example"))
    assert person.employer is None
    assert person.evidence == ("domain-map:3 gives home.example to (Unknown)",)


def test_without_a_day_no_employer_is_guessed(people):
    """Where the employer changed and the day is not known, there is none, and it says why."""
    person = people.resolve(address("eve@silicon.example"))
    assert person.employer is None
    assert person.evidence == ("no map has an employer for eve@silicon.example without a day",)


def test_a_moment_counts_by_its_own_day(people):
    """The day is that of the sender's own clock, as gitdm takes it."""
    late = datetime(2021, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert people.resolve(address("eve@silicon.example"), late).employer == "Silicon"
    assert people.resolve(address("eve@silicon.example"), late.astimezone(UTC)).employer == "Cloud"


def test_programs_are_told_apart(people):
    """A known program's address has no employer, whatever its domain."""
    bot = people.resolve(address("syzbot+12ab@silicon.example", "syzbot"), date(2021, 1, 1))
    assert bot.is_bot
    assert bot.employer is None
    assert bot.evidence == ("syzbot+12ab@silicon.example is a known bot's address",)
    assert not people.resolve(address("abbot@silicon.example"), date(2021, 1, 1)).is_bot


def test_bots_are_those_whose_mails_are_bots(make_mail):
    """A sender is a program for the resolver where its mail is of the kind bot."""
    senders = [
        "lkp@x.example",
        "tip-bot2@x.example",
        "ada@x.example",
        "noreply@x.example",
        "bot@x.e",
    ]
    for sender in senders:
        message = read_message(make_mail("Hello.\n", From=sender))
        assert People().resolve_sender(message).is_bot == (message.kind == "bot")


def test_author_and_sender_of_a_patch_are_two(people, make_mail):
    """An in-body From names the author; the sender stays who sent it."""
    body = "From: Eve <eve@silicon.example>\n\n" + PATCH
    message = read_message(make_mail(body, Subject="[PATCH] fix", From="Ada <ada@home.example>"))
    author, sender = people.resolve_author(message), people.resolve_sender(message)
    assert (author.email, author.employer) == ("eve@silicon.example", "Cloud")
    assert author.evidence[0] == "the in-body From names the author"
    assert (sender.email, sender.employer) == ("ada@home.example", None)


REWRITTEN = {"From": "Ada Lee via kvm <kvm@lists.example>", "List_Id": "<kvm.lists.example>"}


def test_x_original_from_repairs_a_rewritten_from(people, make_mail):
    """A From that the list wrote is repaired by X-Original-From, for author and sender."""
    mail = make_mail(
        PATCH, Subject="[PATCH] fix", X_Original_From="Ada Lee <ada@silicon.example>", **REWRITTEN
    )
    for person in (
        people.resolve_author(read_message(mail)),
        people.resolve_sender(read_message(mail)),
    ):
        assert (person.email, person.employer) == ("ada@home.example", "Cloud")
        assert (
            person.evidence[0] == "X-Original-From names the person that the list replaced in From"
        )


def test_reply_to_repairs_a_rewritten_from(people, make_mail):
    """Likewise Reply-To, where it has the name that the list left in From."""
    mail = make_mail(
        PATCH, Subject="[PATCH] fix", Reply_To="Ada Lee <ada@silicon.example>", **REWRITTEN
    )
    sender = people.resolve_sender(read_message(mail))
    assert sender.email == "ada@home.example"
    assert sender.evidence[0] == "Reply-To names the person that the list replaced in From"


def test_cc_repairs_the_rewritten_from_of_a_reply(people, make_mail):
    """A mail that is no patch is repaired by somebody of the same name in To or Cc."""
    mail = make_mail("Fine.\n", Subject="Re: x", Cc="ada lee <ada@silicon.example>", **REWRITTEN)
    sender = people.resolve_sender(read_message(mail))
    assert sender.email == "ada@home.example"
    assert sender.evidence[0] == "To or Cc names the person that the list replaced in From"


def test_a_rewritten_from_that_nothing_repairs_says_so(people, make_mail):
    """The list's address gives no employer; the name without `via` is kept."""
    employers = parse_employers("lists.example The List")
    message = read_message(make_mail("Fine.\n", Subject="Re: x", **REWRITTEN))
    sender = People(employers=employers).resolve_sender(message)
    assert (sender.name, sender.email, sender.employer) == ("Ada Lee", "", None)
    assert sender.evidence == ("From is the list's own address, and nothing gives the person's",)


def test_via_in_a_name_alone_is_no_rewritten_from(people, make_mail):
    """Somebody may call himself `via`: only the list's own address makes it a list's From."""
    mail = make_mail(
        "Fine.\n", Subject="Re: x", From="Ada via Bus <ada@silicon.example>",
        List_Id="<kvm.lists.example>",
    )  # fmt: skip
    assert people.resolve_sender(read_message(mail)).evidence[0].startswith(".mailmap:1")


def test_a_mail_of_no_day_is_taken_by_its_arrival(people):
    """A mail without a Date and without an archive's entry has no day."""
    message = Message(sender=address("eve@silicon.example"))
    assert people.resolve_sender(message).employer is None


def test_a_person_is_a_value(people):
    """A person comes back from JSON, and is short to look at."""
    person = people.resolve(address("ben@old.example"), date(2023, 1, 1))
    assert Person.model_validate_json(person.model_dump_json()) == person
    assert repr(person) == "<Person Ben <ben@silicon.example>, Cloud>"
    assert repr(people) == "<People 2 mailmap entries, 1 aliases, 4 employer rules>"
