"""What is raised where an optional library is not installed."""

from kvminbox.errors import KvminboxError


class MissingExtraError(KvminboxError, ImportError):
    """A part of this library needs another one, which is an extra and not installed."""
