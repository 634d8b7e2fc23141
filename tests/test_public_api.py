"""What `kvminbox` offers to those who import it."""

import importlib.metadata
import inspect
import json
import pkgutil

import pytest
from pydantic import TypeAdapter, ValidationError

import kvminbox
import kvminbox.analysis
import kvminbox.models
import kvminbox.reports
import kvminbox.sample
from kvminbox import AnyMessage, Inbox, load_message
from kvminbox.errors import UsageError
from kvminbox.models import Model
from kvminbox.sample import SAMPLE_RANGE, make_sample

FRONT = [kvminbox, kvminbox.reports, kvminbox.sample]
PUBLIC = [kvminbox, kvminbox.models, kvminbox.reports, kvminbox.analysis]
MODELS = sorted(
    {
        value
        for module in PUBLIC
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Model)
    },
    key=lambda model: model.__name__,
)
named = pytest.mark.parametrize("name", kvminbox.__all__)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """Every mail of the sample inbox."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("sample")))
    return [*inbox.between(None, SAMPLE_RANGE[1]).messages()]


@named
def test_a_public_name_is_there_and_documented(name):
    """Each name in `__all__` exists, and each class and function among them has a docstring."""
    value = getattr(kvminbox, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert (value.__doc__ or "").strip()


def test_a_public_name_is_exposed_once():
    """No name is listed twice, and none is offered by two of the public modules."""
    names = [name for module in FRONT for name in getattr(module, "__all__", vars(module))]
    names = [name for name in names if not name.startswith("_") or name == "__version__"]
    wanted = [name for name in names if name in kvminbox.__all__]
    assert len(wanted) == len(set(wanted)) == len(kvminbox.__all__)


def test_tab_shows_what_is_meant():
    """`dir(kvminbox)`, which a notebook's Tab uses, lists only the public names."""
    assert dir(kvminbox) == sorted(kvminbox.__all__)


def test_the_front_door_is_small():
    """The front door has some forty names, of which one is an error."""
    assert len(kvminbox.__all__) <= 43
    errors = [name for name in kvminbox.__all__ if name.endswith("Error")]
    assert errors == ["KvminboxError"]


def test_an_error_has_one_home():
    """Every exception of the library is in `kvminbox.errors`, and is a `KvminboxError`."""
    for name, value in vars(kvminbox.errors).items():
        if inspect.isclass(value) and value.__module__ == "kvminbox.errors":
            assert issubclass(value, kvminbox.KvminboxError), name


def test_the_package_is_typed():
    """A `py.typed` file tells type checkers to use the annotations."""
    assert pkgutil.get_data("kvminbox", "py.typed") == b""


@each_model
def test_a_model_is_frozen_and_closed(model):
    """No field of a model can be set, and unknown fields are refused."""
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


@each_model
def test_a_model_has_a_schema_with_words(model):
    """Each model has a JSON schema that describes the model and each of its fields."""
    schema = model.model_json_schema()
    schema = schema.get("$defs", {}).get(model.__name__, schema)
    assert schema["description"]
    bare = [name for name, field in schema["properties"].items() if not field.get("description")]
    own = set(model.__annotations__)
    assert not [name for name in bare if name in own and name not in CONSTANT]


CONSTANT = {"kind", "files"}
"""Fields that the class's own docstring describes."""


def test_setting_a_field_fails(messages):
    """A message that is shared can't be changed by anybody."""
    with pytest.raises(UsageError, match="frozen"):
        messages[0].body = "another"


def test_messages_go_through_json(messages):
    """Each message of the sample is read back from its JSON as an equal model of its class."""
    kinds = set()
    for message in messages:
        again = load_message(message.model_dump_json())
        assert again == message
        assert type(again) is type(message)
        kinds.add(message.kind)
    assert kinds == {
        "bot", "cover_letter", "discussion", "patch", "pull_request", "reply", "reply_with_patch",
    }  # fmt: skip


def test_a_version_is_there():
    """`kvminbox.__version__` is the version of the installed package."""
    assert kvminbox.__version__ == importlib.metadata.version("kvminbox")


@pytest.mark.parametrize("lost", ["message_id", "subject", "body", "diff", "entry"])
def test_a_mail_that_lost_a_field_is_refused(messages, lost):
    """The JSON of a mail without one of its fields is an error that names it, and no other mail."""
    patch = next(message for message in messages if message.kind == "patch")
    fields = json.loads(patch.model_dump_json())
    del fields[lost]
    with pytest.raises(ValidationError, match=f"1 validation error for Patch\n{lost}\n"):
        load_message(json.dumps(fields))
    with pytest.raises(ValidationError, match="validation errors for Patch"):
        load_message('{"kind": "patch"}')


def test_series_and_threads_go_through_json(messages):
    """Groups of messages are read back from their JSON, too."""
    groups = [*kvminbox.group_series(messages), *kvminbox.group_threads(messages)]
    assert len(groups) > 10
    for group in groups:
        assert type(group).model_validate_json(group.model_dump_json()) == group


def test_the_union_of_messages_has_a_schema():
    """The schema of any message tells the models apart by their kind."""
    schema = TypeAdapter(AnyMessage).json_schema()
    kinds = schema["discriminator"]["mapping"]
    assert len(schema["oneOf"]) == 5
    assert {"patch", "cover_letter", "pull_request", "reply", "bot", "discussion"} <= kinds.keys()
    assert json.dumps(schema)


def test_models_are_values(messages):
    """Equal messages have equal hashes, so that they can be kept in sets."""
    copies = [load_message(message.model_dump_json()) for message in messages]
    assert len({*messages, *copies}) == len(messages)


def test_what_is_large_is_short_to_look_at(tmp_path):
    """The `repr` of a mail, series, chain, comparison, thread or window is one short line."""
    window = kvminbox.Inbox.open(make_sample(tmp_path)).between(None)
    chains = list(window.chains())
    compared = [
        kvminbox.compare_series(*chain.series) for chain in chains if len(chain.series) == 2
    ]
    shown = [*window.messages(), *window.series(), *window.threads(), *chains, *compared, window]
    assert compared
    for value in shown:
        assert len(repr(value)) < 300
        assert "\n" not in repr(value)
    assert repr(window) == "<Window ..HEAD, 24 commits>"
    assert repr(compared[0]).endswith("1 code_changed, 1 unchanged>")
