"""Nothing below the command line looks at a clock."""

import ast
from pathlib import Path

import kvminbox

ROOT = Path(kvminbox.__file__).parent
CLOCKS = {
    "now", "utcnow", "today", "time", "time_ns", "localtime", "monotonic", "monotonic_ns",
    "perf_counter", "perf_counter_ns", "process_time",
}  # fmt: skip
ALLOWED = {
    "notebook.py",  # how often a progress bar in a cell is drawn
}


def reads_clock(tree):
    """Whether code imports a clock from `time`, or names `datetime.now` and its like."""
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
    }
    named = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date", "time"}
    }
    return bool(CLOCKS & (imported | named))


def test_only_the_command_line_looks_at_a_clock():
    """No room below the command line reads the time, but for those listed."""
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if reads_clock(ast.parse(path.read_text("utf-8")))
    }
    assert {name for name in found if not name.startswith("cli/")} == ALLOWED


def test_a_clock_is_found():
    """The test above finds each way of reading the time."""
    for code in ("datetime.now(UTC)", "date.today()", "time.time()", "from time import monotonic"):
        assert reads_clock(ast.parse(code)), code
    assert not reads_clock(ast.parse("message.date"))
