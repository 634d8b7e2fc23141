"""A notebook becomes a page that needs no script, and one that fails becomes none."""

import importlib.util
from pathlib import Path

import pytest

REASON = "the site's tools are not installed: nox -s docs has them"
for tool in ("mkdocs", "ipykernel"):
    pytest.importorskip(tool, reason=REASON)
nbformat = pytest.importorskip("nbformat", reason=REASON)
nbclient = pytest.importorskip("nbclient", reason=REASON)

HOOK = Path(__file__).parents[2] / "docs" / "hooks" / "notebook_pages.py"
code, words = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell


@pytest.fixture(scope="module")
def hook():
    """Load the hook as MkDocs does."""
    spec = importlib.util.spec_from_file_location("notebook_pages", HOOK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _page(hook, *outputs):
    cell = code("1 + 1", outputs=list(outputs))
    return hook.write_page(nbformat.v4.new_notebook(cells=[words("# Title"), cell]), name="a.ipynb")


def _shown(**data):
    kinds = {kind.replace("__", "/").replace("_xml", "+xml"): text for kind, text in data.items()}
    return nbformat.v4.new_output("display_data", data=kinds)


def test_cells_stand_in_order_below_their_origin(hook):
    """Text, a link to the notebook, code, and what it printed follow each other."""
    printed = nbformat.v4.new_output("stream", text="two\n")
    assert _page(hook, printed) == (
        "# Title\n\nThis page is a notebook, run when the site was made: [a.ipynb](a.ipynb).\n\n"
        "```python\n1 + 1\n```\n\n```text\ntwo\n```\n"
    )


def test_what_is_printed_can_not_end_its_block(hook):
    """An output that holds a code fence gets a longer fence around it."""
    printed = nbformat.v4.new_output("stream", text="```\n<b>no markup</b>\n")
    assert "````text\n```\n<b>no markup</b>\n````" in _page(hook, printed)


def test_html_stays_one_block(hook):
    """Blank lines in an output's HTML, at which Markdown would begin to read, are taken out."""
    page = _page(hook, _shown(text__html="<table>\n\n<tr></tr>\n</table>", text__plain="table"))
    assert "<table>\n<tr></tr>\n</table>" in page
    assert "```text" not in page


def test_a_chart_is_an_image(hook):
    """An SVG image is shown as one, in which no script can run, rather than as HTML."""
    page = _page(
        hook, _shown(image__svg_xml="<svg><script/></svg>", text__html="<script></script>")
    )
    assert '<img alt="chart" src="data:image/svg+xml;base64,' in page
    assert "<script" not in page


def test_a_notebook_is_run(hook, tmp_path):
    """The page of a notebook shows fresh output, whatever was stored in the notebook."""
    stored = nbformat.v4.new_output("stream", text="stale\n")
    page = _build(hook, tmp_path, code("print('fr' + 'esh')", outputs=[stored]))
    assert "```text\nfresh\n```" in page
    assert "stale" not in page


def test_a_cell_that_fails_stops_the_build(hook, tmp_path):
    """An error in a cell stops the build."""
    with pytest.raises(nbclient.exceptions.CellExecutionError):
        _build(hook, tmp_path, code("1 / 0"))


def _build(hook, folder, cell):
    """Return the page that is made of a notebook of one cell."""
    nbformat.write(nbformat.v4.new_notebook(cells=[words("# Title"), cell]), folder / "a.ipynb")
    return hook.write_page(hook.run_notebook(folder / "a.ipynb"), name="a.ipynb")
