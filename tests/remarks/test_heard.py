"""Which remarks the changelog of the next version has heard, by name and by words."""

import pytest

from kvminbox import link_series
from kvminbox.analysis import compute_series_remarks, compute_unheard_remarks
from kvminbox.display import Document, render_text
from kvminbox.remarks import follow_up
from kvminbox.reports import lay_out
from kvminbox.series import group_series
from tests.analysis.analysis_mails import Mails
from tests.remarks.remark_mails import ADA, LAMP, LAMP_DIFF, answer, lamp_mails, quote, read_mail

LINE = quote("+	timer_init(&lamp->timer, lamp_blink);")
RENAME = "The defconfigs have to rename these symbols, too."
CHANGED = LAMP_DIFF.replace("timer_init(&lamp->timer, lamp_blink)", "timer_setup(&lamp->timer)")


def mails(said, *, notes="", message="", cover=""):
    """Return a series, Ewa's remark on its first patch, and a version that tells its changes."""
    (text, _, rest) = LAMP.partition("Changes since v1: none so far.\n")
    text = text.replace("only that one.\n", f"only that one.\n\n{message}", 1)
    newer = lamp_mails("t", tag="PATCH v2", hour=48, message=f"{text}{notes}\n{rest}")
    if cover:
        newer[0] = read_mail(
            "t-0@x", "[PATCH v2 0/2] lamp: a timer each", f"Lamps.\n\n{cover}\n", ADA, hour=48
        )
    return [*lamp_mails(), *newer, answer(f"{LINE}\n{said}\n")]


def hearings(said, **more):
    """Return what the changelog says of the remark."""
    sent = mails(said, **more)
    chains = link_series(group_series(sent))
    (found,) = [one for chain in chains for one in follow_up(chain, sent)]
    return found.hearings


@pytest.mark.parametrize(
    ("said", "point"),
    [
        (RENAME, "Renamed symbols in defconfig (Ewa)"),
        (RENAME, "rename the symbols in defconfigs, thanks to Ewa Lis"),
        ("Why is lamp_setup() not used?", "Use lamp_setup() - Ewa"),
        ("There is no such file in this patch.", "Added the missing lamp.c file (Ewa, Ben)"),
        ("Is this so?", "Addressed all comments from Ben and Ewa"),
        ("Is this so?", "Incorporate Ewa's review comments"),
        ("Is this so?", "Address feedback (Ben, Ewa)"),
    ],
)
def test_a_point_with_a_name_and_the_words_of_a_remark_has_heard_it(said, point):
    """Whoever is named for the same thing, or for all that was said, was heard."""
    assert hearings(said, notes=f"Changes in v2:\n - {point}\n - Fixed a typo") == (point,)
    assert hearings(said, cover=f"v1 -> v2:\n * {point}\n") == (point,)


@pytest.mark.parametrize(
    ("said", "point"),
    [
        (RENAME, "Renamed symbols in defconfig"),
        (RENAME, "Renamed symbols in defconfig (Ben)"),
        (RENAME, "Use a lock (Ewa)"),
        ("Why is lamp_setup() not used?", "Use lamp_start() (Ewa)"),
        ("There is no such lamp here.", "Say more of lamp.c (Ewa)"),
        ("Is this so?", "Addressed some comments from Ewa"),
        ("Is this so?", "Addressed all but one of Ewa's comments"),
        ("Is this so?", "Fixed the lock per Ewa's comments"),
        ("Is this so?", "Collected Ewa's Reviewed-by"),
        (RENAME, "Rebase on Ewa's patch that renames symbols in defconfig"),
        ("Is this so?", "Address Ewa's comments:"),
    ],
)
def test_a_point_of_another_thing_or_person_has_heard_nothing(said, point):
    """A name alone may stand there for another remark, and a thing for another person."""
    assert hearings(said, notes=f"Changes in v2:\n - {point}\n - Fixed a typo") == ()


def test_a_list_below_a_name_is_of_that_person():
    """What stands below `Address Ewa's comments:` is by its own words."""
    notes = "Changes in v2:\n - Address Ewa's comments:\n - Rename symbols in defconfig"
    assert hearings(RENAME, notes=notes) == ("Rename symbols in defconfig",)
    assert hearings("Is this so?", notes=notes) == ()


def test_a_history_in_the_message_is_read_and_an_older_version_is_not():
    """Some trees keep `v2: …` in the commit; what v1 changed has not heard a remark on v1."""
    point = "Renamed symbols in defconfig - Ewa"
    assert hearings(RENAME, message=f"v2: {point}\n\n") == (point,)
    assert hearings(RENAME, notes=f"Changes in v1:\n - {point}") == ()


def test_a_remark_that_was_heard_is_not_listed():
    """The list of unheard remarks leaves it out; without the name it has it."""
    heard = mails(RENAME, notes="Changes in v2:\n - Renamed symbols in defconfig (Ewa)")
    other = mails(RENAME, notes="Changes in v2:\n - Renamed symbols in defconfig")
    assert compute_unheard_remarks(Mails(*heard)).rows == ()
    series = group_series(heard)
    (chain,) = link_series(series)
    result = compute_series_remarks(chain, chain.series[0], heard)
    page = render_text(Document("Review", tuple(lay_out(result))))
    assert "the changelog of v2 has heard it" in " ".join(page.split())
    assert len(compute_unheard_remarks(Mails(*other)).rows) == 1


def test_what_changed_needs_no_words():
    """Where the line is another one, nobody has to be named."""
    sent = mails(RENAME, notes="Changes in v2:\n - Renamed symbols in defconfig (Ewa)")
    newer = lamp_mails("t", tag="PATCH v2", hour=48, diff=CHANGED)
    chains = link_series(group_series([*sent[:3], *newer, sent[-1]]))
    (found,) = [one for chain in chains for one in follow_up(chain, [*newer, sent[-1]])]
    assert (found.outcome, found.hearings) == ("changed", ())
