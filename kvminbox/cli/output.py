"""Text and bytes to standard output or into a file, whole or with a clear error."""

import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kvminbox.errors import OutputError
from kvminbox.safe import safe_text

_ROOM: Final = "make room, or give {} a file elsewhere"
_CURE: Final = "give {} a file in a directory that you may write to"


def write_output(
    pieces: Iterable[bytes],
    path: str | None,
    *,
    is_mail: bool = False,
    option: str = "--output",
) -> None:
    """Write pieces to a file, or to standard output as they come.

    Args:
        pieces: what to write.
        path: the file; None or `-` for standard output.
        is_mail: whether the pieces are mails as strangers sent them. A file and a pipe get
            the exact bytes, a terminal a form that can't act on it.
        option: the option that named the file, for an error.
    """
    if path is not None and path != "-":
        _write_file(Path(path), pieces, is_mail, option)
    elif is_terminal():
        shown = map(_make_harmless, pieces) if is_mail else pieces
        pager = _find_pager()
        if pager:
            _write_pager(shown, pager)
        else:
            _write_stdout(shown)
    else:
        _write_stdout(pieces)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def terminal_width() -> int:
    """Return the columns of the terminal that is printed to; 0 where it is none."""
    return shutil.get_terminal_size().columns if is_terminal() else 0


def dim(text: str) -> str:
    """Return text that a terminal shows dimmed; as it is elsewhere, and with NO_COLOR."""
    is_colored = (
        is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    return f"\x1b[2m{text}\x1b[22m" if is_colored else text


def _find_pager() -> list[str]:
    """Return the command of the pager: PAGER, else `less`; none where it is empty or `cat`."""
    if sys.stdout is not sys.__stdout__:  # a notebook, or whoever put another in its place
        return []
    import shlex  # here and below: what only a terminal or a file needs

    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quote that does not end
        return []
    is_none = not words or words == ["cat"] or os.environ.get("TERM", "dumb") == "dumb"
    return [] if is_none or shutil.which(words[0]) is None else words


def _write_pager(pieces: Iterable[bytes], pager: list[str]) -> None:
    """Print by a pager; `less` ends at once where all fits on the screen."""
    import subprocess

    # each piece is safe to print, and the only escape sequences in it are our own
    environment = {"LESS": "FRX", **os.environ}
    try:
        process = subprocess.Popen(pager, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    except OSError:
        _write_stdout(pieces)
        return
    with suppress(BrokenPipeError), process:  # its reader has seen enough
        for piece in pieces:
            process.stdin.write(piece)  # type: ignore[union-attr]  # which is a pipe


def _make_harmless(piece: bytes) -> bytes:
    text = piece.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    return safe_text(text, multiline=True).encode()


def _write_stdout(pieces: Iterable[bytes]) -> None:
    if sys.stdout is None:  # `kvminbox update … >&-`
        raise OutputError("it is closed", where="standard output", cure=_CURE.format("--output"))
    try:
        sys.stdout.flush()
        for piece in pieces:
            _write_piece(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_stdout()
        what = f"can't be written ({error.strerror or error})"
        raise OutputError(what, where="standard output", cure=_CURE.format("--output")) from None


def _write_piece(piece: bytes) -> None:
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(piece.decode("utf-8", "replace"))
        return
    rest = memoryview(piece)  # the same bytes whatever the locale says
    while rest:  # with PYTHONUNBUFFERED a write may take only a part
        rest = rest[binary.write(rest) or 0 :]


def drop_stdout() -> None:
    """Discard what is left in Python's buffer, so that its last flush does not fail."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def check_writable(path: str, option: str) -> None:
    """Make sure that a file can be written, before something is printed that it goes with.

    Args:
        path: the file, as in `write_output`.
        option: the option that named it.

    Raises:
        OutputError: it can't.
    """
    import tempfile

    file = Path(path)
    with _tell_failure(file, option):
        if file.is_file() or not file.exists():
            handle, temporary = tempfile.mkstemp(dir=file.resolve().parent, prefix=".kvminbox-")
            os.close(handle)
            Path(temporary).unlink()


def _write_file(path: Path, pieces: Iterable[bytes], is_mail: bool, option: str) -> None:
    """Write a file whole or not at all."""
    import tempfile

    with _tell_failure(path, option):
        if path.exists() and not path.is_file():
            _write_device(path, pieces, is_mail)
            return
        path = path.resolve()  # a link stays one
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kvminbox-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
            _copy_mode(path, temporary)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


@contextmanager
def _tell_failure(path: Path, option: str) -> Iterator[None]:
    """Say of a file that can't be written which one it is, and with which option to give another.

    The path is the one that was given: what it leads to may be elsewhere.
    """
    if path == Path():
        raise OutputError("no file is given", where=option, cure=_CURE.format(option))
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        what = f"can't be written ({getattr(error, 'strerror', None) or error})"
        is_full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        cure = _ROOM if is_full else _CURE
        raise OutputError(what, where=str(path), cure=cure.format(option)) from None


def _write_device(path: Path, pieces: Iterable[bytes], is_mail: bool) -> None:
    """Write to a pipe, or to /dev/stdout, which may be a terminal."""
    with path.open("wb") as file:
        file.writelines(map(_make_harmless, pieces) if is_mail and file.isatty() else pieces)


def _copy_mode(path: Path, temporary: str) -> None:
    # mkstemp makes files that only their owner may read; a report gets the usual mode
    mask = os.umask(0)
    os.umask(mask)
    Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
