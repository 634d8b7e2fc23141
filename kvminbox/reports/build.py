"""Reports built from a title, a window, and sections."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, Self, TypeVar, get_args, overload

from kvminbox.analysis import (
    Activity,
    AppliedReport,
    BackportReport,
    Board,
    Discussions,
    FixReport,
    LandedReport,
    ListUpdate,
    NewSeries,
    NewVersions,
    Overview,
    PullRequests,
    Ranking,
    RemarkList,
    Snapshot,
    Tabular,
    UnmailedReport,
    Waiting,
    compare_periods,
    count_activity,
)
from kvminbox.analysis.activity import arrival_of
from kvminbox.analysis.list_name import name_list
from kvminbox.analysis.window_dates import WindowDates, find_window_dates
from kvminbox.dates import name_window
from kvminbox.display import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    render_notebook,
    render_text,
)
from kvminbox.errors import UnknownNameError, UsageError
from kvminbox.given import check_text
from kvminbox.inbox.jobs import read_in_jobs
from kvminbox.models import Corpus, LeftOut, Model, Progress
from kvminbox.models.base import show_card
from kvminbox.models.corpus import check_several
from kvminbox.order import each_once
from kvminbox.reports.kept_sections import Found, KeptSections
from kvminbox.reports.layout import FIGURES, lay_out, name_before
from kvminbox.reports.report import Report
from kvminbox.reports.section import AnySection, Section, as_section
from kvminbox.reports.sections import SECTIONS
from kvminbox.safe import notebook_html
from kvminbox.words import choose_from, count_things, shorten

M = TypeVar("M", bound=Model)
_Rankings = Literal[
    "domains", "authors", "reviewers", "testers", "repliers", "files", "subsystems", "bots",
    "data_quality",
]  # fmt: skip
_Remarks = Literal["open_remarks", "unheard_remarks"]
_Applied = Literal["applied", "not_in_tree"]

SHIPPED: Final[dict[str, type[Model]]] = {
    "overview": Overview,
    **dict.fromkeys(get_args(_Rankings), Ranking),
    **dict.fromkeys(get_args(_Remarks), RemarkList),
    **dict.fromkeys(get_args(_Applied), AppliedReport),
    "new_series": NewSeries,
    "waiting": Waiting,
    "board": Board,
    "new_versions": NewVersions,
    "landed": LandedReport,
    "without_mail": UnmailedReport,
    "backports": BackportReport,
    "fixes": FixReport,
    "discussions": Discussions,
    "pull_requests": PullRequests,
    "update": ListUpdate,
}
"""The class of each shipped section's result, which `BuiltResult[...]` has for type checkers."""


class SectionResult(Model):
    """What a section found."""

    name: str
    """The section's name."""

    title: str
    """Its heading in the report."""

    result: Any
    """Its result: a frozen model of the section's own; in JSON an object of its fields.

    Read back from JSON it is a model again where the section is a shipped one, and a `dict`
    where it is one's own: `BuiltResult.section` and `with_models` make the model.
    """

    def model_post_init(self, context: Any, /) -> None:  # noqa: ANN401  # Pydantic's own
        """Make the result of a shipped section one of its class, which a type checker promises."""
        del context
        shipped = SHIPPED.get(self.name)
        if shipped and not isinstance(self.result, shipped):
            object.__setattr__(self, "result", shipped.model_validate(self.result))


