"""Who commits what others send, and whose doubtful words are believed for it."""

import pytest

from kvminbox import group_series
from kvminbox.models import Address
from kvminbox.review import Committers, find_committers, review_all, review_series
from kvminbox.versions import link_series
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

TO_ADA = "Applied to kvm/next, thanks!"
BY_EWA = "This series was applied to kvm/linux.git (next)\nby Ewa Lis <ewa@kvm.example>:\n"
PULL = (
    "The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n  A\n\n"
    "are available in the Git repository at:\n\n  https://git.kvm.example/linux.git tags/kvm\n\n"
    "for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:\n\n  B\n"
)
PROGRAM = "patchwork-bot+kvm@kvm.example"


def answer(name, text, sender=EWA, to="s-0@x", hour=5):
    return read_mail(f"{name}@x", "Re: [PATCH 0/3] KVM: timers", text, sender, [to], hour)


def by_others(count=3, text=TO_ADA, sender=EWA):
    """Return some series by Ada, and an answer to each."""
    mails = []
    for number in range(count):
        name = f"{'abcdef'[number]}"
        patches = make_series(name, total=1)[1:]
        mails += [*patches, answer(f"re{name}", text, sender, f"{name}-1@x")]
    return mails


def known(mails):
    found = find_committers(group_series(mails), mails)
    return found.find(read_mail("any@x", "x", "", EWA).sender)


def review_last(mails):
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    reviews = review_all(series, mails)
    return next(review for review in reviews if (review.series.message_id or "").startswith("s-"))


def test_who_says_so_of_others():
    """Three mails about what others sent make a committer, and the evidence counts the patches."""
    commits = known(by_others())
    assert commits is not None
    assert commits.evidence == "who said that 3 patches by others were applied"


@pytest.mark.parametrize(
    "mails",
    [
        by_others(2),
        by_others(sender=BEN),
        by_others(text="Ben has already applied this patch."),
        by_others(text="I will apply this."),
        by_others(text="I applied this patch, and tested with an older guest."),
        [read_mail(f"p{n}@x", "[GIT PULL] KVM fixes", PULL, EWA) for n in range(4)],
    ],
    ids=["two", "somebody else", "of a third person", "plans", "tests", "only pull requests"],
)
def test_who_is_not_known_to_commit(mails):
    """Two mails are too few; plans, tests, what a third person did, or pull requests alone, too."""
    assert known(mails) is None


def test_own_series_do_not_count():
    """What an author says of the own series makes nobody a committer."""
    assert known([mail for n in "abc" for mail in own_series(n)]) is None


def own_series(name):
    mails = make_series(name, total=1)[1:]
    own = [
        mail.model_copy(update={"sender": read_mail("y", "x", "", EWA).sender}) for mail in mails
    ]
    return [*own, answer(f"re{name}", TO_ADA, EWA, f"{name}-1@x")]


def test_programs_name_committers():
    """A program that tells who applied a series, and pull requests, count, too."""
    pulls = [read_mail(f"p{n}@x", "[GIT PULL] KVM fixes", PULL, EWA) for n in range(2)]
    commits = known([*by_others(1, BY_EWA, PROGRAM), *pulls])
    assert commits is not None
    assert commits.evidence == (
        "who is named as committer in 1 mail by bots, and sent 2 pull requests"
    )


def test_parts_tell_together_what_the_whole_tells():
    """Committers of parts of a corpus, joined, are those of the whole."""
    mails = by_others(4)
    whole = find_committers(group_series(mails), mails)
    joined = find_committers(group_series(mails[:4]), mails[:4])
    joined.join(find_committers(group_series(mails[4:]), mails[4:]))
    assert joined.found == whole.found


def applied_by_author(text, *others, next_one=()):
    mails = make_series()
    asked = read_mail("asked@x", "Re: [PATCH 1/3] KVM: timer 1", "Why?", BEN, ["s-0@x", "s-1@x"])
    own = read_mail("own@x", "Re: [PATCH 1/3] KVM: timer 1", text, EWA, ["s-1@x", "asked@x"], 5)
    sender = own.sender
    mails = [mail.model_copy(update={"sender": sender, "author": sender}) for mail in mails]
    again = [mail.model_copy(update={"sender": sender, "author": sender}) for mail in next_one]
    return review_last([*mails, asked, own, *others, *again]).applied


