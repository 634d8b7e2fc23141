"""pyarrow, imported for this package only, or the error that says it is not installed."""

from kvminbox.errors import MissingExtraError

try:
    import pyarrow
    from pyarrow import parquet
except ImportError:
    raise MissingExtraError.of("frames", "tables need pyarrow") from None

__all__ = ["parquet", "pyarrow"]
