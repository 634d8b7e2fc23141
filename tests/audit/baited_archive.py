"""An archive whose mails name other files, commands and addresses in every place, and files."""

from kvminbox.archive import MailWriter

BAIT = "bait-that-nobody-opens"
"""The content of every file that the mails name: opening one opens this."""

PATHS = [
    f"/etc/{BAIT}", f"../../../../{BAIT}", f"~/{BAIT}", f"C:\\{BAIT}", f"file:///etc/{BAIT}",
    f"https://{BAIT}.example/x", f"|touch {BAIT}", f"$(touch {BAIT})", f"`touch {BAIT}`",
    f"-o{BAIT}", f".git/hooks/{BAIT}", f"/dev/shm/{BAIT}", f"\x1b]8;;{BAIT}\x07",
]  # fmt: skip

MAIL = """\
From: {path} <{n}@sample.example>
To: {path}
Subject: [PATCH] {path} x
Date: Tue, 5 Sep 2023 10:00:{n:02} +0200
Message-ID: <{n}@sample.example>
References: <{path}>
List-Id: <kvm.vger.kernel.org>
Content-Type: multipart/mixed; boundary=cut

--cut
Content-Type: text/plain; charset={path}

x {path}

Link: {path}
Reviewed-by: {path} <{path}>
Signed-off-by: {path} <{n}@sample.example>
---
 {path} | 2 +-

diff --git a/{path} b/{path}
--- {path}
+++ {path}
@@ -1 +1 @@
-a
+b
--cut
Content-Type: message/external-body; access-type=URL; url="{path}"; name="{path}"
Content-Disposition: attachment; filename="{path}"

begin 644 {path}
#0V%T
`
end
--cut--
"""


def make_archive(folder):
    """Write an archive; it has hooks and a configuration, which must not run."""
    path = folder / "0.git"
    writer = MailWriter(path)
    for number, bait in enumerate(PATHS):
        raw = MAIL.format(path=bait, n=number).encode()
        writer.add(raw, 1_700_000_000 + number)
        if number == len(PATHS) - 1:
            writer.delete(raw, 1_700_000_100)
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc"):
        hook = path / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {folder / BAIT}\n")
        hook.chmod(0o755)
    with (path / "config").open("a") as config:
        config.write(
            f"[core]\n\tfsmonitor = touch {folder / BAIT}\n\tpager = touch {folder / BAIT}\n"
            f'[diff]\n\texternal = touch {folder / BAIT}\n[remote "origin"]\n\turl = '
            f"ext::touch {folder / BAIT}\n[alias]\n\tlog = !touch {folder / BAIT}\n"
        )
    return path


def make_files(folder):
    """Write the files that the command `report` takes."""
    texts = {
        "mailmap": f"Ada <1@sample.example> {BAIT} <2@sample.example>\n",
        "gitdm": "EmailMap domains\n",
        "domains": f"sample.example {BAIT}\n",
        "maintainers": f"KVM\nM:\tAda <a@a.example>\nF:\t{BAIT}\n",
        "template": "{% for row in result.rows %}{{ row.text }}\n{% endfor %}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return {name: folder / name for name in texts}
