"""A notebook typesets no formula of a mail: every `_repr_html_` is one element that forbids it.

The tests with MathJax need Chromium, and in KVMINBOX_MATHJAX a folder as `nox -s mathjax` makes it.
"""

import html
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import kvminbox
from kvminbox.analysis import Tabular
from kvminbox.models import Model
from kvminbox.models.base import show_card
from kvminbox.reports import BuiltResult, list_update
from tests.cards.shown import MAKERS, show_all
from tests.reports.corpora import Mails, patch_with

LINK = r"\href{https://evil.example}{sign in}"
FORMULAS = {
    "dollars": f"${LINK}$",
    "two dollars": f"$${LINK}$$",
    "parentheses": rf"\({LINK}\)",
    "brackets": rf"\[{LINK}\]",
    "environment": rf"\begin{{equation}}{LINK}\end{{equation}}",
    "class": f'<b class="mathjax_process tex2jax_process">${LINK}$</b>',
}
OPENING = re.compile(r'<div class="mathjax_ignore tex2jax_ignore"( style="[^"<>]*")?>')


class Depth(HTMLParser):
    """How deep each piece of a fragment is; the outermost element must hold all of it."""

    def __init__(self, text):
        super().__init__()
        self.depth, self.outside = 0, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Go down, and note an element that is beside the first."""
        if self.depth == 0:
            self.outside.append(tag)
        self.depth += 1

    def handle_endtag(self, tag):
        """Go up."""
        self.depth -= 1

    def handle_data(self, data):
        """Note text that is in no element."""
        if self.depth == 0 and data.strip():
            self.outside.append(data)


def own_classes():
    """Return every class of the library."""
    modules = [
        import_module(found.name)
        for found in walk_packages(kvminbox.__path__, "kvminbox.")
        if not found.name.endswith("__main__")
    ]
    values = (value for module in modules for value in vars(module).values())
    classes = {value for value in values if isinstance(value, type)}
    return {one for one in classes if one.__module__.startswith("kvminbox")}


def test_no_class_is_forgotten():
    """Each class that shows itself in a notebook is among those of these tests."""
    hooks = re.compile(r"_repr_(html|markdown|latex|svg|javascript|mimebundle)_|_ipython_display_")
    found = {
        (one.__name__, name) for one in own_classes() for name in vars(one) if hooks.fullmatch(name)
    }
    assert found == {(name, "_repr_html_") for name in MAKERS}


def test_no_card_is_forgotten(values):
    """Each card that is registered for a class is one of those of these tests."""
    tested = {show_card.dispatch(type(value)) for value in values.values()}
    # a result's card is its report, which has the tests of reports
    others = {object, Model, Tabular, BuiltResult}
    registered = {make for kind, make in show_card.registry.items() if kind not in others}
    assert registered <= tested


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_all_is_in_one_element_that_is_not_typeset(values, text):
    """What a notebook shows is one element with the classes, and nothing is beside it."""
    for name, shown in show_all(values, text).items():
        assert OPENING.match(shown), name
        assert Depth(shown).outside == ["div"], name
        assert "mathjax_process" not in " ".join(re.findall(r"<[^>]*>", shown)), name


def test_a_page_in_a_notebook_is_not_typeset():
    """A report's page has the classes, too, since a notebook may show one."""
    page = list_update(Mails([patch_with(f"${LINK}$")])).to_html()
    assert '<body>\n<main class="mathjax_ignore tex2jax_ignore">\n' in page


CONFIG = {  # as JupyterLab and nbconvert set it
    "inlineMath": [["$", "$"], ["\\(", "\\)"]],
    "displayMath": [["$$", "$$"], ["\\[", "\\]"]],
    "processEscapes": True,
    "processEnvironments": True,
}
SCRIPTS = {
    "2": "mathjax2/MathJax.js?config=TeX-AMS_CHTML-full",
    "3": "mathjax3/es5/tex-chtml-full.js",
    "4": "mathjax4/tex-chtml.js",
}
PAGE = """<!DOCTYPE html><meta charset="utf-8"><body>
%(sections)s
<pre id="changed">nothing ran</pre>
<script>
const read = () => [...document.querySelectorAll("section")].map(each => each.innerHTML);
const before = read();
function tell() {
  const changed = [...read().entries()].filter(([at, now]) => now !== before[at]);
  document.querySelector("#changed").textContent = JSON.stringify(changed);
}
const options = %(options)s;
window.MathJax = {
  tex: options, tex2jax: options,
};
setInterval(tell, 200);
</script>
<script src="%(script)s"></script>
"""


@pytest.fixture(scope="module")
def browser():
    """The path of Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip("Chromium is not installed")


def typeset(browser, folder, version, fragments):
    """Return the fragments that MathJax changes, by number, as they are then."""
    held = os.environ.get("KVMINBOX_MATHJAX")
    if held is None:
        pytest.skip("KVMINBOX_MATHJAX names no folder with MathJax; `nox -s mathjax` makes one")
    page = PAGE % {
        "sections": "\n".join(f"<section>{each}</section>" for each in fragments),
        "options": json.dumps(CONFIG),
        "script": f"{Path(held).resolve().as_uri()}/{SCRIPTS[version]}",
    }
    (folder / "page.html").write_text(page, encoding="utf-8")
    run = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--virtual-time-budget=15000", f"--user-data-dir={folder / 'profile'}",
            "--dump-dom", (folder / "page.html").as_uri(),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r'<pre id="changed">(.*?)</pre>', run.stdout, re.DOTALL)
    assert found, run.stderr
    return dict(json.loads(html.unescape(found[1])))


@pytest.mark.parametrize("version", SCRIPTS)
def test_mathjax_changes_nothing(browser, tmp_path, values, version):
    """MathJax in a browser makes a link of each formula alone, and touches nothing we show."""
    bare = [f"<p>{html.escape(text)}</p>" for text in FORMULAS.values()]
    shown = [one for text in FORMULAS.values() for one in show_all(values, text).values()]
    changed = typeset(browser, tmp_path, version, [*bare, *shown])
    assert set(changed) == set(range(len(bare)))
    assert all('href="https://evil.example"' in each for each in changed.values())
