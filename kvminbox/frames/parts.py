"""Files that get their names when they are whole."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kvminbox.errors import OutputError


class PartFile:
    """A file in the making, beside the place that it is for; pyarrow writes to it.

    pyarrow's writer writes its footer also when it is thrown away, after an error,
    too. A file that was given up takes that and keeps nothing.
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
        """Whether it takes nothing more; pyarrow asks."""
        return False

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        if not self._given_up:
            self._file.write(data)
        size = len(memoryview(data))
        self._size += size
        return size

    def tell(self) -> int:
        """Return how many bytes it has taken."""
        return self._size

    def flush(self) -> None:
        """Do nothing: what counts is `finish`."""

    def finish(self) -> None:
        """Put it in its place."""
        with named(self.path):
            self._file.close()
            self._part.replace(self.path)

    def give_up(self) -> None:
        """Remove what there is of it; nothing, where it is in its place."""
        self._given_up = True
        with suppress(OSError):  # what it holds back may have no room, and is not wanted
            self._file.close()
        self._part.unlink(missing_ok=True)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turn what the disk says into an error of ours."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"it can't be written ({error.strerror or error})", where=str(path),
            cure="choose a folder with room that you may write to",
        ) from None  # fmt: skip


@contextmanager
def open_parts(paths: Sequence[Path]) -> Iterator[list[PartFile]]:
    """Yield a file for each path; they are put in place at the end, and after an error none is.

    What was there under a name stays until then.

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
