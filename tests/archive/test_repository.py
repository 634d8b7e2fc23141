"""What one repository gives and refuses, while it changes under the reader's hands too."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import ConfigLevel

import kvminbox.archive.store as store_module
from kvminbox import Inbox
from kvminbox.archive import Repository
from kvminbox.archive.loose import LooseObjects
from kvminbox.archive.packs import Packs
from kvminbox.archive.refusals import explain_refusal
from kvminbox.errors import (
    CorruptObjectError,
    KvminboxError,
    MissingObjectError,
    NotAnInboxError,
)
from tests.archive.git_archive import EMPTY_TREE, Archive, mail
from tests.archive.nobody import as_nobody, folder_of_nobody

FSCK = "run `git fsck` there, and fetch or clone the archive again"


def _three(path):
    archive = Archive(path)
    archive.ids = [archive.add(number) for number in range(3)]
    return archive


def _said(call, *arguments, error=CorruptObjectError):
    with pytest.raises(error) as caught:
        call(*arguments)
    return str(caught.value)


# while it is open


def test_a_repack_moves_everything(tmp_path):
    """What was loose is read from the pack that came since the repository was opened."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    assert repository.read_object(archive.ids[0])[0] == "commit"
    archive.pack()
    assert [repository.read_object(oid)[0] for oid in archive.ids] == ["commit"] * 3
    archive.ids.append(archive.add(3))
    archive.pack()
    assert [repository.read_object(oid)[0] for oid in archive.ids] == ["commit"] * 4


def test_objects_that_came_since(tmp_path):
    """A loose object that came after the opening is read, in a folder that is new or not."""
    archive = _three(tmp_path / "0.git")
    archive.pack()
    repository = Repository(archive.path)
    for number in range(40):
        data = mail(number + 100)
        assert repository.read_blob(archive.blob(data)) == data


def test_objects_of_an_alternate_that_came_since(tmp_path):
    """An alternate that is named after the opening is looked into."""
    archive, other = _three(tmp_path / "0.git"), Archive(tmp_path / "1.git")
    (archive.path / "objects" / "info").mkdir()
    repository = Repository(archive.path)
    oid = other.blob(b"elsewhere")
    other.add(9)
    (archive.path / "objects" / "info" / "alternates").write_text(f"{other.path / 'objects'}\n")
    assert repository.read_blob(oid) == b"elsewhere"


def test_what_is_nowhere_is_missing_also_after_a_change(tmp_path):
    """An object that is not there is missing, whether or not anything came since the opening."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    wanted = f"{archive.path}: {'1' * 40}: the object is missing; {FSCK}"
    assert _said(repository.read_object, "1" * 40, error=MissingObjectError) == wanted
    archive.add(7)
    assert _said(repository.read_object, "1" * 40, error=MissingObjectError) == wanted


def test_an_object_that_a_repack_takes_away(tmp_path, monkeypatch):
    """What is packed while revparse looks at what is loose is passed over, and found."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    listed = LooseObjects.list_ids

    def list_and_pack(loose):
        found = listed(loose)
        archive.pack()
        return found

    monkeypatch.setattr(LooseObjects, "list_ids", list_and_pack)
    assert repository.revparse(":/subject") == archive.last


def test_a_damaged_object_that_revparse_might_meet(tmp_path):
    """Before libgit2 looks for words in commits, each loose object is looked at."""
    archive = _three(tmp_path / "0.git")
    blob = archive.blob(b"of no commit")
    archive.file_of(blob).write_bytes(b"no zlib at all")
    said = _said(Repository(archive.path).revparse, ":/subject")
    assert said.startswith(f"{archive.file_of(blob)}: the loose object is damaged (")


