"""`kvminbox waiting`: whose answer is waited for, and which series."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox, Index, review_all
from kvminbox.analysis import choose, compute_waiting
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.inbox import MailList
from kvminbox.sample import make_sample
from tests.analysis.analysis_mails import mail, patch
from tests.mails import write_mail

DIFF = (
    "Why.\n\n---\ndiff --git a/virt/kvm/plumtree.c b/virt/kvm/plumtree.c\n"
    "--- a/virt/kvm/plumtree.c\n+++ b/virt/kvm/plumtree.c\n@@ -1 +1 @@\n-old\n+new\n"
)
EWA = "maintainer@kvm.example"
MAINTAINERS = "KVM FOR SILICON\nM: Ewa Lis <maintainer@kvm.example>\nF: virt/kvm/\nF: arch/*/kvm/\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox, an index of it, and a MAINTAINERS file."""
    folder = tmp_path_factory.mktemp("waiting")
    archive = make_sample(folder)
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(archive))
    (folder / "MAINTAINERS").write_text(MAINTAINERS)
    return folder


@pytest.fixture
def titles(sample, capsys):
    """Run the command; return the titles of what waits, from its JSON; none for no report."""

    def run(*options):
        capsys.readouterr()
        places = [str(one).replace("{}", str(sample)) for one in options]
        code = main(["waiting", f"{sample}/kvm.sqlite", "..HEAD", "--json", *places])
        out = capsys.readouterr().out
        assert (code, not out) in {(0, False), (1, True)}
        return [one["title"] for one in json.loads(out)["series"]] if out else []

    return run


def test_repliers_are_those_who_answered(sample):
    """A review names each other person who answered, once, the first first."""
    with Index.open(sample / "kvm.sqlite") as index:
        series = list(index.series())
        reviews = review_all(series, index.messages())
    found = {
        (one.title, one.revision): [person.email for person in review.repliers]
        for one, review in zip(series, reviews, strict=True)
    }
    assert found["KVM: say that there is no timer", 2] == [EWA, "ben.okafor@cloud.example"]
    assert found["KVM: say that there is no timer", 1] == [EWA]
    assert found["Documentation: le café est fermé", 1] == []
    for review in reviews:
        assert len(review.repliers) <= review.replies


def test_what_somebody_answered_does_not_wait_for_them(titles):
    """A series that only others answered waits for me, and one that I answered does not."""
    mine = titles("--for", EWA, "--maintainers", "{}/MAINTAINERS")
    assert mine == ["KVM: dirty: negative slots are clean",
                    "KVM: s390: a lone patch with \ufffd[31mcolour\ufffd[0m"]  # fmt: skip
    ben = titles("--for", "ben.okafor@cloud.example", "--path", "arch/x86")
    assert "KVM: dirty: negative slots are clean" not in ben  # which he sent


def test_an_answer_of_another_does_not_count():
    """With readers, an answer of somebody else ends no wait."""
    sent = patch("1", "[PATCH] KVM: x", sender="ada@ada.example")
    reply = mail("2", "Re: [PATCH] KVM: x", sender="ben@ben.example", parent="1", hour=1)
    corpus = MailList([sent, reply])
    assert len(compute_waiting(corpus).series) == 0
    assert len(compute_waiting(corpus, readers=["eve@eve.example"]).series) == 1
    assert len(compute_waiting(corpus, readers=["BEN@ben.example"]).series) == 0
    assert len(compute_waiting(corpus, readers=["ada@ada.example"]).series) == 0


