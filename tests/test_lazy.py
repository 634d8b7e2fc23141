"""What is imported when, and that nothing of it shows."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import kvminbox
from kvminbox.lazy import import_later
from tests.index.histories import quick_folder

ROOM = Path(kvminbox.__file__).parent
LAZY = [
    "kvminbox", "kvminbox.archive", "kvminbox.dates", "kvminbox.display", "kvminbox.inbox",
    "kvminbox.index", "kvminbox.mail", "kvminbox.models",
]  # fmt: skip


def _imported_by(code, *arguments):
    """Return the names of all modules that a fresh interpreter has after some code."""
    tail = "\nimport sys; print('\\n' + '\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split("\n"))


def _run(*arguments):
    return (
        "from kvminbox.cli import main\n"
        "try:\n"
        f"    main({list(arguments)!r})\n"
        "except SystemExit:\n"
        "    pass"
    )


HEAVY = {
    "pydantic", "pygit2", "rich", "unidiff", "sqlite3", "snowballstemmer", "backports.zstd",
    "jinja2", "pyarrow", "altair",
}  # fmt: skip


def test_the_package_imports_no_work():
    """`import kvminbox` imports none of its rooms, and no third-party library."""
    found = _imported_by("import kvminbox")
    assert {name for name in found if name.startswith("kvminbox.")} == {"kvminbox.lazy"}
    assert not found & HEAVY


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_question_about_the_command_imports_no_work(option):
    """`--version` and `--help` import the command line's own modules, and what errors need."""
    found = _imported_by(_run(option))
    assert not found & HEAVY
    assert {name for name in found if name.startswith("kvminbox.")} <= {
        "kvminbox.cli", "kvminbox.cli.main", "kvminbox.cli.output", "kvminbox.errors",
        "kvminbox.lazy", "kvminbox.patterns", "kvminbox.safe",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["search", "show"])
def test_a_question_to_an_index_imports_what_it_needs(command, tmp_path):
    """`search` and `show` import no git, no terminal, nothing that groups, and few models.

    What reads mails is imported by `show`, which prints a text, and not by `search`.
    """
    from kvminbox import Inbox, Index
    from kvminbox.sample import make_sample

    path = str(tmp_path / "sample.sqlite")
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(make_sample(tmp_path / "inbox")))
        wanted = {"search": "s:timer", "show": next(index.messages()).message_id}[command]
    found = _imported_by(_run(command, path, wanted))
    assert "sqlite3" in found
    # which pydantic imports when it builds a validator
    assert not found & {"importlib.metadata", "pydantic.plugin._loader"}
    assert ("snowballstemmer" in found) == (command == "search")
    assert not found & {"pygit2", "rich.console", "jinja2", "pyarrow", "altair"}
    rooms = {name.split(".")[1] for name in found if name.startswith("kvminbox.")}
    groups = {"reports", "analysis", "review", "versions", "series", "threads", "people"}
    assert not rooms & {*groups, "subsystems"}
    assert ("patches" in rooms) == (command == "show")
    assert not found & {"kvminbox.index.update", "kvminbox.index.news", "tomllib", "logging"}
    assert {name[16:] for name in found if name.startswith("kvminbox.models.")} <= {
        "address", "base", "begun", "corpus", "defect", "diffstat", "entry", "hit", "list_marks",
        "list_urls", "lore", "message", "plain_json", "reply_trailer", "subject", "trailer",
    }  # fmt: skip


_READING = {"kvminbox.gist", "kvminbox.review", "kvminbox.patches.parts", "kvminbox.index.extract"}


def test_an_update_imports_what_reads_mails_where_it_reads_some():
    """One that finds nothing new does without, and so does a build that other processes read for.

    A build in one process, which reads the mails itself, shows that the names are right.
    """
    from kvminbox.sample import make_sample

    with quick_folder() as folder:
        inbox = str(make_sample(Path(folder, "inbox")))
        index, other = f"{folder}/index.sqlite", f"{folder}/other.sqlite"
        few_are_many = "import kvminbox.index.update as room\nroom.MANY = 0\n"
        found = _imported_by(few_are_many + _run("index", other, inbox, "--jobs", "2"))
        assert not found & _READING
        assert _imported_by(_run("index", index, inbox, "--jobs", "2")) >= _READING
        assert not _imported_by(_run("index", index, inbox)) & _READING


