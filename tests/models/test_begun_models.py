"""A model whose fields are made when they are asked for can't be told from a full one."""

import copy
import gc
import pickle
import random
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from inspect import get_annotations, getattr_static, getmembers_static
from pathlib import Path
from threading import Thread
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from kvminbox import Inbox, Message, Series, load_message, read_message
from kvminbox.errors import UsageError
from kvminbox.mail import Mail, stage
from kvminbox.models import (
    Address,
    AnyMessage,
    CoverLetter,
    Diffstat,
    Patch,
    PullRequest,
    Subject,
    Submission,
    SuggestedPatch,
)
from kvminbox.models.base import make_default
from kvminbox.models.begun import begin, with_field
from kvminbox.patches import MailParts, make_message, read_parts, read_texts
from tests.promises.test_round_trips import MAILS

FOLDER = Path(__file__).parents[1] / "patches" / "mails"
PATCH = b"""From: Ida Birch via walk <walk@wood.example>
Reply-To: Ida Birch <ida@wood.example>
To: Ed Ash <ed@wood.example>, \xff
Cc: not an address
Subject: [PATCH v2 1/3] walk: go on
Message-ID: <1@wood.example>
List-Id: <walk.wood.example>

From: Ida
Subject: walk: go
 on further

Why.\xe2\x80\xae

Based-on: <0@wood.example>
Reviewed-by: Ed Ash <ed@wood.example>
---
Changes in v2.

 a/x | 2 +-
 1 file changed, 1 insertion(+), 2 deletions(-)

diff --git a/x b/x
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+b
--\x20
2.40
base-commit: 0123456
"""
FIELDS = sorted(
    {name for model in get_args(get_args(AnyMessage)[0]) for name in model.model_fields}
)

TAKERS = {
    "dict": dict,
    "dir": dir,
    "equal": lambda mail: mail == make_full(mail),
    "fields set": lambda mail: mail.model_fields_set,
    "hash": hash,
    "iteration": list,
    "vars": vars,
    "model_copy": lambda mail: vars(mail.model_copy(update={"body": "x"})),
    "model_dump": lambda mail: list(mail.model_dump().items()),
    "without defaults": lambda mail: mail.model_dump(exclude_defaults=True),
    "without what is not set": lambda mail: mail.model_dump(exclude_unset=True),
    "model_dump_json": lambda mail: mail.model_dump_json(),
    "within a series": lambda mail: Series(cover=mail).model_dump_json(),
    "within a tuple": lambda mail: TypeAdapter(tuple[AnyMessage, ...]).dump_json((mail,)),
    "pickle": lambda mail: vars(pickle.loads(pickle.dumps(mail))),
    "copy": lambda mail: vars(copy.copy(mail)),
    "deepcopy": lambda mail: vars(copy.deepcopy(mail)),
    "repr": lambda mail: (repr(mail), list(mail.__repr_args__()), BaseModel.__repr__(mail)),
    "rich": lambda mail: list(mail.__rich_repr__()),
    "content key": lambda mail: (mail.content_key(), mail.content_key(), vars(mail)),
}  # fmt: skip


class Counting:
    """A source that says what it is asked for, and may fail once."""

    def __init__(self, fails=""):
        self.asked = []
        self.fails = fails

    def read_field(self, name):
        """Return the default of a patch."""
        self.asked.append(name)
        if name == self.fails:
            self.fails = ""
            raise OSError(name)
        return Patch.model_fields[name].default


def make_full(mail):
    """Return the model that pydantic itself makes of a mail's fields, after a strict look."""
    fields = {name: getattr(mail, name) for name in type(mail).model_fields}
    return type(mail).model_validate(fields, strict=True)


def ask(mail, names):
    """Ask a model for some fields, in this order."""
    return {name: getattr(mail, name, None) for name in names}


@settings(max_examples=80)
@given(MAILS, st.permutations(FIELDS), st.integers(0, len(FIELDS)), st.sampled_from([*TAKERS]))
def test_any_mail_asked_in_any_order(raw, names, count, taker):
    """Whatever was asked first, a model is the full one: fields, their order, defects and all."""
    full = make_full(read_message(raw))
    mail = read_message(raw)
    assert ask(mail, names[:count]) == ask(full, names[:count])
    assert TAKERS[taker](mail) == TAKERS[taker](full)
    assert list(vars(mail)) == list(vars(full)) or taker == "content key"
    assert mail == full


@pytest.mark.parametrize("taker", TAKERS)
def test_whoever_takes_all_fields_gets_all(taker):
    """Each way to take a model's fields as a whole gives those of the full one."""
    full = make_full(read_message(PATCH))
    assert TAKERS[taker](read_message(PATCH)) == TAKERS[taker](full)


