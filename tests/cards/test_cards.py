"""What a card shows, and how it says that it does not show everything."""

import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import (
    Address,
    Chain,
    CoverLetter,
    Defect,
    Diffstat,
    Message,
    Patch,
    Series,
    SeriesReview,
    Subject,
    Thread,
    Trailer,
    compare_series,
)
from kvminbox.cards.html import MAX_ROWS, ROW_CHARS
from kvminbox.cards.mails import BODY_LINES, DIFF_LINES
from kvminbox.models import (
    Applied,
    Attachment,
    Commit,
    FileChange,
    Pulled,
    Refusal,
    Remark,
    SeriesRef,
    ThreadNode,
    VersionLink,
    Wait,
)
from kvminbox.models.list_urls import place_message
from kvminbox.models.placed import keep_list
from tests.cards.poison import poison

IDA = Address(name="Ida Birch", email="ida@wood.example")


def text_of(value):
    """Return a card's text, with a blank for each tag."""
    words = re.sub(r"<[^>]*>", " ", value._repr_html_())
    return re.sub(r"\s+", " ", words.replace("&lt;", "<").replace("&gt;", ">"))


def test_a_mail_shows_who_when_and_what(values):
    """Sender, date with its zone, subject, kind and text of a mail are on its card."""
    card = text_of(values["discussion"])
    assert "Minutes of the KVM call" in card or "a mail with an odd sender" in card
    reply = text_of(values["reply"])
    for part in (values["reply"].sender.name, "+0000", "reply", "Message-ID"):
        assert part in reply


def test_a_patch_shows_its_parts():
    """Author, sender, trailers, notes, diffstat and diff are shown, the trailers only once."""
    patch = Patch(
        subject=Subject(raw="[PATCH] Sow"), sender=Address(name="Otto"), author=IDA,
        commit_message="Sow it.\n\nFixes: 1234\nReviewed-by: Ida", notes="Since v1: rain",
        trailers=(Trailer(name="Fixes", value="1234"), Trailer(name="Reviewed-by", value="Ida")),
        diffstat=Diffstat(files=(FileChange(path="a.c", insertions=3, deletions=1),)),
        diff="diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-old\n+new\n",
    )  # fmt: skip
    card = text_of(patch)
    for part in ("from Ida Birch <ida@wood.example>", "sent by Otto", "Sow it.", "Since v1: rain",
                 "+3 −1 a.c", "1 file, +3 −1", "+new"):  # fmt: skip
        assert part in card
    assert card.count("Reviewed-by: Ida") == 1
    assert patch._repr_html_().count("#2ea04333") == 1  # +new, and not the header's +++


def test_a_paragraph_that_is_more_than_trailers_is_kept():
    """A last paragraph that holds more than trailers is shown, though they are shown again."""
    message = "Sow it.\n\nBefore the frost, that is.\nFixes: 1234"
    patch = Patch(commit_message=message, trailers=(Trailer(name="Fixes", value="1234"),))
    assert "Before the frost" in text_of(patch)


def test_bars_are_as_long_as_the_shares():
    """The file with the most changed lines has the longest bar; the others are in proportion."""
    files = (
        FileChange(path="a", insertions=10, deletions=10),
        FileChange(path="b", insertions=5, deletions=0),
    )
    card = Patch(diffstat=Diffstat(files=files))._repr_html_()
    widths = [float(width) for width in re.findall(r"width:([\d.]+)em;background", card)]
    assert widths == [2.5, 2.5, 1.25, 0]


def test_what_is_odd_is_on_the_card():
    """A mail's card shows its defects, its attachments and the reasons for its kind."""
    message = Message(
        defects=(Defect(code="text-nul", text="NUL in line 3"),), evidence=("it has no mark",),
        attachments=(Attachment(filename="x.png", content_type="image/png", size=4096),),
    )  # fmt: skip
    card = text_of(message)
    for part in ("text-nul: NUL in line 3", "it has no mark", "x.png, image/png, 4,096 bytes"):
        assert part in card


def test_receivers_beyond_three_are_counted():
    """Three of many recipients are named, and the others are counted."""
    people = tuple(Address(email=f"p{number}@wood.example") for number in range(5))
    assert "p2@wood.example and 2 more" in text_of(Message(to=people[:2], cc=people[2:]))
    assert "more" not in text_of(Message(to=people[:3]))


