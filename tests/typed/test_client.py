"""The typed client runs as the type checkers read it."""

import pytest
from pydantic import ValidationError

from kvminbox import Address
from tests.typed.client import Questions, change, main, misspell


def test_the_typed_client_runs(tmp_path):
    """What the type checkers are told of a mail is what it is when the client runs."""
    lines = main(tmp_path)

    assert any(line.endswith("lines added") for line in lines)


def test_what_the_checkers_refuse_fails():
    """A misspelt field, of which both checkers must complain, is an error at run time, too."""
    with pytest.raises(ValidationError, match="nmae"):
        misspell()


def test_a_change_which_the_checkers_refuse_fails():
    """A model's change, of which both checkers must complain, is an error at run time, too."""
    with pytest.raises(ValidationError, match="frozen"):
        change(Address(), Questions(asked=1))
