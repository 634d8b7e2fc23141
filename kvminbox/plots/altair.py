"""Altair, imported for this package only, or the error that says it is not installed."""

from kvminbox.errors import MissingExtraError

try:
    import altair
except ImportError:
    raise MissingExtraError.of("plots", "charts need Altair") from None

__all__ = ["altair"]
