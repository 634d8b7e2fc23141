"""What `git am` makes of one mail of an mbox for it: no more than we read, or a defect tells."""

import pytest

from kvminbox import read_message
from kvminbox.mbox import write_mbox
from tests.interop.git_reading import run_git

HEAD = (
    "From: Ida Birch <ida@wood.example>\nSubject: [PATCH] lamp: light\n"
    "Date: Wed, 1 May 2024 10:00:00 +0000\nMessage-ID: <1@wood.example>\n"
)
TEXT = "Content-Type: text/plain"


def change(path):
    """Return a diff that adds a line to a file."""
    lines = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
    return lines + "@@ -1,2 +1,3 @@\n on\n+new\n off\n"


def create(path, text="x", mode="100644"):
    """Return a diff that creates a file."""
    lines = f"diff --git a/{path} b/{path}\nnew file mode {mode}\n--- /dev/null\n+++ b/{path}\n"
    return lines + f"@@ -0,0 +1 @@\n+{text}\n"


PATCH = f"Why.\n---\n{change('lamp')}"
OLD = change("desk").partition("\n")[2]


def plain(text, headers=""):
    """Return a mail of one text."""
    return f"{HEAD}{headers}\n{text}"


def parts(*each, kind="mixed"):
    """Return a mail of parts, each a header and its content."""
    held = "".join(f"--B\n{header}\n\n{content}\n" for header, content in each)
    return f'{HEAD}Content-Type: multipart/{kind}; boundary="B"\n\n{held}--B--\n'


