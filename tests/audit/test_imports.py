"""No code of the library runs, loads or starts what comes from outside."""

import ast
from pathlib import Path

import pytest

import kvminbox

ROOM = Path(kvminbox.__file__).parent
MODULES = sorted(ROOM.rglob("*.py"))

FORBIDDEN = {
    "pickle", "_pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle", "joblib", "copyreg",
    "subprocess", "multiprocessing", "pty", "ctypes", "cffi", "socket", "socketserver", "ssl",
    "http", "ftplib", "smtplib", "imaplib", "poplib", "webbrowser", "asyncio", "runpy", "code",
    "codeop", "imp", "zipimport", "xmlrpc", "logging", "warnings", "yaml", "requests", "httpx",
}  # fmt: skip
"""Modules of which none is imported; the library neither logs nor warns, either."""

EXPECTED = {
    "workers.py": {"pickle", "subprocess", "cloudpickle"},
    "cli/output.py": {"subprocess"},
}
"""A worker is this interpreter with this library: it gets tasks and returns results, pickled by
our own processes; nothing from outside is unpickled. The command line starts the pager that its
user names, where it prints to a terminal."""

CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
ATTRIBUTES = {
    ("os", name) for name in (
        "system", "popen", "fork", "forkpty", "execv", "execve", "execvp", "execvpe", "execl",
        "execle", "execlp", "spawnv", "spawnve", "spawnl", "posix_spawn", "posix_spawnp",
        "startfile", "kill", "chdir", "putenv", "setuid",
    )
} | {("ctypes", "CDLL"), ("codecs", "open"), ("urllib", "request")}  # fmt: skip


def _name(module):
    return str(module.relative_to(ROOM))


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_runs_nothing_from_outside(module):
    """No module imports what unpickles, starts or connects, or calls `eval` and its like."""
    tree = ast.parse(module.read_text("utf-8"))
    roots = {name.partition(".")[0] for name in _imported(tree)}
    assert roots & FORBIDDEN == EXPECTED.get(_name(module), set())
    assert "urllib.request" not in set(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS, node.lineno
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in ATTRIBUTES, node.lineno


def test_only_the_command_line_prints():
    """The library is silent: `print` is called by the command alone, and nothing names a shell."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print" or _name(module).startswith("cli/"), module
            if isinstance(node, ast.keyword):
                assert node.arg != "shell", module


def test_what_is_expected_is_there():
    """The list of exceptions names existing files, with what they import."""
    for name, modules in EXPECTED.items():
        assert modules <= set(_imported(ast.parse((ROOM / name).read_text("utf-8"))))


def test_imports_by_name_are_constants():
    """A module that is imported by its name is named by a constant, never by data.

    `lazy.py` takes the names from tables that packages have in their code.
    """
    for module in MODULES:
        if _name(module) == "lazy.py":
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                assert all(isinstance(argument, ast.Constant) for argument in node.args), module


def test_tables_of_names_are_constants():
    """What is imported later is named by constants, too."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "import_later":
                assert ast.literal_eval(node.args[1]), module
