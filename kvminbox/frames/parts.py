"""Files that get their names when they are complete."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kvminbox.errors import OutputError


class PartFile:
    """A file under construction, next to its final path; pyarrow writes to it.

    pyarrow's writer writes its footer even when it is discarded, also after an error.
    A file that was given up accepts that and discards it.
    """

    def __init__(self, path: Path, part: Path) -> None:
        self.path = path
        self._part = part
        self._size = 0
        self._given_up = False
        with named(path):
            self._file = part.open("xb")

    @property
    def closed(self) -> bool:
        """Whether it accepts no more; pyarrow asks."""
        return False

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        if not self._given_up:
            self._file.write(data)
        size = len(memoryview(data))
        self._size += size
        return size

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._size

    def flush(self) -> None:
        """Do nothing: only `finish` matters."""

    def finish(self) -> None:
        """Put it in its place."""
        with named(self.path):
            self._file.close()
            self._part.replace(self.path)

    def give_up(self) -> None:
        """Remove the unfinished file; does nothing after `finish`."""
        self._given_up = True
        with suppress(OSError):  # its buffer may find no room, and is not wanted
            self._file.close()
        self._part.unlink(missing_ok=True)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turn an OSError into an OutputError that names the path."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"can't be written ({error.strerror or error})", where=str(path),
            cure="choose a directory with room that you may write to",
        ) from None  # fmt: skip


def drop_unfinished(folder: Path) -> None:
    """Remove the files that a process had begun when it was killed."""
    for path in folder.rglob(".*.part"):
        path.unlink(missing_ok=True)


@contextmanager
def open_parts(paths: Sequence[Path]) -> Iterator[list[PartFile]]:
    """Yield a file for each path; all are put in place at the end, or none after an error.

    An existing file stays until then.

    Raises:
        OutputError: a file can't be made or put in place.
    """
    token = secrets.token_hex(4)
    with ExitStack() as stack:
        files = []
        for path in paths:
            file = PartFile(path, path.with_name(f".{path.name}.{token}.part"))
            stack.callback(file.give_up)
            files.append(file)
        yield files
        for file in files:
            file.finish()
