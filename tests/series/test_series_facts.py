"""What a series tells about itself: title, sender, evidence, confidence, and where it is cut."""

import pytest

from kvminbox import Series, group_series, link_series, load_message, read_message
from kvminbox.errors import UsageError
from tests.series.posting import post, post_all

THREADED = """
    c 0 jane - [PATCH v2 0/2] topic
    1 1 jane c [PATCH v2 1/2] one
    2 2 jane c [PATCH v2 2/2] two
"""
DAY = 24 * 60
SMALL = b"---\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"


def only(messages):
    """Return the one series of some messages."""
    (series,) = group_series(messages)
    return series


@pytest.mark.parametrize(
    ("mails", "confidence", "reason"),
    [
        (THREADED, 1.0, "2 of its mails: answers the cover letter"),
        (
            """
            1 0 jane - [PATCH 1/2] one
            2 1 jane 1 [PATCH 2/2] two
            """,
            0.95,
            "1 of its mails: answers a patch of it",
        ),
        (
            """
            1 9 jane - [PATCH 1/2] one
            2 1 jane 1 [PATCH 2/2] two
            """,
            0.95,
            "1 of its mails: answers a patch of it",
        ),
        (
            """
            send1 0 jane - [PATCH 1/2] one
            send2 1 jane - [PATCH 2/2] two
            """,
            0.9,
            "1 of its mails: has a Message-ID from the same sending",
        ),
        (
            """
            send1 0 jane - [PATCH 0/1] topic
            send2 1 jane send1 [PATCH] one
            """,
            1.0,
            "1 of its mails: answers the cover letter",
        ),
        (
            """
            send1 0 jane - [PATCH 0/2] topic
            send2 1 jane send1 [PATCH] one
            send3 2 jane send1 [PATCH] two
            """,
            0.8,
            "2 of its mails: has its place below the cover letter by its Message-ID",
        ),
        (
            """
            c 0 jane - [PATCH 0/2] topic
            1 1 jane c [PATCH] one
            2 2 jane c [PATCH] two
            """,
            0.7,
            "2 of its mails: has its place below the cover letter by the order sent",
        ),
        (
            """
            1 0 jane lost [PATCH 1/2] one
            2 1 jane lost [PATCH 2/2] two
            """,
            0.85,
            "1 of its mails: answers the same mail",
        ),
        (
            """
            1 0 jane - [PATCH 1/2] one
            2 1 jane - [PATCH 2/2] two
            """,
            0.6,
            "1 of its mails: same sender, revision and total within 30 minutes",
        ),
        (
            """
            1  0 jane - [PATCH 1/1] one
            2 90 jane - [PATCH 2/1] two
            """,
            0.5,
            "1 of its mails: same sender, revision and total, and its number is past the total",
        ),
        (
            """
            ~c 0 jane -  Topic: what these do
            1  1 jane ~c [PATCH 1/2] one
            2  2 jane ~c [PATCH 2/2] two
            """,
            0.7,
            "the sender's mail that its patches answer is its cover letter",
        ),
        (
            """
            ~c 0 jane -  [GIT PULL] updates
            1  1 jane ~c [PATCH 1/2] one
            2  2 jane ~c [PATCH 2/2] two
            """,
            0.85,
            "its patches answer the sender's pull request",
        ),
        ("1 0 jane - [PATCH 1/2] one", 1.0, "a numbered mail without the others of its series"),
        ("1 0 jane - [PATCH] one", 1.0, "a patch without a number"),
        (
            """
            c 0 jane - [PATCH 0/2] topic
            1 1 jane c [PATCH 1/2] one
            2 2 jane c [PATCH 2/2] two
            d 3 jane c [PATCH 2/2] two
            """,
            1.0,
            "1 more mail has a number that is already taken",
        ),
        (
            """
            c 0 jane - [PATCH v3 0/1] topic
            1 1 jane c [PATCH 1/1] one
            """,
            1.0,
            "some of its mails do not state revision 3",
        ),
        (
            """
            c 0 jane - [PATCH 0/1] topic
            1 1 jane c [PATCH v2 1/1] one
            """,
            1.0,
            "some of its mails do not state revision 2",
        ),
        (
            """
            send1 0.0 jane -     [PATCH 0/3] topic
            send2 0.1 jane send1 [PATCH 1/2] one
            send3 0.2 jane send1 [PATCH 2/2] two
            """,
            1.0,
            "its cover letter says 3 patches, they say 2",
        ),
    ],
)
def test_evidence(mails, confidence, reason):
    """A series states its reasons in words, and is as sure as the weakest one."""
    series = only(post_all(mails))
    assert reason in series.evidence
    assert series.confidence == confidence


