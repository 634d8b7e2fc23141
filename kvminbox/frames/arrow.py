"""pyarrow, for this room alone; and what is said where it is not there."""

from kvminbox.frames.missing import MissingExtraError

try:
    import pyarrow
    from pyarrow import parquet
except ImportError:
    raise MissingExtraError(
        "tables need pyarrow, which is not installed", where="kvminbox.frames",
        cure='install it with `pip install "kvminbox[frames]"`',
    ) from None  # fmt: skip

__all__ = ["parquet", "pyarrow"]
