"""What a notebook shows of an inbox, a search, a table, and a result."""

import re
from dataclasses import replace
from html import escape

import pytest

from kvminbox import Address, Inbox, Index, frames
from kvminbox.analysis import Snapshot
from kvminbox.display import Document, Heading, Note, render_notebook
from kvminbox.display import Table as Cells
from kvminbox.inbox import MailList
from kvminbox.models import Model, SeriesRef
from kvminbox.reports import SECTIONS, build_report, list_update, new_versions, sections
from kvminbox.sample import make_sample


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """The sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("cards")))


def test_an_inbox_shows_its_epochs(inbox):
    """An inbox is a card with a row for each epoch."""
    card = inbox._repr_html_()
    assert "1 epoch" in card
    assert "<bdi>kvm-sample</bdi></b>" in card
    assert inbox.epochs[0].path in card


def test_an_index_counts_mails_and_commits(inbox, tmp_path):
    """A deletion is a commit, and the mail that it deletes is none."""
    with Index.open(tmp_path / "i.sqlite", create=True) as index:
        index.update(inbox)
        cells = re.findall("<td[^>]*>(.*?)</td>", index._repr_html_())
    window = inbox.between(None)
    assert cells[1:3] == [str(window.count_mails()), str(len(window))] == ["22", "24"]
    assert window.count_mails() == len(list(window.messages()))


def test_a_search_shows_how_many_mails_it_finds_and_the_first(inbox, tmp_path, monkeypatch):
    """A search shows its count and its first hits, others on a click, and says what is left."""
    with Index.open(tmp_path / "i.sqlite", create=True) as index:
        index.update(inbox)
        search = index.search("d:2020-01-01..")
        card = search._repr_html_()
        assert f"{len(search)} mails" in card
        assert card.count("<tr") == 2 + len(search)
        opened, _, folded = card.partition(f"{len(search) - 10} more mails</summary>")
        assert (opened.count("<tr"), folded.count("<tr")) == (11, len(search) - 9)
        assert "iterating" not in card
        monkeypatch.setattr("kvminbox.index.search.FOLDED_HITS", 5)
        card = search._repr_html_()
        assert "5 more mails</summary>" in card
        assert f"… {len(search) - 15} more mails; iterating over the search yields all" in card
        assert len(repr(next(iter(search)))) < 200


def test_hits_and_patches_of_new_versions_lead_to_their_mails(tmp_path):
    """A search's subjects and a new version's patches are links, in a notebook as on a page."""
    urls = {"*": "https://lists.example/lamps/{id}/"}
    inbox = Inbox.open(make_sample(tmp_path / "sample"), urls=urls)
    with Index.open(tmp_path / "i.sqlite", create=True, urls=urls) as index:
        index.update(inbox)
        hit = next(iter(index.search("d:2020-01-01..")))
        assert f'<a href="{hit.message.url}"><bdi>' in index.search("d:2020-01-01..")._repr_html_()
    report = new_versions(inbox.between(None))
    series = next(one for one in inbox.between(None).series() if one.revision == 2)
    for page in (report._repr_html_(), report.to_html()):
        links = dict(re.findall(r'<a href="(https[^"]*)">([^<]*)<', page))
        assert links == {patch.url: patch.title for patch in series.patches}


def test_many_parts_of_a_report_are_in_one_that_opens():
    """Five parts of a report that is long already are named, others when a click asks."""
    blocks = [block for number in range(60) for block in (
        Heading(f"part {number}"), Cells(("name",), (("x",),) * 12),
    )]  # fmt: skip
    card = render_notebook(Document("Long", tuple(blocks)))
    named = re.findall(r"part (\d+)", card.partition("more parts</summary>")[0])
    assert named == [str(number) for number in range(7)]  # two of them are open
    assert re.findall(r"part (\d+)", card) == [str(number) for number in range(60)]


def test_a_first_part_longer_than_a_screen_opens_on_a_click():
    """Remarks on a cover letter may be many: their part is named, and one that fits is open."""

    def show(notes):
        words = [Note("Ida", "word " * 100, "no answer") for _ in range(notes)]
        return render_notebook(Document("Review", (Heading("Cover letter"), *words)))

    assert "<h2>Cover letter</h2>" in show(5)
    assert "<b>Cover letter</b></summary>" in show(20)


def test_a_long_table_takes_the_width_that_its_words_want():
    """Sentences in quotes get more than names do, and no table is wider than a line for it."""

    def widths(*texts):
        rows = (tuple(texts),) * 30
        columns = tuple("abcdef"[: len(texts)])
        card = Cells(columns, rows, quoted=frozenset({"a"}))._repr_html_()
        return [
            float(one) for one in re.findall(r"<col style=.width:([\d.]+)em", card)[: len(rows[0])]
        ]

    words, name = widths("word " * 16, "Ida Birch")
    assert words > 40
    assert name < 7
    many = widths("word " * 99, *["some words " * 9] * 5)
    assert sum(many) < 95
    assert many[0] > many[1]


def test_a_table_shows_each_row_on_one_line(inbox):
    """No cell of a table's card is wrapped, a long one is cut, and numbers are right-aligned."""
    card = frames.series(inbox.between(None))._repr_html_()
    cells = re.findall(r'<td style="([^"]*)">(.*?)</td>', card)
    assert cells
    assert all("white-space:nowrap" in style for style, _ in cells)
    assert max(len(re.sub("<[^>]*>", "", text)) for _, text in cells) <= 60
    assert any("text-align:right" in style for style, _ in cells)
    assert "max-width" not in card


