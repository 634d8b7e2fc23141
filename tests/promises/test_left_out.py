"""What a partial mirror lacks is an error, or is left out, counted, and told in every answer."""

import pytest

from kvminbox import Inbox, frames
from kvminbox.analysis import Snapshot
from kvminbox.cli import main
from kvminbox.errors import IncompleteHistoryError, MissingObjectError, UsageError
from kvminbox.index import Index
from kvminbox.models import LeftOut
from kvminbox.reports import build_report, list_update, new_versions, sections, waiting
from tests.archive.git_archive import git
from tests.index.histories import V2, Add, Epoch

LONG = "a line of a long mail\n" * 500
TELLS = "2 mails could not be read and are left out"
SHORT = [number for number in range(20) if number not in {13, 16}]


def clone(epoch, path, limit):
    """Clone an epoch as mirrors do that lack what is long."""
    origin = epoch.archive.path
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(origin, "clone", "-q", "--bare", f"--filter=blob:{limit}", f"file://{origin}", path)
    return path


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """Return a partial clone of twenty mails, two of which are too long for it."""
    folder = tmp_path_factory.mktemp("mirror")
    epoch = Epoch(folder / "origin.git")
    epoch.write(tuple(Add(number, text=LONG if number in {13, 16} else "") for number in range(20)))
    return clone(epoch, folder / "partial.git", "limit=4k")


@pytest.fixture(scope="module")
def file(tmp_path_factory, mirror):
    """Return an index of it, and of another inbox of five mails."""
    folder = tmp_path_factory.mktemp("indexes")
    other = Epoch(folder / "other.git")
    other.write(tuple(Add(number) for number in range(30, 35)))
    with Index.open(folder / "several.sqlite", create=True) as index:
        assert index.update(Inbox.open(mirror)).unread == 2
        assert index.update(Inbox.open(other.archive.path)).unread == 0
    return folder / "several.sqlite"


@pytest.fixture
def index(file):
    """Return the index, opened anew for each test."""
    with Index.open(file) as index:
        yield index


WAYS = {
    "between": lambda mirror, index, **how: Inbox.open(mirror).between(None, **how),
    "since": lambda mirror, index, **how: Inbox.open(mirror).since("2000-01-01", **how),
    "stored": lambda mirror, index, **how: index.inbox("partial").between(None, **how),
    "index": lambda mirror, index, **how: _with_policy(index, **how),
    "merged": lambda mirror, index, **how: index.since("2000-01-01", **how),
    "search": lambda mirror, index, **how: index.search("squeeze", **{"on_problem": "raise"} | how),
}


def _with_policy(index, on_problem="raise"):
    index.on_problem = on_problem
    return index


@pytest.fixture(params=WAYS)
def choose(request, mirror, index):
    """Return what chooses a corpus with a policy, in each way."""
    return lambda **how: WAYS[request.param](mirror, index, **how)


def _subjects(mails):
    return {mail.message_id.partition("@")[0] for mail in mails}


def test_a_mail_that_is_not_here_is_an_error(choose):
    """Unless a policy says otherwise, reading ends with an error that names the policy."""
    with pytest.raises(MissingObjectError, match=r'on_problem="skip" \(--on-problem skip'):
        list(choose().messages())


def test_what_is_skipped_is_counted(choose):
    """With "skip" all other mails are read, and the corpus says how many are left out."""
    corpus = choose(on_problem="skip")
    assert _subjects(corpus.messages()) >= set(map(str, SHORT))
    assert corpus.left_out == LeftOut(mails=2)
    assert TELLS in repr(corpus)


def test_a_function_is_called_with_what_is_left_out(choose):
    """A function is called with each problem, and the mail is left out."""
    told = []
    corpus = choose(on_problem=told.append)
    assert len(list(corpus.messages())) in {18, 23}
    assert [problem.code for problem in told] == ["object-missing"] * 2
    assert "partial clone" in told[0].text
    assert corpus.left_out.mails == 2


def test_a_policy_for_one_reading(choose):
    """`messages` takes a policy for itself; the corpus keeps its own."""
    corpus = choose()
    assert len(list(corpus.messages(on_problem="skip"))) in {18, 23}
    assert corpus.on_problem == "raise"
    with pytest.raises(MissingObjectError):
        list(corpus.messages())


