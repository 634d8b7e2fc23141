"""Every error is one line and exit code 2, without a traceback."""

import stat

import pytest

from kvminbox.cli import main
from tests.archive.git_archive import Archive, git, mail
from tests.archive.nobody import as_nobody, folder_of_nobody, give_away


@pytest.fixture
def archive(tmp_path):
    """An archive of four mails."""
    archive = Archive(tmp_path / "0.git")
    for number in range(4):
        archive.add(number)
    return archive


@pytest.fixture
def refused(capsys):
    """Run a command that must fail; return its error."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = exit_.code
        printed = capsys.readouterr()
        assert code == 2, printed
        assert printed.out == ""
        assert printed.err.startswith("kvminbox: ")
        assert printed.err.count("\n") == 1
        assert printed.err[:-1].isprintable()
        return printed.err

    return run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("update", "HEAD~1..nowhere"), ["nowhere: no such revision", "git log"]),
        (("update", "nowhere..HEAD"), ["nowhere: no such revision", "N:REV"]),
        (("update", "..HED"), ["HED: no such revision", "did you mean HEAD?"]),
        (("update", "HEAD~2..maste"), ["maste: no such revision", "did you mean mas"]),
        (("update", "HEAD..HEAD~2"), ["is not an ancestor of", "older commit first"]),
        (("update", "HEAD..HEAD"), ["HEAD..HEAD: the range holds no commits", "two different"]),
        (("update", "HEAD.."), ["no commits"]),
        (("update", "HEAD"), ["HEAD: not a range", "BASE..TIP"]),
        (("update", "a...b"), ["not a range"]),
        (("update", ".."), ["not a range"]),
        (("update", ""), ["not a range"]),
        (("update", "HEAD~1..", "--since", "2023-01-01"), ["each choose a window"]),
        (("update", "--until", "2023-01-01"), ["--until needs --since"]),
        (("update", "HEAD~1..", "--until", "2023-01-01"), ["--until needs --since"]),
        (("update", "--since", "next tuesday"), ["next tuesday: not a valid date", "2025-08-01"]),
        (("update", "--since", ""), ["not a valid date"]),
        (
            ("update", "--since", "2023-11", "--until", "2023-11-01"),
            ["2023-11 to 2023-11-01: that time ends as it begins", "give a later one"],
        ),
        (("update", "--since", "2023-11", "--until", "2023-11", "--by", "date"), ["ends as it"]),
        (("update", "--since", "2023-01-01", "--until", "x"), ["x: not a valid date"]),
        (("update", "--week", "2025-W54"), ["2025-W54: not a valid week", "2025-W31"]),
        (("update", "--week"), ["1 week ago to now: no mail arrived"]),
        (("update", "--month", "2033-01"), ["2033-01-01 to 2033-02-01: no mail arrived"]),
        (("update", "--week", "--month"), ["each choose a window"]),
        (("update", "HEAD~1..", "--by", "date"), ["HEAD~1..: --by date needs a time", "--month"]),
        (("waiting", "--by", "size"), ["--by", "choose from: arrival, date"]),
        (
            ("update", "--since", "2033-01-01"),
            ["no mail arrived in that time; the mails here arrived", "--by date chooses by Date"],
        ),
        (
            ("update", "HEAD~1..", "--top", "0"),
            ["--top", "'0' is not a whole number of 1 or more", "--help"],
        ),
        (("update", "HEAD~1..", "--top", "-3"), ["--top", "--help"]),
        (("update", "HEAD~1..", "--top", "many"), ["'many' is not a whole number"]),
        (("update", "HEAD~1..", "--top", "9" * 5000), ["is not a whole number of 1 or more"]),
        (("update", "HEAD~1..", "--format", "pdf"), ["'pdf'", "markdown"]),
        (("update", "HEAD~1..", "--nonsense"), ["--nonsense", "--help"]),
        (("update", "--", "--all..HEAD"), ["--all: not a revision"]),
        (("update", "7:HEAD..HEAD"), ["epoch 7 is not here"]),
        (("update", "\x1b[2J..HEAD"), [r"\x1b[2J: no such revision"]),
        (("update", "\udcff..HEAD"), ["<U+DCFF>: no such revision"]),
    ],
    ids=lambda value: ascii(" ".join(value[1:]))[:30] if isinstance(value, tuple) else "",
)
def test_bad_arguments(archive, refused, arguments, words):
    """The error for a bad range, date, number or option says what, where and what to do."""
    command, *rest = arguments
    at = rest.index("--") + 1 if "--" in rest else 0
    said = refused(command, *rest[:at], archive.path, *rest[at:])
    for word in words:
        assert word in said


@pytest.mark.parametrize("arguments", [("nonsense",), ("update",)])
def test_no_command(refused, arguments):
    """An unknown command, or one without its path, is an error of one line."""
    assert "--help" in refused(*arguments)


def _no_such_path(archive):
    return archive.path / "nowhere", "no such file or directory; give an epoch"


def _no_inbox(archive):
    (archive.path.parent / "folder").mkdir()
    return archive.path.parent / "folder", "no git archive found there; give an epoch"


def _sha256(archive):
    path = archive.path.parent / "sha.git"
    git(path, "init", "-q", "--bare", "--object-format=sha256")
    return path, "SHA-256"


def _shallow(archive):
    path = archive.path.parent / "shallow.git"
    url = f"file://{archive.path}"
    git(archive.path, "clone", "-q", "--bare", "--depth=2", url, path)
    return path, "--unshallow"


def _partial(archive):
    path = archive.path.parent / "partial.git"
    git(archive.path, "config", "uploadpack.allowFilter", "true")
    url = f"file://{archive.path}"
    git(archive.path, "clone", "-q", "--bare", "--filter=blob:none", url, path)
    return path, "partial clone; clone it again in full"


def _missing_mail(archive):
    archive.file_of(archive.blob(mail(2))).unlink()
    return archive.path, "the object is missing; run `git fsck`"


def _truncated_mail(archive):
    file = archive.file_of(archive.blob(mail(2)))
    file.write_bytes(file.read_bytes()[:-1])
    return archive.path, "the loose object is truncated; run `git fsck`"


def _corrupt_mail(archive):
    archive.file_of(archive.blob(mail(2))).write_bytes(b"garbage")
    return archive.path, "the loose object is damaged"


def _missing_commit(archive):
    parent = git(archive.path, "rev-parse", "HEAD~1").decode().strip()
    archive.file_of(parent).unlink()
    return archive.path, f"{parent}: the object is missing; run `git fsck`"


def _truncated_pack(archive):
    pack = archive.pack()
    pack.chmod(0o644)
    pack.write_bytes(pack.read_bytes()[:-100])
    return archive.path, "is damaged or cut short: "


def _link_for_a_mail(archive):
    archive.commit({"m": ("120000", archive.blob(b"/etc/passwd"))})
    return archive.path, "which is not that of a regular file; leave out"


BROKEN = [
    _no_such_path,
    _no_inbox,
    _sha256,
    _shallow,
    _partial,
    _missing_mail,
    _truncated_mail,
    _corrupt_mail,
    _missing_commit,
    _truncated_pack,
    _link_for_a_mail,
]


@pytest.mark.parametrize("make", BROKEN, ids=lambda make: make.__name__.strip("_"))
def test_bad_archives(archive, refused, make):
    """The error for a damaged archive, or none, says where it is and what to do."""
    path, words = make(archive)
    said = refused("update", path, "..HEAD")
    assert words in said
    assert str(path.parent) in said or "commit " in said


@pytest.mark.parametrize(
    "make", [_missing_mail, _truncated_mail, _corrupt_mail, _link_for_a_mail, _partial],
    ids=lambda make: make.__name__.strip("_"),
)  # fmt: skip
def test_problems_can_be_skipped(archive, capsys, make):
    """With --on-problem the report covers the rest, and each problem is one line."""
    path, _ = make(archive)
    assert main(["update", str(path), "..HEAD", "--on-problem", "tell"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("From ")
    *lines, last = printed.err.splitlines()
    assert len(lines) == (4 if make is _partial else 1)
    assert all(line.startswith("kvminbox: left out: ") for line in lines)
    assert last.endswith("could not be read and are left out." if lines[1:] else "is left out.")
    assert f"{last.removeprefix('kvminbox: ')}\n" in printed.out


def test_another_users_archive(archive, refused, monkeypatch):
    """An archive of another user is refused with git's own cure."""
    give_away(archive.path, monkeypatch)
    assert f"safe.directory {archive.path}" in refused("update", archive.path, "..HEAD")


