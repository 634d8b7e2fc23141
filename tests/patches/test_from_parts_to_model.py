"""The model that is made of a mail's parts."""

from typing import get_args

import pytest

from kvminbox.models import (
    DEFECT_CODES,
    CoverLetter,
    DefectCode,
    Kind,
    Message,
    Patch,
    PullRequest,
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
    """Making the model of a mail leaves the parts as they are, so that a second is equal."""
    parts = read_parts(_DAMAGED)
    noted = list(parts.mail.defects)
    first, second = make_message(parts), make_message(parts)
    codes = [defect.code for defect in first.defects]
    assert codes == ["address-odd", "inbody-from-odd", "diff-damaged", "diffstat-differs"]
    assert first == second
    assert parts.mail.defects == noted == []


def test_each_code_has_a_meaning():
    """The codes that readers may note are those whose meaning is told, in one order."""
    assert get_args(DefectCode) == tuple(DEFECT_CODES)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_kind_has_one_model(kind):
    """A kind of mail is a kind of one model, and of no other."""
    models = [Message, Patch, SuggestedPatch, CoverLetter, PullRequest]
    takers = [model for model in models if kind in get_args(model.model_fields["kind"].annotation)]
    assert len(takers) == 1
