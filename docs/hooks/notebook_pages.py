"""Notebooks become pages of the site: they are run, and shown with their output.

A cell that fails stops the build. Charts become SVG images, so that a page needs no
script; of several forms of an output, the richest that needs none is shown.
"""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from nbclient import NotebookClient

_FIRST: Final = """
try:
    import altair
except ImportError:
    pass
else:
    altair.renderers.enable("svg")
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put a page beside each notebook, which stays there to be downloaded."""
    for file in [file for file in files if file.src_uri.endswith(".ipynb")]:
        uri = file.src_uri.removesuffix("ipynb") + "md"
        page = write_page(run_notebook(Path(file.abs_src_path or "")), name=Path(file.src_uri).name)
        files.append(File.generated(config, uri, content=page))
    return files


def run_notebook(path: Path) -> nbformat.NotebookNode:
    """Run all cells of a notebook in a folder of their own; return it with their output."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_FIRST))  # type: ignore[no-untyped-call]
    with TemporaryDirectory() as folder:
        where = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    del notebook.cells[0]
    return notebook


def write_page(notebook: nbformat.NotebookNode, *, name: str) -> str:
    """Return an executed notebook as Markdown."""
    parts = [part for cell in notebook.cells for part in _write_cell(cell)]
    parts.insert(1, f"This page is a notebook, run when the site was made: [{name}]({name}).")
    return "\n\n".join(parts) + "\n"


def _write_cell(cell: nbformat.NotebookNode) -> list[str]:
    if cell.cell_type != "code":
        return [cell.source]
    shown = [_write_output(output) for output in cell.outputs]
    return [_fence("python", cell.source), *(text for text in shown if text)]


def _write_output(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return _fence("text", output.text)
    data = output.get("data", {})
    kind = next((kind for kind in _FORMS if kind in data), None)
    return _FORMS[kind](data[kind]) if kind else ""


def _fence(language: str, text: str) -> str:
    marks = "```"
    while marks in text:
        marks += "`"
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"


def _write_html(text: str) -> str:
    # a blank line ends no <div> in Markdown, but it does end a <style>
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    return f'<div class="output" markdown="0">\n{lines}\n</div>'


def _write_image(kind: str) -> Callable[[str], str]:
    def write(content: str) -> str:
        data = base64.b64encode(content.encode()).decode() if kind == "svg+xml" else content.strip()
        source = f"data:image/{kind};base64,{data}"
        return f'<div class="output" markdown="0"><img alt="chart" src="{source}"></div>'

    return write


_FORMS: Final[Mapping[str, Callable[[Any], str]]] = {
    "image/svg+xml": _write_image("svg+xml"),
    "image/png": _write_image("png"),
    "text/html": _write_html,
    "text/markdown": str,
    "text/plain": lambda text: _fence("text", text),
}
"""How an output is written: by the first of these that it has."""
