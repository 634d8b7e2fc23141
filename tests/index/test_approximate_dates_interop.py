"""Dates mean what git says that they mean, and ranges hold what public-inbox says."""

import os
import random
import re
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import product

import pytest

from kvminbox.index.query.dates import parse_approxidate, parse_range

YEARS_END = 1735689599  # 2024-12-31 23:59:59: every day of the year has come
PRESENTS = [YEARS_END, 1700000000, 1709208000]  # and a Tuesday night, and a 29 February's noon

DAYS = ["2022-01-05", "2021/12/31", "5/7/2021", "7.5.2021", "99-05-06", "20220101", "13/7/2019",
        "5 jan 2022", "Dec 31 1999", "31 Dec 99", "Thu, 7 May 2020", "07 Apr 05", "2022-02-31",
        "2022-13-05", "7.13.2021", "70-01-02", "2037-12-31", "1-2-3", "2100-01-05"]  # fmt: skip
TIMES = ["12:30", "12:30:15", "00:00:00", "24:00:00", "23:59:60", "25:00", "3:00 PM", "12:05 am",
         "10:11:12.5", "123000", "noon", "tea", "midnight", "5pm"]  # fmt: skip
ZONES = ["", " Z", " +0100", " -07:00", "+05", " GMT", " PST", " EST -0100", " CEST", " 0530",
         " +1", " -2360", " MES", " foo"]  # fmt: skip
COUNTS = ["1", "2", "3", "10", "13", "25", "100", "one", "ten", "last", "05", "0", "zero"]
UNITS = ["second", "seconds", "minute", "hours", "day", "days", "weeks", "month", "months", "year",
         "years", "monday", "tue", "wednesdays", "sun", "fortnight", "d", "mon"]  # fmt: skip
ALONE = ["now", "yesterday", "never", "january", "dec", "2022", "2037", "69", "70", "37", "38",
         "20", "00", "007", "jan5", "@0", "@5 +0100", "@1640995200", "100000000", "99999999",
         "4102444799", "4102444800", "1640995200", "gibberish", "last", "tuesday", "1e9", "1/2",
         "2/13", "31.10", "12:30", "PM", "noon.yesterday", "31.feb", "feb.31", "1.day.jan",
         "2022-01", "10-01-2022", "0/0/0", "1.1.1.1", "January 2022 12:00", "3.yesterday",
         "3.noon.4", "never.months.ago", "1.year.2.months.ago", "two three days"]  # fmt: skip
ZONE_NAMES = ["idlw nt cat hst hdt yst ydt pst pdt mst mdt cst cdt est edt ast adt wat gmt utc wet",
              "z bst cet met mewt fwt mest mesz cest eet fst eest wast wadt cct jst east gst eadt",
              "nzt nzst nzdt idle es ni cen"]  # fmt: skip

REVIEWED = {
    "2022-01-05T12": "git 2.39 does not know the hour alone, and takes the present's time",
    "20220105T1230": "as the hour alone",
    "4294967297": "git keeps this number in 32 bits, where it is 1",
    "100000.days.ago": "git counts the seconds back in 32 bits, and lands in 2022",
    "200.years.ago": "git forgets a year before 1900, and takes the present's",
    "2022-01-05 12:00 -0001": "git takes this zone for none",
}


@pytest.fixture(scope="module")
def ask_git(tmp_path_factory):
    """Return the function that asks git for the seconds of many texts at once."""
    repository = tmp_path_factory.mktemp("dates") / "empty.git"
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)

    def ask(texts, now):
        home = {**os.environ, "TZ": "UTC", "GIT_TEST_DATE_NOW": str(now)}
        command = ["git", "-C", repository, "rev-parse", *(f"--since={text}" for text in texts)]
        answer = subprocess.run(command, check=True, env=home, capture_output=True, text=True)
        seconds = [int(line.removeprefix("--max-age=")) for line in answer.stdout.splitlines()]
        return dict(zip(texts, seconds, strict=True))

    return ask


