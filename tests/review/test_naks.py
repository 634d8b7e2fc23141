"""A bare `NAK.` in an answer, and what is none."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.naks import find_nak, find_taken_back, only_withdraws
from kvminbox.review.refusals import list_nacks
from tests.review.review_mails import ADA, BEN, EWA, make_series, patch_text, read_mail

NAKS = (
    "NAK.",
    "NACK",
    "Nak. This breaks suspend.",
    "NAK - the style guide is no rule.",
    "Nack, the lamp and the timer are two things.",
    "Big NACK from me: this leaks.",
    "So, NAK on this patch.",
    "> +new\n\nNAK!\n\n> -old",
    "Hello Ada,\n\nNAK to this series.\n\nSorry.",
    "I NAKed.",
    "That is not what the manual says. NAK.",
    "As for v1.\nNAK from me until the talk is over.",
    "Sorry, but that's a NACK. Suspend depends on it.",
    "This one is a NAK from me.",
    "Definitely, this is a NAK.",
    "Both are a NAK for me as both have a lock already.",
    "This gets a nack from me in its current state.",
    "I don't want it in the core, so NAK on a common lock.",
    "Thank you for the patch but NAK.",
    "The binding is missing, thus NAK for the patch that goes without it.",
    "Until that's done, NAK.",
    "To be clear, so that you don't send it again: NAK.",
    "As it's an RFC, I will just NAK.",
    "For now, I have to NAK this: it races.",
    "I'm NAKing this patch.",
    "Anyway, here's my NAK for this patch:",
    "Please consider this a NAK.",
    "NAK to patch 2.",
    "NAK this patch.",
    "Nope, NAK.",
    "No, NAK.",
    "Big fat NAK.",
    "NAK'd",
    "So NAK on the second patch, the others look good.",
    "NAK again, it leaks.",
    "My NAK still stands.",
    "NAK for the same reasons as before.",
    "NAK in its current form.",
    "NAK this is no bug fix.",
    "So, NAK for this version of the patch.",
    "Hi Ada, NAK for this patch. The name is needed.",
    "In any case, I must NAK this opaque and mysterious change.",
    "Please consider this series NAKed for now.",
    "I don't think so, and even if it were right it has no use, so NAK on this one.",
    "Yeah, NAK.",
    "NAK on the entire series until Ben writes down what he says it does.",
)
NO_NAKS = (
    "NAK?",
    "NAK if it breaks suspend.",
    "NAK, if I read it right.",
    "NAK, ACK and timeout are the states.",
    "NAK\nACK\nSTALL",
    "Nak bits are set by the lamp.",
    "The lamp says\nNAK.",
    "I would NAK this.",
    "> NAK.\n\nWhy?",
    "Naked lamps.",
    "NAK-by: nobody",
    "No NAK is needed.",
    "Does that mean NAK on the new name?",
    "I expected that NAK.",
    "I'm not NAKing the patch, but its purpose is not clear.",
    "This is not a NAK.",
    "It's not a NAK of the code itself.",
    "I don't have a NACK on that.",
    "Let me have an ack (or nak) from the lamp people.",
    "But if this is about firmware, then NACK for all of it.",
    "One-off locks are a NAK.",
    "Adding a lock was nacked.",
    "Ben's NAK was about the lock.",
    "So, NAK from me, *if* that is so.",
    "I assume this is a NAK for Ada's patch.",
    "That would be a NAK.",
    "The slave sends no ack, nak or stall.",
    "He could say that it's a NAK.",
    "I'm going to NAK unless it is tested.",
    "No NAK from me.",
    "No strong NAK from me, go ahead.",
    "So no NAK from me.",
    "Still no NAK, so please merge.",
    "I NAKed this in v1, but it's good now.",
    "My NAK still stands if you don't fix that.",
    "I NAK the other patch, not this one.",
    "The change is NAKed.",
    "NAK, said the device.",
    "It leaks, so NAK for stable.",
    "It leaks, so NAK on the backport.",
    "NAK to that. Otherwise it looks good.",
    "NAK, or so I thought.",
    "NAK, at least for the second hunk.",
    "NAK, just kidding.",
    "It's fine, but NAK on the comment.",
    "I like it but NAK on the naming.",
    "In summary: NAK on the name.",
    "In short: NACK for the second hunk.",
    "OK but NAK for now on the DT part.",
    "It's NACK with bit 3 set.",
    "These are NAKed with an error.",
    "It gets NAKed as the FIFO is full.",
    "This is NAKed, says Ben.",
    "It leaked in v1, so NAK; v2 is good.",
    "It used to leak, so NAK, now it's fine.",
    "I will NAK it, he said.",
    "I had to NAK this, which is solved now.",
    "I need to NAK this on the bus.",
    "I must NAK in the next byte.",
    "My NAK stands corrected.",
    "My NAK is still a joke.",
    "You have my NAK, and now my ack.",
    "You have my NAK from v1.",
    "Here's my NAK fix for the hub.",
    "Keep my NAK in mind.",
    "Consider this a NAK, or not.",
)
WITHDRAWN = (
    "OK, I withdraw my NAK.",
    "NAK withdrawn.",
    "I take my NAK back, it's the only way.",
    "Thanks. You can ignore my NACK.",
    "Please consider my NAK withdrawn.",
    "My NAK on this is lifted.",
    "So I take back my NAK, as it is tested now.",
)
NOT_WITHDRAWN = (
    "I'd withdraw my NAK if you tested it.",
    "I won't withdraw my NAK.",
    "Shall I withdraw my NAK?",
    "If Ewa won't withdraw the NAK, we are lost.",
    "Ewa withdrew her NAK.",
    "I stand by my NAK.",
    "I do not withdraw my NAK.",
    "I'm not withdrawing my NAK.",
    "You cannot ignore my NAK.",
    "You ignore my NAK, as always.",
    "I'll drop my NAK as soon as it is tested.",
    "My NAK was ignored.",
    "I refuse to withdraw my NAK.",
    "Please do not ignore my NAK.",
    "I'd drop my NAK.",
    "The device is no longer NAKing.",
    "It's no longer NAKing.",
    "Ada asked me to withdraw my NAK.",
    "I withdraw my NAK of v1, but NAK v2.",
    "I withdraw my NAK and give a bigger NAK.",
    "NAK withdrawn, he said.",
    "NAK retracted by Ben.",
    "NAK lifted the line.",
    "This is no longer a NAK on the bus.",
    "It's not a NAK any more, it is a STALL.",
    "No NAK any more from the device.",
    "With this there is no NAK any more.",
    "Un-NAK the endpoint.",
)


@pytest.mark.parametrize("said", NAKS)
def test_a_paragraph_that_begins_with_it_is_one(said):
    """However it is spelt, and whatever reason follows."""
    assert find_nak(line for line in said.split("\n") if not line.startswith("> "))


@pytest.mark.parametrize("said", NO_NAKS)
def test_a_question_a_condition_or_a_bit_is_none(said):
    """Nor is what hardware answers, a list of states, or what somebody would do."""
    assert not find_nak(line for line in said.split("\n") if not line.startswith("> "))


@pytest.mark.parametrize("said", WITHDRAWN)
def test_words_take_it_back(said):
    """Who says that the refusal is withdrawn, refuses no more."""
    assert find_taken_back([said])


@pytest.mark.parametrize("said", NOT_WITHDRAWN)
def test_a_condition_takes_nothing_back(said):
    """Nor does a question, or what is said of somebody else's."""
    assert not find_taken_back([said])


