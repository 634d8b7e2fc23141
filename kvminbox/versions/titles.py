"""Titles of patches, as they are compared."""

import re
from typing import Final

from kvminbox.subject import cut_revision
from kvminbox.words import fold_name

_FINAL_REVISION: Final = re.compile(r",? [(\[]?v\d{1,2}[)\]]?$")

_COLON: Final = re.compile(r"(?:^|(?<=: ))([\w/,.-]+):(?=[^\W\d])")


def cut_area(title: str) -> str:
    """Return a title without its subsystem: `fix it` of `kvm: vgic: fix it`."""
    before, colon, topic = title.rpartition(": ")
    return topic if colon and len(before.split()) <= 4 else title


def name_area(title: str) -> str:
    """Return the subsystem of a title, `kvm: vgic` of `kvm: vgic: fix it`; empty without one."""
    return title[: len(title) - len(cut_area(title))]


def normalise_title(title: str) -> str:
    """Return a title in lower case and with single spaces, without a final full stop.

    A revision at its end, `bdi cleanups v5`, is left out, and a colon is parted from what follows:
    `drm/lamp:turn it off`.

    >>> normalise_title("drm/lamp:Turn it off v2."), normalise_title("Handle mode:auto")
    ('drm/lamp: turn it off', 'handle mode:auto')
    """
    plain = cut_revision(fold_name(title).rstrip("."))
    if ":" in plain:
        plain = _COLON.sub(r"\1: ", plain)
    return _FINAL_REVISION.sub("", plain, 1) or plain