def test_a_result_shows_what_its_report_does(inbox):
    """`report.result`, and the result of one section, are cards; their repr is one line."""
    chosen = [sections.overview(), sections.authors()]
    report = build_report("Report", inbox.between(None), chosen)
    assert "<h2>Authors</h2>" in report.result._repr_html_()
    assert "<table" in report.result["authors"]._repr_html_()
    assert repr(report.result["authors"]).startswith("<Ranking 'Authors': ")
    assert repr(report.result).endswith(": overview, authors>")


def test_a_drawing_in_a_notebook_has_no_text_of_its_own(inbox):
    """JupyterLab drops the drawings of a notebook it does not trust, and keeps text in them."""
    report = build_report("Report", inbox.between(None), [sections.overview()])
    assert "<title>" not in report._repr_html_()
    assert "<title>2025-06-09: " in report.to_html()


def test_a_report_is_of_one_screen_and_the_rest_opens(inbox):
    """A long report's first part is open; other parts, rows and mails' texts open on a click."""
    window = inbox.between(None)
    update = list_update(window)._repr_html_()
    mails = update[update.index("Patch commit messages") :]
    assert mails.count("<details>") == len(list_update(window).result.submissions) - 1
    every = build_report("Report", window, [SECTIONS[name]() for name in SECTIONS])
    card = every._repr_html_()
    assert "<h2>Overview</h2>" in card
    assert "<b>Data quality</b></summary>" in card
    assert card.index("<b>") > card.rindex("<h2>")


def test_the_rows_of_a_long_table_open_on_a_click():
    """Twelve rows are open, two hundred more open on a click, and the rest is counted."""
    rows = tuple((f"row-{number}",) for number in range(300))
    card = Cells(("name",), rows, name="long")._repr_html_()
    assert card.index("row-11<") < card.index("200 more rows</summary>") < card.index("row-12<")
    assert "row-211<" in card
    assert "row-212<" not in card
    assert "… 88 more rows" in card
    assert "<summary" not in Cells(("name",), rows[:15])._repr_html_()
    assert repr(Cells(("name",), rows, name="long")) == "<Table long, 300 rows: name>"


def test_both_parts_of_a_long_table_have_columns_of_one_width():
    """They are made for the rows of both; a table that is not divided has what it needs."""
    rows = tuple(("short", f"why {'long ' * number}") for number in range(30))
    table = Cells(("name", "why"), rows, wide=frozenset({"why"}))
    first, second = re.findall("(<col .*?>)\n<tr>", table._repr_html_())
    assert first == second
    assert "<col" not in replace(table, rows=rows[:5])._repr_html_()


def test_what_has_no_blank_may_break_in_a_notebook():
    """A hash, an id or an address makes no column wide there; a name of usual length is whole."""
    identity = f"<{'0123456789abcdef' * 3}.camel@silicon.example>"
    table = Cells(("why",), ((f"in {identity}",), ("pm_runtime_resume",)))
    card = table._repr_html_()
    assert "lt;0123456789abcdef0123<wbr>" in card
    assert f"in {escape(identity)}" in card.replace("<wbr>", "")
    assert "pm_runtime_resume<" in card


