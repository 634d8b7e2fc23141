"""Objects that lie in another repository's store are read as git reads them, or missed by name."""

import itertools
import os

import pytest

from kvminbox import Inbox
from kvminbox.errors import CorruptObjectError, MissingObjectError
from tests.archive.git_archive import Archive, git

DEEPEST = 6
"""Git follows alternates of alternates so far."""


@pytest.fixture(params=["loose", "packed"])
def epoch(request, tmp_path):
    """Return an epoch without objects of its own, and the store of its objects."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1)
    archive.add(2)
    if request.param == "packed":
        archive.pack()
    store = tmp_path / "store"
    (archive.path / "objects").rename(store)
    (archive.path / "objects" / "info").mkdir(parents=True)
    return archive.path, store


def _lead(objects, *lines):
    (objects / "info").mkdir(parents=True, exist_ok=True)
    (objects / "info" / "alternates").write_bytes(b"".join(os.fsencode(f"{x}\n") for x in lines))


def _count(path):
    return Inbox.open(path).between(None).summary().messages


def _git_count(path):
    return len(git(path, "rev-list", "--objects", "HEAD").splitlines()) // 3


@pytest.mark.parametrize(
    "lines",
    [
        ["../../store"],
        ["./../../store/"],
        ["info/../../../store"],
        ["", "# a comment", "/does/not/exist", "../../store"],
        ["../../store", "../../store", "."],
    ],
)
def test_a_relative_alternate(epoch, lines):
    """A relative line is one from the folder of objects, whatever it begins with."""
    path, _ = epoch
    _lead(path / "objects", *lines)
    assert _count(path) == _git_count(path) == 2


@pytest.mark.parametrize("name", ["a b", "smør", "\udcff", '"quoted"', "a#b"])
def test_an_alternate_of_any_name(epoch, name):
    """A store may have any name that a line can hold."""
    path, store = epoch
    store.rename(store.parent / name)
    _lead(path / "objects", store.parent / name)
    assert _count(path) == _git_count(path) == 2


def _chain(path, store, depth):
    stores = [path / "objects", *(store.parent / f"s{n}" for n in range(1, depth)), store]
    for objects, following in itertools.pairwise(stores):
        _lead(objects, following)


def test_alternates_of_alternates_as_deep_as_git(epoch):
    """Six stores, each the alternate of the one before, are followed, as by git."""
    path, store = epoch
    _chain(path, store, DEEPEST)
    assert _count(path) == _git_count(path) == 2


@pytest.mark.parametrize("epoch", ["loose"], indirect=True)
def test_a_damaged_object_in_the_deepest_alternate(epoch):
    """A loose object that is cut short never reaches libgit2, which would read it endlessly."""
    path, store = epoch
    _chain(path, store, DEEPEST)
    tip = git(path, "rev-parse", "HEAD").decode().strip()
    file = store / tip[:2] / tip[2:]
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(CorruptObjectError, match="truncated"):
        _count(path)


def test_alternates_deeper_than_git(epoch):
    """What lies deeper is not there for git either, and the error says where it might be."""
    path, store = epoch
    _chain(path, store, DEEPEST + 1)
    with pytest.raises(
        MissingObjectError,
        match=rf"^{path}: [0-9a-f]{{40}}: .*store is absent or too deep; correct its obj",
    ):
        _count(path)


def test_a_dangling_alternate(epoch):
    """A store that is gone makes no shorter history: the error names it."""
    path, store = epoch
    _lead(path / "objects", store)
    store.rename(store.parent / "elsewhere")
    with pytest.raises(MissingObjectError, match=r"its alternate \S*/store is absent"):
        _count(path)


def test_mails_in_a_dangling_alternate(tmp_path):
    """Where only mails lie in a store that is gone, each is a problem that names it."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1)
    archive.add(2)
    _lead(archive.path / "objects", tmp_path / "gone")
    assert _count(archive.path) == 2
    archive.file_of(git(archive.path, "rev-parse", "HEAD:m").decode().strip()).unlink()
    (problem,) = Inbox.open(archive.path).between(None).problems()
    assert (problem.code, f"{tmp_path}/gone" in problem.text) == ("object-missing", True)


def test_alternates_that_multiply_or_go_round(epoch):
    """Thousands of lines of one store, and stores that lead to each other, cost no more."""
    path, store = epoch
    others = [store.parent / f"s{n}" for n in range(4)]
    for objects, following in zip([path / "objects", *others], [*others, store], strict=True):
        _lead(objects, *[following] * 99, *[f"{following}/info/.."] * 99)
    _lead(store, path / "objects", store, *others)
    assert _count(path) == 2


def test_lines_that_are_no_paths(epoch):
    """A NUL, a circle of links, a file, or a thousand letters as an alternate are no exception."""
    path, store = epoch
    (store.parent / "loop").symlink_to(store.parent / "loop")
    (store.parent / "file").touch()
    _lead(path / "objects", "a\0b", "../../loop", "../../file", "x" * 200, "../../store")
    assert _count(path) == 2
