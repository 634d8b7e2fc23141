"""The base of every report: one typed result, in each format."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from kvminbox.analysis.window_dates import BY_DATE, WindowDates
from kvminbox.display import (
    FORMATS,
    Document,
    Table,
    render_csv,
    render_html,
    render_mail,
    render_markdown,
    render_notebook,
    render_rich,
    render_terminal,
)
from kvminbox.errors import UsageError
from kvminbox.models import LeftOut, Model, find_left_out
from kvminbox.models.corpus import was_sent_in
from kvminbox.safe import notebook_html, safe_text
from kvminbox.words import choose_from, shorten

R = TypeVar("R", bound=Model)

ReportFormat: TypeAlias = Literal["html", "markdown", "text"]
"""The formats of `Report.render`: those of `kvminbox.display.FORMATS`, and plain text."""

_OTHER_FORMATS: Final = "; others have methods of their own: to_csv, to_json, to_mail"


class Report(ABC, Generic[R]):
    """A result that can be shown: printed, in rich's console, in Jupyter, or as a file.

    The same result gives the same bytes. What comes from mails is made safe for
    each format.

    Attributes:
        result: the typed, frozen result.
    """

    def __init__(self, result: R) -> None:
        self.result = result

    @property
    def left_out(self) -> LeftOut:
        """What its window left out: mails that could not be read, epochs that are not here."""
        return find_left_out(self.result)

    @property
    def notes(self) -> tuple[str, ...]:
        """What its head says of its window: what is left out, and Dates far outside it."""
        dates = getattr(self.result, "dates", None)
        if isinstance(dates, WindowDates):
            return (*self.left_out.sentences, *dates.sentences)
        return (*self.left_out.sentences, *([BY_DATE] if was_sent_in(self.result) else ()))

    @abstractmethod
    def to_text(self) -> str:
        """Return it as plain text."""

    @abstractmethod
    def to_document(self) -> Document:
        """Return its content as blocks, from which the other formats are rendered."""

    def render(self, name: ReportFormat) -> str:
        """Return it in a format by its name: `text`, or one of `kvminbox.display.FORMATS`.

        Raises:
            kvminbox.errors.UsageError: no such format.
        """
        if name == "text":
            return self.to_text()
        if name not in FORMATS:
            cure = choose_from(name, sorted({*FORMATS, "text"})) + _OTHER_FORMATS
            raise UsageError("no such format", where=name, cure=cure)
        return FORMATS[name](self.to_document())

    def to_markdown(self) -> str:
        """Return it as Markdown; what could act in it is in code spans and blocks."""
        return render_markdown(self.to_document())

    def to_html(self) -> str:
        """Return it as an HTML page without scripts or other files."""
        return render_html(self.to_document())

    def to_json(self) -> str:
        """Return the result as JSON in ASCII, with the number of its shape in `format_version`."""
        return json.dumps(self.result.model_dump(mode="json"), indent=2) + "\n"

    def to_terminal(self, *, width: int | None = None, color: bool = False) -> str:
        """Return it as rich would print it, `width` columns wide."""
        return render_terminal(self.to_document(), width=width, color=color)

    def tables(self) -> dict[str, Table]:
        """Return its tables by name; those without one are called `table-1` and so on."""
        blocks = self.to_document().blocks
        tables = [block for block in blocks if isinstance(block, Table)]
        return {table.name or f"table-{place}": table for place, table in enumerate(tables, 1)}

    def to_csv(self, table: str | None = None) -> str:
        """Return a table as CSV (RFC 4180) that no spreadsheet takes for formulas.

        Args:
            table: its name, one of `tables()`; None if there is only one.

        Raises:
            kvminbox.errors.UsageError: no such table, or more than one to choose from.
        """
        found = self.tables()
        if table is None and len(found) == 1:
            return render_csv(*found.values())
        if table not in found:
            what = "there are several tables" if table is None else "no such table"
            cure = choose_from(table or "", [*found])
            raise UsageError(what, where=table or "", cure=cure)
        return render_csv(found[table])

    def to_mail(
        self,
        *,
        sender: str,
        to: Iterable[str],
        cc: Iterable[str] = (),
        subject: str | None = None,
        date: datetime | None = None,
    ) -> str:
        """Return its text as a mail, ready for `git send-email`.

        Args:
            sender: From, as `Name <user@host.example>`.
            to: the mailboxes of To.
            cc: the mailboxes of Cc.
            subject: the subject; None to take the report's title, which the text then
                does not repeat.
            date: Date, with its zone; None to leave it to the sending program, as the
                Message-ID is, so that the same window gives the same bytes.

        Raises:
            kvminbox.errors.UsageError: an address is malformed, or holds a line end, or a text
                is given where several are wanted.
        """
        text = self.to_text()
        if subject is None:
            subject = self.to_document().title
            # `kvmarm: Report` at the top of a body would be a header to some readers of mail
            text = text.removeprefix(f"{safe_text(subject)}\n\n")
        return render_mail(text, subject=subject, sender=sender, to=to, cc=cc, date=date)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {shorten(repr(self.result), 80)}{self.left_out.note}>"

    def __rich__(self) -> Any:  # noqa: ANN401  # rich's own protocol
        return render_rich(self.to_document())

    def _repr_html_(self) -> str:
        return notebook_html("\n", render_notebook(self.to_document()))
