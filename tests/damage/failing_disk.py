"""A disk whose n-th write fails, below SQLite: its own functions for files are wrapped.

This is for a copy of the process that ends soon; nothing is put back.
"""

import _sqlite3
import ctypes
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p

FULL, IO_WRITE, IO_SYNC, IO_TRUNCATE = 13, 778, 1034, 1546
"""SQLite's codes for ENOSPC, and for EIO at a write, an fsync and a truncation."""

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)


class _Methods(Structure):
    _fields_ = (
        ("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", c_void_p),
        ("truncate", c_void_p), ("sync", c_void_p), ("others", c_void_p * 13),
    )  # fmt: skip


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class _System(Structure):
    _fields_ = (
        ("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", c_void_p),
    )  # fmt: skip


def find_system() -> object:
    """Return SQLite's access to files; None where it can't be reached, as in a static build."""
    try:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    except (AttributeError, OSError):
        return None
    find.restype = POINTER(_System)
    return find(None)


_kept: list[object] = []
"""What C points at must stay."""


class FailingDisk:
    """Calls `on_write` for each write, fsync and truncation; what it returns is the result.

    `on_write` gets the code of what fails there with EIO, and gives None to go on.
    """

    def __init__(self, on_write: Callable[[int], int | None]) -> None:
        self._on_write = on_write
        system = find_system().contents
        plain = _OPEN(system.open)

        def open_file(pointer, name, file, flags, out):
            code = plain(pointer, name, file, flags, out)
            if code == 0:
                self._wrap(ctypes.cast(file, POINTER(_File)).contents)
            return code

        system.open = _keep(_OPEN(open_file))

    def _wrap(self, file: _File) -> None:
        methods = _Methods.from_buffer_copy(file.methods.contents)
        methods.write = self._fail(_WRITE, methods.write, IO_WRITE)
        methods.sync = self._fail(_SYNC, methods.sync, IO_SYNC)
        methods.truncate = self._fail(_TRUNCATE, methods.truncate, IO_TRUNCATE)
        _kept.append(methods)
        file.methods = ctypes.pointer(methods)

    def _fail(self, kind: type, address: int, code: int) -> int:
        plain = kind(address)

        def call(*values):
            failure = self._on_write(code)
            return plain(*values) if failure is None else failure

        return _keep(kind(call))


def _keep(function: object) -> int:
    _kept.append(function)
    return ctypes.cast(function, c_void_p).value
