"""What all sections' results share: figures and rows, each with the messages behind it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Final, Literal, Self, TypeVar, get_args, get_origin

from kvminbox.errors import UsageError
from kvminbox.models import Message, Model
from kvminbox.models.base import skip_validation
from kvminbox.words import choose_from, shorten

if TYPE_CHECKING:
    from kvminbox.frames import Table


class MessageRef(Model):
    """Names a message without holding it.

    `epoch` and `commit` are its key in the archive; `Snapshot.find_message` returns
    the message itself, and `Index.copy_of` names the inbox of the commit, of several.
    """

    message_id: str | None
    """Its Message-ID; None if it has none. No key: other mails may have the same."""

    subject: str
    """Its whole subject, as the mail gave it."""

    url: str | None = None
    """Where lore.kernel.org should show it, or what whoever opened the archive said of its list;
    None if neither is known."""

    epoch: int | None = None
    """The number of the epoch that holds it; None for a mail that is in no archive."""

    commit: str | None = None
    """The archive commit that brought it; None likewise."""


_make_ref: Final = skip_validation(MessageRef)  # a report of all sections has 136,000


def make_ref(message: Message) -> MessageRef:
    """Return the reference to a message."""
    entry = message.entry
    return _make_ref(
        message_id=message.message_id,
        subject=message.subject.raw,
        url=message.url,
        epoch=entry.epoch if entry else None,
        commit=entry.commit if entry else None,
    )


def make_refs(messages: Iterable[Message]) -> tuple[MessageRef, ...]:
    """Return references to messages, in the same order."""
    return tuple(map(make_ref, messages))


class Figure(Model):
    """One number with its name, and the number of the period before where there is one."""

    label: str
    """What is counted, in words."""

    count: int
    """The number."""

    before: int | None = None
    """The number of the period before; None if none was compared."""

    messages: tuple[MessageRef, ...] = ()
    """The messages behind it; empty if the rows of the result name them, or where it counts
    something else."""


def count_median(label: str, numbers: Sequence[float]) -> tuple[Figure, ...]:
    """Return the median of numbers, rounded, as a figure; none where there are no numbers."""
    return (Figure(label=label, count=round(median(numbers))),) if numbers else ()


class Tabular(Model):
    """A result that has rows."""

    def table(self, field: str = "") -> "Table":
        """Return rows of the result as a table, which pandas, Polars and others take.

        Needs the extra `frames`.

        Args:
            field: the field that holds the rows; empty for the only one, or else `rows`. A result
                without rows gives its `figures`.

        Raises:
            kvminbox.errors.UsageError: there are several, and none is named; or no such field.
            kvminbox.errors.MissingExtraError: pyarrow is not installed.

        >>> from kvminbox.analysis import compute_authors
        >>> from kvminbox import Inbox
        >>> from kvminbox.sample import make_sample
        >>> authors = compute_authors(Inbox.open(make_sample()).between(None))
        >>> authors.table().to_arrow()["text"][0].as_py()
        'Ada Pfeiffer <ada@silicon.example>'
        """
        from kvminbox.frames import of_models  # it needs pyarrow

        hints = {name: field.annotation for name, field in type(self).model_fields.items()}
        fields = {name: kind for name, hint in hints.items() if (kind := _find_kind(hint))}
        own = [name for name in fields if name != "figures"] or [*fields]
        chosen = field or ("rows" if "rows" in own else own[0] if len(own) == 1 else "")
        if chosen not in fields:
            what = "no such rows" if field else "there are several kinds of rows"
            raise UsageError(what, field or type(self).__name__, choose_from(field, [*fields]))
        return of_models(getattr(self, chosen), name=chosen, kind=fields[chosen])


def _find_kind(hint: object) -> type[Model] | None:
    """Return the class of the rows that a field holds; None where it holds none."""
    kind = next(iter(get_args(hint)), None)
    if get_origin(hint) is not tuple or not isinstance(kind, type) or kind is MessageRef:
        return None
    return kind if issubclass(kind, Model) else None


class Result(Tabular):
    """The base of the built-in sections' results, open to sections written by others.

    Each has figures, which can be compared with those of another period.
    """

    format_version: Literal[1] = 1
    """The number of this shape, in JSON too; it changes when a field changes its meaning."""

    title: str = ""
    """What it is called in a report; empty to be called after its section."""

    figures: tuple[Figure, ...] = ()
    """Its numbers."""

    def _describe(self) -> str:
        counts = ", ".join(f"{one.count:,} {shorten(one.label)}" for one in self.figures[:8])
        return f"{shorten(self.title)!r}: {counts}"

    def messages(self) -> tuple[MessageRef, ...]:
        """Return the messages behind its numbers, each once, in the order of the result."""
        return tuple(dict.fromkeys(_find_refs(self)))

    def compare_with(self, before: Self) -> Self:
        """Return this result with the numbers of the period before beside its own."""
        counts = {figure.label: figure.count for figure in before.figures}
        figures = (
            figure.model_copy(update={"before": counts.get(figure.label, 0)})
            for figure in self.figures
        )
        return self.model_copy(update={"figures": tuple(figures)})


def _find_refs(model: Model) -> Iterator[MessageRef]:
    """Yield the references in a result's fields, and in the models and tuples below them."""
    waiting: list[object] = [model]
    while waiting:
        value = waiting.pop()
        if isinstance(value, MessageRef):
            yield value
        elif isinstance(value, tuple):
            waiting += reversed(value)
        elif isinstance(value, Model):
            waiting += reversed([field for _, field in value])


def find_age(moment: datetime | None, end: datetime | None) -> float | None:
    """Return the seconds from a moment to the last mail, at least 0; None if one is unknown."""
    return max(0.0, (end - moment).total_seconds()) if moment and end else None


R = TypeVar("R", bound=Model)


def compare_periods(now: R, before: R) -> R:
    """Return a result with the numbers of the period before beside its own.

    A model that is not a `Result` is returned unchanged.
    """
    if isinstance(now, Result) and isinstance(before, type(now)):
        return now.compare_with(before)
    return now