class BuiltResult(Model):
    """The result of `build_report`."""

    format_version: Literal[1] = 1
    """The number of this shape, in JSON too; each section's result may have its own."""

    title: str
    """The report's title."""

    base: str
    """Where its window begins, as the caller wrote it."""

    tip: str
    """Where its window ends, as the caller wrote it."""

    list_name: str = ""
    """The list's name, from the List-Id of most of the mails; empty if they have none."""

    messages: int
    """The mails of its window; one that is there twice counts once."""

    activity: Activity = Activity()
    """The same by the day on which they arrived, those without a date left out."""

    left_out: LeftOut = LeftOut()
    """What its window left out: mails that could not be read, epochs that are not here."""

    dates: WindowDates = WindowDates()
    """How many of its mails have a Date far outside it, and which lists end early."""

    before_base: str | None = None
    """Where the window that it is compared with begins; None without one."""

    before_tip: str | None = None
    """Where that window ends; None without one."""

    before_left_out: LeftOut | None = None
    """What that window left out; None without one."""

    sections: tuple[SectionResult, ...]
    """The sections' results, in order."""

    def _describe(self) -> str:
        names = ", ".join(section.name for section in self.sections)
        window = shorten(name_window(self.base, self.tip))
        return f"{shorten(self.title)!r}, {window}: {names}"

    @overload
    def __getitem__(self, name: Literal["overview"]) -> Overview: ...
    @overload
    def __getitem__(self, name: _Rankings) -> Ranking: ...
    @overload
    def __getitem__(self, name: _Remarks) -> RemarkList: ...
    @overload
    def __getitem__(self, name: _Applied) -> AppliedReport: ...
    @overload
    def __getitem__(self, name: Literal["new_series"]) -> NewSeries: ...
    @overload
    def __getitem__(self, name: Literal["waiting"]) -> Waiting: ...
    @overload
    def __getitem__(self, name: Literal["board"]) -> Board: ...
    @overload
    def __getitem__(self, name: Literal["new_versions"]) -> NewVersions: ...
    @overload
    def __getitem__(self, name: Literal["landed"]) -> LandedReport: ...
    @overload
    def __getitem__(self, name: Literal["without_mail"]) -> UnmailedReport: ...
    @overload
    def __getitem__(self, name: Literal["backports"]) -> BackportReport: ...
    @overload
    def __getitem__(self, name: Literal["fixes"]) -> FixReport: ...
    @overload
    def __getitem__(self, name: Literal["discussions"]) -> Discussions: ...
    @overload
    def __getitem__(self, name: Literal["pull_requests"]) -> PullRequests: ...
    @overload
    def __getitem__(self, name: Literal["update"]) -> ListUpdate: ...
    @overload
    def __getitem__(self, name: str) -> Any: ...  # noqa: ANN401  # a result of the section's own class
    def __getitem__(self, name: str) -> Any:
        """Return the result of a section by its name.

        Type checkers know the class where the section is a shipped one; `section` tells
        them that of one's own.

        Raises:
            kvminbox.errors.UnknownNameError: no such section; it is a `KeyError`, too.
        """
        for section in self.sections:
            if section.name == name:
                return section.result
        cure = choose_from(str(name), [section.name for section in self.sections])
        raise UnknownNameError("the report has no such section", shorten(str(name)), cure)

    def section(self, name: str, model: type[M]) -> M:
        """Return the result of a section as a model of its class.

        It is made of what is in the JSON, where this was read back from there.

        Args:
            name: the section's name.
            model: the class that the section returns.

        Raises:
            kvminbox.errors.UnknownNameError: no such section; it is a `KeyError`, too.
            kvminbox.errors.UsageError: its result is of another class.
            pydantic.ValidationError: it was read from JSON, and is of another class.

        >>> result = Ranking(counted="RFC patches")
        >>> asked = SectionResult(name="questions", title="Questions", result=result)
        >>> built = BuiltResult(
        ...     title="The week", base="", tip="HEAD", messages=0, sections=(asked,)
        ... )
        >>> built.section("questions", Ranking) == result
        True
        >>> again = BuiltResult.model_validate_json(built.model_dump_json())
        >>> again.section("questions", Ranking) == result
        True
        """
        found = self[name]
        if isinstance(found, model):
            return found
        if isinstance(found, Model):
            what = f"the section's result is of the class {type(found).__name__}"
            cure = f"ask for that, not for {model.__name__}"
            raise UsageError(what, where=name, cure=cure)
        return model.model_validate(found)

    def with_models(self, models: Mapping[str, type[Model]]) -> Self:
        """Return it with the results of sections of one's own as models of their classes.

        What was read back from JSON is then equal to what was written, and
        `BuiltReport(result, sections)` shows it.

        Args:
            models: the class that a section returns, by the section's name; those that are not
                named stay as they are.

        Raises:
            kvminbox.errors.UnknownNameError: no such section; it is a `KeyError`, too.
            kvminbox.errors.UsageError: a result is of another class.
            pydantic.ValidationError: it was read from JSON, and is of another class.

        >>> asked = SectionResult(name="questions", title="Questions", result=Ranking())
        >>> built = BuiltResult(
        ...     title="The week", base="", tip="HEAD", messages=0, sections=(asked,)
        ... )
        >>> again = BuiltResult.model_validate_json(built.model_dump_json())
        >>> again == built, again.with_models({"questions": Ranking}) == built
        (False, True)
        """
        made = {name: self.section(name, model) for name, model in models.items()}
        restored = tuple(
            one.model_copy(update={"result": made[one.name]}) if one.name in made else one
            for one in self.sections
        )
        return self.model_copy(update={"sections": restored})


