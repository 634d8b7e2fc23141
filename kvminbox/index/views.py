"""Views of an index for those who ask in SQL: the tables of docs/tables.md, as far as facts tell.

They are part of the schema: a column that is named here is there in every file with the
schema's number. Each mail that no deletion took away has its rows; whatever has no text of a
mail's body in it is here. What takes all mails of an inbox together is in rows of its own, which
are there once somebody asked for them, and until the next update (see `kvminbox.index.grouped`).
"""

from typing import Final

_DOMAIN: Final = (
    "lower(substr({0}.email, length(rtrim({0}.email, replace({0}.email, '@', ''))) + 1))"
)


def _person(role: str, table: str) -> str:
    """Return the columns of a person: name, address, and the address's domain in lower case."""
    domain = _DOMAIN.format(table)
    return f"""\
  {table}.name AS {role}_name,
  {table}.email AS {role}_email,
  iif(instr({table}.email, '@'), {domain}, '') AS {role}_domain,"""


def _named(place: str) -> str:
    """Return the number of a person whom the facts name by a place."""
    return f"json_extract(fact.people, '$[' || {place} || ']')"


_KEY: Final = """\
  inbox.name AS inbox,
  epoch.number AS epoch,
  lower(hex(entry.oid)) AS "commit",
  lower(hex(entry.blob)) AS blob,"""

_ID: Final = (
    "(SELECT text FROM identifier WHERE id = json_extract(fact.ids, '$[0]')\n"
    "    AND json_extract(fact.value, '$.ids') NOT NULL) AS message_id"
)

_DATE: Final = """\
  datetime(json_extract(fact.value, '$.date')) AS date,
  iif(json_extract(fact.value, '$.date') LIKE '____-__-__T__:__:__-%', -1, 1)
    * (60 * substr(json_extract(fact.value, '$.date'), 21, 2)
    + substr(json_extract(fact.value, '$.date'), 24, 2)) AS date_offset,"""

_MAILS: Final = """\
FROM fact
  JOIN entry ON entry.epoch = fact.epoch AND entry.seq = fact.seq AND NOT entry.gone
  JOIN epoch ON epoch.id = fact.epoch
  JOIN inbox ON inbox.id = epoch.inbox
  JOIN person AS sender ON sender.id = json_extract(fact.people, '$[0]')"""


def _value(path: str, default: str = "NULL") -> str:
    found = f"json_extract(fact.value, '$.{path}')"
    return found if default == "NULL" else f"coalesce({found}, {default})"


def _emails(field: str) -> str:
    return (
        "(SELECT json_group_array(email) FROM (SELECT person.email"
        f" FROM json_each(fact.value, '$.{field}') AS each\n"
        f"    JOIN person ON person.id = {_named('each.value')} ORDER BY each.key))"
    )


def _ids(field: str) -> str:
    return (
        "(SELECT json_group_array(text) FROM (SELECT identifier.text"
        f" FROM json_each(fact.value, '$.{field}') AS each\n"
        "    JOIN identifier ON identifier.id = json_extract(fact.ids, '$[' || each.value || ']')"
        " ORDER BY each.key))"
    )


def _codes(field: str, path: str) -> str:
    return (
        f"(SELECT json_group_array(json_extract(value, '$.{path}'))"
        f" FROM json_each(fact.value, '$.{field}'))"
    )


def _sum(field: str) -> str:
    return (
        f"(SELECT coalesce(sum(json_extract(value, '$.{field}')), 0)"
        " FROM json_each(fact.value, '$.files'))"
    )


TIPS: Final = (
    "(SELECT coalesce(group_concat(number || ' ' || lower(hex(tip)), ' '), '') FROM"
    " (SELECT number, tip FROM epoch WHERE epoch.inbox = inbox.id AND tip NOT NULL"
    " ORDER BY number))"
)
"""The newest commit of each epoch of an inbox: an expression beside the table `inbox`."""

