"""Packs are read by reads, not through maps: whatever is cut or damaged is a typed error."""

import io
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import kvminbox.archive.packs as packs_module
from kvminbox import Inbox
from kvminbox.archive import Repository
from kvminbox.errors import CorruptObjectError, MissingObjectError, OversizedObjectError
from tests.archive.git_archive import Archive, git, mail
from tests.archive.packing import (
    chain,
    delta,
    name_of,
    of_id,
    of_offset,
    whole,
    write_index,
    write_pack,
)

ROOT = Path(__file__).parents[2]


def fill(archive, count=60):
    """Commit mails that are alike, so that git packs them as deltas of each other."""
    text = random.Random(1).randbytes(3_000).hex()
    for each in range(count):
        archive.commit({"m": archive.blob(mail(each) + text[each:].encode() + mail(each))})
    return archive


def read_by_git(path):
    """Return {id: (type, content)} of all objects, as git reads them."""
    stream = io.BytesIO(git(path, "cat-file", "--batch-all-objects", "--batch"))
    found = {}
    while line := stream.readline():
        oid, kind, size = line.decode().split()
        found[oid] = kind, stream.read(int(size))
        stream.read(1)
    return found


def count_deltas(path):
    """Return how many deltas git counts in the packs."""
    lines = git(path, "verify-pack", "-v", *path.glob("objects/pack/*.idx")).splitlines()
    return sum(len(line.split()) == 7 for line in lines)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-c", "pack.indexVersion=1"),
        ("-c", "repack.useDeltaBaseOffset=false"),
        ("-c", "pack.compression=0"),
        ("-c", "pack.depth=4"),
    ],
)
def test_all_that_git_packs_is_read_as_git_reads_it(tmp_path, options):
    """Each object of a pack of any form has its type and bytes."""
    archive = fill(Archive(tmp_path / "0.git"))
    archive.blob(b"")
    git(archive.path, *options, "repack", "-adq", "--window=20")
    git(archive.path, "prune-packed", "-q")
    assert count_deltas(archive.path) > 50
    wanted = read_by_git(archive.path)
    repository = Repository(archive.path)
    found = {oid: repository.read_object(oid) for oid in reversed(wanted)}
    assert found == wanted


def test_an_index_with_places_beyond_two_gigabytes(tmp_path):
    """Places of eight bytes, which a large pack needs, are read."""
    archive = fill(Archive(tmp_path / "0.git"))
    pack = archive.pack()
    wanted = read_by_git(archive.path)
    pack.with_suffix(".idx").unlink()
    git(archive.path, "index-pack", "--index-version=2,0x100", pack)
    assert {oid: Repository(archive.path).read_object(oid) for oid in wanted} == wanted


@pytest.mark.parametrize("in_memory", [True, False])
def test_ids_are_found_wherever_they_are(tmp_path, monkeypatch, in_memory):
    """Ids that are spread as no hash spreads them are found, and no others."""
    if not in_memory:
        monkeypatch.setattr(packs_module, "_SMALL_INDEX", 0)
    ids = {b"\x07" + each.to_bytes(3) + bytes(16) for each in range(2_000)}
    ids |= {b"\x07" + b"\xff" * 15 + each.to_bytes(4) for each in range(500)}
    write_index(tmp_path / "1.idx", {oid: 12 + place for place, oid in enumerate(ids)}, bytes(20))
    index = packs_module._Index(tmp_path / "1.idx")
    assert [index.find(oid) for oid in ids] == [*range(12, 12 + len(ids))]
    absent = [bytes(20), b"\x07" * 20, b"\x07" + bytes(2) + b"\x07" * 17, b"\xff" * 20]
    assert [index.find(oid) for oid in absent] == [None] * 4
    assert index.list_ids("07000005") == [f"07000005{'0' * 32}"]
    assert len(index.list_ids("07")) == 2_500
    assert index.list_ids("08") == []
    index.close()


