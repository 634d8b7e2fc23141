"""Where lore.kernel.org shows a message, for the lists that it is known to hold."""

import re
from typing import Final
from urllib.parse import quote

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
        "kexec", "kvm-riscv", "linux-arm-kernel", "linux-mtd", "linux-nvme", "linux-riscv",
    )}
    | {"linuxppc-dev.lists.ozlabs.org", "qemu-devel.nongnu.org"}
)  # fmt: skip
_OTHERS: Final = {
    "linux-kernel.vger.kernel.org": "lkml",
    "devicetree.vger.kernel.org": "linux-devicetree",
    "linux-mm.kvack.org": "linux-mm",
    # the list's home until 2023; lore keeps those years in the archive of its new one
    "kvmarm.lists.cs.columbia.edu": "kvmarm",
}


def find_lore_url(message_id: str | None, list_id: str | None) -> str | None:
    """Return where lore.kernel.org should show a message, if its List-Id is of a known list.

    >>> find_lore_url("1/2@ada.example", "kvm.vger.kernel.org")
    'https://lore.kernel.org/kvm/1%2F2@ada.example/'
    """
    list_id = (list_id or "").lower()
    name = list_id.partition(".")[0] if list_id in _NAMED_ALIKE else _OTHERS.get(list_id)
    if not name or not message_id:
        return None
    if _PLAIN.fullmatch(message_id):  # as nearly all are, and a report names each mail often
        return f"https://lore.kernel.org/{name}/{message_id}/"
    try:
        return f"https://lore.kernel.org/{name}/{quote(message_id, safe='@')}/"
    except UnicodeEncodeError:
        return None  # a lone surrogate
