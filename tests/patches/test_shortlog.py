"""The commits that a pull request lists."""

import pytest

from kvminbox.patches import shortlog as room
from kvminbox.patches.shortlog import read_shortlog

LIST = """\
are available in the Git repository at:

  https://lamp.example/hall.git tags/lamps-1

----------------------------------------------------------------
Lamps for the hall

----------------------------------------------------------------
Lena Lamp (2):
      hall: light one lamp
      hall: light another

Okafor, Ben (Hall) (1):
      Merge tag 'switches-1' into lamps

 hall/lamp.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)
"""
BASE = """\
The following changes since commit 0123456789abcdef0123456789abcdef01234567:
  Lena Lamp (1):
        hall: paint the wall

"""
TITLES = ["hall: light one lamp", "hall: light another", "Merge tag 'switches-1' into lamps"]


def test_each_commit_with_its_author():
    """Each title stands under its author, whose name may end in brackets, in the mail's order."""
    found = read_shortlog(LIST)
    assert [entry.title for entry in found] == TITLES
    assert [entry.author for entry in found] == ["Lena Lamp", "Lena Lamp", "Okafor, Ben (Hall)"]


def test_the_commit_that_the_changes_are_since_is_none_of_them():
    """Older gits list the base in the same way, above where the repository is: it is left out."""
    for base in (BASE, BASE.replace("\n  ", "\n")):  # as git wrote it, and without its indent
        assert [entry.title for entry in read_shortlog(base + LIST)] == TITLES


def test_a_title_that_a_mailer_wrapped():
    """The rest of a wrapped title, which is indented by less, belongs to the line above."""
    text = "Lena Lamp (2):\n      hall: light one lamp of all\nthe lamps\n      hall: two\n\n"
    titles = [entry.title for entry in read_shortlog(text)]
    assert titles == ["hall: light one lamp of all the lamps", "hall: two"]


@pytest.mark.parametrize(
    "text",
    [
        "We lit lamps in the hall (2):\nfor everybody\n",
        "Lena Lamp (1):\n      hall: one\n      hall: two\n      hall: three\n",
        "Lena Lamp (3):\n\n      hall: one\n",
        "> Lena Lamp (1):\n>       hall: one\n",
        "  Lena Lamp (1):\n      hall: one\n",
        "Lena Lamp:\n      hall: one\n",
        "",
    ],
)
def test_what_is_no_shortlog(text):
    """Prose, a quotation, and a list longer than its number are not taken for commits."""
    assert read_shortlog(text) == ()


def test_a_list_without_an_end(monkeypatch):
    """Of a list of very many commits as many are read as the limit says."""
    monkeypatch.setattr(room, "MAX_ENTRIES", 3)
    text = "".join(f"Lena {n} (2):\n      hall: {n}\n      hall: more of {n}\n\n" for n in range(9))
    assert [entry.title for entry in read_shortlog(text)] == ["hall: 0", "hall: more of 0"]


def test_a_pull_request_has_it(read):
    """A pull request's model has the list; what is none has no such field."""
    message = read("[GIT PULL] lamps", BASE + LIST)
    assert [entry.title for entry in message.shortlog] == TITLES
    assert "shortlog" not in type(read("[PATCH 0/2] lamps", LIST)).model_fields