CUT = """
import os, sys
from contextlib import suppress
from pathlib import Path
from kvminbox import Inbox
from kvminbox.archive import packs
from kvminbox.errors import KvminboxError

packs._SMALL_INDEX = int(sys.argv[4])
inbox = Inbox.open(sys.argv[1])
window = inbox.between(None)
messages = window.messages()
next(messages)
for file in Path(sys.argv[1]).glob("objects/pack/*." + sys.argv[2]):
    os.truncate(file, int(sys.argv[3]))
told = []
window.on_problem = told.append
try:
    count = len(list(window.messages()))
    print(count, window.summary().problems, [problem.text for problem in told[:1]])
except KvminboxError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("keep", [0, 4096])
@pytest.mark.parametrize("suffix", ["pack", "idx", "*"])
@pytest.mark.parametrize("small_index", [4 << 20, 0])
def test_a_pack_that_is_cut_under_a_reader(tmp_path, suffix, keep, small_index):
    """A pack or index that is cut short while it is open is an error, and no SIGBUS."""
    archive = fill(Archive(tmp_path / "0.git"))
    pack = archive.pack()
    for file in pack.parent.iterdir():
        file.chmod(0o644)
    command = [sys.executable, "-c", CUT, archive.path, suffix, str(keep), str(small_index)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    if suffix == "idx" and small_index:  # it was in memory
        assert run.stdout == "60 0 []\n"
    else:
        assert f"{pack.name} is damaged or cut short" in run.stdout


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc to look at")
@pytest.mark.parametrize("revision", ["HEAD~3", ":/subject", "master@{0}"])
def test_nothing_of_a_pack_stays_mapped(tmp_path, revision):
    """Neither a pack nor its index is mapped after a window was chosen and read."""
    archive = fill(Archive(tmp_path / "0.git"))
    archive.pack()
    inbox = Inbox.open(archive.path)
    inbox.sources[0].revparse(revision)
    assert len(list(inbox.between("HEAD~3").messages())) == 3
    maps = Path("/proc/self/maps").read_text()
    assert str(archive.path) not in maps


def flip(data, place):
    """Return bytes of which one has other bits."""
    return data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :]


@pytest.mark.parametrize("suffix", [".pack", ".idx"])
def test_flipped_bits_are_never_another_mail(tmp_path, suffix):
    """Whatever byte of a pack or its index is another, an object is as it was, or an error."""
    archive = fill(Archive(tmp_path / "0.git"), 6)
    file = archive.pack().with_suffix(suffix)
    wanted = read_by_git(archive.path)
    data = file.read_bytes()
    file.chmod(0o644)
    # of the index's fanout and checksums most bytes are alike
    places = range(len(data)) if suffix == ".pack" else range(0, len(data), 3)
    told = 0
    for place in list(places)[::5]:
        file.write_bytes(flip(data, place))
        packs = packs_module.Packs([archive.path / "objects"])
        for oid, (kind, content) in wanted.items():
            try:
                assert packs.read(oid, 1 << 20) == (kind, content)
            except (packs_module.PackError, KeyError, OversizedObjectError):
                told += 1
    assert told > len(data) // 100


def refuse(tmp_path, oid, error=CorruptObjectError):
    """Return the words of the error with which an object is refused."""
    with pytest.raises(error) as caught:
        Repository(tmp_path / "0.git").read_object(oid.hex())
    assert str(tmp_path / "0.git") in caught.value.where
    assert oid.hex() in caught.value.where
    return caught.value.what


@pytest.fixture
def path(tmp_path):
    """Return the path of an empty repository."""
    return Archive(tmp_path / "0.git").path


A, B, C = (bytes([each]) * 20 for each in b"abc")
COPY = delta((0, 5), base_size=5, size=5)

HOSTILE = {
    "a loop of two": ({A: of_id(B, COPY), B: of_id(A, COPY)}, "more deltas"),
    "its own base": ({A: of_id(A, COPY)}, "more deltas"),
    "an unknown base": ({A: of_id(C, COPY)}, "has no base"),
    "a base at its own place": ({A: of_offset(0, COPY)}, "has no base"),
    "a base before the pack": ({A: of_offset(100, COPY)}, "has no base"),
    "a type that is none": ({A: b"\x55" + whole(b"hello")[1:]}, "has no type"),
    "another's name": ({A: whole(b"hello")}, "not what its name says"),
    "no zlib": ({A: b"\x35hello"}, "while decompressing"),
    "a size too small": ({A: whole(b"hello", size=4)}, "cut short"),
    "a size too large": ({A: whole(b"hello", size=6)}, "cut short"),
    "a delta of more than its base": (
        {B: whole(b"hello"), A: of_id(B, delta((0, 6), base_size=5, size=6))}, "does not fit"),
    "a delta of another base": (
        {B: whole(b"hello!"), A: of_id(B, COPY)}, "does not fit"),
    "a delta that makes more": (
        {B: whole(b"hello"), A: of_id(B, delta((0, 5), b"x", base_size=5, size=5))},
        "does not fit"),
    "a delta that copies more than it makes": (
        {B: whole(b"hello"), A: of_id(B, delta((0, 5), (0, 5), base_size=5, size=5))},
        "does not fit"),
    "a delta that makes less": (
        {B: whole(b"hello"), A: of_id(B, delta((0, 4), base_size=5, size=5))}, "does not fit"),
    "a delta that ends in a copy": ({B: whole(b"hello"), A: of_id(B, COPY[:3])}, "out of range"),
    "a delta that ends in a short copy": (
        {B: whole(b"hello"), A: of_id(B, b"\5\5\x93\0\0")}, "requires a buffer"),
    "a delta that ends in new bytes": (
        {B: whole(b"hello"), A: of_id(B, b"\5\3\5hel")}, "does not fit"),
    "a delta of nothing": ({B: whole(b"hello"), A: of_id(B, b"")}, "out of range"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_packs_that_no_git_writes(path, tmp_path, name):
    """A pack of impossible objects is an error that names the pack and says why."""
    objects, words = HOSTILE[name]
    write_pack(path, objects)
    what = refuse(tmp_path, A)
    assert what.startswith("the object can't be read (pack-1.pack is damaged or cut short: ")
    assert words in what


@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_pieces_are_joined_across_chunks(path, monkeypatch, chunk):
    """What a delta makes does not depend on how much of it is applied at a time."""
    monkeypatch.setattr(packs_module, "_CHUNK", chunk)
    base, made = bytes(range(250)), b"new" + bytes(range(40, 60)) + b"and newer" + bytes(range(5))
    pieces = b"\3new" + b"\x93\x28\0\x14" + b"\x09and newer" + b"\x90\5"
    change = b"\xfa\1" + bytes([len(made)]) + pieces
    write_pack(path, {name_of(base): whole(base), name_of(made): of_id(name_of(base), change)})
    assert Repository(path).read_object(name_of(made).hex()) == ("blob", made)


def test_a_delta_that_makes_far_more_than_it_says_is_not_made(path, tmp_path, monkeypatch):
    """A delta that makes more than it says is applied up to the chunk that shows it."""
    made = []

    def apply(*arguments):
        part, at = apply_chunk(*arguments)
        made.append(len(part))
        return part, at

    apply_chunk = packs_module._apply_chunk
    monkeypatch.setattr(packs_module, "_apply_chunk", apply)
    monkeypatch.setattr(packs_module, "_CHUNK", 40)
    change = b"\xff\1" + b"\x84\x14" + b"\x93\0\0\xff" * 1_000
    write_pack(path, {B: whole(bytes(255)), A: of_id(B, change)})
    assert "does not fit" in refuse(tmp_path, A)
    assert made == [2_550, 2_550]


def test_an_id_across_two_others_is_not_there(path):
    """Bytes that end one id of an index and begin the next are no id of it."""
    first, second = b"a" * 10 + b"b" * 10, b"a" * 5 + b"c" * 15
    write_pack(path, {oid: whole(b"hello") for oid in (first, second)})
    with pytest.raises(MissingObjectError):
        Repository(path).read_object((first[5:] + second[:5]).hex())


def test_a_place_behind_the_end(path, tmp_path):
    """An index that sends us behind the pack's end, however far, is an error."""
    pack = write_pack(path, {A: whole(b"hello")})
    for place in (1 << 20, (1 << 31) - 1, 1 << 31):
        write_index(pack.with_suffix(".idx"), {A: place}, bytes(20))
        assert "cut short" in refuse(tmp_path, A)


