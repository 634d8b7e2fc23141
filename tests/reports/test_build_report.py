"""Reports built from sections: windows, names, tables."""

import csv
import json
import re
from datetime import UTC, datetime
from io import StringIO

import pytest

from kvminbox import Inbox, read_message, reports
from kvminbox.analysis import (
    Figure,
    LandedReport,
    MessageRef,
    Ranking,
    Snapshot,
    UnlandedSeries,
    rank,
)
from kvminbox.display import Paragraph
from kvminbox.errors import UsageError
from kvminbox.models import Address, Model, SeriesRef
from kvminbox.reports import (
    SECTIONS,
    BuiltResult,
    Section,
    SectionReport,
    build_report,
    lay_out,
    list_update,
    make_layout,
    make_table,
    new_versions,
    read_layout,
    sections,
    waiting,
)
from kvminbox.reports.layout import sum_up
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.analysis.analysis_mails import patch, reply
from tests.reports.corpora import Mails, patch_with
from tests.reports.report_windows import FORMATS, Bare, every_section, report_on


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Return the sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("built")))


@pytest.fixture(scope="module")
def week(inbox):
    """Return the sample's week."""
    return inbox.between(*SAMPLE_RANGE)


class CountingCorpus:
    """A window that counts how often it is read."""

    def __init__(self, window):
        self.base, self.tip, self.window, self.read = window.base, window.tip, window, 0

    def messages(self, *, progress=None):
        """Return its messages."""
        self.read += 1
        return self.window.messages(progress=progress)


def bare(corpus):
    """Return a model that knows nothing of reports."""
    return Bare(word=corpus.tip, words=("one", "two"))


def test_all_sections_read_the_window_once(week):
    """However many sections there are, each window is read once."""
    now, before = CountingCorpus(week), CountingCorpus(week)
    build_report("The week", now, every_section(), before=before)
    assert (now.read, before.read) == (1, 1)


def test_a_snapshot_is_not_read_again(week):
    """Several reports may be built on one snapshot."""
    snapshot = Snapshot(CountingCorpus(week))
    for _ in range(2):
        assert str(build_report("The week", snapshot, [sections.overview()]))


def test_progress_is_told(week):
    """The caller is told how far the reading is."""
    calls = []
    build_report("x", week, [sections.bots()], progress=lambda *call: calls.append(call))
    assert calls[0][0] == 0
    assert calls[-1][0] == calls[-1][1] > 0


def test_sections_stand_in_their_order(week):
    """Each section has its heading and place, and its result is found by name."""
    report = build_report("The week", week, [sections.testers(), bare, sections.authors()])
    assert [section.title for section in report.result.sections] == ["Testers", "Bare", "Authors"]
    assert report.result["bare"] == bare(week)
    assert isinstance(report.result["authors"], Ranking)
    with pytest.raises(KeyError, match=r"did you mean authors\? Choose from: testers, bare"):
        report.result["author"]
    text = report.to_text()
    assert text.startswith("kvm-sample: The week, week-from..week-to\n")
    assert text.index("\nTesters\n") < text.index("\nBare\n") < text.index("\nAuthors\n")


@pytest.mark.parametrize("name", SECTIONS)
def test_a_shipped_section_works_alone(week, name):
    """Each section of the table builds a report of its own, under its own name."""
    report = build_report("x", week, [SECTIONS[name]()])
    assert report.result.sections[0].name == name
    for show in (report.to_text, report.to_html, report.to_markdown, report.to_terminal):
        assert report.result.sections[0].title in show()


def test_the_shipped_reports_have_the_same_results(week):
    """A section has the same result as the report of that section alone."""
    built = build_report("x", week, every_section()).result
    assert built["update"] == list_update(week).result
    assert built["waiting"] == waiting(week).result
    assert built["new_versions"] == new_versions(week).result


def test_a_function_is_a_section_in_every_format(week):
    """A user's function is shown in each format without a layout of its own."""
    report = build_report("x", week, [bare])
    for name in ("text", "markdown", "html", "a notebook's HTML", "terminal"):
        shown = FORMATS[name](report)
        assert all(word in shown for word in ("word: week-to", "number: 3", "share: 0.5", "two"))
    assert json.loads(report.to_json())["sections"][0]["result"]["words"] == ["one", "two"]


