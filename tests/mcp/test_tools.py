"""Each tool answers what the library answers, in short, with ids and evidence."""

import anyio
import pytest
from mcp.client import Client

from kvminbox import Inbox, Index
from kvminbox.analysis import compute_waiting
from kvminbox.mcp import Desk, make_server
from kvminbox.mcp.answers import NOTICE
from kvminbox.sample import make_sample
from tests.mcp.conftest import NOW, call_tool

TIMER = "timer-v2-1@silicon.example"


def test_every_tool_is_listed_as_read_only_with_both_schemas(desk):
    """A client learns of each tool what it takes, what it gives, and that it changes nothing."""

    async def list_tools():
        async with Client(make_server(desk)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = anyio.run(list_tools)
    assert [tool.name for tool in tools] == [
        "about", "search", "message", "thread", "series", "changes", "remarks", "landed", "waiting",
    ]  # fmt: skip
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert not tool.annotations.destructive_hint
        assert tool.description
        for schema in (tool.input_schema, tool.output_schema):
            assert schema["type"] == "object"
            assert not schema["additionalProperties"]
        described = tool.input_schema["properties"].values()
        assert all(one.get("description") for one in described)
        assert all(one.get("description") for one in tool.output_schema["properties"].values())
    assert NOTICE in instructions


def test_about_says_what_the_index_holds_and_up_to_when(ask):
    """The inboxes, the newest mail and the tree are named, so that absence can be judged."""
    about = ask("about")
    assert about["inboxes"] == [{"name": "kvm-sample", "commits": 24}]
    assert about["newest"].startswith("2025-06-10")
    assert (about["tree"], about["tree_gaps"], about["unread"]) == ("kvm-sample-tree", [], 0)


def test_a_search_finds_what_the_index_finds(desk, ask):
    """Hits are those of `Index.search`, in its order, with the count of all."""
    found = ask("search", query="s:timer", order="oldest", limit=50)
    ids = [hit["message_id"] for hit in found["hits"]]
    assert ids == list(desk.index.search("s:timer", order="oldest").message_ids())
    assert found["total"] == len(ids) == 10
    assert found["next_cursor"] is None


def test_words_of_a_date_count_from_the_clock_of_the_desk(desk, ask):
    """`yesterday` is the day before the present that the desk was given."""
    found = len(desk.index.search("rt:3.days.ago..", now=NOW))
    assert 0 < found < 24
    assert ask("search", query="rt:3.days.ago..")["total"] == found
    assert ask("search", query="rt:yesterday..")["total"] == 0


def test_a_message_has_its_kind_with_evidence_and_its_text_marked(ask):
    """The text of a mail says of itself that it is a stranger's."""
    found = ask("message", message_id=f"<{TIMER}>")
    assert found["mail"]["kind"] == "patch"
    assert "the subject states 1/2" in found["evidence"]
    assert found["files"] == ["virt/kvm/timer.c +3 -0"]
    assert (found["insertions"], found["deletions"]) == (3, 0)
    assert found["trailers"][1] == "Signed-off-by: Ada Pfeiffer <ada@silicon.example>"
    body = found["body"]
    assert body["untrusted"] is True
    assert body["text"].startswith("Without a timer, arm_timer()")
    assert (body["start"], body["total"], body["next_cursor"]) == (0, len(body["text"]), None)


def test_a_thread_is_in_reading_order_with_depths(desk, ask):
    """The places are those of `Index.thread_of`."""
    found = ask("thread", message_id=TIMER)
    nodes = desk.index.thread_of(TIMER).nodes
    assert [(one["depth"], one["message_id"]) for one in found["places"]] == [
        (node.depth, node.message_id) for node in nodes
    ]
    assert found["total"] == len(nodes) == 6


@pytest.mark.parametrize(
    "asked", [TIMER, "timer-v2-0@silicon.example", "timer-v2-1-re@kvm.example"]
)
def test_a_series_comes_with_its_versions_and_reviews(ask, asked):
    """Whether asked by a patch, the cover letter or a reply, it is the same series."""
    found = ask("series", message_id=asked)
    assert found["series"]["message_id"] == "timer-v2-0@silicon.example"
    assert [(one["revision"], one["relation"]) for one in found["versions"]] == [
        (1, None), (2, "revision"),
    ]  # fmt: skip
    assert "it links to the older one as v1" in found["versions"][1]["reasons"]
    assert [(tag["name"], tag["patches"], tag["by_person"]) for tag in found["tags"]] == [
        ("Reviewed-by", [1], True), ("Tested-by", [1, 2], True),
    ]  # fmt: skip
    assert [one["number"] for one in found["patches"]] == [1, 2]
    assert found["status"] == "complete"
    assert found["days_to_first_reply"] == pytest.approx(0.32, abs=0.01)
    assert found["applied"][0]["tree"] == "kvm/next"


def test_what_changed_between_versions(ask):
    """Each patch has its verdict; the author's own words are told apart from it."""
    found = ask("changes", message_id=TIMER)
    assert (found["older"]["revision"], found["newer"]["revision"]) == (1, 2)
    assert [(one["new_number"], one["verdict"]) for one in found["patches"]] == [
        (1, "code_changed"), (2, "unchanged"),
    ]  # fmt: skip
    assert found["changelog"][0]["text"] == "- EOPNOTSUPP instead of ENODEV (Ewa)"
    assert found["diff"] is None
    both = ask("changes", message_id=TIMER, older="timer-v1-1@silicon.example", patch=1)
    assert both["patches"] == found["patches"]
    assert "++\t\treturn -EOPNOTSUPP;" in both["diff"]["text"]
    assert both["diff"]["untrusted"] is True


def test_a_remark_has_its_line_and_what_the_next_version_did(ask):
    """The place is the patch's own line, and the outcome has its evidence."""
    (remark,) = ask("remarks", message_id="timer-v1-0@silicon.example")["remarks"]
    assert (remark["path"], remark["line"], remark["outcome"]) == ("virt/kvm/timer.c", 4, "changed")
    assert remark["quoted"].endswith("return -ENODEV;")
    assert remark["text"].startswith("EOPNOTSUPP, please")
    assert remark["evidence"] == [
        "the line was changed or removed", "the author wrote no reply, and sent v2",
    ]  # fmt: skip


def test_what_landed_is_looked_for_in_the_tree_that_was_given(ask):
    """Commits have their relation, release and evidence; what mails say stands apart."""
    found = ask("landed", message_id=TIMER)
    assert (found["state"], found["lacking"]) == ("all", [])
    assert [(one["relation"], one["release"]) for one in found["landings"]] == [
        ("applied", "v6.16-rc1"), ("applied", "v6.16-rc1"),
    ]  # fmt: skip
    assert "the diff is the mail's" in found["landings"][0]["evidence"]
    assert found["said"][0]["evidence"].startswith("Applied to kvm/next")


def test_without_a_tree_nothing_is_said_about_landings(desk):
    """The state is null rather than none, and what mails say is still told."""
    found = call_tool(Desk(desk.index, desk.clock), "landed", message_id=TIMER).structured_content
    assert (found["tree"], found["state"], found["landings"]) == (None, None, [])
    assert found["said"]


def test_what_waits_is_what_the_report_lists(desk, ask):
    """The series are those of `compute_waiting`, and the others are counted by their reason."""
    found = ask("waiting")
    window = desk.index.since("6 months ago", now=NOW)
    wanted = compute_waiting(window, tree=desk.tree)
    assert [one["message_id"] for one in found["series"]] == [
        one.message_id for one in wanted.series
    ]
    assert (found["total"], found["asked"]) == (2, wanted.total)
    assert {"1 in the tree", "1 applied in part"} <= set(found["evidence"])


def test_a_misspelt_person_is_told(ask):
    """A search or a list of what waits for somebody whom no mail has names who may be meant."""
    meant = "did you mean maintainer@kvm.example?"
    wrong = "maintaner@kvm.example"
    found = ask("search", query=f"f:{wrong}")
    assert (found["total"], found["evidence"]) == (0, [f"f:{wrong}: no mail has it; {meant}"])
    for name in ("author", "reader"):
        told = ask("waiting", since="2025-06-01", **{name: wrong})["evidence"]
        assert f"no mail has {wrong}; {meant}" in told
    assert ask("search", query="f:maintainer@kvm.example")["evidence"] == []


def test_an_old_index_says_that_it_is_old(desk):
    """Where no mail arrived since the date asked for, the answer says when the newest did."""
    found = call_tool(desk, "waiting", since="2025-07-01").structured_content
    assert (found["asked"], found["series"]) == (0, [])
    about = call_tool(desk, "about").structured_content
    assert found["newest"] == about["newest"] is not None


def test_what_waits_can_be_narrowed(ask):
    """By a path, by an author, and by whose answer is awaited."""
    assert [one["message_id"] for one in ask("waiting", path="arch/s390")["series"]] == [
        "lone-1@silicon.example"
    ]
    assert ask("waiting", author="Dan Novak")["total"] == 1
    found = ask("waiting", reader="nobody@else.example")
    assert (found["total"], found["asked"]) == (0, 0)
    assert "sent to nobody@else.example" in found["chosen"]


def test_mails_have_the_address_that_the_opener_says(tmp_path):
    """A mail's `url` is that of its list, where whoever serves the index says where that is."""
    path = tmp_path / "sample.sqlite"
    urls = {"kvm-sample.lists.example": "https://lists.example/kvm/{id}/"}
    with Index.open(path, create=True, urls=urls) as index:
        index.update(Inbox.open(make_sample(tmp_path / "inbox")))
        desk = Desk(index, lambda: NOW)
        found = call_tool(desk, "search", query="s:timer kind:cover_letter").structured_content
    assert {hit["url"] for hit in found["hits"]} == {
        f"https://lists.example/kvm/timer-{version}-0@silicon.example/" for version in ("v1", "v2")
    }
