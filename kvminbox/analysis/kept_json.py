"""Models as an index keeps them: JSON, with dates that are read as those of a mail's model."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from kvminbox.models import Model

DATES: Final = ("date", "end", "first_sent", "last", "last_mail")
"""The names of the fields that are dates in what is kept."""


def pack_models(models: Iterable[Model]) -> str:
    """Return models as a JSON array."""
    return f"[{','.join(map(_pack, models))}]"


def _pack(model: Model) -> str:
    try:
        return model.model_dump_json(exclude_unset=True)
    except ValueError:  # half of a surrogate pair, which Pydantic's own writer refuses
        fields = model.model_dump(mode="json", exclude_unset=True)
        return json.dumps(fields, separators=(",", ":"))


def parse_kept(text: str) -> Any:  # noqa: ANN401  # parsed JSON
    """Return what is in a JSON text; dates are those of the standard library there.

    Raises:
        ValueError: it is no JSON, or a date is none.
    """
    return json.loads(text, object_hook=_open_date)


def _open_date(fields: dict[str, Any]) -> dict[str, Any]:
    for name in DATES:
        if name in fields and isinstance(fields[name], str):
            fields[name] = datetime.fromisoformat(fields[name])
    return fields
