"""What somebody who comes from other tools tries, and what the answer is."""

import json

import pytest

from kvminbox import Inbox, Index
from kvminbox.cli import main
from kvminbox.sample import make_sample, make_sample_tree


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """An index of the sample inbox, and the sample tree."""
    folder = tmp_path_factory.mktemp("newcomers")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder)))
    return str(folder / "kvm.sqlite"), str(make_sample_tree(folder))


@pytest.fixture
def run(capfd):
    """Run a command; return what it prints, and what it says on standard error."""

    def run(*words, code=0):
        assert main([*words]) == code
        return capfd.readouterr()

    return run


def test_a_release_is_a_span_of_time(places, run):
    """--release takes the mails between two tags; of a candidate alone it is the merge window."""
    file, tree = places
    both = [
        json.loads(run("report", file, "--release", span, "--tree", tree, "--json").out)
        for span in ("v6.15..v6.16-rc1", "v6.16-rc1")
    ]
    assert both[0] == both[1]
    assert (both[0]["base"], both[0]["tip"]) == (
        "2025-04-10 10:00:00 UTC",
        "2025-06-11 13:00:00 UTC",
    )


def test_a_release_needs_a_tree(places, run):
    """--release without a tree is an error with its cure, and so is a tag that is not there."""
    file, tree = places
    said = run("update", file, "--release", "v6.15..v6.16-rc1", code=2).err
    assert "--release needs --tree" in said
    said = run("update", file, "--release", "v6.16", "--tree", tree, code=2).err
    assert "no such tag in the tree; did you mean v6.15 or v6.16-rc1?" in said


def test_who_is_named_instead_of_an_address_is_an_error(places, run):
    """--for with a name would find no series to wait for that person: it is refused."""
    said = run("waiting", places[0], "..HEAD", "--for", "Ewa Lis", code=2).err
    assert "Ewa Lis: --for needs an address" in said


def test_ones_own_landed_patches_are_asked_in_a_shell(places, run):
    """`landed --author` counts and lists the series of one sender only."""
    file, tree = places
    every = json.loads(run("landed", file, "..HEAD", "--tree", tree, "--json").out)
    own = run("landed", file, "..HEAD", "--tree", tree, "--author", "ada@silicon.example", "--json")
    rows = json.loads(own.out)["rows"]
    assert {row["sender"]["email"] for row in rows} == {"ada@silicon.example"}
    assert len(rows) < len(every["rows"])


def test_a_newer_version_is_told(places, run):
    """`show --as series` says on standard error that there is a newer version, and which."""
    said = run("show", places[0], "timer-v1-1@silicon.example", "--as", "series").err
    assert "there is a newer version: v2 <timer-v2-0@silicon.example>" in said
    assert "newer" not in run("show", places[0], "timer-v2-1@silicon.example", "--as", "series").err


@pytest.mark.parametrize(("word", "meant"), [("subject", "s"), ("from", "f"), ("authr", "author")])
def test_a_guessed_prefix_is_answered_with_the_right_one(places, run, word, meant):
    """What other programs call a prefix, or one that is mistyped, is answered with ours."""
    said = run("search", places[0], f"{word}:timer", code=2).err
    assert f"did you mean `{meant}:`?" in said


def test_a_mistyped_section_is_answered_with_the_right_one(places, run):
    """An unknown section that is near to one gets that one, not the whole list."""
    said = run("report", places[0], "..HEAD", "--sections", "overvew", code=2).err
    assert "no such section; did you mean overview?" in said