@pytest.mark.parametrize(
    ("mails", "confidence", "reason"),
    [
        (
            """
            c 0 jane - [PATCH v2 0/2] topic
            1 1 jane c [PATCH v2 1/2] one
            2 2 jane c [PATCH v3 2/2] two
            """,
            0.8,
            "some of its mails state a revision other than 2",
        ),
        (
            """
            c 0 jane - [PATCH v5 0/1] topic
            1 1 jane c [PATCH v6 1/1] one
            """,
            0.8,
            "its cover letter says revision 5, they say 6",
        ),
        (
            """
            send1 0 jane -     [PATCH v5 0/2] topic
            send2 0 jane send1 [PATCH v6 1/2] one
            send3 0 jane send1 [PATCH v6 2/2] two
            """,
            0.8,
            "1 of its mails: answers the cover letter at once, with another revision",
        ),
        (
            """
            send1 0 jane -     [PATCH v2 1/2] one
            send2 0 jane send1 [PATCH 2/2] two
            """,
            0.8,
            "1 of its mails: has a Message-ID from the same sending, with another revision",
        ),
        (
            """
            send1 0 jane -     [PATCH lib 1/2] one
            send2 0 jane send1 [PATCH v2 2/2] two
            """,
            0.8,
            "1 of its mails: has a Message-ID from the same sending, for another tree",
        ),
        (
            """
            1  0 jane lost [PATCH lib 1/2] one
            2 50 jane lost [PATCH 2/2] two
            """,
            0.7,
            "1 of its mails: answers the same mail, for another tree",
        ),
        (
            """
            1 0 jane - [PATCH lib 1/2] one
            2 1 jane - [PATCH 2/2] two
            """,
            0.5,
            "1 of its mails: same sender and total within 30 minutes",
        ),
        (
            """
            send1 0 jane -     [PATCH 0/3] topic
            send2 0 jane send1 [PATCH v2 1/2] one
            send3 0 jane send1 [PATCH v2 2/2] two
            """,
            0.8,
            "1 of its mails: answers the cover letter, with another total",
        ),
        (
            """
            ~c 0 jane -  [PATCHSET v2] topic
            1  1 jane ~c [PATCH 1/2] one
            2  2 jane ~c [PATCH 2/2] two
            """,
            0.7,
            "some of its mails do not state revision 2",
        ),
        (
            """
            c 0 jane - [PATCH 0/1] topic, v2
            1 1 jane c [PATCH 1/1] one
            """,
            1.0,
            "the revision 2 is at the end of its cover letter's title",
        ),
        (
            """
            c 0 jane - [PATCH 0/1] topic
            1 1 jane c [PATCH] one
            """,
            1.0,
            "1 of its mails: answers the cover letter",
        ),
        (
            """
            ~c 0 jane -  one
            1  1 jane ~c [PATCH] one
            """,
            0.7,
            "the sender's mail that its patches answer is its cover letter",
        ),
    ],
)
def test_evidence_of_what_few_senders_make(mails, confidence, reason):
    """Weaker evidence is told in words, too, and the series is less sure."""
    series = only(post_all(mails))
    assert reason in series.evidence
    assert series.confidence == confidence


