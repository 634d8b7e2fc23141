"""Frozen values: what was seen in a mail and what it claims, never a judgement."""

from typing import TYPE_CHECKING

from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.errors import ProblemCode
    from kvminbox.models.address import Address
    from kvminbox.models.asked import AskedRole, Asking, Expected, Knower
    from kvminbox.models.base import Model
    from kvminbox.models.begun import FieldSource
    from kvminbox.models.corpus import Corpus, Progress, find_left_out
    from kvminbox.models.defect import DEFECT_CODES, Defect, DefectCode
    from kvminbox.models.diffstat import (
        DeclaredDiffstat,
        DeclaredFile,
        Diffstat,
        FileChange,
        FileStatus,
    )
    from kvminbox.models.entry import (
        CHANGES,
        PROBLEM_CODES,
        Change,
        Entry,
        Epoch,
        LeftOut,
        OnProblem,
        Problem,
        Summary,
    )
    from kvminbox.models.finding import (
        Finding,
        FindingKind,
        FindingVerdict,
        FoundCheck,
        FoundLevel,
        FoundLine,
    )
    from kvminbox.models.given_tag import GivenTag, TagScope
    from kvminbox.models.hit import Copy, Hit
    from kvminbox.models.index import EpochMark, EpochUpdate, IndexMark, IndexUpdate
    from kvminbox.models.landing import (
        Backport,
        Commit,
        Fix,
        LandedState,
        Landing,
        PatchRef,
        Relation,
        SeriesLanding,
    )
    from kvminbox.models.link import Dependence, DependenceState, Link, LinkKind, LinkRole
    from kvminbox.models.message import (
        AnyMessage,
        Attachment,
        CoverLetter,
        Gist,
        Kind,
        Message,
        Patch,
        PlainMessage,
        Prerequisite,
        PrerequisiteKind,
        PullRequest,
        SenderSource,
        ShortlogEntry,
        Submission,
        SuggestedPatch,
        load_message,
    )
    from kvminbox.models.remark import FollowUp, FollowUpOutcome, Remark, RemarkPlace, Side
    from kvminbox.models.reply_trailer import ReplyTrailer, Standing
    from kvminbox.models.review import (
        Applied,
        AppliedForm,
        Pulled,
        Refusal,
        SeriesReview,
        Wait,
        Withdrawal,
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
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.errors": "ProblemCode",
            "kvminbox.models.address": "Address",
            "kvminbox.models.asked": "AskedRole Asking Expected Knower",
            "kvminbox.models.base": "Model",
            "kvminbox.models.begun": "FieldSource",
            "kvminbox.models.corpus": "Corpus Progress find_left_out",
            "kvminbox.models.defect": "DEFECT_CODES Defect DefectCode",
            "kvminbox.models.diffstat": (
                "DeclaredDiffstat DeclaredFile Diffstat FileChange FileStatus"
            ),
            "kvminbox.models.entry": (
                "CHANGES PROBLEM_CODES Change Entry Epoch LeftOut OnProblem Problem Summary"
            ),
            "kvminbox.models.finding": (
                "Finding FindingKind FindingVerdict FoundCheck FoundLevel FoundLine"
            ),
            "kvminbox.models.given_tag": "GivenTag TagScope",
            "kvminbox.models.hit": "Copy Hit",
            "kvminbox.models.index": "EpochMark EpochUpdate IndexMark IndexUpdate",
            "kvminbox.models.landing": (
                "Backport Commit Fix LandedState Landing PatchRef Relation SeriesLanding"
            ),
            "kvminbox.models.link": "Dependence DependenceState Link LinkKind LinkRole",
            "kvminbox.models.message": (
                "AnyMessage Attachment CoverLetter Gist Kind Message Patch PlainMessage "
                "Prerequisite PrerequisiteKind PullRequest SenderSource ShortlogEntry Submission "
                "SuggestedPatch load_message"
            ),
            "kvminbox.models.remark": "FollowUp FollowUpOutcome Remark RemarkPlace Side",
            "kvminbox.models.reply_trailer": "ReplyTrailer Standing",
            "kvminbox.models.review": (
                "Applied AppliedForm Pulled Refusal SeriesReview Wait Withdrawal"
            ),
            "kvminbox.models.series": "Series SeriesRef SeriesStatus",
            "kvminbox.models.subject": "Subject SubjectToken TokenKind",
            "kvminbox.models.thread": "Thread ThreadNode",
            "kvminbox.models.trailer": "Origin Trailer TrailerKind",
            "kvminbox.models.versions": (
                "Chain ChangelogEntry MatchRule PatchComparison PatchVerdict SeriesComparison "
                "VersionLink VersionRelation"
            ),
        },
    )

__all__ = [
    "CHANGES",
    "DEFECT_CODES",
    "PROBLEM_CODES",
    "Address",
    "AnyMessage",
    "Applied",
    "AppliedForm",
    "AskedRole",
    "Asking",
    "Attachment",
    "Backport",
    "Chain",
    "Change",
    "ChangelogEntry",
    "Commit",
    "Copy",
    "Corpus",
    "CoverLetter",
    "DeclaredDiffstat",
    "DeclaredFile",
    "Defect",
    "DefectCode",
    "Dependence",
    "DependenceState",
    "Diffstat",
    "Entry",
    "Epoch",
    "EpochMark",
    "EpochUpdate",
    "Expected",
    "FieldSource",
    "FileChange",
    "FileStatus",
    "Finding",
    "FindingKind",
    "FindingVerdict",
    "Fix",
    "FollowUp",
    "FollowUpOutcome",
    "FoundCheck",
    "FoundLevel",
    "FoundLine",
    "Gist",
    "GivenTag",
    "Hit",
    "IndexMark",
    "IndexUpdate",
    "Kind",
    "Knower",
    "LandedState",
    "Landing",
    "LeftOut",
    "Link",
    "LinkKind",
    "LinkRole",
    "MatchRule",
    "Message",
    "Model",
    "OnProblem",
    "Origin",
    "Patch",
    "PatchComparison",
    "PatchRef",
    "PatchVerdict",
    "PlainMessage",
    "Prerequisite",
    "PrerequisiteKind",
    "Problem",
    "ProblemCode",
    "Progress",
    "PullRequest",
    "Pulled",
    "Refusal",
    "Relation",
    "Remark",
    "RemarkPlace",
    "ReplyTrailer",
    "SenderSource",
    "Series",
    "SeriesComparison",
    "SeriesLanding",
    "SeriesRef",
    "SeriesReview",
    "SeriesStatus",
    "ShortlogEntry",
    "Side",
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
    "Withdrawal",
    "find_left_out",
    "load_message",
]


def __dir__() -> list[str]:
    return __all__
