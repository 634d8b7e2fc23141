"""KVM's own split: which of its parts a mail is about, by paths, tree tokens or the title."""

import re
from collections.abc import Iterator
from typing import Final

from kvminbox.models import Message, Model, Series, Submission
from kvminbox.subsystems.maintainers import Maintainers, list_paths, parse_maintainers

KVM_SPLIT: Final[Maintainers] = parse_maintainers(
    """
x86
F: arch/x86/
F: tools/arch/x86/
F: Documentation/virt/kvm/x86/
F: tools/testing/selftests/kvm/x86/
F: tools/testing/selftests/kvm/x86_64/
F: tools/testing/selftests/kvm/*/x86/
F: tools/testing/selftests/kvm/*/x86_64/

arm64
F: arch/arm64/
F: arch/arm/
F: tools/arch/arm64/
F: tools/arch/arm/
F: virt/kvm/arm/
F: include/kvm/arm_*
F: Documentation/virt/kvm/arm/
F: Documentation/virt*/kvm/devices/arm-*
F: tools/testing/selftests/kvm/arm64/
F: tools/testing/selftests/kvm/aarch64/
F: tools/testing/selftests/kvm/*/arm64/
F: tools/testing/selftests/kvm/*/aarch64/

s390
F: arch/s390/
F: tools/arch/s390/
F: drivers/s390/
F: Documentation/virt/kvm/s390/
F: Documentation/virt/kvm/s390*
F: Documentation/virt*/kvm/devices/s390*
F: tools/testing/selftests/kvm/s390*/
F: tools/testing/selftests/kvm/*/s390*/

riscv
F: arch/riscv/
F: tools/arch/riscv/
F: tools/testing/selftests/kvm/riscv/
F: tools/testing/selftests/kvm/*/riscv/

powerpc
F: arch/powerpc/
F: tools/arch/powerpc/
F: Documentation/virt*/kvm/ppc-pv*
F: Documentation/virt*/kvm/devices/xics*
F: Documentation/virt*/kvm/devices/xive*
F: tools/testing/selftests/kvm/powerpc/
F: tools/testing/selftests/kvm/*/powerpc/

loongarch
F: arch/loongarch/
F: tools/arch/loongarch/
F: Documentation/virt/kvm/loongarch/
F: tools/testing/selftests/kvm/loongarch/
F: tools/testing/selftests/kvm/*/loongarch/

mips
F: arch/mips/
F: tools/arch/mips/
F: tools/testing/selftests/kvm/mips/

selftests
F: tools/testing/selftests/kvm/

generic
F: virt/kvm/
F: virt/lib/
F: include/kvm/
F: include/linux/kvm*
F: include/uapi/linux/kvm*
F: include/uapi/asm-generic/kvm*
F: include/trace/events/kvm*
F: Documentation/virt/kvm/
F: Documentation/virtual/kvm/
F: tools/kvm/
F: tools/include/uapi/linux/kvm*
X: virt/kvm/arm/
X: include/kvm/arm_*
X: Documentation/virt/kvm/x86/
X: Documentation/virt/kvm/arm/
X: Documentation/virt/kvm/s390/
X: Documentation/virt/kvm/s390*
X: Documentation/virt/kvm/loongarch/
X: Documentation/virt*/kvm/ppc-pv*
X: Documentation/virt*/kvm/devices/arm-*
X: Documentation/virt*/kvm/devices/s390*
X: Documentation/virt*/kvm/devices/xi[cv]*
""",
    source="KVM's split",
)
"""The parts of KVM in the kernel's tree, in the format of MAINTAINERS. A path can be in two:
an architecture's selftest is also in that architecture."""

# `[kvm-unit-tests PATCH]`, `[PATCH KVMTOOL]`, and `kvmtool: ` before a title
_PROJECTS: Final[dict[str, str]] = {
    "kvm-unit-tests": "kvm-unit-tests",
    "kvm-unit-test": "kvm-unit-tests",
    "kvm_unit_tests": "kvm-unit-tests",
    "kut": "kvm-unit-tests",
    "kvmtool": "kvmtool",
    "kvm-tool": "kvmtool",
    "lkvm": "kvmtool",
}

# `KVM: arm64: vgic: fix it`, `arm64/kvm: …`, `KVM: nVMX: …`, `KVM: PPC: Book3S HV: …`
_WORDS: Final[dict[str, str]] = {
    "x86": "x86", "vmx": "x86", "svm": "x86", "nvmx": "x86", "nsvm": "x86", "sev": "x86",
    "tdx": "x86",
    "arm64": "arm64", "arm": "arm64", "aarch64": "arm64", "vgic": "arm64",
    "s390": "s390", "s390x": "s390",
    "riscv": "riscv", "risc-v": "riscv",
    "ppc": "powerpc", "powerpc": "powerpc", "book3s": "powerpc",
    "loongarch": "loongarch",
    "mips": "mips",
    "selftests": "selftests", "selftest": "selftests",
}  # fmt: skip
_KVM: Final = "kvm"

