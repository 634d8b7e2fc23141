"""A review as people read it, in each format."""

from datetime import timedelta, timezone

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import compute_open_remarks, compute_unheard_remarks
from kvminbox.cli import main
from kvminbox.errors import RevisionError
from kvminbox.reports import build_report, lay_out, review, sections
from kvminbox.sample.compose import Draft, compose_mail
from tests.index.histories import Epoch
from tests.links.test_links import Corpus
from tests.remarks.remark_mails import ADA, LAMP_DIFF, answer, lamp_mails, quote
from tests.review.notice_mails import write_history
from tests.versions.version_mails import DAY, JANE, ROB, START, edit

INIT = "+	timer_init(&lamp->timer, lamp_blink);"
NEWER = LAMP_DIFF.replace("timer_init", "timer_setup")


def corpus(text, *, diff=LAMP_DIFF, replies=(), versions=True):
    """Return a corpus of a series, a reply with a text, and a second version."""
    newer = lamp_mails("t", tag="PATCH v2", hour=48, diff=diff) if versions else []
    return Corpus(*lamp_mails(), answer(text), *replies, *newer)


def test_a_remark_stands_below_its_line():
    """With its sender above, and what became of it below."""
    text = str(review(corpus(quote(INIT) + "Can it fail?\n", diff=NEWER), "s-1@x"))
    lines = text.split("\n")
    place = lines.index(INIT)
    assert lines[place + 1 : place + 5] == [
        "",
        "    Ewa Lis, 2025-03-03:",
        "    | Can it fail?",
        "    => changed in v2; the author answered by sending v2",
    ]
    assert "Patch 2: lamp: count the blinks" in lines
    assert "No remarks." in lines


def test_a_remark_in_the_table_leads_to_its_mail():
    """On a page and in Markdown; the text has it below its line, and stays as it is."""
    url = "https://lore.kernel.org/kvm/re@x/"
    mails = [
        one.model_copy(update={"list_id": "kvm.vger.kernel.org"})
        for one in (*lamp_mails(), answer(quote(INIT) + "Can it fail?\n"))
    ]
    report = review(Corpus(*mails), "s-1@x")
    assert [ref.message_id for ref in report.result.replies] == ["re@x"]
    assert f'<a href="{url}">Can it fail?</a>' in report.to_html()
    assert f"[Can it fail?]({url})" in report.to_markdown()
    assert url not in report.to_text()
    older = report.result.model_copy(update={"replies": ()})  # JSON of an older version has none
    assert "Can it fail?" in str(lay_out(older))


def test_days_are_those_of_utc():
    """As in every other report: a series sent in the evening far west is of the next day."""
    west = timezone(timedelta(hours=-8))
    ewa = answer(quote(INIT) + "Can it fail?\n")
    mails = [
        one.model_copy(update={"date": one.date.replace(day=3, hour=20, tzinfo=west)})
        for one in (*lamp_mails(), ewa)
    ]
    text = str(review(Corpus(*mails), "s-1@x"))
    assert "Sent by Ada Pfeiffer on 2025-03-04." in text
    assert "Ewa Lis, 2025-03-04:" in text
    assert "2025-03-03" not in text


def test_what_was_applied_is_said_above_the_remarks():
    """Who said when that which patches were applied; and who only says so makes no remark."""
    applied = answer("Applied to timers/next, thanks.\n")
    text = " ".join(str(review(Corpus(*lamp_mails(), applied), "s-1@x")).split())
    assert "0 remarks by 0 reviewers" in text
    assert "Ewa Lis said on 2025-03-03 that patch 1 of 2 was applied to timers/next." in text
    assert "Nobody has commented" not in text


def test_who_only_answers_a_reviewer_is_none():
    """The reviewers that are counted are those whose remarks are."""
    said = quote(quote(INIT) + "Can it fail?") + "It can.\n"
    ben = answer(said, sender="Ben Okafor <ben@cloud.example>", to=("s-1@x", "re@x"),
                 identity="ben@x", hour=6)  # fmt: skip
    text = " ".join(
        str(review(corpus(quote(INIT) + "Can it fail?\n", replies=[ben]), "s-1@x")).split()
    )
    assert "1 remark by 1 reviewer." in text
    assert "It can." in text


def test_what_programs_remark_is_marked_and_counted_apart():
    """It stands below its line as others' remarks do, and no reviewer is counted for it."""
    program = "sashiko-bot <sashiko-bot@review.example>"
    points = answer(quote(INIT) + "It leaks.\n", sender=program, identity="b@x")
    report = review(Corpus(*lamp_mails(), answer(quote(INIT) + "Can it fail?\n"), points), "s-1@x")
    text = " ".join(str(report).split())
    assert "1 remark by 1 reviewer. 1 more by sashiko-bot, a program." in text
    assert "sashiko-bot (program), 2025-03-03: | It leaks." in text
    assert [figure.count for figure in report.result.figures] == [1, 1, 1]
    assert "2 remarks" not in text


