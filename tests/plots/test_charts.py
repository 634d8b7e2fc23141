"""Charts hold the numbers of the models, and nothing that a page could run."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import Address, CoverLetter, Entry, Inbox, Message, Patch, Subject, plots
from kvminbox.analysis import Snapshot, compute_reviewers
from kvminbox.errors import UsageError

CHARTS = [
    plots.activity, plots.reviewers, plots.first_reply, plots.series_size, plots.domain_share,
]  # fmt: skip
each_chart = pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


class Mails:
    """A corpus of some messages."""

    base = tip = ""

    def __init__(self, *messages):
        self.kept = messages

    def messages(self, *, progress=None):
        """Return the messages one by one."""
        return iter(self.kept)


def send(model=Patch, *, days=0.0, by="ida@wood.example", name="", title="Sow", **fields):
    """Return a mail that arrived some days after a Monday in 2024."""
    moment = MONDAY + timedelta(days=days)
    person = Address(name=name, email=by, written=f"{name} <{by}>")
    place = f"{days}{by}".encode().hex()[:40]
    entry = Entry(epoch=0, commit=place, blob=place, arrived=moment, change="message")
    if model is not Message:
        fields |= {"author": person, "title": title}
    return model(
        entry=entry, sender=person, date=fields.pop("date", moment), message_id=f"{days}{by}",
        subject=Subject(raw=f"[PATCH] {title}", title=title, has_patch_mark=True), **fields,
    )  # fmt: skip


def rows_of(chart):
    """Return a chart's data."""
    spec = chart.to_dict()
    layers = spec.get("layer", [{}])
    named = [(each.get("data") or spec["data"])["name"] for each in [layers[-1]]]
    return spec["datasets"][named[0]]


def parts_of(chart):
    """Return the heights of a chart's bars: by the period's first day and the part."""
    return {(row["start"], row["part"]): row["high"] - row["low"] for row in rows_of(chart)}


def test_activity_counts_every_mail(sample):
    """The bars add up to the mails of the corpus, sort by sort."""
    heights = Counter()
    for (_, part), height in parts_of(plots.activity(sample, by="day")).items():
        heights[part] += height
    kinds = Counter(message.kind for message in sample.messages())
    assert heights["patches, cover letters"] == kinds["patch"] + kinds["cover_letter"]
    assert heights["replies"] == kinds["reply"] + kinds["reply_with_patch"]
    assert heights.total() == len(sample)


def test_activity_shows_empty_periods():
    """A week without mails is there, with nothing in it."""
    heights = parts_of(plots.activity(Mails(send(), send(days=15)), by="week"))
    patches = {day: height for (day, part), height in heights.items() if "patches" in part}
    assert patches == {"2024-01-01": 1, "2024-01-08": 0, "2024-01-15": 1}


@pytest.mark.parametrize(
    ("last", "by"), [(91, "day"), (92, "week"), (104 * 7, "week"), (110 * 7, "month")]
)
def test_a_chart_of_a_long_time_has_few_bars(last, by):
    """Days are drawn of three months, weeks of two years, else months; what is asked for stays."""
    mails = Mails(send(), send(days=last))
    chart = plots.activity(mails)
    assert f"one bar per {by};" in " ".join(chart.title.subtitle)
    assert sum(parts_of(chart).values()) == 2
    days = plots.activity(mails, by="day")
    told = " ".join(days.title.subtitle)
    assert len({day for day, _ in parts_of(days)}) == last + 1
    assert ("bars are too thin to be told apart: leave by='day' out" in told) == (last >= 400)


def test_a_chart_of_a_mirror_that_was_filled_later_says_so():
    """Ten mails and more that came long after they were sent are told; fewer are usual."""
    late = [send(days=day, date=MONDAY - timedelta(days=40)) for day in range(10)]
    for draw in (plots.activity, plots.domain_share):
        told = " ".join(draw(Mails(*late)).title.subtitle)
        assert "10 arrived more than two days after their Date; a window of sent_since" in told
        assert "sent_since" not in " ".join(draw(Mails(*late[1:])).title.subtitle)
        many = [send(days=day / 100) for day in range(400)]
        assert "sent_since" not in " ".join(draw(Mails(*late, *many)).title.subtitle)


