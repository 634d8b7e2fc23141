"""Templates: they make text, and an error in one names its line."""

import sys

import pytest

from kvminbox.errors import MissingExtraError, UsageError
from kvminbox.models import Model

pytest.importorskip("jinja2")
from kvminbox.display import parse_template


class Found(Model):
    """A result."""

    names: tuple[str, ...] = ("Ada", "Ben")
    """Some names."""


def test_a_template_is_filled_in():
    """A template sees the result."""
    template = parse_template("{% for name in result.names %}- {{ name }}\n{% endfor %}")
    assert template(Found()) == "- Ada\n- Ben\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("one\n{% for %}", 2, "Expected"),
        ("a\nb\n{{ result.names", 3, "expected"),
        ("{% if x %}", 1, "endif"),
        ("{% nothing %}", 1, "unknown tag"),
        ("{{ result | no_filter }}", 1, "filter"),
    ],
)
def test_a_malformed_template(text, line, words):
    """A malformed template is refused with its name, the line, and what was expected."""
    with pytest.raises(UsageError) as caught:
        parse_template(text, source="week.j2")
    assert f"week.j2, line {line}" in str(caught.value)
    assert words.lower() in str(caught.value).lower()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n{{ result.nothing }}", 2, "nothing"),
        ("{{ other }}", 1, "other"),
        ("{{ 1 / 0 }}", 1, "zero"),
        ("{{ result.names[7] }}", 1, "7"),
    ],
)
def test_what_is_not_there(text, line, words):
    """A name or value that the result lacks is an error that names the template's line."""
    with pytest.raises(UsageError) as caught:
        parse_template(text, source="week.j2")(Found())
    assert f"week.j2, line {line}" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ result.__class__.__mro__ }}",
        "{{ result.names.__class__.__base__.__subclasses__() }}",
        "{{ ''.__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% set _ = result.model_config.update(frozen=False) %}",
    ],
)
def test_a_template_reaches_nothing_else(text):
    """A template can reach neither Python's internals nor files, and changes nothing."""
    with pytest.raises(UsageError):
        parse_template(text)(Found())


def test_endless_templates_end():
    """A template that calls itself without end is stopped with the library's error."""
    text = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"
    with pytest.raises(UsageError, match="itself"):
        parse_template(text)(Found())


def test_without_jinja2(monkeypatch):
    """If Jinja2 is not installed, the error says how to get it."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        parse_template("x")
