"""Long regular expressions, compiled when one is first used."""

import re
from functools import cached_property
from typing import Any, cast


class _Later:
    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a pattern has
        value = vars(self)[name] = getattr(self._compiled, name)  # found at once from now on
        return value


def compile_later(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used; a wrong one raises then.

    It is for those that take a hundredth of a second each, as long as all else that a module
    does when it is imported. It has the attributes of a pattern, but is none to `re` itself.

    >>> compile_later("(a|b)+").fullmatch("abba")[0]
    'abba'
    """
    return cast("re.Pattern[str]", _Later(text, flags))
