"""What every model shares: frozen, closed, documented by its own docstrings."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from kvminbox.safe import safe_text


class Model(BaseModel):
    """The base of all values of this library: frozen, and without unknown fields.

    Equal fields make equal values, so that models may be compared, put into
    sets and kept as dictionary keys. The text in them is as the mail gave it;
    only `repr` is made safe to show.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, ser_json_bytes="base64"
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Name the fields in `repr`, leaving out those that hold nothing."""
        for name, value in super().__repr_args__():
            if value not in (None, "", ()):
                yield name, value

    def __repr__(self) -> str:
        words = self._describe()
        return safe_text(f"<{type(self).__name__} {words}>" if words else super().__repr__())

    def __str__(self) -> str:
        return repr(self)

    def _describe(self) -> str:
        """Give a few words for `repr`, where all fields would be too much to read; else nothing."""
        return ""