def read(text, now):
    """Return what git prints: a day at the present's time, the present for no date at all."""
    try:
        begin, end = parse_approxidate(text, datetime.fromtimestamp(now, UTC))
    except ValueError:
        return now
    time_of_day = now % 86400 if end - begin == 86400 else 0
    return (begin + time_of_day) % 2**64  # git knows no number below nought


def find_differing(ask, texts, now):
    answers = ask(texts, now)
    return {
        text: (read(text, now), seconds)
        for text, seconds in answers.items()
        if read(text, now) != seconds
    }


def make_phrases():
    yield from ALONE
    yield from DAYS
    yield from (f"{day} {time}{zone}" for day, time, zone in product(DAYS, TIMES, ZONES))
    yield from (f"{time} {day}" for day, time in product(DAYS, TIMES))
    yield from (f"{count}.{unit}.ago" for count, unit in product(COUNTS, UNITS))
    yield from (f"{count}{unit}" for count, unit in product(COUNTS, UNITS))
    yield from (f"{time}.{unit}" for time, unit in product(TIMES, ["yesterday", "3.days", "jan.5"]))
    yield from (f"2022-06-15 12:00 {zone}" for zone in " ".join(ZONE_NAMES).split())


def make_jumbles(words, number):
    rng = random.Random(17)
    for _ in range(number):
        joint = rng.choice([" ", ", ", " - ", "\n"])
        yield joint.join(rng.choices(words, k=rng.randint(2, 6)))


def test_phrases_mean_what_they_mean_to_git(ask_git):
    """Days with times and zones, counts with units: git reads the same seconds."""
    phrases = list(dict.fromkeys(make_phrases()))
    assert len(phrases) > 4000
    assert find_differing(ask_git, phrases, YEARS_END) == {}


@pytest.mark.parametrize("now", PRESENTS)
def test_words_mean_what_they_mean_to_git_at_any_time(ask_git, now):
    """What leans on the present leans on it as in git, at a year's end and a leap day."""
    relative = (f"{count}.{unit}" for count, unit in product(COUNTS, UNITS))
    assert find_differing(ask_git, [*ALONE, *TIMES[:5], *TIMES[-4:], *relative], now) == {}


# What no jumble may hold: a number that goes past 32 bits in git, or past 1900 when counted
# back from, and a day without its year, which git compares with the machine's clock where
# GIT_TEST_DATE_NOW is not asked.
COUNTING = [*COUNTS, *UNITS, *TIMES[:-5], *TIMES[-4:], "yesterday", "jan", "am", "5/7/21"]
COUNTS_OR_ODD = re.compile(r"Thu|days|month|year|tuesday|41024|99999999|^1/2|^2/13|^31\.10")
NAMING = [word for word in [*DAYS, *TIMES, *ZONES, *ALONE] if not COUNTS_OR_ODD.search(word)]


@pytest.mark.parametrize(
    "words",
    [NAMING, COUNTING],
    ids=["dates", "counts"],
)
def test_jumbles_mean_what_they_mean_to_git(ask_git, words):
    """Words put together at random, sense or none, are read as git reads them."""
    assert find_differing(ask_git, list(make_jumbles(words, 1500)), YEARS_END) == {}


@pytest.mark.parametrize("text", REVIEWED)
def test_reviewed_differences_are_still_there(ask_git, text):
    """Where the two part on purpose, git gives another time than the library."""
    if "T12" in text and ask_git([text], YEARS_END)[text] == read(text, YEARS_END):
        return  # a git that knows the hour alone
    assert text in find_differing(ask_git, [text], YEARS_END)


SHOW_QUERY = """
use PublicInbox::Git; use PublicInbox::Search;
my $git = PublicInbox::Git->new(shift @ARGV);
for my $query (@ARGV) { PublicInbox::Search->query_approxidate($git, $query); print "$query\\n"; }
"""
ENDS = ["", "20220103", "20220228", "20221231", "2022-01-03", "2022-02-28", "2.weeks.ago",
        "2022-01-03T10:00:00Z", "yesterday", "12:30"]  # fmt: skip