def naks(text="NAK.\n", sender=EWA, parents=("s-1@x",), later="", before="", by=None):
    """Return who refused a series of three patches, maybe with an answer before or a later one."""
    mails = [*make_series()]
    cover = "Re: [PATCH 0/3] KVM: timers"
    if before:
        mails.append(read_mail("b@x", cover, before, sender, ["s-0@x"], 4.5))
    mails.append(read_mail("mid@x", "Re: [PATCH 1/3] KVM: timer 1", "How about x?", BEN, ["s-1@x"]))
    mails.append(read_mail("re@x", "Re: [PATCH 1/3] KVM: timer 1", text, sender, parents, 5))
    if later:
        mails.append(read_mail("l@x", cover, later, by or sender, ["s-0@x"], 9))
    review = review_all(group_series(mails), mails)[0]
    return [one.name for one in review.naks]


def test_who_refuses_is_told():
    """Who answers a patch or the cover letter so is named, once."""
    assert naks() == ["Ewa Lis"]
    assert naks(parents=("s-0@x",), later="NACK.\n") == ["Ewa Lis"]


def test_others_refuse_nothing():
    """Not the sender, nor a program, and a Nacked-by is told as a tag."""
    assert naks(sender=ADA) == []
    assert naks(sender="kernel test robot <lkp@intel.com>") == []
    assert naks(f"NAK.\n\nNacked-by: {EWA}\n") == []


