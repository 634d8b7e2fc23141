"""Bytes changed and files cut anywhere in an archive: the right answer, or an error of ours.

What is read is held against what the undamaged archive gives. Each damage is read in
a process of its own, so that a hang or a death would be seen.
"""

import pytest

from kvminbox import Inbox
from kvminbox.errors import ObjectError
from tests.archive.git_archive import git
from tests.damage.damage import WAYS, choose_places, damaged
from tests.damage.scene import (
    ask,
    from_plain,
    judge_all,
    make_archive,
    make_questions,
    read_error,
    to_plain,
)
from tests.damage.targets import MAIN, OTHERS, name_of
from tests.damage.watched import Tally, run_watched

FEW, MANY = 10, 500
TARGETS = [*((make, FEW) for make in MAIN), *((make, FEW // 6) for make in OTHERS)]


def check_places(folder, make, way, count, seed):
    """Damage an archive at places, and read it each time; give what that came to."""
    path = folder / "0.git"
    questions = make_questions(make_archive(path))
    files = make(path)
    right = from_plain(run_watched(lambda: to_plain(ask(lambda: Inbox.open(path), questions))))
    tally = Tally()
    for place in choose_places(files, way, count, seed):
        with damaged(place):
            task = lambda: judge_all(ask(lambda: Inbox.open(path), questions), right)  # noqa: E731
            tally.note(place, run_watched(task))
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("make", "count"), TARGETS, ids=name_of)
def test_damage_is_harmless(tmp_path, make, count, way):
    """At some places of each file: no wrong answer, no fewer commits, no hang, no death."""
    tally = check_places(tmp_path, make, way, count, seed=1)
    assert tally.bad == []
    assert tally.places == count


@pytest.mark.damage
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", [*MAIN, *OTHERS], ids=name_of)
def test_damage_is_harmless_at_many_places(tmp_path, make, way):
    """The same at hundreds of places."""
    tally = check_places(tmp_path, make, way, MANY, seed=2)
    print(f"\n{name_of(make)}, {way}: {tally}")
    assert tally.bad == []


def _read_after(path, change):
    inbox = Inbox.open(path)
    entries = list(inbox.between(None).entries())
    change()
    try:
        return [len(inbox.raw(entry)) for entry in entries if entry.change == "message"]
    except ObjectError as error:
        return read_error(error)


def test_a_loose_object_that_comes_later_never_hangs(tmp_path):
    """Where git unpacks an archive that is open, and an object is cut short, that is an error."""
    path = tmp_path / "0.git"
    make_archive(path)
    loose = {file: file.read_bytes() for file in (path / "objects").glob("??/*")}
    git(path, "repack", "-adq")

    def unpack():
        for file in (path / "objects/pack").iterdir():
            file.unlink()
        for file, data in loose.items():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data[:-8])

    assert run_watched(lambda: _read_after(path, unpack)) == "error"