def test_a_plain_cover_letter_needs_no_revision():
    """Nothing is said of a plain cover letter that leaves the revision to its patches."""
    table = """
        ~c 0 jane -  Topic: what these do
        1  1 jane ~c [PATCH v2 1/2] one
        2  2 jane ~c [PATCH v2 2/2] two
    """
    series = only(post_all(table))
    assert series.revision == 2
    assert not any("revision" in reason for reason in series.evidence)


@pytest.mark.parametrize(
    ("title", "body", "revision"),
    [
        ("lamps that dim v2", "Changes since v1:\n - less light\n", 2),
        ("lamps that dim v3", "Changes from the v2:\n - less light\n", 3),
        ("lamps that dim v2", "v1 -> v2:\n - less light\n", 2),
        ("lamps that dim v2", " * v1..v2: less light\n", 2),
        ("lamps that dim v2", "v2:\n - less light\n", 2),
        ("lamps that dim v2", "Changes in v2:\n - less light\n", 2),
        ("lamps that dim V2", "Changes since version 1:\n - less light\n", 2),
        ("lamps that dim v2", "Changes sicne v1:\n - less light\n", 2),
        ("support the lamp v2", "Changes in v1:\n - less light\n", 1),
        ("support the lamp v3", "Changes for v2:\n - less light\n", 1),
        ("support the lamp v2", "The driver changes between v1 and v2 of the lamp.\n", 1),
        ("lamps that dim v3", "Changes since v1:\n - less light\n", 1),
        ("support the lamp v2", "The lamp v2 is the one after the lamp v1.\n", 1),
        ("support the lamp v2", "From lamp v1 on there was light.\n", 1),
        ("support the lampv2", "Changes since v1:\n - less light\n", 1),
        ("fixes for v6.2", "Changes since v1:\n - less light\n", 1),
    ],
)
def test_a_bare_revision_at_the_end_of_a_title(title, body, revision):
    """`topic v2` is a revision if the cover letter says what changed since the one before."""
    cover = f"From: <j@x>\nMessage-ID: <c@x>\nSubject: [PATCH 0/1] {title}\n\n{body}".encode()
    patch = b"From: <j@x>\nMessage-ID: <1@x>\nIn-Reply-To: <c@x>\nSubject: [PATCH 1/1] x\n\n"
    series = only(map(read_message, (cover, patch + SMALL)))
    assert (series.revision, series.revision_stated) == (revision, revision > 1)


def test_a_pull_request_has_no_revision_in_its_title():
    """The `v2` at the end of a pull request's title may be that of a tag."""
    table = """
        ~c 0 jane -  [GIT PULL] updates, v2
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
    """
    assert only(post_all(table)).revision == 1


def test_of_one_id_a_month_apart_the_nearer_mail_is_answered():
    """A sender who uses a cover letter's id again, a month later, has two series."""
    table = """
        c     0 jane - [PATCH v3 0/1] topic
        1     1 jane c [PATCH 1/1] one
        d 43200 jane - [PATCH v4 0/1] topic
        2 43201 jane d [PATCH 1/1] two
    """
    messages = post_all(table)
    messages[2] = messages[2].model_copy(update={"message_id": "c@mail.example"})
    again = {"references": ("c@mail.example",), "in_reply_to": ("c@mail.example",)}
    messages[3] = messages[3].model_copy(update=again)
    found = group_series(messages)
    assert [one.revision for one in found] == [3, 4]
    assert [[patch.title for patch in one.patches] for one in found] == [["one"], ["two"]]


def test_all_mails_state_the_revision():
    """Nothing is said of missing revisions where each mail states it."""
    assert only(post_all(THREADED)).evidence == ("2 of its mails: answers the cover letter",)