def refuse_below(text, answer="It is needed for suspend.", by=ADA, title="KVM: timers", **more):
    """Return the refusals of a series whose answer below an answer has this text."""
    mails = [*make_series(**more)]
    cover = f"Re: [PATCH 0/3] {title}"
    mails.append(read_mail("q@x", cover, "Why is that needed? I see no use.", EWA, ["s-0@x"], 2))
    mails.append(read_mail("mid@x", cover, answer, by, ["s-0@x", "q@x"], 3))
    mails.append(read_mail("re@x", cover, text, EWA, ["s-0@x", "q@x", "mid@x"], 5))
    return review_all(group_series(mails), mails)[0].refusals


def test_a_refusal_far_down_is_told():
    """Below the author's answer `NAK` is about the patch, and what names it always is."""
    (found,) = refuse_below("> It is needed for suspend.\n\nNAK.\n")
    assert (found.by.name, found.message_id, found.patches) == ("Ewa Lis", "re@x", (1, 2, 3))
    assert (found.evidence, found.is_tag, found.taken_back) == ("NAK.", False, None)
    named = "> It is needed for suspend.\n\nSo NAK to this series.\n"
    assert [one.evidence for one in refuse_below(named, by=BEN)] == ["So NAK to this series."]


def test_who_joins_a_refusal_refuses_too():
    """Below another reviewer's refusal `NAK` is about the patch."""
    refusal = "NAK. It breaks suspend.\n"
    found = refuse_below("> It breaks suspend.\n\nSo also NAK.\n", refusal, BEN)
    assert [(one.by.name, one.evidence) for one in found] == [("Ewa Lis", "So also NAK.")]


@pytest.mark.parametrize(
    ("text", "answer", "by"),
    [
        ("> It is needed for suspend.\n\nNAK.\n", "It is needed for suspend.", BEN),
        ("> How about a lock then?\n\nNAK.\n", "How about a lock then?", ADA),
        ("> I could add a lock.\n\nNAK, too slow.\n", "I could add a lock.", ADA),
        ("> + lock(timer);\n\nNAK.\n", "+ lock(timer);", ADA),
        ("> I'll make it a flag.\n\nSo NAK to this patch.\n", "I'll make it a flag.", BEN),
    ],
)
def test_what_refuses_a_proposal_refuses_no_patch(text, answer, by):
    """Below another's words it may be about these, below the author's about an idea."""
    assert refuse_below(text, answer, by) == ()


def test_of_patches_about_naks_less_is_believed():
    """Of a bus that NAKs, only what begins an answer to a patch is a refusal."""
    bus = {"added": "int nack_count;"}
    assert refuse_below("> It is needed for suspend.\n\nNAK.\n", **bus) == ()
    mails = [*make_series(**bus)]
    for name, text in (("a", "The bus is busy. NAK.\n"), ("b", "NAK.\n")):
        mails.append(
            read_mail(f"{name}@x", "Re: [PATCH 1/3] KVM: timer 1", text, EWA, ["s-1@x"], 5)
        )
    (found,) = review_all(group_series(mails), mails)[0].refusals
    assert found.message_id == "b@x"


def test_who_takes_a_refusal_back_is_kept_with_the_mail():
    """By words or by an approval of all that was refused; the refusal itself stays to be read."""
    assert naks(later="OK, I withdraw my NAK.\n") == []
    assert naks(later="OK, I withdraw my NAK.\n", by=BEN) == ["Ewa Lis"]
    mails = [*make_series()]
    for number in (1, 2):
        subject = f"Re: [PATCH {number}/3] KVM: timer {number}"
        parents = [f"s-{number}@x"]
        mails.append(read_mail(f"no{number}@x", subject, "NAK.\n", EWA, parents, 5))
    mails.append(
        read_mail("ok@x", "Re: [PATCH 1/3] KVM: timer 1", f"Acked-by: {EWA}\n", EWA, ["s-1@x"], 9)
    )
    review = review_all(group_series(mails), mails)[0]
    assert [one.taken_back for one in review.refusals] == ["ok@x", None]
    assert [one.name for one in review.naks] == ["Ewa Lis"]