class BuiltReport(Report[BuiltResult]):
    """The report that `build_report` returns.

    One that was stored as JSON is made again of its result and its sections, which lay it out.

    Args:
        result: the result, with the models of sections of one's own: see
            `BuiltResult.with_models`.
        sections: the sections that found it, in its order; functions, too.

    Raises:
        kvminbox.errors.UsageError: the sections are not those of the result, or one of its
            results is no model.
    """

    def __init__(self, result: BuiltResult, sections: Iterable[AnySection]) -> None:
        super().__init__(result)
        _check_several_sections(sections)
        self._sections = tuple(map(_as_section, sections))
        _check_sections(result, [section.name for section in self._sections])

    @property
    def title(self) -> str:
        """The report's title, with its window."""
        result = self.result
        name = "" if result.list_name.lower() in result.title.lower() else result.list_name
        window = name_window(result.base, result.tip)
        return f"{name_before(name)}{result.title}, {window}"

    def to_text(self) -> str:
        """Return it as plain text, for a mail or a file."""
        return render_text(self.to_document())

    def to_document(self) -> Document:
        """Return the blocks of all sections, each below its heading."""
        blocks: list[Block] = [*map(Paragraph, (_sum_up(self.result), *self.notes))]
        if self.result.before_tip is not None:
            window = name_window(self.result.before_base or "", self.result.before_tip)
            blocks.append(Paragraph(f"Compared with {window}."))
        if earlier := self.result.before_left_out:
            blocks += [Paragraph(f"In the earlier window: {one}") for one in earlier.sentences]
        for section, found in zip(self._sections, self.result.sections, strict=True):
            blocks.append(Heading(found.title))
            blocks += _fit_in(found.name, list(section.layout(found.result)))
        return Document(self.title, tuple(blocks))


@show_card.register
def _show_built(result: BuiltResult) -> str:
    """Return the result as a notebook shows its report, laid out as its sections do by default."""
    return _show(
        result.title,
        [
            block
            for found in result.sections
            for block in (Heading(found.title), *_lay_out_found(found))
        ],
    )


def _lay_out_found(found: SectionResult) -> Iterable[Block]:
    """Return what a section found, or how to make a model of what was read back from JSON."""
    if isinstance(found.result, Model):
        return lay_out(found.result)
    return [Paragraph(f'Read from JSON: with_models({{"{found.name}": CLASS}}) makes its model.')]


@show_card.register
def _show_result(result: Tabular) -> str:
    """Return a result as its section's report shows it by default."""
    return _show(getattr(result, "title", "") or type(result).__name__, lay_out(result))


@show_card.register
def _show_own(result: Model) -> str | None:
    """Return a model of the caller's own as a report does; one of the library has its own card."""
    if type(result).__module__.partition(".")[0] == "kvminbox":
        return None
    return _show(getattr(result, "title", "") or type(result).__name__, lay_out(result))


def _show(title: str, blocks: Iterable[Block]) -> str:
    return notebook_html("\n", render_notebook(Document(title, tuple(blocks))))


