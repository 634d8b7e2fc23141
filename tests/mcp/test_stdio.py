"""The command serves the SDK's client over standard input and output."""

import sys

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client

from kvminbox import Inbox, Index
from kvminbox.sample import make_sample


@pytest.mark.slow
def test_a_client_starts_the_command_and_is_answered(tmp_path):
    """The command speaks the protocol on its streams, and prints nothing else there."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(tmp_path)))
    arguments = ["-m", "kvminbox", "mcp", str(tmp_path / "x.sqlite")]

    async def call():
        server = StdioServerParameters(command=sys.executable, args=arguments)
        async with Client(stdio_client(server)) as client:
            found = await client.call_tool("search", {"query": "s:timer", "limit": 2})
            wrong = await client.call_tool("message", {"message_id": "no@no.example"})
            return client.server_info.name, found, wrong

    name, found, wrong = anyio.run(call)
    assert name == "kvminbox"
    assert found.structured_content["total"] == 10
    assert wrong.is_error
