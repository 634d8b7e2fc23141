"""gitdm's configuration: the maps that it names, aliases, virtual employers."""

from datetime import date

import pytest

from kvminbox.errors import UsageError
from kvminbox.people import parse_aliases, parse_gitdm_config, read_gitdm

CONFIG = """\
# who is who
EmailAliases maps/aliases
EmailMap     maps/domains
GroupMap\tmaps/lab  The Lab of Ada
FileTypeMap  maps/types

VirtualEmployer Ada and Ben
  70% Silicon
  30 Cloud Nine   # a day a week
end
"""
FILES = {
    "aliases": 'ada@old.example ada@silicon.example\n"ada at old" ada@silicon.example\n',
    "domains": "silicon.example Silicon\nuni.example University\n",
    "lab": "fay@uni.example\n",
}


@pytest.fixture
def config_path(tmp_path):
    (tmp_path / "maps").mkdir()
    for name, text in FILES.items():
        (tmp_path / "maps" / name).write_text(text)
    path = tmp_path / "gitdm.config"
    path.write_text(CONFIG)
    return path


def test_a_configuration_names_its_maps():
    """Each line gives a kind and a file, a group its employer, too; file types are left out."""
    config = parse_gitdm_config(CONFIG)
    assert [(file.kind, file.path, file.employer) for file in config.files] == [
        ("EmailAliases", "maps/aliases", ""),
        ("EmailMap", "maps/domains", ""),
        ("GroupMap", "maps/lab", "The Lab of Ada"),
    ]


def test_all_maps_of_a_configuration_are_read(config_path):
    """The maps are taken from the configuration's folder, and work together."""
    maps = read_gitdm(config_path)
    assert maps.aliases.find("Ada at Old").email == "ada@silicon.example"
    rule = maps.employers.find_address("fay@uni.example", date(2020, 1, 1))
    assert rule.employer == "The Lab of Ada"
    assert maps.employers.find_domain("uni.example", None).employer == "University"


def test_a_virtual_employer_shares_its_work(config_path):
    """Work of a virtual employer is split by per cent; any other keeps its own."""
    employers = read_gitdm(config_path).employers
    shares = [(share.employer, share.percent) for share in employers.split("Ada and Ben")]
    assert shares == [("Silicon", 70), ("Cloud Nine", 30)]
    assert [(share.employer, share.percent) for share in employers.split("Silicon")] == [
        ("Silicon", 100)
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("EmailMap", 1),
        ("EmailMap a b", 1),
        ("GroupMap a", 1),
        ("Mailmap a", 1),
        ("\nVirtualEmployer A\n50 B\n", 2),
        ("VirtualEmployer A\nhalf B\nend", 2),
        ("VirtualEmployer A\n0 B\nend", 2),
        ("VirtualEmployer A\n50\nend", 2),
        ("VirtualEmployer A\n60 B\n60 C\nend", 3),
        ("VirtualEmployer A\n٣ B\nend", 2),
    ],
)
def test_a_malformed_configuration_is_named_with_its_line(text, line):
    """Unknown words, wrong shares and a missing end are errors with file and line."""
    with pytest.raises(UsageError, match=rf"^my\.config:{line}: found .*; expected "):
        parse_gitdm_config(text, source="my.config")


def test_a_map_that_is_not_there_is_named(config_path):
    """A file that the configuration names and the disk lacks is our error."""
    (config_path.parent / "maps" / "lab").unlink()
    with pytest.raises(UsageError, match="lab: can't be read"):
        read_gitdm(config_path)


def test_an_alias_is_taken_once_and_the_later_line_wins():
    """Aliases do not lead to other aliases, and letter case does not count."""
    aliases = parse_aliases("a@x.example b@x.example\nb@x.example c@x.example\nA@x.example d@x.e")
    assert aliases.find("a@X.example").email == "d@x.e"
    assert aliases.find("b@x.example").email == "c@x.example"
    assert aliases.find("c@x.example") is None


@pytest.mark.parametrize(
    "line", ["a@x.example", "a@x.example b", "a b@x c", "a @x.example", '"a b']
)
def test_a_malformed_alias_is_named(line):
    """An alias without an address is an error with file and line."""
    with pytest.raises(UsageError, match=r"^aliases:2: found .*; expected 'alias@domain"):
        parse_aliases(f"# people\n{line}")
