"""The typed client runs as the type checkers read it."""

from tests.typed.client import main


def test_the_typed_client_runs(tmp_path):
    """What the type checkers are told of a mail is what it is when the client runs."""
    lines = main(tmp_path)

    assert any(line.endswith("lines added") for line in lines)
