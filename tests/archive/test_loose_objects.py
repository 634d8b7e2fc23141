"""A loose object is read by the library itself, and what is wrong with it is said in words."""

import hashlib
import os
import zlib
from types import SimpleNamespace

import pytest

from kvminbox.archive import loose
from kvminbox.archive.loose import LooseObjects, read_loose
from kvminbox.errors import CorruptObjectError, OversizedObjectError
from tests.archive.git_archive import Archive

CURE = "run `git fsck` there, and fetch or clone the archive again"


def _write(folder, whole, *, cut=0):
    """Write any bytes as a loose object; give its file and the id that they have."""
    packed = zlib.compress(whole)
    file = folder / "object"
    file.write_bytes(packed[: len(packed) - cut])
    return file, hashlib.sha1(whole).hexdigest()


@pytest.mark.parametrize("kind", ["commit", "tree", "blob", "tag"])
def test_type_and_content_are_given(tmp_path, kind):
    """An object of each type comes back whole, whatever bytes are in it."""
    content = b"\0 5\0\xff\n"
    file, oid = _write(tmp_path, kind.encode() + b" 6\0" + content)
    assert read_loose(file, oid, 6) == (kind, content)


@pytest.mark.parametrize(
    ("whole", "cut", "words"),
    [
        (b"hello", 0, "has no header"),
        (b"note 5\0hello", 0, "has no header"),
        (b"blob 5\0hell", 0, "is truncated"),
        (b"blob 5\0hello!", 0, "is truncated"),
        (b"blob 5\0hello", 1, "is truncated"),
        (b"blob 5\0hello", 4, "is truncated"),
    ],
)
def test_an_object_that_is_not_whole(tmp_path, whole, cut, words):
    """What has no header, or more or less than its header says, is told with its file."""
    file, oid = _write(tmp_path, whole, cut=cut)
    with pytest.raises(CorruptObjectError) as caught:
        read_loose(file, oid, 100)
    assert str(caught.value) == f"{file}: the loose object {words}; {CURE}"


def test_an_object_of_another_name(tmp_path):
    """A whole object in the file of another one is not taken for that."""
    file, _ = _write(tmp_path, b"blob 5\0hello")
    with pytest.raises(CorruptObjectError) as caught:
        read_loose(file, "1" * 40, 100)
    assert str(caught.value) == f"{file}: the loose object is not what its name says; {CURE}"


def test_an_object_that_is_no_zlib(tmp_path):
    """Bytes that are no compressed stream are damaged, in zlib's words."""
    (tmp_path / "object").write_bytes(b"no zlib at all")
    with pytest.raises(
        CorruptObjectError, match=r"the loose object is damaged \(Error -3"
    ) as caught:
        read_loose(tmp_path / "object", "1" * 40, 100)
    assert caught.value.cure == CURE


def test_a_folder_in_the_place_of_an_object(tmp_path):
    """What can't be read as a file is told in the system's words."""
    with pytest.raises(CorruptObjectError) as caught:
        read_loose(tmp_path, "1" * 40, 100)
    assert (
        str(caught.value) == f"{tmp_path}: the loose object can't be read (Is a directory); {CURE}"
    )


def test_the_limit_is_the_largest_that_is_read(tmp_path):
    """An object of just the limit is read; one of a byte more is refused by its header alone."""
    file, oid = _write(tmp_path, b"blob 500\0" + bytes(500))
    assert read_loose(file, oid, 500) == ("blob", bytes(500))
    with pytest.raises(OversizedObjectError) as caught:
        read_loose(file, oid, 499)
    assert str(caught.value) == f"{file}: the object has 500 bytes, over the limit of 499"
    # its header alone, for the rest may unfold to gigabytes
    file, oid = _write(tmp_path, b"blob 99999999\0hello", cut=6)
    with pytest.raises(OversizedObjectError, match="99999999 bytes"):
        read_loose(file, oid, 100)


class Inflater:
    """An inflater that adds up how many bytes it has unpacked."""

    unpacked = 0

    def __init__(self):
        self._inner = zlib.decompressobj()

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def decompress(self, *arguments):
        """Unpack as zlib does."""
        data = self._inner.decompress(*arguments)
        Inflater.unpacked += len(data)
        return data


def test_what_unfolds_without_end_is_not_unfolded(tmp_path, monkeypatch):
    """Of an object that says 5 bytes and holds 30 million no more is unpacked than its header."""
    file, oid = _write(tmp_path, b"blob 5\0" + bytes(30_000_000))
    monkeypatch.setattr(Inflater, "unpacked", 0)
    monkeypatch.setattr(loose, "zlib", SimpleNamespace(decompressobj=Inflater, error=zlib.error))
    with pytest.raises(CorruptObjectError, match="is truncated"):
        read_loose(file, oid, 1_000)
    assert 0 < Inflater.unpacked < 100


def test_what_is_loose_is_found_by_its_id(tmp_path):
    """Ids lead to files, in any of the folders; other files in them are no objects."""
    first, second = Archive(tmp_path / "0.git"), Archive(tmp_path / "1.git")
    ids = sorted([first.blob(b"a"), first.blob(b"b"), second.blob(b"c")])
    folder = first.file_of(ids[0]).parent
    (folder / "tmp_obj_x1").write_bytes(b"")
    for name in ("AB", "info", "abc", "zz"):
        (first.path / "objects" / name).mkdir()
    loose = LooseObjects([first.path / "objects", second.path / "objects"])
    assert loose.list_ids() == ids
    for oid in ids:
        assert loose.find(oid).read_bytes()
    for other in ("0" * 40, ids[0][:39] + "g", "ab" + "0" * 38, "zz" + "0" * 38):
        assert loose.find(other) is None


def test_one_object_in_two_places(tmp_path):
    """An object that is gone from one folder is found in the other."""
    archives = [Archive(tmp_path / name) for name in ("0.git", "1.git")]
    (oid,) = {archive.blob(b"a") for archive in archives}
    loose = LooseObjects([archive.path / "objects" for archive in archives])
    assert loose.find(oid) == archives[0].file_of(oid)
    archives[0].file_of(oid).unlink()
    assert loose.find(oid) == archives[1].file_of(oid)
    assert loose.list_ids() == [oid]


def test_a_folder_of_objects_that_is_none(tmp_path):
    """A file or an endless link in the place of a folder is told where it must be looked at."""
    objects = Archive(tmp_path / "0.git").path / "objects"
    (objects / "ab").write_bytes(b"")
    (objects / "cd").symlink_to(objects / "cd")
    loose = LooseObjects([objects])
    assert loose.find("ab" + "0" * 38) is None
    with pytest.raises(CorruptObjectError) as caught:
        loose.find("cd" + "0" * 38)
    where = objects / "cd" / ("0" * 38)
    what = f"the loose object can't be read ({os.strerror(40)})"
    assert str(caught.value) == f"{where}: {what}; {CURE}"
    (objects / "cd").unlink()
    with pytest.raises(CorruptObjectError) as caught:
        LooseObjects([objects]).list_ids()
    what = "the loose object directory can't be read (Not a directory)"
    assert str(caught.value) == f"{objects / 'ab'}: {what}; {CURE}"
