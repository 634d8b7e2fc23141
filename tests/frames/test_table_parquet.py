"""Parquet files: complete or absent."""

import errno

import pyarrow.parquet
import pytest

from kvminbox import frames
from kvminbox.errors import OutputError
from kvminbox.frames import batches
from kvminbox.frames.frame import FRAMES
from kvminbox.frames.parts import PartFile

NAMES = [frame.name for frame in FRAMES]


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _write_files(corpus, folder):
    frames.files(corpus).to_parquet(folder / "files.parquet")


def test_each_file_holds_its_table(sample, tmp_path):
    """`write_parquet` writes the same rows in one pass as each table does by itself."""
    paths = frames.write_parquet(sample, tmp_path / "new" / "folder")
    assert list(paths) == NAMES
    assert _names(tmp_path / "new" / "folder") == sorted(f"{name}.parquet" for name in NAMES)
    for name, path in paths.items():
        expected = getattr(frames, name)(sample).to_arrow()
        read = pyarrow.parquet.read_table(path)
        assert read.equals(expected)
        assert read.schema.metadata == expected.schema.metadata
        for field in expected.schema:
            kept = read.schema.field(field.name).metadata
            assert kept[b"description"] == field.metadata[b"description"]


def test_one_table_is_written_alone(sample, tmp_path):
    """`to_parquet` writes the same rows to the one file that is asked for."""
    path = tmp_path / "of.parquet"
    frames.files(sample).to_parquet(path)
    assert pyarrow.parquet.read_table(path).equals(frames.files(sample).to_arrow())
    assert _names(tmp_path) == ["of.parquet"]


def test_all_tables_take_one_walk(make_corpus, make_mail, tmp_path):
    """The mails are read once for all tables."""
    corpus = make_corpus(make_mail(), make_mail())
    frames.write_parquet(corpus, tmp_path)
    assert (corpus.walks, corpus.given) == (1, 2)


def test_files_are_written_in_pieces(make_corpus, make_mail, tmp_path, monkeypatch):
    """A file has a row group for each batch, so that no more than a batch is held."""
    monkeypatch.setattr(batches, "MAX_ROWS", 4)
    paths = frames.write_parquet(make_corpus(*[make_mail()] * 10), tmp_path)
    assert pyarrow.parquet.ParquetFile(paths["messages"]).metadata.num_row_groups == 3


def test_the_same_corpus_gives_the_same_bytes(sample, tmp_path):
    """Two runs write the same files."""
    one, two = (frames.write_parquet(sample, tmp_path / name) for name in ("one", "two"))
    assert {name: path.read_bytes() for name, path in one.items()} == {
        name: path.read_bytes() for name, path in two.items()
    }


@pytest.mark.parametrize("write", [frames.write_parquet, _write_files])
def test_nothing_half_written_is_left(make_corpus, make_mail, tmp_path, write):
    """If reading fails, existing files stay, and none is added."""
    before = tmp_path / "files.parquet"
    before.write_bytes(b"from before")
    corpus = make_corpus(make_mail(), make_mail())

    def fail(**_):
        yield corpus.kept[0]
        raise RuntimeError("the disk is gone")

    corpus.messages = fail
    with pytest.raises(RuntimeError, match="the disk is gone"):
        write(corpus, tmp_path)
    assert _names(tmp_path) == ["files.parquet"]
    assert before.read_bytes() == b"from before"


def test_a_file_is_replaced(sample, tmp_path):
    """A second run replaces the files of the first."""
    path = tmp_path / "files.parquet"
    path.write_bytes(b"from before")
    frames.files(sample).to_parquet(path)
    assert pyarrow.parquet.ParquetFile(path).metadata.num_rows > 0


@pytest.mark.parametrize("name", ["\x1b[31m", "plain"])
def test_a_place_that_cannot_be_written_is_named(sample, tmp_path, name):
    """A folder that is a file, or is inside one, is an error of ours in one safe line."""
    wrong = tmp_path / name
    wrong.write_text("a file")
    for write in (
        lambda: frames.write_parquet(sample, wrong),
        lambda: frames.files(sample).to_parquet(wrong / "files.parquet"),
    ):
        with pytest.raises(OutputError, match="can't be written") as caught:
            write()
        assert str(caught.value).isprintable()
        assert tmp_path.name in str(caught.value)


@pytest.mark.parametrize("room", [4, 2_000])
def test_a_full_disk_is_an_error_of_ours(sample, tmp_path, monkeypatch, room):
    """A full disk ends the writing with an error that names the file."""
    take = PartFile.write

    def write(self, data):
        if self.tell() + len(data) > room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return take(self, data)

    monkeypatch.setattr(PartFile, "write", write)
    with pytest.raises(OutputError, match=r"messages.parquet: .*No space left"):
        frames.messages(sample).to_parquet(tmp_path / "messages.parquet")
    assert _names(tmp_path) == []
