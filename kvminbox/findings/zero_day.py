"""The kernel test robot of 0-day: builds, checkers, tests and measurements."""

import re
from collections.abc import Iterator
from typing import Final

from kvminbox.findings.lines import is_told, keep_lines, make_line
from kvminbox.findings.text import Facts, Text, split_tree
from kvminbox.mail.given_ids import read_given_id
from kvminbox.models import FindingVerdict, FoundLine

# `[auto build test ERROR on lamp/for-next]`
_BUILT: Final = re.compile(r"\[auto build test (ERROR|WARNING)(?: on ([^\]\s]+))?")
# `kernel test robot noticed the following build errors:`, `I love your patch! Yet something to
# improve:`, `All error/warnings (new ones prefixed by >>):`, `New smatch warnings:`,
# `cocci warnings: (new ones prefixed by >>)`
_ERRORS: Final = re.compile(
    r"noticed the following build errors|^\S.{0,60}Yet something to improve|^All errors?\b|^ERROR:",
    re.MULTILINE,
)
_WARNINGS: Final = re.compile(
    r"noticed the following (?:build|sparse|smatch)? ?warnings|Perhaps something to improve"
    r"|^(?:All|New )?[\w() /-]{0,40}warnings?:? ?\(new ones"
    r"|^(?:New |All )?[\w-]{2,20} ?warnings?:",
    re.MULTILINE,
)
_WHOLE: Final = re.compile(r"\bBUILD (SUCCESS WITH WARNING|SUCCESS|REGRESSION|INCOMPLETE|FAILED)\b")
_WHOLE_VERDICTS: Final[dict[str, FindingVerdict]] = {
    "SUCCESS WITH WARNING": "warned", "SUCCESS": "passed", "REGRESSION": "failed",
    "FAILED": "failed", "INCOMPLETE": "unknown",
}  # fmt: skip
# `noticed a -5.1% regression of will-it-scale.per_thread_ops on:`, `... due to commit:`
_MEASURED: Final = re.compile(
    r"noticed an? (\S{1,12} (improvement|regression) of \S{1,200})", re.IGNORECASE
)
# `kernel test robot noticed "lamp.blink01.fail" on:`, `FYI, we noticed the following commit`
_NOTICED: Final = re.compile(
    r'test robot noticed "([^"\n]{1,300})"|we noticed the following commit', re.IGNORECASE
)
_COMMIT: Final = re.compile(
    r"^commit: ([0-9a-f]{7,40})(?: \[[^\]\n]{0,40}\])?(?: \(?\"?(.{0,300}?)\"?\)?)?$", re.MULTILINE
)
_OF_URL: Final = re.compile(
    r"^[ \t]*#[ \t]+https?://\S+/(?:commit/(?:\?id=)?)([0-9a-f]{12,40})\s*$"
    r"|^[ \t]+git checkout ([0-9a-f]{12,40})\s*$",
    re.MULTILINE,
)
_HEX: Final = re.compile(r"[0-9a-f]{12,64}")
_BUILT_WITH: Final = re.compile(r"\(built with ([^)\n]{1,60})\)")
_ARCH: Final = re.compile(r"\bARCH=(\w{1,20})")
_SUBJECT: Final = re.compile(r"\b[0-9a-f]{8,12}:\s+(\S.{0,300})")
# where a report's own lines begin, and where others do
_BEGIN: Final = re.compile(
    r"(?:All|New|Old)?.{0,40}(?:errors?|warnings?)\b.{0,60}:\s*$|.*\(new ones prefixed by >>\):?$"
    r"|Error/Warning: \(recently discovered"
)
_END: Final = re.compile(
    r"vim \+|# https?://|Unverified Error/Warning|Error/Warning ids|elapsed time:|--\s?$|Old smatch"
)
_ARCHES: Final = frozenset(
    {
        "alpha", "arc", "arm", "arm64", "csky", "c6x", "h8300", "hexagon", "i386", "ia64",
        "loongarch", "loongarch64", "m68k", "microblaze", "mips", "mips64", "nds32", "nios2",
        "openrisc", "parisc", "parisc64", "powerpc", "powerpc64", "riscv", "riscv32", "riscv64",
        "s390", "s390x", "sh", "sh4", "sparc", "sparc64", "um", "unicore32", "x86", "x86_64",
        "xtensa",
    }
)  # fmt: skip


