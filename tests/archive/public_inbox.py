"""Runs public-inbox itself (Debian's package), to have inboxes that it wrote, and its word on them.

What it does with a mail is compared with what we read; none of its text is here.
"""

import os
import shutil
import subprocess
from typing import NamedTuple

import pytest

ADDRESS = "list@wood.example"

# steps on standard input: what to do, how many bytes follow, the bytes
WRITE = """
use strict; use warnings;
use PublicInbox::Eml; use PublicInbox::InboxWritable;
my ($folder, $version, $rotate) = @ARGV;
my $inbox = PublicInbox::InboxWritable->new({
    inboxdir => $folder, name => 'wood', version => $version,
    address => ['list@wood.example'], -primary_address => 'list@wood.example',
    indexlevel => 'basic', -no_fsync => 1 });
my $importer = $inbox->importer(0);
$importer->{rotate_bytes} = $rotate if $rotate;
binmode STDIN;
while (defined(my $line = <STDIN>)) {
    my ($what, $size) = split / /, $line;
    read(STDIN, my $raw, $size) == $size or die 'the mail ends too early';
    $importer->$what(PublicInbox::Eml->new(\\$raw));
}
$importer->done;
"""

# every mail that it shows: number, blob, Message-ID
SHOW = """
use strict; use warnings;
use PublicInbox::Inbox;
my $inbox = PublicInbox::Inbox->new({ inboxdir => $ARGV[0], version => $ARGV[1] });
my ($over, $last) = ($inbox->over, 0);
while (1) {
    my $found = $over->query_xover($last + 1, $last + 1000);
    last unless @$found;
    for my $mail (@$found) {
        print join("\\t", @$mail{qw(num blob mid)}), "\\n";
        $last = $mail->{num};
    }
}
"""


class Shown(NamedTuple):
    """One mail that public-inbox shows."""

    number: int
    blob: str
    message_id: str


class PublicInbox:
    """An inbox that public-inbox makes and writes, and its commands."""

    def __init__(self, folder, version, *options, made=True):
        if shutil.which("public-inbox-init") is None or shutil.which("perl") is None:
            pytest.skip("public-inbox is not installed (Debian's package public-inbox)")
        self.home, self.folder, self.version = folder / "home", folder / "wood", version
        (self.home / "emergency").mkdir(parents=True)
        self.environment = {
            **os.environ, "HOME": str(self.home), "PI_CONFIG": str(self.home / "config"),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "ORIGINAL_RECIPIENT": ADDRESS, "PI_EMERGENCY": str(self.home / "emergency"),
            "LC_ALL": "C",
        }  # fmt: skip
        words = ("-L", "basic", *options, "wood", self.folder, "https://wood.example/", ADDRESS)
        if made:
            self("init", f"-V{version}", *words)
        setting = ("config", "-f", self.environment["PI_CONFIG"], "publicinboxmda.spamcheck")
        self._run(["git", *setting, "none"])

    def _run(self, command, text=b"", **more):
        words = [str(word) for word in command]
        environment = {**self.environment, **more}
        run = subprocess.run(words, input=text, capture_output=True, env=environment, timeout=600)
        assert run.returncode == 0, run.stderr.decode(errors="replace")
        return run.stdout

    def __call__(self, name, *arguments, text=b"", **more):
        """Run `public-inbox-NAME`; give what it prints."""
        return self._run([f"public-inbox-{name}", *arguments], text, **more)

    def write(self, *steps, rotate=0):
        """Let its importer take steps: ("add", mail) or ("remove", mail), one commit each."""
        text = b"".join(b"%s %d\n%s" % (what.encode(), len(raw), raw) for what, raw in steps)
        self._run(["perl", "-e", WRITE, self.folder, self.version, rotate], text)
        if self.version == 1:
            self("index", "-L", "basic", self.folder)

    def add(self, *mails, rotate=0):
        """Let its importer take mails."""
        self.write(*(("add", raw) for raw in mails), rotate=rotate)

    def show(self):
        """Return what it shows of the inbox, in its order."""
        text = self._run(["perl", "-e", SHOW, self.folder, self.version]).decode()
        rows = [line.split("\t") for line in text.splitlines()]
        return [Shown(int(number), blob, identity) for number, blob, identity in rows]

    def epochs(self):
        """Return the folders of its repositories, the oldest first."""
        if self.version == 1:
            return [self.folder]
        return sorted((self.folder / "git").glob("*.git"), key=lambda path: int(path.stem))
