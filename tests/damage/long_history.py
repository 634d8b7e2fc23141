"""Histories of hundreds of commits, written within a second by git itself."""

from collections.abc import Iterable
from pathlib import Path

from tests.archive.git_archive import START, git, mail

CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n[gc]\n\tauto = 0\n"


def make_repository(path: Path) -> Path:
    """Make an empty repository."""
    for folder in ("objects/pack", "refs/heads"):
        (path / folder).mkdir(parents=True)
    (path / "HEAD").write_text("ref: refs/heads/master\n")
    (path / "config").write_text(CONFIG)
    return path


def write_branch(path: Path, branch: str, mails: Iterable[bytes]) -> str:
    """Write a branch of one commit a mail, into a pack; the same mails give the same commits."""
    stream = bytearray()
    for number, raw in enumerate(mails):
        stream += b"commit refs/heads/%s\ncommitter A <a@lemon.example> %d +0000\ndata 0\n" % (
            branch.encode(), START + number
        )  # fmt: skip
        stream += b"M 100644 inline m\ndata %d\n%s\n" % (len(raw), raw)
    git(path, "fast-import", "--quiet", "--force", given=bytes(stream))
    return git(path, "rev-parse", f"refs/heads/{branch}").decode().strip()


def make_mails(numbers: Iterable[int], edited: int | None = None) -> list[bytes]:
    """Return a mail of each number, one of which is another than usual."""
    return [mail(number) + (b"Edited.\n" if number == edited else b"") for number in numbers]
