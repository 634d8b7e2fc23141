"""Mutate the parts named in `[tool.mutation]` of pyproject.toml, and count what the tests see.

    python -m tests.mutation.measure [--every N] [ROOM ...]

Each part is copied to build/mutation, with its tests, and mutmut changes the copy.
A mutant is killed when a test fails or does not end; one that no test calls has survived, and
so has one that only slow tests would see: the nearest are run, as many as take some seconds.
Fails where fewer are killed than `at_least` says, in percent. `--every 3` takes each third mutant.
"""

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from tests.mutation.undecorate import move_decorators

CHECKOUT = Path(__file__).parents[2]
WORK = CHECKOUT / "build" / "mutation"
TIMEOUTS = {36, -24, 24, 152, 255}
FAILED = {1, 3}
GONE = {"killed", "timeout"}
SURVIVED = {0, 5, 33}
BUDGET = 3
"""Seconds of tests for one mutant; those that call its function and few others run first."""


def main(arguments):
    """Measure the named parts, or all; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("rooms", nargs="*")
    asked = parser.parse_args(arguments)
    config = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["mutation"]
    short = []
    for name in asked.rooms or config["rooms"]:
        room = config["rooms"][name]
        folder = WORK / name
        _copy(folder, room)
        _run(folder, asked.every)
        counts = _count(folder)
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
    for name in ("kvminbox", "tests"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=without)
    for pattern in room["files"]:
        for path in folder.glob(pattern):
            path.write_text(move_decorators(path.read_text()))
    text = (CHECKOUT / "pyproject.toml").read_text()
    lists = {"only_mutate": room["files"], "pytest_add_cli_args_test_selection": room["tests"]}
    own = "".join(f"{name} = {json.dumps(value)}\n" for name, value in lists.items())
    mark = "[tool.mutmut]\n"
    (folder / "pyproject.toml").write_text(text.replace(mark, mark + own))


def _run(folder, every):
    # a name that no mutant has: mutmut notes which test calls what, and stops
    _call_mutmut(folder, "notes", "no-such-mutant")
    stats = folder / "mutants" / "mutmut-stats.json"
    if not stats.exists():
        sys.exit((folder / "notes").read_text()[-4000:])
    notes = json.loads(stats.read_text())
    callers = notes["tests_by_mangled_function_name"]
    reach = Counter(test for tests in callers.values() for test in tests)
    for function, tests in callers.items():
        callers[function] = _take_nearest(tests, reach, notes["duration_by_test"])
    stats.write_text(json.dumps(notes))
    names = [name for name, _ in _read_outcomes(folder)] if every > 1 else []
    if _call_mutmut(folder, "log", "--max-children", "2", *names[::every]):
        sys.exit((folder / "log").read_text()[-4000:])


def _take_nearest(tests, reach, seconds):
    """Return the tests that call the fewest functions, as many as fit in the budget."""
    # pytest doubles a backslash in some ids each time that it collects them in one process
    known = (test for test in tests if "\\\\" not in test)
    ordered = sorted(known, key=lambda test: (reach[test], seconds[test]))
    before = itertools.accumulate((seconds[test] for test in ordered), initial=0)
    return [test for test, sum_before in zip(ordered, before, strict=False) if sum_before < BUDGET]


def _call_mutmut(folder, log_name, *arguments):
    env = {**os.environ, "PYTHONPATH": str(folder / "tests" / "mutation")}
    command = [sys.executable, "-m", "mutmut", "run", *arguments]
    with (folder / log_name).open("wb") as log:
        return subprocess.run(
            command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT
        ).returncode


def _count(folder):
    outcomes = [(name, _outcome(code)) for name, code in _read_outcomes(folder) if code is not None]
    left = [f"{outcome} {name}\n" for name, outcome in outcomes if outcome not in GONE]
    (folder / "survivors").write_text("".join(left))
    return Counter(outcome for _, outcome in outcomes)


def _read_outcomes(folder):
    """Yield each mutant's name and the exit code of its tests; None where none was run."""
    for path in sorted((folder / "mutants").rglob("*.py.meta")):
        yield from json.loads(path.read_text())["exit_code_by_key"].items()


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