def test_series_are_chosen(titles):
    """Paths, parts of KVM, sections and authors choose; several words of one kind join."""
    everything = titles()
    assert len(everything) == 3
    assert titles("--path", "virt/kvm") == titles("--path", "virt/kvm/") == everything[:1]
    assert titles("--path", "*.rst") == everything[1:2]
    assert titles("--path", "virt") == everything[:1]
    assert titles("--path", "vir") == []
    for written in ("./virt/kvm", "/virt/kvm", "//virt/./kvm/"):
        assert titles("--path", written) == everything[:1]
    assert titles("--path", "./*.rst") == everything[1:2]
    for root in (".", "/", "./"):
        assert titles("--path", root) == everything
    for nothing in ("../virt", "", ".virt"):
        assert titles("--path", nothing) == []
    assert titles("--subsystem", "s390") == everything[2:]
    assert titles("--subsystem", "kvm for silicon", "--maintainers", "{}/MAINTAINERS") == [
        everything[0], everything[2],
    ]  # fmt: skip
    assert titles("--author", "dan novak") == titles("--author", "DAN@silicon.example")
    assert titles("--author", "Dan") == []
    assert titles("--author", "Dan Novak", "--author", "Chloé Martín") == everything[1:]
    assert titles("--author", "Dan Novak", "--path", "virt") == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("lamp subsystem host", "did you mean LAMP SUBSYSTEM HOST DRIVERS?"),
        ("drivers lamp", "did you mean LAMP SUBSYSTEM HOST DRIVERS?"),
        ("LAMP", "did you mean LAMP SUBSYSTEM or LAMP SUBSYSTEM HOST DRIVERS?"),
        ("LEMMON TREES", "did you mean LEMON TREES?"),
        ("OAK", "give the name of one of its sections"),
        ("", "give the name of one of its sections"),
    ],
)
def test_a_misspelt_section_has_near_names(sample, capsys, tmp_path, asked, told):
    """An unknown name is answered with those that begin so, have its words, or look alike."""
    names = ("LAMP SUBSYSTEM", "LAMP SUBSYSTEM HOST DRIVERS", "LEMON TREES")
    file = tmp_path / "MAINTAINERS"
    file.write_text("".join(f"{name}\nM: Ewa Lis <{EWA}>\nF: lamp/\n\n" for name in names))
    options = ["--subsystem", asked, "--maintainers", str(file)]
    assert main(["waiting", f"{sample}/kvm.sqlite", "..HEAD", *options]) == 2
    said = capsys.readouterr().err
    assert "no such subsystem in the file" in said
    assert told in said


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("virt/kvm/plumtree.c", ""),
        ("virt/kvm", ""),
        ("*.c", ""),
        ("virt/kvn", "virt/kvm"),
        ("plumtree.c", "virt/kvm/plumtree.c"),
        ("/kvm/", "virt/kvm"),
        ("./kvm", "virt/kvm"),
        ("./virt/kvm", ""),
        ("qqq/zzz", ""),
        ("/", ""),
    ],
)
def test_the_nearest_path_is_suggested(tmp_path, capsys, asked, near):
    """A path that no series touches is answered with one that ends so, or looks alike."""
    writer = MailWriter(tmp_path / "a.git")
    writer.add(write_mail("[PATCH] Change", DIFF, ids=["1@plum.example"]), 1_600_000_000)
    assert main(["waiting", f"{tmp_path}/a.git", "--path", asked]) == 0
    said = capsys.readouterr().err
    told = f"{asked}: no series touches it; did you mean {near}?"
    assert (told in said) if near else "mean" not in said


def test_what_waits_is_of_the_last_six_months(tmp_path, capsys):
    """Without a date only what came in the six months before the newest mail is listed."""
    writer = MailWriter(tmp_path / "a.git")
    days = {"fig": (2020, 1, 5), "date": (2021, 3, 9), "lime": (2021, 3, 11), "kiwi": (2021, 9, 10)}
    for name, day in days.items():
        diff = DIFF.replace("plumtree", name)
        mail = write_mail(f"[PATCH] Plant a {name}", diff, ids=[f"{name}@plum.example"])
        writer.add(mail, int(datetime(*day, tzinfo=UTC).timestamp()))
    for more, count in (((), 2), (("..HEAD",), 4), (("--since", "2021-03-01"), 3)):
        assert main(["waiting", f"{tmp_path}/a.git", "--json", *more]) == 0
        assert len(json.loads(capsys.readouterr().out)["series"]) == count


