"""Examples in docstrings become code blocks; in Markdown `>>>` is a quotation."""

import re
from typing import Any, Final

from griffe import Docstring, Extension, Object

_EXAMPLE: Final = re.compile(r"^>>> .*(?:\n(?!\n|\Z).*)*", re.MULTILINE)


class DocstringExamples(Extension):
    """Fence each example as a code block."""

    def on_object(self, *, obj: Object, **_: Any) -> None:  # noqa: ANN401  # griffe's own protocol
        """Change the docstring of a loaded object."""
        if obj.docstring:
            obj.docstring.value = mark_examples(obj.docstring)


def mark_examples(docstring: Docstring) -> str:
    """Return the text of a docstring with its examples as `pycon` blocks."""
    return _EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", docstring.value)
