"""Points in time, as a caller writes them."""

from datetime import UTC, datetime

from kvminbox.errors import UsageError


def parse_time(text: str | datetime) -> datetime:
    """Parse a date as a caller writes it; without a zone it is UTC.

    Raises:
        UsageError: it can't be understood.
    """
    try:
        # `str` of a `date` is ISO 8601, too
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    except ValueError:
        raise UsageError(
            "it is no date", where=str(text),
            cure="write it as 2025-08-01 or 2025-08-01T12:00:00+02:00",
        ) from None  # fmt: skip
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