def _sum_up(result: BuiltResult) -> str:
    """Return the window in one sentence."""
    if not result.messages:
        return "There are no messages in this period."
    mails = count_things(result.messages, "message")
    if result.list_name and not result.dates.silent:  # which it would name as well
        mails += f" of {result.list_name}"
    days = [one for one in result.activity.periods if one.count]
    if not days:  # of a span of decades no periods are listed
        is_long = result.activity.by == "month"
        return f"{mails}, {'over more than 40 years' if is_long else 'without a date'}."
    undated = result.messages - sum(one.count for one in days)
    have = "has" if undated == 1 else "have"
    rest = f", {undated:,} of which {have} no date" if undated else ""
    return f"{mails}, {result.activity.span}{rest}."


def _fit_in(name: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield a section's blocks with its headings below its own, and its tables named after it."""
    is_only = sum(isinstance(block, Table) for block in blocks) == 1
    tables = 0
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=min(block.level + 1, 4))
        elif isinstance(block, Table) and block.name in {"", FIGURES}:
            is_figures = block.name == FIGURES and not is_only
            tables += not is_figures
            number = "" if tables <= 1 else f"-{tables}"
            yield replace(block, name=f"{name}-{FIGURES}" if is_figures else f"{name}{number}")
        else:
            yield block


