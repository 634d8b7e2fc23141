"""An index as tools of the Model Context Protocol, for agents and editors; extra `mcp`.

The server reads the index, and a tree where one is given, and nothing else: no archive, no
network. It speaks over standard input and output. What a mail says is marked as a
stranger's text, for it may hold words that are written to steer a model.
"""

from kvminbox.mcp.desk import Desk
from kvminbox.mcp.server import make_server, serve_stdio

__all__ = ["Desk", "make_server", "serve_stdio"]
