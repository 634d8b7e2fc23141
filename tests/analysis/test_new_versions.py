"""Which links of a chain are compared."""

from kvminbox.analysis import compute_new_versions
from kvminbox.analysis.snapshot import Snapshot
from tests.versions.test_version_parts import FIVE, lone
from tests.versions.version_mails import make_series


class Mails:
    """A corpus of some messages."""

    base = tip = ""

    def __init__(self, messages):
        self.kept = messages

    def messages(self, *, progress=None):
        """Yield the messages."""
        del progress
        return iter(self.kept)


def test_a_series_is_compared_with_the_one_before_only():
    """A series that took in two lone patches is one new version, not two."""
    mails = [
        lone("PATCH", "one", "a@doe.example", 0),
        lone("PATCH", "four", "b@doe.example", 1),
        *make_series("PATCH", "all", 5, FIVE),
    ]
    (version,) = compute_new_versions(Snapshot(Mails(mails))).versions
    assert version.previous.message_id == "b@doe.example"
    verdicts = [patch.verdict for patch in version.patches]
    assert verdicts == ["added", "added", "added", "code_changed", "added"]
