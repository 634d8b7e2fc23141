"""What series build on: found, superseded or missing; and the order in which they apply."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from kvminbox.models import Chain, Dependence, Patch, Prerequisite, Series, SeriesRef
from kvminbox.models.corpus import check_several
from kvminbox.safe import safe_text

MAX_PREREQUISITES: Final = 1_000
"""Prerequisites of one series that are looked up."""

MAX_TITLE: Final = 60
"""Characters of a title in a drawing."""


class _Holders:
    """The series that hold an id, of all that a corpus has."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._chain_of: dict[SeriesRef, Chain] = {}
        self._by_id: dict[str, Series] = {}
        self._by_change: dict[str, Series] = {}
        self._by_patch: dict[str, list[Series]] | None = None
        for chain in chains:
            for series in chain.series:
                self._add(chain, series)

    def _add(self, chain: Chain, series: Series) -> None:
        self._chain_of[series.ref] = chain
        for mail in (*series.messages, *series.duplicates):
            for identity in (mail.message_id, *mail.other_message_ids):
                if identity:
                    self._by_id.setdefault(identity, series)
            if change := getattr(mail, "change_id", None):
                self._by_change.setdefault(f"{change}:v{series.revision}", series)
                self._by_change[change] = series  # without a number: the latest

    def find(self, wanted: Prerequisite, series: Series) -> Series | None:
        """Return the series that holds what another one names."""
        if wanted.kind == "message-id":
            return self._by_id.get(wanted.value)
        if wanted.kind == "change-id":
            return self._by_change.get(wanted.value)
        # a patch that was sent again unchanged is in several versions: the last before is meant
        holders = self._patch_ids().get(wanted.value, [])
        moment = series.date
        before = [one for one in holders if moment and one.date and one.date <= moment]
        return max(before or holders, key=_sent, default=None)

    def list_bases(self, series: Series) -> Iterator[Patch | Series]:
        """Yield what a series builds on, in its order: a patch by its id, else a whole series."""
        bases = [(one, self.find(one, series)) for one in _list_prerequisites(series)]
        named: dict[int, list[tuple[int, Patch]]] = {}
        for wanted, base in bases:
            if base is not None and wanted.kind == "patch-id":
                patch = next(one for one in base.patches if one.patch_id() == wanted.value)
                found = named.setdefault(id(self._chain_of[base.ref]), [])
                found.append((base.number_of(patch), patch))
        # git lists patches in order, b4 those of one series in any
        by_number = itemgetter(0)
        ordered = {chain: iter(sorted(found, key=by_number)) for chain, found in named.items()}
        for wanted, base in bases:
            if base is None:
                continue
            chain = id(self._chain_of[base.ref])
            if wanted.kind == "patch-id":
                yield next(ordered[chain])[1]
            elif chain not in named:  # b4 names a series by its change-id, and its patches, too
                yield base

    def _patch_ids(self) -> dict[str, list[Series]]:
        if self._by_patch is None:
            self._by_patch = {}
            for found in {id(one): one for one in self._chain_of.values()}.values():
                for series in found.series:
                    for patch in series.patches:
                        if identity := patch.patch_id():
                            self._by_patch.setdefault(identity, []).append(series)
        return self._by_patch

    def find_newest(self, series: Series) -> SeriesRef | None:
        """Return the last version of a series; None if it is itself the last."""
        last = self._chain_of[series.ref].series[-1]
        return None if last.ref == series.ref else last.ref


def _sent(series: Series) -> float:
    return series.date.timestamp() if series.date else 0.0


def find_dependences(chains: Iterable[Chain]) -> tuple[Dependence, ...]:
    """Return what the series of a corpus say they build on, each once, in their order.

    Only lines that state it count, by Message-ID, change-id or patch-id; what is told in
    sentences is a link with the role `builds_on`. Patch-ids are computed only if one is named.
    A base that was merged long ago is `missing`, as is one that was never sent.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the chains.
    """
    check_several(chains, "chains")
    listed = list(chains)
    holders = _Holders(listed)
    found: dict[tuple[SeriesRef, str, str], Dependence] = {}
    for chain in listed:
        for series in chain.series:
            for wanted in _list_prerequisites(series):
                base = holders.find(wanted, series)
                if base is not None and base.ref == series.ref:
                    continue
                newest = holders.find_newest(base) if base else None
                found[series.ref, wanted.kind, wanted.value] = Dependence(
                    series=series.ref,
                    kind=wanted.kind,
                    value=wanted.value,
                    base=base.ref if base else None,
                    newest=newest,
                    state="missing" if base is None else "superseded" if newest else "found",
                )
    return tuple(found.values())