OF_AUTHORS = [
    "Applied.",
    "Applied, thanks!",
    "It is already merged.",
    "I picked this up.",
    "I went ahead and pushed it out to https://git.kvm.example/a.git main.",
    "Looks like it's already in the kvm-next tree, thanks!",
]


@pytest.mark.parametrize("text", OF_AUTHORS)
def test_an_author_who_commits_is_believed(text):
    """Below a question, an author's bare word counts if the author commits what others send."""
    assert applied_by_author(text) == ()
    (applied,) = applied_by_author(text, *by_others())
    assert applied.evidence == (
        f"{text} – said by Ewa Lis, who said that 3 patches by others were applied"
    )


@pytest.mark.parametrize("text", OF_AUTHORS)
def test_what_is_sent_again_was_a_wish(text):
    """If a next revision followed, even a committer's bare word was about that."""
    again = make_series("t", revision=2, hour=24)
    assert applied_by_author(text, *by_others(), next_one=again) == ()


@pytest.mark.parametrize(
    "text", ["Folded in, thanks.", "Added it.", "I've queued this for v2.", "I will apply it.",
             "Merged your changes in the next version."]
)  # fmt: skip
def test_a_committer_has_next_versions_too(text):
    """What is folded in, or said of a next version, is not applied, whoever says it."""
    assert applied_by_author(text, *by_others()) == ()


def test_one_series_tells_of_no_committer():
    """Without a corpus the reply's own words must do."""
    mails = [*make_series(), *by_others(text="Ewa merged it.")]
    series = group_series(mails)[0]
    assert review_series(series, mails).applied == ()


THIRD = ["Ewa merged it.", "Ewa Lis picked this up.", "It was picked up by Ewa.",
         "This was taken by Ewa Lis yesterday."]  # fmt: skip


@pytest.mark.parametrize("text", THIRD)
def test_somebody_who_commits(text):
    """What somebody else did is believed without a tree, if that is somebody who commits."""
    told = answer("told", text, BEN)
    assert review_last([*make_series(), told]).applied == ()
    (applied,) = review_last([*make_series(), told, *by_others()]).applied
    assert applied.evidence == (f"{text} – Ewa Lis, who said that 3 patches by others were applied")


@pytest.mark.parametrize(
    "text",
    ["Ada merged it.", "It was picked up by the compiler.", "It was picked up by Ada.",
     "When Ewa merged it, I rebased.", "Ewa merged it?", "Ewa merged something else.",
     "Ewa took it for a ride."],
)  # fmt: skip
def test_somebody_who_does_not(text):
    """Others than committers, questions, conditions and other deeds are not believed."""
    assert review_last([*make_series(), answer("told", text, ADA), *by_others()]).applied == ()


@pytest.mark.parametrize(
    "text", ["I only applied patch 3 for the new timer.", "I applied the fix."]
)
def test_authors_speak_of_what_they_send_again(text):
    """`I applied` of an author who is not known to commit is about the next version that came."""
    direct = read_mail("own@x", "Re: [PATCH 0/3] KVM: timers", text, ADA, ["s-0@x"], 5)
    again = make_series("t", revision=2, hour=24)
    assert review_last([*make_series(), direct, *again]).applied == ()
    assert len(review_last([*make_series(), direct]).applied) == 1


def test_two_addresses_of_one_name():
    """Of several with one first name it is the one of whom most mails tell, in whatever order."""
    office, home = (Address(name="Ewa Lis", email=f"ewa@{place}.example") for place in ("a", "b"))
    for people in ((office, home, home), (home, office, home)):
        committers = Committers()
        for person in people:
            committers.add(person, said=3, patches=4)
        assert [*committers.found] == [*dict.fromkeys(
            key for one in people for key in (one.key, "ewa lis")
        )]  # fmt: skip
        assert committers.explain("Ewa") == (
            " – Ewa Lis, who said that 12 patches by others were applied"
        )
