"""Frozen values: what was seen in a mail and what it claims, never a judgement."""

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.corpus import Corpus, Progress
from kvminbox.models.defect import DEFECT_CODES, Defect
from kvminbox.models.diffstat import (
    DeclaredDiffstat,
    DeclaredFile,
    Diffstat,
    FileChange,
    FileStatus,
)
from kvminbox.models.entry import PROBLEM_CODES, Change, Entry, Epoch, Problem, Summary
from kvminbox.models.message import (
    AnyMessage,
    Attachment,
    CoverLetter,
    Message,
    Patch,
    Prerequisite,
    PullRequest,
    Submission,
    SuggestedPatch,
    load_message,
)
from kvminbox.models.patch_id import compute_patch_id
from kvminbox.models.series import Series, SeriesRef, SeriesStatus
from kvminbox.models.subject import Subject, SubjectToken, TokenKind
from kvminbox.models.thread import Thread, ThreadNode
from kvminbox.models.trailer import Trailer

__all__ = [
    "DEFECT_CODES",
    "PROBLEM_CODES",
    "Address",
    "AnyMessage",
    "Attachment",
    "Change",
    "Corpus",
    "CoverLetter",
    "DeclaredDiffstat",
    "DeclaredFile",
    "Defect",
    "Diffstat",
    "Entry",
    "Epoch",
    "FileChange",
    "FileStatus",
    "Message",
    "Model",
    "Patch",
    "Prerequisite",
    "Problem",
    "Progress",
    "PullRequest",
    "Series",
    "SeriesRef",
    "SeriesStatus",
    "Subject",
    "SubjectToken",
    "Submission",
    "SuggestedPatch",
    "Summary",
    "Thread",
    "ThreadNode",
    "TokenKind",
    "Trailer",
    "compute_patch_id",
    "load_message",
]
