"""Mutates the rooms that `[tool.mutation]` of pyproject.toml names, and counts what the tests see.

    python tests/mutation/measure.py [ROOM ...]

Each room is copied to build/mutation, with the tests that hold it, and mutmut changes the copy.
A mutant is killed when a test fails or does not end; one that no test calls has survived.
Fails where fewer are killed than `at_least` says, in percent.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from undecorate import move_decorators

CHECKOUT = Path(__file__).parents[2]
WORK = CHECKOUT / "build" / "mutation"
TIMEOUTS = {36, -24, 24, 152, 255}
FAILED = {1, 3}
SURVIVED = {0, 5, 33}


def main(names):
    """Measure the rooms named, or all; give what the process ends with."""
    config = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["mutation"]
    short = []
    for name in names or config["rooms"]:
        room = config["rooms"][name]
        folder = WORK / name
        _copy(folder, room)
        _run(folder)
        counts = _count(folder, room)
        percent = 100 * (counts["killed"] + counts["timeout"]) / counts.total()
        print(f"{name}: {counts.total()} mutants, {_describe(counts)}: {percent:.1f} %", flush=True)
        if percent < config["at_least"]:
            short.append(name)
    if short:
        print(f"fewer than {config['at_least']} % in {', '.join(short)}")
    return bool(short)


def _copy(folder, room):
    shutil.rmtree(folder, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "kvminbox", folder / "kvminbox", ignore=without)
    for tests in (*room["tests"], "tests/mutation"):
        shutil.copytree(CHECKOUT / tests, folder / tests, ignore=without)
    shutil.copy(CHECKOUT / "tests" / "conftest.py", folder / "tests")
    for pattern in room["files"]:
        for path in folder.glob(pattern):
            path.write_text(move_decorators(path.read_text()))
    text = (CHECKOUT / "pyproject.toml").read_text()
    lists = {"only_mutate": room["files"], "pytest_add_cli_args_test_selection": room["tests"]}
    own = "".join(f"{name} = {json.dumps(value)}\n" for name, value in lists.items())
    mark = "[tool.mutmut]\n"
    (folder / "pyproject.toml").write_text(text.replace(mark, mark + own))


def _run(folder):
    env = {**os.environ, "PYTHONPATH": str(folder / "tests" / "mutation")}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2"]
    with (folder / "log").open("wb") as log:
        ended = subprocess.run(command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT)
    if ended.returncode:
        sys.exit((folder / "log").read_text()[-4000:])


def _count(folder, room):
    counts = Counter()
    left = []
    for path in sorted((folder / "mutants").rglob("*.py.meta")):
        for name, code in json.loads(path.read_text())["exit_code_by_key"].items():
            outcome = _outcome(code)
            counts[outcome] += 1
            if outcome not in {"killed", "timeout"}:
                left.append(f"{outcome} {name}")
    (folder / "survivors").write_text("".join(f"{line}\n" for line in left))
    return counts


def _outcome(code):
    if code in FAILED:
        return "killed"
    if code in TIMEOUTS:
        return "timeout"
    return "survived" if code in SURVIVED else f"ended with {code}"


def _describe(counts):
    words = ("killed", "timeout", "survived")
    others = sorted(set(counts) - set(words))
    return ", ".join(f"{counts[word]} {word}" for word in (*words, *others))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
