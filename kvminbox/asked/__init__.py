"""Who should have been asked about a patch, and who would know its files."""

from kvminbox.asked.expected import find_expected
from kvminbox.asked.history import find_asked, read_maintainers_of
from kvminbox.asked.knowers import find_knowers

__all__ = ["find_asked", "find_expected", "find_knowers", "read_maintainers_of"]