def test_title_sender_and_date_are_the_cover_letters():
    """A series is named after its cover letter, and dated by it."""
    messages = post_all(THREADED)
    series = only(messages)
    assert (series.title, series.author.name, series.sender.name) == ("topic", "Jane", "Jane")
    assert series.date == messages[0].date
    assert series.ref.model_dump() == {
        "message_id": "c@mail.example",
        "title": "topic",
        "revision": 2,
        "date": messages[0].date,
        "minor_revision": None,
        "is_rfc": False,
    }


def test_title_is_the_first_patchs_without_a_cover_letter():
    """A series without a cover letter is named after the first patch that is there."""
    series = only([post("2", 0, "jane", "-", "[PATCH 2/2] two")])
    assert (series.title, series.missing) == ("two", (1,))


def test_a_lone_patch_has_all_facts():
    """A series of one patch without a number says of it what one of several says."""
    patch = post("1", 5, "jane", "-", "[PATCH v3.1] one")
    series = only([patch])
    assert (series.title, series.sender, series.date) == ("one", patch.sender, patch.date)
    assert (series.revision, series.minor_revision, series.revision_stated) == (3, 1, True)
    assert only([post("1", 5, "jane", "-", "[PATCH] one")]).revision_stated is False


@pytest.mark.parametrize("revision", ["", " v2"])
def test_a_stated_revision_is_told(revision):
    """A series tells whether its revision is stated, or the first by custom."""
    series = only([post("1", 0, "jane", "-", f"[PATCH{revision} 1/2] one")])
    assert series.revision_stated is bool(revision)


@pytest.mark.parametrize("number", ["", " 1/1"])
def test_the_title_is_what_git_would_record(number):
    """A Subject in the body is the title of a patch's series, with a number or without."""
    raw = (
        f"From: <jane@jane.example>\nSubject: [PATCH{number}] lamps\n\n"
        "Subject: lamp: light it\n\nWords.\n---\n"
        "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
    )
    assert only([read_message(raw.encode())]).title == "lamp: light it"


def test_the_title_of_a_cover_letter_without_a_number():
    """A series whose cover letter is a plain mail has that mail's subject as its title."""
    table = """
        ~c 0 jane -  Topic: what these do
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
    """
    assert only(post_all(table)).title == "Topic: what these do"


@pytest.mark.parametrize(
    ("total", "listed", "words"),
    [
        (9_999, 1_000, "9998 numbers are missing, of which 1000 are listed"),
        (1_002, 1_000, "1001 numbers are missing, of which 1000 are listed"),
        (1_001, 1_000, None),
    ],
)
def test_missing_numbers_without_end(total, listed, words):
    """At most a thousand missing numbers are listed; the evidence says how many there are."""
    series = only([post("p", 0, "jane", "-", f"[PATCH {total}/{total}] big")])
    assert len(series.missing) == listed
    assert series.evidence[1:] == ((words,) if words else ())


def test_diffstat_adds_up():
    """A series' diffstat adds the changes of its patches for each path."""
    diffstat = only(post_all(THREADED)).diffstat
    assert [file.path for file in diffstat.files] == ["file.c"]
    assert (diffstat.insertions, diffstat.deletions) == (2, 2)


@pytest.mark.parametrize("mark", ["binary", "damaged"])
def test_diffstat_keeps_what_any_patch_says(mark):
    """A file that one patch marks stays marked, whether the first patch does or the second."""
    series = only(post_all(THREADED))
    one, two = series.patches
    (change,) = one.diffstat.files
    marked = one.diffstat.model_copy(update={"files": (change.model_copy(update={mark: True}),)})
    for number, patch in enumerate((one, two)):
        patches = [one, two]
        patches[number] = patch.model_copy(update={"diffstat": marked})
        (found,) = series.model_copy(update={"patches": tuple(patches)}).diffstat.files
        assert getattr(found, mark)


