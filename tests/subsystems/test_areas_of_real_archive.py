"""KVM's split over the real archive, which is the list of KVM on arm."""

from collections import Counter

import pytest

from kvminbox import Inbox, Patch
from kvminbox.subsystems import AREAS, KVM_SPLIT, find_areas, list_paths

pytestmark = [pytest.mark.real, pytest.mark.interop]


@pytest.fixture(scope="module")
def found(real_inbox_path):
    """Each patch of the archive with its areas."""
    patches = Inbox.open(real_inbox_path).between(None).patches()
    return [(patch, find_areas(patch)) for patch in patches]


def test_nine_patches_in_ten_have_an_area(found):
    """Most patches touch a part of KVM, arm64 before all; all parts that existed then occur."""
    counts = Counter(one.area for _, areas in found for one in areas)
    assert sum(bool(areas) for _, areas in found) > 0.9 * len(found)
    assert counts.most_common(1)[0][0] == "arm64"
    assert set(AREAS) - set(counts) <= {"loongarch"}


def test_a_patch_without_area_touches_none_of_kvms_paths(found):
    """What has no area has no path with kvm/ in it that KVM's split should know."""
    paths = Counter(
        path for patch, areas in found if not areas for path in list_paths(patch) if "/kvm/" in path
    )
    foreign = ("linux-headers/", "target/", "accel/", "hw/", "include/sysemu/")  # QEMU's tree
    assert [path for path in paths if not path.startswith(foreign)] == []


def test_every_reason_has_its_paths(found):
    """An area that a path told has that path, and KVM's split takes it."""
    for patch, areas in found:
        for one in areas:
            assert one.evidence
            assert set(one.paths) <= set(list_paths(patch))
            for path in one.paths:
                assert one.area in {match.section.name for match in KVM_SPLIT.find_sections(path)}
    assert all(isinstance(patch, Patch) for patch, _ in found)
