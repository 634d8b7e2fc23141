"""The tools as a server of the official SDK."""

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final, NamedTuple

from kvminbox.errors import KvminboxError, UsageError
from kvminbox.mcp import lines, mails, questions
from kvminbox.mcp.answers import NOTICE, Answer, Fault
from kvminbox.mcp.desk import Desk
from kvminbox.mcp.sdk import Server, anyio, stdio_server, types
from kvminbox.models import Model
from kvminbox.safe import safe_text
from kvminbox.words import choose_from, shorten

MAX_STRING: Final = 12_000
"""Characters of a single text in an answer, whatever it is."""

_INSTRUCTIONS: Final = (
    "Mailing-list archives, read from one index file: nothing is fetched, nothing is written. "
    "Start with `search`, or with a Message-ID; every answer gives ids for the other tools, and "
    f"evidence for what was concluded. {NOTICE} Nothing outside the index is known: `about` "
    "says how recent it is."
)


class _Tool(NamedTuple):
    question: type[Model]
    answer: Callable[[Desk, Any], Answer]


_TOOLS: Final = {
    "about": _Tool(questions.About, mails.tell_about),
    "search": _Tool(questions.Search, mails.search),
    "message": _Tool(questions.Message, mails.tell_message),
    "thread": _Tool(questions.Thread, mails.tell_thread),
    "series": _Tool(questions.Series, lines.tell_one),
    "changes": _Tool(questions.Changes, lines.tell_changes),
    "remarks": _Tool(questions.Remarks, lines.tell_remarks),
    "landed": _Tool(questions.Landed, lines.tell_landed),
    "waiting": _Tool(questions.Waiting, lines.tell_waiting),
}
"""Each tool by its name: what it may be asked, and the function that answers."""


def make_server(desk: Desk) -> Server[Any]:
    """Return a server whose tools answer from a desk; how it is reached is the caller's choice.

    No tool writes, opens another file, or asks the network. An error that was foreseen is an
    answer with `is_error`, whose structured content is a `Fault`; its code is the name of a
    class of `kvminbox.errors`.
    """

    async def list_tools(*_: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_describe(name) for name in _TOOLS])

    async def call_tool(_: object, asked: types.CallToolRequestParams) -> types.CallToolResult:
        # in a thread: a slow search must not keep the server from hearing a ping
        return await anyio.to_thread.run_sync(_answer, desk, asked.name, asked.arguments or {})

    return Server(
        "kvminbox", version=version("kvminbox"), instructions=_INSTRUCTIONS,
        on_list_tools=list_tools, on_call_tool=call_tool,
    )  # fmt: skip


def serve_stdio(desk: Desk) -> None:
    """Serve one client over standard input and output, until it closes them."""

    async def run() -> None:
        server = make_server(desk)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


def _describe(name: str) -> types.Tool:
    tool = _TOOLS[name]
    answer: type[Model] = tool.answer.__annotations__["return"]
    return types.Tool(
        name=name, description=tool.answer.__doc__,
        input_schema=_drop_titles(tool.question.model_json_schema()),
        output_schema=_drop_titles(answer.model_json_schema(mode="serialization")),
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )  # fmt: skip


def _drop_titles(schema: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a schema without the titles that only repeat a field's name: a third of its size."""
    if isinstance(schema, dict):
        return {
            key: _drop_titles(value)
            for key, value in schema.items()
            if key != "title" or not isinstance(value, str)
        }
    return [_drop_titles(one) for one in schema] if isinstance(schema, list) else schema


def _answer(desk: Desk, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    try:
        tool = _TOOLS.get(name)
        if tool is None:
            raise UsageError("no such tool", name, f"choose from: {', '.join(_TOOLS)}")
        return _make_result(tool.answer(desk, _read_question(tool, arguments)))
    except KvminboxError as error:
        code = type(error).__name__
        return _make_result(
            Fault(code=code, what=error.what, where=shorten(error.where, 200), cure=error.cure)
        )


def _read_question(tool: _Tool, arguments: dict[str, Any]) -> Model:
    fields = sorted(tool.question.model_fields)
    for name in arguments:
        if name not in fields:
            raise UsageError("no such argument", shorten(name, 80), choose_from(name, fields))
    try:
        return tool.question.model_validate(arguments)
    except ValueError as error:
        found: list[dict[str, Any]] = getattr(error, "errors", list)()
        first = found[0] if found else {"loc": (), "msg": str(error)}
        where = ".".join(map(str, first["loc"]))
        raise UsageError(str(first["msg"]), where, "see the tool's input schema") from None


def _make_result(answer: Answer | Fault) -> types.CallToolResult:
    found = _make_safe(answer.model_dump(mode="json"))
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=json.dumps(found, ensure_ascii=False))],
        structured_content=found, is_error=isinstance(answer, Fault),
    )  # fmt: skip


def _make_safe(value: Any) -> Any:  # noqa: ANN401  # JSON
    """Make visible what acts or hides in the texts of an answer, wherever they are."""
    if isinstance(value, str):
        return shorten(safe_text(value, multiline=True), MAX_STRING)
    if isinstance(value, dict):
        return {key: _make_safe(one) for key, one in value.items()}
    return [_make_safe(one) for one in value] if isinstance(value, list) else value
