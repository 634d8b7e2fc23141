"""Hundreds of hostile strings in every place of a mail: nothing that the library shows is live."""

import json
import shutil
import subprocess
from io import StringIO

import pytest
from rich.console import Console

import kvminbox
from kvminbox import Inbox, safe_text
from kvminbox.analysis import Snapshot
from kvminbox.display import render_csv, render_thread
from kvminbox.models import Model
from kvminbox.notebook import Bar
from kvminbox.reports import board, build_report, list_update, new_versions, waiting
from tests.hostile.hostile_families import CORPUS, FAMILIES, FOLLOWED, sample_corpus
from tests.hostile.hostile_places import write_archive
from tests.hostile.live_text import check_csv, check_html, check_markdown, find_live
from tests.reports.report_windows import every_section

TITLE = "a\x1b[2J\u202e<script>x()</script>`[x](//evil.example)"


REPORTS = {
    "update": lambda snapshot: list_update(snapshot, top=9999, name=TITLE),
    "waiting": waiting,
    "board": board,
    "versions": new_versions,
    "built": lambda snapshot: build_report(TITLE, snapshot, every_section()),
}


@pytest.fixture(scope="module", params=REPORTS)
def report(request, snapshot):
    """One report on all hostile mails."""
    return REPORTS[request.param](snapshot)


def test_the_corpus_is_large_and_has_each_sort():
    """There are more than five hundred different strings, with each control and direction."""
    assert len(CORPUS) > 500
    assert len(set(CORPUS.values())) == len(CORPUS)
    assert {name.partition(":")[0] for name in CORPUS} == set(FAMILIES)
    chars = set("".join(CORPUS.values()))
    assert chars >= {chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]}
    assert chars >= {chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x2070)]}
    assert sample_corpus(1) == list(CORPUS.values())


def test_the_mails_do_what_the_tests_need(snapshot, texts):
    """Each string reaches a subject, a name, a tag, a file name and an attachment's name."""
    mails = list(snapshot.messages())
    assert len(mails) == 2 * len(texts)
    names = {mail.sender.name for mail in mails}
    patches = list(snapshot.patches())
    values = {trailer.value for patch in patches for trailer in patch.trailers}
    paths = {file.path for patch in patches for file in patch.diffstat.files}
    files = {part.filename for patch in patches for part in patch.attachments}
    bodies = "".join(mail.body for mail in mails)
    for text in FOLLOWED:
        assert text in names
        assert text in values
        assert text in paths
        assert text in files
        assert text in bodies
    assert any("\u202e" in name for name in names)
    assert any("\x1b" in path for path in paths)