GROUP_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "series": (
        "series", "message_id", "title", "revision", "revision_stated", "is_rfc", "is_pull",
        "has_cover", "date", "date_offset", "sender_name", "sender_email", "sender_domain",
        "author_name", "author_email", "author_domain", "status", "total", "patches", "missing",
        "duplicates", "cut", "confidence", "files", "insertions", "deletions", "chain",
        "previous", "next", "relation", "replies", "reviewers", "untagged",
        "first_reply_seconds", "first_reply_open", "first_reply_message_id",
        "first_reply_email", "first_tag_seconds", "first_tag_open", "first_tag_message_id",
        "first_tag_email", "next_revision_seconds", "next_revision_open",
        "next_revision_message_id", "next_revision_email", "superseded", "applied",
        "applied_date", "applied_form", "refused", "withdrawn", "evidence",
    ),
    "members": ("series", "role", "number", "epoch", "commit", "blob", "message_id"),
    "tags": (
        "origin", "name", "written", "kind", "value", "person_name", "person_email",
        "person_domain", "comment", "self_attested", "scope", "series", "patches",
        "carried_from", "date", "date_offset", "message_id", "epoch", "commit", "blob",
    ),
    "decisions": (
        "series", "kind", "patches", "by_name", "by_email", "by_domain", "form", "tree", "commits",
        "taken_back", "evidence", "date", "date_offset", "message_id",
    ),
    "threads": (
        "thread", "place", "parent", "depth", "ghost", "message_id", "epoch", "commit", "blob",
    ),
}  # fmt: skip
"""The columns of the views whose rows are made of all mails of an inbox together."""


def _grouped(name: str) -> str:
    columns = "".join(
        f",\n  json_extract(grouped.value, '$[{place}]') AS \"{column}\""
        for place, column in enumerate(GROUP_COLUMNS[name])
    )
    return f"""
CREATE VIEW {name} AS SELECT
  inbox.name AS inbox{columns}
FROM grouping
  CROSS JOIN inbox ON inbox.id = grouping.inbox
  CROSS JOIN grouped ON grouped.inbox = grouping.inbox AND grouped.view = '{name}'
WHERE grouping.tips = {TIPS}"""


_IS_PATCH: Final = f"{_value('kind')} = 'patch'"

