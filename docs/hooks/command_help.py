"""Each `help` block of a page holds commands; the site shows them with their output."""

import re
import shlex
import subprocess
import sys
from typing import Any, Final

_BLOCK: Final = re.compile(r"^```help\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401  # MkDocs' own protocol
    """Insert the output of the commands."""
    return _BLOCK.sub(lambda block: "\n\n".join(map(_show, block[1].splitlines())), markdown)


def _show(command: str) -> str:
    words = shlex.split(command)
    if not words or words[0] != "kvminbox":
        raise ValueError(f"it is no command of kvminbox: {command!r}")
    run = subprocess.run(  # noqa: S603  # a page of ours says which
        [sys.executable, "-m", *words], capture_output=True, text=True, check=True,
        env={"COLUMNS": "88", "NO_COLOR": "1", "PATH": ""},
    )  # fmt: skip
    return f"```text\n$ {command}\n{run.stdout}```"