def test_ids_of_objects_that_were_packed_since(tmp_path):
    """Objects are found by a part of their ids, and by words, when their folders have gone."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    tip = archive.last
    archive.pack()
    assert not archive.file_of(tip).parent.exists()
    assert repository.expand_id(tip[:12]) == repository.expand_id(tip) == tip
    assert repository.revparse(":/subject") == tip


@pytest.mark.parametrize("is_pruned", [False, True])
def test_an_object_that_goes_when_it_was_found(tmp_path, monkeypatch, is_pruned):
    """A loose object that git packs or prunes before it is opened is read, or missing."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    read = store_module.read_loose
    (archive.file_of(archive.last).parent / ("0" * 38)).touch()  # so that its folder stays

    def read_late(path, oid, limit):
        if path.exists():
            path.unlink() if is_pruned else archive.pack()
        return read(path, oid, limit)

    monkeypatch.setattr(store_module, "read_loose", read_late)
    if is_pruned:
        _said(repository.read_object, archive.last, error=MissingObjectError)
    else:
        assert repository.read_object(archive.last)[0] == "commit"


def test_ids_of_objects_whose_pack_has_another_name_now(tmp_path):
    """An index that is gone when it is first asked is no damage: the pack was made again."""
    archive = _three(tmp_path / "0.git")
    pack = archive.pack()
    repository = Repository(archive.path)
    repository._open()
    tip = archive.last
    archive.add(4)
    archive.pack()
    assert not pack.exists()
    assert repository.expand_id(tip[:12]) == repository.expand_id(tip) == tip
    pack = archive.pack()
    repository = Repository(archive.path)
    pack.with_suffix(".idx").unlink()
    assert "has no index" in _said(repository.expand_id, tip, error=MissingObjectError)


def test_ids_while_an_index_is_damaged(tmp_path, monkeypatch):
    """An id is not searched in a damaged index, unless packs came and went since it was opened."""
    archive = _three(tmp_path / "0.git")
    index = archive.pack().with_suffix(".idx")
    index.chmod(0o644)
    sound = index.read_bytes()
    index.write_bytes(b"\xfftOc" + bytes(2_000))
    prefix = archive.last[:12]
    said = _said(Repository(archive.path).expand_id, prefix)
    assert "its objects can't be read (" in said
    assert index.with_suffix(".pack").name in said
    list_ids = Packs.list_ids

    def list_late(self, prefix):
        monkeypatch.setattr(Packs, "list_ids", list_ids)
        try:
            return list_ids(self, prefix)
        finally:  # a repack ends while the first answer is made
            index.write_bytes(sound)
            archive.add(4)
            archive.pack()

    monkeypatch.setattr(Packs, "list_ids", list_late)
    assert Repository(archive.path).expand_id(prefix).startswith(prefix)


def test_ids_while_a_folder_goes(tmp_path, monkeypatch):
    """A folder of loose objects that can't be listed is an error, unless it went with a repack."""
    archive = _three(tmp_path / "0.git")
    list_ids = LooseObjects.list_ids

    def refuse(self, prefix=""):
        raise CorruptObjectError("can't be read", where=prefix)

    def list_late(self, prefix=""):
        monkeypatch.setattr(LooseObjects, "list_ids", list_ids)
        archive.pack()
        raise CorruptObjectError("can't be read", where=prefix)

    prefix = archive.last[:12]
    monkeypatch.setattr(LooseObjects, "list_ids", refuse)
    assert _said(Repository(archive.path).expand_id, prefix) == f"{prefix}: can't be read"
    monkeypatch.setattr(LooseObjects, "list_ids", list_late)
    assert Repository(archive.path).expand_id(prefix).startswith(prefix)


LATE = """
import sys
from pathlib import Path
from kvminbox.archive import Repository
from kvminbox.errors import KvminboxError
sys.path.insert(0, sys.argv[2])
from tests.archive.git_archive import Archive
archive = Archive(Path(sys.argv[1]) / "0.git")
archive.add(1)
archive.pack()
repository = Repository(archive.path)
oid = archive.blob(b"hello" * 50)
file = archive.file_of(oid)
file.write_bytes(file.read_bytes()[:-8])
for call in (lambda: repository.read_object(oid), lambda: repository.revparse(":/subject")):
    try:
        print(call())
    except KvminboxError as error:
        print(error.what)
"""