def refuse(*answers):
    """Return the patches of each refusal by Ewa, and what took it back, by her answers in order."""
    mails = [*make_series()]
    for hour, (parent, text) in enumerate(answers, 5):
        subject = "Re: [PATCH 1/3] KVM: timer 1"
        mails.append(read_mail(f"a{hour}@x", subject, text, EWA, [parent], hour))
    review = review_all(group_series(mails), mails)[0]
    return [(one.patches, one.taken_back) for one in review.refusals]


def test_words_name_which_patches_they_refuse():
    """Below a cover letter `the second patch` is that one, and not the series."""
    said = "So NAK on the second patch, the others look good.\n"
    assert refuse(("s-0@x", said)) == [((2,), None)]
    assert refuse(("s-0@x", "NAK to patch 2.\n")) == [((2,), None)]
    assert refuse(("s-0@x", "NAK.\n")) == [((1, 2, 3), None)]
    assert refuse(("s-0@x", "It leaks, so NAK for stable.\n")) == []


def test_a_refusal_after_it_was_taken_back_is_a_new_one():
    """Without that, what is said again is told once; the same of a Nacked-by and words."""
    no, back, again = "NAK.\n", "I withdraw my NAK.\n", "NAK again, it leaks.\n"
    assert refuse(("s-1@x", no), ("s-1@x", again)) == [((1,), None)]
    told = [((1,), "a6@x"), ((1,), None)]
    assert refuse(("s-1@x", no), ("s-1@x", back), ("s-1@x", again)) == told
    tag = f"Nacked-by: {EWA}\n"
    assert refuse(("s-1@x", tag), ("s-1@x", back), ("s-1@x", again)) == told


def test_a_refusal_of_one_patch_is_taken_back():
    """`On this one` is the patch that is answered; below a cover letter nobody can say which."""
    both = [("s-1@x", "NAK.\n"), ("s-2@x", "NAK.\n")]
    one = "I withdraw my NAK on this one, patch 2 stays broken.\n"
    assert refuse(*both, ("s-1@x", one)) == [((1,), "a7@x"), ((2,), None)]
    assert refuse(*both, ("s-0@x", one)) == [((1,), None), ((2,), None)]
    for said in ("I withdraw my NAK on this one.\n", "I withdraw my NAK, patch 2 stays broken.\n"):
        assert refuse(*both, ("s-1@x", said)) == [((1,), "a7@x"), ((2,), None)]
    named = "I withdraw my NAK on patch 2.\n"
    assert refuse(*both, ("s-0@x", named)) == [((1,), None), ((2,), "a7@x")]
    assert refuse(*both, ("s-1@x", "I withdraw my NAK.\n")) == [((1,), "a7@x"), ((2,), "a7@x")]


def test_who_takes_it_back_asks_for_nothing():
    """Such words are no remark that waits for an answer, unless they go on with a wish."""
    assert only_withdraws("OK.\nI withdraw my NAK.")
    assert not only_withdraws("I withdraw my NAK, but mend the typo.")
    assert not only_withdraws("I withdraw my NAK. Mend the typo.")
    assert not only_withdraws("OK.")


def test_a_nacked_by_that_was_taken_back_stands_no_more():
    """What `waiting` and a board tell is what its giver still means."""
    mails = [*make_series()]
    subject, parents = "Re: [PATCH 1/3] KVM: timer 1", ["s-1@x"]
    mails.append(read_mail("no@x", subject, f"Nacked-by: {EWA}\n", EWA, parents, 5))
    assert [one.person.name for one in list_nacks(review_all(group_series(mails), mails)[0])] == [
        "Ewa Lis"
    ]
    mails.append(read_mail("ok@x", subject, "I withdraw my NAK.\n", EWA, parents, 9))
    assert list_nacks(review_all(group_series(mails), mails)[0]) == ()


