"""Altair, for this room alone; and the error where it is not installed."""

from kvminbox.errors import MissingExtraError

try:
    import altair
except ImportError:
    raise MissingExtraError.of("plots", "charts need Altair") from None

__all__ = ["altair"]
