"""A mail, and the kinds of mail that a list is about: patches and their like."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails

from kvminbox.dates import write_day
from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model, make_default, safe_errors
from kvminbox.models.begun import BegunModel, find_kept, keep_made
from kvminbox.models.defect import Defect
from kvminbox.models.diffstat import NO_FILES, DeclaredDiffstat, Diffstat
from kvminbox.models.entry import Entry
from kvminbox.models.list_marks import cut_footer, cut_tags, unquote_from
from kvminbox.models.lore import fill_url, find_lore_url
from kvminbox.models.subject import Subject
from kvminbox.models.trailer import Trailer
from kvminbox.patch_id import compute_patch_id

Kind = Literal[
    "patch", "patch_unmarked", "reply_with_patch", "cover_letter", "pull_request",
    "reply", "discussion", "bot",
]  # fmt: skip
"""What a mail is; each model below has its own values."""

SenderSource = Literal[
    "header", "x-original-from", "reply-to", "x-original-sender", "cc", "in-body",
    "from-address", "display-name", "wrapped",
]  # fmt: skip
"""Where the sender, or the author of a change, was found. All but `header` and an author's
`in-body` undo a From that a list or a relay rewrote; `cc` is To, too; `from-address` is spelled
by the address in From, `jane=doe.example@lists.example`; of `display-name` the From has only the
name, or the address in place of one; `wrapped` is the From of the whole mail that a list
enclosed in one of its own."""

PrerequisiteKind = Literal["patch-id", "change-id", "message-id"]
"""The kind of id that names a prerequisite."""


class Attachment(Model):
    """A part of a mail beside its text, or a named one in it. Its content stays in the archive."""

    filename: str = ""
    """The name that the sender gave it: text from a stranger, never a path to write to."""

    content_type: str = ""
    """The declared media type, in lower case."""

    size: int = 0
    """Bytes after transfer decoding."""

    inline: bool = False
    """Whether its text is part of the mail's body, too: a text part with a name, shown inline."""


class Prerequisite(Model):
    """Something that a series builds on, as stated by git format-patch, b4 or `Based-on: <id>`."""

    kind: PrerequisiteKind
    """The kind of id."""

    value: str
    """The id as written."""


class Gist(NamedTuple):
    """What grouping reads of a mail's texts: what is left of them where they are not kept.

    It has a text only where something was found in it; `kvminbox.gist` makes it.
    """

    own: str | None = ""
    """The lines that its sender wrote, if they give a tag or say that patches were applied;
    None if nobody looked."""

    body: str = ""
    """The body, if it names other revisions."""

    notes: str = ""
    """The notes, likewise; of a notice that a patch was put into a tree or taken out what it tells,
    packed."""


