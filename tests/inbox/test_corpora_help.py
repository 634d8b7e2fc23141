"""What `help()` shows of the classes that give mails."""

import pydoc

import pytest

from kvminbox import Inbox, Index, Search, Window
from kvminbox.inbox import MailCorpus, MailList, ReadCorpus, SentWindow
from kvminbox.index import Merged, NewMails

CLASSES = [
    Inbox, Index, MailCorpus, MailList, Merged, NewMails, ReadCorpus, Search, SentWindow, Window,
]  # fmt: skip


@pytest.mark.parametrize("kind", CLASSES)
def test_help_names_types_as_the_code_does(kind):
    """A union that has a name is shown by it: no signature spells out what a mail may be."""
    lines = pydoc.plain(pydoc.render_doc(kind)).splitlines()
    signatures = [line for line in lines if " -> " in line]
    assert len(signatures) > 3
    assert not [line for line in signatures if "FieldInfo" in line or "Literal" in line]
    assert any("AnyMessage" in line for line in signatures)