def test_an_error_of_the_function_ends_the_reading(choose):
    """What the function raises comes out of the reading."""
    with pytest.raises(ZeroDivisionError):
        list(choose(on_problem=lambda problem: 1 / 0).messages())


@pytest.mark.parametrize("policy", ["ignore", "", None, 1])
def test_there_are_no_other_policies(mirror, policy):
    """Any other policy is refused, wherever it is given."""
    window = Inbox.open(mirror).between(None)
    with pytest.raises(UsageError, match=r'choose "raise" or "skip"'):
        window.on_problem = policy
    with pytest.raises(UsageError, match="no such policy"):
        Inbox.open(mirror).between(None, on_problem=policy)
    if policy is not None:
        with pytest.raises(UsageError):
            window.messages(on_problem=policy)


def test_a_wrong_policy_makes_no_file(tmp_path):
    """An index that is opened with a policy that there is not is not made."""
    with pytest.raises(UsageError):
        Index.open(tmp_path / "new.sqlite", create=True, on_problem="ignore")
    assert not list(tmp_path.iterdir())


def test_a_reading_that_was_not_finished_counts_nothing(mirror):
    """Only a reading that came to its end says how much is left out."""
    window = Inbox.open(mirror).between(None, on_problem="skip")
    assert window.left_out == LeftOut()
    mails = window.messages()
    assert len([next(mails) for _ in range(17)]) == 17  # both are behind us
    assert window.left_out == LeftOut()
    assert list(mails)
    assert window.left_out == LeftOut(mails=2)
    assert window.summary().problems == 2


@pytest.mark.parametrize("group", ["patches", "series", "threads", "chains"])
def test_groups_follow_the_policy_of_their_window(choose, group):
    """Whatever is made of the mails of a corpus follows its policy."""
    with pytest.raises(MissingObjectError):
        list(getattr(choose(), group)())
    corpus = choose(on_problem="skip")
    assert list(getattr(corpus, group)())
    assert corpus.left_out.mails == 2


@pytest.mark.parametrize(
    "make",
    [
        list_update,
        waiting,
        new_versions,
        lambda corpus: build_report("A week", corpus, [sections.authors()]),
        lambda corpus: build_report("A week", Snapshot.of(corpus), [sections.authors()]),
    ],
)
def test_reports_tell_what_is_left_out(choose, make):
    """A report of a window with unread mails says so in every format but CSV."""
    with pytest.raises(MissingObjectError):
        make(choose())
    report = make(choose(on_problem="skip"))
    assert report.result.left_out == report.left_out == LeftOut(mails=2)
    for text in (
        report.to_text(),
        report.to_markdown(),
        report.to_html(),
        report.to_terminal(width=200),
        report.to_mail(sender="ada@lemon.example", to=["list@lemon.example"]),
        report._repr_html_(),
        repr(report),
    ):
        assert text.count(TELLS) == 1
    assert '"mails": 2' in report.to_json()


def test_a_report_tells_what_the_window_before_left_out(mirror):
    """Of two windows that are compared, each has its own sentence."""
    window = Inbox.open(mirror).between(None, on_problem="skip")
    last = list(window.entries())[-1].commit
    rest = Inbox.open(mirror).between(f"{last}~2")
    report = build_report("A week", rest, [sections.authors()], before=window)
    assert (report.left_out.mails, report.result.before_left_out.mails) == (0, 2)
    assert f"In the earlier window: {TELLS}." in report.to_text()


def test_a_complete_window_has_no_such_line(index):
    """Where nothing is left out, no report says a word of it."""
    window = index.inbox("other").between(None)
    report = list_update(window)
    assert "left out" not in report.to_text() + report.to_html() + repr(report) + repr(window)


def test_tables_and_snapshots_follow_the_policy(choose):
    """A table has the mails that could be read, and its `repr` tells of the others."""
    table = frames.messages(choose(on_problem="skip"))
    assert table.to_arrow().num_rows in {18, 23}
    assert TELLS in repr(table)
    with pytest.raises(MissingObjectError):
        frames.messages(choose()).to_arrow()
    assert TELLS in repr(Snapshot(choose(on_problem="skip")))


