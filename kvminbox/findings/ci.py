"""Continuous integration: LKFT, CKI, KernelCI, BlueZ's, Intel's for graphics, and patchew."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from kvminbox.findings.lines import is_told, keep_lines, make_line
from kvminbox.findings.text import Facts, Text
from kvminbox.models import FindingVerdict, FoundCheck

MAX_CHECKS: Final = 200
"""Checks that a finding has."""

_VERDICTS: Final[dict[str, FindingVerdict]] = {
    "pass": "passed", "passed": "passed", "success": "passed", "ok": "passed", "fail": "failed",
    "failed": "failed", "failure": "failed", "error": "failed", "panicked": "failed",
    "errored": "failed", "warning": "warned", "warn": "warned", "pending": "unknown",
    "skip": "unknown", "skipped": "unknown", "waived": "warned",
}  # fmt: skip
# `CheckPatch         PASS      0.66 seconds`, `Incremental Build with patchesPASS  0.00 seconds`
_TIMED: Final = re.compile(
    r"(\S.{2,50}?)\s*(PASS|FAIL|WARNING|PENDING|ERROR|SKIP|SUCCESS)\s+[\d.]+ seconds$"
)
# `Test: CheckPatch - FAIL`, `Test: TestRunner: Setup - PASS - 403.66 seconds`
_TESTED: Final = re.compile(r"Test: (.{1,60}?) - (PASS|FAIL|WARNING|PENDING|ERROR|SKIP)\b")
_NOT_APPLIED: Final = re.compile(
    r"could ?n[o']t be applied to the current HEAD|Failed to apply patch"
)
_DEVICE: Final = re.compile(r"\* ([\w.-]{1,60}), ([\w.-]{1,60})$")
_CASE: Final = re.compile(r"\s+- (\S{1,100})$")
_CKI_ARCH: Final = re.compile(r"\s{4}(\w{3,10}):$")
_CKI_CASE: Final = re.compile(r"\s{5,12}(\S{1,3}) (\S.{0,100})$")
_CKI_MARKS: Final[dict[str, FindingVerdict]] = {
    "❌": "failed", "💥": "failed", "⚡": "unknown", "✅": "passed", "🚧": "unknown",
}  # fmt: skip
_KERNELCI_ISSUE: Final = re.compile(
    r"\[(REGRESSION|REGRESSION FIXED|STATUS)\] ([^\s:/]+)/?([^\s:]*): ?(?:\((\w+)\) )?(.*)",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(r"\b(\d{1,6}) (?:failed|regressions?|fail|errors?)\b")
_STATE: Final = re.compile(r"State ?: (\w+)")


def read_bluez(text: Text) -> Facts:
    """Return what the CI of BlueZ and Linux Bluetooth says."""
    found: Facts = {"program": "BlueZ CI", "summary": text.subject}
    if _NOT_APPLIED.search(text.words):
        wrong = [make_line(line) for line in text.lines if line.startswith("error: ")]
        lines, count = keep_lines(wrong)
        return found | {"kind": "apply", "verdict": "failed", "lines": lines, "line_count": count}
    told: dict[str, FoundCheck] = {}
    for line in text.lines:
        if match := _TIMED.match(line) or _TESTED.match(line):
            name = match[1].strip()
            told.setdefault(name, FoundCheck(name=name, verdict=_VERDICTS[match[2].lower()]))
    lines, count = keep_lines(make_line(line) for line in text.lines if is_told(line))
    return found | {
        "kind": "test" if told else "notice", "verdict": _sum_up(told.values()),
        "checks": tuple(told.values())[:MAX_CHECKS], "lines": lines, "line_count": count,
    }  # fmt: skip


def _sum_up(checks: Iterable[FoundCheck]) -> FindingVerdict:
    verdicts = {check.verdict for check in checks}
    order: tuple[FindingVerdict, ...] = ("failed", "warned", "passed")
    return next((one for one in order if one in verdicts), "unknown")


def read_lkft(text: Text) -> Facts:
    """Return what Linaro's functional tests say: the tests that fail and did not before."""
    checks: list[FoundCheck] = []
    section = where = ""
    for line in text.lines:
        if line.startswith("## "):
            section, where = line[3:], ""
        elif match := _DEVICE.match(line):
            where = f"{match[1]}, {match[2]}"
        elif where and (match := _CASE.match(line)):
            if section.startswith("Test Regressions"):
                checks.append(FoundCheck(name=match[1], verdict="failed", where=where))
            elif section.startswith("Test Fixes"):
                checks.append(FoundCheck(name=match[1], verdict="passed", where=where))
    is_worse = any(check.verdict == "failed" for check in checks)
    if not is_worse:
        is_worse = "[REGRESSION]" in text.subject
    return {
        "program": "LKFT", "kind": "test", "verdict": "failed" if is_worse else "passed",
        "summary": text.subject, "tree": text.field("git"), "branch": text.field("git branch"),
        "commit": text.field("git commit"), "commit_title": text.field("git describe"),
        "checks": tuple(checks[:MAX_CHECKS]),
    }  # fmt: skip


