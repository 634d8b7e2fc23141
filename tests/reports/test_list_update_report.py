"""What a report on a list's mails says, besides the golden files."""

import json

from kvminbox.analysis import ListUpdate
from kvminbox.reports import list_update
from tests.reports.corpora import Mails, patch_with


def test_an_empty_corpus_gives_every_heading_and_no_row():
    """Without mails the report has empty sections, in every format."""
    report = list_update(Mails([]))
    assert report.to_text().startswith("From base to tip\nMailing list update from base to tip\n")
    assert report.to_text().endswith("===== Patch Commit Messages ====\n\n")
    assert report.to_html().count("<h2") == report.to_markdown().count("\n## ") == 4
    assert json.loads(report.to_json())["submissions"] == []


def test_the_very_beginning_has_a_name():
    """A window without a base is said to be `from the beginning`."""
    assert "From the beginning to tip\n" in list_update(Mails([], base="")).to_text()


def test_top_is_said_and_kept():
    """`top` cuts both rankings, and the headings say how long they are."""
    mails = [patch_with("Ada"), patch_with("Ben")]
    report = list_update(Mails(mails), top=1)
    assert len(report.result.contributors) == len(report.result.domains) == 1
    assert "Top 1 contributors (Based on Email Body)" in report.to_text()


def test_a_second_mail_of_one_title_is_skipped():
    """Of two mails with one title the newer is shown, the older only named."""
    report = list_update(Mails([patch_with("Ada"), patch_with("Ada", "again")]))
    assert report.to_text().count("New:  Ada") == 1
    assert "Exist: [PATCH] Ada\n Skip: [PATCH] Ada\n" in report.to_text()


def test_json_names_the_number_of_its_shape():
    """JSON has a `format_version`, and the model of the result reads it."""
    report = list_update(Mails([patch_with("Ada")]), name="Sample")
    assert json.loads(report.to_json())["format_version"] == 1
    assert ListUpdate.model_validate_json(report.to_json()) == report.result


def test_repr_is_short():
    """`repr` of a report fits into a line, however much it holds."""
    report = list_update(Mails([patch_with("Ada", "long " * 1000)]))
    assert len(repr(report)) < 120
