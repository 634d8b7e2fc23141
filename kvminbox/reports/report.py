"""What every report gives: one typed result, in each format."""

import json
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from kvminbox.display import (
    Document,
    render_html,
    render_html_fragment,
    render_markdown,
    render_rich,
    render_terminal,
)
from kvminbox.models import Model

R = TypeVar("R", bound=Model)


class Report(ABC, Generic[R]):
    """A result that can be shown: printed, in rich's console, in Jupyter, or as a file.

    A report holds no more than its `result`, and gives the same bytes for the
    same result. What comes from mails is made safe for each format.

    Attributes:
        result: the typed, frozen result.
    """

    def __init__(self, result: R) -> None:
        self.result = result

    @abstractmethod
    def to_text(self) -> str:
        """Give it as plain text."""

    @abstractmethod
    def to_document(self) -> Document:
        """Give its content as blocks, which the other formats are rendered from."""

    def to_markdown(self) -> str:
        """Give it as Markdown; what mails say is in code spans and blocks."""
        return render_markdown(self.to_document())

    def to_html(self) -> str:
        """Give it as an HTML page without scripts or other files."""
        return render_html(self.to_document())

    def to_json(self) -> str:
        """Give the result as JSON in ASCII, with the number of its shape in `format_version`."""
        return json.dumps(self.result.model_dump(mode="json"), indent=2) + "\n"

    def to_terminal(self, *, width: int | None = None, color: bool = False) -> str:
        """Give it as rich would print it, `width` columns wide."""
        return render_terminal(self.to_document(), width=width, color=color)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.result!r:.60}…>"

    def __rich__(self) -> Any:  # noqa: ANN401  # rich's own protocol
        return render_rich(self.to_document())

    def _repr_html_(self) -> str:
        return render_html_fragment(self.to_document())