def read_cki(text: Text) -> Facts:
    """Return what Red Hat's CKI says: the tests that failed, and where."""
    overall = text.field("overall result").partition(" ")[0].lower()
    if overall not in _VERDICTS:
        match = re.search(r"\b(PASS|FAIL|PANICKED|WAIVED|ERRORED|SKIPPED)\w*", text.subject)
        overall = match[1].lower() if match else ""
    commit, _, title = text.field("commit").partition(" - ")
    checks: list[FoundCheck] = []
    is_within, where = False, ""
    for line in text.lines:
        if line.startswith("One or more kernel tests failed"):
            is_within = True
        elif is_within and line and line[0] != " ":
            break
        elif is_within and (match := _CKI_ARCH.match(line)):
            where = match[1]
        elif is_within and where and (match := _CKI_CASE.match(line)):
            verdict = _CKI_MARKS.get(match[1].strip("\ufe0f"))
            if verdict:
                checks.append(FoundCheck(name=match[2], verdict=verdict, where=where))
    is_build = text.field("compile").lower().startswith("fail")
    is_apply = text.field("merge").lower().startswith("fail")
    return {
        "program": "CKI", "kind": "apply" if is_apply else "build" if is_build else "test",
        "verdict": _VERDICTS.get(overall, "unknown"), "summary": text.subject,
        "tree": text.field("kernel repo"), "commit": commit.strip(), "commit_title": title.strip(),
        "checks": tuple(checks[:MAX_CHECKS]),
    }  # fmt: skip


def read_kernelci(text: Text) -> Facts:
    """Return what KernelCI says: an issue, a bisection, or how many boots and builds failed."""
    found: Facts = {
        "program": "KernelCI", "kind": "test", "verdict": "unknown", "summary": text.subject,
        "tree": text.field("git url", "giturl", "url"),
        "branch": text.field("branch", "git branch"),
        "commit": text.field("commit head", "git commit", "commit").partition(" ")[0],
        "commit_title": text.field("git describe"), "architecture": text.field("cpu arch", "arch"),
        "compiler": text.field("compiler"), "config": text.field("config", "defconfig"),
    }  # fmt: skip
    if (result := text.field("result")) and "bisection" in text.subject:
        commit, _, title = result.partition(" ")
        return found | {"kind": "bisection", "verdict": "found", "commit": commit,
                        "commit_title": title.strip()}  # fmt: skip
    lines, count = keep_lines(make_line(line) for line in text.lines if is_told(line))
    found |= {"lines": lines, "line_count": count}
    if match := _KERNELCI_ISSUE.search(text.subject):
        found["verdict"] = {"regression": "failed", "regression fixed": "fixed"}.get(
            match[1].lower(), "unknown"
        )
        found["kind"] = "build" if (match[4] or "").lower() == "build" else "test"
        found["summary"], found["branch"] = match[5] or text.subject, match[3]
        return found
    if numbers := [int(number) for number in _COUNTS.findall(text.subject)]:
        found["verdict"] = "failed" if any(numbers) else "passed"
        found["kind"] = "build" if " build" in text.subject else "test"
    return found


def read_gfx(text: Text) -> Facts | None:
    """Return what patchwork of freedesktop.org says of a series; None if it is no result."""
    match = _STATE.search(text.words)
    if match is None or match[1].lower() not in _VERDICTS:
        return None
    stage = re.search(r"(Fi\.CI\.\w+|CI\.\w+|LGCI\.\w+)", text.subject)
    name = stage[1] if stage else ""
    lines, count = keep_lines(make_line(line) for line in text.lines if is_told(line))
    is_check = any(word in name.lower() for word in ("checkpatch", "sparse", "docs"))
    kind = "build" if "build" in name.lower() else "check" if is_check else "test"
    verdict = _VERDICTS[match[1].lower()]
    return {
        "program": "Intel-gfx CI", "kind": kind, "verdict": verdict, "summary": text.subject,
        "checks": (FoundCheck(name=name, verdict=verdict),) if name else (),
        "patch_title": text.field("series").partition(" (rev")[0], "lines": lines,
        "line_count": count,
    }  # fmt: skip


def read_patchew(text: Text) -> Facts:
    """Return what patchew, QEMU's CI, says of a series."""
    words = text.words
    found: Facts = {"program": "patchew", "kind": "notice", "summary": text.subject}
    if re.search(r"coding style problems|checkpatch", words):
        found |= {"kind": "check", "verdict": "failed"}
    elif re.search(r"failed (?:the )?[\w@:. -]{0,60}(?:build|test)|failed build", words):
        found |= {"kind": "build", "verdict": "failed"}
    elif re.search(r"failed to apply|[Pp]atch failed at", words):
        found |= {"kind": "apply", "verdict": "failed"}
    lines = [
        line for line in islice(text.lines, 2_000) if is_told(line) or line.startswith("ERROR: ")
    ]
    kept, count = keep_lines(map(make_line, lines))
    return found | {"lines": kept, "line_count": count}
