"""The same commits give the same bytes: whatever the hash seed, locale, zone, workers or Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox.sample import SAMPLE_RANGE, make_sample

SCRIPT = Path(__file__).with_name("export_all.py")
ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham", "America/Los_Angeles")
LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Return the sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


def export(archive, bounds, seed=0, jobs=1, python=sys.executable):
    """Return the digests that a fresh process prints, in surroundings chosen by the seed."""
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "TZ": ZONES[seed % 5],
        "LC_ALL": LOCALES[seed % 5],
        "LANG": LOCALES[seed % 5],
        "COLUMNS": str(60 + seed * 10),
    }
    command = [python, str(SCRIPT), str(archive), *bounds, str(jobs)]
    run = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    live, indexed, found = run.stdout.split()
    assert live == indexed
    return live, found


@pytest.mark.slow
def test_surroundings_change_nothing(sample):
    """Hash seed, time zone, locale, width and the number of workers change no byte."""
    found = {export(sample, SAMPLE_RANGE, seed, jobs) for seed, jobs in ((0, 1), (4711, 2))}
    assert len(found) == 1


@pytest.mark.interop
@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_ten_surroundings_change_nothing(sample, jobs):
    """Nor do ten seeds, with five zones and locales, for one, two and four workers."""
    usual = export(sample, SAMPLE_RANGE)
    assert {export(sample, SAMPLE_RANGE, seed, jobs) for seed in range(1, 11)} == {usual}


@pytest.mark.interop
@pytest.mark.real
def test_surroundings_change_nothing_on_the_real_archive(real_inbox_path):
    """A thousand real mails give the same bytes in two surroundings."""
    bounds = ("HEAD~3000", "HEAD~2000")
    assert export(real_inbox_path, bounds, 1) == export(real_inbox_path, bounds, 8, jobs=2)


def find_python(version):
    """Return another Python that runs: from the path, or as pyenv installs them."""
    places = Path.home().glob(f".pyenv/versions/{version}.*/bin/python3")
    for path in (shutil.which(f"python{version}"), *map(str, places)):
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


@pytest.mark.interop
@pytest.mark.parametrize("version", PYTHONS)
def test_pythons_change_nothing(sample, tmp_path, version):
    """Another version of Python, in an environment of its own, gives the same bytes."""
    found = find_python(version)
    if found is None:
        pytest.skip(f"Python {version} is not installed")
    subprocess.run([found, "-m", "venv", tmp_path / "other"], check=True)
    python = tmp_path / "other" / "bin" / "python"
    root = Path(__file__).parents[2]
    subprocess.run([python, "-m", "pip", "install", "-q", f"{root}[frames]"], check=True)
    assert export(sample, SAMPLE_RANGE, python=str(python)) == export(sample, SAMPLE_RANGE)