def test_one_mail_is_left_out():
    """One mail and one epoch are told in the singular."""
    assert LeftOut(mails=1, epochs=(1,)).sentences == (
        "1 mail could not be read and is left out.",
        "Epoch 1 is not here, and its mails are left out.",
    )
    assert LeftOut(epochs=(1, 2, 4)).sentences == (
        "Epochs 1, 2 and 4 are not here, and their mails are left out.",
    )


REPORTS = [
    ("update", "PATH", "..HEAD"),
    ("waiting", "PATH", "..HEAD"),
    ("versions", "PATH", "--since", "2000-01-01"),
    ("report", "PATH", "..HEAD"),
]


def _run(capsys, *command):
    code = main([str(word) for word in command])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("source", ["archive", "index"])
@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_commands_take_the_policy(capsys, mirror, file, command, source):
    """Each command that reports stops at an unread mail, or skips it and says so."""
    path, more = (mirror, ()) if source == "archive" else (file, ("--inbox", "partial"))
    command = [path if word == "PATH" else word for word in (*command, *more)]
    code, out, err = _run(capsys, *command)
    assert (code, out) == (2, "")
    assert "--on-problem skip" in err
    code, out, err = _run(capsys, *command, "--on-problem", "skip")
    assert code == 0
    assert f"{TELLS}." in out
    assert err == f"kvminbox: {TELLS}.\n"
    code, out, err = _run(capsys, *command, "--on-problem", "tell")
    assert [line[:20] for line in err.splitlines()] == ["kvminbox: left out: "] * 2 + [
        "kvminbox: 2 mails co"
    ]


@pytest.mark.parametrize("command", [("waiting",), ("board",), ("report", "--sections=authors")])
def test_a_file_that_cannot_be_written_is_told_first(capsys, mirror, tmp_path, command):
    """Before a mail is read: else the error would come after minutes, or be another one."""
    name, *more = command
    made = tmp_path / "none" / "x.txt"
    code, _, err = _run(capsys, name, mirror, "..HEAD", *more, "--output", made)
    assert (code, err.startswith(f"kvminbox: {made}: can't be written")) == (2, True)
    made = tmp_path / "x.txt"
    assert _run(capsys, name, mirror, "..HEAD", *more, "--output", made)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_the_window_before_takes_the_policy_too(capsys, mirror):
    """The window that `report` compares with is read under the same policy."""
    command = ["report", mirror, "HEAD~2..HEAD", "--before", "..HEAD~2", "--sections", "authors"]
    assert _run(capsys, *command)[0] == 2
    code, out, _ = _run(capsys, *command, "--on-problem=skip")
    assert code == 0
    assert f"In the earlier window: {TELLS}." in out


def test_csv_tells_on_standard_error(capsys, mirror):
    """A CSV file has no room for the sentence, which then is on standard error only."""
    command = ["update", mirror, "..HEAD", "--on-problem=skip", "--format=csv", "--table=table-1"]
    code, out, err = _run(capsys, *command)
    assert (code, err) == (0, f"kvminbox: {TELLS}.\n")
    assert "left out" not in out


def test_an_index_is_made_of_what_is_here(capsys, mirror, tmp_path):
    """`index` takes what it can read; told to raise, it ends with an error when that is done."""
    made = tmp_path / "made.sqlite"
    code, out, err = _run(capsys, "index", made, mirror, "--jobs", "1")
    assert (code, err) == (0, "")
    assert "2 mails can't be read" in out
    code, _, err = _run(capsys, "index", made, mirror, "--jobs=1", "--on-problem=raise")
    assert code == 2
    assert "2 mails could not be read; all others are in the index" in err
    code, _, err = _run(capsys, "index", made, mirror, "--jobs=1", "--on-problem=tell")
    assert code == 0
    assert err.count("kvminbox: left out: ") == 2
    with Index.open(made) as index:
        assert len(index.search("squeeze")) == 18
        assert [problem.code for problem in index.problems()] == ["object-missing"] * 2


