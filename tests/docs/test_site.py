"""The built site is whole, has every public name, and fetches nothing; `nox -s docs` runs this."""

import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from shutil import which
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.test_reference import ROOMS, public_names

ROOT = Path(__file__).parents[2]
pytest.importorskip("mkdocs", reason="the site's tools are not installed: nox -s docs has them")

# What a browser fetches by itself. A link that a reader may click, <a href>, is not in it.
_FETCHED = {
    ("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"),
    ("video", "src"), ("object", "data"), ("embed", "src"), ("use", "href"), ("image", "href"),
}  # fmt: skip
_URL_IN_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?([^'\")\s]+)")
_LETTERS = {".html", ".css", ".js", ".json", ".xml", ".ipynb", ".svg"}


class _Page(HTMLParser):
    """Collects the addresses that a page fetches or links, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.fetched, self.linked, self.anchors = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if (tag, name) in _FETCHED:
                self.fetched.append(value or "")
            elif (tag, name) == ("a", "href"):
                self.linked.append(value or "")
            elif name in {"id", "name"}:
                self.anchors.add(value)
            elif name == "style":
                self.fetched += _URL_IN_STYLE.findall(value or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site once, where every warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    """Return the site's pages, parsed."""
    return {path: _Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def _is_elsewhere(address):
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def test_every_page_is_built(pages, site):
    """Each page and each notebook of the documentation is a page of the site."""
    docs = ROOT / "docs"
    sources = [path for kind in ("*.md", "*.ipynb") for path in docs.rglob(kind)]
    expected = {site / path.relative_to(docs).with_suffix(".html") for path in sources}
    assert expected
    assert expected - set(pages) == set()


def test_every_public_name_has_its_place(site):
    """The site's inventory has every public name of every room."""
    lines = zlib.decompress((site / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode()
    known = {line.split()[0] for line in lines.splitlines()}
    assert len(ROOMS) > 5
    for room in ROOMS:
        for name in public_names(import_module(room)):
            assert {f"{room}.{name}", f"{room}.{name}.{name}"} & known, f"{room}.{name}"


def test_nothing_is_fetched(pages, site):
    """No page and no style asks for a script, a style, a font or an image from elsewhere."""
    for path, page in pages.items():
        assert [one for one in page.fetched if _is_elsewhere(one)] == [], path.name
    for path in site.rglob("*.css"):
        urls = _URL_IN_STYLE.findall(path.read_text("utf-8"))
        assert [one for one in urls if _is_elsewhere(one)] == [], path.name
    # the theme would fetch a script for diagrams, but on pages with diagrams only
    assert not any('class="mermaid"' in path.read_text("utf-8") for path in pages)


def test_links_within_the_site_lead_somewhere(pages, site):
    """Each link to a page of the site finds the page and its anchor, as does what is fetched."""
    for path, page in pages.items():
        if path.name == "404.html":
            continue
        for address in {*page.linked, *page.fetched}:
            parts = urlsplit(address)
            if _is_elsewhere(address) or parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), f"{path.name}: {address}"
            if parts.fragment and target in pages and parts.fragment != "__skip":
                assert unquote(parts.fragment) in pages[target].anchors, f"{path.name}: {address}"


def test_no_machine_is_named(site):
    """The site holds no path of the machine or the user that built it."""
    for path in site.rglob("*"):
        if path.suffix in _LETTERS:
            text = path.read_text("utf-8")
            for name in (str(ROOT), sys.prefix, str(Path.home()) + "/"):
                assert name not in text, f"{path.name}: {name}"


def test_notebooks_were_run(site):
    """A notebook's page shows the output of its cells, without a script."""
    for notebook in (ROOT / "docs").rglob("*.ipynb"):
        page = site / notebook.relative_to(ROOT / "docs").with_suffix(".html")
        text = page.read_text("utf-8")
        assert text.count('class="output"') > 0
        article = text[text.index("<article") : text.index("</article>")]
        assert "<script" not in article


def test_the_search_works_from_a_disk(site, tmp_path, monkeypatch):
    """A page that is opened as a file finds a word, in a browser without a network."""
    chromium = next(filter(None, map(which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        pytest.skip("Chromium is not installed")
    page = f"{(site / 'index.html').as_uri()}?q=mailmap"
    monkeypatch.delenv("TMPDIR")  # Chromium's socket is in it, and its path may have 107 bytes
    run = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--virtual-time-budget=20000", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         page],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    links = re.findall(r"<a[^>]*md-search-result__link[^>]*>", run.stdout)
    assert any("people.html" in link for link in links), links[:5]
