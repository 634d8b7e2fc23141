"""What other processes are asked to do with mails, in a module that they can import."""

import os
import signal
import threading
import time


def subject_of(message):
    """Return a mail's title."""
    return message.subject.title


def ids_of(messages):
    """Return the ids of some mails."""
    return [message.message_id for message in messages]


def fail_at_five(message):
    """Return a mail's id, and fail at one of them."""
    if message.message_id.startswith("5@"):
        raise LookupError("the fifth")
    return message.message_id


class OddError(Exception):
    """An exception that can't be sent: unpickling it needs more than was given."""

    def __init__(self, left, right):
        super().__init__(left)


def fail_oddly(message):
    """Fail with what can't be sent."""
    raise OddError(1, 2)


def return_a_lock(message):
    """Return what can't be sent."""
    return threading.Lock()


def die(message):
    """End the process that does it."""
    os.kill(os.getpid(), signal.SIGKILL)


def exit_with_five(message):
    """End the process that does it, in good order."""
    os._exit(5)


def print_much(message):
    """Print, as a function that is looked at may do."""
    print("a word that must not get between the results")
    return 1


def work_long(message):
    """Take longer than any test."""
    time.sleep(600)


_PREPARED: list[bool] = []


def prepare():
    """Note that this process was prepared."""
    _PREPARED.append(True)


def fail_to_prepare():
    """Fail before the first task."""
    raise LookupError("nothing here")


def count_prepared(_):
    """Return how often this process was prepared."""
    return len(_PREPARED)
