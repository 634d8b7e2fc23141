"""The notebooks run on the sample inbox, from the first cell to the last."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted([*ROOT.glob("docs/*.ipynb"), *ROOT.glob("examples/*.ipynb")])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries
def test_a_notebook_runs(path, tmp_path):
    """Every cell runs, and what stands last in a cell is shown as HTML or a chart."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": tmp_path}})
    client.execute()
    kinds = {
        kind
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        for kind in output.get("data", ())
    }
    assert "text/html" in kinds


def test_notebooks_are_found():
    """There is a tutorial, and there are two examples at least."""
    assert len(NOTEBOOKS) >= 3
