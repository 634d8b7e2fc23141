"""Frozen values: what was seen in a mail and what it claims, never a judgement."""

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.corpus import Corpus, Progress
from kvminbox.models.defect import DEFECT_CODES, Defect, DefectCode
from kvminbox.models.diffstat import (
    DeclaredDiffstat,
    DeclaredFile,
    Diffstat,
    FileChange,
    FileStatus,
)
from kvminbox.models.entry import CHANGES, PROBLEM_CODES, Change, Entry, Epoch, Problem, Summary
from kvminbox.models.index import Copy, EpochUpdate, Hit, IndexUpdate
from kvminbox.models.message import (
    AnyMessage,
    Attachment,
    AuthorSource,
    CoverLetter,
    Kind,
    Message,
    Patch,
    Prerequisite,
    PrerequisiteKind,
    PullRequest,
    Submission,
    SuggestedPatch,
    load_message,
)
from kvminbox.models.review import (
    Applied,
    GivenTag,
    ReplyTrailer,
    SeriesReview,
    Standing,
    TagScope,
    Wait,
)
from kvminbox.models.series import Series, SeriesRef, SeriesStatus
from kvminbox.models.subject import Subject, SubjectToken, TokenKind
from kvminbox.models.thread import Thread, ThreadNode
from kvminbox.models.trailer import Origin, Trailer, TrailerKind
from kvminbox.models.versions import (
    Chain,
    ChangelogEntry,
    MatchRule,
    PatchComparison,
    PatchVerdict,
    SeriesComparison,
    VersionLink,
    VersionRelation,
)

__all__ = [
    "CHANGES",
    "DEFECT_CODES",
    "PROBLEM_CODES",
    "Address",
    "AnyMessage",
    "Applied",
    "Attachment",
    "AuthorSource",
    "Chain",
    "Change",
    "ChangelogEntry",
    "Copy",
    "Corpus",
    "CoverLetter",
    "DeclaredDiffstat",
    "DeclaredFile",
    "Defect",
    "DefectCode",
    "Diffstat",
    "Entry",
    "Epoch",
    "EpochUpdate",
    "FileChange",
    "FileStatus",
    "GivenTag",
    "Hit",
    "IndexUpdate",
    "Kind",
    "MatchRule",
    "Message",
    "Model",
    "Origin",
    "Patch",
    "PatchComparison",
    "PatchVerdict",
    "Prerequisite",
    "PrerequisiteKind",
    "Problem",
    "Progress",
    "PullRequest",
    "ReplyTrailer",
    "Series",
    "SeriesComparison",
    "SeriesRef",
    "SeriesReview",
    "SeriesStatus",
    "Standing",
    "Subject",
    "SubjectToken",
    "Submission",
    "SuggestedPatch",
    "Summary",
    "TagScope",
    "Thread",
    "ThreadNode",
    "TokenKind",
    "Trailer",
    "TrailerKind",
    "VersionLink",
    "VersionRelation",
    "Wait",
    "load_message",
]
