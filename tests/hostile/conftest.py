"""All hostile mails, written to an archive once and read once."""

import pytest

from kvminbox import Inbox
from kvminbox.analysis import Snapshot

TITLE = "a\x1b[2J\u202e<script>x()</script>`[x](//evil.example)"


@pytest.fixture(
    scope="session",
    params=[pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.interop)],
)
def texts(request):
    """The strings of the mails: some of each family in the usual run, all in a long one."""
    from tests.hostile.hostile_families import sample_corpus  # which need the path above

    return sample_corpus(request.param)


@pytest.fixture(scope="session")
def archive(tmp_path_factory, texts):
    """An archive of the hostile mails, below a hostile path."""
    from tests.hostile.hostile_places import write_archive

    path = tmp_path_factory.mktemp("archive") / "\x1b[2J\u202e <script>.git"
    write_archive(path, texts)
    return path


@pytest.fixture(scope="session")
def snapshot(archive):
    """The archive, read once; the names of its ends are hostile, too."""
    found = Snapshot(Inbox.open(archive).between(None))
    found.base = found.tip = TITLE
    return found