TEXTS = {
    "text": lambda report: report.to_text(),
    "str": str,
    "repr": repr,
    "repr of the result": lambda report: repr(report.result),
    "Markdown": lambda report: report.to_markdown(),
    "HTML": lambda report: report.to_html(),
    "a notebook's HTML": lambda report: report._repr_html_(),
    "JSON": lambda report: report.to_json(),
    "terminal": lambda report: report.to_terminal(width=70),
    "mail": lambda report: report.to_mail(
        sender="a@a.example", to=["b@b.example"], subject="".join(CORPUS.values())
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("form", TEXTS)
def test_no_format_holds_live_text(report, form):
    """No format of a report has text that acts on a terminal, reverses text or hides in it."""
    shown = TEXTS[form](report)
    assert not find_live(shown)
    assert shown.encode()
    if form in {"JSON", "mail"}:
        assert shown.isascii()


def test_a_page_has_our_tags_and_links_only(report):
    """A page and a notebook cell have only the library's own tags, attributes and links."""
    check_html(report.to_html())
    check_html(report._repr_html_())


def test_a_page_is_valid_html(report):
    """HTML Tidy finds neither an error nor a warning in a page."""
    if shutil.which("tidy") is None:
        pytest.skip("HTML Tidy is not installed")
    run = subprocess.run(
        ["tidy", "-q", "-e", "-utf8"], input=report.to_html().encode(), capture_output=True
    )
    assert (run.returncode, run.stderr.decode()) == (0, "")


def test_markdown_has_code_and_our_links_only(report):
    """In Markdown a mail's text is plain words or in code, never a link, notification or HTML."""
    check_markdown(report.to_markdown())


def test_no_cell_is_a_formula(report):
    """No cell of CSV is a formula, whether commas, semicolons or tabs separate the cells."""
    for table in report.tables().values():
        shown = render_csv(table)
        assert not find_live(shown.replace("\r\n", "\n"))
        check_csv(shown)


def test_json_gives_back_what_the_mails_said(report):
    """JSON is for programs: it holds the strings unchanged, written in ASCII."""
    assert json.loads(report.to_json())["base"] == TITLE
    assert type(report.result).model_validate_json(report.to_json()).base == TITLE


def test_a_mail_of_a_report_has_the_headers_of_ours(report):
    """No line of a report or its subject becomes a header, another mail, or a mail's end."""
    head, _, body = TEXTS["mail"](report).partition("\n\n")
    names = [line.partition(":")[0] for line in head.splitlines() if not line.startswith(" ")]
    assert names == [
        "From", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    assert "\nFrom " not in body
    assert "\n.\n" not in body


def parts_of(value):
    """Return a model, and the first model of each other class that it holds."""
    found, waiting_ones = {}, [value]
    for one in waiting_ones:
        if isinstance(one, Model) and type(one) not in found:
            found[type(one)] = one
            waiting_ones += [getattr(one, name) for name in type(one).model_fields]
        elif isinstance(one, tuple):
            waiting_ones += one
    return list(found.values())


def _show_all(values):
    for value in values:
        for shown in (repr(value), f"{value}"):
            assert not find_live(shown), ascii(shown[:300])
        assert "\n" not in repr(value)


def test_every_model_of_a_mail_is_shown_safely(snapshot):
    """`repr` and `str` of a mail, and of each value in it, are safe; so is its card."""
    for mail in snapshot.messages():
        is_patch = mail.kind == "patch"
        _show_all(parts_of(mail) if is_patch else [mail])
        if is_patch or mail.kind == "pull_request":
            card = mail._repr_html_() + mail.subject._repr_html_()
            assert not find_live(card)
            check_html(card)


def test_every_group_is_shown_safely(snapshot, texts):
    """`repr`, `str` and the card of threads, series, chains and reviews are safe."""
    groups = [
        *snapshot.threads(), *snapshot.series(), *snapshot.chains(),
        *(review for review, _ in snapshot.reviews()),
    ]  # fmt: skip
    assert len(groups) > 3 * len(texts)
    for group in groups:
        _show_all([group])
        card = group._repr_html_()
        assert not find_live(card)
        check_html(card)


def test_rich_shows_no_live_text(snapshot, texts):
    """The console of rich prints models and threads without a live character."""
    buffer = StringIO()
    console = Console(file=buffer, width=100, color_system=None)
    for thread in list(snapshot.threads())[::5]:
        console.print(render_thread(thread))
    for mail in list(snapshot.messages())[::14]:
        console.print(mail.subject, mail.sender)
    shown = buffer.getvalue()
    assert len(shown.splitlines()) > len(texts)
    assert not find_live(shown)


def test_what_opens_an_archive_is_shown_safely(tmp_path):
    """The `repr` of an inbox, a window and an index show a hostile path safely."""
    path = tmp_path / "\x1b[2J\u202e.git"
    write_archive(path, [TITLE])
    inbox = Inbox.open(path)
    with kvminbox.Index.open(tmp_path / "\x1b[31m.sqlite", create=True) as index:
        index.update(inbox)
        window = inbox.between(None)
        for value in (inbox, window, index, index.search("s:x"), Snapshot(window), *inbox.epochs):
            assert not find_live(repr(value)), value
        hits = list(index.search("f:patch").hits())
        assert hits
        _show_all(hits)
        assert not find_live(hits[0]._repr_html_())


ERRORS = [kind for kind in vars(kvminbox.errors).values() if isinstance(kind, type) and
          issubclass(kind, kvminbox.errors.KvminboxError)]  # fmt: skip


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_one_safe_line(kind):
    """An error shows what, where and the cure as one safe line, whatever they hold."""
    for text in CORPUS.values():
        error = kind(text, where=text, cure=text)
        for shown in (str(error), repr(error), f"{error}"):
            assert not find_live(shown)
            assert "\n" not in shown


def _errors_of_json(text):
    """Yield the errors for JSON and objects that hold the text as name, kind and value."""
    for value in (
        {"kind": text},
        {"kind": "patch", text: text},
        {"kind": "patch", "subject": text},
    ):
        with pytest.raises(ValueError, match="validation error") as caught:
            kvminbox.load_message(json.dumps(value))
        yield caught.value
    for kind in (kvminbox.Address, kvminbox.Series):
        for value in ({"name": [text], text: text}, text, {"email": {text: text}}):
            with pytest.raises(ValueError, match="validation error") as caught:
                kind.model_validate(value)
            yield caught.value


def test_errors_of_stored_models_are_safe():
    """JSON with hostile names, kinds and values is refused with an error that is safe to show."""
    for text in CORPUS.values():
        for error in _errors_of_json(text):
            assert not find_live(str(error)), ascii(str(error))
            assert not find_live(repr(error))


def test_a_bar_is_safe():
    """The title of a notebook's bar and of a progress bar is safe text."""
    for text in CORPUS.values():
        bar = Bar(text, 1, 2)
        assert not find_live(repr(bar))
        assert not find_live(bar._repr_html_())
        check_html(bar._repr_html_())


def test_two_gates_do_no_more_than_one():
    """Safe text stays as it is."""
    for text in CORPUS.values():
        once = safe_text(text, multiline=True)
        assert not find_live(once)
        assert safe_text(once, multiline=True) == once