@pytest.mark.parametrize(
    ("minute", "mails", "cut"),
    [
        (0, "1 0 jane - [PATCH 1/2] one", True),
        (DAY - 1, "1 0 jane - [PATCH 1/2] one", True),
        (DAY, "1 0 jane - [PATCH 1/2] one", True),
        (DAY + 1, "1 0 jane - [PATCH 1/2] one", False),
        (9 * DAY - 1, "1 0 jane - [PATCH 1/2] one", False),
        (9 * DAY, "1 0 jane - [PATCH 1/2] one", True),
        (9 * DAY + 1, "1 0 jane - [PATCH 1/2] one", True),
        (0, "1 0 jane - [PATCH 1/1] one", False),
        (0, "1 0 jane lost [PATCH 1/1] one", True),
        (5 * DAY, "1 0 jane lost [PATCH 1/1] one", False),
        (0, "c 0 jane - [PATCH 0/2] topic", True),
    ],
)
def test_cut_at_the_edge_of_a_window(minute, mails, cut):
    """A series that lacks a mail is cut if it came within a day of the corpus's first or last."""
    edges = [post("~a", 0, "adam", "-", "first"), post("~b", 10 * DAY, "adam", "-", "last")]
    name, offset, *rest = mails.split(None, 4)
    messages = [*edges, post(name, float(offset) + minute, *rest)]
    assert only(messages).cut is cut


def test_a_mail_of_no_archive_is_not_cut():
    """Where nothing tells when mails arrived, no series is called cut."""
    raw = b"From: <jane@jane.example>\nSubject: [PATCH 0/2] topic\n\nWords.\n"
    assert only([read_message(raw)]).cut is False


def test_mails_without_any_time_are_not_joined_by_it():
    """Two numbered mails of one sender that have no date at all stay apart."""
    mails = [
        b"From: <jane@jane.example>\nMessage-ID: <%d@x>\nSubject: [PATCH %d/2] t\n\n"
        b"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n" % (number, number)
        for number in (1, 2)
    ]
    assert len(group_series(map(read_message, mails))) == 2


def test_a_series_that_depends_on_itself_is_one_series():
    """A prerequisite that names the series itself, and a mail that answers itself, join nothing."""
    raw = (
        b"From: <jane@jane.example>\nMessage-ID: <self@x>\nIn-Reply-To: <self@x>\n"
        b"References: <self@x>\nSubject: [PATCH 1/1] one\n\nWords.\n---\n"
        b"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n-- \n"
        b"base-commit: 0123456789012345678901234567890123456789\n"
        b"prerequisite-message-id: <self@x>\n"
    )
    message = read_message(raw)
    assert [one.value for one in message.prerequisites] == ["self@x"]
    series = only([message])
    assert (series.status, series.previous, series.chain) == ("complete", None, ())


@pytest.mark.parametrize(
    "other",
    [
        "<one@x>",
        "https://lists.example/r/one@x/",
        "https://patches.example/list/?series=7",
        "<two@x>",
        "nothing that is known",
    ],
)
def test_a_series_that_depends_on_another_stays_apart(other):
    """`Depends-on:` is a trailer of a cover letter or patch, and joins no series."""
    mails = [
        b"From: <jane@jane.example>\nMessage-ID: <%b@x>\nSubject: [PATCH %b/1] %b\n%b\n"
        b"Words.\n\nDepends-on: %b\n%b" % (*words, other.encode(), diff)
        for *words, diff in (
            (b"one", b"1", b"lock the door", b"", SMALL),
            (b"cover", b"0", b"open a window", b"", b""),
            (b"two", b"1", b"open it", b"In-Reply-To: <cover@x>\n", SMALL),
        )
    ]
    chains = link_series(group_series(map(read_message, mails)))
    found = [
        [message.message_id for message in one.messages] for chain in chains for one in chain.series
    ]
    assert sorted(found) == [["cover@x", "two@x"], ["one@x"]]
    assert len(chains) == 2
    trailers = [trailer for raw in mails for trailer in read_message(raw).trailers]
    assert [(one.kind, one.value) for one in trailers] == [("utility", other)] * 3


