"""What reviewers gave: tags and replies, and how far a series has come.

From the lines of a mail to an `Applied`, by the files in their order:

1. `own_text`: the lines that its sender wrote, with the titles that he kept of a quote
   (`quoting`, `listed_titles`), and the patches that it names (`quoted_parts`).
2. `claim_text`: their paragraphs, and a list of patches with commits (`commit_lists`).
3. `phrases`: each sentence (`sentences`) that has a verb such as `applied` makes a `claim`, by who
   did it (`doers`, `joined`), to what (`objects`), where (`trees`), if that suffices (`enough`);
   `states` reads `it is in my tree`, and `shapes` sentences of another shape (`lines`).
4. `doubts`: what takes a claim back, such as another place (`elsewhere`), another deed (`deeds`),
   patches of others (`others`), a test (`trials`). `wording` and `marks` have the words of 3 and 4.
5. `sifting`: the claims that hold of this sender, for this series; of its author, `authors` tells.
6. `named_parts`: which patches a claim names, by the `selection` of its words, which are numbers
   (`counted`), topics (`topics`) and exceptions (`left_out`).
7. `applied_text`: these among the patches of a series, and the share of each tree.
8. `applied`: all of it for one mail; `applying`: for all answers to a series (`answers`), with
   what is known of its people (`committers`), and without what was taken back (`taking_back`).

Tags go from `tag_lines` and `names` by `reply_trailers` and `scope` to `tags`; programs' mails are
read by `notices`, and pull requests by `pulled`. `review` puts all together.
"""

from kvminbox.review.applying import find_committers
from kvminbox.review.committers import Commits, Committers
from kvminbox.review.reply_trailers import parse_reply_trailers
from kvminbox.review.review import review_all, review_series

__all__ = [
    "Commits",
    "Committers",
    "find_committers",
    "parse_reply_trailers",
    "review_all",
    "review_series",
]