def test_a_remark_on_a_whole_patch_is_not_told_of_the_series():
    """What is below a patch, and about no line of it, is about the patch."""
    text = str(review(corpus("This is too much at once.\n"), "s-1@x"))
    assert "About the whole patch" in text
    assert "About the whole series" not in text


def test_the_summary_is_in_the_pages_order():
    """Mail by mail, the message above the diff, and the whole last; whoever wrote first."""
    first = answer("This is too much at once.\n", identity="one@x", hour=3)
    said = quote("only that one.") + "Which?\n\n" + quote(INIT) + "Can it fail?\n"
    text = str(review(corpus(said, replies=[first]), "s-1@x"))
    head, _, _ = text.partition("Cover letter:")
    places = [head.index(words) for words in ("Which?", "Can it fail?", "This is too much")]
    assert places == sorted(places)
    assert "Each is shown below the line that it is about" in head.replace("\n", " ")


def test_an_answer_is_below_what_it_answers():
    """The author's words are marked, and indented."""
    own = answer(quote(quote(INIT) + "Can it fail?") + "It can't.\n", sender=ADA,
                 to=("s-1@x", "re@x"), identity="own@x", hour=6)  # fmt: skip
    text = str(review(corpus(quote(INIT) + "Can it fail?\n", replies=[own]), "<s-0@x>"))
    assert "    => unchanged in v2; the author answered\n" in text
    assert "        Ada Pfeiffer (author), 2025-03-03:\n        | It can't.\n" in text


def test_any_mail_of_the_series_or_an_answer_names_it():
    """And one of nothing is an error that says what to give."""
    source = corpus(quote(INIT) + "Can it fail?\n")
    assert review(source, "re@x").result == review(source, "s-2@x").result
    with pytest.raises(RevisionError, match="no series here has this mail"):
        review(source, "nothing@x")


def test_an_answer_to_an_answer_names_the_series_of_its_thread():
    """Also one whose only parent is an answer, as of a maintainer whom a ping reached."""
    ping = answer("Ping?\n", sender=ADA, to=("re@x",), identity="ping@x", hour=6)
    late = answer("Sorry, I will look.\n", to=("ping@x",), identity="late@x", hour=7)
    stray = answer("Which one?\n", to=("nowhere@x",), identity="stray@x", hour=8)
    source = corpus(quote(INIT) + "Can it fail?\n", replies=[ping, late, stray])
    assert review(source, "late@x").result == review(source, "s-1@x").result
    with pytest.raises(RevisionError, match="no series here has this mail"):
        review(source, "stray@x")


@pytest.mark.parametrize("name", ["text", "html", "markdown", "rich", "csv", "json"])
def test_no_format_shows_what_acts(name):
    """Escape sequences, markup and links in a remark, a name and a patch stay text."""
    evil = "\x1b[31m<script>alert(1)</script> [click](javascript:1) \u202e ``` |"
    source = corpus(quote(INIT) + f"{evil}\n", diff=NEWER)
    report = review(source, "s-1@x")
    text = {
        "text": report.to_text, "html": report.to_html, "markdown": report.to_markdown,
        "rich": report.to_terminal, "csv": lambda: report.to_csv("remarks"), "json": report.to_json,
    }[name]()  # fmt: skip
    assert "\x1b" not in text and "\u202e" not in text
    if name == "html":
        assert "<script" not in text and "&lt;script&gt;" in text
    if name == "markdown":
        assert "````" in text  # a longer fence than the words have


def test_a_notebooks_cell_needs_no_style_of_the_page():
    """Colours are with the elements; the remark is there."""
    html = review(corpus(quote(INIT) + "Can it fail?\n"), "s-1@x")._repr_html_()
    assert "Can it fail?" in html and "border-left:4px" in html and "<style" not in html


def test_open_and_unheard_remarks_are_listed():
    """Open where nothing came later; unheard where a version came and the line is as it was."""
    remark = quote(INIT) + "Can it fail?\n"
    waits, kept = corpus(remark, versions=False), corpus(remark)
    changed = corpus(remark, diff=NEWER)
    assert [len(compute_open_remarks(one).rows) for one in (waits, kept, changed)] == [1, 0, 0]
    assert [len(compute_unheard_remarks(one).rows) for one in (waits, kept, changed)] == [0, 1, 0]
    (row,) = compute_unheard_remarks(kept).rows
    assert (row.where, row.text, row.outcome) == ("drivers/lamp.c:23", "Can it fail?", "unchanged")
    assert row.messages[0].message_id == "re@x"


