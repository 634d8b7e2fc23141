"""The official SDK, imported for this package only, or the error that says it is not installed."""

from kvminbox.errors import MissingExtraError

try:
    import anyio
    import mcp_types as types
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server
except ImportError:  # or it is version 1, which has no `mcp_types`
    raise MissingExtraError.of("mcp", "the server needs the MCP SDK (mcp 2)") from None

__all__ = ["Server", "anyio", "stdio_server", "types"]
