"""What `help()` says of classes of fields."""

import inspect
import pickle
import pydoc
import subprocess
import sys

import pytest

import kvminbox.analysis
import kvminbox.models
from kvminbox.display import Table
from kvminbox.fields import find_texts
from kvminbox.models import Model, Patch, Series
from kvminbox.models.base import BaseModel

PLACES = [kvminbox.models, kvminbox.analysis]
MODELS = {
    value
    for place in PLACES
    for value in (getattr(place, name) for name in place.__all__)
    if inspect.isclass(value) and issubclass(value, Model)
}


class Lint(Model):
    """What a checker says.

    One model of one's own.
    """

    rule: str
    """The rule that is broken."""

    found: tuple[str, ...] = ()
    place: tuple[int, int] = (1, 1)


class StrictLint(Lint):  # noqa: D101  # that it has no docstring is the point
    rule: str = "all"
    weight: int = 1
    """How much it counts."""


def _run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_help_lists_fields_with_types_defaults_and_texts():
    """The docstring of a model is what its class says, and then each field as it is written."""
    assert Lint.__doc__ == (
        "What a checker says.\n\nOne model of one's own.\n\n"
        "Fields:\n"
        "    rule: str\n"
        "        The rule that is broken.\n"
        "    found: tuple[str, ...] = ()\n"
        "    place: tuple[int, int] = ..."
    )


def test_a_field_that_is_written_anew_has_no_text_of_its_base():
    """A model without a docstring lists its fields, each as the nearest class writes it."""
    assert StrictLint.__doc__ == (
        "Fields:\n"
        "    rule: str = 'all'\n"
        "    found: tuple[str, ...] = ()\n"
        "    place: tuple[int, int] = ...\n"
        "    weight: int = 1\n"
        "        How much it counts."
    )


@pytest.mark.parametrize("thing", [Series, Patch, Table], ids=lambda thing: thing.__name__)
def test_pydoc_and_inspect_show_all_fields(thing):
    """`help()`, pydoc and `inspect.getdoc` show each field of a class, inherited ones, too."""
    names = list(getattr(thing, "model_fields", None) or thing.__dataclass_fields__)
    for text in (inspect.getdoc(thing), pydoc.render_doc(thing, renderer=pydoc.plaintext)):
        lines = [line.strip(" |") for line in text.splitlines()]
        start = lines.index("Fields:")
        found = [line.partition(":")[0] for line in lines[start:]]
        assert [name for name in names if name not in found] == []


def test_every_public_model_lists_its_fields():
    """Every field of each public model has a line of its own in the model's docstring."""
    assert len(MODELS) > 100
    for model in MODELS:
        listed = model.__doc__.partition("Fields:\n")[2]
        for name in model.model_fields:
            assert f"    {name}: " in listed, (model, name)


def test_the_description_of_a_schema_is_the_class_alone():
    """A JSON schema has the fields' texts at the fields, and not in its own description."""
    schema = Lint.model_json_schema()
    assert schema["description"] == "What a checker says.\n\nOne model of one's own."
    assert schema["properties"]["rule"]["description"] == "The rule that is broken."
    assert "description" not in StrictLint.model_json_schema()


def test_a_class_without_a_file_lists_its_fields():
    """A model that was typed into an interpreter has no texts, and lists names and types."""
    code = (
        "from kvminbox.models import Model\n"
        "class Row(Model):\n"
        "    'A row.'\n"
        "    name: str\n"
        "    'Its name.'\n"
        "print(Row.__doc__)\n"
    )
    assert _run(code) == "A row.\n\nFields:\n    name: str"


def test_a_model_has_its_signature_before_its_first_use():
    """Nobody reads `**data` in help: the signature is that of the fields from the start."""
    code = (
        "import inspect\n"
        "from kvminbox.models import Address, Trailer\n"
        "print(inspect.signature(Address))\n"
        "Address(name='Ida')\n"
        "print(inspect.signature(Address))\n"
        "print(list(inspect.signature(Trailer).parameters))\n"
    )
    first, second, others = _run(code).splitlines()
    assert first == second == "(*, name='', email='', written='')"
    assert others == str(list(kvminbox.models.Trailer.model_fields))


class Ringing(Lint):
    """A model with methods that Pydantic's have, too."""

    def __iter__(self):
        """Yield what rings."""
        return iter(self.found)

    def ring(self):
        """Return what rings first."""
        return self.found[0]


@pytest.mark.parametrize("model", [Series, Patch, Lint, Ringing], ids=lambda one: one.__name__)
def test_help_of_a_model_has_little_of_pydantic(model):
    """Signature and methods are the library's own; a value's names are all there."""
    text = pydoc.render_doc(model, renderer=pydoc.plaintext)
    assert "FieldInfo" not in text.partition("Fields:")[0]
    assert "__pydantic" not in text
    assert "model_construct" not in text
    assert {"model_dump", "model_copy", "model_json_schema"} <= {*dir(model.model_construct())}
    assert ("Yield what rings." in text) == (model is Ringing)
    assert ("ring(self)" in text) == (model is Ringing)
    assert "model_validate_json(" in text


def test_a_model_has_no_signature_of_its_base():
    """The signature of a model is its own, though its base was used before."""
    code = (
        "import inspect\n"
        "from kvminbox.models import Message, Patch\n"
        "Message()\n"
        "print('diff' in inspect.signature(Patch).parameters)\n"
    )
    assert _run(code) == "True"


def test_a_value_has_the_docstring_of_its_class_and_no_signature():
    """A value is not called, so it has no signature; its own docstring has no fields."""
    lint = Lint(rule="a")
    assert not hasattr(lint, "__signature__")
    assert "Fields" not in lint.__doc__
    assert pickle.loads(pickle.dumps(lint)) == lint


def test_a_docstring_can_be_set():
    """Who makes a class anew, as cloudpickle does, sets its docstring; the fields stay below."""

    class Short(Model):
        """Old."""

        name: str = ""

    Short.__doc__ = "New."
    assert Short.__doc__.startswith("New.\n\nFields:\n    name: str")


def test_an_import_reads_no_source():
    """Neither models nor the blocks of documents read their own source when they are imported."""
    code = (
        "import inspect, kvminbox.fields as fields\n"
        "def refuse(*_): raise SystemExit('read')\n"
        "inspect.getsource = fields.find_texts = refuse\n"
        "import kvminbox.analysis, kvminbox.display.document, kvminbox.reports.sections\n"
        "print('done')\n"
    )
    assert _run(code) == "done"


def test_pydantic_is_not_read():
    """Only classes of this kind are read, and not Pydantic's own base."""
    assert not find_texts(BaseModel)


@pytest.mark.parametrize("package", ["models", "inbox", "index", "display"])
def test_help_of_a_package_names_its_classes(package):
    """`help(kvminbox.models)` shows the classes, though none was asked for before."""
    code = (
        f"import kvminbox.{package} as found, pydoc\n"
        "print(pydoc.render_doc(found, renderer=pydoc.plaintext))"
    )
    shown = _run(code)
    assert "\nCLASSES\n" in shown
    wanted = {"models": "Applied", "inbox": "Window", "index": "Search", "display": "Table"}
    assert f"class {wanted[package]}(" in shown
