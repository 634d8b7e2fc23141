"""Small phrases that several texts share."""

from kvminbox.words import find_runs


def test_missing_numbers_are_runs():
    """Ninety missing patches are a few runs of numbers, not ninety numbers."""
    assert find_runs([*range(1, 87), 88, 90, 91]) == [(1, 86), (88, 88), (90, 91)]
    assert find_runs([]) == []
