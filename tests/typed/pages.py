"""The Python of the pages, as type checkers read what a reader has copied.

`python -m tests.typed.pages FOLDER` writes one module for each page, whose blocks go on from
each other; `nox -s lint` gives them to mypy and pyright.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "tutorials").glob("*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]
_PYTHON = re.compile(r'^```python(?: title="([\w./-]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_PYRIGHT = {
    "pythonVersion": "3.11",
    "reportMissingImports": False,  # data frames and notebooks are not installed for `lint`
    "reportMissingModuleSource": False,
}


def write_modules(folder: Path) -> list[Path]:
    """Write the modules, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for page in PAGES:
        text = page.read_text("utf-8")
        if not _PYTHON.search(text):
            continue
        lines = [""] * (text.count("\n") + 1)  # each line keeps its number
        for block in _PYTHON.finditer(text):
            if block[1]:  # a file of that name
                made.append(folder / block[1])
                made[-1].write_text(block[2], "utf-8")
                continue
            first = text.count("\n", 0, block.start(2))
            code = block[2].split("\n")[:-1]
            lines[first : first + len(code)] = code
        name = page.relative_to(ROOT).with_suffix("").as_posix()
        module = folder / f"{re.sub(r'[^a-z0-9]', '_', name.lower())}.py"
        module.write_text("\n".join(lines), "utf-8")
        made.append(module)
    (folder / "pyrightconfig.json").write_text(json.dumps(_PYRIGHT), "utf-8")
    return made


if __name__ == "__main__":
    for written in write_modules(Path(sys.argv[1])):
        print(written)
