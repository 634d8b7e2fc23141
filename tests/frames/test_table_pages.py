"""The pages on tables say what the tables are, and what the queries answer."""

import os
import re
from pathlib import Path

import duckdb
import pytest

from kvminbox import frames
from kvminbox.frames.finding_columns import FINDINGS
from kvminbox.frames.frame import FRAMES
from kvminbox.frames.link_columns import DEPENDENCES, LINKS
from kvminbox.frames.remark_columns import FOLLOW_UPS, REMARKS
from kvminbox.frames.tree_columns import TREE_FRAMES

DOCS = Path(__file__).parents[2] / "docs"
_SQL = re.compile(r"(?<=```sql\n)(.*?)(?=```\n)", re.DOTALL)
_ANSWER = re.compile(r"(```sql\n(.*?)```\n)(?:\n(?:\|[^\n]*\n)+)?", re.DOTALL)


def _check(name, text):
    """Compare a page with what it must be, or rewrite it when asked to."""
    page = DOCS / name
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text


def _draw(head, rows):
    lines = "".join(f"| {' | '.join(map(str, row))} |\n" for row in [head, *rows])
    return lines.replace("\n", f"\n|{':---|' * len(head)}\n", 1)


def _type(kind):
    return str(kind).replace("list<item: ", "list<").replace("list<element: ", "list<")


def _describe(frame):
    rows = [(f"`{c.name}`", f"`{_type(c.type)}`", c.doc) for c in frame.columns]
    return f"## `{frame.name}`\n\n{frame.doc}\n\n{_draw(('column', 'type', 'meaning'), rows)}"


def test_every_column_is_explained():
    """The page on tables has each column with its type and meaning, as the definitions do."""
    text = (DOCS / "table-columns.md").read_text("utf-8")
    start = text.index("\n## `messages`") + 1
    told = (*FRAMES, REMARKS, FOLLOW_UPS, LINKS, DEPENDENCES, FINDINGS, *TREE_FRAMES)
    _check("table-columns.md", text[:start] + "\n".join(map(_describe, told)))


@pytest.fixture(scope="module")
def database(sample, tmp_path_factory):
    """The sample's tables as views in DuckDB, as the page makes them."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    paths = frames.write_parquet(sample, tmp_path_factory.mktemp("questions"))
    for name, path in paths.items():
        connection.read_parquet(str(path)).create_view(name)
    yield connection
    connection.close()


def _answer(database, query):
    result = database.execute(query)
    names = [column[0] for column in result.description]
    return _draw(
        names, [["" if cell is None else cell for cell in row] for row in result.fetchall()]
    )


def test_the_queries_answer_what_the_page_says(database):
    """The answer below each query is that of the sample inbox."""
    text = (DOCS / "questions.md").read_text("utf-8")
    assert len(_ANSWER.findall(text)) == 10
    _check("questions.md", _ANSWER.sub(lambda m: f"{m[1]}\n{_answer(database, m[2])}", text))


def test_each_question_has_one_query():
    """The headings count from 1 to 10, with one query below each."""
    sections = (DOCS / "questions.md").read_text("utf-8").split("\n## ")[1:]
    assert [section.split(".")[0] for section in sections] == [str(n) for n in range(1, 11)]
    assert all(section.count("```sql") == 1 for section in sections)


@pytest.mark.real
@pytest.mark.interop
def test_the_queries_answer_on_a_real_archive(real_tables):
    """Each query returns rows on a real archive, too."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, path in real_tables.paths.items():
            connection.read_parquet(str(path)).create_view(name)
        for query in _SQL.findall((DOCS / "questions.md").read_text("utf-8")):
            assert connection.execute(query).fetchall()
