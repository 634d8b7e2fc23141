"""People without an employer: a list to fill in, in the format of the map itself."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Model
from kvminbox.people.employers import UNKNOWN
from kvminbox.people.resolve import Person
from kvminbox.safe import safe_text

HEADER: Final = f"# domain  employer  [< yyyy-mm-dd]; put a name for {UNKNOWN}\n"

# what a map's line can begin with; a mail's domain may have any characters
_KEY: Final = re.compile(r"[\w.-]{1,255}")


class UnknownAddress(Model):
    """An address without a known employer."""

    email: str
    """The address, in lower case."""

    count: int
    """How often it occurred."""


class UnknownDomain(Model):
    """A domain with people whose employer is in no map.

    It may be a firm's, or one where anybody can get an address; there, a line for
    each address says more than one for the domain.
    """

    domain: str
    """The domain, in lower case; empty for addresses that have none."""

    count: int
    """How often its addresses occurred."""

    addresses: tuple[UnknownAddress, ...] = ()
    """Its addresses, most frequent first."""


def group_unknown(persons: Iterable[Person]) -> tuple[UnknownDomain, ...]:
    """Group people without an employer by domain, most frequent first; leave out programs.

    A person counts once for each time in `persons`: to count mails, pass one for each mail.
    """
    counts: dict[str, Counter[str]] = {}
    for person in persons:
        if person.employer is None and not person.is_bot:
            counts.setdefault(person.domain, Counter())[person.email.lower()] += 1
    domains = [
        UnknownDomain(domain=domain, count=found.total(), addresses=_sort_addresses(found))
        for domain, found in counts.items()
    ]
    return tuple(sorted(domains, key=lambda one: (-one.count, one.domain)))


def to_gitdm(unknown: Iterable[UnknownDomain], *, addresses: int = 3) -> str:
    r"""Render domains as an employer map to be filled in, which `parse_employers` reads.

    Args:
        unknown: what `group_unknown` returned.
        addresses: how many addresses to show below each domain, as comments that
            become lines for these people alone when their `#` is taken away.

    >>> domain = UnknownDomain(domain="uni.example", count=7)
    >>> print(to_gitdm([domain]).splitlines()[1].expandtabs(4))
    uni.example (Unknown)   # 7
    """
    return HEADER + "".join(_render_domain(domain, addresses) for domain in unknown)


def _sort_addresses(counts: Counter[str]) -> tuple[UnknownAddress, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(UnknownAddress(email=email, count=count) for email, count in ordered)


def _render_domain(domain: UnknownDomain, addresses: int) -> str:
    shown = domain.addresses[:addresses]
    first = "" if _KEY.fullmatch(domain.domain) else "# "
    below = (f"# {_render_line(address.email, address.count)}" for address in shown)
    return first + _render_line(domain.domain, domain.count) + "".join(below)


def _render_line(key: str, count: int) -> str:
    return f"{safe_text(key) or '(none)'}\t{UNKNOWN}\t# {count}\n"
