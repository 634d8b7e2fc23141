"""Resolve who is who: name, address, employer, program or person."""

from collections.abc import Iterator
from datetime import date, datetime

from kvminbox.models import Address, Message, Model
from kvminbox.models.address import NOBODY
from kvminbox.patches import program_sign
from kvminbox.people.aliases import Aliases
from kvminbox.people.employers import UNKNOWN, EmployerMap, EmployerRule
from kvminbox.people.mailmap import Mailmap
from kvminbox.people.senders import Claim, find_author, find_day, find_sender


class Person(Model):
    """Who somebody is, as far as the mail and the maps say.

    Equal addresses need not be one human being, nor different ones two: From
    is free text, and a map says what its keeper believes.
    """

    name: str = ""
    """The name as the maps want it written; else as in the mail."""

    email: str = ""
    """The address as the maps want it written; else as in the mail."""

    employer: str | None = None
    """The employer on the day of the mail; None if no map has one, and for programs."""

    is_bot: bool = False
    """Whether it is a program, by its address or name; for a notice see `Message.kind`."""

    written: Address = NOBODY
    """The address as written in the mail."""

    evidence: tuple[str, ...] = ()
    """The rules that fired, in words, with file and line."""

    def _describe(self) -> str:
        employer = self.employer or ("a program" if self.is_bot else "employer unknown")
        return f"{self.mailbox}, {employer}"

    @property
    def mailbox(self) -> str:
        """Name and address in one line, where they are there: `Ada Birch <ada@wood.example>`."""
        return Address(name=self.name, email=self.email).mailbox

    @property
    def domain(self) -> str:
        """The part after the address's last `@`, in lower case."""
        return Address(email=self.email).domain


class People(Model):
    """Who is who, by the maps it is given; without maps, people are as written.

    >>> from kvminbox.people import parse_employers
    >>> people = People(employers=parse_employers("silicon.example Silicon < 2023-01-01"))
    >>> ada = people.resolve(Address(email="ada@eu.silicon.example"), date(2022, 5, 1))
    >>> ada.employer, ada.evidence
    ('Silicon', ('domain-map:1 gives silicon.example to Silicon before 2023-01-01',))
    """

    mailmap: Mailmap = Mailmap()
    """Names and addresses to write instead of others; looked up first."""

    aliases: Aliases = Aliases()
    """gitdm's addresses for others; looked up with the mailmap's result."""

    employers: EmployerMap = EmployerMap()
    """Employers by address and domain."""

    def _describe(self) -> str:
        return ", ".join(
            f"{len(entries)} {name}"
            for name, entries in (
                ("mailmap entries", self.mailmap.entries),
                ("aliases", self.aliases.entries),
                ("employer rules", self.employers.rules),
            )
        )

    def resolve(self, address: Address, day: date | datetime | None = None) -> Person:
        """Return who an address is.

        Args:
            address: the address as written, as in `message.sender` or a trailer.
            day: when it was written. Without it, an employer is returned only where
                the map names the same one for all time.
        """
        return self._resolve(Claim(address), day.date() if isinstance(day, datetime) else day)

    def resolve_author(self, message: Message) -> Person:
        """Return who wrote a submission's change (its `author`); of other mails, who sent it."""
        return self._resolve(find_author(message), find_day(message))

    def resolve_sender(self, message: Message) -> Person:
        """Return who sent a mail; a From that the list rewrote is repaired, with evidence."""
        return self._resolve(find_sender(message), find_day(message))

    def _resolve(self, claim: Claim, day: date | None) -> Person:
        evidence = [claim.reason] if claim.reason else []
        final = self._rename(claim.address, evidence)
        program = program_sign(claim.address)
        employer = None
        if program:
            sign = "address" if "@" in program else "name"
            evidence.append(f"{program} is a known bot's {sign}")
        elif not claim.is_lists:
            employer = self._find_employer(claim.address, final, day, evidence)
        return Person(
            name=final.name,
            email=final.email,
            employer=employer,
            is_bot=bool(program),
            written=claim.address,
            evidence=tuple(evidence),
        )

    def _rename(self, address: Address, evidence: list[str]) -> Address:
        """Replace the written name and address by the mailmap's, and then by the aliases'."""
        entry = self.mailmap.find(address.name, address.email)
        if entry:
            address = self.mailmap.map(address)
            place = f"{self.mailmap.source}:{entry.line}"
            evidence.append(f"{place} writes {address.mailbox}")
        if alias := self.aliases.find(address.email):
            address = address.model_copy(update={"email": alias.email})
            evidence.append(f"{alias.source}:{alias.line} counts it as {alias.email}")
        return address

    def _find_employer(
        self, written: Address, final: Address, day: date | None, evidence: list[str]
    ) -> str | None:
        rule = next(self._find_rules(written, final, day), None)
        if rule is None:
            unless = "" if day else " without a day"
            evidence.append(f"no map has an employer for {written.email}{unless}")
            return None
        end = f" before {rule.until}" if rule.until else ""
        evidence.append(f"{rule.place} gives {rule.key} to {rule.employer}{end}")
        return None if rule.employer == UNKNOWN else rule.employer

    def _find_rules(
        self, written: Address, final: Address, day: date | None
    ) -> Iterator[EmployerRule]:
        """Yield the rules that apply, the surest first.

        A whole address goes before a domain. The written address goes before the one
        that a map made of it: who wrote from a firm worked there, whatever they use now.
        """
        find_address, find_domain = self.employers.find_address, self.employers.find_domain
        yield from filter(None, (find_address(one.email, day) for one in (written, final)))
        yield from filter(None, (find_domain(one.domain, day) for one in (written, final)))
