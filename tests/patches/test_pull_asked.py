"""Whether the words of git request-pull in a mail come with a wish that somebody pulls."""

import pytest

from kvminbox.patches.pull import find_pull

PULL = """\
The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  lamp: the day before (2025-03-01 12:00:00 +0000)

are available in the Git repository at:

  https://lamp.example/lamp.git lamps

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  lamp: the day after (2025-03-04 12:00:00 +0000)

----------------------------------------------------------------
{tag}
"""
ASKED = [
    "Please pull.",
    "Please, pull these changes from:",
    "Lena, please pull the following fixes for 6.9.",
    "Hi Lena, please consider pulling.",
    "Please consider to pull these.",
    "Would you please pull these?",
    "Could you\nplease pull the following?",
    "You can pull these changes from:",
    "this is a pull request of 3 patches for lamp/main.",
    "Here is a pull request with 12 patches for lamp-next.",
    "These are fixes; they were tested.  Please pull or let me know if anything is wrong!",
]
NOT_ASKED = [
    "Please pull the branch below if you want to test.",
    "To test it, please pull from the branch below.",
    "Please pull and test.",
    "If you prefer git, please pull from here.",
    "If you want to try the whole of it,\nplease pull from here.",
    "Please do not pull this yet, it is for review.",
    "Please don't pull yet.",
    "please pull in the prerequisites of Ada first.",
    "Please pull down the branch for a look.",
    "I'll ask Lena to please pull this later.",
    "Once everyone is happy, please pull.",
    "When acked, please pull:",
    "Rob, please pull this only after the reviews.",
    "Please consider pulling after review.",
    "This is a pull request of 3 things to come.",
    "There will be a pull request 26-05-05 of these.",
    "It replaces the pull request 25-05-04 of last week.",
    "You can pull these changes from the branch if you want to try them.",
    "For your convenience you can pull these changes from:",
    "Alternatively, you can pull these changes from:",
    "You can also pull these changes from:",
    "> Please pull.",
    "We pull these changes from Ada.",
]


@pytest.mark.parametrize("is_above", [True, False])
@pytest.mark.parametrize("words", [*ASKED, *NOT_ASKED])
def test_a_sentence_asks_to_pull(words, is_above):
    """A wish for a test, after a review, or of another branch is none; where it is said is one."""
    text = f"{words}\n\n{PULL}" if is_above else f"{PULL}\n{words}\n"
    found = find_pull(text.format(tag="lamps"))
    assert found is not None
    assert found.is_asked_for == (words in ASKED)


@pytest.mark.parametrize(
    ("tag", "is_asked"),
    [
        ("lamp pull request 26-05-05", True),
        ("lamp-next pull request 2026-05-05", True),
        ("pull request lamp-26-05-05", True),
        ("lamps for 26-05-05", False),
        ("the lamps of pull request 26-05-05", False),
    ],
)
def test_the_tag_of_a_pull_request(tag, is_asked):
    """The text of a signed tag may be all that calls it a pull request."""
    found = find_pull(PULL.format(tag=tag))
    assert found is not None
    assert found.is_asked_for == is_asked


def test_half_of_a_pull_request_asks_nothing():
    """Without the commits that it is from and to, it is a tree that is named."""
    found = find_pull(f"Please pull.\n\n{PULL.partition('for you')[0]}")
    assert found is not None
    assert not found.is_asked_for