def read_zero_day(text: Text) -> Facts:
    """Return what a mail of the kernel test robot says."""
    facts = _read_verdict(text) | _read_tested(text)
    config = text.field("config").partition(" (")[0]
    first = config.partition("-")[0]
    arch = first if first in _ARCHES else ""
    if not arch and (match := _ARCH.search(text.words)):
        arch = match[1]
    compiler = text.field("compiler").partition(" (http")[0]
    if not compiler and (match := _BUILT_WITH.search(text.words)):
        compiler = match[1]
    lines, count = keep_lines(_find_lines(text))
    if facts["kind"] == "test" and not lines and facts["summary"]:
        lines, count = (make_line(facts["summary"]),), 1
    return facts | {
        "program": "0-day", "config": config, "architecture": arch, "compiler": compiler,
        "lines": lines, "line_count": count,
    }  # fmt: skip


def is_of_whole_tree(summary: str) -> bool:
    """Whether a report's subject is that of a whole tree, whose last commit is not to blame."""
    return _WHOLE.search(summary) is not None


def _read_verdict(text: Text) -> Facts:
    words = text.words
    if match := _WHOLE.search(text.subject):
        verdict = _WHOLE_VERDICTS[match[1]]
        return {"kind": "build", "verdict": verdict, "summary": text.subject}
    if match := _MEASURED.search(words):
        verdict = "improved" if match[2].lower() == "improvement" else "regressed"
        return {"kind": "performance", "verdict": verdict, "summary": match[1]}
    if match := _NOTICED.search(words):
        told = _SUBJECT.search(text.subject)
        summary = match[1] or (told[1] if told else text.subject)
        return {"kind": "test", "verdict": "failed", "summary": summary}
    verdict = "unknown"
    if match := _BUILT.search(words):
        verdict = "failed" if match[1] == "ERROR" else "warned"
    elif _ERRORS.search(words) or re.search(r": (?:fatal )?error\b|undefined", text.subject):
        verdict = "failed"
    elif _WARNINGS.search(words) or re.search(r"warn|sparse", text.subject, re.IGNORECASE):
        verdict = "warned"
    kind = "notice" if verdict == "unknown" else "build"
    return {"kind": kind, "verdict": verdict, "summary": text.subject}


def _read_tested(text: Text) -> Facts:
    """Return the commit, tree or patch that was tested."""
    found: Facts = {
        "patch_title": text.field("patch subject"),
        "patch_link": read_given_id(text.field("patch link")) if text.field("patch link") else "",
    }
    tree = text.field("tree", "tree/branch", "base")
    if _HEX.fullmatch(tree):
        found["base"] = tree
    elif "//" in tree:
        found["tree"], branch = split_tree(tree)
        found["base" if _HEX.fullmatch(branch) else "branch"] = branch
    elif match := _BUILT.search(text.words):
        found["tree"], _, found["branch"] = (match[2] or "").partition("/")
    if match := _COMMIT.search(text.words):
        found["commit"], found["commit_title"] = match[1], match[2] or ""
        if not found.get("tree"):
            after = text.words[match.end() : match.end() + 300].strip().split("\n")[0]
            if "//" in after and ": " not in after:
                found["tree"], found["branch"] = split_tree(after)
    elif head := text.field("branch head"):
        found["commit"], _, title = head.partition(" ")
        found["commit_title"] = title.strip()
    elif match := _OF_URL.search(text.words):
        found["commit"] = match[1] or match[2]
    return found


def _find_lines(text: Text) -> Iterator[FoundLine]:
    """Yield the lines that the robot marks as new; where it marks none, all of its block."""
    marked = [line[3:] for line in text.lines if line.startswith(">> ")]
    if marked:
        for line in marked:
            yield make_line(line, is_new=True)
        return
    is_within = False
    for line in text.lines:
        if _END.match(line):
            is_within = False
        elif _BEGIN.match(line):
            is_within = True
        elif is_within and is_told(line):
            yield make_line(line)