def test_mails_without_a_time_are_counted_apart():
    """Where no arrival is known the Date is taken; without one, too, a mail is left out."""
    chart = plots.activity(Mails(send(), Message()))
    assert sum(parts_of(chart).values()) == 1
    assert "1 without a date are not" in " ".join(chart.title.subtitle)
    claimed = Message(date=datetime(2024, 1, 2, tzinfo=UTC))
    chart = plots.activity(Mails(send(), claimed))
    assert sum(parts_of(chart).values()) == 2
    assert "1 by Date, as their arrival is not known" in " ".join(chart.title.subtitle)
    chart = plots.activity(Mails(claimed))
    assert "Mails by Date, one bar" in " ".join(chart.title.subtitle)
    ada = Address(email="ada@ada.example")
    patch = Patch(date=claimed.date, sender=ada, author=ada)
    assert [row["part"] for row in rows_of(plots.domain_share(Mails(patch)))] == ["ada.example"]


def test_reviewers_are_those_of_the_ranking(sample):
    """Names and counts are those of the analysis, in its order, and as many as asked for."""
    rows = compute_reviewers(sample).rows
    shown = rows_of(plots.reviewers(sample))
    assert [row["mails"] for row in shown] == [row.count for row in rows]
    assert shown[0]["name"] == "Ewa Lis"
    assert len(rows_of(plots.reviewers(sample, top=1))) == 1


def test_names_of_reviewers_can_be_given(sample):
    """`who` says under which name an address counts."""
    shown = rows_of(plots.reviewers(sample, who=lambda address, _: "the whole list"))
    assert [row["name"] for row in shown] == ["the whole list"]


def test_first_reply_tells_how_many_are_open(sample):
    """The note below the title counts the series, and those that nobody has answered."""
    reviews = [review.first_reply for _, review in sample.reviews()]
    still = sum(wait.open for wait in reviews)
    chart = plots.first_reply(sample)
    words = " ".join(chart.title.subtitle)
    assert words.startswith(f"{len(reviews)} series; {still} without a reply")
    shares = [row["share"] for row in rows_of(chart)]
    assert shares == sorted(shares)
    assert 0 < shares[-1] < 1


def test_series_are_counted_once(sample):
    """The bars of sizes add up to the series, later versions apart."""
    series = list(sample.series())
    counts = Counter()
    for row in rows_of(plots.series_size(sample)):
        counts[row["version"]] += row["series"]
    later = sum(one.revision > 1 for one in series)
    assert counts == {"first version": len(series) - later, "later versions": later}


def test_a_size_is_in_its_class():
    """Two mails of one series are one series of two patches."""
    first = send(by="a@wood.example").model_copy(
        update={"subject": Subject(title="Sow", counter=1, total=2, counter_stated=True)}
    )
    second = first.model_copy(
        update={
            "message_id": "second", "in_reply_to": (first.message_id,),
            "references": (first.message_id,),
            "subject": Subject(title="Reap", counter=2, total=2, counter_stated=True),
        }
    )  # fmt: skip
    rows = rows_of(plots.series_size(Snapshot(Mails(first, second))))
    assert {row["patches"]: row["series"] for row in rows if row["series"]} == {"2": 1}


def test_shares_are_of_each_period():
    """In each period the shares add up to one, and the domains have their part of the patches."""
    mails = [
        send(), send(days=1, by="b@wood.example"), send(CoverLetter, days=2, by="c@sand.example"),
        send(days=3, by="d@wood.example"), send(days=100, by="e@sand.example"),
        send(Message, days=101, by="f@rock.example"),
    ]  # fmt: skip
    assert parts_of(plots.domain_share(Mails(*mails))) == {
        ("2024-01-01", "wood.example"): 0.75, ("2024-01-01", "sand.example"): 0.25,
        ("2024-04-01", "sand.example"): 1,
    }  # fmt: skip


def test_a_single_month_has_one_tick():
    """Months are named at their beginnings, not at the weeks that a library finds in them."""
    axis = plots.domain_share(Mails(send(), send(days=9)), by="month").to_dict()["encoding"]["x"][
        "axis"
    ]
    assert len(axis["values"]) == 1
    assert axis["format"] == "%b %Y"


def test_long_names_of_reviewers_have_room(sample):
    """The axis keeps room for the longest name, whatever width a browser takes it for."""
    name = "Philippe of the Mountains"
    chart = plots.reviewers(sample, who=lambda address, _: name).to_dict()
    axis = chart["encoding"]["y"]["axis"]
    assert axis["minExtent"] >= 150
    assert axis["labelLimit"] >= axis["minExtent"]


def test_small_domains_are_the_others():
    """Beyond the top ones all domains are one part, as are authors without any."""
    mails = [send(), send(days=1), send(days=2, by="b@sand.example"), send(days=3, by="nobody")]
    shares = parts_of(plots.domain_share(Mails(*mails), top=1))
    assert shares == {("2024-01-01", "wood.example"): 0.5, ("2024-01-01", "all others"): 0.5}