def test_an_archive_that_was_filled_later_is_read_by_date(tmp_path, capsys, monkeypatch):
    """Where mails came in later batches they are chosen by Date, unless arrival is asked for.

    The head of the report says so; a terminal is told how to choose otherwise, but not cron.
    """
    writer = MailWriter(tmp_path / "a.git")
    early, late = (int(datetime(year, 9, 10, tzinfo=UTC).timestamp()) for year in (2020, 2021))
    answer = write_mail(
        "Re: [PATCH] Plant a fig", "No.\n", in_reply_to="fig@plum.example",
        sender=EWA, sent=datetime(2020, 8, 2, tzinfo=UTC), ids=["answer@plum.example"],
    )  # fmt: skip
    writer.add(answer, early)
    days = {"fig": (2020, 8, 1), "date": (2021, 8, 3), "lime": (2019, 3, 11)}
    for name, day in [*days.items(), *((f"old{n}", (2019, 1, 1 + n)) for n in range(12))]:
        diff = DIFF.replace("plumtree", name)
        sent = datetime(*day, tzinfo=UTC)
        mail = write_mail(f"[PATCH] Plant a {name}", diff, ids=[f"{name}@plum.example"], sent=sent)
        writer.add(mail, late)
    for more in ((), ("--since", "2021-03-10"), ("--by", "date", "--since", "2021-03-10")):
        assert main(["waiting", f"{tmp_path}/a.git", "--json", *more]) == 0
        said = capsys.readouterr()
        assert [one["title"] for one in json.loads(said.out)["series"]] == ["Plant a date"]
        assert said.err == ""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        assert main(["waiting", f"{tmp_path}/a.git", *more]) == 0
        said = capsys.readouterr()
        assert "The mails were chosen by Date, whenever they arrived." in said.out
        assert ("--by arrival chooses by arrival" in said.err) == ("--by" not in more)
        monkeypatch.undo()
    more = ("--since", "2021-03-10", "--by", "arrival")
    assert main(["waiting", f"{tmp_path}/a.git", "--json", *more]) == 0
    assert len(json.loads(capsys.readouterr().out)["series"]) == 15  # without the early answer
    assert main(["board", f"{tmp_path}/a.git", "--json"]) == 0
    board = json.loads(capsys.readouterr().out)["series"]
    assert [(one["title"], one["state"]) for one in board] == [("Plant a date", "waiting")]
    asked = ["report", f"{tmp_path}/a.git", "--month", "2021-09", "--by", "date"]
    assert main([*asked, "--sections", "waiting"]) == 0
    assert "There are no messages in this period." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("late", "month", "shown"), [(3, "03", 23), (2, "03", 20), (10, "04", 10), (10, "02", 10)]
)
def test_a_month_in_which_a_mirror_stood_still_is_of_its_dates(
    tmp_path, capsys, late, month, shown
):
    """What was sent in it and came months later is not left out of all months."""
    writer = MailWriter(tmp_path / "a.git")
    sent = [datetime(2021, 3, 2, number, tzinfo=UTC) for number in range(20)]
    mails = [(one, one) for one in sent]
    mails += [
        (datetime(2021, 3, 9, n, tzinfo=UTC), datetime(2021, 5, 9, tzinfo=UTC)) for n in range(late)
    ]
    mails += [
        (datetime(2021, 4, 9, n, tzinfo=UTC), datetime(2021, 5, 9, tzinfo=UTC)) for n in range(10)
    ]
    mails += [
        (datetime(2021, 2, 1, n, tzinfo=UTC), datetime(2021, 2, 1, tzinfo=UTC)) for n in range(10)
    ]
    for number, (day, arrived) in enumerate(sorted(mails, key=lambda one: one[1])):
        raw = write_mail(f"Hello {number}", ids=[f"{number}@plum.example"], sent=day)
        writer.add(raw, int(arrived.timestamp()))
    asked = ["report", f"{tmp_path}/a.git", "--month", f"2021-{month}", "--sections", "overview"]
    assert main([*asked, "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["messages"] == shown
    assert found["dates"]["is_by_date"] == (shown == 23 or month == "04")
    assert said.err == ""


def test_a_month_is_compared_with_one_that_is_chosen_alike(tmp_path, capsys):
    """Where the earlier month is better taken by Date, both are, whichever is asked for first."""
    writer = MailWriter(tmp_path / "a.git")
    days = [(datetime(2021, 1, 2, number), datetime(2021, 2, 2)) for number in range(12)]
    days += [(datetime(2021, 2, 1, number), datetime(2021, 2, 2)) for number in range(5)]
    days += [(datetime(2021, 3, 1, number), datetime(2021, 3, 2)) for number in range(7)]
    for number, (day, arrived) in enumerate(days):
        raw = write_mail(f"Hello {number}", ids=[f"{number}@plum.example"], sent=day)
        writer.add(raw, int(arrived.replace(tzinfo=UTC).timestamp()))
    asked = ["report", f"{tmp_path}/a.git", "--month", "2021-03", "--sections", "overview"]
    assert main([*asked, "--before", "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    overview = found["sections"][0]["result"]["figures"][0]
    assert (overview["count"], overview["before"]) == (7, 5)
    assert found["dates"]["is_by_date"]


def test_what_waits_of_an_empty_index_is_nothing(tmp_path, capsys):
    """An index without a mail has no newest one, and a report without rows."""
    Index.open(tmp_path / "empty.sqlite", create=True).close()
    assert main(["waiting", f"{tmp_path}/empty.sqlite", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["series"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--subsystem", "LAMPS"], ["LAMPS: no such subsystem; ", "or a part of KVM: x86, arm"]),
        (["--subsystem", "arm"], ["did you mean arm64? For others give the MAINTAINERS"]),
        (["--subsystem", "x86", "--subsystem", "LAMPS"], ["LAMPS: no such subsystem; give"]),
        (["--maintainers", "{}/MAINTAINERS"], ["--maintainers needs --for or --subsystem"]),
        (["--subsystem", "x86", "--maintainers", "{}/MAINTAINERS"], ["in the file"]),
        (["--for", EWA, "--maintainers", "{}/none"], ["can't be read"]),
    ],
)
def test_what_is_unknown_is_refused(sample, capsys, options, words):
    """A subsystem that there is not, and a map without a use, are errors of one line."""
    places = [one.replace("{}", str(sample)) for one in options]
    assert main(["waiting", f"{sample}/kvm.sqlite", "..HEAD", *places]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert all(word in said for word in words), said


@pytest.mark.parametrize("command", ["waiting", "board"])
def test_parts_of_kvm_are_offered_only_where_there_are_some(tmp_path, capsys, command):
    """On another list no part of KVM is named, but how to ask for its subsystems."""
    writer = MailWriter(tmp_path / "a.git")
    diff = DIFF.replace("virt/kvm", "drivers/lamp")
    writer.add(write_mail("[PATCH] Glow", diff, ids=["1@plum.example"]), 1_600_000_000)
    (tmp_path / "MAINTAINERS").write_text(MAINTAINERS)
    asked = [command, f"{tmp_path}/a.git", "--subsystem", "LAMPS"]
    assert main(asked) == 2
    assert capsys.readouterr().err.endswith(
        "LAMPS: no such subsystem: without a MAINTAINERS file only parts of KVM are known; "
        "give the MAINTAINERS file of the code with --maintainers FILE\n"
    )
    for path in (tmp_path, tmp_path / "none"):
        subprocess.run(["git", "init", "-q", path], check=True)
        commit = ["commit", "-q", "--allow-empty", "-m", "x"]
        people = ["-c", "user.name=A", "-c", "user.email=a@plum.example"]
        subprocess.run(["git", "-C", path, *people, *commit], check=True)
    trees = ["--tree", f"{tmp_path}/none", "--tree", str(tmp_path)]
    assert main([*asked, *trees]) == 2
    assert capsys.readouterr().err.endswith(f"with --maintainers {tmp_path}/MAINTAINERS\n")


def test_a_mail_address_is_matched_whole():
    """`ada@host.example` is not `amada@host.example`, nor a part of another host."""
    assert choose._names("amada <ada@host.example>", "ada@host.example")
    assert choose._names("ada@host.example", "ada@host.example")
    assert not choose._names("amada@host.example", "ada@host.example")
    assert not choose._names("ada <ada@host.example.org>", "ada@host.example")


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (["--for", "kvm-sample@lists.exampel"], "kvm-sample@lists.example"),
        (["--author", "Dan Nowak"], "Dan Novak"),
        (["--author", "NOVAK"], "Dan Novak"),
        (["--author", "ada"], "Ada Pfeiffer"),
        (["--for", "kvm-sample@lists.example"], ""),
        (["--author", "Dan Novak"], ""),
        (["--author", "zzz@qqq.example"], ""),
    ],
)
@pytest.mark.parametrize("command", ["waiting", "board"])
def test_the_nearest_person_is_suggested(sample, capsys, command, options, near):
    """Who misspells a person learns who is meant; who is there, or like nobody, gets no guess."""
    is_there = "Dan Novak" in options or "kvm-sample@lists.example" in options
    assert main([command, f"{sample}/kvm.sqlite", "..HEAD", *options]) == (0 if is_there else 1)
    said = capsys.readouterr().err
    assert (f"no series has it; did you mean {near}?" in said) if near else "mean" not in said
