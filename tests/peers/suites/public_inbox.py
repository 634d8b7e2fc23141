"""The ids and references that public-inbox finds in its own samples."""

import json
import subprocess

from kvminbox import read_message

ASK = r"""
use strict;
use JSON::PP;
use PublicInbox::Eml;
use PublicInbox::MID qw(mids references);
for my $path (@ARGV) {
    open my $file, '<:raw', $path or die;
    my $mail = PublicInbox::Eml->new(do { local $/; <$file> });
    print encode_json({ ids => mids($mail), references => references($mail) }), "\n";
}
"""


def compare_ids(folder):
    """Yield each sample and the fields in which ours differ from public-inbox's own modules."""
    paths = sorted((folder / "t").rglob("*.eml"))
    run = subprocess.run(
        ["perl", "-e", ASK, *map(str, paths)], capture_output=True, text=True, check=True
    )
    for path, line in zip(paths, run.stdout.splitlines(), strict=True):
        ours, theirs = read_message(path.read_bytes()), json.loads(line)
        ids = [ours.message_id, *ours.other_message_ids] if ours.message_id else []
        known = [*ours.references, *ours.in_reply_to]
        found = {
            "ids": ids != theirs["ids"],
            "references": set(known) != set(theirs["references"]),
        }
        yield f"{path.name} ids", [field for field, differs in found.items() if differs]
