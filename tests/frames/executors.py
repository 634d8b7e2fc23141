"""An executor that does its work at once, and fails where a test wants it to."""

from concurrent.futures import Future


class Executor:
    """Does each task when it is submitted, or loses a worker at one of them."""

    def __init__(self, lose_at=None):
        self.calls = 0
        self.lose_at = lose_at

    def submit(self, function, /, *args, **kwargs):
        """Do the task."""
        self.calls += 1
        future = Future()
        if self.calls == self.lose_at:
            future.set_exception(RuntimeError("a worker was lost"))
            return future
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as executors do
            future.set_exception(error)
        return future
