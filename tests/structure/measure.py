"""Counts what a reader of the library has to hold in mind.

    python -m tests.structure.measure [CHECKOUT]

Prints files, lines, functions and their lengths, private functions that are named once in
their module, functions of one line, the calls and the changes of file that one patch takes
from its bytes to its model, and the circles of imports.
"""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.test_imports import draw_graph

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

FOLLOW = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import kvminbox
from kvminbox import Inbox, read_message
from kvminbox.sample import make_sample
import tempfile
home = str(Path(kvminbox.__file__).parent)
with tempfile.TemporaryDirectory() as folder:
    window = Inbox.open(make_sample(Path(folder))).between(None)
    inbox = Inbox.open(make_sample(Path(folder) / "again"))
    patch = next(patch for patch in window.patches() if len(patch.diffstat.files) == 1)
    raw = (getattr(inbox, "raw", None) or inbox.read)(patch.entry)
read_message(raw, patch.entry)  # what is cached, as it is after the first mails
calls, files, changes, last = 0, set(), 0, ""
def follow(frame, event, argument):
    global calls, changes, last
    file = frame.f_code.co_filename
    if event == "call" and file.startswith(home):
        calls += 1
        files.add(file)
        changes += file != last
        last = file
sys.setprofile(follow)
read_message(raw, patch.entry)
sys.setprofile(None)
print(calls, len(files), changes)
"""


class Module(NamedTuple):
    """A file of the library, read but not run."""

    name: str
    tree: ast.Module
    text: str


def read_modules(package: Path) -> list[Module]:
    """Return every module of a package, by its name."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text("utf-8")
        found.append(Module(name, ast.parse(text), text))
    return found


def iter_functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, FUNCTIONS):
            yield node


def count_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def find_circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules of which each imports each other one, at last."""

    def reach(name: str) -> set[str]:
        seen: set[str] = set()
        rest = list(imports[name])
        while rest:
            one = rest.pop()
            if one not in seen:
                seen.add(one)
                rest.extend(imports[one])
        return seen

    reached = {name: reach(name) for name in imports}
    groups = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in imports
        if name in reached[name]
    }
    return [list(group) for group in sorted(groups)]


def by_room(imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the imports between rooms, the folders and files right below the package."""
    found: dict[str, set[str]] = {}
    for name, wanted in imports.items():
        room = ".".join(name.split(".")[:2])
        found.setdefault(room, set()).update(".".join(one.split(".")[:2]) for one in wanted)
    package = next(iter(imports))
    return {room: wanted - {room, package} for room, wanted in found.items() if room != package}


def follow_patch(checkout: Path) -> tuple[int, int, int]:
    """Return the calls, files and changes of file of one patch of the sample, bytes to model."""
    command = [sys.executable, "-c", FOLLOW, str(checkout)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=checkout)
    calls, files, changes = map(int, run.stdout.split())
    return calls, files, changes


def main(checkout: Path) -> None:
    """Print the counts."""
    modules = read_modules(checkout / "kvminbox")
    functions = [(module, one) for module in modules for one in iter_functions(module)]
    private = [
        (module, one) for module, one in functions
        if one.name.startswith("_") and not one.name.startswith("__")
    ]  # fmt: skip
    words = {module.name: Counter(re.findall(r"\w+", module.text)) for module in modules}
    once = [one for module, one in private if words[module.name][one.name] == 2]
    lengths = sorted(count_lines(one) for _, one in functions)
    imports = draw_graph(checkout / "kvminbox")
    calls, files, changes = follow_patch(checkout)
    rows = {
        "files": len(modules),
        "lines": sum(len(module.text.splitlines()) for module in modules),
        "functions": len(functions),
        "median lines of a function": lengths[len(lengths) // 2],
        "functions over 40 lines": sum(length > 40 for length in lengths),
        "private functions": len(private),
        "private functions named once in their module": len(once),
        "functions of one line": sum(length == 1 for length in lengths),
        "calls of one patch, bytes to model": calls,
        "files that it goes through": files,
        "changes of file": changes,
        "circles of imports, modules": len(find_circles(imports)),
        "circles of imports, rooms": len(find_circles(by_room(imports))),
    }
    for name, value in rows.items():
        print(f"{name:46}{value:8,}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
