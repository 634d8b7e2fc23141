"""The files of an archive that are damaged, and the archives that have them."""

from pathlib import Path

from tests.archive.git_archive import git


def _pack(path: Path, *options: str) -> None:
    git(path, "pack-refs", "--all")
    git(path, *options, "repack", "-adq")


def _packed(path: Path, *suffixes: str) -> list[Path]:
    return [file for suffix in suffixes for file in (path / "objects/pack").glob(f"*{suffix}")]


def _pack_file(path: Path) -> list[Path]:
    _pack(path)
    return _packed(path, ".pack")


def _pack_index(path: Path) -> list[Path]:
    _pack(path)
    return _packed(path, ".idx")


def _loose_objects(path: Path) -> list[Path]:
    return list((path / "objects").glob("??/*"))


def _packed_refs(path: Path) -> list[Path]:
    _pack(path)
    return [path / "packed-refs"]


def _head(path: Path) -> list[Path]:
    return [path / "HEAD"]


def _loose_refs(path: Path) -> list[Path]:
    return [path / "refs/heads/master", path / "refs/tags/v1", path / "refs/tags/v2"]


def _config(path: Path) -> list[Path]:
    return [path / "config"]


def _pack_index_of_several(path: Path) -> list[Path]:
    git(path, "tag", "other", "HEAD~9")
    packs = path / "objects/pack/pack"
    for tip in ("HEAD~9", "HEAD"):
        ids = git(path, "rev-list", "--objects", "--no-object-names", tip, "v2")
        git(path, "pack-objects", "-q", packs, given=ids)
    _remove(_loose_objects(path))
    git(path, "multi-pack-index", "write")
    return [path / "objects/pack/multi-pack-index"]


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink()


def _commit_graph(path: Path) -> list[Path]:
    _pack(path)
    git(path, "commit-graph", "write", "--reachable")
    return [path / "objects/info/commit-graph"]


def _bitmap_and_reverse_index(path: Path) -> list[Path]:
    git(path, "-c", "pack.writeReverseIndex=true", "repack", "-adbq")
    return _packed(path, ".bitmap", ".rev")


def _alternates(path: Path) -> list[Path]:
    other = path.with_name("objects")
    (path / "objects").rename(other)
    (path / "objects/info").mkdir(parents=True)
    file = path / "objects/info/alternates"
    file.write_text(f"{other}\n")
    return [file]


MAIN = [_pack_file, _pack_index, _loose_objects, _packed_refs, _head]
OTHERS = [
    _loose_refs, _config, _pack_index_of_several, _commit_graph, _bitmap_and_reverse_index,
    _alternates,
]  # fmt: skip


def name_of(value: object) -> str | None:
    """Return the name of a parameter that makes files to damage."""
    return value.__name__.strip("_") if callable(value) else None