def test_a_truncated_object_that_came_since_never_hangs(tmp_path):
    """libgit2, which would loop forever, gets no loose object that came after the opening."""
    command = [sys.executable, "-c", LATE, str(tmp_path), str(Path(__file__).parents[2])]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stdout
    assert said == "the loose object is truncated\n" * 2


def test_threads_wait_while_it_is_read_or_opened(tmp_path, monkeypatch):
    """While a thread opens a repository or reads an object in it, no other can close it."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    could_close = {}
    with ThreadPoolExecutor(1) as pool:

        def watch(owner, name):
            function = getattr(owner, name)

            def call(*arguments):
                lock = repository._lock
                could_close[name] = pool.submit(lock.acquire, blocking=False).result()
                return function(*arguments)

            monkeypatch.setattr(owner, name, call)

        watch(store_module, "Packs")
        watch(store_module, "read_loose")
        watch(repository, "_read_packed")
        watch(repository, "_has_moved")
        repository.read_object(archive.last)
        _said(repository.read_object, "1" * 40, error=MissingObjectError)
        repository.release()
        assert repository.expand_id(archive.last[:12]) == archive.last
    names = ("read_loose", "_read_packed", "_has_moved", "Packs")
    assert could_close == dict.fromkeys(names, False)


def test_an_archive_that_never_rests(tmp_path, monkeypatch):
    """An object or id is looked for ten times while packs come and go, and is missing then."""
    repository = Repository(_three(tmp_path / "0.git").path)
    releases = []
    monkeypatch.setattr(repository, "_has_moved", lambda: True)
    monkeypatch.setattr(repository, "release", lambda: releases.append(1))
    _said(repository.read_object, "1" * 40, error=MissingObjectError)
    assert len(releases) == 10
    assert repository.expand_id("1" * 12) is None
    assert len(releases) == 20


def test_alternates_that_can_no_more_be_read(tmp_path, monkeypatch):
    """Where the alternates can't be asked any more, an object is missing all the same."""
    repository = Repository(_three(tmp_path / "0.git").path)

    def refuse(git_dir):
        raise PermissionError(git_dir)

    monkeypatch.setattr(store_module, "find_lost_alternates", refuse)
    said = _said(repository.read_object, "1" * 40, error=MissingObjectError)
    assert said.endswith(f"the object is missing; {FSCK}")


def test_words_are_looked_for_in_alternates(tmp_path):
    """A revision by its words is found among the objects that a repository borrows."""
    other = _three(tmp_path / "1.git")
    archive = Archive(tmp_path / "0.git")
    (archive.path / "objects/info").mkdir(exist_ok=True)
    alternates = archive.path / "objects/info/alternates"
    alternates.write_text("../../1.git/objects\n")
    (archive.path / "refs/heads/master").write_text(f"{other.last}\n")
    repository = Repository(archive.path)
    assert repository.revparse(":/subject") == other.last
    alternates.unlink()
    alternates.mkdir()
    assert "can't be read" in _said(repository.revparse, ":/subject", error=NotAnInboxError)


def test_folders_that_were_closed_since():
    """A repository that may no more be entered is told as such when an object is looked for."""
    with folder_of_nobody() as parent:
        archive = _three(parent / "0.git")
        with as_nobody(archive.path):
            repository = Repository(archive.path)
            (archive.path / "objects").chmod(0)
            said = _said(repository.read_object, "1" * 40, error=KvminboxError)
            (archive.path / "objects").chmod(0o700)
    assert "can't be read" in said


def test_a_file_of_cuts_that_can_not_be_read(tmp_path):
    """A folder in the place of `shallow` is refused, and not taken for a whole history."""
    archive = _three(tmp_path / "0.git")
    (archive.path / "shallow").mkdir()
    said = _said(Repository, archive.path, error=NotAnInboxError)
    cure = "check its permissions, or run as a user who may read it"
    assert said == f"{archive.path / 'shallow'}: can't be read (Is a directory); {cure}"


# objects of another type than wanted