def test_long_text_is_cut_with_a_sign():
    """Lines beyond the eightieth are counted, as are characters beyond the two hundredth."""
    card = text_of(Message(body="word\n" * 254))
    assert card.count("word") == BODY_LINES
    assert "… 174 more lines" in card
    assert "… 99,800 more characters" in text_of(Message(body="x" * 100_000))


def test_a_long_diff_is_cut_with_a_sign():
    """Sixty lines of a diff and sixty files of a diffstat are shown; the rest is counted."""
    files = tuple(FileChange(path=f"f{number}.c", insertions=1) for number in range(68))
    card = text_of(Patch(diff="+line\n" * 61, diffstat=Diffstat(files=files)))
    assert card.count("+line") == DIFF_LINES
    assert "… 1 more line " in card
    assert "… 8 more files" in card
    assert "68 files, +68 −0" in card


def open_rows(value):
    """Return how many rows of a card are open, where a long line of text takes several."""
    card = value._repr_html_()
    while "<details" in card:  # the innermost ones first
        card = re.sub(
            r"<details[^>]*><summary[^>]*>((?:(?!<details).)*?)</summary>(?:(?!<details).)*?</details>",
            r"<div>\1</div>", card, flags=re.DOTALL,
        )  # fmt: skip
    lines = re.sub(r'</?(div|tr|pre|span style="display:block)[^>]*>', "\n", card)
    rows = re.sub("<[^>]*>", "", lines).split("\n")
    return sum(1 + (len(row) - 1) // ROW_CHARS for row in rows if row.strip())


SCREEN = 42
"""Rows of text that a card has on a screen of a thousand pixels, in a notebook."""


@pytest.mark.parametrize("width", [20, 190])
def test_a_mail_fits_on_a_screen(width):
    """Of a mail with much of everything as much is open as fits, and a click opens the rest."""
    line = "w" * width + "\n"
    trailers = tuple(Trailer(name="Acked-by", value=f"p{number}") for number in range(50))
    files = tuple(FileChange(path=f"f{number}.c", insertions=1) for number in range(50))
    full = {
        "subject": Subject(raw="[PATCH] Sow"), "sender": IDA, "to": (IDA,), "message_id": "a@b",
        "attachments": (Attachment(filename="x", content_type="image/png", size=4),) * 9,
        "evidence": ("it has a mark",), "defects": (Defect(code="text-nul", text="NUL"),),
    }  # fmt: skip
    diff = f"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n{('+' + line) * 70}"
    patch = Patch(
        commit_message=line * 70, notes=line * 20, trailers=trailers, diff=diff,
        diffstat=Diffstat(files=files), **full,
    )  # fmt: skip
    assert open_rows(patch) <= SCREEN
    assert open_rows(Message(body=line * 90, **full)) <= SCREEN
    card = text_of(patch)
    for part in ("47 more trailers", "47 more files", "7 more attachments"):
        assert part in card
    small = Patch(commit_message=line * 3, notes=line, diff=line * 9, sender=IDA)
    assert "<details" not in small._repr_html_()


def test_room_that_one_part_leaves_is_another_one_s():
    """A patch with a line of text shows more of its diff than one with many."""
    short, long = (Patch(commit_message="Sow.\n" * count, diff="+line\n" * 50) for count in (1, 50))
    assert short._repr_html_().partition("more lines</summary>")[0].count("+line") > 20
    assert abs(open_rows(short) - open_rows(long)) <= 1


def test_a_long_series_fits_on_a_screen(values):
    """Of many patches of a series, or tags of a review, the first are open."""
    patch = values["series"].patches[0]
    many = values["series"].model_copy(
        update={"patches": (patch,) * 60, "inferred_numbers": tuple(range(1, 61))}
    )
    assert open_rows(many) <= SCREEN
    tag = values["review"].tags[0]
    said = Applied(by=IDA, evidence="applied")
    review = values["review"].model_copy(update={"tags": (tag,) * 60, "applied": (said,) * 30})
    assert open_rows(review) <= SCREEN
    pair = values["comparison"].patches[0]
    assert pair.inner_diff
    both = values["comparison"].model_copy(update={"patches": (pair,) * 60})
    assert open_rows(both) <= SCREEN


def test_a_mail_is_linked_where_its_address_is_known(values):
    """Cards of mails and of groups of them lead to the mails, if their list has a place."""
    patch = values["patch"].model_copy(update={"list_id": "kvm.vger.kernel.org"})
    other = values["reply"].model_copy(update={"list_id": "kvm.vger.kernel.org"})
    assert None not in {patch.url, other.url}
    series = values["series"].model_copy(update={"cover": None, "patches": (patch,)})
    pair = values["patch-comparison"].model_copy(update={"new": patch})
    thread = Thread(nodes=(
        ThreadNode(message_id=patch.message_id, message=patch),
        ThreadNode(message_id=other.message_id, message=other, parent=0, depth=1),
    ))  # fmt: skip
    for value in (
        patch, series, Chain(series=(series,)), pair, thread,
        values["comparison"].model_copy(update={"patches": (pair,)}),
        values["hit"].model_copy(update={"message": patch}),
    ):  # fmt: skip
        links = re.findall('<a href="([^"]*)">[^<]*<?', value._repr_html_())
        assert patch.url in links
        assert set(links) <= {patch.url, other.url}
    assert other.url in thread._repr_html_()
    for value in values.values():  # nobody knows where the sample's list shows its mails
        assert "<a " not in value._repr_html_()


@pytest.mark.parametrize("text", ["x" * 1_000_000, "+x\n" * 100_000, "<&>" * 10_000])
def test_a_card_is_small(values, text):
    """However long a mail's text is, its card is smaller than 200 kB."""
    for name, value in values.items():
        assert len(poison(value, text)._repr_html_()) < 200_000, name


def test_a_series_lists_its_patches(values):
    """Each patch is shown with number and title, and with its author if that is not the sender."""
    series = values["series"]
    card = text_of(series)
    for patch in series.patches:
        assert f"{patch.subject.counter} {patch.title}" in card
    assert "v2 2 of 2 complete" in card
    assert "older version v1" in card
    other = series.patches[0].model_copy(update={"author": IDA})
    assert "by Ida Birch" in text_of(series.model_copy(update={"patches": (other,)}))


def test_a_series_says_what_is_missing():
    """Missing numbers have rows of their own, one for each run."""
    series = Series(missing=(1, 2, 3, 7), total=7, status="incomplete", cut=True)
    card = text_of(series)
    assert "1–3 not here 7 not here" in card
    assert "incomplete" in card
    assert "may be outside the corpus" in card


def test_a_long_series_is_cut_with_a_sign(values):
    """A hundred rows of a table are shown; the rest is counted."""
    patch = values["series"].patches[0]
    numbered = tuple(
        patch.model_copy(update={"subject": Subject(counter=number), "title": "walnut"})
        for number in range(1, 131)
    )
    card = text_of(values["series"].model_copy(update={"patches": numbered}))
    assert card.count("walnut") == MAX_ROWS
    assert "… 30 more patches" in card


def test_a_chain_lists_its_versions(values):
    """Each version is shown with its day, its size, and why it follows the one before."""
    card = text_of(values["chain"])
    assert re.search(r"v1 2025-06-0\d 2 of 2 .*v2 2025-06-09 2 of 2 revision: ", card)


def test_a_chain_shows_each_reason_beside_the_series_that_it_is_for():
    """A series that begins nothing new has no reason of another, and one that collects has all."""
    days = [datetime(2025, 6, day, tzinfo=UTC) for day in range(1, 6)]
    names = [("Sow", 1), ("Water", 1), ("Sow", 2), ("Prune", 1), ("Grow", 3)]
    series = [Series(title=title, revision=number, date=day)
              for (title, number), day in zip(names, days, strict=True)]  # fmt: skip
    sow, water, sow2, prune, grow = (one.ref for one in series)
    link = VersionLink(older=sow, newer=sow2, relation="revision", reasons=("alike",))
    links = (
        link,
        VersionLink(older=water, newer=grow, relation="collected", reasons=("a part",)),
        VersionLink(older=prune, newer=grow, relation="collected", reasons=("another",)),
        VersionLink(older=sow2, newer=grow, relation="revision", reasons=("higher",)),
    )
    series[2] = series[2].model_copy(update={"previous": sow})
    series[4] = series[4].model_copy(update={"previous": sow2})
    chain = Chain(series=tuple(series), links=links)
    said = re.split(r" v\d 2025-06-\d\d 0 of 1 ", text_of(chain))[1:]
    said = [words.strip() for words in said]
    assert said[0] == "titled Sow"
    assert said[1] == "titled Water"
    assert said[2] == "revision, from v1 of 2025-06-01: alike titled Sow"
    assert said[3] == "titled Prune"
    assert said[4] == (
        "revision, from v2 of 2025-06-03: higher collected, from v1 of 2025-06-02: a part"
        " collected: another"
    )
    assert "5 series, v1 to v3" in text_of(chain)
    assert chain.links_to(series[4])[0].relation == "revision"


def test_a_comparison_is_a_table_of_verdicts(values):
    """Each patch is shown with its verdict, and the changed one with its diff."""
    card = text_of(values["comparison"])
    assert "v1 → v2" in card
    assert re.search(r"1 KVM: fail without a timer code changed .* test the timer unchanged", card)
    assert "what changed in KVM: fail without a timer" in card
    assert "EOPNOTSUPP" in card


def test_a_review_writes_open_waits_as_such():
    """An open wait is "not within" the time that was looked at, not a duration."""
    review = SeriesReview(
        series=SeriesRef(message_id=None, title="Sow", revision=3, date=None),
        first_reply=Wait(seconds=7200.0, open=False, by=IDA), first_tag=Wait(seconds=9 * 86400.0),
        next_revision=Wait(open=False), untagged=(1, 4),
    )  # fmt: skip
    card = text_of(review)
    assert f"first reply after 2 h 0 min, by {IDA.name}" in card
    assert "first tag not within 9 days" in card
    assert "next version came, but the time is not known" in card
    assert "patches without a tag 1, 4" in card


def test_a_review_names_the_pull_request():
    """A review shows that a pull request has its patches: which, whose it is, and its subject."""
    pulled = Pulled(message_id="p@x", by=IDA, title="Seeds for spring", patches=(1, 2))
    ref = SeriesRef(message_id=None, title="Sow", revision=1, date=None)
    card = text_of(SeriesReview(series=ref, pulled=(pulled,)))
    assert "in a pull request" in card
    assert f"patches 1-2 in the pull request by {IDA.name}: Seeds for spring" in card


def test_a_review_tells_who_refused():
    """A refusal is shown with its words, its mail, and whether it was taken back."""
    ref = SeriesRef(message_id=None, title="Sow", revision=1, date=None)
    stands = Refusal(message_id="n@x", by=IDA, patches=(2,), evidence="So NAK on this.")
    gone = stands.model_copy(update={"taken_back": "ok@x"})
    card = text_of(SeriesReview(series=ref, refusals=(stands,)))
    assert f"refused {IDA.name} patch 2" in card
    assert "So NAK on this. <n@x>" in card
    assert "taken back" not in card
    assert "taken back" in text_of(SeriesReview(series=ref, refusals=(gone,)))


def test_tags_name_their_giver(values):
    """Each tag is shown with who gave it, for which patches, and when."""
    card = text_of(values["review"])
    assert "Reviewed-by Ewa Lis 1 2025-06-09" in card
    assert "Tested-by Okafor, Ben" in card


def chain_of(depth):
    """Return a thread in which each mail answers the one before."""
    nodes = [
        ThreadNode(
            message_id=str(place), parent=place - 1 if place else None, depth=place,
            message=Message(subject=Subject(raw="Sow", title="Sow"), sender=IDA),
        )
        for place in range(depth)
    ]  # fmt: skip
    return Thread(nodes=tuple(nodes))


def test_a_thread_is_indented_up_to_a_level():
    """Replies are indented up to the tenth level; deeper ones show the number of their level."""
    card = chain_of(14)._repr_html_()
    margins = [float(margin) for margin in re.findall(r"margin-left:([\d.]+)em", card)]
    assert margins == sorted(margins)
    assert len(set(margins)) == 10
    assert re.findall(r"level (\d+)", card) == ["11", "12", "13"]


def test_a_long_thread_is_cut_with_a_sign():
    """Thirty mails of a thread are open, seventy open on a click, the rest is counted below."""
    card = text_of(chain_of(2000))
    assert card.index("1,970 more mails") > card.rindex("level 29:")
    assert card.index("1,970 more mails") < card.index("level 30:")
    assert card.index("… 1,900 more mails") > card.rindex("level 99:")
    html = chain_of(2000)._repr_html_()
    assert html.rindex("more mails") < html.rindex("</details>")
    assert card.count("Ida Birch") == 100


def test_a_thread_repeats_no_subject(values):
    """A reply's subject is left out if it is its parent's, and ghosts are marked as missing."""
    assert text_of(chain_of(3)).count("Sow") == 2  # the heading, and the first mail
    ghost = Thread(nodes=(ThreadNode(message_id="lost@wood.example"),))
    assert "not here: lost@wood.example" in text_of(ghost)
    assert "Sow 1 mail no date" in text_of(chain_of(1))
    assert "1 not here" in text_of(ghost)


def test_a_subject_says_what_is_inferred():
    """A number that the subject does not state is marked as inferred."""
    assert "revision 1 (inferred)" in text_of(Subject(raw="Sow", title="Sow"))


def test_a_cover_letter_without_a_diff_shows_what_it_declares(values):
    """A cover letter's card shows its text."""
    cover = values["cover_letter"]
    assert isinstance(cover, CoverLetter)
    assert "Guests on machines without a timer" in text_of(cover)


@given(st.text(), st.text())
def test_any_text_makes_a_card(subject, body):
    """Whatever a mail holds, it has a card that can be written as UTF-8."""
    message = Message(subject=Subject(raw=subject, title=subject), body=body)
    assert message._repr_html_().encode()
    patch = Patch(subject=message.subject, diff=body, commit_message=subject)
    assert patch._repr_html_().encode()


@pytest.mark.slow
@pytest.mark.real
def test_a_month_of_real_mails_has_cards(real_inbox_path):
    """Cards of a real archive's mails are small and name the sender."""
    from kvminbox import Inbox

    window = Inbox.open(real_inbox_path).since("2021-03-01", until="2021-04-01")
    for place, message in enumerate(window.messages()):
        if place % 5 == 0:
            card = message._repr_html_()
            assert len(card) < 60_000
            assert message.sender.email.replace("&", "&amp;") in card


def test_what_has_no_card_is_shown_as_text():
    """A model without a card has no HTML, so that a notebook shows its `repr`."""
    assert IDA._repr_html_() is None
    assert Attachment()._repr_html_() is None


def test_models_imported_alone_have_their_cards():
    """A program that imports nothing but `kvminbox.models` sees the same cards in a notebook."""
    code = "from kvminbox.models import Message; print(Message(body='Hello.')._repr_html_())"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert shown == f"{Message(body='Hello.')._repr_html_()}\n"
    assert "Hello." in shown


def test_a_commit_leads_to_the_mails_that_it_links_to():
    """Links to mails at lore lead there, whichever list they name; other links are no mails."""
    values = (
        "https://lore.kernel.org/r/lemon-1@wood.example",
        "https://patch.msgid.link/lemon-2@wood.example",
        "https://lore.kernel.org/kvm/a%2Fb@wood.example/",
        "https://bugs.example/lemon-3@wood.example",
        "https://lore.kernel.org.evil.example/r/lemon-4@wood.example",
        "https://lore.kernel.org/r/lemon-1@wood.example/",
    )
    links = tuple(Trailer(name="Link", value=value) for value in values)
    other = Trailer(name="Closes", value="https://lore.kernel.org/r/lemon-5@wood.example")
    commit = Commit(id="1" * 40, title="lemon: squeeze", trailers=(*links, other))
    found = re.findall(r'href="([^"]*)"', commit._repr_html_())
    names = ("lemon-1", "lemon-2", "a%2Fb")
    one, two, three = (f"https://lore.kernel.org/all/{name}@wood.example/" for name in names)
    assert found == [one, one, two, three]  # the title leads to the first
    assert "href" not in Commit(id="1" * 40, title="lemon: squeeze")._repr_html_()


def test_an_rfc_is_told_from_the_version_that_follows(window):
    """A series, a chain and a comparison say RFC; the two versions may have one number."""
    patches = [mail for mail in window.messages() if isinstance(mail, Patch)]
    subject = patches[0].subject.model_copy(update={"is_rfc": True})
    rfc = patches[0].model_copy(update={"subject": subject})
    first, second = Series(patches=(rfc,), title="x"), Series(patches=(patches[0],), title="x")
    assert ">RFC v1</span>" in first._repr_html_()
    assert "RFC" not in second._repr_html_()
    assert repr(first).startswith("<Series RFC v1 'x'")
    assert "RFC" not in repr(second)
    chain = Chain(series=(first, second))._repr_html_()
    assert re.findall(r"nowrap\">((?:RFC )?v1)<", chain) == ["RFC v1", "v1"]
    known = rfc.model_copy(update={"list_id": "kvm.vger.kernel.org"})
    (pair,) = compare_series(first, second).patches
    pairs = (pair.model_copy(update={"old": known}),)
    shown = compare_series(first, second).model_copy(update={"patches": pairs})._repr_html_()
    assert "RFC v1 → v1: x" in shown
    assert known.url
    assert f'<a href="{known.url}"><bdi>RFC v1 x, ' in shown


def test_a_remark_shows_the_words_right_above_it(values):
    """Of a long quote the last lines are open; the place is told with file and line."""
    quoted = "\n".join(f"+line {number}" for number in range(40))
    remark = Remark(
        place="line", patch=2, path="virt/lamp.c", line=84, quoted=quoted, text="Why?\nHow?",
        sender=Address(name="Ewa Lis", email="ewa@kvm.example"),
    )  # fmt: skip
    shown = remark._repr_html_()
    assert "<bdi>patch 2, virt/lamp.c:84</bdi>" in shown
    opened = re.sub(r"<details.*?</details>", "", shown, flags=re.DOTALL)
    assert "28 more lines</summary>" in shown
    assert "+line 28<" in opened
    assert "+line 27<" not in opened
    assert ">How?<" in opened
    assert "<bdi>cover letter</bdi>" in Remark(place="cover", patch=0)._repr_html_()
    assert f">{values['follow-up'].outcome.replace('_', ' ')}</span>" in (
        values["follow-up"]._repr_html_()
    )


def test_free_words_are_in_doubt_on_a_reviews_card():
    """What free words tell is marked as such with the words, and what usual ones tell is not."""
    ref = SeriesRef(message_id=None, title="Sow", revision=1, date=None)
    free = Applied(message_id="f@x", by=IDA, patches=(1, 2, 3), evidence="It got merged into oak")
    sure = Applied(message_id="s@x", by=IDA, patches=(1, 2), evidence="Applied", form="formula")
    both = SeriesReview(series=ref, applied=(sure, free))
    card = text_of(both)
    assert "applied: patches 1-2 said to be applied: patch 3 in own words" in card
    assert "in own words It got merged into oak <f@x>" in card
    chips = re.findall(r'background:(#\w+)">([^<]*)</span>', both._repr_html_())
    tints = {words: tint for tint, words in chips}
    odd = tints["in own words"]
    assert tints["said to be applied: patch 3"] == odd != tints["applied: patches 1-2"]
    assert "in own words" not in text_of(SeriesReview(series=ref, applied=(sure,)))
    told = text_of(SeriesReview(series=ref, applied=(free,)))
    assert "said to be applied: patches 1-3 in own words" in told


def test_a_review_leads_to_the_mail_that_says_applied(values):
    """Where the address of the list is known, the day of what a mail says leads to that mail."""
    series = values["series"]
    said = Applied(message_id="a/1@x.example", by=IDA, evidence="Applied", form="formula")
    urls = {"*": "https://lists.example/lamps/{id}/"}
    known = place_message(series.patches[0].model_copy(), urls)
    one = series.model_copy(update={"cover": None, "patches": (known,)})
    review = SeriesReview(series=one.ref, applied=(said,))
    assert "<a " not in review._repr_html_()
    same = keep_list(review.model_copy(), one)
    assert '<a href="https://lists.example/lamps/a%2F1@x.example/">' in same._repr_html_()
    assert same == review
    assert same.model_dump_json() == review.model_dump_json()
