"""The catalogue of hard cases: what is hard, and the tests that hold it.

Each file lists cases of one sort. They have numbers, so that none gets lost; a
case has tests, or says why it has none.
"""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = [
    case for file in sorted(HERE.glob("*.toml")) for case in tomllib.loads(file.read_text())["case"]
]
NAMED = sorted({test for case in CASES for test in case.get("tests", ())})


def test_no_case_got_lost():
    """All 228 cases that were gathered before the tests are still in the catalogue."""
    assert set(range(1, 229)) <= {case["number"] for case in CASES}


def test_each_case_has_tests_or_a_reason():
    """Each case is described once, with its tests or the reason why it has none."""
    numbers = [case["number"] for case in CASES]
    assert len(numbers) == len(set(numbers))
    for case in CASES:
        assert case["hard"]
        assert case.get("tests") or case.get("why_not"), case


@pytest.mark.parametrize("file", sorted({test.partition("::")[0] for test in NAMED}))
def test_the_named_tests_exist(file):
    """Each test that the catalogue names is a function of that file."""
    tree = ast.parse((ROOT / file).read_text())
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    named = {
        test.split("::")[-1].partition("[")[0] for test in NAMED if test.startswith(f"{file}::")
    }
    assert named <= functions


@pytest.mark.slow
def test_the_named_variants_exist():
    """Each test that is named with its variant, `test_x[a]`, is collected."""
    variants = {test for test in NAMED if "[" in test}
    files = sorted({test.partition("::")[0] for test in variants})
    if not files:
        pytest.skip("no case names a variant")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    listed = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True)
    assert variants - set(listed.stdout.splitlines()) == set()
