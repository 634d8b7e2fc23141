"""The graph of imports: no module needs itself, directly or not."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kvminbox

ROOT = Path(kvminbox.__file__).parent


def name_module(path, root):
    """Return a file's name as a module: `kvminbox.models.base`."""
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def find_imports(path, modules):
    """Return the modules that a file imports, wherever in it the import is."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(inner & modules or {node.module})
    return found & modules


def draw_graph(root):
    """Return for each module of a package the modules that it imports."""
    paths = {name_module(path, root): path for path in root.rglob("*.py")}
    return {name: find_imports(path, paths.keys()) for name, path in paths.items()}


def test_no_module_imports_itself_in_a_circle():
    """No chain of imports leads back to its start, not even for type checkers or in a function."""
    graph = draw_graph(ROOT)
    assert graph["kvminbox.models.message"] >= {"kvminbox.models.base", "kvminbox.patch_id"}
    assert tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize(
    "text",
    ["if TYPE_CHECKING:\n    from kvminbox.high import x", "def f():\n    import kvminbox.high"],
)
def test_a_circle_is_seen(tmp_path, text):
    """The test above sees an import that only type checkers follow, and one inside a function."""
    root = tmp_path / "kvminbox"
    root.mkdir()
    (root / "__init__.py").write_text("")
    (root / "high.py").write_text("from kvminbox import low")
    (root / "low.py").write_text(text)
    with pytest.raises(CycleError):
        TopologicalSorter(draw_graph(root)).prepare()