def test_pydantic_asks_for_the_dictionary():
    """Pydantic's serialiser, compiled as it is, reads `__dict__` as an attribute of the model."""
    for dump in (Patch.model_dump, Patch.model_dump_json, TypeAdapter(Patch).dump_json):
        source = Counting()
        dump(begin(Patch, source, {"body": "Words."}))
        assert source.asked == [name for name in Patch.model_fields if name != "body"]


def test_a_field_is_asked_for_once():
    """One field is asked for alone, once, and a source that is not needed any more is let go."""
    source = Counting()
    mail = begin(Patch, source, {"kind": "patch"})
    assert (mail.kind, mail.title, mail.title, source.asked) == ("patch", "", "", ["title"])
    assert vars(mail).keys() == Patch.model_fields.keys()
    assert sorted(source.asked) == sorted(Patch.model_fields.keys() - {"kind"})
    assert vars(mail) is vars(mail)


def test_a_content_key_needs_few_fields():
    """The key by which copies are known is made without counting the diff, and is kept."""
    source = Counting()
    mail = begin(Patch, source, {"kind": "patch"})
    key = mail.content_key()
    assert "diffstat" not in source.asked
    asked = list(source.asked)
    assert (mail.content_key(), mail.model_copy().content_key()) == (key, key)
    assert source.asked[: len(asked)] == asked


def test_another_value_of_a_field_asks_for_no_other():
    """A copy with another value is begun as the model is, equals a whole one, and leaves that."""
    source = Counting()
    mail = begin(Patch, source, {"kind": "patch", "title": "a"})
    other = with_field(mail, "title", "b")
    assert (other.title, mail.title, source.asked) == ("b", "a", [])
    assert other == mail.model_copy(update={"title": "b"})
    assert with_field(Patch(title="a"), "title", "b") == Patch(title="b")
    assert with_field(Patch(title="a"), "title", "b").model_fields_set == {"title"}


@pytest.mark.parametrize("ask_for", [lambda mail: mail.notes, vars, hash])
def test_a_source_that_fails_is_asked_again(ask_for):
    """What a source raises, the reader gets; nothing half-made is left for the next one."""
    mail = begin(Patch, Counting(fails="notes"), {"kind": "patch"})
    with pytest.raises(OSError, match="notes"):
        ask_for(mail)
    ask_for(mail)
    assert mail == Patch()


def test_threads_get_the_same():
    """Many threads that ask for the fields of one model, and for all of it, get equal values."""
    full = make_full(read_message(PATCH))
    names = list(Patch.model_fields)
    with ThreadPoolExecutor(4) as pool:
        for turn in range(10):
            mail = read_message(PATCH)
            orders = [random.Random(turn * 4 + k).sample(names, len(names)) for k in range(4)]
            for found in pool.map(lambda order, mail=mail: (ask(mail, order), vars(mail)), orders):
                assert found == (vars(full), vars(full))


def test_a_begun_model_is_frozen():
    """No field of a begun model can be set, whether it was made or not."""
    mail = read_message(PATCH)
    for name in ("title", "body"):
        with pytest.raises(UsageError, match="frozen"):
            setattr(mail, name, "x")


@pytest.mark.parametrize("model", [Message, Patch, SuggestedPatch, CoverLetter, PullRequest])
def test_parts_have_the_types_of_the_fields(model):
    """Each field of a mail's model is a part of the mail, of the same type."""
    for name, field in model.model_fields.items():
        if name not in {"entry", "kind"}:
            part = getattr_static(MailParts, name, None)
            read = part.fget if isinstance(part, property) else getattr(part, "_read", None)
            owners = [read] if read else MailParts.__mro__
            key = "return" if read else name
            types = [get_annotations(owner, eval_str=True) for owner in owners]
            found = next(one[key] for one in types if key in one)
            declared = (Submission if name in Submission.model_fields else model).model_fields
            assert found == declared[name].annotation == field.annotation


@pytest.mark.parametrize("kind", [Mail, MailParts])
def test_no_stage_is_forgotten(kind):
    """What any stage notes is among a mail's defects: it is named where they are collected."""
    parts = MailParts(PATCH)
    read = parts.mail if kind is Mail else parts
    _ = parts.defects
    silent = {"patch", "_attached_patch", "_in_body", "_tail"}
    stages = {name for name, value in getmembers_static(kind) if isinstance(value, stage)}
    if kind is MailParts:
        for name in stages & silent:
            getattr(parts, name)
            assert not parts.noted[name]
        stages -= silent
    assert stages <= read.noted.keys()


@pytest.mark.parametrize("names", [(), ("title",), ("defects", "evidence"), FIELDS])
def test_a_mail_is_let_go_at_once(names):
    """A mail's parts are in no loop, which would fill the memory until it is looked for."""
    gc.collect()
    gc.disable()
    try:
        parts = read_parts(PATCH)
        mail, alive = make_message(parts), weakref.ref(parts)
        del parts
        ask(mail, names)
        assert alive() is not None
        vars(mail)
        assert alive() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.glob("*.eml"))])
