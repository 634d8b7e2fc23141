"""An index that is brought up to date from a damaged archive takes no harm."""

import shutil

import pytest

from kvminbox import Inbox
from kvminbox.errors import KvminboxError
from kvminbox.index import Index
from tests.damage.damage import WAYS, choose_places, damaged
from tests.damage.scene import OLD, make_archive, read_error
from tests.damage.targets import MAIN, name_of
from tests.damage.watched import Tally, run_watched
from tests.index.histories import assert_same, build, dump

FEW, MANY = 2, 250


class Scene:
    """An archive, an index that has its beginning, and what a clean build of all gives."""

    def __init__(self, folder, make) -> None:
        self.path = folder / "0.git"
        self.index = folder / "index.sqlite"
        self.old = folder / "old.sqlite"
        commits = make_archive(self.path)
        branch = self.path / "refs/heads/master"
        branch.write_text(f"{commits[OLD]}\n")
        run_watched(lambda: len(build(self.old, ("lemon", Inbox.open(self.path)))))
        branch.write_text(f"{commits[-1]}\n")
        self.files = make(self.path)
        clean = folder / "clean.sqlite"
        run_watched(lambda: len(build(clean, ("lemon", Inbox.open(self.path)))))
        self.clean = dump(clean)
        self.mails = dict(self.clean["mails"])

    def update(self):
        """Update the index from the archive as it is; give the word for what came of it."""
        try:
            with Index.open(self.index, create=True) as index:
                update = index.update(Inbox.open(self.path), name="lemon")
                return "error" if update.unread else "equal"
        except KvminboxError as error:
            return read_error(error)

    def update_damaged(self, place):
        """Update from the damaged archive, then from the repaired one; return what came of it."""
        shutil.copy(self.old, self.index)
        with damaged(place):
            word = self.update()
        found = dump(self.index)
        # nothing but mails of the archive, each under its own commit
        assert all(self.mails[commit] == mail for commit, mail in found["mails"])
        if word == "equal":
            self._check_names(found.pop("names"))
            assert_same(found, self.clean)
        assert self.update() == "equal"
        assert_same(dump(self.index), self.clean)
        return {"update": word}

    def _check_names(self, names):
        """Check that no name leads to another commit.

        A tag whose object is lost is left out: who asks for it is told. A name with another
        letter is a name like others.
        """
        clean = {row[:3]: row[3] for row in self.clean["names"]}
        assert all(clean.get(row[:3], row[3]) == row[3] for row in names)


def check_places(folder, make, way, count, seed):
    scene = Scene(folder, make)
    tally = Tally()
    for place in choose_places(scene.files, way, count, seed):
        tally.note(place, run_watched(lambda: scene.update_damaged(place)))  # noqa: B023
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", MAIN, ids=name_of)
def test_updates_from_damaged_archives(tmp_path, make, way):
    """What an update takes from a damaged archive is right, and then it gets the rest."""
    tally = check_places(tmp_path, make, way, FEW, seed=1)
    assert tally.bad == []
    assert tally.places == FEW


@pytest.mark.damage
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", MAIN, ids=name_of)
def test_updates_from_archives_damaged_at_many_places(tmp_path, make, way):
    """The same at hundreds of places."""
    tally = check_places(tmp_path, make, way, MANY, seed=2)
    print(f"\nupdate, {name_of(make)}, {way}: {tally}")
    assert tally.bad == []
