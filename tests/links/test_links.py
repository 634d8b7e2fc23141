"""What a mail's own words point to."""

import pytest

from kvminbox.inbox import MailCorpus
from kvminbox.links import find_links, parse_links
from tests.mails import MORNING, read_made
from tests.remarks.remark_mails import BLINK_DIFF, patch_text
from tests.upstream.trees import Maker

OTHER = "0-1@other.example"


def mail(text, subject="About lamps", identity="1@doe.example", **more):
    """Return a mail that arrived."""
    return read_made(subject, text, ids=[identity], arrived=MORNING, name=identity, **more)


def told(text, **more):
    """Return kind, role and target of a mail's links."""
    return [(link.kind, link.role, link.target) for link in parse_links(mail(text, **more))]


@pytest.mark.parametrize(
    ("text", "kind", "role", "target"),
    [
        (f"See https://lore.kernel.org/kvm/{OTHER}/ for it.", "mail", "mention", OTHER),
        (f"See https://lore.kernel.org/r/{OTHER}/T/#u.", "mail", "mention", OTHER),
        ("(https://lore.kernel.org/all/a%2Bb%40other.example/)", "mail", "mention",
         "a+b@other.example"),
        (f"https://patch.msgid.link/{OTHER}", "mail", "mention", OTHER),
        (f"https://lkml.kernel.org/r/{OTHER}", "mail", "mention", OTHER),
        (f"Link: https://lore.kernel.org/r/{OTHER}", "mail", "link", OTHER),
        (f"Closes: https://lore.kernel.org/r/{OTHER}", "mail", "closes", OTHER),
        (f"Depends-on: https://lore.kernel.org/r/{OTHER}", "mail", "prerequisite", OTHER),
        (f"Based-on: <{OTHER}>", "mail", "prerequisite", OTHER),
        (f"Supersedes: <{OTHER}>", "mail", "supersedes", OTHER),
        (f"This depends on\nhttps://lore.kernel.org/r/{OTHER}", "mail", "builds_on", OTHER),
        (f"Message-ID: <{OTHER}>", "mail", "mention", OTHER),
        ("Closes: https://bugzilla.kernel.org/show_bug.cgi?id=217", "bug", "closes",
         "bugzilla.kernel.org#217"),
        ("https://syzkaller.appspot.com/bug?extid=0123456789abcdef0123", "syzbot", "mention",
         "0123456789abcdef0123"),
        ("Reported-by: syzbot+0123456789abcdef0123@syzkaller.appspotmail.com", "syzbot", "mention",
         "0123456789abcdef0123"),
        ("#regzbot introduced: 0123456789ab", "regzbot", "mention", "introduced: 0123456789ab"),
        ("It is cve-2024-12345.", "cve", "mention", "CVE-2024-12345"),
        ("https://www.example.org/lamps).", "url", "mention", "https://www.example.org/lamps"),
        ('Fixes: 0123456789ab ("lamp: blink")', "commit", "fixes", "0123456789ab"),
        ("Since commit 0123456789ab it blinks.", "commit", "mention", "0123456789ab"),
        ("commit 0123456789abcdef0123456789abcdef01234567 upstream.", "commit", "upstream",
         "0123456789abcdef0123456789abcdef01234567"),
        ("[ Upstream commit 0123456789ab ]", "commit", "upstream", "0123456789ab"),
        ("(cherry picked from commit 0123456789ab)", "commit", "cherry_pick", "0123456789ab"),
        ("This reverts commit 0123456789ab.", "commit", "reverts", "0123456789ab"),
    ],
)  # fmt: skip
def test_a_link_is_read(text, kind, role, target):
    """Its kind, what the text says of it, and what it names; and nothing else."""
    assert told(f"Hello.\n\n{text}\n\nBye.\n") == [(kind, role, target)]


@pytest.mark.parametrize(
    "text",
    [
        f"> https://lore.kernel.org/r/{OTHER}", "> Fixes: 0123456789ab", "commit 20240501 came.",
        "commit defaced", "CVE-24-1", "https://", "http://[", "ask ada at silicon.example",
        "the commit is 0123456789ab",
    ],
)  # fmt: skip
def test_what_is_no_link(text):
    """A quote is somebody else's words; a date is no commit."""
    assert told(f"Hello.\n\n{text}\n\nBye.\n", subject="Re: lamps") == []


