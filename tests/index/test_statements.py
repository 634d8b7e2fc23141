"""Every statement is made of constants; values are bound."""

import ast
from pathlib import Path

import pytest

import kvminbox.index

ROOM = Path(kvminbox.index.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
CALLS = {"execute", "query", "row", "value", "insert", "execute_many", "executemany"}
SQL = ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "PRAGMA", "DROP", "ATTACH", "WHERE")

REVIEWED = {
    "marks": "question marks, as many as there are values",
    "columns": "names of columns with question marks, which the caller writes out",
    "where": "a constant of the same function",
    "unread": "a constant of the same function",
    "sql": "made of constants in the same function",
    "rest": "an order that the loop writes out",
    "table": "one of the names that the loop or the caller writes out",
    "wanted": "one of two columns, which the caller writes out",
    "given": "one of two columns, which the caller writes out",
    "chosen.rest": "a condition that compile_query made, with its values apart",
    "chosen.condition": "a condition that compile_query made, with its values apart",
    "part.text": "a condition that compile_query made, with its values apart",
    "self._selection.condition": "a condition that compile_query made, with its values apart",
    "_ORDERS[order]": "one of three constants",
    "', '.join(WORD_COLUMNS)": "a constant",
    "', '.join(names)": "the fields of a class of rows.py",
    "', '.join('?' * len(names))": "question marks, as many as there are fields",
    "', '.join(changed)": "the fields of a class of rows.py",
    "column": "one of the names that the loop writes out",
    "named": "made of constants in the same function",
}


def list_texts(tree):
    """Return the texts with gaps that are SQL, each with what fills its gaps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            fixed = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
            if any(word in fixed for word in SQL):
                gaps = [p.value for p in node.values if isinstance(p, ast.FormattedValue)]
                yield node.lineno, [ast.unparse(gap) for gap in gaps]


def is_constant(gap):
    """Whether a gap is filled by a constant of a module, or by marks for values."""
    return gap.strip("_").isupper() or gap in REVIEWED or gap.startswith("', ?' * ")


VIEWS = ROOM / "views.py"


def test_views_are_made_of_constants():
    """The texts of the views are made when their module is imported, which asks no database."""
    assert "atabase." not in VIEWS.read_text()
    assert "import" not in VIEWS.read_text().replace("from typing import Final", "")


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file != VIEWS],
    ids=lambda file: file.relative_to(ROOM).as_posix(),
)
def test_gaps_in_statements_are_constants(file):
    """What stands in a gap of an SQL text is a constant, or reviewed by name."""
    tree = ast.parse(file.read_text())
    strange = [
        f"{file.name}:{line}: {gap}"
        for line, gaps in list_texts(tree)
        for gap in gaps
        if not is_constant(gap)
    ]
    assert strange == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOM).as_posix())
def test_statements_are_not_put_together_otherwise(file):
    """No statement is made with `%`, `+` or `.format`, nor comes from outside the room."""
    strange = []
    for node in ast.walk(ast.parse(file.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in CALLS or "database" not in ast.unparse(node.func.value):
            continue
        first = node.args[0]
        if not isinstance(first, ast.Constant | ast.JoinedStr | ast.Name):
            strange.append(f"{file.name}:{node.lineno}: {ast.unparse(first)}")
    assert strange == []


def test_the_scan_sees_the_statements():
    """The scan does find the statements with gaps, and what is wrong with a bad one."""
    found = [text for file in FILES for text in list_texts(ast.parse(file.read_text()))]
    assert len(found) > 10
    bad = ast.parse('database.query(f"SELECT * FROM message WHERE id = {name}")')
    assert [gaps for _, gaps in list_texts(bad)] == [["name"]]
    assert not is_constant("name")
