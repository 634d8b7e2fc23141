"""`kvminbox board`: a page with --output, text without, and which series are on it."""

import json
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.errors import UsageError
from kvminbox.reports import board
from kvminbox.sample import make_sample, make_sample_tree
from tests.mails import write_mail

DIFF = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"
MAINTAINERS = "KVM FOR SILICON\nM: Ewa Lis <maintainer@kvm.example>\nF: virt/kvm/\nF: arch/*/kvm/\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox's index, its tree, and a MAINTAINERS file."""
    folder = tmp_path_factory.mktemp("board")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder)))
    make_sample_tree(folder)
    (folder / "MAINTAINERS").write_text(MAINTAINERS)
    return folder


@pytest.fixture
def run(sample, capsys):
    """Run the command on the whole index; return what it printed."""

    def run(*options, window="..HEAD", code=0):
        capsys.readouterr()
        places = [str(one).replace("{}", str(sample)) for one in options]
        assert main(["board", f"{sample}/kvm.sqlite", window, *places]) == code
        return capsys.readouterr()

    return run


def test_a_file_gets_the_page_and_the_screen_gets_text(run, tmp_path):
    """--output writes the page, without it text is printed; --format has the last word."""
    assert run("--output", tmp_path / "board.html").out == ""
    page = (tmp_path / "board.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "Content-Security-Policy" in page
    assert run().out.startswith("Series of kvm-sample on 2025-06-10 (all mails)\n")
    assert run("--format", "page").out == page
    assert run("--output", tmp_path / "board.json", "--json").out == ""
    assert json.loads((tmp_path / "board.json").read_text())["title"] == "Board"


def test_states_are_chosen(run):
    """Only series of these states are listed, and how many others there are is told."""
    whole = json.loads(run("--json").out)
    for states in (["waiting"], ["ready", "landed"]):
        asked = [word for one in states for word in ("--state", one)]
        found = json.loads(run("--json", *asked).out)
        wanted = [one for one in whole["series"] if one["state"] in states]
        assert found["series"] == wanted
        assert 0 < len(wanted) < len(whole["series"])
        assert found["other_states"] == len(whole["series"]) - len(wanted)
        assert f"{found['other_states']} in other states" in " ".join(run(*asked).out.split())
    assert whole["other_states"] == 0
    assert "other states" not in run().out


def test_a_state_in_python_is_one_that_there_is(sample):
    """An unknown state, or one without a list, is an error before anything is read."""
    with Index.open(sample / "kvm.sqlite") as index:
        assert {one.state for one in board(index, states=["ready"]).result.series} <= {"ready"}
        for states, told in ((["redy"], "did you mean ready?"), ("ready", "give a list")):
            with pytest.raises(UsageError, match=told.replace("?", r"\?")):
                board(index, states=states)


def test_options_choose_series_and_name_subsystems(run):
    """Paths, people and authors choose as for `waiting`; a MAINTAINERS file names subsystems."""
    rows = json.loads(run("--json").out)["series"]
    assert len(rows) > 5
    mine = json.loads(run("--json", "--path", "virt/kvm").out)
    assert mine["chosen"] == "touching virt/kvm"
    assert 0 < len(mine["series"]) < len(rows)
    assert "There is no series touching mm/*.c in this period" in run("--path", "mm/*.c").out
    named = json.loads(run("--json", "--maintainers", "{}/MAINTAINERS").out)["series"]
    assert {part for row in named for part in row["subsystems"]} == {"KVM FOR SILICON"}
    hers = ["--for", "maintainer@kvm.example", "--maintainers", "{}/MAINTAINERS"]
    assert 0 < len(json.loads(run("--json", *hers).out)["series"]) < len(rows)


def test_a_tree_tells_what_landed(run):
    """--tree finds what landed without a word."""
    before = run().out.count("vm-sample-tree")
    assert before == 0
    assert (
        "in kvm-sample-tree, the last committed on" in run("--tree", "{}/kvm-sample-tree.git").out
    )


def test_without_a_window_it_is_half_a_year_of_the_archive(tmp_path, capsys):
    """The usual window is the six months before the newest mail, however long ago that came."""
    writer = MailWriter(tmp_path / "plum.git")
    for number, day in enumerate(["2021-01-01", "2021-03-09", "2021-03-11", "2021-09-10"]):
        mail = write_mail(f"[PATCH] Change {number}", DIFF, ids=[f"{number}@a.example"])
        writer.add(mail, int(datetime.fromisoformat(f"{day}T12:00:00Z").timestamp()))
    with Index.open(tmp_path / "plum.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "plum.git"))
    for path in ("plum.git", "plum.sqlite"):
        assert main(["board", f"{tmp_path}/{path}", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["base"], found["tip"], found["superseded"] + len(found["series"])) == (
            "2021-03-10", "HEAD", 2,
        )  # fmt: skip


def test_a_board_of_several_lists_ends_with_the_newest(tmp_path, capsys):
    """Of two archives of one index the one that goes on for longer tells when the board begins."""
    with Index.open(tmp_path / "both.sqlite", create=True) as index:
        for name, year in (("plum", 2021), ("fig", 2019)):
            writer = MailWriter(tmp_path / f"{name}.git")
            writer.add(write_mail("[PATCH] Change", DIFF, ids=[f"1@{name}.example"]),
                       int(datetime(year, 9, 10, tzinfo=UTC).timestamp()))  # fmt: skip
            index.update(Inbox.open(tmp_path / f"{name}.git"))
    for more, base in (((), "2021-03-10"), (("--inbox", "fig"), "2019-03-10")):
        assert main(["board", f"{tmp_path}/both.sqlite", "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out)["base"] == base


def test_the_date_that_an_error_tells_has_mails(sample, capsys):
    """Of a list that ended long ago the error names a date that works, whatever was asked."""
    for asked in ("6 months ago", "yesterday", "2033-01-01"):
        assert main(["board", f"{sample}/kvm.sqlite", "--since", asked]) == 2
        date = capsys.readouterr().err.partition("try --since ")[2][:10]
        assert main(["board", f"{sample}/kvm.sqlite", "--since", date]) == 0
        capsys.readouterr()
    assert main(["board", f"{sample}/kvm.sqlite", "--since", "2001", "--until", "2002"]) == 2
    assert "try --since" not in capsys.readouterr().err
