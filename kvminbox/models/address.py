"""A mail address as somebody wrote it."""

from typing import Final

from kvminbox.models.base import Model, make_default


class Address(Model):
    """One mailbox of a header or a trailer.

    It says what was written, never who it was: a From line is free text.
    """

    name: str = ""
    """The display name, decoded (RFC 2047), without quotes and comments; may be empty."""

    email: str = ""
    """The address in its original letter case; empty if none could be found."""

    written: str = ""
    """The mailbox as written, decoded and with its quotes: `"Doe, Jane" <jane@doe.example>`."""

    @property
    def name_or_email(self) -> str:
        """The name, else the address; empty if there is neither."""
        return self.name or self.email

    @property
    def mailbox(self) -> str:
        """Name and address for a reader, as far as they are known; it quotes nothing.

        `written` is the original, as a header has it.

        >>> Address(name="Jane", email="jane@doe.example").mailbox, Address(name="Jane").mailbox
        ('Jane <jane@doe.example>', 'Jane')
        """
        return f"{self.name} <{self.email}>".strip() if self.email else self.name

    @property
    def key(self) -> str:
        """What tells people apart: the address in lower case, else the name.

        A person with two addresses has two.
        """
        return self.email.lower() or self.name.casefold()

    @property
    def local_part(self) -> str:
        """The part before the last `@`; the whole address if it has none."""
        return self.email.rpartition("@")[0] or self.email

    @property
    def domain(self) -> str:
        """The part after the last `@`, in lower case; empty if there is none.

        >>> Address(email="jane@Kernel.ORG").domain
        'kernel.org'
        """
        return self.email.rpartition("@")[2].lower() if "@" in self.email else ""


NOBODY: Final = make_default(Address)
"""No address at all."""
