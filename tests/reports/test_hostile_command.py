"""What the command line says about hostile arguments and hostile archives."""

import pytest
from corpora import mail_with
from hostile_texts import TEXTS, find_live

from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.sample import SAMPLE_RANGE, make_sample

FORMATS = ["html", "json", "markdown", "rich", "text"]
# broken bytes become surrogates in Python's argv, and no argv can hold NUL
ARGUMENTS = {name: text for name, text in TEXTS.items() if "\0" not in text}
ARGUMENTS |= {"lone-surrogate": "a\udcffb"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox."""
    return str(make_sample(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def hostile_inbox(tmp_path_factory):
    """An archive in which each mail holds another hostile text in each place."""
    path = tmp_path_factory.mktemp("hostile") / "0.git"
    writer = MailWriter(path)
    for number, text in enumerate(TEXTS.values()):
        writer.add(mail_with(text, text), 1_700_000_000 + number)
    return str(path)


def _run(capsys, arguments):
    try:
        code = main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    return code, capsys.readouterr()


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS)
@pytest.mark.parametrize("place", ["path", "range", "base", "since", "top", "format", "output"])
def test_a_hostile_argument_is_refused_in_one_safe_line(capsys, sample, tmp_path, place, text):
    """A wrong argument ends in exit code 2 and one line that acts on nobody."""
    week = "..".join(SAMPLE_RANGE)
    arguments = {
        "path": [f"{tmp_path}/{text}", week],
        "range": [sample, text.replace("..", "")],
        "base": [sample, f"x{text.replace('.', '')}..week-to"],
        "since": [sample, f"--since={text}"],
        "top": [sample, week, f"--top={text}"],
        "format": [sample, week, f"--format={text}"],
        "output": [sample, week, f"--output={tmp_path}/none/{text}"],
    }
    code, shown = _run(capsys, ["update", *arguments[place]])
    assert code == 2
    assert shown.out == ""
    assert shown.err.startswith("kvminbox: ")
    assert shown.err.count("\n") == 1
    assert not find_live(shown.err)


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_hostile_list_name_is_shown_safely(capsys, sample, text):
    """A name that the caller gives is as safe as one of a mail."""
    code, shown = _run(capsys, ["update", sample, "..".join(SAMPLE_RANGE), f"--name={text}"])
    assert code == 0
    assert not find_live(shown.out)


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_archive_is_reported_safely(capsys, hostile_inbox, form):
    """An archive of hostile mails gives a report in each format, with nothing live in it."""
    code, shown = _run(capsys, ["update", hostile_inbox, "..", f"--format={form}"])
    assert code == 2  # `..` is no range
    code, shown = _run(capsys, ["update", hostile_inbox, "..HEAD", f"--format={form}"])
    assert code == 0
    assert shown.out.count("sample.example") > len(TEXTS)
    assert not find_live(shown.out)
    assert shown.err == ""