VIEWS: Final[dict[str, str]] = {
    "mails": f"""
CREATE VIEW mails AS SELECT
{_KEY}
  datetime(entry.seconds, 'unixepoch') AS arrived,
  {_ID},
  {_value("kind")} AS kind,
  {_value("subject.raw", "''")} AS subject,
  iif(json_type(fact.value, '$.subject.title') = 'integer',
    substr({_value("subject.raw")}, -{_value("subject.title")}),
    {_value("subject.title", "''")}) AS title,
  {_value("subject.is_reply", "0")} AS is_reply,
{_DATE}
{_person("sender", "sender")}
  {_value("sender_source", "'header'")} AS sender_source,
  (SELECT email FROM person WHERE id = {_named(_value("rewritten_from", "0"))}) AS from_email,
  {_emails("to")} AS to_emails,
  {_emails("cc")} AS cc_emails,
  {_ids("in_reply_to")} AS in_reply_to,
  {_ids("references")} AS reference_ids,
  {_value("list_id")} AS list_id,
  coalesce(json_array_length(fact.value, '$.attachments'), 0) AS attachments,
  {_codes("defects", "code")} AS defects,
  {_value("evidence", "'[]'")} AS evidence
{_MAILS}""",
    "patches": f"""
CREATE VIEW patches AS SELECT
{_KEY}
  {_ID},
{_DATE}
  {_value("title", "''")} AS title,
{_person("author", "author")}
  {_value("author_source", "'header'")} AS author_source,
  sender.email AS sender_email,
  {_value("subject.revision", "1")} AS revision,
  {_value("subject.counter", "1")} AS counter,
  {_value("subject.total", "1")} AS total,
  {_value("subject.counter_stated", "0")} AS counter_stated,
  {_value("subject.is_rfc", "0")} AS is_rfc,
  {_value("subject.is_resend", "0")} AS is_resend,
  (SELECT json_group_array(word.value) FROM json_each(fact.value, '$.subject.tokens') AS word
    JOIN json_each(fact.value, '$.subject.tokens') AS sort ON sort.key = word.key + 1
    WHERE word.key % 2 = 0 AND sort.value = 'tree') AS trees,
  coalesce(json_array_length(fact.value, '$.files'), 0) AS files,
  {_sum("insertions")} AS insertions,
  {_sum("deletions")} AS deletions,
  {_sum("damaged")} > 0 AS damaged,
  {_value("patch_id")} AS patch_id,
  {_value("base_commit")} AS base_commit,
  {_value("change_id")} AS change_id,
  {_codes("defects", "code")} AS defects
{_MAILS}
  JOIN person AS author ON author.id = {_named(_value("author"))}
WHERE {_IS_PATCH}""",
    "files": f"""
CREATE VIEW files AS SELECT
{_KEY}
  {_ID},
  file.key AS place,
  json_extract(file.value, '$.path') AS path,
  json_extract(file.value, '$.old_path') AS old_path,
  coalesce(json_extract(file.value, '$.status'), 'modified') AS status,
  coalesce(json_extract(file.value, '$.insertions'), 0) AS insertions,
  coalesce(json_extract(file.value, '$.deletions'), 0) AS deletions,
  coalesce(json_extract(file.value, '$.binary'), 0) AS binary,
  coalesce(json_extract(file.value, '$.damaged'), 0) AS damaged,
  json_extract(file.value, '$.old_mode') AS old_mode,
  json_extract(file.value, '$.new_mode') AS new_mode,
  json_extract(file.value, '$.similarity') AS similarity
{_MAILS}
  JOIN json_each(fact.value, '$.files') AS file
WHERE {_IS_PATCH}""",
    "trailers": f"""
CREATE VIEW trailers AS SELECT
  iif({_value("kind")} IN ('patch', 'cover_letter', 'pull_request'),
    {_value("kind")}, 'reply') AS origin,
  json_extract(trailer.value, '$.name') AS written,
  coalesce(json_extract(trailer.value, '$.kind'), 'unknown') AS kind,
  coalesce(json_extract(trailer.value, '$.value'),
    iif(person.written = '', iif(person.name = '', person.email,
    person.name || ' <' || person.email || '>'), substr(person.written, 2))) AS value,
{_person("person", "person")}
  coalesce(json_extract(trailer.value, '$.comment'), '') AS comment,
  json_extract(trailer.value, '$.self_attested') AS self_attested,
  coalesce(json_extract(trailer.value, '$.scope'), 'patch') AS scope,
  sender.email AS sender_email,
{_DATE}
  {_ID},
{_KEY.rstrip(",")}
{_MAILS}
  JOIN json_each(fact.value, iif({_value("kind")} IN ('patch', 'cover_letter', 'pull_request'),
    '$.trailers', '$.tags')) AS trailer
  LEFT JOIN person ON person.id = {_named("json_extract(trailer.value, '$.address')")}""",
    "recipients": f"""
CREATE VIEW recipients AS SELECT
  field.key AS field,
  each.key AS place,
{_person("person", "person")}
  {_ID},
{_KEY.rstrip(",")}
{_MAILS}
  JOIN json_each(fact.value) AS field ON field.key IN ('to', 'cc')
  JOIN json_each(field.value) AS each
  JOIN person ON person.id = {_named("each.value")}""",
    "links": f"""
CREATE VIEW links AS SELECT
  {_ID},
  field.key AS field,
  each.key AS place,
  identifier.text AS linked_id,
{_KEY.rstrip(",")}
{_MAILS}
  JOIN json_each(fact.value) AS field ON field.key IN ('in_reply_to', 'references')
  JOIN json_each(field.value) AS each
  JOIN identifier ON identifier.id = json_extract(fact.ids, '$[' || each.value || ']')""",
    **{name: _grouped(name) for name in GROUP_COLUMNS},
}
"""What is created after the tables, in this order."""