SAME = {  # both have the same paths, author and title
    "one diff": plain(PATCH),
    "a diff below the signature": plain(f"{PATCH}-- \n2.43.0\n\n{change('desk')}"),
    "a diff far below": plain(f"{PATCH}-- \n2.43.0\n" + "\n" * 500 + change("desk")),
    "a diff above the separator": plain(f"Why.\n\n{change('desk')}---\n{change('lamp')}"),
    "a diff without a git line": plain(f"{PATCH}-- \n2.43.0\n\n{OLD}"),
    "a diff in the notes": plain(f"Why.\n---\n{OLD}{change('lamp')}"),
    "two texts": parts((TEXT, PATCH), (TEXT, change("desk"))),
    "a symbolic link": plain(f"Why.\n---\n{create('link', '/etc/passwd', '120000')}"),
    "an in-body From": plain(f"From: Boss <boss@wood.example>\nSubject: dark\n\n{PATCH}"),
    "an escaped in-body From": plain(f">From: Boss <boss@wood.example>\n\n{PATCH}"),
    "a scissors line": plain(f"Talk.\n-- >8 --\nFrom: Boss <boss@wood.example>\n\n{PATCH}"),
    "a separator": plain(f"{PATCH}\nFrom a 12:34:562024\n{plain(change('desk'))}"),
    "a quoted path": plain(PATCH.replace("a/lamp b/lamp", r'"a/\154amp" "b/\154amp"')),
}
TOLD = {  # git applies or records something else, which a defect tells
    "an attached patch": (
        parts((TEXT, PATCH), ("Content-Type: text/x-patch\nContent-Disposition: attachment",
                              change("desk"))),
        "diff-in-attachment",
    ),
    "octets": (
        parts((TEXT, PATCH), ("Content-Type: application/octet-stream", change("desk"))),
        "diff-in-attachment",
    ),
    "an image": (
        parts((TEXT, PATCH), ('Content-Type: image/png; name="a.png"', change("desk"))),
        "diff-in-attachment",
    ),
    "HTML": (
        parts((TEXT, PATCH), ("Content-Type: text/html", f"<pre>\n{change('desk')}</pre>"),
              kind="alternative"),
        "diff-in-attachment",
    ),
    "a mail in the mail": (
        parts((TEXT, PATCH), ("Content-Type: message/rfc822", plain(change("desk")))),
        "diff-in-attachment",
    ),
    "an image beside an attached patch": (
        parts((TEXT, "Why."), ("Content-Type: application/octet-stream", change("lamp")),
              ("Content-Type: image/png", OLD)),
        "diff-in-attachment",
    ),
    "two senders": (plain(PATCH, "From: Eve <eve@wood.example>\n"), "header-repeated"),
    "two subjects": (plain(PATCH, "Subject: [PATCH] dark\n"), "header-repeated"),
}  # fmt: skip
REFUSED = {  # by git am
    "a path above the tree": plain(f"Why.\n---\n{create('../x')}"),
    "git's own folder": plain(f"Why.\n---\n{create('.git/hooks/pre-commit', mode='100755')}"),
    "git's own folder in capitals": plain(f"Why.\n---\n{create('.GIT/config')}"),
    "an absolute path": plain(f"Why.\n---\n{create('/x')}"),
    "a path through a link": plain(
        f"Why.\n---\n{create('link', '..', '120000')}{create('link/x')}"
    ),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a repository with two files, at the tag `base`."""
    directory = tmp_path_factory.mktemp("repository")
    run_git(directory, "init", "-q")
    for name in ("name", "email"):
        run_git(directory, "config", f"user.{name}", "x@wood.example")
    for name in ("lamp", "desk"):
        (directory / name).write_text("on\noff\n")
    run_git(directory, "add", ".")
    run_git(directory, "commit", "-q", "-m", "base")
    run_git(directory, "tag", "base")
    return directory


def apply_with_git(repository, raw):
    """Return the commits, and the paths, author and title of the last; None if git refuses."""
    run_git(repository, "reset", "-q", "--hard", "base")
    mbox = b"".join(write_mbox([raw.encode()], quote_all=False))
    if run_git(repository, "am", "-q", stdin=mbox) is None:
        run_git(repository, "am", "--abort")
        return None
    count = run_git(repository, "rev-list", "--count", "base..")
    paths = run_git(repository, "diff", "--name-only", "base").decode().split()
    author, title = run_git(repository, "log", "-1", "--format=%ae%n%s").decode().splitlines()
    return int(count), paths, author, title


def as_read(message):
    """Return the same as we read it."""
    paths = sorted(file.path for file in message.diffstat.files)
    return 1, paths, message.author.email, message.title


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_applied(repository, name):
    """One mail is one commit, with the paths, the author and the title that we read."""
    assert apply_with_git(repository, SAME[name]) == as_read(read_message(SAME[name].encode()))


@pytest.mark.parametrize("name", TOLD)
def test_a_defect_tells_what_git_does_otherwise(repository, name):
    """Where git applies or records something else, the mail has a defect that says so."""
    raw, code = TOLD[name]
    message = read_message(raw.encode())
    recorded = apply_with_git(repository, raw)
    assert recorded is not None
    assert recorded[0] == 1
    assert recorded != as_read(message)
    assert code in {defect.code for defect in message.defects}


@pytest.mark.parametrize("name", SAME)
def test_no_defect_without_another_diff(name):
    """A mail whose diffs are all counted has no such defect."""
    message = read_message(SAME[name].encode())
    assert "diff-in-attachment" not in {defect.code for defect in message.defects}


@pytest.mark.parametrize("name", REFUSED)
def test_git_refuses_what_leaves_the_tree(repository, name):
    """No mail writes outside the tree, or into git's own folder."""
    assert apply_with_git(repository, REFUSED[name]) is None


@pytest.mark.parametrize("path", ["../x", ".git/config", ".GIT/config", "a/.git", "GIT~1/x", "/x"])
def test_a_path_that_git_refuses_is_suspicious(path):
    """A path that git refuses on some system has a defect."""
    message = read_message(plain(f"Why.\n---\n{create(path)}").encode())
    assert "diff-path-suspicious" in {defect.code for defect in message.defects}
