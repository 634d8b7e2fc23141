"""The Date header, with its own zone, or a defect."""

import pytest

DATES = [
    ("Tue, 5 Sep 2023 10:00:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 -0700 (PDT)", "2023-09-05T10:00:00-07:00"),
    ("5 Sep 2023 10:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 05 September 2023 10:00:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue,5 Sep 2023 10:00:00+0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023\n\t10:00:00 +02:00", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep, 2023 10:00:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("tue, 5 SEP 2023 10.00.00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00.250 +0530", "2023-09-05T10:00:00+05:30"),
    ("Tue, 5 Sep 2023 10:00:00 -0030", "2023-09-05T10:00:00-00:30"),
    # obsolete zones
    ("Tue, 5 Sep 2023 10:00:00 GMT", "2023-09-05T10:00:00+00:00"),
    ("Tue, 5 Sep 2023 10:00:00 EST", "2023-09-05T10:00:00-05:00"),
    ("Tue, 5 Sep 2023 10:00:00 cest", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 Z", "2023-09-05T10:00:00+00:00"),
    # zones with a figure too few, or a sign too many
    ("Tue, 5 Sep 2023 10:00:00 +1", "2023-09-05T10:00:00+01:00"),
    ("Tue, 5 Sep 2023 10:00:00 -00", "2023-09-05T10:00:00+00:00"),
    ("Tue, 5 Sep 2023 10:00:00 +10", "2023-09-05T10:00:00+10:00"),
    ("Tue, 5 Sep 2023 10:00:00 +000", "2023-09-05T10:00:00+00:00"),
    ("Tue, 5 Sep 2023 10:00:00 -700", "2023-09-05T10:00:00-07:00"),
    ("Tue, 5 Sep 2023 10:00:00 --500", "2023-09-05T10:00:00-05:00"),
    # years as RFC 5322, 4.3 has them
    ("Tue, 5 Sep 23 10:00:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Sun, 5 Sep 99 10:00:00 +0200", "1999-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 100 10:00:00 +0000", "2000-09-05T10:00:00+00:00"),
    ("Mon, 5 Sep 1904 10:00:00 +0000", "1904-09-05T10:00:00+00:00"),
    # RFC 850 and asctime
    ("Tuesday, 05-Sep-23 10:00:00 GMT", "2023-09-05T10:00:00+00:00"),
    ("Tue Sep  5 10:00:00 2023 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue Sep  5 10:00:00 EST 2023", "2023-09-05T10:00:00-05:00"),
    # JavaScript's, and Outlook's in a quoted header
    ("Tue Sep 05 2023 10:00:00 GMT+0200 (CEST)", "2023-09-05T10:00:00+02:00"),
    ("Tuesday, September 5, 2023 10:00 PM GMT", "2023-09-05T22:00:00+00:00"),
    ("Sep 5, 2023 10:00:00 PM +0200", "2023-09-05T22:00:00+02:00"),
    # a zone's name, or a comment, before the offset
    ("Tue, 5 Sep 2023 10:00:00 GMT+0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 GMT-02:30", "2023-09-05T10:00:00-02:30"),
    ("Tue, 5 Sep 2023 10:00:00 UTC+2", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 CEST +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 PDT-0700", "2023-09-05T10:00:00-07:00"),
    ("Tue, 5 Sep 2023 10:00:00 (CEST) +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue (today), 5 Sep 2023 (so) 10:00:00 +0200", "2023-09-05T10:00:00+02:00"),
    ("Tue, 5 Sep 2023 10:00:00 +0200 (GMT-02:00)", "2023-09-05T10:00:00+02:00"),
    # twelve hours a half
    ("Tue, 5 Sep 2023 10:00:00 PM +0200", "2023-09-05T22:00:00+02:00"),
    ("Tue, 5 Sep 2023 12:00:00AM +0200", "2023-09-05T00:00:00+02:00"),
    ("Tue, 5 Sep 2023 12:30 p.m. +0200", "2023-09-05T12:30:00+02:00"),
    ("Tue, 5 Sep 2023 22:00:00 PM +0200", "2023-09-05T22:00:00+02:00"),
    # ISO 8601
    ("2023-09-05T10:00:00+02:00", "2023-09-05T10:00:00+02:00"),
    ("2023-09-05 10:00:00 Z", "2023-09-05T10:00:00+00:00"),
    # a leap second, which datetime does not know
    ("Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00"),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_a_date_keeps_its_zone(written, expected, read, codes):
    """A date in any order and with any zone that people write is read as it was meant."""
    mail = read(date=written)
    assert mail.date.isoformat() == expected
    assert codes(mail) == []


@pytest.mark.parametrize(
    "zone",
    ["", "-0000", "+9999", "-0060", "+0480", "+2500", "+12345", "Mars/Olympus", "(PDT)", "?"],
)
def test_a_zone_that_is_none(zone, read, codes):
    """Where the zone is absent or impossible, UTC is taken and a defect says so.

    Public-inbox reads `-0060` as an hour and `+0480` as eight, and falls back on
    Received; here the header is read as strictly as git reads it, and the time
    of arrival is at hand in the entry.
    """
    mail = read(date=f"Tue, 5 Sep 2023 10:00:00 {zone}")
    assert mail.date.isoformat() == "2023-09-05T10:00:00+00:00"
    assert codes(mail) == ["date-zone-odd"]


@pytest.mark.parametrize(
    "written",
    [
        "()",
        "yesterday",
        "Tue, 5",
        "Tue, 5 Sep 2023",
        "Tue, 5 Foo 2023 10:00:00 +0000",
        "Tue, 35 Sep 2023 10:00:00 +0000",
        "Tue, 5 Sep 2023 25:00:00 +0000",
        "Tue, 5 Sep 2023 10:00:75 +0000",
        "Tue, 5 Sep 71685 10:00:00 +0000",
        "Tue, 5 Sep 99999999999999999999 10:00:00 +0000",
        "Tue, 5 Sep 0000 10:00:00 +0000",
        "Mon, 1 Jan 0001 00:00:00 +0100",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Tue, 5 Sep 2023 10:00:00" * 2_000 + "x",
        "9" * 5_000,
        b"Tue, 5 \xc5\x9eep 2023 10:00:00 +0000",
        "=?utf-8?q?Tue?=, 5 Sep",
    ],
)
def test_a_date_that_is_none(written, read, codes):
    """A Date that can't be understood is None, and its defect quotes it in one line."""
    mail = read(date=written)
    if mail.date is None:
        assert set(codes(mail)) - {"header-raw-8bit"} == {"date-unreadable"}
    else:  # the first of many dates in a row
        assert set(codes(mail)) == {"date-zone-odd"}
    assert max(len(defect.text) for defect in mail.defects) < 400


def test_a_date_can_be_turned_to_utc(read):
    """No date that is returned overflows in another zone."""
    from datetime import UTC

    for year in ("0002", "9998"):
        assert read(date=f"1 Jan {year} 00:00:00 +2359").date.astimezone(UTC)
    assert read(date="31 Dec 9998 23:59:59 -2359").date.astimezone(UTC)
