"""The sample inbox's mails: a small list's two weeks, written for it."""

from typing import Final

from kvminbox.sample.compose import Draft, Edit, compose_diffstat

ADA: Final = "Ada Pfeiffer <ada@silicon.example>"
BEN: Final = '"Okafor, Ben" <ben.okafor@cloud.example>'
CHLOE: Final = "=?utf-8?q?Chlo=C3=A9_Mart=C3=ADn?= <chloe@uni.example>"
DAN: Final = "Dan Novak <dan@silicon.example>"
EWA: Final = "Ewa Lis <maintainer@kvm.example>"
BOT: Final = "kernel test robot <lkp@bot.example>"

_TIMER = Edit(
    "virt/kvm/timer.c",
    ("int timer_init(void)", "{", "\treturn arm_timer();", "}", "", "void timer_stop(void)", "{", "}"),
    (
        "int timer_init(void)", "{", "\tif (!has_timer())", "\t\treturn -ENODEV;", "",
        "\treturn arm_timer();", "}", "", "void timer_stop(void)", "{", "}",
    ),
)  # fmt: skip
_TIMER_V2 = Edit(
    _TIMER.path, _TIMER.old, (*_TIMER.new[:3], "\t\treturn -EOPNOTSUPP;", *_TIMER.new[4:])
)
_TIMER_TEST = Edit(
    "tools/testing/selftests/kvm/timer_test.c",
    (),
    ("#include <kvm_test.h>", "", "int main(void)", "{", "\treturn timer_check();", "}"),
)
_DIRTY = Edit(
    "virt/kvm/dirty.c",
    ("bool dirty(int slot)", "{", "\treturn bits[slot];", "}"),
    (
        "bool dirty(int slot)",
        "{",
        "\tif (slot < 0)",
        "\t\treturn false;",
        "\treturn bits[slot];",
        "}",
    ),
)
_STEAL = Edit(
    "arch/arm64/kvm/pvtime.c",
    ("u64 steal(void)", "{", "\treturn 0;", "}"),
    ("u64 steal(void)", "{", "\treturn now() - last;", "}"),
)
_MEMCACHE = Edit(
    "arch/x86/kvm/mmu.c",
    ("void topup(void)", "{", "\tfill(40);", "}", "- ", "void drop(void);"),
    ("void topup(void)", "{", "\tfill(NR_OBJS);", "}", "void drop(void);"),
)
_DOC = Edit(
    "Documentation/virt/kvm/café.rst",
    ("Ouvert", "======", "Le café est ouvert."),
    ("Ouvert", "======", "Le café est fermé."),
)
_UNIT = Edit(
    "x86/pmu.c",
    ('\treport(ok, "counter");',),
    ('\treport(ok && enabled, "counter");',),
)


def _signed(who: str, text: str) -> str:
    return f"{text}\n\nSigned-off-by: {who}"


_TIMER_COVER_TEXT = (
    "Guests on machines without a timer crash at their first sleep.\n"
    "Tell them that there is none, and test it.\n"
)

BEFORE: Final = (
    Draft(
        ADA, "[PATCH 0/2] KVM: say that there is no timer", "timer-v1-0@silicon.example",
        f"{_TIMER_COVER_TEXT}\nAda Pfeiffer (2):\n  KVM: fail without a timer\n"
        f"  KVM: selftests: test the timer\n\n{compose_diffstat((_TIMER, _TIMER_TEST))}",
        tail="\n-- \n2.43.0\n",
    ),
    Draft(
        ADA, "[PATCH 1/2] KVM: fail without a timer", "timer-v1-1@silicon.example",
        _signed(ADA, "Without a timer, arm_timer() reads a register that is not there."),
        (_TIMER,), ("timer-v1-0@silicon.example",),
    ),
    Draft(
        ADA, "[PATCH 2/2] KVM: selftests: test the timer", "timer-v1-2@silicon.example",
        _signed(ADA, "Check that the timer is there, or said not to be."),
        (_TIMER_TEST,), ("timer-v1-0@silicon.example",),
    ),
    Draft(
        EWA, "Re: [PATCH 1/2] KVM: fail without a timer", "timer-v1-1-re@kvm.example",
        "> +\tif (!has_timer())\n> +\t\treturn -ENODEV;\n\nEOPNOTSUPP, please: the device is there.",
        (), ("timer-v1-0@silicon.example", "timer-v1-1@silicon.example"),
    ),
)  # fmt: skip
"""Mails from before the sample's week."""

_SPAM = Draft(
    "Prize <win@spam.example>", "You have won", "spam-1@spam.example", "Click the link.",
)  # fmt: skip