def test_a_nacked_by_is_taken_back_likewise():
    """It stays among the tags, and the refusal tells which mail took it back."""
    mails = [*make_series()]
    subject, parents = "Re: [PATCH 1/3] KVM: timer 1", ["s-1@x"]
    mails.append(read_mail("no@x", subject, f"Nacked-by: {EWA}\n", EWA, parents, 5))
    (found,) = review_all(group_series(mails), mails)[0].refusals
    assert (found.is_tag, found.taken_back) == (True, None)
    mails.append(read_mail("ok@x", subject, f"Reviewed-by: {EWA}\n", EWA, parents, 9))
    review = review_all(group_series(mails), mails)[0]
    assert [one.taken_back for one in review.refusals] == ["ok@x"]
    assert {tag.name for tag in review.tags} == {"Nacked-by", "Reviewed-by"}


def test_a_mail_takes_no_tag_of_its_own_back():
    """Who gives a Nacked-by and an Acked-by in one mail has refused, whatever was meant."""
    mails = [*make_series()]
    both = f"Nacked-by: {EWA}\nAcked-by: {EWA}\n"
    mails.append(read_mail("no@x", "Re: [PATCH 1/3] KVM: timer 1", both, EWA, ["s-1@x"], 5))
    (found,) = review_all(group_series(mails), mails)[0].refusals
    assert (found.is_tag, found.taken_back) == (True, None)


def test_a_later_approval_takes_it_back():
    """Who gives a Reviewed-by or Acked-by later, refuses no more; a Tested-by changes nothing."""
    assert naks(later=f"Now it is fine.\n\nAcked-by: {EWA}\n") == []
    assert naks(later=f"Tested-by: {EWA}\n") == ["Ewa Lis"]
    assert naks(later=f"Acked-by: {BEN}\n") == ["Ewa Lis"]


def test_an_approval_of_before_or_that_others_pass_on_takes_nothing_back():
    """A tag counts if its giver sends it, and after the refusal."""
    assert naks(before=f"Acked-by: {EWA}\n") == ["Ewa Lis"]
    assert naks(later=f"Acked-by: {EWA}\n", by=BEN) == ["Ewa Lis"]


def refused(text, number=1, **more):
    """Return the patches that an answer to a patch refuses; None if it refuses nothing."""
    mails = [*make_series(**more)]
    subject = f"Re: [PATCH {number}/3] KVM: timer {number}"
    mails.append(read_mail("re@x", subject, text, EWA, ["s-0@x", f"s-{number}@x"], 5))
    found = review_all(group_series(mails), mails)[0].refusals
    return found[0].patches if found else None


@pytest.mark.parametrize(
    ("text", "patches"),
    [
        ("NAK for the series.", (1, 2, 3)),
        ("It leaks. I'm NAKing this whole series.", (1, 2, 3)),
        ("NAK.", (1,)),
        ("NAK for this patch.", (1,)),
        ("NAK to v1, sorry.", (1,)),
        ("NAK to v3.", None),
    ],
)
def test_what_is_refused_is_told_by_its_name(text, patches):
    """Who names the series in answer to a patch refuses all of it; another version is another."""
    assert refused(f"{text}\n") == patches


@pytest.mark.parametrize(
    ("text", "patches"),
    [
        ("NAK to the second patch.", (2,)),
        ("NAK to the lamp patch.", None),
        ("NAK to the other patch.", None),
    ],
)
def test_a_patch_that_is_not_told_by_its_number_is_another_one(text, patches):
    """Which of the patches has the word in its title nobody says."""
    mails = [
        read_mail("s-0@x", "[PATCH 0/3] KVM: lamps", "Lamps.\n", ADA),
        *(
            read_mail(
                f"s-{place}@x", f"[PATCH {place}/3] KVM: {title}", patch_text(place), ADA, ["s-0@x"]
            )
            for place, title in enumerate(("timer", "lamp dimming", "docs"), start=1)
        ),
        read_mail("re@x", "Re: [PATCH 0/3] KVM: lamps", f"{text}\n", EWA, ["s-0@x"], 5),
    ]
    found = review_all(group_series(mails), mails)[0].refusals
    assert (found[0].patches if found else None) == patches
