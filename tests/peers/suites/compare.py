"""All comparisons with each suite: `python -m tests.peers.suites.compare FOLDER` prints them."""

import shutil
import sys
import tomllib
from pathlib import Path

from kvminbox import read_message
from tests.peers.suites import b4, git, liblore, patchew, patchwork, public_inbox, sashiko
from tests.peers.suites.reading import compare_diff, compare_mail, find_texts, split_mbox

REVIEWED = tomllib.loads(Path(__file__).with_name("reviewed.toml").read_text("utf-8"))
FACTS = REVIEWED["facts"]


def compare_suite(name, folder):
    """Return the differing fields of each case of a suite, by file and what was compared."""
    return dict(SUITES[name](folder))


def list_reviewed(name):
    """Return the differences of a suite that the reviewed list holds."""
    return {
        case: one["fields"]
        for one in REVIEWED["difference"]
        if one["suite"] == name
        for case in one["cases"]
    }


def _patchwork(folder):
    yield from patchwork.run_tests(folder)
    data = folder / "patchwork/tests/data"
    yield from _mails(sorted((data / "mail").glob("*.mbox")))
    yield from _mails(sorted((data / "series").glob("*.mbox")))
    for path in sorted((data / "fuzz").glob("*.mbox")):
        defects = {defect.code for defect in read_message(path.read_bytes()).defects}
        # a mail of a file always comes with its line `From `
        yield f"{path.name} defects", [] if defects - {"header-junk-before"} else ["silent"]
    yield from _texts(folder, "patchwork/tests/**/*.py")
    yield from _diffs(folder, "patchwork/tests/**/*.patch")


def _b4(folder):
    yield from b4.compare_tags(folder)
    yield from b4.compare_commits(folder)
    yield from b4.compare_covers(folder, FACTS["b4"])
    yield from _mails(sorted((folder / "src/tests/samples").glob("*.mbox")))
    yield from _texts(folder, "src/tests/*.py")


def _liblore(folder):
    yield from liblore.run_tests(folder)
    yield from _texts(folder, "tests/*.py")


def _patchew(folder):
    yield from patchew.compare_facts(folder, FACTS["patchew"])
    for path in sorted((folder / "tests/data").glob("*.gz")):
        if ".json" not in path.name:
            for number, raw in enumerate(patchew.read_mails(path), 1):
                yield f"{path.name} {number}", compare_mail(raw)
    yield from _texts(folder, "tests/*.py")


def _sashiko(folder):
    yield from sashiko.compare_facts(folder)
    yield from _texts(folder, "src/**/*.rs")
    yield from _texts(folder, "tests/*.rs")


def _go_gitdiff(folder):
    yield from _diffs(folder, "gitdiff/testdata/**/*.patch")
    yield from _texts(folder, "gitdiff/*_test.go")


def _git(folder):
    yield from git.compare_samples(folder)
    yield from _texts(folder, "t/*.sh")


def _public_inbox(folder):
    if shutil.which("public-inbox-index"):
        yield from public_inbox.compare_ids(folder)
    for path in sorted((folder / "t").rglob("*.eml")):
        yield f"{path.name} git", compare_mail(path.read_bytes())
    yield from _diffs(folder, "t/**/*.patch")
    yield from _texts(folder, "t/*.t")


SUITES = {
    "b4": _b4,
    "git": _git,
    "go-gitdiff": _go_gitdiff,
    "liblore": _liblore,
    "patchew": _patchew,
    "patchwork": _patchwork,
    "public-inbox": _public_inbox,
    "sashiko": _sashiko,
}


def _mails(paths):
    for path in paths:
        for number, raw in enumerate(split_mbox(path, "-b"), 1):
            yield f"{path.name} {number}", compare_mail(raw)


def _diffs(folder, pattern):
    for path in sorted(folder.glob(pattern)):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        yield f"{path.name} git", compare_diff(text)


def _texts(folder, pattern):
    """Compare what the source files of a suite hold as strings and here-documents."""
    for path in sorted(folder.glob(pattern)):
        for number, (kind, data) in enumerate(find_texts(path), 1):
            differs = (
                compare_mail(data)
                if kind == "mail"
                else compare_diff(data.decode("utf-8", "surrogateescape"))
            )
            yield f"{path.name} {kind}-{number}", differs


def main(folder):
    for name in SUITES:
        cases = compare_suite(name, Path(folder) / name)
        differing = {case: fields for case, fields in cases.items() if fields}
        files = {case.split(" ")[0] for case in cases}
        equal = len(cases) - len(differing)
        print(f"{name}: {len(files)} files, {len(cases)} compared, {equal} equal")
        for case in differing:
            known = list_reviewed(name).get(case) == differing[case]
            print("  " + ("reviewed" if known else "NEW"), case, *differing[case])


if __name__ == "__main__":
    main(*sys.argv[1:])