class Message(BegunModel):
    """Any mail. One of exactly this class submits nothing: discussion, a reply, a bot's mail."""

    if TYPE_CHECKING:
        kind: Kind = "discussion"
    else:
        kind: Literal["discussion", "reply", "bot"] = "discussion"
        """`reply` has a reply mark or names a parent; `bot` was sent by a program known as one,
        or is a notice that a patch was taken."""

    entry: Entry | None = None
    """Where in the archive it is; None for a mail read from elsewhere."""

    message_id: str | None = None
    """The Message-ID without angle brackets. It is not unique: see `Entry`."""

    other_message_ids: tuple[str, ...] = ()
    """Further Message-IDs, if the mail has more than one; last the one of the mail into which a
    list wrapped it, by which archives know it."""

    in_reply_to: tuple[str, ...] = ()
    """The ids in In-Reply-To, usually one; prose around them is left out."""

    references: tuple[str, ...] = ()
    """The ids in References, in that order (oldest first), each once."""

    subject: Subject = make_default(Subject)
    """The subject, taken apart."""

    sender: Address = NOBODY
    """Who sent it, as claimed: the From header's first mailbox; where a list or a relay put
    itself there, `Jane Doe via kvm <kvm@lists.example>`, the person that it took out. `email` is
    empty if nothing names the person's address."""

    sender_source: SenderSource = "header"
    """Where the sender was found."""

    rewritten_from: Address | None = None
    """The From header's first mailbox, where that is not the sender; None if it is."""

    to: tuple[Address, ...] = ()
    """The To header's mailboxes."""

    cc: tuple[Address, ...] = ()
    """The Cc header's mailboxes."""

    date: datetime | None = None
    """The Date header in its own zone, as claimed; None if it can't be understood."""

    list_id: str | None = None
    """The id in List-Id without angle brackets, such as `kvm.vger.kernel.org`."""

    body: str = ""
    """The plain text, decoded, with LF line ends; attachments are not in it."""

    attachments: tuple[Attachment, ...] = ()
    """The parts that are not part of the body."""

    defects: tuple[Defect, ...] = ()
    """Its defects."""

    evidence: tuple[str, ...] = ()
    """Why it is of its kind: the rules that fired, in words."""

    @property
    def url(self) -> str | None:
        """Where it should be shown: at lore.kernel.org, or where `urls` of the archive says.

        The List-Id tells: of a list that is known to be at lore the address names it
        (`/kvm/`). Of others of vger.kernel.org and lists.linux.dev, all of which are archived
        there, it is derived, and names no list (`/all/`). Nothing is looked up. None where
        neither is so, and without a Message-ID.

        >>> Message(message_id="1@ada.example", list_id="kvm.vger.kernel.org").url
        'https://lore.kernel.org/kvm/1@ada.example/'
        """
        is_wrapped = self.sender_source == "wrapped" and self.other_message_ids
        known = self.other_message_ids[-1] if is_wrapped else self.message_id
        pattern: str | None = find_kept(self, "_url_pattern")
        return fill_url(pattern, known) if pattern else find_lore_url(known, self.list_id)

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Who is in To and Cc; in an index of several lists, of any copy of the mail.

        Mailman takes out of Cc whom it has sent the mail itself, so each list's copy may lack
        others: `to` and `cc` are those of the first copy. Of one list's archive nobody knows who
        was taken out.
        """
        others: tuple[Address, ...] = find_kept(self, "_recipients") or ()
        return (*self.to, *self.cc, *others)

    def content_key(self) -> str:
        """Return a text that is equal for the copies of one mail, as hex digits.

        It stands for ids, sender, subject, date, text and attachments. What lists change on the
        way does not count: Received, a footer, the list's tag in the subject, the `>` of mbox files
        before `From `, and receivers, from whom Mailman takes subscribers that want no mail twice.
        It is made when it is first asked for, and a later `model_copy` keeps it.
        """
        return keep_made(self, "_content_key", self._make_content_key)

    @property
    def gist(self) -> Gist | None:
        """What grouping reads of its texts, where an index has kept that; else None.

        Where it is there, `body` and the other texts are read from the index only when somebody
        asks for them. A `model_copy` keeps it.
        """
        found: Gist | None = find_kept(self, "_gist")
        return found

    def _make_content_key(self) -> str:
        own = {self.message_id, *self.other_message_ids}
        references = dict.fromkeys((*self.references, *self.in_reply_to))
        body = unquote_from(cut_footer(self.body))
        subject = cut_tags(self.subject.raw, (*self.to, *self.cc), self.list_id)
        fields = [
            *(self.message_id or "", *self.other_message_ids, "\n"),
            *(identity for identity in references if identity not in own),
            f"{self.sender.name} {self.sender.email.lower()}",
            # Mailman folds anew: `{get,put}` comes out as `{get, put}`, and `RE:` as `Re:`
            "".join(subject.split()).lower(),
            self.date.isoformat() if self.date else "",
            str(len(body)),
            body,
            # the HTML of a text has the footer, too
            *(
                f"{part.filename}\n{part.content_type}"
                f"\n{'' if part.content_type == 'text/html' else part.size}"
                for part in self.attachments
            ),
            *([getattr(self, "diff", "")] if self.attachments else ()),
        ]
        return sha256("\0".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _describe(self) -> str:
        moment = self.date or (self.entry.arrived if self.entry else None)
        sent = f", {write_day(moment)}" if moment else ""
        return f"{self.subject.raw[:100]!r} by {self.sender.name_or_email}{sent}"


class Submission(Message):
    """The base of mails that propose a change; no mail is of exactly this class."""

    kind: Literal["patch", "reply_with_patch", "patch_unmarked", "cover_letter", "pull_request"]
    """Which of its subclasses a mail is of."""

    author: Address = NOBODY
    """Who wrote the change: the in-body From, else the sender."""

    author_source: SenderSource = "header"
    """Where the author was found: `in-body`, which is also the From of an attached patch file,
    else where the sender was found."""

    title: str = ""
    """The change's title: from the in-body Subject, else from the subject."""

    commit_message: str = ""
    """The text from the in-body headers to the `---` or the diff, trailers included,
    as `git am` would record it below the title."""

    trailers: tuple[Trailer, ...] = ()
    """The trailers at the end of the commit message, as its author wrote them."""

    notes: str = ""
    """The text between the `---` and the diffstat or diff."""

    diffstat: Diffstat = NO_FILES
    """What the diff changes, counted from it."""

    declared_diffstat: DeclaredDiffstat | None = None
    """The diffstat as written in the mail; None if there is none."""

    diff: str = ""
    """The diff, from its first header to its last hunk line; LF line ends."""

    base_commit: str | None = None
    """The `base-commit:` that the mail states."""

    change_id: str | None = None
    """The `change-id:` that b4 writes, the same in each revision of a series."""

    prerequisites: tuple[Prerequisite, ...] = ()
    """The prerequisites that the mail states, in order: `Based-on:` and `Depends-on:` with a
    Message-ID first."""

    def patch_id(self) -> str | None:
        """Return the id that `git patch-id --stable` prints for the diff; None without a diff.

        Line numbers and white space do not count: two mails with the same id hold the
        same change, but their messages and the places in the file may differ.
        """
        return keep_made(self, "_patch_id", lambda: compute_patch_id(self.diff) or "") or None