def test_json_has_its_number_and_comes_back(week):
    """JSON has the number of its shape, each shipped result its own, and models read them."""
    report = build_report("The week", week, [sections.authors()])
    data = json.loads(report.to_json())
    assert report.to_json().isascii()
    assert data["format_version"] == data["sections"][0]["result"]["format_version"] == 1
    assert Ranking.model_validate(data["sections"][0]["result"]) == report.result["authors"]
    assert BuiltResult.model_validate(data).title == "The week"


def test_every_count_has_its_messages(week):
    """Each row of each ranking names as many messages as it counts, and they are of the window."""
    snapshot = Snapshot(week)
    result = build_report("x", snapshot, every_section()).result
    rankings = [one.result for one in result.sections if isinstance(one.result, Ranking)]
    assert len(rankings) >= 8
    for ranking in rankings:
        assert all(row.count == len(row.messages) for row in ranking.rows)
        assert all(snapshot.find_message(ref) for ref in ranking.messages())
        assert ranking.messages()


def test_periods_are_compared(inbox, week):
    """With a window before, figures and rows have their change, in each format."""
    before = inbox.between(None, SAMPLE_RANGE[0])
    report = build_report("x", week, [sections.overview(), sections.authors()], before=before)
    assert (report.result.before_base, report.result.before_tip) == ("", SAMPLE_RANGE[0])
    messages = report.result["overview"].figures[0]
    assert (messages.count, messages.before) == (17, 4)
    assert "Compared with all mails up to week-from." in report.to_text()
    assert "   17     +13  messages\n" in report.to_text()
    assert "   2    new      2      +2      3        1  " in report.to_text()
    assert "new" in report.to_csv("authors")


def test_without_a_period_before_nothing_is_compared(week):
    """No change is shown where none is known."""
    report = build_report("x", week, [sections.authors()])
    assert "change" not in report.to_text()
    assert report.result.before_tip is None


def test_tables_are_named_after_their_section(week):
    """A table has its section's name; further ones have a number behind it."""
    report = build_report("x", week, [sections.authors(), sections.overview()])
    assert [*report.tables()] == ["authors", "overview"]
    rows = list(csv.reader(StringIO(report.to_csv("authors"))))
    assert rows[0] == ["rank", "count", "added", "removed", "what"]
    assert rows[1] == ["1", "3", "9", "0", "Ada Pfeiffer <ada@silicon.example>"]


def test_one_table_needs_no_name(week):
    """A single table needs no name; with several, the error lists the names."""
    assert build_report("x", week, [sections.overview()]).to_csv().startswith("count,what\r\n")
    report = build_report("x", week, [sections.authors(), sections.overview()])
    with pytest.raises(UsageError, match="choose from: authors, overview"):
        report.to_csv()
    with pytest.raises(UsageError, match="no such table"):
        report.to_csv("nothing")
    with pytest.raises(UsageError, match="it has none"):
        build_report("x", week, [bare]).to_csv()


def test_the_older_reports_have_tables_too(week):
    """The update's two rankings are tables without names."""
    report = list_update(week)
    assert [*report.tables()] == ["table-1", "table-2"]
    assert report.to_csv("table-1").startswith("count,domain\r\n5,silicon.example\r\n")


def test_a_mail_has_the_reports_text(week):
    """A report is a mail under its title, or under another one."""
    report = list_update(week)
    mail = report.to_mail(sender="a@a.example", to=["b@b.example"], cc=["c@c.example"])
    assert "\nCc: c@c.example\n" in mail
    assert "Subject: KVM-SAMPLE mailing list update" in mail
    moment = datetime(2025, 6, 9, tzinfo=UTC)
    mail = report.to_mail(sender="a@a.example", to=["b@b.example"], subject="Hi", date=moment)
    assert "\nSubject: Hi\n" in mail
    assert "\nDate: Mon, 09 Jun 2025 00:00:00 +0000\n" in mail


def test_a_layout_can_be_replaced(week):
    """A section keeps its result under another layout."""
    section = sections.authors().with_layout(
        lambda result: [Paragraph(f"{len(result.rows)} of them")]
    )
    report = build_report("x", week, [section])
    assert "5 of them" in report.to_text()
    assert "Ada" not in report.to_html()
    assert report.result["authors"].rows[0].text.startswith("Ada")


