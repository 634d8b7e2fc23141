"""What bots say about patches, commits and trees, as typed results."""

from kvminbox.findings.attach import find_findings
from kvminbox.findings.read import parse_finding

__all__ = ["find_findings", "parse_finding"]
