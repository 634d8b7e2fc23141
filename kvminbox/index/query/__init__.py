"""The language of searches: lei's words, read into a tree and compiled to SQL."""

from kvminbox.index.query.compiler import Selection, compile_query
from kvminbox.index.query.conditions import FindSeries, Sql
from kvminbox.index.query.nodes import Node
from kvminbox.index.query.parser import parse_query
from kvminbox.index.query.stems import ScanWords

__all__ = ["FindSeries", "Node", "ScanWords", "Selection", "Sql", "compile_query", "parse_query"]