def _list_prerequisites(series: Series) -> list[Prerequisite]:
    named = (one for mail in series.messages for one in getattr(mail, "prerequisites", ()))
    return list(dict.fromkeys(named))[:MAX_PREREQUISITES]


def order_stack(series: SeriesRef, dependences: Iterable[Dependence]) -> tuple[SeriesRef, ...]:
    """Return the series that one builds on, and it itself, in the order in which they apply.

    What is built on comes first; of several bases, as they are named. Missing ones can't be
    listed, and of a circle each is listed once. It goes by what mails state; whether a patch
    applies is git's to say, and which patches of each are needed is told by `order_patches`.
    """
    bases: dict[SeriesRef, dict[SeriesRef, None]] = {}
    for one in dependences:
        if one.base is not None:
            bases.setdefault(one.series, {})[one.base] = None
    done: dict[SeriesRef, None] = {}
    seen = {series}
    waiting: list[tuple[SeriesRef, list[SeriesRef]]] = [(series, list(bases.get(series, ()))[::-1])]
    while waiting:
        current, left = waiting[-1]
        if not left:
            done[current] = None
            waiting.pop()
            continue
        base = left.pop()
        if base not in seen:
            seen.add(base)
            waiting.append((base, list(bases.get(base, ()))[::-1]))
    return tuple(done)


def order_patches(series: Series, chains: Iterable[Chain]) -> tuple[Patch, ...]:
    """Return the patches that a series builds on, and its own, in the order in which they apply.

    Lines with patch-ids name each patch, and no others: of a base that was revised
    since, or of which only a part is needed, only these. For a base that is named by Message-ID
    or change-id alone it is all of its patches, below what that builds on itself. A patch that
    was sent twice is listed once. What the chains do not hold is left out: `find_dependences`
    tells.

    Args:
        series: the series.
        chains: those that hold it, and what it builds on.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the chains.
    """
    check_several(chains, "chains")
    holders = _Holders(list(chains))
    found: dict[str, Patch] = {}
    seen = {series.ref}
    waiting: list[tuple[Series, Iterator[Patch | Series]]] = [(series, holders.list_bases(series))]
    while waiting:
        current, bases = waiting[-1]
        base = next(bases, None)
        if base is None:
            waiting.pop()
            found.update({_key(one): one for one in current.patches if _key(one) not in found})
        elif isinstance(base, Patch):
            found.setdefault(_key(base), base)
        elif base.ref not in seen:
            seen.add(base.ref)
            waiting.append((base, holders.list_bases(base)))
    return tuple(found.values())


def _key(patch: Patch) -> str:
    return patch.patch_id() or patch.message_id or ""


def draw_dependences(dependences: Iterable[Dependence]) -> str:
    """Return what builds on what as a graph in the DOT language, ready for Graphviz.

    An arrow goes from a series to what it builds on; dashed where a newer version of that is
    there, and to a box where it is missing.
    """
    names: dict[SeriesRef, str] = {}
    lines: list[str] = []
    for one in dependences:
        start = _name(names, one.series)
        if one.base is None:
            box = f"m{len(lines)}"
            lines.append(f"  {box} [shape=box, label={_quote(f'{one.kind} {one.value[:40]}')}];")
            lines.append(f"  {start} -> {box} [style=dotted];")
        else:
            style = " [style=dashed]" if one.state == "superseded" else ""
            lines.append(f"  {start} -> {_name(names, one.base)}{style};")
    nodes = [f"  {name} [label={_label(ref)}];" for ref, name in names.items()]
    edges = dict.fromkeys(lines)
    return "\n".join(["digraph series {", "  rankdir=LR;", *nodes, *edges, "}"]) + "\n"


def _name(names: dict[SeriesRef, str], ref: SeriesRef) -> str:
    return names.setdefault(ref, f"s{len(names)}")


def _label(ref: SeriesRef) -> str:
    return _quote(f"{ref.label} {ref.title[:MAX_TITLE]}")


def _quote(text: str) -> str:
    """Return a text as a quoted string of DOT: strangers wrote it."""
    plain = safe_text(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
