"""Rankings: order, ranks, the messages behind each count, and their change."""

from hypothesis import given
from hypothesis import strategies as st

from kvminbox.analysis import (
    Ranking,
    Snapshot,
    by_directory,
    compare_periods,
    compute_authors,
    compute_bots,
    compute_domains,
    compute_files,
    compute_repliers,
    compute_reviewers,
    compute_subsystems,
    compute_testers,
    rank,
)
from tests.analysis.analysis_mails import (
    ADA,
    BEN,
    EWA,
    Mails,
    figures_of,
    ids_of,
    mail,
    patch,
    reply,
    rows_of,
)

MAIL = mail("m", "hello")


def snapshot(*messages):
    """Take a snapshot of some messages."""
    return Snapshot(Mails(*messages))


@given(st.lists(st.sampled_from("abcd")))
def test_order_and_ranks(texts):
    """The most frequent comes first; ties share a rank and are ordered by text."""
    rows = rank([(text, MAIL) for text in texts], counted="mails").rows
    assert [(-row.count, row.text) for row in rows] == sorted(
        (-row.count, row.text) for row in rows
    )
    assert {row.text: row.count for row in rows} == {text: texts.count(text) for text in texts}
    for row in rows:
        assert row.rank == 1 + sum(other.count > row.count for other in rows)
        assert len(row.messages) == row.count


def test_one_mail_for_two_texts_is_one_mail():
    """The figure counts different mails, however many rows one counts for."""
    ranking = rank([("a", MAIL), ("b", MAIL)], title="Letters", counted="mails")
    assert figures_of(ranking) == {"mails": 1, "letters": 2}


def test_authors_are_told_apart_by_address():
    """One address in any case is one author, under the commonest spelling, with all lines."""
    mails = Mails(
        patch("1", sender="ADA <Ada@silicon.example>", added=5, removed=2),
        patch("2", sender=ADA, hour=1), patch("3", sender=ADA, hour=2),
        patch("4", sender=BEN, text=f"From: {EWA}\n\nSay why.\n"),
        mail("5", "[PATCH 0/3] KVM: all", sender=ADA), mail("6", "no patch", sender=BEN),
    )  # fmt: skip
    ranking = compute_authors(mails)
    assert rows_of(ranking) == [(ADA, 4), (EWA, 1)]
    assert (ranking.rows[0].insertions, ranking.rows[0].deletions) == (7, 4)
    assert ids_of(ranking.rows[0].messages) == ["1", "2", "3", "5"]
    assert rows_of(compute_domains(mails)) == [("silicon.example", 4), ("kvm.example", 1)]


def test_who_says_who():
    """The names that `who` returns for address and date count instead, except empty ones."""
    asked = []

    def who(address, date):
        asked.append((address.email, date))
        return "Silicon Ltd" if address.domain == "silicon.example" else ""

    first = patch("1", sender=ADA)
    mails = Mails(first, patch("2", sender=BEN))
    for compute in (compute_authors, compute_domains):
        assert rows_of(compute(mails, who=who)) == [("Silicon Ltd", 1)]
    assert asked[0] == ("ada@silicon.example", first.date)
    assert compute_domains(mails, who=who).title == "Employers"


def test_reviewers_and_testers():
    """A tag in a reply counts once per mail; quotes and other people's tags do not."""
    mails = Mails(
        patch("1", text=f"Reviewed-by: {BEN}\n"),
        reply("2", "1", f"Reviewed-by: {EWA}\nAcked-by: {EWA}\nTested-by: {EWA}\n"),
        reply("3", "1", f"> Reviewed-by: {EWA}\n\nNo.\n"),
        reply("4", "1", f"Reviewed-by: {BEN}\n"),
        reply("5", "1", f"Acked-by: {BEN}\n", sender=BEN),
        reply("6", "1", f"Acked-by: {EWA}\n"),
        reply("7", "1", "Tested-by: robot <lkp@bot.example>\n", sender="robot <lkp@bot.example>"),
    )
    reviewers = compute_reviewers(mails)
    assert rows_of(reviewers) == [(EWA, 2), (BEN.replace('"', ""), 1)]
    assert ids_of(reviewers.rows[0].messages) == ["2", "6"]
    assert rows_of(compute_testers(mails)) == [(EWA, 1)]


