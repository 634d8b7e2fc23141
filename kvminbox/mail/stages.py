"""Reading in stages: a part of a mail is read when it is first asked for, once."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Self, TypeVar, overload

from kvminbox.mail.defects import DefectList, Note

T = TypeVar("T")


class Stages:
    """The base of what is read in stages.

    Attributes:
        noted: what was odd in each stage that has been made, by its name.
    """

    def __init__(self) -> None:
        self.noted: dict[str, DefectList] = {}

    def _begin_stage(self, name: str) -> Note:
        """Return what the readers of a stage that is made at once call."""
        found = self.noted[name] = DefectList()
        return found.note

    def collect_defects(self, stages: Iterable[str], found: DefectList) -> None:
        """Add what some stages noted, in their order, to other defects; make those not yet made.

        So the defects of a mail stand in one order, in whichever its stages were made.
        """
        for name in stages:
            if name not in self.noted:
                getattr(self, name)
            for defect in self.noted[name]:
                found.add(defect)


class stage(Generic[T]):  # noqa: N801  # a decorator, as `property`
    """A property that is made once, with its defects: a method that takes a `Note`.

    Two threads may make it at the same time, and get equal values. (`cached_property` has a
    lock in Python 3.11, one for all mails.)
    """

    def __init__(self, read: Callable[[Any, Note], T]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...

    @overload
    def __get__(self, owner: Stages, kind: type) -> T: ...

    def __get__(self, owner: Stages | None, kind: type) -> Self | T:
        """Make it; from then on Python finds it in the object's own dictionary."""
        if owner is None:
            return self
        defects = DefectList()
        value = self._read(owner, defects.note)
        owner.noted[self._name] = defects  # first: who sees the value, sees its defects
        owner.__dict__[self._name] = value
        return value
