"""Links to files outside the documentation, such as sources, become plain text."""

import re
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

_LINK: Final = re.compile(r"\[([^\]\n]+)\]\((\.\./[^)\s#]+)[^)\s]*\)")


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:  # noqa: ANN401
    """Remove such links; a link to a missing file stays, and stops the build."""
    docs = Path(config.docs_dir).resolve()
    folder = (docs / page.file.src_uri).parent

    def unlink(link: re.Match[str]) -> str:
        target = (folder / link[2]).resolve()
        return link[0] if target.is_relative_to(docs) or not target.exists() else link[1]

    return _LINK.sub(unlink, markdown)
