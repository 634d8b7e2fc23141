"""How long something took, or has been waited for until now."""

from datetime import datetime

from kvminbox.models import Message, Wait


def find_end(messages: list[Message]) -> datetime | None:
    """Give when the last mail arrived; where no arrival is known, the last claimed date."""
    arrivals = [message.entry.arrived for message in messages if message.entry]
    known = [arrived for arrived in arrivals if arrived is not None]
    return max(known or [message.date for message in messages if message.date], default=None)


def measure_wait(start: datetime | None, stop: datetime | None, end: datetime | None) -> Wait:
    """Give the time from `start` to `stop`; open, and up to `end`, where it did not stop."""
    if stop is not None:
        return Wait(seconds=_seconds(start, stop), open=False)
    return Wait(seconds=_seconds(start, end), open=True)


def _seconds(start: datetime | None, stop: datetime | None) -> float | None:
    # two senders' clocks may differ: an answer may be dated before its patch
    return max(0.0, (stop - start).total_seconds()) if start and stop else None