TIME_ENDS = [*(end for end in ENDS if len(end) != 8), "20220103100000", "20220103235959"]
# a day as a number is refused for `rt:`
RECEIVED_ENDS = [*(end for end in ENDS if len(end) != 8), "1641168000", "12345"]


def make_ranges():
    for name, ends in {"d": ENDS, "dt": TIME_ENDS, "rt": RECEIVED_ENDS}.items():
        yield from (f"{name}:{first}..{last}" for first, last in product(ends, ends))
        yield from (f"{name}:{end}" for end in ends if end and not is_odd_alone(name, end))


def is_odd_alone(name, end):
    # alone, seconds have no end in public-inbox
    return name == "rt" and end.isdigit()


@pytest.fixture(scope="module")
def ask_public_inbox(tmp_path_factory):
    """Return the function that asks public-inbox for the numbers that it compares with."""
    if (
        not shutil.which("perl")
        or subprocess.run(["perl", "-MPublicInbox::Search", "-e1"]).returncode
    ):
        pytest.skip("public-inbox is not installed (Debian's package public-inbox)")
    repository = tmp_path_factory.mktemp("ranges") / "empty.git"
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)

    def ask(texts, now):
        home = {**os.environ, "TZ": "UTC", "GIT_TEST_DATE_NOW": str(now)}
        command = ["perl", "-e", SHOW_QUERY, repository, *texts]
        answer = subprocess.run(command, check=True, env=home, capture_output=True, text=True)
        return dict(zip(texts, answer.stdout.splitlines(), strict=True))

    return ask


def is_inside(query, second):
    """Whether public-inbox's two numbers hold this second, both ends inside."""
    name, first, last = re.fullmatch(r"(\w+):(\d*)\.\.(\d*)", query).groups()
    form = {"d": "%Y%m%d", "dt": "%Y%m%d%H%M%S"}.get(name)
    number = int(datetime.fromtimestamp(second, UTC).strftime(form)) if form else second
    return (not first or int(first) <= number) and (not last or number <= int(last))


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def spell_out(text):
    """Return a range in which each day is written with the time that it has here.

    Public-inbox reads such a day at the present's time, unless `d:` has days only.
    """
    name, _, words = text.partition(":")
    ends = words.split("..")
    days = [bool(DAY.fullmatch(end) or (name == "d" and len(end) == 8)) for end in ends]
    if not any(days) or (
        name == "d" and all(days[place] or not ends[place] for place in range(len(ends)))
    ):
        return text
    if len(ends) == 1:
        ends, days = ends * 2, days * 2
    for place, time in enumerate(("00:00:00", "23:59:59")):
        if days[place]:
            is_number = "-" not in ends[place]
            ends[place] += time.replace(":", "") if is_number else f"T{time}Z"
    return f"{'dt' if name == 'd' else name}:{'..'.join(ends)}"


@pytest.mark.slow
def test_ranges_hold_what_they_hold_in_public_inbox(ask_public_inbox):
    """At each end of a range, the second before and the one after fall as in public-inbox."""
    texts = {spell_out(text): text for text in make_ranges()}
    differing = {}
    for spelled, query in ask_public_inbox([*texts], YEARS_END).items():
        text = texts[spelled]
        name, _, words = text.partition(":")
        begin, end = parse_range(name, words, datetime.fromtimestamp(YEARS_END, UTC))
        edges = {edge + step for edge in (begin, end) if edge is not None for step in (-1, 0)}
        for second in {0, YEARS_END, *edges}:
            ours = (begin is None or begin <= second) and (end is None or second < end)
            if ours != is_inside(query, second):
                differing[text] = query, begin, end, second
    assert len(texts) > 250
    assert differing == {}
