"""Jinja2 templates for a section's layout; only this room imports Jinja2, which is optional.

A template makes text, which goes through the same gate as all other text: it can't
bring HTML or an escape sequence into an output. It runs in Jinja2's sandbox, sees
only the result, and can't read files.
"""

import re
from typing import Final, Protocol

from kvminbox.errors import MissingExtraError, UsageError
from kvminbox.models import Model

_INSTALL = "install it, as with `pip install kvminbox[templates]`"
# Jinja2's `'kvminbox.analysis.ranking.Ranking object' has no attribute 'x'`
_OBJECT: Final = re.compile(r"'(?:\w+\.)+(\w+) object'")


class Template(Protocol):
    """A template that was parsed."""

    def __call__(self, result: Model, /) -> str:
        """Return the text that the template makes of a result.

        Raises:
            kvminbox.errors.UsageError: it names something that the result does not have.
        """


def parse_template(text: str, *, source: str = "template") -> Template:
    """Parse a Jinja2 template.

    Args:
        text: the template; a section's result is `result` in it.
        source: its name in errors, such as the file's name.

    Raises:
        kvminbox.errors.UsageError: it is malformed (the error says in which line, and what was
            expected).
        kvminbox.errors.MissingExtraError: Jinja2 is not installed.
    """
    try:
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise MissingExtraError("Jinja2 is not installed", where=source, cure=_INSTALL) from None
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        template = environment.from_string(text)
    except jinja2.TemplateSyntaxError as error:
        raise _malformed(error.message or "it is malformed", source, error.lineno) from None

    def render(result: Model, /) -> str:
        try:
            return template.render(result=result)
        except RecursionError:
            raise _malformed("it includes itself without end", source, None) from None
        except Exception as error:  # noqa: BLE001  # an expression can raise anything
            what = _OBJECT.sub(r"\1", str(error))
            raise _malformed(what, source, _find_line(error)) from None

    return render


def _find_line(error: BaseException) -> int | None:
    """Return the template line where an error occurred: Jinja2 puts it into the traceback."""
    step, line = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


def _malformed(what: str, source: str, line: int | None) -> UsageError:
    where = f"{source}, line {line}" if line else source
    return UsageError(what, where=where, cure="correct the template there")