def build_report(
    title: str,
    corpus: Corpus,
    sections: Iterable[AnySection],
    *,
    before: Corpus | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> BuiltReport:
    """Build a report from sections.

    Args:
        title: its title.
        corpus: its window. It is read once, and held in memory while the sections
            look at it: see `kvminbox.analysis.Snapshot`. A window of an index is not read
            where the index has kept what all of them found in just these mails.
        sections: its sections, in order: shipped ones, and functions from a corpus to
            a frozen model.
        before: a window to compare with; numbers and ranks get their change.
        jobs: processes that read the mails of an archive; the report is the same for any number.
        progress: called with how many commits are done, of how many; once with (0, 0) where
            nothing had to be read.

    Raises:
        kvminbox.errors.UsageError: there is no title or no section, two have the same name, one
            returns something that is no model, one has a shipped section's name and returns
            something else, or what is given makes a section and was not called.
    """
    _check_title(title)
    _check_several_sections(sections)
    chosen = tuple(map(_as_section, sections))
    _check_names(title, [section.name for section in chosen])
    seen, found = _look(chosen, corpus, jobs, progress)
    before_left_out = None
    if before is not None:
        past, earlier = _look(chosen, before, jobs, progress)
        before_left_out = past.left_out
        found = [compare_periods(*pair) for pair in zip(found, earlier, strict=True)]
    result = BuiltResult(
        title=title,
        base=corpus.base,
        tip=corpus.tip,
        list_name=seen.list_name,
        messages=seen.messages,
        activity=seen.activity,
        left_out=seen.left_out,
        dates=seen.dates,
        before_base=before.base if before is not None else None,
        before_tip=before.tip if before is not None else None,
        before_left_out=before_left_out,
        sections=tuple(
            SectionResult(name=section.name, title=section.title_of(one), result=one)
            for section, one in zip(chosen, found, strict=True)
        ),
    )
    return BuiltReport(result, chosen)


class _Seen(Model):
    """What a report tells of its window beside its sections."""

    list_name: str
    messages: int
    activity: Activity
    left_out: LeftOut = LeftOut()
    dates: WindowDates = WindowDates()


def _see(corpus: Corpus) -> _Seen:
    snapshot = Snapshot.of(corpus)
    mails = [*each_once(snapshot.messages())]
    return _Seen(
        list_name=name_list(snapshot.messages(), snapshot.lists, snapshot.silent_lists),
        messages=len(mails),
        activity=count_activity(map(arrival_of, mails)),
        left_out=snapshot.left_out,
        dates=find_window_dates(snapshot),
    )


_SEEN: Final = Section("seen", _see)


def _look(
    sections: Sequence[Section[Model]], corpus: Corpus, jobs: int, progress: Progress | None
) -> tuple[_Seen, list[Model]]:
    """Return what is told of a window, and what the sections find, from an index or anew."""
    corpus = read_in_jobs(corpus, jobs)
    kept = KeptSections(corpus)
    seen = kept.recall(_SEEN, _Seen)
    found = [
        kept.recall(section, SHIPPED[section.name]) if section.name in SHIPPED else None
        for section in sections
    ]
    if seen is None or None in found:
        snapshot = Snapshot.of(corpus, progress=progress)
        fresh = []
        if seen is None:
            seen = _see(snapshot)
            fresh.append(Found(_SEEN, seen))
        for place, section in enumerate(sections):
            if found[place] is None:
                found[place] = result = _compute(section, snapshot)
                if section.name in SHIPPED:
                    fresh.append(Found(section, result))
        kept.keep(fresh)
    elif progress:
        progress(0, 0)
    return seen, [one for one in found if one is not None]


def _check_several_sections(given: object) -> None:
    """Refuse what is no list; of a single section the error says how a list of it is written."""
    if isinstance(given, Section):
        known = f"[sections.{given.name}(…)]" if given.name in SECTIONS else "[section]"
        raise UsageError("a single section", given.name, f"give a list of it: {known}")
    if isinstance(given, str):
        known = f"[sections.{given}()]" if given in SECTIONS else "[sections.overview()]"
        raise UsageError("a text, not sections", shorten(given), f"give a list: {known}")
    check_several(given, "sections", "give a list of them: [sections.overview()]")


def _as_section(given: AnySection | str) -> Section[Model]:
    """Return a section or a function as a section; `sections.waiting` without `()` is an error."""
    name = given if isinstance(given, str) else getattr(given, "__name__", "")
    is_ours = getattr(given, "__module__", "").startswith("kvminbox.reports")
    if isinstance(given, str) or (name and is_ours):
        known = name in SECTIONS
        cure = f"write sections.{name}()" if known else choose_from(name, list(SECTIONS))
        what = "the function was not called"
        if isinstance(given, str):
            what = (
                "this is a section's name, not a section" if known else "no section has this name"
            )
        raise UsageError(what, where=shorten(name), cure=cure)
    if not callable(getattr(given, "compute", given)):
        cure = "give one of kvminbox.reports.sections, such as authors()"
        raise UsageError("this is not a section", where=shorten(repr(given)), cure=cure)
    return as_section(given)


def _check_title(title: str) -> None:
    cure = "give a text such as 'The week'"
    check_text(title, "a title", cure)
    if not title.strip():
        raise UsageError("a report needs a title", repr(title), cure)


def _check_names(title: str, names: list[str]) -> None:
    if not names:
        cure = "give one, such as kvminbox.reports.sections.authors()"
        raise UsageError("a report needs at least one section", where=title, cure=cure)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        cure = "rename one, with dataclasses.replace(section, name=…)"
        raise UsageError("two sections have the same name", where=twice[0], cure=cure)


def _check_sections(result: BuiltResult, names: list[str]) -> None:
    """Refuse sections that are not those of a result, and results that are not yet models."""
    wanted = [one.name for one in result.sections]
    if names != wanted:
        what = f"the sections given are {', '.join(names) or 'none'}"
        cure = f"give those of the result, in its order: {', '.join(wanted)}"
        raise UsageError(what, where=shorten(result.title), cure=cure)
    for one in result.sections:
        if not isinstance(one.result, Model):
            what = "the section's result was read from JSON, and is no model yet"
            cure = f'give result.with_models({{"{one.name}": CLASS}}), with the class it returns'
            raise UsageError(what, where=shorten(one.name), cure=cure)


def _compute(section: Section[Model], snapshot: Snapshot) -> Model:
    result: object = section.compute(snapshot)
    if not isinstance(result, Model):
        what = f"the section returns {type(result).__name__}, which is not a model"
        cure = "return a subclass of kvminbox.models.Model"
        raise UsageError(what, where=section.name, cure=cure)
    shipped = SHIPPED.get(section.name)
    if shipped and not isinstance(result, shipped):
        what = (
            f"the section returns {type(result).__name__}, but has the name of a shipped"
            f" one, which returns {shipped.__name__}"
        )
        cure = "give it a name of its own: Section(NAME, function)"
        raise UsageError(what, where=section.name, cure=cure)
    return result
