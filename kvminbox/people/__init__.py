"""Who is who: mailmaps, employers, repaired senders, programs, and people not known."""

from kvminbox.people.aliases import Alias, Aliases, parse_aliases, read_aliases
from kvminbox.people.employers import (
    EmployerMap,
    EmployerRule,
    EmployerShare,
    VirtualEmployer,
    parse_employers,
    parse_group_map,
    read_employers,
    read_group_map,
)
from kvminbox.people.gitdm import (
    GitdmConfig,
    GitdmMaps,
    MapFile,
    parse_gitdm_config,
    read_gitdm,
)
from kvminbox.people.mailmap import Mailmap, MailmapEntry, parse_mailmap, read_mailmap
from kvminbox.people.resolve import People, Person
from kvminbox.people.unknown import UnknownAddress, UnknownDomain, group_unknown, to_gitdm

__all__ = [
    "Alias",
    "Aliases",
    "EmployerMap",
    "EmployerRule",
    "EmployerShare",
    "GitdmConfig",
    "GitdmMaps",
    "Mailmap",
    "MailmapEntry",
    "MapFile",
    "People",
    "Person",
    "UnknownAddress",
    "UnknownDomain",
    "VirtualEmployer",
    "group_unknown",
    "parse_aliases",
    "parse_employers",
    "parse_gitdm_config",
    "parse_group_map",
    "parse_mailmap",
    "read_aliases",
    "read_employers",
    "read_gitdm",
    "read_group_map",
    "read_mailmap",
    "to_gitdm",
]
