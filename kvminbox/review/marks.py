"""Words that several readers of a sentence look for: a plan, a condition, a tree, another patch."""

import re
from typing import Final

from kvminbox.review.wording import DOUBT, HAVE

DOUBTS: Final = re.compile(DOUBT, re.IGNORECASE)
PLANNED: Final = re.compile(
    r"\b(?:will(?!\sbe\s(?:on|in)\b)|would|should|shall|can|could|must|may|might|needs?|have\sto|has\sto|please|not)\b"
    r"|['’]ll\b"
)
# `I decided to apply the patch I wrote before.. and applied`
MY_PATCH: Final = re.compile(
    r"\b(?:the|a)\s(?:patch|fix)\sI\s(?:wrote|made|sent|posted|had)\b"
    # `I've made a commit that changes more pages, and pushed`
    rf"|\bI{HAVE}?\s(?:just\s|now\s)?(?:made|wrote|written|created|prepared)\s(?:a|another)\s"
    r"(?:(?:new|separate|different|small)\s)?(?:commit|patch|fix)\b"
)
# `The relevant patch [1]` is somewhere else
FOOTNOTE: Final = re.compile(
    r"the\s(?:\w+\s)?(?:patch|series|fix|commit|change)\s\[\d{1,2}\]", re.IGNORECASE
)
# `Got below patch for it. Also pushed`
SHOWN: Final = re.compile(
    r"(?<!\bmade\sthe\s)\b(?:below|following)\s(?:patch|diff|change|commit)\b|\b(?:patch|diff|change)\sbelow\b",
    re.IGNORECASE,
)
TREE_WORDS: Final = ("next", "fixes", "branch", "tree", "queue", "master")
TREE_WORD: Final = re.compile("|".join(TREE_WORDS), re.IGNORECASE)
# `now in lamps/dev`, `lamps/stable-6.18`; but `drivers/dev` is a directory
DEVELOPED: Final = re.compile(
    r"(?<![\w./-])(?!(?:arch|block|crypto|documentation|drivers|fs|include|io_uring|ipc|kernel|lib|mm"
    r"|net|proc|rust|samples|scripts|security|sound|src|sys|tools|usr|virt)/)"
    r"[\w.-]+/(?:dev(?:el)?(?:-staging)?|stable(?:-v?\d[\d.]*\d)?)",
    re.IGNORECASE,
)
BRANCH_WORD: Final = re.compile(
    r"(?<!device\s)(?<!source\s)(?:next|fixes|branch|tree\b|queue\b|\bfor-|master|staging)",
    re.IGNORECASE,
)
CONDITION: Final = re.compile(r"\b(?:if|once|when|until|unless|whether)\b", re.IGNORECASE)
# `once this is in kvm/next`, `it should be in`
UNREAL: Final = re.compile(
    rf"{PLANNED.pattern}|\b(?:if|once|until|unless|whether)\s(?:\w+\s)?(?:this|your)\b|n['’]t\b",
    re.IGNORECASE,
)
# trees that are no author's own: `I've added this to my kvm-next branch`
MAINTAINED: Final = re.compile(r"next|fixes|review|(?<!\w)for-|linus|master|staging|urgent")
_ANOTHER_SUBJECT: Final = re.compile(
    r";|,? (?:but|and|so|which|because|since|if|as)\s(?:I|you|we|it|they|he|she|this|that|the"
    r"|there|will|can|could|should|going to|planning to)\b"
)


def cut_clause(text: str) -> str:
    """Return the words up to the next clause that has a subject of its own."""
    end = _ANOTHER_SUBJECT.search(text)
    return text[: end.start()] if end else text
