"""Sentences of one shape each that say that patches were applied."""

import pytest

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
