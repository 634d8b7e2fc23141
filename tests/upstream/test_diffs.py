"""Diffs of commits, against git's own."""

import random
import subprocess

import pytest

from kvminbox.archive import Repository
from kvminbox.errors import CorruptObjectError
from kvminbox.upstream.diffs import MAX_FILES, CommitDiff, DiffReader
from kvminbox.upstream.renames import measure_likeness
from tests.upstream.trees import git

LONG = b"".join(b"a line of some length, number %d\n" % number for number in range(200))
FOLDED = LONG.replace(b"number 7\n", b"number seven\n").replace(b"number 90", b"number ninety")
STEPS = {
    "a new file": {"a.c": b"one\ntwo\n"},
    "a changed file without a last line end": {"a.c": b"one\ntwo\nthree"},
    "an empty file": {"empty": b""},
    "a file with form feeds and other line ends": {"b.c": b"one\r\n\x0ctwo\r\n\x0b\r\n"},
    "another line end": {"b.c": b"one\n\x0ctwo\r\n\x0b\n"},
    "bytes that are no UTF-8": {"latin.c": b"caf\xe9\n\xff\xfe\n"},
    "a binary file": {"logo.png": b"\x89PNG\0\0" + bytes(range(256))},
    "a changed binary file": {"logo.png": b"\x89PNG\0\1" + bytes(range(256))},
    "an odd name": {'"od\td" ä\\.c': b"one\n", "a file with blanks.c": b"one\n"},
    "changes in odd names": {'"od\td" ä\\.c': b"two\n", "a file with blanks.c": b"two\n"},
    "a long file": {"long.c": LONG, "sub/other.c": LONG[:3000]},
    "a file that moves as it is": {"long.c": None, "deep/down/long.c": LONG},
    "one that moves and changes": {"deep/down/long.c": None, "deep/far.c": FOLDED},
    "two that move by name": {
        "deep/far.c": None, "sub/other.c": None,
        "x/other.c": LONG[:3100], "x/far.c": FOLDED + b"!\n",
    },
    "a copy that stays a copy": {"x/copy.c": FOLDED},
    "files that only look alike": {"x/other.c": None, "y.c": LONG[3000:6000]},
    "a removed file": {"a.c": None},
    "a line that looks like a header": {"sql": b"-- one\n++ two\n--- three\n"},
    "such a line that goes": {"sql": b"++ two\n"},
    "a file that becomes binary": {"sql": b"\0\0"},
    "nothing at all": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A repository with a commit for each step, as (path, ids by step)."""
    path = tmp_path_factory.mktemp("diffs") / "tree.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)
    stream = []
    for number, (title, changes) in enumerate(STEPS.items()):
        who = b"Ada <ada@silicon.example> %d +0000" % (1_700_000_000 + number)
        stream.append(b"commit refs/heads/main\nmark :%d\ncommitter %s\n" % (number + 1, who))
        stream.append(b"data %d\n%s\n" % (len(title.encode()), title.encode()))
        for name, data in changes.items():
            quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
            if data is None:
                stream.append(b"D %s\n" % quoted.encode())
            else:
                stream.append(b"M 100644 inline %s\n" % quoted.encode())
                stream.append(b"data %d\n%s\n" % (len(data), data))
    git(path, "fast-import", "--quiet", input=b"".join(stream))
    ids = git(path, "rev-list", "--reverse", "main").split()
    return path, dict(zip(STEPS, ids, strict=True))


def find_patch_id(path, commit, option):
    """Return what git says of a commit."""
    shown = subprocess.run(
        ["git", "-C", path, "show", "--full-index", option, commit], capture_output=True, check=True
    )
    done = subprocess.run(
        ["git", "patch-id", "--stable"], input=shown.stdout, capture_output=True, check=True
    )
    return done.stdout.decode().partition(" ")[0] or None


def read(path, commit):
    """Return a commit's diff."""
    repository = Repository(path)
    parents = repository.read_commit(commit).parents
    return DiffReader(path).read_diff(commit, parents[0] if parents else None)


@pytest.mark.parametrize("step", STEPS)
def test_patch_ids_are_gits(history, step):
    """The ids of a commit's diff, without and with renames, are those of git patch-id."""
    path, ids = history
    diff = read(path, ids[step])
    assert diff.patch_id == find_patch_id(path, ids[step], "--no-renames")
    assert (diff.renamed_patch_id or diff.patch_id) == find_patch_id(path, ids[step], "-M")


def test_some_steps_have_renames(history):
    """Renames are found where git finds them, and only there."""
    path, ids = history
    found = [step for step in STEPS if read(path, ids[step]).renamed]
    assert found == [
        "a file that moves as it is", "one that moves and changes", "two that move by name",
    ]  # fmt: skip


def test_the_users_configuration_changes_nothing(history, monkeypatch, tmp_path):
    """`diff.noprefix` and `diff.context` of the user are for the user's eyes."""
    path, ids = history
    before = read(path, ids["another line end"])
    config = (
        "[diff]\n\tnoprefix = true\n\tcontext = 0\n\tmnemonicPrefix = true\n\trenames = false\n"
    )
    (tmp_path / ".gitconfig").write_text(config)
    monkeypatch.setenv("HOME", str(tmp_path))
    with (path / "config").open("a") as file:
        file.write(config)
    assert read(path, ids["another line end"]) == before


@pytest.mark.parametrize("seed", range(12))
def test_the_likeness_of_renamed_files_is_gits(tmp_path, seed):
    """`similarity index` of a renamed file is the number that git writes."""
    chance = random.Random(seed)
    words = [bytes(chance.choices(b"abc \t\r", k=chance.randint(0, 150))) for _ in range(60)]
    words.append(b"")  # git before 2.44 does not count a last line without its end
    old = b"\n".join(words)
    for place in chance.sample(range(60), chance.randint(1, 30)):
        words[place] = bytes(chance.choices(b"xyz", k=40))
    new = b"\n".join(words)
    (tmp_path / "a").write_bytes(old)
    (tmp_path / "b").write_bytes(new)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "a")
    tree = git(tmp_path, "write-tree").strip()
    git(tmp_path, "rm", "-q", "--cached", "a")
    git(tmp_path, "add", "b")
    shown = git(tmp_path, "diff-tree", "-r", "-M1%", tree, git(tmp_path, "write-tree").strip())
    status = shown.split()[4]
    assert status[0] == "R"
    assert int(status[1:]) == measure_likeness(old, new)


def test_a_commit_with_too_many_files_has_no_diff(tree):
    """An import of thousands of files is no mail's change: its paths are known, not its id."""
    changes = {f"{number}.c": b"x\n" for number in range(MAX_FILES + 1)}
    commit = tree.commit("import", changes)
    diff = DiffReader(tree.path).read_diff(commit, tree.root)
    assert len(diff.paths) == MAX_FILES + 1
    assert (diff.text, diff.patch_id) == ("", None)


def test_a_tree_that_is_lost_is_an_error(tree):
    """A commit whose tree is not there raises, and names the commit."""
    commit = tree.commit("more", {"a.c": b"1\n"})
    repository = Repository(tree.path)
    oid = repository.read_commit(commit).tree
    (tree.path / "objects" / oid[:2] / oid[2:]).unlink()
    with pytest.raises(CorruptObjectError, match=commit):
        DiffReader(tree.path).read_diff(commit, tree.root)


def test_an_empty_diff_has_no_id():
    """What changes nothing has no patch-id."""
    assert CommitDiff(frozenset(), "", "").patch_id is None