def test_the_lists_of_remarks_say_whose_answer_counts():
    """Where there are rows, a sentence says that the answer is the author's, and how sure it is."""
    remark = quote(INIT) + "Can it fail?\n"
    waits, kept = corpus(remark, versions=False), corpus(remark)
    chosen = [sections.open_remarks(), sections.unheard_remarks()]
    told = (
        "without an answer by the author of the patch, and without a later version, in the mails",
        "no reply by the author of the patch, and the next version left their place as it was.",
    )
    sure = (
        "do not count. Up to one in twenty asks for nothing.",
        "do not count. Up to one in five asks for nothing: an agreement, thanks, an afterthought.",
    )
    for one, section, words, end in zip((waits, kept), chosen, told, sure, strict=True):
        text = " ".join(build_report("x", one, [section]).to_text().split())
        assert words in text
        assert f"{end} sent series 2025-03-03 lamp: a timer each by Ewa Lis" in text
    for section in chosen:
        assert "Answers" not in build_report("x", corpus("Fine.\n"), [section]).to_text()


def test_the_command_prints_it_from_an_index(tmp_path, capsys):
    """The sample inbox has series; its index gives the same as the inbox does."""
    from kvminbox.sample import make_sample

    inbox = Inbox.open(make_sample(tmp_path / "sample"))
    file = tmp_path / "sample.sqlite"
    with Index.open(file, create=True) as index:
        index.update(inbox)
        expected = str(review(index, "timer-v2-1@silicon.example"))
    assert main(["review", str(file), "timer-v2-1@silicon.example"]) == 0
    assert capsys.readouterr().out == expected
    assert expected == str(review(inbox.between(None), "timer-v2-1@silicon.example"))
    assert main(["review", str(file), "nothing@x"]) == 2
    assert "no mail in the index has or mentions this id" in capsys.readouterr().err


def test_notices_are_looked_for_in_an_index(tmp_path):
    """What programs tell of a patch in other threads is found by its title, as in the inbox."""
    epoch = Epoch(tmp_path / "lemon.git")
    for place, raw in enumerate(write_history()):
        epoch.archive.commit({"m": epoch.archive.blob(raw)}, seconds=1_700_000_000 + place)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        found = {name: review(index, f"{name}@x") for name in ("a", "b", "b2", "c", "d")}
    assert {name: len(page.result.applied) for name, page in found.items()} == {
        "a": 1, "b": 0, "b2": 1, "c": 0, "d": 1,
    }  # fmt: skip
    for name, page in found.items():
        assert str(page) == str(review(inbox.between(None), f"{name}@x"))
    told = "State: applied; Nora Quilt said on 2025-03-04 that it was applied to mm-unstable."
    assert told in " ".join(str(found["a"]).split())


def write_handed_on():
    """Return the raw mails of a v1, an answer, and a v2 that somebody else sends, with a link."""
    link = "Changes in v2: https://lore.example/r/old-0@doe.example\n"
    cover, one = "old-0@doe.example", "old-1@doe.example"
    drafts = (
        Draft(JANE, "[PATCH 0/1] Mend lamps", cover, "Hello.\n"),
        Draft(JANE, "[PATCH 1/1] lamp: dim it", one, edits=(edit(),), parents=(cover,)),
        Draft(
            "Kim <kim@kim.example>", "Re: [PATCH 1/1] lamp: dim it", "re@x", "Why?\n", (), (one,)
        ),
        Draft(ROB, "[PATCH v2 0/1] Mend lamps", "new-0@x", link),
        Draft(ROB, "[PATCH v2 1/1] lamp: dim it", "new-1@x", "", (edit(added="b"),), ("new-0@x",)),
    )
    return [compose_mail(draft, START + day * DAY) for day, draft in enumerate(drafts)]


def test_a_version_of_another_sender_is_found_in_an_index(tmp_path):
    """A v2 that somebody else sends is compared, as in the inbox; a v1 is no later version."""
    epoch = Epoch(tmp_path / "lamps.git")
    for place, raw in enumerate(write_handed_on()):
        epoch.archive.commit({"m": epoch.archive.blob(raw)}, seconds=START + place * DAY)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        first, last = (str(review(index, name)) for name in ("re@x", "new-1@x"))
    assert "Compared with v2 (2023-11-17)." in " ".join(first.split())
    assert "There is no later version." in " ".join(last.split())
    assert first == str(review(inbox.between(None), "re@x"))


def test_a_covers_end_is_no_part_of_it():
    """Git's signature below a cover letter is not shown, nor is the footer of its list."""
    footer = f"{'_' * 47}\nlamps mailing list\nlamps@lists.example\n"
    said = answer(quote(" 1 file changed, 24 insertions(+)") + "Which?\n", to=["s-0@x"], number=0)
    for end in (f"-- \n2.43.0\n\n{footer}", f"-- \n2.43.0\n{footer}", footer):
        first, *rest = lamp_mails()
        cover = first.model_copy(update={"body": first.body.split("-- \n")[0] + end})
        page = review(Corpus(cover, *rest, said), "s-1@x")
        (shown,) = [mail.text for mail in page.result.mails if mail.number == 0]
        assert shown.endswith("1 file changed, 24 insertions(+)")
        assert "| Which?" in str(page)