def test_a_blob_in_the_place_of_a_tree(tmp_path):
    """A commit whose tree is a blob is a problem that says so; the next one is read."""
    archive = _three(tmp_path / "0.git")
    blob = archive.blob(b"no tree")
    archive.commit(blob)
    archive.add(4)
    window = Inbox.open(archive.path).between(None)
    (problem,) = window.problems()
    assert problem.text == f"{archive.path}: {blob}: it is a blob, not a tree"
    assert window.summary().messages == 4
    repository = Repository(archive.path)
    assert _said(repository.read_tree, blob) == f"{problem.text}; {FSCK}"


def test_a_tree_in_the_place_of_a_mail(tmp_path):
    """A mail that is a tree, though its mode says that it is a file, is told when it is read."""
    archive = _three(tmp_path / "0.git")
    tree = archive.tree({})
    said = _said(Repository(archive.path).read_blob, tree)
    assert tree == EMPTY_TREE
    assert said == f"{archive.path}: {tree}: it is a tree, not a blob; {FSCK}"


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("commit", b"hello\n", "the commit names no tree, or an odd parent"),
        ("blob", b"x", "it is a blob"),
        ("tree", b"", "it is a tree"),
    ],
)
def test_what_stands_in_a_commits_place(tmp_path, kind, data, words):
    """A commit that is none, or that names no tree, is told with its id."""
    archive = _three(tmp_path / "0.git")
    oid = archive.put(kind, data)
    repository = Repository(archive.path)
    assert _said(repository.read_commit, oid) == f"{archive.path}: {oid}: {words}; {FSCK}"


# ids and refs


@pytest.mark.parametrize(
    ("branches", "tip"),
    [
        (["other", "master", "main"], 1),
        (["other", "main"], 1),
        (["other"], 0),
        (["gone", "master"], 0),
    ],
)
def test_the_branch_of_a_repository(tmp_path, branches, tip):
    """HEAD's branch is the archive's; where that is gone `master`, else `main`, else the only."""
    archive = _three(tmp_path / "0.git")
    (archive.path / "refs" / "heads" / "master").unlink()
    for branch, oid in zip(branches, archive.ids, strict=False):
        archive.ref(f"heads/{branch}", oid)
    (archive.path / "HEAD").write_text("ref: refs/heads/gone\n")
    assert Repository(archive.path).tip == archive.ids[tip]


def test_ids_are_expanded(tmp_path):
    """The beginning of an id gives all of it, loose or packed; that of none gives None."""
    archive = _three(tmp_path / "0.git")
    for _ in range(2):
        repository = Repository(archive.path)
        assert repository.expand_id(archive.last[:8]) == archive.last
        assert repository.expand_id(archive.last) == archive.last
        for unknown in ("0" * 40, "0123abcd", "0123abcd" * 5):
            assert repository.expand_id(unknown) is None
        archive.pack()


def test_an_unknown_id_beside_a_damaged_pack(tmp_path):
    """Where a pack is cut short nobody can say that an object is not there."""
    archive = _three(tmp_path / "0.git")
    pack = archive.pack()
    pack.chmod(0o644)
    pack.write_bytes(pack.read_bytes()[:-1])
    for prefix in ("0123abcd", "0" * 40):
        said = _said(Repository(archive.path).expand_id, prefix)
        what = f"the object is missing, since {pack.name} is damaged or cut short"
        assert said == f"{archive.path}: {prefix}: {what}; {FSCK}"


def test_names_that_lead_to_no_commit(tmp_path):
    """Of names those of commits are listed; a tag may name a blob, what is lost, or nothing."""
    archive = _three(tmp_path / "0.git")
    for name, target in (("blob", archive.blob(b"text")), ("lost", "1" * 40)):
        (archive.path / "refs/tags" / name).write_text(f"{target}\n")
    (archive.path / "refs/tags/dangling").write_text("ref: refs/heads/gone\n")
    (archive.path / "refs/tags/v1").write_text(f"{archive.ids[0]}\n")
    repository = Repository(archive.path)
    assert repository.list_tags() == {"refs/tags/v1": archive.ids[0]}
    names = repository.list_names()
    assert names["HEAD"] == archive.last
    assert set(names.values()) == {archive.last, archive.ids[0]}