def test_a_template_can_be_the_layout(week, tmp_path):
    """A template's text is shown as it is in every format; markup in it stays text."""
    pytest.importorskip("jinja2")
    path = tmp_path / "authors.j2"
    path.write_text("{% for row in result.rows %}<b>{{ row.text }}</b>\n{% endfor %}")
    report = build_report("x", week, [sections.authors().with_layout(read_layout(path))])
    assert "<b>Ada Pfeiffer <ada@silicon.example></b>\n" in report.to_text()
    assert "&lt;b&gt;Ada" in report.to_html()
    assert "<b>" not in report.to_html()


def test_a_template_that_cannot_be_read(tmp_path):
    """A template that is absent, not UTF-8 or malformed is named in the error."""
    pytest.importorskip("jinja2")
    (tmp_path / "bytes.j2").write_bytes(b"\xff\xfe")
    (tmp_path / "wrong.j2").write_text("\n{% for %}")
    for name in ("absent.j2", "bytes.j2", "wrong.j2"):
        with pytest.raises(UsageError, match=name):
            read_layout(tmp_path / name)
    with pytest.raises(UsageError, match=r"wrong.j2, line 2: Expected"):
        read_layout(tmp_path / "wrong.j2")


def test_a_template_may_begin_with_a_byte_order_mark(tmp_path):
    """A byte order mark, as some editors write it, is no part of the template."""
    pytest.importorskip("jinja2")
    (tmp_path / "bots.j2").write_bytes(b"\xef\xbb\xbf{{ result.top }} rows\n")
    (block,) = read_layout(tmp_path / "bots.j2")(Ranking())
    assert block.text == "15 rows"


def test_a_bad_byte_of_a_template_is_told_with_its_line(tmp_path):
    """A line that is not UTF-8 is named, as in every other file that a user wrote."""
    (tmp_path / "bots.j2").write_bytes(b"good\n{{ result.top }}\ncaf\xe9\n")
    with pytest.raises(UsageError, match=r"bots.j2:3: found the byte 0xe9; expected text in UTF"):
        read_layout(tmp_path / "bots.j2")


def test_a_template_that_asks_for_too_much(week):
    """A name that the result lacks is a UsageError when the report is shown."""
    pytest.importorskip("jinja2")
    section = sections.bots().with_layout(make_layout("{{ result.nothing }}", source="bots.j2"))
    report = build_report("x", week, [section])
    with pytest.raises(UsageError, match=r"bots.j2, line 1: .*nothing"):
        report.to_text()


def test_what_is_no_report_is_refused(week):
    """No section, two with one name, or a result that is no model: each is an error of one line."""
    with pytest.raises(UsageError, match="needs at least one section"):
        build_report("x", week, [])
    with pytest.raises(UsageError, match="authors: two sections have the same name"):
        build_report("x", week, [sections.authors(), sections.authors(top=3)])
    with pytest.raises(UsageError, match="words: the section returns list, which is not a model"):
        build_report("x", week, [Section("words", lambda _: ["a"])])


@pytest.mark.parametrize(
    ("given", "cure"),
    [
        ([sections.waiting], r"write sections\.waiting\(\)"),
        ([sections.overview], r"write sections\.overview\(\)"),
        ([reports.waiting], r"write sections\.waiting\(\)"),
        (["waiting"], r"write sections\.waiting\(\)"),
        (["waitng"], "did you mean waiting"),
        ([None], "this is not a section"),
        ("waiting", r"a text, not sections; give a list: \[sections\.waiting\(\)\]"),
        (sections.waiting(), "waiting: a single section; give a list of it"),
    ],
)
def test_what_only_makes_a_section_is_refused(week, given, cure):
    """A maker of sections that was not called, or a name, is a typed error with the way out."""
    with pytest.raises(UsageError, match=cure):
        build_report("x", week, given)