def test_a_damaged_index_that_revparse_might_meet(path, tmp_path):
    """Before libgit2 sees the index of a pack its checksum is compared: it would read beyond it."""
    pack = write_pack(path, {A: whole(b"hello")})
    index = pack.with_suffix(".idx")
    data = index.read_bytes()
    repository = Repository(path)
    assert repository.revparse(":/subject") is None
    for damaged in (flip(data, 1060), data[:-1], data[:30], b""):
        index.write_bytes(damaged)
        with pytest.raises(CorruptObjectError, match=r"pack-1\.pack is damaged or cut short"):
            repository.revparse(":/subject")


def test_more_deltas_than_git_writes(path, tmp_path, monkeypatch):
    """As many deltas as git puts on top of each other are read, and one more is refused."""
    monkeypatch.setattr(packs_module, "MAX_DELTAS", 50)
    objects, last = chain(b"hello", 51)
    write_pack(path, objects)
    assert Repository(path).read_object(name_of(last).hex()) == ("blob", last)
    objects, last = chain(b"hello", 52)
    write_pack(path, objects)
    assert "more deltas" in refuse(tmp_path, name_of(last))


def test_sizes_are_asked_before_bytes_are_unpacked(path, tmp_path):
    """A huge object is refused with its size: whole, as a delta, and as a small delta's base."""
    huge = 1 << 40
    objects = {
        A: whole(b"", size=huge),
        B: of_id(C, delta(base_size=5, size=huge)),
        C: of_id(A, delta((0, 5), base_size=huge, size=5)),
    }
    write_pack(path, objects)
    for oid in (A, B, C):
        assert refuse(tmp_path, oid, OversizedObjectError).startswith(
            f"the object has {huge} bytes, over the limit of "
        )