def test_hard_mails(name):
    """A hard mail's model is the full one, and comes back from JSON."""
    mail = read_message((FOLDER / name).read_bytes())
    full = make_full(read_message((FOLDER / name).read_bytes()))
    assert mail.model_dump_json() == full.model_dump_json()
    assert load_message(mail.model_dump_json()) == mail


WRAPPED = b"""From: Ida Birch via walk <walk@wood.example>
Reply-To: Ida Birch <ida@wood.example>
To: walk@wood.example
Subject: [PATCH] walk: go on
Message-ID: <mailman.1.1234.walk@wood.example>
List-Id: <walk.wood.example>
Content-Type: message/rfc822

From: Ida Birch <ida@wood.example>
Subject: [PATCH] walk: go on
Message-ID: <1@wood.example>

Why.
---
Note.

diff --git a/x b/x
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+b
"""


@pytest.mark.parametrize(
    "raw",
    [PATCH, WRAPPED, *(path.read_bytes() for path in sorted(FOLDER.glob("*.eml")))],
    ids=["patch", "wrapped", *(path.name for path in sorted(FOLDER.glob("*.eml")))],
)
def test_texts_that_are_read_alone_are_those_of_the_mail(raw):
    """Body, message, notes and diff are the model's where only the subject is known."""
    mail = read_message(raw)
    texts = read_texts(raw, mail.subject)
    for name in ("body", "commit_message", "notes", "diff"):
        if name in type(mail).model_fields:
            assert texts.read_field(name) == getattr(mail, name)


@pytest.mark.real
@pytest.mark.interop
def test_every_mail_of_the_real_archive(real_inbox_path):
    """Each model of the real archive is the full one, in an order of asking of its own."""
    window = Inbox.open(real_inbox_path).between(None)
    for number, (mail, again) in enumerate(zip(window.messages(), window.messages(), strict=True)):
        full = make_full(again)
        names = list(type(mail).model_fields)
        random.Random(number).shuffle(names)
        assert ask(mail, names[: number % len(names)]).items() <= vars(full).items()
        assert mail.model_dump_json() == full.model_dump_json()
        assert mail.model_fields_set == full.model_fields_set
        assert list(vars(mail)) == list(vars(full))


def test_a_default_is_made_without_a_validator():
    """`make_default` gives what the class itself gives, with nothing set."""
    for model in (Address, Subject, Diffstat):
        assert make_default(model) == model()
        assert make_default(model).model_fields_set == model().model_fields_set == set()


def test_a_model_without_a_source_has_a_schema():
    """A class of one's own that was made in a notebook, or by `exec`, has its schema as well."""
    room = {"__name__": "notebook"}
    exec("from kvminbox.models import Message\nclass Mine(Message):\n    mood: str = ''", room)
    fields = room["Mine"].model_json_schema()["properties"]
    assert fields["mood"]["type"] == "string"
    assert fields["message_id"]["description"]


def test_a_field_has_its_text_in_the_schema_of_a_fresh_process():
    """The texts below fields are their descriptions once a schema is asked for."""
    code = (
        "from kvminbox.models import Patch;"
        "fields = Patch.model_json_schema()['properties'];"
        "print(fields['message_id']['description']);"
        "print(Patch.model_fields['title'].description, fields['kind'].get('description'))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = run.stdout.splitlines()
    assert first == "The Message-ID without angle brackets. It is not unique: see `Entry`."
    assert second == "The change's title: from the in-body Subject, else from the subject. None"


def test_a_model_that_is_validated_does_not_read_its_source():
    """The texts below fields are read for a schema alone, not to validate or to write JSON."""
    code = (
        "import inspect; from kvminbox.models import Address;"
        "inspect.getsource = lambda _: 1 / 0;"
        "print(Address.model_validate({'name': 'Ewa Lis'}).model_dump_json(exclude_unset=True));"
        "print(Address.model_fields['name'].description)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ['{"name":"Ewa Lis"}', "None"]


def test_one_thread_at_a_time_builds_validators(monkeypatch):
    """While a thread builds what validates a model, another that asks for one waits for it."""
    inside, waiting = [], []

    def build(cls, **_):
        inside.append(cls)
        other = Thread(target=Address.model_rebuild)
        if len(inside) == 1:
            other.start()
            waiting.append(other)
            other.join(0.01)  # it can't end before this call does, however long that takes
            assert inside == [Patch]

    monkeypatch.setattr(BaseModel, "model_rebuild", classmethod(build))
    Patch.model_rebuild(force=True)
    waiting[0].join()
    assert inside == [Patch, Address]