# the words before a title's colons: `KVM: arm/arm64: vgic`
_PREFIXES: Final = re.compile(r"(?:[\w./&,+ -]{1,40}: ?){1,4}")
_SPLITTER: Final = re.compile(r"[\s:/&,+]+")


class AreaMatch(Model):
    """A part of KVM that a mail is about."""

    area: str
    """x86, arm64 (with 32-bit arm), s390, riscv, powerpc, loongarch, mips, selftests, generic,
    kvm-unit-tests or kvmtool."""

    paths: tuple[str, ...] = ()
    """The paths that are in the area; empty if the subject decided."""

    evidence: tuple[str, ...] = ()
    """What decided, in words."""


def find_areas(message: Message) -> tuple[AreaMatch, ...]:
    r"""Find the parts of KVM that a mail is about; none where nothing names any.

    A project that the subject names comes first: its paths are of another tree. Then
    come the paths of the diff, else those of the declared diffstat. Only where there
    are none, as in replies and most cover letters, the title decides, if it names
    KVM. No area does not mean that the mail is not about KVM.

    >>> from kvminbox import read_message
    >>> [found.area for found in find_areas(read_message(b"Subject: Re: KVM: nVMX: fix\n\n"))]
    ['x86']
    """
    if project := _find_project(message):
        return (project,)
    paths = _list_paths(message)
    return tuple(_match_paths(paths)) if paths else tuple(_match_title(_find_title(message)))


def find_series_areas(series: Series) -> tuple[AreaMatch, ...]:
    """Find the parts of KVM that a series is about: its patches', or without any, its cover's."""
    cover = [series.cover] if series.cover else []
    found: dict[str, list[AreaMatch]] = {}
    for message in series.patches or cover:
        for match in find_areas(message):
            found.setdefault(match.area, []).append(match)
    return tuple(_join(area, found[area]) for area in AREAS if area in found)


AREAS: Final[tuple[str, ...]] = (
    *(section.name for section in KVM_SPLIT.sections),
    *dict.fromkeys(_PROJECTS.values()),
)
"""All areas, in the order in which they are returned."""


def _join(area: str, matches: list[AreaMatch]) -> AreaMatch:
    paths = dict.fromkeys(path for match in matches for path in match.paths)
    evidence = dict.fromkeys(words for match in matches for words in match.evidence)
    return AreaMatch(area=area, paths=tuple(paths), evidence=tuple(evidence))


def _find_project(message: Message) -> AreaMatch | None:
    for token in message.subject.tokens:
        is_name = token.kind in {"tree", "label"}
        if is_name and (project := _PROJECTS.get(token.text.strip(":").lower())):
            return AreaMatch(area=project, evidence=(f"the subject's prefix names {token.text}",))
    title = _find_title(message)
    first, colon, _ = title.partition(":")
    if colon and (project := _PROJECTS.get(first.strip().lower())):
        return AreaMatch(area=project, evidence=(f"the title begins with {first}:",))
    return None


def _find_title(message: Message) -> str:
    return message.title if isinstance(message, Submission) else message.subject.title


def _list_paths(message: Message) -> tuple[str, ...]:
    if not isinstance(message, Submission):
        return ()
    declared = message.declared_diffstat.files if message.declared_diffstat else ()
    # git shortens long paths to `.../kvm/arm.c`, which names no place
    whole = (row.path for row in declared if not row.path.startswith("..."))
    return list_paths(message) or tuple(whole)


def _match_paths(paths: tuple[str, ...]) -> Iterator[AreaMatch]:
    for group in KVM_SPLIT.group_paths(paths):
        entries = dict.fromkeys(words.partition(" ")[2] for words in group.evidence)
        evidence = tuple(f"it touches {entry.partition(': ')[2]}" for entry in entries)
        yield AreaMatch(area=group.section.name, paths=group.paths, evidence=evidence)


def _match_title(title: str) -> Iterator[AreaMatch]:
    prefix = _PREFIXES.match(title)
    words = _SPLITTER.split(prefix[0].lower()) if prefix else []
    if _KVM not in words:
        return
    named = {_WORDS[word]: word for word in reversed(words) if word in _WORDS}
    for area in AREAS:
        if area in named:
            yield AreaMatch(area=area, evidence=(f"the title's prefix says {named[area]}",))