@pytest.mark.parametrize("command", [("search", "squeeze"), ("show", "12@lemon.example")])
def test_commands_on_an_index_take_the_policy(capsys, file, command):
    """`search` and `show` skip and say so, or refuse an index with unread mails."""
    words = (command[0], file, *command[1:])
    code, out, err = _run(capsys, *words)
    assert (code, bool(out)) == (0, True)
    assert "2 mails could not be read when they were indexed" in err
    code, _, err = _run(capsys, *words, "--on-problem=tell")
    assert (code, err.count("kvminbox: left out: ")) == (0, 2)
    code, out, err = _run(capsys, *words, "--on-problem=raise")
    assert (code, out) == (2, "")
    assert "use --on-problem skip" in err


def test_a_clone_without_any_mail(capsys, tmp_path):
    """A clone with no blobs at all has nothing but what is left out."""
    epoch = Epoch(tmp_path / "origin.git")
    epoch.write(tuple(Add(number) for number in range(5)))
    path = clone(epoch, tmp_path / "bare.git", "none")
    window = Inbox.open(path).between(None, on_problem="skip")
    assert (list(window.messages()), window.left_out.mails) == ([], 5)
    code, out, _ = _run(capsys, "update", path, "..HEAD", "--on-problem=skip")
    assert code == 0
    assert "5 mails could not be read and are left out." in out


GAP = "poch 1 is not here, and its mails are left out"


@pytest.fixture(scope="module")
def gapped(tmp_path_factory):
    """Return an inbox of the epochs 0 and 2, of three mails each."""
    inbox = V2(tmp_path_factory.mktemp("gapped"))
    inbox.epoch(0).write(tuple(Add(number) for number in range(3)))
    inbox.epoch(2).write(tuple(Add(number) for number in range(6, 9)))
    return inbox.path


@pytest.fixture(params=["live", "stored", "index", "merged"])
def cross(request, gapped, file, tmp_path):
    """Return what chooses the time of all epochs, with gaps accepted or not."""

    def choose(accept_gaps):
        if request.param == "live":
            return Inbox.open(gapped, accept_gaps=accept_gaps).since("2000-01-01")
        path = tmp_path / "index.sqlite"
        with Index.open(path, create=True) as index:
            index.update(Inbox.open(gapped))
            if request.param == "merged":
                index.update(Inbox.open(file.parent / "other.git"))
        index = Index.open(path, accept_gaps=accept_gaps)
        request.addfinalizer(index.close)
        if request.param == "index":
            return index
        return index.since("2000-01-01")

    return choose


def test_a_gap_is_an_error_or_is_told(cross):
    """A window over an absent epoch is refused, or its `repr` and its reports name the epoch."""
    with pytest.raises(IncompleteHistoryError, match=r"accept_gaps=True \(--accept-gaps"):
        list(cross(accept_gaps=False).messages())
    corpus = cross(accept_gaps=True)
    report = list_update(corpus)
    assert report.left_out == corpus.left_out == LeftOut(epochs=(1,))
    assert f"E{GAP}." in report.to_text()
    assert f"E{GAP}." in report.to_html()
    built = build_report("A week", corpus, [sections.authors()])
    assert f"E{GAP}." in built.to_text()
    assert f"e{GAP}" in repr(Snapshot(corpus))


def test_a_window_tells_of_its_gap_before_it_is_read(gapped):
    """A window knows its gaps when it is chosen, and one beside the gap has none."""
    inbox = Inbox.open(gapped, accept_gaps=True)
    assert f"e{GAP}" in repr(inbox.between(None))
    window = inbox.between("2:HEAD~1", "2:HEAD")
    assert window.left_out == LeftOut()
    assert "left out" not in list_update(window).to_text()


@pytest.mark.parametrize("source", ["archive", "index"])
@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_commands_accept_gaps(capsys, gapped, tmp_path, command, source):
    """Each command that reports refuses a gap, or accepts it and names the epoch."""
    path = gapped
    if source == "index":
        path = tmp_path / "index.sqlite"
        assert _run(capsys, "index", path, gapped, "--jobs", "1")[0] == 0
    command = [path if word == "PATH" else word for word in command]
    code, out, err = _run(capsys, *command)
    assert (code, out) == (2, "")
    assert "--accept-gaps" in err
    code, out, err = _run(capsys, *command, "--accept-gaps")
    assert code == 0
    assert f"E{GAP}." in out
    assert err == f"kvminbox: E{GAP}.\n"


