"""KVM's own split: by project, by path, by title."""

import pytest

from kvminbox import group_series, read_message
from kvminbox.subsystems import AREAS, find_areas, find_series_areas


def patch_of(*paths):
    return "---\n" + "".join(
        f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-a\n+b\n"
        for path in paths
    )


@pytest.fixture
def areas_of(make_mail):
    """Return a function from subject and paths to the names of the areas."""

    def areas_of(subject, *paths):
        message = read_message(make_mail(patch_of(*paths) if paths else "Hm.\n", Subject=subject))
        return [found.area for found in find_areas(message)]

    return areas_of


@pytest.mark.parametrize(
    ("path", "areas"),
    [
        ("arch/x86/kvm/mmu/mmu.c", ["x86"]),
        ("arch/arm64/kvm/arm.c", ["arm64"]),
        ("arch/arm/kvm/coproc.c", ["arm64"]),
        ("virt/kvm/arm/vgic/vgic.c", ["arm64"]),
        ("include/kvm/arm_vgic.h", ["arm64"]),
        ("arch/s390/kvm/kvm-s390.c", ["s390"]),
        ("arch/riscv/kvm/vcpu.c", ["riscv"]),
        ("arch/powerpc/kvm/book3s_hv.c", ["powerpc"]),
        ("arch/loongarch/kvm/mmu.c", ["loongarch"]),
        ("arch/mips/kvm/mips.c", ["mips"]),
        ("virt/kvm/kvm_main.c", ["generic"]),
        ("include/linux/kvm_host.h", ["generic"]),
        ("include/uapi/linux/kvm.h", ["generic"]),
        ("Documentation/virt/kvm/api.rst", ["generic"]),
        ("Documentation/virt/kvm/x86/mmu.rst", ["x86"]),
        ("Documentation/virt/kvm/devices/arm-vgic.rst", ["arm64"]),
        ("Documentation/virt/kvm/devices/xics.rst", ["powerpc"]),
        ("tools/testing/selftests/kvm/dirty_log_test.c", ["selftests"]),
        ("tools/testing/selftests/kvm/lib/aarch64/vgic.c", ["arm64", "selftests"]),
        ("tools/testing/selftests/kvm/x86_64/smm_test.c", ["x86", "selftests"]),
        ("tools/testing/selftests/kvm/s390x/memop.c", ["s390", "selftests"]),
        ("tools/testing/selftests/net/a.c", []),
        ("drivers/vfio/vfio.c", []),
        ("arch/x86.c", []),
    ],
)
def test_a_path_tells_the_area(areas_of, path, areas):
    """Each part of KVM has its paths; an architecture's selftests are of both."""
    assert areas_of("[PATCH] KVM: fix", path) == areas


def test_a_patch_may_touch_several_areas(make_mail):
    """All areas of a patch are given in one order, each with its paths and its reasons."""
    paths = ["virt/kvm/kvm_main.c", "arch/x86/kvm/x86.c", "arch/x86/kvm/svm/svm.c", "mm/a.c"]
    found = find_areas(read_message(make_mail(patch_of(*paths), Subject="[PATCH] KVM: fix")))
    assert [(one.area, one.paths, one.evidence) for one in found] == [
        ("x86", ("arch/x86/kvm/x86.c", "arch/x86/kvm/svm/svm.c"), ("it touches arch/x86/",)),
        ("generic", ("virt/kvm/kvm_main.c",), ("it touches virt/kvm/",)),
    ]


@pytest.mark.parametrize(
    ("subject", "area"),
    [
        ("[kvm-unit-tests PATCH v2 1/3] x86: fix", "kvm-unit-tests"),
        ("[PATCH kvm-unit-tests] fix", "kvm-unit-tests"),
        ("Re: [kvm-unit-tests RFC PATCH] fix", "kvm-unit-tests"),
        ("[kvm-unit-tests GIT PULL] fixes", "kvm-unit-tests"),
        ("[PATCH KVMTOOL 2/2] fix", "kvmtool"),
        ("[PATCH] kvmtool: arm: fix", "kvmtool"),
    ],
)
def test_a_project_of_the_subject_goes_before_all_paths(areas_of, subject, area):
    """The paths of another tree's patch are not looked up in the kernel's."""
    assert areas_of(subject, "arch/x86/kvm/x86.c") == [area]


