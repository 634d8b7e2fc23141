"""Each section gets the options of the command line that it has parameters for."""

from functools import wraps
from inspect import signature

import pytest

from kvminbox.analysis import Ranking
from kvminbox.cli import main
from kvminbox.models import Address
from kvminbox.reports import SECTIONS, Section
from kvminbox.sample import SAMPLE_RANGE, make_sample, make_sample_tree

PEOPLE = {"top", "who"}
OPTIONS = {
    "overview": set(), "domains": {"top", "employer"}, "authors": PEOPLE, "reviewers": PEOPLE,
    "testers": PEOPLE, "repliers": PEOPLE, "new_series": set(), "waiting": {"tree"},
    "board": {"tree", "classify"},
    "new_versions": {"tree", "diffs"}, "applied": {"tree"}, "landed": {"tree"},
    "not_in_tree": {"tree"},
    "without_mail": {"tree", "top"},
    "backports": {"tree", "stable"}, "fixes": {"tree"}, "open_remarks": set(),
    "unheard_remarks": set(),
    "discussions": {"top"}, "files": {"top"},
    "subsystems": {"top", "classify"}, "pull_requests": {"tree"}, "bots": {"top"},
    "data_quality": set(), "update": {"top"},
}  # fmt: skip
"""What the command line can set of each shipped section."""

NOT_OFFERED = {"first_only", "name", "readers", "only", "chosen", "states"}
"""Parameters of sections that `kvminbox report` has no option for."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sample inbox."""
    return str(make_sample(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The sample inbox's tree."""
    return str(make_sample_tree(tmp_path_factory.mktemp("tree")))


@pytest.fixture
def ask(archive, tree, tmp_path, monkeypatch, capsys):
    """Run `report` for a section with every option; return the arguments that the section got."""
    (tmp_path / "mailmap").write_text("Ada P. <ada@home.example> <ada@silicon.example>\n")
    (tmp_path / "gitdm.config").write_text("EmailMap domains\n")
    (tmp_path / "domains").write_text("silicon.example Silicon Works\n")
    (tmp_path / "MAINTAINERS").write_text("Maintainers List\n\nTHE MMU\nF:\tarch/x86/kvm/mmu*\n")

    def ask(name):
        got = []
        original = SECTIONS[name]

        @wraps(original)  # with it the signature
        def make(**options):
            got.append(options)
            return original(**options)

        monkeypatch.setitem(SECTIONS, name, make)
        arguments = [
            "report", archive, "..".join(SAMPLE_RANGE), "--sections", name, "--top=3",
            "--mailmap", str(tmp_path / "mailmap"),
            "--employers", str(tmp_path / "gitdm.config"),
            "--maintainers", str(tmp_path / "MAINTAINERS"),
            "--tree", tree,
        ]  # fmt: skip
        assert main(arguments) == 0
        assert capsys.readouterr().out
        (options,) = got
        return options

    return ask


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_gets_its_options(ask, name):
    """Of all options each shipped section gets those it has, and `--top` with its number."""
    options = ask(name)
    assert set(options) == OPTIONS[name]
    assert options.get("top", 3) == 3


@pytest.mark.parametrize("name", SECTIONS)
def test_every_parameter_is_an_option_or_listed_here(name):
    """No parameter of a shipped section is missed by the command line unnoticed."""
    assert set(signature(SECTIONS[name]).parameters) - NOT_OFFERED == OPTIONS[name]


def test_a_new_section_needs_no_line_in_the_command(ask, monkeypatch):
    """A section that is added to the table gets the options that its parameters name."""

    def strangers(*, top=15, classify=None):
        return Section("strangers", lambda corpus: Ranking(top=top))

    monkeypatch.setitem(SECTIONS, "strangers", strangers)
    assert set(ask("strangers")) == {"top", "classify"}


def test_people_and_employers_are_told_apart(ask):
    """A section of people gets names and addresses, that of domains gets employers."""
    ada = Address(name="Ada", email="ada@silicon.example")
    assert ask("authors")["who"](ada, None) == "Ada P. <ada@home.example>"
    assert ask("domains")["employer"](ada, None) == "Silicon Works"
