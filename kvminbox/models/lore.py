"""Where lore.kernel.org shows a message, for the lists that it is known to hold.

That is so of each list that is named here, and of every list of two hosts, whose lists it archives
as a rule; of no other list of Google Groups. Nothing is looked up.
"""

import re
from typing import Final
from urllib.parse import quote

PLACE: Final = "{id}"
"""What stands for the Message-ID in an address."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~@-]+")

_NAMED_ALIKE: Final = frozenset(
    {f"{name}.vger.kernel.org" for name in (
        "bpf", "git", "io-uring", "kvm", "kvm-ppc", "linux-acpi", "linux-api", "linux-arch",
        "linux-block", "linux-btrfs", "linux-cifs", "linux-clk", "linux-coco", "linux-crypto",
        "linux-devicetree", "linux-doc", "linux-edac", "linux-efi", "linux-ext4",
        "linux-fsdevel", "linux-gpio", "linux-hwmon", "linux-hyperv", "linux-iio",
        "linux-input", "linux-kbuild", "linux-kselftest", "linux-media", "linux-mips",
        "linux-mmc", "linux-modules", "linux-next", "linux-nfs", "linux-parisc", "linux-pci",
        "linux-perf-users", "linux-pm", "linux-rdma", "linux-rtc", "linux-s390", "linux-scsi",
        "linux-security-module", "linux-serial", "linux-sgx", "linux-sh", "linux-sound",
        "linux-spi", "linux-trace-kernel", "linux-usb", "linux-wireless", "linux-xfs",
        "live-patching", "netdev", "netfilter-devel", "rcu", "rust-for-linux", "sparclinux",
        "stable", "target-devel", "util-linux", "workflows",
    )}
    | {f"{name}.lists.linux.dev" for name in (
        "iommu", "kvmarm", "linux-coco", "llvm", "loongarch", "mptcp", "nvdimm",
        "oe-kbuild", "regressions", "virtualization",
    )}
    | {f"{name}.lists.infradead.org" for name in (
        "kexec", "kvm-riscv", "linux-amlogic", "linux-arm-kernel", "linux-i3c", "linux-mediatek",
        "linux-mtd", "linux-nvme", "linux-phy", "linux-riscv", "linux-rockchip", "linux-um",
    )}
    | {f"{name}.lists.freedesktop.org" for name in (
        "amd-gfx", "dri-devel", "intel-gfx", "intel-xe", "nouveau",
    )}
    | {f"{name}.lists.ozlabs.org" for name in ("linux-erofs", "linuxppc-dev", "openbmc")}
    | {
        "alsa-devel.alsa-project.org", "dm-devel.redhat.com", "intel-wired-lan.osuosl.org",
        "linux-f2fs-devel.lists.sourceforge.net", "qemu-devel.nongnu.org",
        "xen-devel.lists.xenproject.org",
    }
)  # fmt: skip
_OTHERS: Final = {
    "linux-kernel.vger.kernel.org": "lkml",
    "devicetree.vger.kernel.org": "linux-devicetree",
    "linux-mm.kvack.org": "linux-mm",
    # the list's home until 2023; lore keeps those years in the archive of its new one
    "kvmarm.lists.cs.columbia.edu": "kvmarm",
}


# of hosts whose other lists it does not archive; their addresses name no list either
_AMONG_OTHERS: Final = frozenset(
    {f"{name}.googlegroups.com" for name in (
        "clang-built-linux", "jailhouse-dev", "kasan-dev", "linux-ntb", "open-iscsi",
    )}
    | {f"{name}.lists.linux-foundation.org" for name in ("iommu", "virtualization")}
    | {f"{name}.lists.freedesktop.org" for name in ("freedreno", "intel-gvt-dev")}
    | {f"{name}.lists.sourceforge.net" for name in ("linux1394-devel", "v9fs-developer")}
    | {f"{name}.redhat.com" for name in ("cluster-devel", "linux-cachefs")}
    | {
        "drbd-dev.lists.linbit.com", "driverdev-devel.linuxdriverproject.org",
        "kernel-hardening.lists.openwall.com", "linaro-mm-sig.lists.linaro.org",
        "linux-aspeed.lists.ozlabs.org", "linux-nvdimm.lists.01.org",
        "linux-snps-arc.lists.infradead.org", "linux-stm32.st-md-mailman.stormreply.com",
        "ltp.lists.linux.it", "openrisc.lists.librecores.org",
    }
)  # fmt: skip
# of these hosts lore archives every public list; what it calls a list need not be known, since
# `/all/` has the mails of all lists
_WHOLE_HOST: Final = re.compile(r"[a-z0-9_+-]+\.(?:vger\.kernel\.org|lists\.linux\.dev)")


def find_lore_url(message_id: str | None, list_id: str | None) -> str | None:
    """Return where lore.kernel.org should show a message, if its List-Id is of a list there.

    Where only the list's host is known to be archived, the address names no list, but `all`.

    >>> find_lore_url("1/2@ada.example", "kvm.vger.kernel.org")
    'https://lore.kernel.org/kvm/1%2F2@ada.example/'
    >>> find_lore_url("1@ada.example", "linux-lamps.vger.kernel.org")
    'https://lore.kernel.org/all/1@ada.example/'
    """
    list_id = (list_id or "").lower()
    name = list_id.partition(".")[0] if list_id in _NAMED_ALIKE else _OTHERS.get(list_id)
    if not name and (list_id in _AMONG_OTHERS or _WHOLE_HOST.fullmatch(list_id)):
        name = "all"
    return fill_url(f"https://lore.kernel.org/{name}/{PLACE}/", message_id) if name else None


def fill_url(pattern: str, message_id: str | None) -> str | None:
    """Return an address with a Message-ID in its place; None if it can't be there.

    >>> fill_url("https://lists.example/lamps/{id}/", "1/2@ada.example")
    'https://lists.example/lamps/1%2F2@ada.example/'
    """
    if not message_id:
        return None
    if _PLAIN.fullmatch(message_id):  # as nearly all are, and a report names each mail often
        return pattern.replace(PLACE, message_id)
    try:
        return pattern.replace(PLACE, quote(message_id, safe="@"))
    except UnicodeEncodeError:
        return None  # a lone surrogate