def test_what_is_wrong_with_a_section_is_told(week):
    """A name is called a name, not a function that was not called; which that is, is told so."""
    for given, what in (
        ("waiting", "a section's name, not a section"), ("waitng", "no section has this name"),
        (sections.overview, "the function was not called"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=what):
            build_report("x", week, [given])


def test_an_empty_window_says_so():
    """Without mails every section says so, in every format."""
    report = report_on([])
    for name, show in FORMATS.items():
        assert show(report), name
    text = report.to_text()
    for what in (
        "No patches or cover letters in this period.",
        "No reply in this period gave a Reviewed-by or Acked-by.",
        "No replies in this period.",
        "No series was sent in this period.",
        "No series is waiting.",
        "No thread in this period has a reply.",
        "No pull request was sent in this period.",
        "No mail in this period says that something was merged or applied.",
        "No bot wrote to the list in this period.",
    ):
        assert what in text
    assert "Nothing was found" not in text


def test_a_series_that_did_not_land_is_listed_with_its_next_version():
    """Below what landed stands what did not, where only some series were asked for."""
    person = Address(name="Ada", email="ada@x.example")
    later = SeriesRef(
        message_id="a@b", title="x", revision=3, date=datetime(2025, 7, 1, tzinfo=UTC)
    )
    rest = UnlandedSeries(
        title="KVM: a title", revision=2, sender=person, date=datetime(2025, 6, 1, tzinfo=UTC),
        patches=3, messages=(), next=later,
    )  # fmt: skip
    result = LandedReport(title="Landed", tree="linux", is_chosen=True, not_landed=(rest,))
    nothing, head, table = lay_out(result)
    assert nothing == Paragraph("No series from this period is in linux.")
    assert head.text == "Not in linux"
    assert table.rows == (("2025-06-01", "3", "v2 KVM: a title", "Ada", "v3, 2025-07-01"),)


def test_what_is_cut_says_so():
    """Rows that are not shown are counted; JSON has them all."""
    mails = [patch_with(f"person{number}") for number in range(20)]
    report = report_on(mails, [sections.authors(top=5)])
    assert "And 15 more, with 15 in total." in report.to_text()
    assert len(report.result["authors"].rows) == 20
    assert len(json.loads(report.to_json())["sections"][0]["result"]["rows"]) == 20


def test_threads_that_are_cut_are_counted():
    """Discussions that are not shown are counted, too."""
    replies = [
        read_message(f"Subject: Re: {number}\nFrom: a@a.example\n\nYes.\n".encode())
        for number in range(7)
    ]
    text = report_on(replies, [sections.discussions(top=4)]).to_text()
    assert "\nAnd 3 more.\n" in text


def test_what_was_applied_and_discussed_names_its_mail():
    """A posted report leads to the mail that says so, and to the beginning of a thread."""
    mails = [
        patch("s-1", "[PATCH v2] lamp: blink"),
        reply("r-1", "s-1", "Nice.\n", subject="Re: [PATCH v2] lamp: blink", hour=1),
        reply("r-2", "s-1", "Applied, thanks.\n", subject="Re: [PATCH v2] lamp: blink", hour=2),
    ]
    report = report_on(mails, [sections.applied(), sections.discussions()])
    said = "https://lore.kernel.org/kvm/r-2@x/"
    first = "https://lore.kernel.org/kvm/s-1@x/"
    people = {"sender": "a@a.example", "to": ["b@b.example"]}
    for text in (report.to_text(), report.to_mail(**people)):
        assert f"\n    {said}\n" in text.partition("  v2 lamp: blink\n    said by ")[2]
        assert f"v2 lamp: blink\n    {first}\n" in text
    markdown = report.to_markdown()
    assert f"[v2 lamp: blink]({said})" in markdown
    assert f"[v2 lamp: blink]({first})" in markdown
    assert report.to_csv("applied").endswith(f",r-2@x,{said}\r\n")
    assert report.to_csv("discussions").endswith(f",s-1@x,{first}\r\n")


def test_one_patch_for_several_trees_is_told_apart():
    """Rows of new series with one title name the trees, and a resend; others do not."""
    mails = [
        patch("a", "[PATCH AUTOSEL 5.10 1/2] lamp: blink"),
        patch("b", "[PATCH AUTOSEL 6.1 1/5] lamp: blink", hour=1),
        patch("c", "[PATCH RESEND 6.1.y] lamp: blink", hour=2),
        patch("d", "[PATCH lamps-next] lamp: glow", hour=3),
    ]
    text = report_on(mails, [sections.new_series()]).to_text()
    assert "lamp: blink (AUTOSEL 5.10)" in text
    assert "lamp: blink (AUTOSEL 6.1)" in text
    assert "lamp: blink (6.1.y, resend)" in text
    assert "lamp: glow\n" in text


def test_a_name_has_no_quotes_in_a_ranking():
    """Whoever quotes his name in From is ranked as others are; who gives none by the address."""
    mails = [
        patch("a", sender='"Ada Pfeiffer" <ada@silicon.example>'),
        patch("b", sender="<ben@cloud.example>"),
        patch("c", sender='"Lis, Ewa" <ewa@kvm.example>'),
    ]
    table = report_on(mails, [sections.authors()]).tables()["authors"]
    assert [row[-1] for row in table.rows] == [
        "Ada Pfeiffer <ada@silicon.example>", "Lis, Ewa <ewa@kvm.example>", "ben@cloud.example",
    ]  # fmt: skip


def test_what_never_came_is_not_counted():
    """An overview has no rows of zeros, unless there were some in the period before."""
    overview = [sections.overview()]
    assert "pull requests" not in report_on([patch("a")], overview).to_text()
    pull = read_message(
        b"Subject: [GIT PULL] lamps\nMessage-ID: <p@x>\n\nThe following changes since commit "
        b"0123456789abcdef0123456789abcdef01234567:\n\n  Lamp (2025-03-03)\n\nare available in the"
        b" Git repository at:\n\n  https://git.example/lamps.git tags/lamps\n"
    )
    windows = [Snapshot(Mails(one)) for one in ([patch("a")], [pull])]
    text = build_report("x", windows[0], overview, before=windows[1]).to_text()
    assert "    0      -1  pull requests" in text


def test_nothing_is_said_once():
    """A section that finds nothing has one sentence: no figures that are zero stand above it."""
    chosen = [sections.pull_requests(), sections.open_remarks()]
    text = report_on([patch("a")], chosen).to_text()
    assert "-------\n\nNo pull request was sent in this period.\n" in text
    assert "Open remarks: none in this period.\n" in text


def test_a_thread_that_began_earlier_is_listed_once():
    """A thread of replies alone leads to the first of them, which a page lists once."""
    mails = [reply("r-1", "s-1"), reply("r-2", "r-1", hour=1)]
    report = report_on(mails, [sections.discussions()])
    assert report.to_text().endswith("KVM: x\n    https://lore.kernel.org/kvm/r-1@x/\n")
    assert report.to_html().count('href="https://lore.kernel.org/kvm/r-1@x/"') == 1


def test_who_rose_has_a_plus():
    """A better rank than before is an arrow up, a worse one an arrow down."""
    mails = [patch_with(name, str(n)) for n, name in enumerate("abbc")]
    before = [patch_with(name, str(n)) for n, name in enumerate("aabccc")]
    windows = [Snapshot(Mails(one)) for one in (mails, before)]
    report = build_report("x", windows[0], [sections.authors()], before=windows[1])
    rows = [row[:2] for row in report.tables()["authors"].rows]
    assert [(rank, trend.to_sign()) for rank, trend in rows] == [
        ("1", "▲2"),
        ("2", "="),
        ("2", "▼1"),
    ]


def test_headings_of_a_section_stand_below_its_own(week):
    """A section's headings are one level deeper than where it is the whole report."""
    page = build_report("x", week, [sections.update()]).to_html()
    assert '<h2 id="s1">Update</h2>\n<p>' in page
    assert "<h3>Top 15 contributor email domains</h3>" in page
    assert "<h4>[PATCH" in page


class Row(Model):
    """A row of a user's table."""

    what: str
    """Something."""

    how_many: int
    """A number."""

    when: datetime | None = None
    """A day."""

    proof: tuple[MessageRef, ...] = ()
    """The messages."""


class Rows(Model):
    """A user's result with rows."""

    rows: tuple[Row, ...]
    """The rows."""

    mails: tuple[MessageRef, ...] = ()
    """Messages."""


def test_rows_of_a_model_are_a_table():
    """A user's rows become a table: a column for each field, links for the messages."""
    url = "https://lore.kernel.org/kvm/1@a/"
    ref = MessageRef(message_id="1@a", subject="s", url=url)
    row = Row(what="x", how_many=2, when=datetime(2025, 6, 9, tzinfo=UTC), proof=(ref,))
    (table,) = [make_table([row, Row(what="y", how_many=3)])]
    assert table.columns == ("what", "how many", "when")
    assert table.rows == (("x", "2", "2025-06-09"), ("y", "3", ""))
    assert table.numeric == {"how many"}
    assert table.linked == "what"
    assert table.links_of(0)[0].url == url
    report = build_report(
        "x", Mails([]), [Section("mine", lambda _: Rows(rows=(row,), mails=(ref,)))]
    )
    assert report.to_html().count(f'<a href="{url}">') == 2
    assert report.to_csv("mine").splitlines()[1] == f"x,2,2025-06-09T00:00:00+00:00,1@a,{url}"


def test_a_table_of_no_rows():
    """No rows are an empty table, as on a quiet day; a column that is none is told."""
    assert make_table(()).rows == make_table((), ["what"]).rows == ()
    assert make_table((), ["how_many"]).columns == ("how many",)
    with pytest.raises(UsageError, match=r"Row has no such field; did you mean what"):
        make_table([Row(what="x", how_many=2)], ["whatever"])


def test_a_default_layout_can_be_registered():
    """A user's class may have a default layout, too."""

    class Special(Model):
        """A result."""

    lay_out.register(Special, lambda result: [Paragraph("special")])
    report = build_report("x", Mails([]), [Section("mine", lambda _: Special())])
    assert "special" in report.to_text()


def test_rank_is_a_section_in_one_line(week):
    """`rank` makes a section's result of texts and messages."""

    def by_length(corpus):
        return rank(((str(len(one.title)), one) for one in corpus.patches()), counted="patches")

    assert "\nBy length\n" in build_report("x", week, [by_length]).to_text()


def test_a_section_is_a_report_of_its_own(week):
    """A section without a page is shown by its title and layout, and its result is the JSON."""
    section = sections.authors()
    report = SectionReport(section, section.compute(week))
    assert re.match(
        r"Authors\n\n\d+ patches and cover letters, \d authors\.\n\nrank ", report.to_text()
    )
    assert Ranking.model_validate_json(report.to_json()) == report.result
    assert [*report.tables()] == ["table-1"]


def test_another_layout_is_that_of_the_whole_report_too(week):
    """A layout that replaces a section's own is used where it is the whole report."""
    section = sections.waiting().with_layout(lambda result: [Paragraph(f"{result.total} series")])
    report = SectionReport(section, section.compute(week))
    assert report.to_text() == "kvm-sample: Waiting for review\n\n6 series\n"


@pytest.mark.parametrize(
    ("things", "part", "before", "told"),
    [
        (1, 1, None, "1 series, only in part, 3 mails."),
        (2, 1, None, "2 series, 1 of them only in part, 3 mails."),
        (2, 2, None, "2 series, 2 of them only in part, 3 mails."),
        (1, 0, None, "1 series, 3 mails."),
        (2, 0, 0, "2 series, 3 mails."),
        (2, 0, 3, "2 series, 0 (-3) of them only in part, 3 mails."),
    ],
)
def test_what_was_done_in_part_is_told_where_there_is_some(things, part, before, told):
    """A number of parts is told if it is or was above 0; of one thing without a number."""
    figures = (
        Figure(label="series", count=things),
        Figure(label="of which only in part", count=part, before=before),
        Figure(label="mails", count=3),
    )
    assert sum_up(figures) == [Paragraph(told)]


def test_nothing_found_is_told():
    """A number that answers the question is told where it is 0."""
    figures = (Figure(label="series", count=2), Figure(label="of which landed", count=0))
    assert sum_up(figures) == [Paragraph("2 series, none of them landed.")]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("", "needs a title"),
        (" \n", "needs a title"),
        (None, "expected a title, not this NoneType"),
    ],
)
def test_a_report_has_a_title(title, told):
    """What is no title is refused before a mail is read."""
    mails = Mails([])
    with pytest.raises(UsageError, match=told):
        build_report(title, mails, [sections.authors()])
