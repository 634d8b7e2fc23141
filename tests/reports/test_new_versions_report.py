"""The report on new versions, in each format."""

import json
import re
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox
from kvminbox.analysis import NamedVersion, NewVersion, NewVersions, PatchChange
from kvminbox.models import ChangelogEntry, SeriesRef
from kvminbox.reports import SectionReport, build_report, new_versions, sections
from kvminbox.sample import SAMPLE_RANGE, make_sample, make_sample_tree
from kvminbox.upstream import Tree
from tests.reports.hostile_texts import BLOCKS, TEXTS, find_live


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Return the sample inbox, whose timer series has a v1 before the week and a v2 in it."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("versions")))


@pytest.fixture(scope="module")
def whole(inbox):
    """Return the report on all of the sample inbox."""
    return new_versions(inbox.between(None))


def test_a_new_version_is_compared_with_the_one_before(whole):
    """The second version names the first, its chain, and the reason for taking them as one."""
    (version,) = whole.result.versions
    assert (version.previous.revision, version.series.revision) == (1, 2)
    assert [ref.revision for ref in version.chain] == [1, 2]
    assert "it links to the older one as v1" in version.reasons[0]


def test_each_patch_has_its_verdict(whole):
    """The patch that the changelog speaks of has changed code, the other one none."""
    (version,) = whole.result.versions
    verdicts = {patch.number: patch.verdict for patch in version.patches}
    assert verdicts == {1: "code_changed", 2: "unchanged"}
    changed = version.patches[0].inner_diff
    assert re.search(r"^-.*ENODEV", changed, re.MULTILINE)
    assert re.search(r"^\+.*EOPNOTSUPP", changed, re.MULTILINE)


def test_the_changelog_is_the_authors(whole):
    """The text under `Changes in v2:` is shown as the author wrote it."""
    (version,) = whole.result.versions
    assert version.changelog[0].revision == 2
    assert version.changelog[0].items[0] == "EOPNOTSUPP instead of ENODEV (Ewa)"


def test_a_section_of_a_report_has_a_row_for_each_series(inbox):
    """A report counts what changed, with the author's words; each patch and diff is asked for."""
    short = build_report("x", inbox.between(None), [sections.new_versions()])
    text = " ".join(short.to_text().split())
    assert "1 new version, each compared with the one before." in text
    assert "v2 after v1 KVM: say that there is no timer" in text
    assert "patches: 1 unchanged, 1 with changed code" in text
    assert 'the author says: "EOPNOTSUPP instead of ENODEV (Ewa)"' in text
    full = build_report("x", inbox.between(None), [sections.new_versions(diffs=True)])
    assert short.result == full.result
    for told in ("KVM: fail without a timer", "+\treturn -EOPNOTSUPP", "linked because"):
        assert told not in short.to_text()
        assert told in full.to_text() or told[2:] in full.to_text()
    assert "<details><summary>what changed" in full.to_html()
    assert "<details><summary>what changed" not in short.to_html()


def test_a_section_says_what_landed(inbox, tmp_path):
    """With a tree the row tells how much of the series is in it."""
    tree = Tree.open(make_sample_tree(tmp_path))
    text = build_report("x", inbox.between(None), [sections.new_versions(tree)]).to_text()
    told = r"1 with changed code; (all of it is|part of it is|it is not) in the tree"
    assert re.search(told, " ".join(text.split()))


def _ref(identity, revision, day):
    date = datetime(2025, 6, day, tzinfo=UTC)
    return SeriesRef(message_id=identity, title="timer: fix it", revision=revision, date=date)


def test_the_line_of_a_series_is_short_and_names_rfcs():
    """Of a line the first, the last and the two that are compared have days; an RFC is named."""
    labels = ("RFC v1", "RFC v2", "v1", "v2", "v3", "v4", "v5")
    refs = [_ref(label, int(label[-1]), day) for day, label in enumerate(labels, 1)]
    line = tuple(
        NamedVersion(series=ref, label=label) for ref, label in zip(refs, labels, strict=True)
    )
    version = NewVersion(
        series=refs[4], previous=refs[3], chain=(*refs, *refs), line=line, reasons=("a link",),
        changelog=(), patches=(),
    )  # fmt: skip
    result = NewVersions(base="x", tip="y", versions=(version,))
    text = " ".join(SectionReport(sections.new_versions(), result).to_text().split())
    assert "v3 after v2: timer: fix it" in text
    shown = "RFC v1 (2025-06-01), RFC v2, v1, v2 (2025-06-04), v3 (2025-06-05), v4, v5 (2025-06-07)"
    assert f"versions: {shown} linked" in text
    first = version.model_copy(update={"series": refs[2], "previous": refs[1]})
    result = NewVersions(base="x", tip="y", versions=(first,))
    assert "v1 after RFC v2: " in SectionReport(sections.new_versions(), result).to_text()


def test_text_tells_all_of_it(whole):
    """The text has the headline, the chain, the changelog and a line for each patch."""
    text = whole.to_text()
    assert "v2 after v1: KVM: say that there is no timer" in text
    assert "  1 unchanged, 1 with changed code" in text
    assert "  Changes in v2:" in text
    assert "    1  code changed     KVM: fail without a timer" in text


def test_a_version_whose_older_one_lies_outside(inbox):
    """In a window without the older version there is nothing to compare, and it says so."""
    report = new_versions(inbox.between(*SAMPLE_RANGE))
    assert report.result.versions == ()
    for shown in (report.to_text(), report.to_markdown(), report.to_html()):
        assert "No series in this window is a newer version of another one in it." in shown


def test_json_has_its_number(whole):
    """The JSON bears the number of its shape and the typed fields."""
    data = json.loads(whole.to_json())
    assert data["format_version"] == 1
    assert data["versions"][0]["patches"][0]["verdict"] == "code_changed"


def _report_on(text, block):
    ref = SeriesRef(message_id=text, title=text, revision=1, date=None)
    patch = PatchChange(
        number=1, title=text, old_title=text, verdict="code_changed", inner_diff=block
    )
    entry = ChangelogEntry(revision=2, heading=text, text=block, items=(text,))
    version = NewVersion(
        series=ref,
        previous=ref,
        chain=(ref,),
        reasons=(text,),
        changelog=(entry,),
        patches=(patch,),
    )
    result = NewVersions(base=text, tip=text, versions=(version,))
    return SectionReport(sections.new_versions(), result)


@pytest.mark.parametrize("text", [*TEXTS.values(), *BLOCKS.values()])
def test_hostile_texts_stay_dead(text):
    """No text in any field brings a live character into any format, or a tag into HTML."""
    report = _report_on(text, text)
    for show in (report.to_text, report.to_markdown, report.to_html, report.to_json):
        assert not find_live(show())
    assert not find_live(report.to_terminal(width=60))
    harmless = re.findall(r"<(?!ins\b|del\b|wbr>)[a-z]\w*", _report_on("x", "x").to_html())
    assert re.findall(r"<(?!ins\b|del\b|wbr>)[a-z]\w*", report.to_html()) == harmless