def _read_tables(package):
    """Return what a package imports for type checkers, and what its table says."""
    tree = ast.parse((ROOM / package.replace(".", "/")[9:] / "__init__.py").read_text("utf-8"))
    branch = next(one for one in tree.body if isinstance(one, ast.If))
    assert ast.unparse(branch.test) == "TYPE_CHECKING"
    typed = {
        (alias.asname or alias.name, one.module)
        for one in branch.body
        for alias in one.names
    }  # fmt: skip
    (call,) = [one.value for one in branch.orelse]
    homes = ast.literal_eval(call.args[1])
    return typed, {(name, home) for home, names in homes.items() for name in names.split()}


@pytest.mark.parametrize("package", LAZY)
def test_type_checkers_see_what_is_there(package):
    """A package's table and its imports for type checkers name the same things from the same."""
    typed, table = _read_tables(package)
    assert typed == table
    for name, home in table:
        assert getattr(import_module(package), name) is getattr(import_module(home), name)
        assert home.startswith("kvminbox.")
    assert {name for name, _ in table} <= set(import_module(package).__all__)


def test_only_the_edges_are_lazy():
    """No other module defines a `__getattr__` of its own."""
    found = {
        str(path.relative_to(ROOM))
        for path in ROOM.rglob("*.py")
        if "import_later(" in path.read_text("utf-8")
    }
    edges = {f"{package.replace('.', '/')}/__init__.py"[9:] for package in LAZY}
    assert found == edges | {"lazy.py", "cli/main.py"}


def test_a_room_is_there_without_its_import():
    """`kvminbox.errors` works after `import kvminbox` alone, as it did when all was imported."""
    code = "import kvminbox; kvminbox.errors.KvminboxError; kvminbox.models.Patch"
    assert "kvminbox.models" in _imported_by(code)


def test_an_unknown_name_is_an_attribute_error():
    """A name that a package lacks is Python's usual error, also where a probe asks for it."""
    with pytest.raises(AttributeError, match="'kvminbox' has no attribute 'Inbux'"):
        kvminbox.Inbux  # noqa: B018
    assert not hasattr(kvminbox, "__wrapped__")


@pytest.mark.parametrize(
    ("module", "name", "near"),
    [
        ("kvminbox", "Indxe", "Index"), ("kvminbox.models", "Pach", "Patch"),
        ("kvminbox.reports.sections", "auhtors", "authors"),
        ("kvminbox.reports", "build_reprot", "build_report"),
        ("kvminbox.frames", "serie", "series"), ("kvminbox.plots", "reviewer", "reviewers"),
        ("kvminbox.analysis", "Snapshto", "Snapshot"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_told_with_the_nearest(module, name, near):
    """A module names what was meant, once, also where that is not imported yet."""
    code = f"import {module} as it\nit.{name}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = done.stderr.strip().rpartition("\n")[2]
    assert re.fullmatch(
        rf"AttributeError: module '{module}' has no attribute '{name}'"
        rf"; did you mean {near}(?: or \w+)?\?", last
    ), last  # fmt: skip


def test_a_name_is_looked_up_once():
    """A name that was asked for is an attribute from then on."""
    find = import_later(__name__, {"kvminbox.safe": "safe_html"})
    assert find("safe_html") is globals().pop("safe_html")


def test_a_model_has_its_card_whatever_was_imported():
    """A value has a card even where only `kvminbox.models` was imported."""
    code = (
        "from kvminbox.subject import parse_subject\n"
        "assert parse_subject('[PATCH v2 1/3] a title')._repr_html_()"
    )
    assert "kvminbox.cards" in _imported_by(code)