def test_json_keeps_every_field():
    """A series comes back from its JSON as it was, its patches and cover letter whole."""
    series = only(post_all(THREADED))
    assert Series.model_validate_json(series.model_dump_json()) == series


def test_json_keeps_a_pull_request():
    """A pull request in the cover letter's place comes back as a pull request."""
    table = """
        ~c 0 jane -  [GIT PULL] updates
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
    """
    series = only(post_all(table))
    assert series.cover.kind == "pull_request"
    assert Series.model_validate_json(series.model_dump_json()) == series


def test_only_its_own_mails_have_a_number_in_a_series():
    """A series numbers its patches, whoever read them, and no reply or patch of another series."""
    mails = post_all(f"""
        {THREADED.strip()}
        again 3 jane c [PATCH v2 2/2] two once more
        other 90 bob - [PATCH 2/5] other
        ~r 5 bob 1 Re: [PATCH v2 1/2] one
    """)
    cover, one, two, again, other, reply = mails
    own = next(found for found in group_series(mails) if found.cover)
    assert [own.number_of(mail) for mail in (cover, one, two)] == [0, 1, 2]
    assert (own.duplicates, own.number_of(again)) == ((again,), 2)
    assert own.number_of(load_message(two.model_dump_json())) == 2
    late = group_series([two, other])[0]
    assert (late.missing, late.number_of(two)) == ((1,), 2)
    nameless = [mail.model_copy(update={"message_id": None}) for mail in (one, two)]
    unnamed = own.model_copy(update={"patches": (nameless[0],), "cover": None, "duplicates": ()})
    assert unnamed.number_of(nameless[0].model_copy()) == 1
    for series, stranger, kind in (
        (own, other, "patch"),
        (own, reply, "reply"),
        (late, one, "patch"),
        (late, cover, "cover letter"),
        (unnamed, nameless[1], "patch"),
    ):
        with pytest.raises(UsageError, match=f"this {kind} is no mail of the series"):
            series.number_of(stranger)


def test_patches_without_a_number_have_the_one_of_their_place():
    """A series knows the place of each patch; what the subject states is left as it is."""
    series = only(
        post_all("""
            send1 0 jane - [PATCH 0/3] topic
            send3 2 jane send1 [PATCH] two
            send4 3 jane send1 [PATCH 3/3] three
        """)
    )
    assert (series.numbers, series.inferred_numbers, series.missing) == ((2, 3), (2, 3), (1,))
    assert [series.number_of(patch) for patch in series.patches] == [2, 3]
    assert [patch.subject.counter for patch in series.patches] == [1, 3]
    with pytest.raises(UsageError, match="this patch is no mail of the series"):
        series.number_of(post("x", 4, "jane", "-", "[PATCH 3/3] another"))
    assert series.evidence == (
        "1 of its mails: answers the cover letter",
        "1 of its mails: has its place below the cover letter by its Message-ID",
    )
    silent = only(post_all("c 0 jane - [PATCH 0/2] a\n1 1 jane c [PATCH] b\n2 2 jane c [PATCH] d"))
    assert (silent.total, silent.numbers, len(silent.evidence)) == (2, (1, 2), 1)
    stated = only(post_all(THREADED))
    assert (stated.numbers, stated.inferred_numbers) == ((1, 2), ())
    assert Series.model_validate_json(series.model_dump_json()).numbers == (2, 3)


def test_very_many_patches_without_a_number_are_left_alone():
    """Of a cover letter that counts more than a person would send so, none has a place."""
    table = "c 0 jane - [PATCH 0/{0}] topic\n" + "\n".join(
        f"p{number} {number / 10} jane c [PATCH] part {number}" for number in range(1, 202)
    )
    assert len(group_series(post_all(table.format(201)))) == 202
    assert len(group_series(post_all(table.format(200).rsplit("\n", 1)[0]))) == 1