def test_a_head_of_no_branch(tmp_path):
    """Where HEAD names a commit, the branches are those that there are."""
    archive = _three(tmp_path / "0.git")
    (archive.path / "HEAD").write_text(f"{archive.ids[1]}\n")
    repository = Repository(archive.path)
    assert (repository.tip, repository.is_adrift) == (archive.ids[1], False)
    assert repository.find_reference("master") == archive.last


def test_a_head_that_is_a_link_to_a_file(tmp_path):
    """A HEAD that is a link to another file, and not to a branch, says what that file says."""
    archive = _three(tmp_path / "0.git")
    head = archive.path / "HEAD"
    head.rename(archive.path / "kept")
    head.symlink_to("kept")
    assert Repository(archive.path).tip == archive.last


def test_packed_refs_that_are_garbage(tmp_path):
    """A file of refs that git would refuse is told, and not taken for an archive without refs."""
    archive = _three(tmp_path / "0.git")
    (archive.path / "packed-refs").write_text("garbage\n")
    said = _said(Repository, archive.path, error=NotAnInboxError)
    assert said.startswith(f"{archive.path}: can't be opened as a git repository (corrupted packed")
    assert said.endswith(f"; {FSCK}")


def test_a_head_that_moves_or_is_lost(tmp_path):
    """A repository's branch and HEAD are those of its opening."""
    archive = _three(tmp_path / "0.git")
    repository = Repository(archive.path)
    archive.add(4)
    (archive.path / "HEAD").unlink()
    assert repository.find_head() == repository.tip == archive.ids[2]


def test_a_head_that_may_not_be_read():
    """Where HEAD can't be read no other branch is taken for it."""
    with folder_of_nobody() as parent:
        archive = _three(parent / "0.git")
        (archive.path / "HEAD").chmod(0)
        with as_nobody(archive.path):
            said = _said(Repository, archive.path, error=NotAnInboxError)
    assert said.startswith(f"{archive.path}/HEAD: can't be read (Permission denied)")


# what may not be read


@pytest.mark.parametrize("inside", ["", "objects", "objects/pack"])
def test_folders_that_may_not_be_entered(inside):
    """A repository whose folders may not be looked into is refused with the cure."""
    with folder_of_nobody() as parent:
        archive = _three(parent / "0.git")
        folder = archive.path / inside
        folder.chmod(0)
        with as_nobody(archive.path):
            said = _said(Repository, archive.path, error=NotAnInboxError)
        folder.chmod(0o700)
    cure = "check its permissions, or run as a user who may read it"
    assert said.startswith(f"{archive.path}: can't be read (")
    assert said.endswith(f"Permission denied); {cure}")


def test_a_home_that_may_not_be_entered(tmp_path):
    """Below a HOME of somebody else, as sudo leaves it, the cure is about that, not the archive."""
    with folder_of_nobody() as parent:
        archive, home = _three(parent / "0.git"), parent / "home"
        home.mkdir(mode=0)
        with as_nobody(archive.path):  # which puts libgit2's own back at its end
            pygit2.settings.search_path[ConfigLevel.GLOBAL] = str(home)
            said = _said(Repository, archive.path, error=NotAnInboxError)
    assert said.startswith(
        f"{archive.path}: git's configuration in the home directory can't be read ("
    )
    assert said.endswith("; set HOME to a directory that this user may read")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("unsupported object format 'SHA256'", "it is a SHA-256 repository"),
        ("unsupported extension name extensions.partialClone", "it is a partial clone"),
        ("Unsupported Extension name extensions.x", "it uses an extension"),
        ("the path is not OWNED by current user", "it belongs to another user"),
        ("could not open: Permission denied", "can't be read"),
        ("could not open: PERMISSION DENIED", "can't be read"),
        ("anything else", "can't be opened as a git repository"),
    ],
)
def test_the_words_of_libgit2_in_any_case(said, what):
    """What libgit2 refuses is told in our words, however another version of it writes its own."""
    found = explain_refusal(Path("/no/where"), OSError(said))
    assert found.what.startswith(what)
    assert found.what.endswith(f"({said})")
