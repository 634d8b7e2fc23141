"""Altair, for this room alone; and what is said where it is not there."""

from kvminbox.plots.missing import MissingPlotsError

try:
    import altair
except ImportError:
    raise MissingPlotsError(
        "charts need Altair, which is not installed", where="kvminbox.plots",
        cure='install it with `pip install "kvminbox[plots]"`',
    ) from None  # fmt: skip

__all__ = ["altair"]
