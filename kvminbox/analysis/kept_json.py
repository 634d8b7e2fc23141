"""Models as an index keeps them: JSON, with dates that are read as those of a mail's model."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from kvminbox.models import Model

DATES: Final = ("date", "end", "first_sent", "last", "last_mail")
"""The names of the fields that are dates in what is kept."""


def pack_models(models: Iterable[Model]) -> str:
    """Return models as a JSON array."""
    return f"[{','.join(map(pack_model, models))}]"


def pack_model(model: Model, exclude: Collection[str] = (), **more: object) -> str:
    """Return a model as a JSON object.

    Args:
        model: the model.
        exclude: the fields that are left out.
        more: what is put in their place; it needs a field beside these.
    """
    try:
        text = model.model_dump_json(exclude_unset=True, exclude=set(exclude))
    except ValueError:  # half of a surrogate pair, which Pydantic's own writer refuses
        fields = model.model_dump(mode="json", exclude_unset=True, exclude=set(exclude))
        text = _write(fields)
    return f"{text[:-1]},{_write(more)[1:]}" if more else text


def _write(fields: dict[str, object]) -> str:
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
