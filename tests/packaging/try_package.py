"""Run by `nox -s package` with the Python of an empty environment: what was installed works."""

import tempfile
from importlib.metadata import distribution
from pathlib import Path

import kvminbox
from kvminbox import Inbox, Index, frames, plots
from kvminbox.mcp import Desk, make_server
from kvminbox.reports import list_update
from kvminbox.sample import SAMPLE_RANGE, make_sample

assert "site-packages" in kvminbox.__file__, kvminbox.__file__  # not the checkout
files = {str(file) for file in distribution("kvminbox").files or ()}
assert "kvminbox/py.typed" in files
assert not any(file.startswith(("tests/", "docs/", "examples/")) for file in files)

with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    inbox = Inbox.open(make_sample(folder))
    week = inbox.between(*SAMPLE_RANGE)
    index = Index.open(folder / "sample.sqlite", create=True)
    index.update(inbox)
    assert str(list_update(week)) == str(list_update(index.between(*SAMPLE_RANGE)))
    assert len(frames.messages(week)) == len(list(week.messages()))
    assert plots.activity(week).to_dict()
    assert make_server(Desk(index, lambda: None))
    index.close()
