"""The model made from a mail's parts."""

from typing import get_args

import pytest

from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.models import (
    DEFECT_CODES,
    PROBLEM_CODES,
    CoverLetter,
    Defect,
    DefectCode,
    Kind,
    Message,
    Patch,
    Problem,
    ProblemCode,
    PullRequest,
    Submission,
    SuggestedPatch,
)
from kvminbox.patches import make_message, read_parts

_DAMAGED = b"""From: Ida Berg <ida@lamp.example>
Subject: [PATCH] lamp: light it
Message-ID: <1@lamp.example>
Date: Mon, 2 Mar 2026 10:00:00 +0000

From: Ida Berg

Signed-off-by: Ida Berg <ida@lamp.example>
---
 lamp.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/lamp.c b/lamp.c
index 1111111..2222222 100644
--- a/lamp.c
+++ b/lamp.c
@@ -1,2 +1,4 @@
 one
+two
 three
"""


def test_a_model_made_twice_is_the_same():
    """Making a mail's model does not modify its parts, so that a second model is equal."""
    parts = read_parts(_DAMAGED)
    noted = list(parts.mail.defects)
    first, second = make_message(parts), make_message(parts)
    codes = [defect.code for defect in first.defects]
    assert codes == ["address-odd", "inbody-from-odd", "diff-damaged", "diffstat-differs"]
    assert first == second
    assert parts.mail.defects == noted == []


def test_counting_a_diff_leaves_its_blocks():
    """A file whose header names two files is damaged in the result, not in what was found."""
    blocks = find_diff("diff --git a/x b/x\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n")
    stat, defects = compute_diffstat(blocks)
    assert stat.damaged
    assert [defect.code for defect in defects] == ["diff-damaged"]
    assert [block.trouble for block in blocks.files] == [""]
    assert compute_diffstat(blocks) == (stat, defects)


def test_each_code_has_a_meaning():
    """The codes that readers may note are those that are documented, in the same order."""
    assert get_args(DefectCode) == tuple(DEFECT_CODES)
    assert get_args(ProblemCode) == tuple(PROBLEM_CODES)


def test_a_code_of_a_later_version_can_be_read():
    """What type checkers know as one of our codes may be another one in JSON."""
    assert Defect.model_validate_json('{"code": "lemon-odd", "text": ""}').code == "lemon-odd"
    assert Defect.model_json_schema()["properties"]["code"]["type"] == "string"
    assert "enum" not in Problem.model_json_schema()["properties"]["code"]


def test_a_submission_is_of_no_plain_kind():
    """The base of patches and the like names the kinds of its subclasses, and no other."""
    kinds = get_args(Submission.model_fields["kind"].annotation)
    below = (Patch, SuggestedPatch, CoverLetter, PullRequest)
    assert {*kinds} == {
        kind for one in below for kind in get_args(one.model_fields["kind"].annotation)
    }
    assert {*kinds} | {*get_args(Message.model_fields["kind"].annotation)} == {*get_args(Kind)}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_has_one_model(kind):
    """A kind of mail is a kind of one model, and of no other."""
    models = [Message, Patch, SuggestedPatch, CoverLetter, PullRequest]
    takers = [model for model in models if kind in get_args(model.model_fields["kind"].annotation)]
    assert len(takers) == 1
