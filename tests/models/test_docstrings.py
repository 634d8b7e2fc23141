"""The descriptions of fields, which Pydantic would read when a model is imported."""

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from kvminbox.models import Model
from kvminbox.models.docstrings import describe_fields


class Theirs(BaseModel):
    """A model whose docstrings Pydantic reads."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    first: int
    """The first,
    on two lines."""

    second: int = 2
    """The second."""

    bare: int = 3

    if TYPE_CHECKING:
        fourth: int = 4
    else:
        fourth: int = 4
        """The fourth."""


class TheirsToo(Theirs):
    """One that says a field again, and has one more."""

    second: int = 4

    fifth: int = 5
    """The fifth."""


class Ours(Model):
    """The same for this library."""

    first: int
    """The first,
    on two lines."""

    second: int = 2
    """The second."""

    bare: int = 3

    if TYPE_CHECKING:
        fourth: int = 4
    else:
        fourth: int = 4
        """The fourth."""


class OursToo(Ours):
    """One that says a field again, and has one more."""

    second: int = 4

    fifth: int = 5
    """The fifth."""


def test_a_field_has_the_docstring_that_pydantic_gives_it():
    """A description is the text below the field, of the class that says the field last."""
    for theirs, ours in ((Theirs, Ours), (TheirsToo, OursToo)):
        expected = {name: one.description for name, one in theirs.model_fields.items()}
        found = describe_fields(ours)
        assert found == {name: words for name, words in expected.items() if words}
        given, wanted = (model.model_json_schema()["properties"] for model in (ours, theirs))
        assert given == wanted


def test_what_has_no_source_says_nothing():
    """A model made in a function has a schema without descriptions, and no error."""

    class Inner(Model):
        x: int
        """A number."""

    assert describe_fields(Inner) == {}
    assert Inner.model_json_schema()["properties"] == {"x": {"title": "X", "type": "integer"}}
