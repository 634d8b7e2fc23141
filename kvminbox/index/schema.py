"""The tables of an index file, each column with what it holds.

The page docs/index-tables.md is made from what stands here. A file carries the
number of its schema; the history of the numbers is:

1. the first;
2. checksums of the entries, and of the inboxes, epochs and names;
3. checksums of the messages with their Message-IDs; those of the entries cover the whole
   row but the mail's place, those of the inboxes the table `meta`, too; which epochs
   have merges;
4. facts of the mails, the people in them, and views for those who ask in SQL;
5. results of reports that follow from certain mails alone; when entries arrived, by the 256;
6. rows of what follows from all mails of an inbox, with views for those who ask in SQL.
"""

from typing import Final

APPLICATION_ID: Final = 0x6B766D69
"""Marks a SQLite file as an index of this library: `kvmi`, at byte 68."""

SCHEMA_VERSION: Final = 8
"""The schema's number, in the file's `user_version`."""

WORD_COLUMNS: Final[dict[str, str]] = {
    "s": "the subject",
    "f": "who sent it, and From where a list rewrote it: names and addresses",
    "t": "To: names and addresses",
    "c": "Cc: names and addresses",
    "m": "the Message-IDs",
    "n": "names of attachments",
    "nq": "text that is neither quoted nor a diff's content",
    "q": "quoted lines",
    "dfn": "paths in diffs",
    "dfa": "lines that diffs remove",
    "dfb": "lines that diffs add",
    "dfhh": "functions in hunk headers",
    "dfctx": "context lines of diffs",
    "dfpre": "blob ids before the change",
    "dfpost": "blob ids after the change",
    "author": "author of a submission: the in-body From, else the sender",
    "tag": "people's trailers that a submission bears or another mail gives",
}
"""The columns of the full text, and what is in each."""

