"""What is raised where Altair is not installed."""

from kvminbox.errors import KvminboxError


class MissingPlotsError(KvminboxError, ImportError):
    """Charts need Altair, which is the extra `plots` and not installed."""