def test_repliers_and_bots_are_apart():
    """A person's answer counts for the person, a program's mail for the program, none for both."""
    robot = "robot <lkp@bot.example>"
    with_diff = reply(
        "3", "1", "Or so?\n\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
    )
    mails = Mails(patch("1"), reply("2", "1"), with_diff, reply("4", "1", sender=robot))
    assert rows_of(compute_repliers(mails)) == [(EWA, 2)]
    assert rows_of(compute_bots(mails)) == [(robot, 1)]


def test_files_and_directories():
    """A patch counts once for each file and each directory, with its lines there."""
    two = "virt/kvm/a.c"
    body = "---\n" + "".join(
        f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1,2 @@\n-a\n+b\n+c\n"
        for path in (two, "virt/kvm/b.c")
    )
    mails = snapshot(patch("1", path=two, added=3), mail("2", "[PATCH] KVM: two", f"Why.\n{body}"))
    files = compute_files(mails)
    assert rows_of(files) == [(two, 2), ("virt/kvm/b.c", 1)]
    assert (files.rows[0].insertions, files.rows[0].deletions) == (5, 2)
    directories = compute_subsystems(mails)
    assert rows_of(directories) == [("virt/kvm/", 2)]
    assert (directories.rows[0].insertions, directories.title) == (7, "Directories")


def test_a_classifier_of_ones_own():
    """A patch counts for each part that the classifier names, each once."""
    mails = snapshot(patch("1"), patch("2"))
    ranking = compute_subsystems(mails, classify=lambda one: ["kvm", one.title, "kvm"])
    assert rows_of(ranking) == [("kvm", 2), ("KVM: 1", 1), ("KVM: 2", 1)]
    assert ranking.title == "Subsystems"


def test_directories_by_depth():
    """The depth cuts directories; a file in the root is in `./`."""
    deep, root = patch("1", path="a/b/c/d.c"), patch("2", path="README")
    assert [*by_directory(2)(deep)] == ["a/b/"]
    assert [*by_directory(9)(deep)] == ["a/b/c/"]
    assert [*by_directory()(root)] == ["./"]


def test_period_against_period():
    """Each row has its rank and count in the period before; each figure has its number."""
    now = rank([*[("b", MAIL)] * 3, *[("a", MAIL)] * 2, ("new", MAIL)], counted="mails")
    before = rank([*[("a", MAIL)] * 5, ("b", MAIL), ("gone", MAIL)], counted="mails")
    compared = compare_periods(now, before)
    found = [(row.text, row.rank, row.rank_before, row.count_before) for row in compared.rows]
    assert found == [("b", 1, 2, 1), ("a", 2, 1, 5), ("new", 3, None, 0)]
    assert [(figure.count, figure.before) for figure in compared.figures] == [(1, 1), (3, 3)]
    assert now.rows[0].count_before is None


def test_people_are_compared_by_address():
    """Another spelling of the name is the same person in the period before."""
    now = compute_authors(Mails(patch("1", sender="A. Pfeiffer <ADA@silicon.example>")))
    before = compute_authors(Mails(patch("2", sender=ADA)))
    assert compare_periods(now, before).rows[0].rank_before == 1


def test_what_has_no_periods_stays():
    """A model that is not a result is returned unchanged."""
    assert compare_periods(MAIL, MAIL) is MAIL


def test_a_result_names_its_messages_once():
    """`messages()` returns every message behind a result's numbers, each once."""
    other = mail("n", "other")
    ranking = rank([("a", MAIL), ("b", MAIL), ("b", other)], counted="mails")
    assert ids_of(ranking.messages()) == ["m", "n"]
    assert Ranking.model_validate_json(ranking.model_dump_json()) == ranking