def test_an_object_in_a_sound_pack_beside_a_broken_one(path, tmp_path):
    """What one pack has damaged is read from another that has it, too."""
    broken = {name_of(b"hello"): whole(b"hallo")}
    write_pack(path, broken, "pack-1")
    assert "not what its name says" in refuse(tmp_path, name_of(b"hello"))
    write_pack(path, {name_of(b"hello"): whole(b"hello")}, "pack-2")
    repository = Repository(path)
    for _ in range(2):
        assert repository.read_object(name_of(b"hello").hex()) == ("blob", b"hello")


def test_what_is_kept_is_bounded(path, monkeypatch):
    """Of all packs' bases only so many bytes are kept, and none that would push out the others."""
    monkeypatch.setattr(packs_module, "_KEPT", 400)
    monkeypatch.setattr(packs_module, "_KEPT_EACH", 100)
    chains = [chain(letter * 60, 60) for letter in (b"h", b"i")]
    for number, (objects, _) in enumerate(chains):
        write_pack(path, objects, f"pack-{number}")
    packs = packs_module.Packs([path / "objects"])
    for _, last in chains:
        assert packs.read(name_of(last).hex(), 1_000) == ("blob", last)
    bases = packs._packs[0]._bases
    sizes = [len(data) for _, data in bases._kept.values()]
    assert 300 < sum(sizes) == bases._size <= 400
    assert max(sizes) <= 100
    numbers = {number for number, _ in bases._kept}
    (pack,) = (pack for pack in packs._packs if pack._number in numbers)
    pack.close()
    assert (len(bases._kept), bases._size) == (0, 0)


def test_what_a_delta_was_made_of_is_not_unpacked_again(path, monkeypatch):
    """An object that was read for a delta of it is taken as it is, and checked as any other."""
    objects, last = chain(b"hello", 8)
    bad_base, good = delta((0, 5), base_size=5, size=5), name_of(b"hell")
    objects[A] = of_id(name_of(b"hello"), bad_base)
    objects[good] = of_id(A, delta((0, 4), base_size=5, size=4))
    write_pack(path, objects)
    packs = packs_module.Packs([path / "objects"])
    for oid in (name_of(last), good):
        packs.read(oid.hex(), 1_000)
    monkeypatch.setattr(packs_module._Pack, "_inflate", None)
    for content in (b"hell", *(b"hello" + b"x" * more for more in range(9))):
        assert packs.read(name_of(content).hex(), len(content)) == ("blob", content)
        with pytest.raises(OversizedObjectError):
            packs.read(name_of(content).hex(), len(content) - 1)
    with pytest.raises(packs_module.PackError, match="not what its name says"):
        packs.read(A.hex(), 1_000)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc to count with")
@pytest.mark.parametrize("small_index", [4 << 20, 0])
def test_closing_lets_all_files_go(tmp_path, monkeypatch, small_index):
    """A repository that is released or dropped has no file open."""
    monkeypatch.setattr(packs_module, "_SMALL_INDEX", small_index)
    archive = fill(Archive(tmp_path / "0.git"), 6)
    archive.pack()

    def count():
        found = 0
        for link in Path("/proc/self/fd").iterdir():
            with suppress(FileNotFoundError):  # that of this very folder, and other threads' files
                found += str(tmp_path) in str(link.readlink())
        return found

    inbox = Inbox.open(archive.path)
    window = inbox.between(None)
    assert len(list(window.messages())) == 6
    assert count() > 0
    inbox.sources[0].release()
    assert count() == 0
    assert len(list(window.messages())) == 6
    del inbox, window
    assert count() == 0


def test_the_names_of_an_archive_keep_no_index_in_memory(tmp_path):
    """An inbox of many epochs does not grow by the index of each pack when asked for branches."""
    archive = fill(Archive(tmp_path / "0.git"), 6)
    archive.pack()
    source = Inbox.open(archive.path).sources[0]
    names = source.list_names()
    assert names == {"HEAD": source.tip, "refs/heads/master": source.tip}
    assert [pack._index for pack in source._handles.packs._packs] == [None]


def test_a_pack_that_a_repack_takes_away_hides_no_other(path):
    """Ids are listed, and indexes checked, where a pack went after the folder was read."""
    write_pack(path, {A: whole(b"kept")}, "pack-1")
    gone = write_pack(path, {B: whole(b"gone")}, "pack-2")
    packs = packs_module.Packs([path / "objects"])
    gone.with_suffix(".idx").unlink()
    gone.unlink()
    assert packs.list_ids("61") == {A.hex()}
    packs.check_indexes()


def test_an_index_of_several_packs_is_checked_before_libgit2_sees_it(path):
    """A turned bit of a multi-pack-index, which only libgit2 reads, is an error and no crash."""
    write_pack(path, {A: whole(b"kept")})
    (path / "objects/pack/multi-pack-index").write_bytes(b"MIDX" + bytes(60))
    with pytest.raises(packs_module.PackError, match="multi-pack-index is damaged"):
        packs_module.Packs([path / "objects"]).check_indexes()
