"""A month of the real archive, counted once by the report and once by git and regexes."""

import email
import email.utils
import re
import subprocess
from collections import Counter
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox
from kvminbox.reports import build_report
from tests.reports.report_windows import every_section

pytestmark = pytest.mark.real
_HEADER = re.compile(r"^diff --git a/\S+ b/(\S+)$", re.MULTILINE)
SINCE, UNTIL = "2022-10-01", "2022-11-01"


def _git(path, *arguments, **options):
    run = subprocess.run(
        ["git", "-C", path, *arguments], check=True, capture_output=True, **options
    )
    return run.stdout


def _seconds(day):
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


@pytest.fixture(scope="module")
def raw_mails(real_inbox_path):
    """Return each mail of the month with its arrival, read by git and the standard library."""
    lines = _git(real_inbox_path, "log", "--format=%H %ct", "--all").decode().splitlines()
    rows = [line.split() for line in reversed(lines)]
    rows = [row for row in rows if _seconds(SINCE) <= int(row[1]) < _seconds(UNTIL)]
    names = "".join(f"{commit}:m\n" for commit, _ in rows).encode()
    batch = _git(real_inbox_path, "cat-file", "--batch", input=names)
    found, place = [], 0
    for _, arrived in rows:
        end = batch.index(b"\n", place)
        size = int(batch[place:end].split()[2])
        mail = email.message_from_bytes(batch[end + 1 : end + 1 + size])
        found.append((mail, int(arrived)))
        place = end + size + 2
    return found


@pytest.fixture(scope="module")
def month(real_inbox_path):
    """Return the result of a report on the month."""
    window = Inbox.open(real_inbox_path).since(SINCE, UNTIL)
    return build_report("A month", window, every_section()).result


def _sender(mail):
    return email.utils.parseaddr(mail["From"])[1].lower()


def _body(mail):
    texts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    return "".join(part.get_payload(decode=True).decode("utf-8", "replace") for part in texts)


def _is_patch(mail):
    subject = " ".join(str(mail["Subject"]).split())
    is_marked = re.match(r"\[[^\]]*PATCH[^\]]*\]", subject)
    return is_marked and re.search(r"^diff --git ", _body(mail), re.MULTILINE)


def _rows(ranking):
    return {row.key: row.count for row in ranking.rows}


@pytest.mark.slow
def test_every_mail_is_counted(month, raw_mails):
    """The kinds add up to the month's commits."""
    figures = [figure.count for figure in month["overview"].figures[:7]]
    assert figures[0] == sum(figures[1:]) == len(raw_mails) > 300


def test_files_are_those_of_the_diffs(month, raw_mails):
    """Each file has as many patches as mails of patches name it in a diff's header."""
    found: Counter[str] = Counter()
    for mail, _ in raw_mails:
        if _is_patch(mail):
            found.update(set(_HEADER.findall(_body(mail).replace("\r", ""))))
    assert _rows(month["files"]) == found


def test_authors_are_those_of_the_patches(month, raw_mails):
    """Each author has as many patches and cover letters as From lines name him."""
    found: Counter[str] = Counter()
    for mail, _ in raw_mails:
        inner = re.match(r"\s*From: (.*)\n", _body(mail))
        if _is_patch(mail):
            found[email.utils.parseaddr(inner[1])[1].lower() if inner else _sender(mail)] += 1
        elif re.match(r"\[[^\]]*\b0+/\d+\]", str(mail["Subject"])):
            found[_sender(mail)] += 1
    assert _rows(month["authors"]) == found


def test_repliers_are_senders_of_replies(month, raw_mails):
    """Persons and programs together sent the mails whose subject has a reply mark."""
    found = Counter(
        _sender(mail) for mail, _ in raw_mails if str(mail["Subject"]).lower().startswith("re:")
    )
    counted = Counter(_rows(month["repliers"]))
    counted.update({key: count for key, count in _rows(month["bots"]).items() if key in found})
    assert counted == found


def test_far_dates_are_far(month, raw_mails):
    """The report and the standard library find the same number of Dates far from arrival."""
    dates = [(email.utils.parsedate_to_datetime(mail["Date"]), when) for mail, when in raw_mails]
    far = sum(abs(date.timestamp() - when) > 86_400 for date, when in dates)
    assert _rows(month["data_quality"])["date-far-from-arrival"] == far > 0


def test_links_lead_to_the_list(month):
    """Each message behind a number has its link, since the list is known."""
    refs = month["overview"].messages()
    assert refs
    assert all(ref.url.startswith("https://lore.kernel.org/kvmarm/") for ref in refs)