def test_a_table_begins_with_what_people_read(inbox):
    """A table's card has titles, dates, people and figures first, ids last, and counts its rows."""
    card = frames.patches(inbox.between(None))._repr_html_()
    names = re.findall(r"<th [^>]*>(.*?)</th>", card.replace("<wbr>", ""))
    assert names[:3] == ["title", "date", "author_name"]
    assert {"insertions", "deletions", "counter"} <= set(names[3:10])
    assert {"commit", "blob", "message_id", "patch_id"} <= set(names[-9:])
    assert "10 rows</span>" in card
    assert "10 of 22 rows</span>" in frames.messages(inbox.between(None))._repr_html_()
    assert "lone-1@silicon.example<" in card  # whole, so that it can be copied


def test_the_first_column_of_a_table_stays_in_sight(inbox):
    """It lies upon what is scrolled below it, in the page's own colour; no other column does."""
    card = frames.series(inbox.between(None))._repr_html_()
    lines = [row.split("</td>") for row in re.findall("<tr[^>]*>(<td.*?)</tr>", card)]
    assert lines
    assert all("position:sticky;left:0" in first for first, *_ in lines)
    assert all("background:var(--jp-layout-color0," in first for first, *_ in lines)
    assert "sticky" not in "".join(cell for _, *others in lines for cell in others)
    assert 'tabindex="0" style="overflow-x:auto"' in card  # it scrolls by keyboard, too


def test_a_wait_that_is_open_is_marked(inbox):
    """Its seconds are a lower bound, and looked like those of one that ended."""
    table = frames.series(inbox.between(None))
    rows = [row for row in table if row["first_tag_open"]]
    card = table._repr_html_()
    assert rows
    for row in rows:
        seconds = row["first_tag_seconds"]
        assert f"{seconds:,.0f}, open ({seconds / 86_400:,.1f} days)<" in card
    ended = [row["first_tag_seconds"] for row in table if not row["first_tag_open"]]
    assert all(f">{seconds:,.0f}<" in card for seconds in ended)


def test_columns_of_one_value_are_told_in_words(inbox):
    """Of some rows; of two rows each column is there, since two are alike too easily."""
    patches = frames.patches(inbox.between(None))
    card = patches._repr_html_()
    told = card.partition(">empty in these rows</span>")[2]
    assert "<bdi>change_id</bdi>" in told.partition("</div>")[0]
    assert ">the same in these rows</span>" in card
    assert "<bdi>damaged False</bdi>" in card
    assert ">damaged</th>" not in card
    few = patches.head(2)._repr_html_()
    assert "the same in these rows" not in few
    assert few.count("<th ") == len(patches.columns)
    assert ">of</span> <bdi>all mails</bdi>" in card


def test_a_text_of_several_lines_is_shown_in_one():
    """A line break is a blank there, and what else is invisible is shown by its number."""
    card = frames.of_models([Own(title="one\ntwo\x07", rows=())], name="own")._repr_html_()
    assert "one two\\x07" in card


def test_a_table_that_is_not_read_to_its_end_says_so(inbox, monkeypatch):
    """Of many mails some are read to count them; a table of groups has all of them anyway."""
    monkeypatch.setattr("kvminbox.frames.table.COUNTED", 5)
    window = inbox.between(None)
    assert "10 of more than 15 rows" in frames.messages(window)._repr_html_()
    assert "10 of 22 rows" in frames.threads(window)._repr_html_()


class Own(Model):
    """A result of one's own."""

    title: str = "My result"
    rows: tuple[SeriesRef, ...]


def test_a_result_of_ones_own_is_laid_out(inbox):
    """A model of the caller's own shows itself as a section of a report does."""
    rows = tuple(one.ref for one in inbox.between(None).series())
    card = Own(rows=rows)._repr_html_()
    assert "<h1>My result</h1>" in card
    assert card.count("<tr>") == min(len(rows), 12) + 1
    assert Address(name="Ada")._repr_html_() is None


def test_mails_in_memory_tell_their_kinds(inbox):
    """A snapshot's card says how many mails it holds, of which kinds and days."""
    card = Snapshot(inbox.between(None))._repr_html_()
    for words in ("22 mails", "patch 10, ", "2025-06-05 to 2025-06-10", "snapshot"):
        assert words in card
    assert "1 mail<" in MailList(list(inbox.messages())[:1], name="mine")._repr_html_()


def test_an_update_says_what_it_did(inbox, tmp_path):
    """An update's card and its repr say how much came; a second time nothing did."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        first, second = index.update(inbox), index.update(inbox)
    assert "24 added</bdi>" in first._repr_html_()
    assert repr(first) == "<IndexUpdate 24 added>"
    assert "nothing new</bdi>" in second._repr_html_()
