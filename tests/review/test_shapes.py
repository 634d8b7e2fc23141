"""Sentences of one shape each that say that patches were applied."""

import pytest

from kvminbox.review.phrases import find_claims
from kvminbox.review.shapes import SHAPES, Shape, read_shape


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.example)
def test_examples(shape: Shape) -> None:
    """Each shape reads its own example, has one of its words, and no question is read."""
    assert any(word in shape.example.lower() for word in shape.words)
    assert read_shape(shape.example, shape.example) is not None
    asked = f"{shape.example.rstrip('.')}?"
    assert read_shape(asked, asked) is None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.example)
def test_each_shape_is_needed(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other shape reads the example of one as it does."""
    told = read_shape(shape.example, shape.example)
    others = tuple(one for one in SHAPES if one is not shape)
    monkeypatch.setattr("kvminbox.review.shapes.SHAPES", others)
    assert read_shape(shape.example, shape.example) != told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Now, 3/4 and 4/4 applied to kvm/next.", "3/4 and 4/4"),
        ("I've fixed both while applying the patches to lamp-can-next.", "the patches"),
        ("They look good, so I'll apply the first five patches now.", "the first five patches"),
        ("Thanks a lot merged!", ""),
        (
            "Applied all patches except the 2 timer patches for v5.12.",
            "all patches except the 2 timer patches",
        ),
    ],
)
def test_words_for_patches(text: str, named: str) -> None:
    """What was applied is named by all the words for it, and by none that are not."""
    assert [claim.named for claim in find_claims(text)] == [named]
