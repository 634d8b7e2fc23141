"""The fields in which kvminbox and git differ on a mail."""

FIELDS = ("author", "title", "message", "numstat", "patch-id")
DAMAGE = {"diff-damaged", "diff-unsupported", "diff-oversized", "flowed-not-stuffed"}
"""The defects that tell a reader not to trust a mail's numbers."""


def find_differences(message, git):
    """Return the names of the fields in which a patch of ours differs from git's reading."""
    same = {
        "author": (as_git_author(message.author) == (git.name, git.email)),
        "title": message.title == git.title,
        "message": message.commit_message == git.message.strip("\n").rstrip(),
        "numstat": git.numstat is None or numstat_of(message) == sorted(git.numstat),
        "patch-id": message.patch_id() == git.patch_id,
    }
    return [field for field in FIELDS if not same[field]]


def as_git_author(address):
    """Return a name and an address as git words them.

    Git puts the address for a name that is empty, longer than 60 bytes, or that
    holds `@`, `<` or `>`.
    """
    name = address.name
    if not name or len(name.encode()) > 60 or set(name) & set("@<>"):
        name = address.email
    return name, address.email


def numstat_of(message):
    """Return the counts of each file of a patch, in one order."""
    files = message.diffstat.files
    return sorted((change.path, change.insertions, change.deletions) for change in files)


def is_silent(message):
    """Whether no defect says that the counts of a mail are in doubt."""
    return not any(defect.code in DAMAGE for defect in message.defects)
