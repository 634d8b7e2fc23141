"""Hostile strings in files that a user names, and in an archive's own files and names."""

import itertools
import re

import pytest

from kvminbox import Inbox, KvminboxError
from kvminbox.cli import main
from kvminbox.people import parse_employers, parse_mailmap
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.archive.git_archive import Archive
from tests.hostile.hostile_families import CORPUS
from tests.hostile.live_text import find_live

FILES = {
    "mailmap": "{line} <a@a.example> <b@b.example>\n{line}\n",
    "mailmap-of-lines": "{text}\n",
    "employers": "EmailMap {line}\n{line} {line}\n",
    "employers-of-lines": "{text}\n",
    "maintainers": "\n{line}\nM:\t{line} <a@a.example>\nF:\tvirt/{line}\nN:\t{line}\n",
    "maintainers-of-lines": "\n{text}\nF:\t*\n{text}\n",
    "template": "{text}{{% for row in result.rows %}}{{{{ row.text }}}}{line}\n{{% endfor %}}",
    "template-that-asks": "{{{{ result.{line} }}}}{{{{ '{line}' }}}}",
}
OPTIONS = {"mailmap": "--mailmap=", "employers": "--employers=", "maintainers": "--maintainers=",
           "template": "--template=authors="}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The command that reports on the sample by people and subsystems."""
    sample = str(make_sample(tmp_path_factory.mktemp("sample")))
    return ["report", sample, "..".join(SAMPLE_RANGE), "--sections=authors,subsystems"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.interop) for part in (1, 2, 3))]
)
def test_a_hostile_file_is_used_or_refused_safely(capsys, tmp_path, report, part):
    """A hostile line in a mailmap, employer map, MAINTAINERS or template is shown harmlessly."""
    texts = list(CORPUS.values())[part::4]
    for (name, form), text in zip(itertools.cycle(FILES.items()), texts, strict=False):
        path = tmp_path / "file"
        line = re.sub(r"[\r\n]|/dev/tty", " ", text)
        path.write_bytes(form.format(text=text, line=line).encode("utf-8", "surrogatepass"))
        code = main([*report, f"{OPTIONS[name.partition('-')[0]]}{path}"])
        printed = capsys.readouterr()
        assert not find_live(printed.out + printed.err), (name, ascii(text))
        assert (code, printed.err == "") in {(0, True), (2, False)}
        assert printed.err.count("\n") == (code == 2), (name, printed.err)


def test_maps_are_shown_safely():
    """The `repr` of a mailmap and of an employer map is safe."""
    for text in CORPUS.values():
        line = re.sub(r"[\r\n]", " ", text)
        for make in (
            lambda line: parse_mailmap(f"{line} <a@a.example> <b@b.example>\n"),
            lambda line: parse_employers(f"a.example {line}\n"),
        ):
            try:
                shown = repr(make(line))
            except KvminboxError as error:
                shown = str(error)
            assert not find_live(shown), ascii(text)


NAMES = [re.sub(r"[\0/]", "_", text)[:60] for text in CORPUS.values()]
FILE_NAMES = [name for name in NAMES if name.strip(". ") and not re.search("[\ud800-\udfff]", name)]


def _make_odd(folder, name, number):
    """Make an archive with a name in one place: a branch, a tag, a tree, or a file of git."""
    archive = Archive(folder / f"{number}.git")
    archive.add(1)
    refs = archive.path / "refs"
    if number % 4 == 0:
        (refs / "heads" / name).write_text(archive.last[:11])
        (archive.path / "HEAD").write_text(f"ref: refs/heads/{name}\n")
    elif number % 4 == 1:
        (refs / "tags" / name).write_text(f"{archive.last}\n")
    elif number % 4 == 2:
        archive.commit({name: ("120000", archive.blob(name.encode())), "m": ("120000", "1" * 40)})
    else:
        (archive.path / "config").write_text(f"[core]\n\t{name} = {name}\n[{name}")
    return archive.path


@pytest.mark.slow
def test_a_hostile_archive_is_refused_safely(capsys, tmp_path):
    """Hostile branches, tags, file names and configuration of an archive are shown harmlessly."""
    codes = set()
    for number, name in enumerate(FILE_NAMES[::6]):
        path = _make_odd(tmp_path, name, number)
        for more in ([], ["--on-problem=tell"]):
            codes.add(
                main(["update", str(path), f"..{'HEAD' if number % 4 != 1 else name}", *more])
            )
            printed = capsys.readouterr()
            assert not find_live(printed.out + printed.err), ascii(name)
            assert printed.err.count("\n") <= 2, printed.err
        try:
            assert not find_live(repr(Inbox.open(path)))
        except KvminboxError as error:
            assert not find_live(str(error))
    assert codes == {0, 2}