@pytest.fixture
def told(capsys, tmp_path):
    """Return a mirror that lacks two mails, and an index that was told to do without them."""
    epoch = Epoch(tmp_path / "origin.git")
    epoch.write(tuple(Add(number, text=LONG if number in {13, 16} else "") for number in range(20)))
    path = clone(epoch, tmp_path / "partial.git", "limit=4k")
    made = tmp_path / "told.sqlite"
    assert _run(capsys, "index", made, path, "--jobs=1", "--on-problem=skip")[0] == 0
    return epoch, path, made


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_an_index_may_be_told_to_do_without(capsys, told, command):
    """What `index --on-problem skip` could not read stops no report, which says how many it is."""
    words = [str(told[2]) if word == "PATH" else word for word in command]
    for more in ((), ("--jobs=2",)):
        code, out, err = _run(capsys, *words, *more)
        assert (code, err) == (0, f"kvminbox: {TELLS}.\n")
        assert f"{TELLS}." in out
    assert _run(capsys, *words, "--on-problem=raise")[0] == 2
    code, _, err = _run(capsys, *words, "--on-problem=tell")
    assert (code, err.count("kvminbox: left out: ")) == (0, 2)


@pytest.mark.parametrize(
    "command",
    [
        ("search", "FILE", "squeeze"), ("show", "FILE", "12@lemon.example"),
        ("changes", "FILE", "--since", "2000-01-01", "--format=mbox"),
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_what_publishes_no_number_is_silent_then(capsys, told, command):
    """A search tells nothing of what the index was told to do without, unless it is asked."""
    words = [str(told[2]) if word == "FILE" else word for word in command]
    assert _run(capsys, *words)[::2] == (0, "")
    assert _run(capsys, *words, "--on-problem=skip")[0] == 0
    assert _run(capsys, *words, "--on-problem=tell")[2].count("kvminbox: left out: ") == 2
    assert _run(capsys, *words, "--on-problem=raise")[0] == 2


def test_another_mail_still_stops_a_report(capsys, told):
    """Told to do without two mails, an index does not do without a third, until told again."""
    epoch, path, made = told
    long = {13, 16, 21}
    epoch.write(tuple(Add(number, text=LONG if number in long else "") for number in range(22)))
    git(path, "fetch", "-q", "origin", "+master:master")
    code, out, _ = _run(capsys, "index", made, "--jobs=1")
    assert code == 0
    assert "3 mails can't be read, and reports stop at them" in out
    code, out, err = _run(capsys, "waiting", made, "..HEAD")
    assert (code, out) == (2, "")
    assert f"`kvminbox index {made} --on-problem skip` adds it" in err
    assert "3 mails could not be read when they were indexed" in _run(
        capsys, "search", made, "squeeze"
    )[2]  # fmt: skip
    code, out, _ = _run(capsys, "index", made, "--jobs=1", "--on-problem=tell")
    assert code == 0
    assert "reports stop" not in out
    code, out, err = _run(capsys, "waiting", made, "..HEAD")
    assert (code, err) == (0, "kvminbox: 3 mails could not be read and are left out.\n")
    with Index.open(made) as index:
        assert len(index.accepted) == 3
        assert index.check() == ()


def test_an_index_may_be_told_to_stop_again(capsys, told):
    """`index --on-problem raise` ends it; an update by default goes on as the index was told."""
    made = told[2]
    assert _run(capsys, "index", made, "--jobs=1")[0] == 0
    assert _run(capsys, "waiting", made, "..HEAD")[0] == 0
    assert _run(capsys, "index", made, "--jobs=1", "--on-problem=raise")[0] == 2
    assert _run(capsys, "waiting", made, "..HEAD")[0] == 2
    with Index.open(made) as index:
        assert index.accepted == frozenset()
        with pytest.raises(MissingObjectError):
            list(index.messages())
        index.accept_problems()
        with pytest.raises(MissingObjectError):  # in Python the policy of the reading decides
            list(index.messages())
    assert _run(capsys, "waiting", made, "..HEAD")[0] == 0
