"""Models with a given text in every field that may hold text."""

from typing import get_args

from kvminbox.models import Model


def poison(value, text):
    """Return a model whose free text, at any depth, is `text`."""
    changed = {
        name: _poisoned(getattr(value, name), field.annotation, text)
        for name, field in type(value).model_fields.items()
    }
    return value.model_copy(update=changed)


def _poisoned(value, annotation, text):
    if isinstance(value, Model):
        return poison(value, text)
    if isinstance(value, tuple):
        return tuple(_poisoned(each, str, text) for each in value) or _filled(annotation, text)
    return text if annotation is str or str in get_args(annotation) else value


def _filled(annotation, text):
    return (text,) if str in get_args(annotation) else ()
