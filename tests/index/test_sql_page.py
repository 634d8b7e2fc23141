"""The page with ten questions in SQL says what the views of the sample's index answer."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kvminbox.index.views import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "sql.md"
_ANSWER = re.compile(r"(```sql\n(.*?)```\n)\n(?:\|[^\n]*\n)+", re.DOTALL)


def _answer(database, query):
    found = database.execute(query)
    names = [column[0] for column in found.description]
    rows = [["" if cell is None else str(cell) for cell in row] for row in found]
    head, *rest = [f"| {' | '.join(line)} |\n" for line in (names, *rows)]
    return f"{head}|{':---|' * len(names)}\n{''.join(rest)}"


def test_the_answers_are_those_of_the_sample(sample_file):
    """Below each of the ten questions stands what its query answers."""
    text = PAGE.read_text("utf-8")
    with closing(sqlite3.connect(f"file:{sample_file}?mode=ro", uri=True)) as database:
        made = _ANSWER.sub(lambda found: f"{found[1]}\n{_answer(database, found[2])}", text)
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made


def test_each_question_has_one_query_and_an_answer():
    """The headings count from 1 to 10, each with a query and rows of an answer below it."""
    sections = PAGE.read_text("utf-8").split("\n## ")[1:]
    assert [section.split(".")[0] for section in sections] == [str(n) for n in range(1, 11)]
    for section in sections:
        assert section.count("```sql") == 1
        assert section.count("\n|") >= 3, section


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_names_every_view(name):
    """A view that the page does not tell of is no promise."""
    assert f"| `{name}` |" in PAGE.read_text("utf-8")