def test_the_title_of_a_commit_is_kept():
    """Also where it is wrapped over two lines."""
    (link,) = parse_links(mail('Since commit 0123456789ab ("lamp: blink\nless often") it does.\n'))
    assert (link.title, link.target) == ("lamp: blink less often", "0123456789ab")


def test_a_patch_states_its_base_and_prerequisites():
    """As git and b4 write them below the diff; the diff itself holds no links."""
    diff = BLINK_DIFF.replace(
        "int blinks_of_this_lamp;", "/* https://www.example.org/in-the-code */"
    )
    tail = (
        "base-commit: 0123456789abcdef0123456789abcdef01234567\n"
        "prerequisite-patch-id: 89abcdef0123456789abcdef0123456789abcdef\n"
        "prerequisite-message-id: <0-1@other.example>\n"
        "prerequisite-change-id: 20250303-lamp-0123456789ab:v2\n"
    )
    text = patch_text("Count them.\n---\n", diff).replace("-- \n", f"{tail}-- \n")
    assert told(text, subject="[PATCH] lamp: count") == [
        ("commit", "base", "0123456789abcdef0123456789abcdef01234567"),
        ("patch_id", "prerequisite", "89abcdef0123456789abcdef0123456789abcdef"),
        ("mail", "prerequisite", "0-1@other.example"),
        ("change_id", "prerequisite", "20250303-lamp-0123456789ab:v2"),
    ]


class Corpus(MailCorpus):
    """Some mails."""

    base = tip = ""

    def __init__(self, *mails):
        self._mails = mails

    def messages(self, *, progress=None):
        """Yield them."""
        return iter(self._mails)


def test_links_are_resolved_in_the_corpus():
    """A mail that is there, one that is not, and `<user@host>`, which counts only as a mail."""
    text = (
        "https://lore.kernel.org/r/1@doe.example\nhttps://lore.kernel.org/r/lost@doe.example\n"
        "<2@doe.example> and <jane@doe.example>\nCVE-2024-12345\n"
    )
    found = find_links(Corpus(mail("One."), mail("Two.", identity="2@doe.example"),
                              mail(text, identity="3@doe.example")))  # fmt: skip
    assert [(link.target, link.resolved) for link in found] == [
        ("1@doe.example", True), ("lost@doe.example", False), ("2@doe.example", True),
        ("CVE-2024-12345", None),
    ]  # fmt: skip


def test_commits_are_looked_up_in_a_tree(tmp_path):
    """One that the tree has, in short, one that it lacks, and one without a tree."""
    tree = Maker(tmp_path / "tree")
    text = f'Fixes: {tree.root[:12]} ("timer: begin")\n\nSince commit {"0" * 11}1 it blinks.\n'
    corpus = Corpus(mail(text))
    found = list(find_links(corpus, tree=tree.open()))
    assert [(link.role, link.resolved, link.commit) for link in found] == [
        ("fixes", True, tree.root), ("mention", False, None),
    ]  # fmt: skip
    assert {(link.resolved, link.commit) for link in find_links(corpus)} == {(None, None)}


FLOODS = {
    "urls": "https://lore.kernel.org/r/1@x \n", "one url": "https://" + "a" * 30,
    "ids": "<1@x>\n", "fixes": "Fixes: 0123456789ab\n", "commits": 'commit 0123456789ab ("a\n',
    "cves": "CVE-2024-12345 ", "labels": "Link: Link: Link:\n", "brackets": "((((((((",
    "words": "depends on based on ", "percent": "https://lore.kernel.org/%40%40%40%40\n",
}  # fmt: skip


@pytest.mark.parametrize("text", FLOODS.values(), ids=FLOODS)
def test_floods_of_links_are_linear(text, assert_linear):
    """However often and however long, each is looked at once."""
    assert_linear(parse_links, lambda size: mail(text * (size // len(text))), counted=60_000)
