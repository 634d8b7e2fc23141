"""How texts write a count, numbers in a row, and a list that is cut; what can be a name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def is_name(text: str) -> bool:
    r"""Whether a text can be a name in reports: printable, on one line, and not blank.

    >>> is_name("kvm arm"), is_name(""), is_name(" "), is_name("a\n")
    (True, False, False, False)
    """
    return bool(text.strip()) and text.isprintable()


def count_things(count: int, thing: str) -> str:
    """Return a number with its noun.

    >>> count_things(1, "patch"), count_things(2, "patch"), count_things(0, "line")
    ('1 patch', '2 patches', '0 lines')
    >>> count_things(2, "reply"), count_things(2, "day"), count_things(2, "series")
    ('2 replies', '2 days', '2 series')
    """
    if count == 1 or thing == "series":
        return f"{count:,} {thing}"
    if thing.endswith("y") and thing[-2:-1] not in set("aeiou"):
        return f"{count:,} {thing[:-1]}ies"
    return f"{count:,} {thing}{'es' if thing.endswith('ch') else 's'}"


def find_singular(name: str) -> str:
    """Return the singular of what is counted; empty for a name that is no plural.

    >>> [find_singular(name) for name in ("patches", "replies", "days", "people", "series")]
    ['patch', 'reply', 'day', 'person', 'series']
    >>> find_singular("rank")
    ''
    """
    if name in {"people", "series"}:
        return "person" if name == "people" else name
    for ending, one in (("ies", "y"), ("ches", "ch"), ("s", "")):
        if name.endswith(ending):
            return name.removesuffix(ending) + one
    return ""


def list_some(things: Sequence[object], limit: int) -> str:
    """Return the first `limit` things, and how many more there are.

    >>> list_some([1, 2, 3, 4], 2), list_some(["a", "b"], 2), list_some([], 2)
    ('1, 2 and 2 more', 'a, b', '')
    """
    more = len(things) - limit
    return ", ".join(map(str, things[:limit])) + (f" and {more} more" if more > 0 else "")


def fold_name(text: str) -> str:
    """Return a name or title in lower case, with single blanks between its words.

    >>> fold_name("Ada  PFEIFFER ")
    'ada pfeiffer'
    """
    return " ".join(text.casefold().split())


def shorten(text: str, limit: int = 60) -> str:
    """Return a text as a message repeats it: no more than the first `limit` characters.

    >>> shorten("squeeze", 4), shorten("squeeze")
    ('sque…', 'squeeze')
    """
    return text if len(text) <= limit else f"{text[:limit]}…"


def choose_from(name: str, names: Sequence[str], limit: int = 20) -> str:
    """Return what to do about a name that nothing has: the names that there are, and the nearest.

    >>> choose_from("overviw", ["authors", "overview"])
    'did you mean overview? Choose from: authors, overview'
    >>> choose_from("x", ["authors", "files"]), choose_from("x", [])
    ('choose from: authors, files', 'it has none')
    """
    listed = list_some(names, limit)
    near = " or ".join(get_close_matches(name, names, 2))
    if near:
        return f"did you mean {near}? Choose from: {listed}"
    return f"choose from: {listed}" if names else "it has none"


def name_revision(revision: int, minor: int | None = None, *, is_rfc: bool = False) -> str:
    """Return a revision as its sender writes it.

    >>> name_revision(5), name_revision(5, 5), name_revision(1, is_rfc=True)
    ('v5', 'v5.5', 'RFC v1')
    """
    number = f"v{revision}" if minor is None else f"v{revision}.{minor}"
    return f"RFC {number}" if is_rfc else number


def name_later(
    title: str, revision: int | None, minor: int | None = None, *, is_rfc: bool = False
) -> str:
    """Return a title, behind its marks: RFC, and its revision unless that is the first.

    >>> name_later("Plant", 1), name_later("Plant", 2), name_later("Plant", 1, 1)
    ('Plant', 'v2 Plant', 'v1.1 Plant')
    >>> name_later("Plant", 1, is_rfc=True), name_later("Plant", 2, is_rfc=True)
    ('RFC Plant', 'RFC v2 Plant')
    >>> name_later("", 4), name_later("Plant", None)
    ('v4 (no subject)', 'Plant')
    """
    is_first = revision is None or (revision <= 1 and minor is None)
    number = "" if is_first else name_revision(revision or 1, minor)
    return " ".join(filter(None, ("RFC" if is_rfc else "", number, title or "(no subject)")))


def find_runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last number of each run in rising numbers.

    >>> find_runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def name_patches(numbers: Iterable[int]) -> str:
    """Return patches by their numbers, ten runs of them at most.

    >>> name_patches([2]), name_patches([5, 1, 2])
    ('patch 2', 'patches 1-2, 5')
    """
    listed = sorted(numbers)
    runs = [f"{one}-{last}" if last > one else f"{one}" for one, last in find_runs(listed)]
    return f"{'patch' if len(listed) == 1 else 'patches'} {list_some(runs, 10)}"
