"""Exceptions as values."""

import pickle

import pytest

from kvminbox import errors

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.KvminboxError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_whole_out_of_another_process(kind):
    """An error raised in a worker process says the same where it is caught."""
    error = kind("it is odd", where="here", cure="mend it")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == str(error) == "here: it is odd; mend it"
