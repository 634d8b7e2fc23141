"""Mails as programs write them, about a lamp."""

from datetime import timedelta

from tests.mails import MORNING, read_made

LKP = "kernel test robot <lkp@robot.example>"
SYZBOT = "syzbot <syzbot+0123456789abcdef0123@syzkaller.example>"

DIFF = """diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1,2 +1,3 @@
 one
+two
 three
"""

BUILD = """Hi Ada,

kernel test robot noticed the following build errors:

[auto build test ERROR on lamp/for-next]
[also build test ERROR on next-20240304]
[cannot apply to bulb/next]

url:    https://git.robot.example/linux/commits/Ada/lamp/20240304
base:   https://git.lamp.example/lamp.git for-next
patch link:    https://lore.kernel.org/r/lamp-1%40silicon.example
patch subject: [PATCH v2] lamp: count all of its blinks
config: riscv-randconfig-001-20240304 (https://robot.example/config)
compiler: clang version 19.0.0git (https://git.llvm.example/llvm 0123)
reproduce (this is a W=1 build):
        # https://git.robot.example/linux/commit/0123456789abcdef0123456789abcdef01234567
        git checkout 0123456789abcdef0123456789abcdef01234567

All errors (new ones prefixed by >>):

   In file included from lamp.c:3:
   bulb.h:7:1: warning: this was here before
>> lamp.c:22:3: error: implicit declaration of function 'blink'
      22 |   blink(lamp);
         |   ^
>> lamp.c:22:3: error: implicit declaration of function 'blink'
>> ld.lld: error: undefined symbol: blink_all
   lamp.c:40:3: error: an old one


vim +/blink +22 lamp.c

>> 22\tblink(lamp);
"""

TREE = """tree:   https://git.lamp.example/lamp.git for-next
head:   1111111111111111111111111111111111111111
commit: 2222222222222222222222222222222222222222 [3/9] lamp: count all of its blinks
config: x86_64-allyesconfig (attached as .config)
compiler: gcc-12 (Lampian 12.2.0-14) 12.2.0

All warnings (new ones prefixed by >>):

>> drivers/lamp.c:7:5: warning: no previous prototype for 'blink' [-Wmissing-prototypes]
"""

CRASH = """Hello,

syzbot found the following issue on:

HEAD commit:    0123456789ab lamp: count all of its blinks
git tree:       https://git.lamp.example/lamp.git main
console output: https://syzkaller.appspot.com/x/log.txt?x=1
kernel config:  https://syzkaller.appspot.com/x/.config?x=2
dashboard link: https://syzkaller.appspot.com/bug?extid=fedcba9876543210fedc
compiler:       Lampian clang version 15.0.6
userspace arch: arm64

IMPORTANT: if you fix the issue, please add the following tag to the commit:
Reported-by: syzbot+fedcba9876543210fedc@syzkaller.example

==================================================================
BUG: KASAN: use-after-free in lamp_blink+0x3b6/0x550 drivers/lamp.c:545
Read of size 2 at addr ffff000000000000 by task lamp/1

CPU: 0 UID: 0 PID: 1 Comm: lamp
"""

TESTS = """This is automated email and please do not reply to this email!

Dear submitter,

This is a CI test results with your patch series:
PW Link:https://patchwork.example/project/lamp/list/?series=1

---Test result---

Test Summary:
CheckPatch                    FAIL      0.66 seconds
BuildKernel                   PASS      29.73 seconds
Incremental Build with patchesPASS      0.00 seconds
CheckSparse                   WARNING   39.63 seconds

Details
##############################
Test: CheckPatch - FAIL
Output:
lamp.c:9: ERROR: trailing blanks
"""

LKFT = """## Build
* kernel: 6.8.1
* git: https://git.lamp.example/stable
* git branch: linux-6.8.y
* git commit: 0123456789abcdef0123456789abcdef01234567
* git describe: v6.8-12-g0123456789ab

## Test Regressions (compared to v6.8-11)
* qemu_arm64, ltp-lamp
  - blink01

## Metric Regressions (compared to v6.8-11)
No metric regressions found.

## Test Fixes (compared to v6.8-11)
* qemu_i386, ltp-lamp
  - blink02

## Test suites summary
* ltp-lamp
"""

CKI = """
Hello,

We ran automated tests on a recent commit from this kernel tree:

       Kernel repo: https://git.lamp.example/lamp.git
            Commit: 0123456789ab - lamp: count all of its blinks

    Overall result: FAILED (see details below)
             Merge: OK
           Compile: OK
             Tests: FAILED

One or more kernel tests failed:

    ppc64le:
     ❌ Lamp suite

    x86_64:
     ❌ Blink test

We hope that these logs can help you.
"""

BISECTED = """lamp/for-next boot bisection: v6.8-12-g0123456789ab on bulb

Summary:
  Start:      0123456789ab Merge branch 'bulb'
  Result:     abcdefabcdef lamp: count all of its blinks

Parameters:
  Tree:       lamp
  URL:        https://git.lamp.example/lamp.git
  Branch:     for-next
  CPU arch:   arm
  Compiler:   gcc-8
  Config:     lamp_defconfig
"""

ISSUE = """Hello,

New build issue found on lamp/for-next:

---
 no 'blink' in drivers/lamp.o (drivers/lamp.c)
---

- giturl: https://git.lamp.example/lamp.git
- commit HEAD:  0123456789abcdef0123456789abcdef01234567

Log excerpt:
drivers/lamp.c:320:27: error: no 'blink'
"""

APPLIED = """Hello:

This series was applied to lamp/lamp-next.git (main)
by Jo Reed <jo@reed.example>:

On Mon,  4 Mar 2024 16:34:44 +0100 you wrote:
> Count them.

Here is the summary with links:
  - [v2,1/1] lamp: count all of its blinks
    https://git.kernel.org/lamp/c/5cfe5612ca95

You are awesome, thank you!
--
Deet-doot-dot, I am a bot.
"""

REVIEW = """Thank you! Sashiko AI review found 2 potential issue(s) to consider:
- [High] The timer is never stopped.
- [Low] A word is spelled wrong.
--

commit 0123456789abcdef0123456789abcdef01234567
"""


def robot(text, subject="[report] lamp", sender=LKP, parents=(), identity="r@x", hour=5):
    """Read a program's mail that came some hours after the morning."""
    moment = MORNING + timedelta(hours=hour)
    return read_made(
        subject,
        text,
        "Content-Type: text/plain; charset=utf-8",
        sender=sender,
        ids=[identity],
        sent=moment,
        references=parents,
        in_reply_to=parents[-1] if parents else None,
        arrived=moment,
        name=identity,
    )


def lamp_patch(identity="lamp-1@silicon.example", tag="PATCH v2", hour=0, title=None):
    """Read a lone patch."""
    title = title or "lamp: count all of its blinks"
    sender = "Ada Pfeiffer <ada@silicon.example>"
    text = f"Words.\n\nSigned-off-by: {sender}\n---\n{DIFF}"
    return robot(text, f"[{tag}] {title}", sender, identity=identity, hour=hour)