def test_employers_can_be_given():
    """`who` returns names in place of domains, and is passed the date."""
    asked = []

    def who(address, date):
        asked.append(date)
        return "Wood Inc" if "wood" in address.email else ""

    chart = plots.domain_share(Mails(send(), send(days=1, by="b@sand.example")), who=who)
    assert parts_of(chart) == {("2024-01-01", "Wood Inc"): 0.5, ("2024-01-01", "all others"): 0.5}
    assert asked == [MONDAY, MONDAY + timedelta(days=1)]


@pytest.mark.parametrize("draw", [plots.activity, plots.domain_share])
def test_a_wrong_period_is_refused(draw):
    """An unknown period is an error that lists the valid ones."""
    with pytest.raises(UsageError, match=r"'fortnight'.*choose one of day, week"):
        draw(Mails(), by="fortnight")


@each_chart
def test_a_chart_of_nothing_can_be_drawn(draw):
    """A corpus without mails makes a chart without rows."""
    assert rows_of(draw(Snapshot(Mails()))) == []


DRAW = """
import hashlib, sys
from kvminbox import Inbox, plots
window = Inbox.open(sys.argv[1]).between(None)
text = "".join(getattr(plots, name)(window).to_json() for name in sys.argv[2:])
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_window_gives_the_same_bytes(sample_path):
    """A process with another hash seed and time zone writes the same JSON."""
    names = [draw.__name__ for draw in CHARTS]
    window = Inbox.open(sample_path).between(None)
    text = "".join(draw(window).to_json() for draw in CHARTS)
    run = subprocess.run(
        [sys.executable, "-c", DRAW, str(sample_path), *names], capture_output=True, text=True,
        check=True, env={"PYTHONHASHSEED": "2", "TZ": "Asia/Kolkata"},
    )  # fmt: skip
    assert run.stdout.strip() == hashlib.sha256(text.encode()).hexdigest()


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J\u202e"


def hostile():
    """A corpus whose people and titles are hostile."""
    patch = send(name=EVIL, by=f"a@{EVIL}", title=EVIL)
    reply = send(
        Message, days=1, by="b@sand.example", name=EVIL, title=EVIL, kind="reply",
        body="Reviewed-by: R&D \u202e <b@sand.example>\n", in_reply_to=(patch.message_id,),
        references=(patch.message_id,),
    )  # fmt: skip
    return Snapshot(Mails(patch, reply))


def strings(value):
    """Return every string in a spec, keys too."""
    if isinstance(value, dict):
        return [*value, *(text for each in value.values() for text in strings(each))]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


@each_chart
def test_hostile_text_is_a_harmless_label(draw):
    """No string of a chart has markup or control characters, and no part of it acts or links."""
    chart = draw(hostile())
    spec = chart.to_dict()
    texts = strings(spec)
    data = strings(spec["datasets"])
    assert not [text for text in data if set(text) & set("<>&\x1b\u202e")]
    assert not {"href", "url", "tooltip", "image", "usermeta", "params"} & set(texts)
    assert "<script>alert" not in chart.to_html()


def test_hostile_text_reaches_the_labels():
    """The test above is not passed by showing nothing."""
    names = [row["part"] for row in rows_of(plots.domain_share(hostile()))]
    assert names[0].startswith("‹/script›")
    (row,) = rows_of(plots.reviewers(hostile()))
    assert row["name"].startswith("R＆D <U+202E>".translate({60: "‹", 62: "›"}))


@pytest.mark.slow
@each_chart
def test_a_chart_can_be_made_into_a_picture(draw, sample):
    """Vega draws the chart with its title, and warns of nothing."""
    convert = pytest.importorskip("vl_convert")
    picture = convert.vegalite_to_svg(draw(sample).to_json())
    assert picture.startswith("<svg")
    assert draw(sample).title.text in picture
    assert json.loads(draw(sample).to_json())["background"] == "transparent"
    assert "NaN" not in picture


def test_ticks_are_whole_and_have_names(sample):
    """An axis of mails names no half, that of waits leaves no tick without a name, nor a year."""
    axis = plots.reviewers(sample).to_dict()["encoding"]["x"]["axis"]
    assert axis["values"] == [0, 1]
    assert axis["format"] == "d"
    many = Mails(*(send(days=366 * year) for year in range(5)))
    for chart in (plots.activity(many, by="year"), plots.domain_share(many, by="year")):
        axis = chart.to_dict()["encoding"]["x"]["axis"]
        assert axis["format"] == "%Y"
        assert len(axis["values"]) == 5
