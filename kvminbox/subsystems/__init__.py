"""What a mail is about: sections of a MAINTAINERS file, and KVM's own split."""

from kvminbox.subsystems.kvm import (
    AREAS,
    KVM_SPLIT,
    AreaMatch,
    find_areas,
    find_series_areas,
)
from kvminbox.subsystems.maintainers import (
    Maintainers,
    Section,
    SectionEntry,
    SectionMatch,
    SectionPaths,
    WordMatch,
    list_paths,
    parse_maintainers,
    read_maintainers,
)

__all__ = [
    "AREAS",
    "KVM_SPLIT",
    "AreaMatch",
    "Maintainers",
    "Section",
    "SectionEntry",
    "SectionMatch",
    "SectionPaths",
    "WordMatch",
    "find_areas",
    "find_series_areas",
    "list_paths",
    "parse_maintainers",
    "read_maintainers",
]