WEEK: Final = (
    Draft(
        ADA, "[PATCH v2 0/2] KVM: say that there is no timer", "timer-v2-0@silicon.example",
        f"{_TIMER_COVER_TEXT}---\nChanges in v2:\n- EOPNOTSUPP instead of ENODEV (Ewa)\n"
        "- Link to v1: https://lore.example/r/timer-v1-0@silicon.example\n\n"
        "Ada Pfeiffer (2):\n  KVM: fail without a timer\n  KVM: selftests: test the timer\n\n"
        f"{compose_diffstat((_TIMER_V2, _TIMER_TEST))}",
        tail="\nbase-commit: 6a8cbd9253abc1bd0df4d60c4c24fa555190376d\n"
        "change-id: 20250602-timer-0a1b2c3d4e5f\n-- \n2.43.0\n",
    ),
    Draft(
        ADA, "[PATCH v2 1/2] KVM: fail without a timer", "timer-v2-1@silicon.example",
        "Without a timer, arm_timer() reads a register that is not there.\n\n"
        f'Fixes: 0123456789ab ("KVM: add a timer")\nSigned-off-by: {ADA}',
        (_TIMER_V2,), ("timer-v2-0@silicon.example",),
    ),
    Draft(
        ADA, "[PATCH v2 2/2] KVM: selftests: test the timer", "timer-v2-2@silicon.example",
        _signed(ADA, "Check that the timer is there, or said not to be."),
        (_TIMER_TEST,), ("timer-v2-0@silicon.example",),
    ),
    _SPAM,
    Draft(
        EWA, "Re: [PATCH v2 1/2] KVM: fail without a timer", "timer-v2-1-re@kvm.example",
        "On Tue, Ada Pfeiffer wrote:\n> Signed-off-by: Ada Pfeiffer <ada@silicon.example>\n\n"
        "Reviewed-by: Ewa Lis <maintainer@kvm.example>",
        (), ("timer-v2-0@silicon.example", "timer-v2-1@silicon.example"),
    ),
    Draft(
        BEN, "Re: [PATCH v2 0/2] KVM: say that there is no timer", "timer-v2-0-re@cloud.example",
        'For the series:\n\nTested-by: "Okafor, Ben" <ben.okafor@cloud.example>',
        (), ("timer-v2-0@silicon.example",),
    ),
    Draft(
        BEN, "[PATCH v6,1/2] KVM: dirty: negative slots are clean", "dirty-1@cloud.example",
        _signed(BEN, "A negative slot reads before the array."), (_DIRTY,),
    ),
    Draft(
        BEN, "[PATCH v6,2/2] KVM: arm64: count stolen time", "dirty-2@cloud.example",
        _signed(BEN, "Stolen time was always zero."), (_STEAL,), ("dirty-1@cloud.example",),
    ),
    Draft(
        DAN, "[RFC PATCH] KVM: x86/mmu: top up as many as are used", "mmu-1@silicon.example",
        "From: Fay Osei <fay@silicon.example>\n\n"
        + _signed("Fay Osei <fay@silicon.example>", "Forty is a guess."),
        (_MEMCACHE,), notes="\nFay has no mailer that keeps tabs, so I send it for her.\n",
    ),
    Draft(
        EWA, "Re: [RFC PATCH] KVM: x86/mmu: top up as many as are used", "mmu-1-re@kvm.example",
        "Would this not be enough?\n\ndiff --git a/arch/x86/kvm/mmu.c b/arch/x86/kvm/mmu.c\n"
        "--- a/arch/x86/kvm/mmu.c\n+++ b/arch/x86/kvm/mmu.c\n@@ -1,4 +1,4 @@\n void topup(void)\n {\n"
        "-\tfill(40);\n+\tfill(64);\n }",
        (), ("mmu-1@silicon.example",),
    ),
    Draft(
        CHLOE, "=?iso-8859-1?q?[PATCH]_Documentation:_le_caf=E9_est_ferm=E9?=", "cafe-1@uni.example",
        _signed("Chloé Martín <chloe@uni.example>", "À la fermeture."),
        (_DOC,), charset="iso-8859-1",
    ),
    Draft(
        CHLOE, "[kvm-unit-tests PATCH 1/3] x86: pmu: check that it is on", "pmu-1@uni.example",
        _signed("Chloé Martín <chloe@uni.example>", "A counter may be off."), (_UNIT,),
    ),
    Draft(
        "Gao Lei <gao@cloud.example>", "=?utf-8?b?562U5aSN?=: [kvm-unit-tests PATCH 1/3] x86: pmu: "
        "check that it is on", "pmu-1-re@cloud.example", "好的。", (), ("pmu-1@uni.example",),
    ),
    Draft(
        BOT, "Re: [PATCH v6,2/2] KVM: arm64: count stolen time", "dirty-2-bot@bot.example",
        "Hi Ben,\n\nkernel test robot noticed the following build warnings:\n\n"
        "   pvtime.c:3: warning: unused variable", (), ("dirty-2@cloud.example",),
    ),
    Draft(
        EWA, "[GIT PULL] KVM fixes for 6.16-rc2", "pull-1@kvm.example",
        "Linus,\n\nThe following changes since commit 19272b37aa4f83ca52bdf9c16d5d81bdd1354494:\n\n"
        "  Linux 6.16-rc1 (2025-06-08 13:44:43 -0700)\n\nare available in the Git repository at:\n\n"
        "  https://git.kvm.example/linux.git tags/for-linus\n\nfor you to fetch changes up to "
        "8a39f1c870e9d6fbac5638f3a42a6a6363829c49:\n\n  KVM: fail without a timer (2025-06-09)",
    ),
    Draft(
        DAN, "[PATCH RESEND] KVM: s390: a lone patch with \x1b[31mcolour\x1b[0m", "lone-1@silicon.example",
        _signed(DAN, "Its subject holds an escape sequence, which no report passes on."),
        (Edit("arch/s390/kvm/intr.c", ("int a;",), ("long a;",)),),
    ),
    Draft(
        DAN, "Minutes of the KVM call", "call-1@silicon.example",
        "We talked of <b>timers</b>, and of [links](javascript:alert(1)).",
    ),
    Draft(
        "no address at all", "a mail with an odd sender and date", "odd-1@silicon.example",
        "Who am I, and when?", headers={"Date": "yesterday at noon"},
    ),
)  # fmt: skip
"""The mails of the sample's week, of which the spam is deleted at its end."""

DELETED: Final = _SPAM

AFTER: Final = (
    Draft(
        EWA, "Re: [PATCH v2 0/2] KVM: say that there is no timer", "timer-v2-applied@kvm.example",
        "Applied to kvm/next, thanks!\n\n[1/2] KVM: fail without a timer\n      commit: 8a39f1c870e9",
        (), ("timer-v2-0@silicon.example",),
    ),
)  # fmt: skip
"""Mails from after the sample's week."""
