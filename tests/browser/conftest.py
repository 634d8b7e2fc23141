"""Chromium, driven by Playwright; without either, these tests are skipped."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    if "KVMINBOX_AXE" not in os.environ:  # its event loop would stay for the tests that come after
        pytest.skip("`nox -s browser` runs these, apart from others")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A page that was opened from a file, with all that it said and asked for."""

    def __init__(self, page, path):
        self.page, self.said, self.asked, self.refused = page, [], [], {}
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._refuse)
        page.goto(path.as_uri())

    def _refuse(self, request):
        self.refused[request.url] = request.failure


@pytest.fixture
def open_page(browser, tmp_path):
    """Write a page to a file and open it there; in a width and a theme."""
    opened = []

    def open_page(text, *, width=1200, theme="light", script=True):
        path = tmp_path / f"page-{len(opened)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, java_script_enabled=script
        )
        opened.append(context)
        return Opened(context.new_page(), path)

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core."""
    path = os.environ.get("KVMINBOX_AXE")
    if path is None:
        pytest.skip("KVMINBOX_AXE names no file of axe-core; `nox -s browser` gets one")
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture
def find_faults(axe):
    """Return what axe finds wrong on a page: its rules and the elements."""

    def find_faults(page):
        page.evaluate(axe)  # by the debugger, which no policy of the page holds back
        found = page.evaluate("axe.run()")
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]

    return find_faults
