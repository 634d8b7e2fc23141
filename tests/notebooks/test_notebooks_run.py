"""The tutorial and the example notebooks run on the sample inbox, and show what they promise."""

import re
from pathlib import Path

import pytest

REASON = "the notebooks' tools are not installed"
nbformat = pytest.importorskip("nbformat", reason=REASON)
nbclient = pytest.importorskip("nbclient", reason=REASON)
pytest.importorskip("ipykernel", reason=REASON)

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
EXAMPLES = sorted((ROOT / "examples").glob("*.ipynb"))
EACH = [TUTORIAL, *EXAMPLES]

# a kernel's own warnings are about its transport and event loop, not the notebook
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs a notebook once in a fresh kernel and returns its outputs."""
    folder = tmp_path_factory.mktemp("notebooks")
    done = {}

    def run(notebook, name):
        if name not in done:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("TMPDIR", str(folder))
                patch.setenv("IPYTHONDIR", str(folder))
                patch.delenv("KVMINBOX_INBOX", raising=False)
                where = {"metadata": {"path": str(folder)}}
                client = nbclient.NotebookClient(
                    notebook, timeout=600, kernel_name="python3", resources=where
                )
                client.execute()
            done[name] = [out for cell in notebook.cells for out in cell.get("outputs", ())]
        return done[name]

    return run


def html_of(outputs):
    """Return the HTML of all outputs, and the drawings among them."""
    shown = [out["data"] for out in outputs if "data" in out]
    return "\n".join(one.get(sort, "") for one in shown for sort in ("text/html", "image/svg+xml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", EACH, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_cards(run, path):
    """Each cell runs without an error or a warning, and cards and a bar are shown."""
    outputs = run(nbformat.read(path, as_version=4), path.stem)
    page = html_of(outputs)
    assert page.count('<div class="mathjax_ignore') >= 2
    assert re.search(r"reading: (\d+) of \1<", page)
    assert not [out for out in outputs if out.get("name") == "stderr"]


def test_the_tutorial_shows_each_sort_of_card(run):
    """The tutorial shows a patch, chain, series, comparison, thread, review, report and charts."""
    page = html_of(run(nbformat.read(TUTORIAL, as_version=4), TUTORIAL.stem))
    for part in (
        "[PATCH 1/2] KVM: fail without a timer", "2 versions", "2 of 2", "code changed", "4 mails",
        ">applied: patch", "Waiting for review", "Mails over time",
        "Waiting for the first reply",
    ):  # fmt: skip
        assert part in page, part


@pytest.mark.parametrize("path", EACH, ids=lambda path: path.stem)
def test_a_chart_is_shown_without_a_network(run, path):
    """Each chart is a picture: no output has a script, or is a specification that needs one."""
    notebook = nbformat.read(path, as_version=4)
    outputs = run(notebook, path.stem)
    kinds = {kind for out in outputs for kind in out.get("data", {})}
    assert kinds <= {"text/plain", "text/html", "image/svg+xml"}
    assert not re.search(r"<script|https?://cdn", html_of(outputs))
    drawn = [
        cell for cell in notebook.cells if re.search(r"^plots\.\w+\(", cell.source, re.MULTILINE)
    ]
    assert len(drawn) == sum("image/svg+xml" in out.get("data", {}) for out in outputs)


def test_the_examples_answer_their_questions(run):
    """One notebook names the sample's reviewers, the other what an author changed."""
    shown = {path.stem: run(nbformat.read(path, as_version=4), path.stem) for path in EXAMPLES}
    assert "Ewa Lis" in html_of(shown["who_reviews_and_how_fast"])
    answers = shown["what_changed_between_two_versions"]
    assert "EOPNOTSUPP" in html_of(answers)
    assert "EOPNOTSUPP instead of ENODEV (Ewa)" in answers[-1]["data"]["text/plain"]


@pytest.mark.parametrize("path", EACH, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    """Notebook files hold no outputs, counts or machine details: they are made in each run."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert notebook.metadata.kernelspec.name == "python3"


def test_there_are_two_examples():
    """The examples have two notebooks, each named after its question."""
    assert len(EXAMPLES) == 2


def test_links_of_the_tutorial_lead_somewhere():
    """Each page that the tutorial links to exists."""
    links = re.findall(r"\]\(([^)#]+)", TUTORIAL.read_text("utf-8"))
    assert links
    assert all((TUTORIAL.parent / link).exists() for link in links)


BAR = """
from time import sleep
from kvminbox.notebook import cell_bar
with cell_bar("<b>reading</b> \\x1b[2J") as progress:
    for done in range(4):
        progress(done, 3)
        sleep(0.25)
"""


def test_a_bar_grows_in_its_place(run):
    """A bar is one output that is updated as the work goes on; its title is text."""
    cells = [nbformat.v4.new_code_cell(BAR)]
    (output,) = run(nbformat.v4.new_notebook(cells=cells), "bar")
    page = output["data"]["text/html"]
    assert "&lt;b&gt;reading&lt;/b&gt; \\x1b[2J: 3 of 3" in page
    assert "width:100%" in page
    assert output["data"]["text/plain"] == "<b>reading</b> \\x1b[2J: 3 of 3"