def test_an_unreadable_archive(refused):
    """The error for an unreadable archive says what to do."""
    with folder_of_nobody() as parent:
        archive = Archive(parent / "0.git")
        archive.add(1)
        command = ("update", str(archive.path), "..HEAD", "--output", str(parent / "report"))
        assert main(list(command)) == 0
        archive.path.chmod(0)
        with as_nobody(parent):
            said = refused("update", archive.path, "..HEAD")
        archive.path.chmod(0o700)
    assert "permissions" in said


def _is_folder(folder):
    return folder


def _in_missing_folder(folder):
    return folder / "missing" / "report.txt"


def _below_a_file(folder):
    (folder / "file").write_text("mine\n")
    return folder / "file" / "report.txt"


def _name_too_long(folder):
    return folder / ("x" * 300)


def _full_disk(folder):
    return "/dev/full"


OUTPUTS = [_is_folder, _in_missing_folder, _below_a_file, _name_too_long, _full_disk]


@pytest.mark.parametrize("make", OUTPUTS, ids=lambda make: make.__name__.strip("_"))
def test_output_that_cant_be_written(archive, tmp_path, refused, make):
    """A report that can't be written is an error, and no file is left behind."""
    folder = tmp_path / "out"
    folder.mkdir()
    path = make(folder)
    before = sorted(folder.rglob("*"))
    assert "can't be written (" in refused("update", archive.path, "..HEAD", "--output", path)
    assert sorted(folder.rglob("*")) == before