@pytest.mark.parametrize(
    ("subject", "areas"),
    [
        ("Re: [PATCH 2/3] KVM: arm64: vgic: fix", ["arm64"]),
        ("Re: KVM: arm/arm64: fix", ["arm64"]),
        ("Re: arm64/kvm: fix", ["arm64"]),
        ("Re: KVM: x86/mmu: fix", ["x86"]),
        ("Re: KVM: nSVM: fix", ["x86"]),
        ("Re: KVM: PPC: Book3S HV: fix", ["powerpc"]),
        ("Re: RISC-V: KVM: fix", ["riscv"]),
        ("Re: KVM: selftests: x86: fix", ["x86", "selftests"]),
        ("Re: KVM: fix", []),
        ("Re: arm64: mm: fix", []),
        ("Re: x86 and KVM", []),
    ],
)
def test_without_paths_the_title_is_asked(areas_of, subject, areas):
    """A reply's title tells its area where it speaks of KVM, and is not guessed at otherwise."""
    assert areas_of(subject) == areas


def test_a_title_says_so(make_mail):
    """The evidence names the word."""
    found = find_areas(read_message(make_mail("Hm.\n", Subject="Re: KVM: VMX: fix")))
    assert found[0].evidence == ("the title's prefix says vmx",)
    assert found[0].paths == ()


def test_a_cover_letter_is_told_by_its_declared_diffstat(make_mail):
    """The rows of its diffstat count, but for those that git has shortened."""
    body = (
        "Text.\n\n arch/x86/kvm/x86.c        | 2 +-\n .../arm64/kvm/arm.c       | 2 +-\n"
        " 2 files changed, 2 insertions(+), 2 deletions(-)\n"
    )
    found = find_areas(read_message(make_mail(body, Subject="[PATCH 0/2] KVM: s390: fixes")))
    assert [one.area for one in found] == ["x86"]


def test_a_shortened_path_is_no_path(make_mail):
    """A cover letter with nothing but `.../tails` in its diffstat is told by its title."""
    body = "Text.\n\n .../selftests/kvm/lib/arm.c | 2 +-\n 1 file changed, 1 insertion(+)\n"
    found = find_areas(read_message(make_mail(body, Subject="[PATCH 0/1] KVM: s390: fixes")))
    assert [one.area for one in found] == ["s390"]


def test_a_series_has_the_areas_of_its_patches(make_mail):
    """The areas of all patches are put together, each path and reason once."""
    first = ("<1@x.example>", "[PATCH 1/2] KVM: a", ("virt/kvm/a.c", "arch/mips/kvm/a.c"))
    second = ("<2@x.example>", "[PATCH 2/2] KVM: b", ("virt/kvm/a.c", "virt/kvm/b.c"))
    mails = [
        read_message(make_mail(patch_of(*paths), message_id=id_, Subject=subject))
        for id_, subject, paths in (first, second)
    ]
    (series,) = group_series(mails)
    assert [(one.area, one.paths, one.evidence) for one in find_series_areas(series)] == [
        ("mips", ("arch/mips/kvm/a.c",), ("it touches arch/mips/",)),
        ("generic", ("virt/kvm/a.c", "virt/kvm/b.c"), ("it touches virt/kvm/",)),
    ]


def test_all_areas_are_named():
    """The split has the parts that its users ask for."""
    assert AREAS == (
        "x86", "arm64", "s390", "riscv", "powerpc", "loongarch", "mips", "selftests", "generic",
        "kvm-unit-tests", "kvmtool",
    )  # fmt: skip