TABLES: Final[dict[str, str]] = {
    "meta": """
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,  -- `reader`: the way in which mails were read into rows;
                                  -- `message`: the highest id that a message ever had;
                                  -- `erase`: 1 while the log may hold what was taken out;
                                  -- `seal`: checksum of the rows of inbox, epoch and name,
                                  -- and of the others here
  value INTEGER NOT NULL  -- what the key stands for
) STRICT, WITHOUT ROWID""",
    "inbox": """
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,  -- the number by which other tables name it
  name TEXT NOT NULL UNIQUE  -- given by the user, else from its folder
) STRICT""",
    "epoch": """
CREATE TABLE epoch (
  id INTEGER PRIMARY KEY,  -- the number by which other tables name it
  inbox INTEGER NOT NULL REFERENCES inbox(id),  -- what it is an epoch of
  number INTEGER NOT NULL,  -- its place in time, from 0
  path TEXT NOT NULL,  -- where it was when it was last read
  tip BLOB,  -- the commit up to which everything is here; null: nothing
  merged INTEGER NOT NULL,  -- 1: a commit of it has several parents
  UNIQUE (inbox, number)
) STRICT""",
    "name": """
CREATE TABLE name (
  epoch INTEGER NOT NULL REFERENCES epoch(id),  -- where it is a name
  name TEXT NOT NULL,  -- `HEAD`, `refs/heads/master`, `refs/tags/v1`
  target BLOB NOT NULL,  -- the commit that it names
  PRIMARY KEY (epoch, name)
) STRICT, WITHOUT ROWID""",
    "entry": """
CREATE TABLE entry (
  epoch INTEGER NOT NULL REFERENCES epoch(id),  -- where it is
  seq INTEGER NOT NULL,  -- its place in the epoch, the oldest first
  oid BLOB NOT NULL,  -- the commit
  parents BLOB,  -- ids of its parents, one after the other; null: the commit before it
  seconds INTEGER,  -- the committer's time, since 1970; null where malformed
  change INTEGER NOT NULL,  -- 0 message, 1 deletion, 2 purged, 3 unchanged, 4 problem
  further INTEGER NOT NULL,  -- 1: not the first change of its commit
  blob BLOB,  -- the mail
  code TEXT,  -- of a problem, or of why the mail can't be read
  trouble TEXT,  -- the same in words
  block INTEGER REFERENCES block(id),  -- where the mail's bytes are
  start INTEGER,  -- its first byte in the block
  size INTEGER,  -- its bytes
  message INTEGER REFERENCES message(id),  -- what it is a copy of
  list INTEGER REFERENCES list(id),  -- its List-Id
  gone INTEGER NOT NULL,  -- 1: a later deletion took it away
  seal INTEGER NOT NULL,  -- checksum of all but `block` and `start`; `blob` is a hash of the mail
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID""",
    "entry_oid": "CREATE INDEX entry_oid ON entry(oid)",
    "entry_blob": "CREATE INDEX entry_blob ON entry(blob) WHERE blob IS NOT NULL",
    "entry_unread": """
CREATE INDEX entry_unread ON entry(epoch) WHERE block IS NULL AND change IN (0, 4)""",
    "entry_block": "CREATE INDEX entry_block ON entry(block) WHERE block IS NOT NULL",
    "entry_message": "CREATE INDEX entry_message ON entry(message) WHERE message IS NOT NULL",
    "span": """
CREATE TABLE span (
  epoch INTEGER NOT NULL REFERENCES epoch(id),  -- where it is
  number INTEGER NOT NULL,  -- it has the entries from 256 * number on
  entries INTEGER NOT NULL,  -- how many: 256, or fewer in the last
  earliest INTEGER,  -- of their `seconds`; null where none has any
  latest INTEGER,  -- likewise
  seal INTEGER NOT NULL,  -- checksum of the row
  PRIMARY KEY (epoch, number)
) STRICT, WITHOUT ROWID""",
    "block": """
CREATE TABLE block (
  id INTEGER PRIMARY KEY,  -- the number by which `entry` names it
  size INTEGER NOT NULL,  -- bytes before compression
  data BLOB NOT NULL  -- mails, one after the other, as one zstd frame
) STRICT""",
    "block_size": "CREATE INDEX block_size ON block(size)",
    "message": """
CREATE TABLE message (
  id INTEGER PRIMARY KEY,  -- the number by which other tables name it
  content BLOB NOT NULL UNIQUE,  -- digest of what tells one mail from another
  epoch INTEGER NOT NULL,  -- with seq: the entry from which this row was read
  seq INTEGER NOT NULL,  -- its place there
  shown INTEGER NOT NULL,  -- copies that no deletion took away
  received INTEGER NOT NULL,  -- topmost Received, else Date, else the committer's time
  sent INTEGER NOT NULL,  -- Date, else received
  size INTEGER NOT NULL,  -- bytes
  kind TEXT NOT NULL,  -- as `Message.kind`
  revision INTEGER,  -- of a submission: the N of vN, 1 where none is said
  counter INTEGER,  -- the n of n/m
  total INTEGER,  -- the m of n/m
  patch_id BLOB,  -- as `git patch-id --stable`
  change_id TEXT,  -- as b4 writes it
  seal INTEGER NOT NULL  -- checksum of all but `shown`, and of its rows in `message_identifier`
                         -- and `reference`
) STRICT""",
    "message_received": "CREATE INDEX message_received ON message(received)",
    "message_sent": "CREATE INDEX message_sent ON message(sent)",
    "message_patch_id": """
CREATE INDEX message_patch_id ON message(patch_id) WHERE patch_id IS NOT NULL""",
    "message_change_id": """
CREATE INDEX message_change_id ON message(change_id) WHERE change_id IS NOT NULL""",
    "identifier": """
CREATE TABLE identifier (
  id INTEGER PRIMARY KEY,  -- the number by which other tables name it
  text TEXT NOT NULL UNIQUE  -- a Message-ID that some mail has or refers to
) STRICT""",
    "message_identifier": """
CREATE TABLE message_identifier (
  identifier INTEGER NOT NULL REFERENCES identifier(id),  -- the Message-ID
  message INTEGER NOT NULL REFERENCES message(id),  -- the mail that has it
  PRIMARY KEY (identifier, message)
) STRICT, WITHOUT ROWID""",
    "message_identifier_message": """
CREATE INDEX message_identifier_message ON message_identifier(message)""",
    "reference": """
CREATE TABLE reference (
  identifier INTEGER NOT NULL REFERENCES identifier(id),  -- the Message-ID
  message INTEGER NOT NULL REFERENCES message(id),  -- a mail that refers to it
  PRIMARY KEY (identifier, message)
) STRICT, WITHOUT ROWID""",
    "reference_message": "CREATE INDEX reference_message ON reference(message)",
    "list": """
CREATE TABLE list (
  id INTEGER PRIMARY KEY,  -- the number by which `entry` names it
  text TEXT NOT NULL UNIQUE  -- a List-Id without angle brackets
) STRICT""",
    "person": """
CREATE TABLE person (
  id INTEGER PRIMARY KEY,  -- the number by which `fact` names it
  name TEXT NOT NULL,  -- of a mailbox; may be empty
  email TEXT NOT NULL,  -- likewise
  written TEXT NOT NULL,  -- `=` and the mailbox as written; empty for `name <email>`
  seal INTEGER NOT NULL,  -- checksum of the row
  UNIQUE (email, name, written)
) STRICT""",
    "fact": """
CREATE TABLE fact (
  epoch INTEGER NOT NULL,  -- with seq: the entry that brings the mail
  seq INTEGER NOT NULL,  -- its place there
  value TEXT NOT NULL,  -- what parsing found in the mail, as a JSON object; see below
  people TEXT NOT NULL,  -- the numbers of the mailboxes that it names by place: a JSON array
  ids TEXT NOT NULL,  -- the numbers of Message-IDs likewise, the mail's own first
  seal INTEGER NOT NULL,  -- checksum of the row and of the mail's id
  PRIMARY KEY (epoch, seq)
) STRICT""",
    "kept": """
CREATE TABLE kept (
  id INTEGER PRIMARY KEY,  -- a later one has a higher number
  key BLOB NOT NULL UNIQUE,  -- digest of what was asked, and of which mails
  result TEXT NOT NULL,  -- what was asked
  rules INTEGER NOT NULL,  -- the number of the rules by which it was found
  size INTEGER NOT NULL,  -- bytes before compression
  data BLOB NOT NULL,  -- the result as JSON, as one zstd frame
  seal INTEGER NOT NULL  -- checksum of the row but its id
) STRICT""",
    "grouping": """
CREATE TABLE grouping (
  inbox INTEGER PRIMARY KEY REFERENCES inbox(id),  -- whose mails were grouped
  tips TEXT NOT NULL,  -- the newest commit of each of its epochs at that time; with others
                       -- its rows are old, and the views have none
  rows INTEGER NOT NULL,  -- how many it has in `grouped`
  seal INTEGER NOT NULL  -- checksum of the row
) STRICT""",
    "grouped": """
CREATE TABLE grouped (
  inbox INTEGER NOT NULL REFERENCES inbox(id),  -- whose mails were grouped
  view TEXT NOT NULL,  -- the view that it is a row of
  place INTEGER NOT NULL,  -- its place among these, from 0
  value TEXT NOT NULL,  -- the values of the view's columns, but for `inbox`: a JSON array
  seal INTEGER NOT NULL,  -- checksum of the row
  PRIMARY KEY (inbox, view, place)
) STRICT, WITHOUT ROWID""",
    "fulltext": f"""
CREATE VIRTUAL TABLE fulltext USING fts5(
  {", ".join(WORD_COLUMNS)},
  content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
)""",
    "vocabulary": "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(fulltext, row)",
}
"""What is created, in this order."""

FULLTEXT_OPTIONS: Final = {
    # bytes of words that FTS5 gathers before it writes them; with its own 1 MB it takes
    # half as long again
    "hashsize": 32 << 20,
    # it makes no pieces into one while mails are added: each of a million would be written
    # three times. An update does so at its end, with so many of one size at least
    "automerge": 0,
    "usermerge": 8,
    "crisismerge": 1999,
}
"""The options of FTS5."""