def test_output_without_a_name(archive, refused):
    """The error for an empty name says so."""
    assert "--output: no file is given" in refused("update", archive.path, "..HEAD", "--output", "")


def test_output_in_a_read_only_folder(refused):
    """A folder that is not writable is an error."""
    with folder_of_nobody() as parent:
        archive = Archive(parent / "0.git")
        archive.add(1)
        report = parent / "out" / "report"
        report.parent.mkdir()
        command = ("update", str(archive.path), "..HEAD", "--output", str(report))
        assert main(list(command)) == 0
        report.unlink()
        report.parent.chmod(0o500)
        with as_nobody(parent):
            said = refused(*command)
        report.parent.chmod(0o700)
    assert "Permission denied" in said


def test_output_is_whole_or_not_at_all(archive, tmp_path, refused, monkeypatch):
    """When writing fails half-way, the old report stays and no other file is left."""
    folder = tmp_path / "out"
    folder.mkdir()
    report = folder / "report.txt"
    report.write_text("the old one\n")

    def fail(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kvminbox.cli.output._copy_mode", fail)
    assert "No space left" in refused("update", archive.path, "..HEAD", "--output", report)
    assert report.read_text() == "the old one\n"
    assert list(folder.iterdir()) == [report]


def test_output_keeps_links_and_modes(archive, tmp_path, capsys):
    """A report replaces the old one and keeps its mode, through a link, too."""
    folder = tmp_path / "out"
    folder.mkdir()
    report, link = folder / "report.txt", folder / "link"
    report.write_text("the old one\n")
    report.chmod(0o640)
    link.symlink_to("report.txt")
    assert main(["update", str(archive.path), "..HEAD", "--output", str(link)]) == 0
    assert capsys.readouterr().out == ""
    assert link.is_symlink()
    assert report.read_text().startswith("From ")
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert sorted(folder.iterdir()) == [link, report]
