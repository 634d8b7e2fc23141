"""The typed client runs as the type checkers read it."""

import pytest
from pydantic import ValidationError

from kvminbox import Address, Inbox, Index
from kvminbox.errors import UsageError
from kvminbox.sample import make_sample
from tests.typed.client import (
    Questions,
    change,
    main,
    misspell,
    misspell_format,
    misspell_order,
)


def test_the_typed_client_runs(tmp_path):
    """What the type checkers are told of a mail is what it is when the client runs."""
    lines = main(tmp_path)

    assert any(line.endswith("lines added") for line in lines)


def test_what_the_checkers_refuse_fails():
    """A misspelt field, of which both checkers must complain, is an error at run time, too."""
    with pytest.raises(ValidationError, match="nmae"):
        misspell()


def test_misspelt_names_which_the_checkers_refuse_fail(tmp_path):
    """So is an order of a search, or a format of a report, that there is not."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(tmp_path)))
        with pytest.raises(UsageError, match="newset: no such order"):
            misspell_order(index, "oldest")
        with pytest.raises(UsageError, match="txt: no such format; did you mean text"):
            misspell_format(index.inbox().between(None))


def test_a_change_which_the_checkers_refuse_fails():
    """A model's change, of which both checkers must complain, is an error at run time, too."""
    with pytest.raises(UsageError, match="frozen"):
        change(Address(), Questions(asked=1))
