"""The configuration file: what it names stands in for what a command leaves out."""

import json
from pathlib import Path

import pytest

from kvminbox import Inbox, Index
from kvminbox.cli import config, main
from kvminbox.sample import make_sample, make_sample_tree

EWA = "maintainer@kvm.example"


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """A folder with an index of the sample inbox, and its tree."""
    folder = tmp_path_factory.mktemp("lists")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder)))
    make_sample_tree(folder)
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with no file in it, where the platform's folders are."""
    monkeypatch.delenv("KVMINBOX_CONFIG")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


@pytest.fixture
def write(home, lists):
    """Write the platform's configuration file; `{}` is the folder of the lists."""

    def write(text):
        path = home / "config" / "kvminbox" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{}", str(lists)))
        return path

    return write


@pytest.fixture
def run(capsys):
    """Run a command; return what it printed, or its error."""

    def run(*words, code=0):
        capsys.readouterr()
        assert main([str(word) for word in words]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return run


USUAL = f"""
index = "{{}}/kvm.sqlite"
tree = "{{}}/kvm-sample-tree.git"
me = ["{EWA}"]

[searches]
timer = "s:timer"
"""


def test_the_usual_index_stands_in(write, run, lists):
    """A command without its archive, or with `@`, takes the usual index."""
    write(USUAL)
    file = lists / "kvm.sqlite"
    assert run("show", "@", "mmu-1@silicon.example") == run("show", file, "mmu-1@silicon.example")
    assert run("search", "@", "s:timer") == run("search", file, "s:timer")
    assert run("changes", "--since", "2025-06-09") == run("changes", file, "--since", "2025-06-09")
    assert "nothing new" in run("index")
    assert run("update", "@", "..HEAD") == run("update", file, "..HEAD")


@pytest.mark.parametrize("command", ["report", "update", "waiting", "board", "versions"])
def test_a_lone_range_is_of_the_usual_index(write, run, lists, command):
    """It is no path, also before an option; without a usual index the error says so."""
    write('index = "{}/kvm.sqlite"')
    whole = run(command, lists / "kvm.sqlite", "..HEAD")
    assert run(command, "..HEAD") == run(command, "..HEAD", "--inbox", "kvm-sample") == whole
    assert "--inbox needs" not in run(command, "../nothing.git", code=2)
    assert "../nothing.git: " in run(command, "../nothing.git", code=2)
    write("")
    told = run(command, "..HEAD", code=2)
    assert "..HEAD: no archive or index is given; give one before the range" in told
    for path in ("@", str(lists / "kvm.sqlite"), "HEAD"):
        told = run(command, "..HEAD", path, code=2)
        cure = f"write `kvminbox {command} {path} ..HEAD`"
        assert f"..HEAD: the path comes before the range; {cure}" in told
    assert "..HEAD: no such" in run(command, "..HEAD", "HEAD~1..", code=2)


def test_the_tree_goes_with_the_usual_index(write, run, lists):
    """The usual tree is looked at with the usual index only, and --tree has the last word."""
    write(USUAL)
    file = lists / "kvm.sqlite"
    assert json.loads(run("waiting", "@", "..HEAD", "--json"))["tree"] == "kvm-sample-tree"
    assert json.loads(run("waiting", file, "..HEAD", "--json"))["tree"] == ""
    assert "kvm-sample-tree" in run("landed", "--since", "2025-06-01")
    assert "no tree is given" in run("landed", file, "..HEAD", code=2)


def test_me_is_all_of_my_addresses(write, run, lists):
    """`--for me` is each address that the file names, whichever archive is asked."""
    write(USUAL)
    file = lists / "kvm.sqlite"
    mine = run("waiting", file, "..HEAD", "--for", "me")
    assert mine == run("waiting", file, "..HEAD", "--for", EWA)
    write("me = 'ada@x.example'")  # one address may stand alone
    assert "ada@x.example" in run("waiting", file, "..HEAD", "--for", "me", code=1)
    assert "ada@x.example: no series" in run("waiting", file, "..HEAD", "--author", "me", code=1)
    write("")
    assert "`me` is not set; write me = " in run("waiting", file, "..HEAD", "--for", "me", code=2)


def test_a_saved_search_tells_what_is_new(write, run, home):
    """Each search has its words and a state of its own, so that a mail is told once."""
    write(USUAL)
    assert "no starting point is given" in run("changes", "--search", "timer", code=2)
    first = run("changes", "--search", "timer", "--since", "2025-06-01", "--format", "jsonl")
    assert first.count("\n") > 2
    assert run("changes", "--search", "timer", "--format", "jsonl") == ""
    assert run("changes", "--search", "timer") == ""
    (state,) = (home / "state" / "kvminbox").iterdir()
    assert state.name.startswith("timer-")
    assert "leave --search out" in run("changes", "@", "s:x", "--search", "timer", code=2)
    assert "choose from: timer" in run("changes", "--search", "tmier", code=2)


def test_a_broken_file_is_told_wherever_an_archive_is_read(write, run, lists):
    """A file that can't be understood may name a list's address, so no report is made without."""
    write("this is not TOML")
    assert "config.toml, line 1: not TOML" in run("update", lists / "kvm.sqlite", "..HEAD", code=2)
    assert "config.toml, line 1: not TOML" in run("index", code=2)
    assert run("demo")
    write("")
    assert run("update", lists / "kvm.sqlite", "..HEAD")


def test_a_list_has_the_address_that_the_file_says(write, run, lists, tmp_path):
    """Links of a list go where the file says, in each format, and from an archive or an index."""
    file = lists / "kvm.sqlite"
    window = ("--since", "2025-06-09", "--until", "2025-06-16")
    assert "lists.example" not in run("report", file, *window)
    write('[lists."kvm-sample.lists.example"]\nurl = "https://lists.example/kvm/{id}/t"')
    url = "https://lists.example/kvm/timer-v2-0@silicon.example/t"
    for form in ("text", "markdown", "html", "json", "mail"):
        more = ("--from", "a@x.example", "--to", "b@x.example") if form == "mail" else ()
        assert url in run("report", file, *window, "--format", form, *more)
    assert url in run("report", make_sample(tmp_path), *window)
    assert url in run("board", file, *window)
    feed = ("--since", "2025-06-09", "--format", "atom", "--state", tmp_path / "x.state")
    assert url in run("changes", file, *feed)


def test_all_other_lists_may_have_one_address(write, run, lists):
    """`*` stands for the lists that the file does not name."""
    write('[lists."*"]\nurl = "https://lists.example/all/{id}"')
    found = run("waiting", lists / "kvm.sqlite", "..HEAD")
    assert "https://lists.example/all/" in found


def test_option_and_environment_name_another_file(write, run, lists, monkeypatch, tmp_path):
    """--config wins over KVMINBOX_CONFIG, which wins over the platform's; empty is none."""
    write("index = 'platform'")
    other = tmp_path / "other.toml"
    other.write_text("index = 'here.sqlite'")  # beside the file that says so
    assert "platform: " in run("index", code=2)
    monkeypatch.setenv("KVMINBOX_CONFIG", str(other))
    assert f"{tmp_path}/here.sqlite: " in run("index", code=2)
    third = tmp_path / "third.toml"
    third.write_text(f"index = '{lists}/kvm.sqlite'")
    assert "nothing new" in run("--config", third, "index")
    assert "can't be read" in run("--config", tmp_path / "none.toml", "index", code=2)
    monkeypatch.setenv("KVMINBOX_CONFIG", "")
    assert "no archive or index is given" in run("index", code=2)


WRONG = {
    "me = []\nindex = [": ", line 2: not TOML: invalid value; correct it there",
    "\nindex = x": ", line 2: not TOML: invalid value; correct it there",
    "\nindx = 'x'": ", line 2: there is no setting 'indx'; did you mean index?",
    "me = []\n\nindex = 3": ", line 3: the setting 'index' is malformed; write a path",
    "me = [1]": ", line 1: the setting 'me' is malformed; write addresses",
    "searches = 'x'": ", line 1: the setting 'searches' is malformed; write [searches]",
    "[searches]\n'a/b' = 'x'": ", line 2: the setting 'a/b' is malformed",
    "[searches]\na = 3": ", line 2: the setting 'a' is malformed",
    "[searches]\na = ' '": ", line 2: the setting 'a' is malformed",
    "tree = []": ", line 1: the setting 'tree' is malformed; write a path",
    "lists = 3": ", line 1: the setting 'lists' is malformed; write [lists.",
    "\n[lists]\nx = 'y'": ", line 2: the setting 'lists' is malformed; write [lists.",
    "[lists.'a.example']\nurl = 'x'": ", line 1: not the address of a list's mails (a.example)",
    "[lists.'a b']\nurl = 'https://a.example/{id}'": ", line 1: not a List-Id: 'a b'; write it as",
}


@pytest.mark.parametrize("text", WRONG)
def test_an_error_names_the_line_and_the_cure(write, run, text):
    """What is wrong in the file is told in one line: which line, and what to write."""
    path = write(text)
    said = run("index", code=2)
    assert f"{path}{WRONG[text]}" in said
    assert said.count("\n") == 1


def test_the_library_reads_no_file():
    """Only the command line knows of the file."""
    package = Path(config.__file__).parents[1]
    users = [
        path for path in package.rglob("*.py")
        if "platformdirs" in path.read_text() or "cli.config" in path.read_text()
    ]  # fmt: skip
    assert {path.parent.name for path in users} == {"cli"}


def test_an_id_or_a_query_needs_no_name_of_the_usual_index(run, write, home, monkeypatch, capsys):
    """Where FILE is left out before what can be no file, the usual index is taken."""
    monkeypatch.chdir(home)
    write('index = "{}/kvm.sqlite"')
    found = run("search", "@", "s:negative")
    assert found
    assert run("search", "s:negative") == found
    assert run("search", "--limit", "5", "s:negative", "--order", "newest") == found
    shown = run("show", "@", "dirty-1@cloud.example")
    for name in ("dirty-1@cloud.example", "<dirty-1@cloud.example>", "id:dirty-1@cloud.example"):
        assert run("show", "--as", "text", name) == shown
    compared = run("range-diff", "@", "dirty-1@cloud.example", "dirty-1@cloud.example")
    assert run("range-diff", "dirty-1@cloud.example", "dirty-1@cloud.example") == compared
    # a bare word may be a misspelt index, in whose place no other is searched
    told = _fail(capsys, "search", "negative")
    assert "negative is no index file, and QUERY is missing" in told
    assert "no such index file" in run("search", "kvm.sqlit", "s:negative", code=2)
    assert "its directory does not exist" in run("search", "lists/a:b", "s:negative", code=2)
    Path("s:negative").touch()
    assert "not an index" in run("search", "s:negative", "x", code=2)


def test_without_a_usual_index_file_comes_first(write, capsys):
    """Where no index is set, a query or an id in its place says so, and how to write it."""
    write("")
    for words, line in (
        (("search", "s:negative"), "search FILE QUERY"),
        (("show", "a@b.example"), "show FILE MESSAGE-ID"),
        (("range-diff", "a@b.example"), "range-diff FILE NEW [OLD]"),
    ):
        assert _fail(capsys, *words).startswith(
            f"kvminbox: {words[1]} stands where the index file should, and no default index is "
            f"set; write `kvminbox {line}`, where @ is the default index; see"
        )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "foo"), "foo is neither an index file nor a Message-ID, which has an @; write"),
        (("review", "--", "foo"), "foo is neither an index file nor a Message-ID"),
        (("range-diff", "foo"), "foo is neither an index file nor a Message-ID"),
        (("search", "foo"), "foo is no index file, and QUERY is missing; write"),
        (("show", "--as", "raw", "{}/kvm.sqlite"), "is the index file, and MESSAGE-ID is missing"),
        (("show",), "FILE and MESSAGE-ID are missing; write `kvminbox show FILE MESSAGE-ID`, "),
        (("show", "a\0b"), "is neither an index file nor a Message-ID"),
    ],
)
def test_a_lone_word_says_what_it_is_not(lists, write, capsys, words, told):
    """One word where two are needed is named as what it is, or is not, and the line is shown."""
    write('index = "{}/kvm.sqlite"')
    said = _fail(capsys, *(word.replace("{}", str(lists)) for word in words))
    assert told in said
    assert said.count("\n") == 1


def _fail(capsys, *words):
    with pytest.raises(SystemExit):
        main(list(words))
    return capsys.readouterr().err


@pytest.mark.parametrize("word", ["config", "settings"])
def test_a_command_for_the_settings_is_told_their_file(write, capsys, word):
    """There is none, and who looks for it is told where the file is and what is in it."""
    path = write("")
    with pytest.raises(SystemExit):
        main([word])
    told = capsys.readouterr().err
    assert told.startswith(
        f"kvminbox: there is no command '{word}'; the settings are lines such as"
    )
    assert f'index = "kvm.sqlite" in {path}; see' in told
