"""An index of the sample inbox behind a server, and the SDK's own client before it."""

import json
from datetime import UTC, datetime

import anyio
import pytest
from mcp.client import Client

from kvminbox import Inbox, Index
from kvminbox.mcp import Desk, make_server
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree

NOW = datetime(2025, 6, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """The sample inbox and its tree, on the day after its last mail."""
    folder = tmp_path_factory.mktemp("mcp")
    index = Index.open(folder / "sample.sqlite", create=True)
    index.update(Inbox.open(make_sample(folder)))
    return Desk(index, lambda: NOW, Tree.open(make_sample_tree(folder)))


def call_tool(desk, name, **arguments):
    """Call a tool by the SDK's client, which checks the answer by the tool's schema."""

    async def call():
        async with Client(make_server(desk)) as client:
            return await client.call_tool(name, arguments)

    found = anyio.run(call)
    assert json.loads(found.content[0].text) == found.structured_content
    return found


@pytest.fixture
def ask(desk):
    """Return a function that calls a tool and returns the answer of one that worked."""

    def call(name, **arguments):
        found = call_tool(desk, name, **arguments)
        assert not found.is_error, found.content
        return found.structured_content

    return call


@pytest.fixture
def refuse(desk):
    """Return a function that calls a tool and returns why it gave no answer."""

    def call(name, **arguments):
        found = call_tool(desk, name, **arguments)
        assert found.is_error
        return found.structured_content

    return call