# Each class below narrows the `kind` of its base to other values, so that a union of
# the five can be told apart by it. That is sound because the field is frozen.


class Patch(Submission):
    """A mail that submits a diff: marked as a patch, or formatted as by git format-patch."""

    kind: Literal["patch"] = "patch"


class SuggestedPatch(Submission):
    """A mail with a diff that is not a submission: pasted into a reply, or without a patch mark."""

    kind: Literal["reply_with_patch", "patch_unmarked"] = "patch_unmarked"


class CoverLetter(Submission):
    """The `0/m` mail that introduces a series."""

    kind: Literal["cover_letter"] = "cover_letter"


class ShortlogEntry(Model):
    """A commit that a pull request lists, as `git shortlog` writes it."""

    author: str
    """The name of who wrote the change, as written; it has no address."""

    title: str
    """The commit's title, as written."""


class PullRequest(Submission):
    """A mail that asks to pull from a repository, as `git request-pull` words it."""

    kind: Literal["pull_request"] = "pull_request"

    repository: str | None = None
    """The URL to pull from, as written. It is never fetched."""

    ref: str | None = None
    """The branch or tag to pull; None if only the URL is named."""

    pull_base: str | None = None
    """The commit that the changes are since."""

    pull_tip: str | None = None
    """The commit up to which to fetch."""

    shortlog: tuple[ShortlogEntry, ...] = ()
    """The commits to pull, as far as the mail lists them by author; merges are among them."""


if TYPE_CHECKING:
    # A plain mail is of exactly the class `Message`. mypy, which drops from a union what is a
    # subclass of another member, would make `Message` of all as soon as one is ruled out; and
    # `kind` of a `Message` that may be any is any `Kind`.
    class PlainMessage(Message):
        """What type checkers call a mail that is no submission; at run time it is `Message`."""

        kind: Literal["discussion", "reply", "bot"] = "discussion"

else:
    PlainMessage = Message

AnyMessage = Annotated[
    PlainMessage | Patch | SuggestedPatch | CoverLetter | PullRequest, Field(discriminator="kind")
]
"""Any mail; the field `kind` tells the models apart, in JSON too."""


@cache
def _any_message() -> TypeAdapter[AnyMessage]:
    return TypeAdapter(AnyMessage)


_LATER: frozenset[str] = frozenset()
"""Fields that a mail got after version 0.1.0, whose JSON lacks them."""


def load_message(json: str | bytes) -> AnyMessage:
    """Return the model that `model_dump_json` wrote, with all of its fields.

    A field that is missing is an error, although a model that is made by hand may leave it
    out: a store that lost a part of a mail must not give another mail.

    Raises:
        pydantic.ValidationError: the text is not the JSON of a mail, or not of a whole one. It
            is no `KvminboxError`.
    """
    with safe_errors():
        found = _any_message().validate_json(json)
        known = found.model_fields_set | _LATER
        lost = [name for name in type(found).model_fields if name not in known]
        if lost:
            lines = (InitErrorDetails(type="missing", loc=(name,), input=None) for name in lost)
            raise ValidationError.from_exception_data(type(found).__name__, [*lines])
    return found
