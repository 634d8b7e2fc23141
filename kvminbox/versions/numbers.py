"""Which revision may follow which, by what the subjects say."""

from kvminbox.versions.facts import Facts


def may_follow(old: Facts, new: Facts) -> bool:
    """Whether subjects allow one series to continue another, which was sent before it."""
    if not _is_for_same_tree(old, new) or not set(old.ids).isdisjoint(new.ids):
        return False
    # a pull request holds what has been reviewed, unless it says that it is the next revision
    if old.is_pull != new.is_pull and not (new.is_patch_too and follows(old, new)):
        return False
    return new.revision >= old.revision or _leaves_rfc(old, new) or is_unlabelled_resend(old, new)


def _is_for_same_tree(old: Facts, new: Facts) -> bool:
    """Whether both are for one stable tree or none; a backport is no revision.

    The next revision may aim for another release: `[PATCH] x`, `[PATCH v2 6.12] x`. A
    series of the same number for another release is a second one.
    """
    if old.is_stable or new.is_stable:
        return old.is_stable == new.is_stable and (
            (old.releases or old.trees) == (new.releases or new.trees)
        )
    return old.releases == new.releases or follows(old, new)


def follows(old: Facts, new: Facts) -> bool:
    """Whether one is a later revision than the other, not one of the same number."""
    return new.revision > old.revision or _leaves_rfc(old, new)


def _leaves_rfc(old: Facts, new: Facts) -> bool:
    """Whether the numbering starts again: `[RFC PATCH v3]`, then `[PATCH]`."""
    return old.is_rfc and not new.is_rfc and new.revision in {1, old.revision}


def is_unlabelled_resend(old: Facts, new: Facts) -> bool:
    """Whether it may be sent again without its number: `[PATCH v2]`, then `[PATCH RESEND]`."""
    return new.is_resend and not new.revision_stated and old.title == new.title


def is_raised(old: Facts, new: Facts) -> bool:
    """Whether it is a later revision, or says that it is sent again."""
    return follows(old, new) or new.is_resend


def is_next(old: Facts, new: Facts) -> bool:
    """Whether no number is between the two, or the numbering starts again behind an RFC."""
    return new.revision == old.revision + 1 or _leaves_rfc(old, new)
